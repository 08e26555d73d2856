"""The image models the pretend Gemini serves, and what each takes and gives.

The numbers are Google's published ones as of November 2026 (model pages, image guide, price page) or, where Google
publishes none, those of public price maps. They are kept apart from the bot's own catalogue on purpose: a wrong
number there must be able to fail here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.playground.gemini import pixels

TEN = frozenset({"1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"})
FOURTEEN = TEN | {"1:4", "4:1", "1:8", "8:1"}
PICTURES = frozenset({"image/png", "image/jpeg", "image/webp", "image/heic", "image/heif"})
PAPERS = PICTURES | {"application/pdf"}
ANY_LEVEL = frozenset({"MINIMAL", "LOW", "MEDIUM", "HIGH"})


@dataclass(frozen=True, slots=True)
class Model:
    """One model. `sizes` gives the output tokens of a picture by image size; `levels` is empty when it cannot think."""

    name: str
    title: str
    sizes: dict[str, int]
    ratios: frozenset[str]
    references: int
    input_tokens: int
    output_tokens: int
    tokens_per_reference: int
    levels: frozenset[str]
    reads: frozenset[str] = PICTURES
    searches: frozenset[str] = frozenset()
    gives: str = "image/jpeg"
    signs: bool = True
    measure: Callable[[str, str], tuple[int, int]] = pixels.gemini_3


MODELS: dict[str, Model] = {
    model.name: model
    for model in (
        Model(
            "gemini-nano-banana-2.1", "Nano Banana 2.1", {"1K": 1120, "2K": 1680, "4K": 3780}, FOURTEEN,
            references=14, input_tokens=131_072, output_tokens=32_768, tokens_per_reference=1120,
            levels=frozenset({"MINIMAL", "MEDIUM", "HIGH"}), reads=PAPERS, searches=frozenset({"web", "image"}),
        ),
        Model(
            "gemini-3.1-flash-image", "Nano Banana 2", {"512": 747, "1K": 1120, "2K": 1680, "4K": 2520}, FOURTEEN,
            references=14, input_tokens=131_072, output_tokens=32_768, tokens_per_reference=1120,
            levels=frozenset({"MINIMAL", "HIGH"}), reads=PAPERS, searches=frozenset({"web", "image"}),
        ),
        Model(
            "gemini-3-pro-image", "Nano Banana Pro", {"1K": 1120, "2K": 1120, "4K": 2000}, TEN,
            references=14, input_tokens=65_536, output_tokens=32_768, tokens_per_reference=258,
            levels=ANY_LEVEL, searches=frozenset({"web"}),
        ),
        Model(
            "gemini-3.1-flash-lite-image", "Nano Banana 2 Lite", {"1K": 1120}, FOURTEEN,
            references=14, input_tokens=65_536, output_tokens=4_096, tokens_per_reference=1120,
            levels=frozenset({"MINIMAL", "HIGH"}),
        ),
        Model(
            "gemini-2.5-flash-image", "Nano Banana", {"1K": 1290}, TEN,
            references=3, input_tokens=65_536, output_tokens=32_768, tokens_per_reference=1290,
            levels=frozenset(), gives="image/png", signs=False, measure=pixels.gemini_2_5,
        ),
    )
}  # fmt: skip


def describe(model: Model) -> dict[str, Any]:
    """The model resource of GET models/{model} on the Gemini Developer API."""
    return {
        "name": f"models/{model.name}",
        "version": "001",
        "displayName": model.title,
        "description": f"{model.title}, as the world in a box plays it.",
        "inputTokenLimit": model.input_tokens,
        "outputTokenLimit": model.output_tokens,
        "supportedGenerationMethods": ["generateContent", "countTokens"],
        "temperature": 1,
        "topP": 0.95,
        "topK": 64,
        "maxTemperature": 2,
        "thinking": bool(model.levels),
    }


def describe_for_vertex(model: Model) -> dict[str, Any]:
    """The publisher model resource of Vertex, which names things differently."""
    return {"name": f"publishers/google/models/{model.name}", "versionId": "default", "launchStage": "GA"}

"""A request once it is read: who said what, with which pictures, and how the answer should look."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from bot.playground.gemini.models import Model
from bot.playground.gemini.signatures import DEVELOPER


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a turn. `place` is its position as Google counts it in messages: from one."""

    place: tuple[int, int]
    text: str = ""
    data: bytes | None = None
    mime: str = ""
    thought: bool = False
    signature: bytes = b""
    other: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Turn:
    role: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """What one call wants. Ratio and size are "" when not said; `searches` is the grounding it asks for."""

    model: Model
    turns: tuple[Turn, ...]
    ratio: str = ""
    size: str = ""
    modalities: frozenset[str] = frozenset({"TEXT", "IMAGE"})
    thoughts: bool = False
    level: str = ""
    searches: frozenset[str] = frozenset()
    tools: frozenset[str] = frozenset()
    tier: str = "standard"
    config: dict[str, Any] = field(default_factory=dict)
    system: str = ""
    backend: str = DEVELOPER

    @property
    def prompt(self) -> str:
        """The words of the last turn, which is what is to be done now."""
        return "\n".join(part.text for part in self.turns[-1].parts if part.text and not part.thought)

    @property
    def wish(self) -> str:
        """The last paragraph of those words: what stands before it is an account of what was said earlier."""
        return self.prompt.rstrip().rsplit("\n\n", 1)[-1].strip()

    @property
    def pictures(self) -> tuple[Part, ...]:
        """Every picture of the conversation that is not a thought, oldest first."""
        return tuple(part for turn in self.turns for part in turn.parts if is_picture(part))

    @property
    def handed_in(self) -> tuple[Part, ...]:
        """The pictures of the last turn."""
        return tuple(part for part in self.turns[-1].parts if is_picture(part))

    def fingerprint(self) -> str:
        """Equal for two calls that ask for the same thing."""
        known = hashlib.sha256(repr((self.model.name, self.ratio, self.size, self.system)).encode())
        for part in (part for turn in self.turns for part in turn.parts):
            known.update(repr((part.text, part.mime)).encode("utf-8", "replace"))
            known.update(hashlib.sha256(part.data or b"").digest())
        return known.hexdigest()


def is_picture(part: Part) -> bool:
    return part.data is not None and part.mime.startswith("image/") and not part.thought


def read_ask(model: Model, found: dict[str, Any], backend: str = DEVELOPER) -> Ask:
    """Sorts a parsed request (see `grammar`) into an Ask; whether it is allowed is for `checks` to say."""
    config = found.get("generationConfig", {})
    image = config.get("responseFormat", {}).get("image") or config.get("imageConfig", {})
    thinking = config.get("thinkingConfig", {})
    return Ask(
        model=model,
        turns=tuple(read_turn(content, index) for index, content in enumerate(found.get("contents", []), start=1)),
        ratio=image.get("aspectRatio", ""),
        size=image.get("imageSize", ""),
        modalities=frozenset(config.get("responseModalities") or ["TEXT", "IMAGE"]),
        thoughts=thinking.get("includeThoughts", False),
        level=thinking.get("thinkingLevel", ""),
        searches=read_searches(found.get("tools", [])),
        tools=frozenset(name for tool in found.get("tools", []) for name in tool),
        tier=found.get("serviceTier", "standard").lower().removeprefix("service_tier_"),
        config=config,
        system=" ".join(part.get("text", "") for part in found.get("systemInstruction", {}).get("parts", [])),
        backend=backend,
    )


def read_turn(content: dict[str, Any], position: int) -> Turn:
    parts = content.get("parts", [])
    return Turn(
        role=content.get("role", "user"),
        parts=tuple(read_part(part, (position, index)) for index, part in enumerate(parts, start=1)),
    )


def read_part(found: dict[str, Any], place: tuple[int, int]) -> Part:
    blob = found.get("inlineData", {})
    kinds = {name for name in found if name not in {"thought", "thoughtSignature", "videoMetadata", "mediaResolution"}}
    return Part(
        place=place,
        text=found.get("text", ""),
        data=blob.get("data"),
        mime=blob.get("mimeType", "").lower(),
        thought=found.get("thought", False),
        signature=found.get("thoughtSignature", b""),
        other=frozenset(kinds - {"text", "inlineData"}),
    )


def read_searches(tools: list[dict[str, Any]]) -> frozenset[str]:
    wanted: set[str] = set()
    for search in (tool["googleSearch"] for tool in tools if "googleSearch" in tool):
        kinds = search.get("searchTypes", {})
        wanted |= {"image"} if "imageSearch" in kinds else set()
        wanted |= {"web"} if "webSearch" in kinds or not kinds else set()
    return frozenset(wanted)

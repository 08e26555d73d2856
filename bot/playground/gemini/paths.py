"""The paths of Google's two REST APIs for models: the Gemini API's, and Vertex's."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.playground.gemini import refusals
from bot.playground.gemini.refusals import Refusal
from bot.playground.gemini.signatures import DEVELOPER, VERTEX

MODEL = r"models(?:/(?P<model>[^/:]+))?(?::(?P<verb>\w+))?$"
ON_DEVELOPER = re.compile(rf"^(?P<version>v1|v1beta)/{MODEL}")
ON_VERTEX = re.compile(
    rf"^(?P<version>v1|v1beta1)/(?P<place>projects/[^/]+/locations/[^/]+/)?publishers/google/{MODEL}"
)


@dataclass(frozen=True, slots=True)
class Path:
    """What a path names. `model` is None for the list of models, `verb` for a description."""

    backend: str
    version: str
    model: str | None
    verb: str | None
    place: str = ""

    def unknown(self) -> Refusal:
        """The 404 for a model or a method that is not served here (any more)."""
        if self.backend == VERTEX:
            return refusals.unknown_publisher_model(f"{self.place}publishers/google/models/{self.model}")
        name = f"{self.model}:{self.verb}" if self.verb not in (None, *GENERATING) else self.model
        return refusals.unknown_model(name or "", self.version)


GENERATING = ("generateContent", "streamGenerateContent")


def read(tail: str) -> Path:
    """The path below /gemini/. Raises Refusal for one that leads nowhere."""
    if found := ON_DEVELOPER.match(tail):
        return Path(DEVELOPER, found["version"], found["model"], found["verb"])
    if found := ON_VERTEX.match(tail):
        return Path(VERTEX, found["version"], found["model"], found["verb"], found["place"] or "")
    nowhere = Refusal(404, "NOT_FOUND", f"The requested URL /{tail} was not found on this server.")
    nowhere.form = "html"
    raise nowhere

"""Thought signatures: proof that a model's turn comes back exactly as it was given, with nothing left out.

Nothing is remembered: a signature is a keyed hash of who gave it (backend and model), of the part's own bytes, and of
the part's place among the signed parts of its answer. So a restarted world still knows its old answers, and a part that
was resized, re-encoded, dropped, or moved to another model or from the Gemini API to Vertex is found out.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

SECRET = b"the world in a box signs with this; it guards nothing"
MARK = b"\x12\xfb\x01"  # real signatures are opaque bytes that do not decode as text
ANSWER = 8  # bytes that tell one answer from another
HEAD = len(MARK) + ANSWER + 2
LENGTH = HEAD + 32
DEVELOPER, VERTEX = "developer", "vertex"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a signed part stood: the `index`-th (from 0) of `total` signed parts of the answer with this digest."""

    answer: bytes = bytes(ANSWER)
    index: int = 0
    total: int = 1


ALONE = Place()


def sign(model: str, content: bytes, backend: str = DEVELOPER, place: Place = ALONE) -> bytes:
    """The signature of one part: of its picture's bytes or of its words in UTF-8."""
    head = MARK + place.answer + bytes((place.index, place.total))
    known = b"\0".join((backend.encode(), model.encode(), head, hashlib.sha256(content).digest()))
    return head + hmac.digest(SECRET, known, "sha256")


def place_of(signature: bytes) -> Place | None:
    """The place a signature claims; None when it is none of ours."""
    if len(signature) != LENGTH or not signature.startswith(MARK):
        return None
    return Place(signature[len(MARK) : len(MARK) + ANSWER], signature[HEAD - 2], signature[HEAD - 1])


def matches(model: str, content: bytes, signature: bytes, backend: str = DEVELOPER) -> bool:
    """Whether `signature` was given by `model` on that backend for exactly these bytes."""
    place = place_of(signature)
    return place is not None and hmac.compare_digest(sign(model, content, backend, place), signature)


def digest(contents: list[bytes]) -> bytes:
    """What tells an answer with these signed contents from any other."""
    known = hashlib.sha256(b"".join(hashlib.sha256(content).digest() for content in contents))
    return known.digest()[:ANSWER]

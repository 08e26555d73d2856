"""Thought signatures: proof that a part of a model's turn comes back exactly as it was given.

Nothing is remembered: a signature is a keyed hash of the model's name and the part's own bytes, so a restarted world
still knows its old answers, and a part that was resized, re-encoded or moved to another model is found out.
"""

from __future__ import annotations

import hashlib
import hmac

SECRET = b"the world in a box signs with this; it guards nothing"
MARK = b"\x12\xfb\x01"  # real signatures are opaque bytes that do not decode as text


def sign(model: str, content: bytes) -> bytes:
    """The signature of one part: of its picture's bytes or of its words in UTF-8."""
    return MARK + hmac.digest(SECRET, model.encode() + b"\0" + hashlib.sha256(content).digest(), "sha256")


def matches(model: str, content: bytes, signature: bytes) -> bool:
    """Whether `signature` was given by `model` for exactly these bytes."""
    return hmac.compare_digest(sign(model, content), signature)

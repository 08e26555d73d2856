"""Checks a conversation's own pictures: Gemini-3 models want back, signed, exactly what they gave."""

from __future__ import annotations

from bot.playground.gemini import refusals, signatures
from bot.playground.gemini.asks import Ask, Part, Turn


def check(ask: Ask) -> None:
    """Raises Refusal unless every signed part of the model's turns carries its own signature.

    Signed are: each picture that is not a thought, and the first text after the thoughts. Models that do not sign
    (Gemini 2.5) take any history.
    """
    if ask.model.signs:
        for turn in (turn for turn in ask.turns if turn.role == "model"):
            for part in signed_parts(turn):
                check_part(part, ask.model.name)


def signed_parts(turn: Turn) -> list[Part]:
    spoken = [part for part in turn.parts if not part.thought]
    opening = [part for part in spoken[:1] if part.text]
    return opening + [part for part in spoken if part.data is not None]


def check_part(part: Part, model: str) -> None:
    kind = "Text" if part.data is None else "Image"
    position = f"in content position {part.place[0]}, part position {part.place[1]}."
    if not part.signature:
        raise refusals.invalid(f"{kind} part is missing a thought_signature {position}")
    content = part.text.encode("utf-8", "surrogatepass") if part.data is None else part.data
    if not signatures.matches(model, content, part.signature):
        raise refusals.invalid(f"{kind} part has a corrupted thought_signature {position}")

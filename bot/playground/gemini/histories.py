"""Checks a conversation's own pictures: Gemini-3 models want back, signed and whole, exactly what they gave."""

from __future__ import annotations

from bot.playground.gemini import refusals, signatures
from bot.playground.gemini.asks import Ask, Part, Turn
from bot.playground.gemini.signatures import DEVELOPER, VERTEX, Place

ELSEWHERE = "Unable to submit request because Thought signature is not valid."


def check(ask: Ask) -> None:
    """Raises Refusal unless every signed part of the model's turns is there and carries its own signature.

    Signed are: each picture that is not a thought, drafts included, and the first text after the thoughts. Models that
    do not sign (Gemini 2.5) take any history.
    """
    if ask.model.signs:
        for turn in (turn for turn in ask.turns if turn.role == "model"):
            parts = signed_parts(turn)
            places = [check_part(part, ask) for part in parts]
            check_whole(parts, places)


def signed_parts(turn: Turn) -> list[Part]:
    spoken = [part for part in turn.parts if not part.thought]
    opening = [part for part in spoken[:1] if part.text]
    return opening + [part for part in spoken if part.data is not None]


def check_part(part: Part, ask: Ask) -> Place:
    """The place the part had in its answer. Raises Refusal when it is not signed, or not by this model here."""
    if not part.signature:
        raise refusals.invalid(f"{kind(part)} part is missing a thought_signature {position(part)}")
    content = part.text.encode("utf-8", "surrogatepass") if part.data is None else part.data
    place = signatures.place_of(part.signature)
    if place is not None and signatures.matches(ask.model.name, content, part.signature, ask.backend):
        return place
    elsewhere = DEVELOPER if ask.backend == VERTEX else VERTEX
    if signatures.matches(ask.model.name, content, part.signature, elsewhere):
        raise refusals.invalid(ELSEWHERE)
    raise refusals.invalid(f"{kind(part)} part has a corrupted thought_signature {position(part)}")


def check_whole(parts: list[Part], places: list[Place]) -> None:
    """Raises Refusal for a turn some of whose signed parts stayed away, or came in another order."""
    for index, (part, place) in enumerate(zip(parts, places, strict=True)):
        if (place.answer, place.index) != (places[0].answer, index):
            raise refusals.invalid(f"Image part is missing a thought_signature {position(part)}")
    if places and places[0].total != len(places):
        content, last = parts[-1].place
        raise refusals.invalid(f"Image part is missing a thought_signature {words(content, last + 1)}")


def kind(part: Part) -> str:
    return "Text" if part.data is None else "Image"


def position(part: Part) -> str:
    return words(*part.place)


def words(content: int, part: int) -> str:
    return f"in content position {content}, part position {part}."

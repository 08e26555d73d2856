"""From an outcome to Block Kit: pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.catalogue import Model
from bot.domain.pictures import Picture
from bot.domain.requests import Act, ImageRequest
from bot.domain.turns import Turn
from bot.ports import Offer
from handlers import wording
from handlers.sentences import FALLBACK

Block = dict[str, Any]
MOST_NOTES = 20


@dataclass(frozen=True, slots=True)
class Message:
    """`text` is what notifications and screen readers say instead of the blocks."""

    text: str
    blocks: list[Block]


def root(turn: Turn) -> Message:
    """The message a command's thread hangs on: who asked for what."""
    typed = wording.flags(turn.options)
    text = wording.headline(turn) + (f"  `{typed.strip()}`" if typed else "")
    return Message(wording.headline(turn), [_section(text)])


def result(turn: Turn, model: Model, offers: Sequence[Offer]) -> Message:
    """What became of a turn."""
    if not turn.pictures:
        return _failure(turn)
    if len(turn.pictures) > 1:
        return _several(turn, model)
    return _single(turn, turn.pictures[0], model, offers, wording.headline(turn))


def picked(request: ImageRequest, turn: Turn, picture: Picture, model: Model, offers: Sequence[Offer]) -> Message:
    """One of several pictures by itself; replies go on from it."""
    return _single(turn, picture, model, offers, wording.picked(request.asker, picture.index + 1, turn))


def _single(turn: Turn, picture: Picture, model: Model, offers: Sequence[Offer], headline: str) -> Message:
    blocks = [
        _section(headline),
        _image(turn, picture),
        _context(wording.details(turn, model, (picture,))),
        *_notes(turn),
        *_buttons(picture.id, offers),
    ]
    return Message(headline, blocks)


def _several(turn: Turn, model: Model) -> Message:
    picks = [_pick(picture) for picture in turn.pictures]
    blocks = [
        _section(wording.headline(turn)),
        *(_image(turn, picture, title=str(picture.index + 1)) for picture in turn.pictures),
        _context(f"{wording.details(turn, model, turn.pictures)}. {wording.PICKING}"),
        *_notes(turn),
        {"type": "actions", "elements": picks},
    ]
    return Message(wording.headline(turn), blocks)


def _failure(turn: Turn) -> Message:
    said = wording.sentence(turn.trouble.reason, turn.trouble.facts) if turn.trouble else FALLBACK
    blocks = [
        _section(wording.headline(turn)),
        _section(said),
        *_notes(turn),
        {"type": "actions", "elements": [_button(Act.AGAIN, wording.TRY_AGAIN, turn.id)]},
    ]
    return Message(f"{wording.headline(turn)}\n{said}", blocks)


def _notes(turn: Turn) -> list[Block]:
    """What else people should know. A message has room for 50 blocks, so the rest of a long list is only counted."""
    notes = [wording.sentence(note.reason, note.facts) for note in turn.notes[:MOST_NOTES]]
    if len(turn.notes) > MOST_NOTES:
        notes.append(wording.more_left_out(len(turn.notes) - MOST_NOTES))
    if turn.missing and turn.pictures:
        notes.append(wording.missing(turn))
    return [_context(note) for note in notes]


def _image(turn: Turn, picture: Picture, title: str = "") -> Block:
    titled = {"title": {"type": "plain_text", "text": title}} if title else {}
    return {"type": "image", "slack_file": {"id": picture.file}, "alt_text": wording.alt(turn, picture), **titled}


def _buttons(picture: str, offers: Sequence[Offer]) -> list[Block]:
    elements = [_offer(picture, offer) for offer in offers]
    return [{"type": "actions", "elements": elements}] if elements else []


def _offer(picture: str, offer: Offer) -> Block:
    button = _button(offer.act, wording.LABELS[offer.act], picture)
    if offer.act is Act.AGAIN:
        return button
    return {**button, "confirm": _confirm(offer)}


def _pick(picture: Picture) -> Block:
    return _button(Act.PICK, wording.pick(picture.index + 1), picture.id, f"{Act.PICK}:{picture.index}")


def _button(act: Act, text: str, value: str, action: str = "") -> Block:
    style = {"style": "primary"} if act is Act.PRO else {}
    label = {"type": "plain_text", "text": text}
    return {"type": "button", "action_id": action or str(act), "text": label, "value": value, **style}


def _confirm(offer: Offer) -> Block:
    return {
        "title": {"type": "plain_text", "text": wording.LABELS[offer.act]},
        "text": {"type": "plain_text", "text": wording.confirmation(offer)},
        "confirm": {"type": "plain_text", "text": wording.GO},
        "deny": {"type": "plain_text", "text": wording.CANCEL},
    }


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text[:3000]}}


def _context(text: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text[:3000]}]}

"""From an outcome to Block Kit: pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.catalogue import Catalogue, as_asked
from bot.domain.options import AUTO
from bot.domain.pictures import Picture
from bot.domain.requests import Act, ImageRequest
from bot.domain.turns import Turn
from bot.ports import Offer
from handlers import bills, sources, tallies, wording
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
    return Message(wording.headline(turn), [section(text)])


def result(turn: Turn, catalogue: Catalogue, offers: Sequence[Offer]) -> Message:
    """What became of a turn."""
    if not turn.pictures:
        return _failure(turn, offers)
    if len(turn.pictures) > 1:
        return _several(turn, catalogue)
    return _single(turn, turn.pictures[0], catalogue, offers, wording.headline(turn))


def picked(
    request: ImageRequest, turn: Turn, picture: Picture, catalogue: Catalogue, offers: Sequence[Offer]
) -> Message:
    """One of several pictures by itself; replies go on from it."""
    return _single(turn, picture, catalogue, offers, wording.picked(request.asker, picture.index + 1, turn))


def _single(turn: Turn, picture: Picture, catalogue: Catalogue, offers: Sequence[Offer], headline: str) -> Message:
    blocks = [
        section(headline),
        _image(turn, picture),
        context(bills.details(turn, catalogue, (picture,), offers)),
        *_truths(turn, (picture,), catalogue),
        *_notes(turn),
        *_buttons(picture.id, offers),
        _judging((picture,)),
    ]
    return Message(headline, blocks)


def _several(turn: Turn, catalogue: Catalogue) -> Message:
    picks = [_pick(picture) for picture in turn.pictures]
    blocks = [
        section(wording.headline(turn)),
        *(_image(turn, picture, title=str(picture.index + 1)) for picture in turn.pictures),
        context(f"{bills.details(turn, catalogue, turn.pictures, ())}. {wording.PICKING}"),
        *_truths(turn, turn.pictures, catalogue),
        *_notes(turn),
        {"type": "actions", "elements": picks},
        _judging(turn.pictures),
    ]
    return Message(wording.headline(turn), blocks)


def _failure(turn: Turn, offers: Sequence[Offer]) -> Message:
    """What was asked, why there is no picture, and at least a way to ask again."""
    said = wording.sentence(turn.trouble.reason, turn.trouble.facts) if turn.trouble else FALLBACK
    others = [
        _retry(turn, offer) for offer in offers if offer.act in wording.AFTER_A_FAILURE and offer.act != Act.AGAIN
    ]
    blocks = [
        section(wording.headline(turn)),
        section(said),
        *_notes(turn),
        {"type": "actions", "elements": [_button(Act.AGAIN, wording.AFTER_A_FAILURE[Act.AGAIN], turn.id), *others]},
    ]
    return Message(f"{wording.headline(turn)}\n{said}", blocks)


def _retry(turn: Turn, offer: Offer) -> Block:
    button = _button(offer.act, wording.AFTER_A_FAILURE[offer.act], turn.id)
    return {**button, "confirm": _confirm(offer)} if offer.act is Act.PRO else button


def _truths(turn: Turn, pictures: Sequence[Picture], catalogue: Catalogue) -> list[Block]:
    """What came otherwise than asked, and where the model looked."""
    unlike = [picture for picture in pictures if not _is_as_asked(turn, picture, catalogue)]
    said = [wording.otherwise(turn, unlike)] if unlike else []
    return [context(line) for line in (*said, *sources.lines(pictures))]


def _is_as_asked(turn: Turn, picture: Picture, catalogue: Catalogue) -> bool:
    model, options = catalogue.models.get(picture.model or turn.model), turn.options
    ratio = None if options.ratio == AUTO else options.ratio
    return model is None or as_asked(model, ratio, options.size, picture.width, picture.height)


def _judging(pictures: Sequence[Picture]) -> Block:
    return {"type": "actions", "elements": tallies.buttons([picture.id for picture in pictures])}


def _notes(turn: Turn) -> list[Block]:
    """What else people should know. A message has room for 50 blocks, so the rest of a long list is only counted."""
    notes = [wording.sentence(note.reason, note.facts) for note in turn.notes[:MOST_NOTES]]
    if len(turn.notes) > MOST_NOTES:
        notes.append(wording.more_left_out(len(turn.notes) - MOST_NOTES))
    if turn.missing and turn.pictures:
        notes.append(wording.missing(turn))
    return [context(note) for note in notes]


def _image(turn: Turn, picture: Picture, title: str = "") -> Block:
    titled = {"title": {"type": "plain_text", "text": title}} if title else {}
    return {"type": "image", "slack_file": {"id": picture.file}, "alt_text": wording.alt(turn, picture), **titled}


def _buttons(picture: str, offers: Sequence[Offer]) -> list[Block]:
    elements = [_offer(picture, offer) for offer in offers]
    return [{"type": "actions", "elements": elements}] if elements else []


def _offer(picture: str, offer: Offer) -> Block:
    button = _button(offer.act, wording.LABELS[offer.act], picture)
    if offer.act in (Act.PRO, Act.VARIATIONS, Act.ENLARGE):
        return {**button, "confirm": _confirm(offer), **_highlight(offer)}
    return button


def _pick(picture: Picture) -> Block:
    return _button(Act.PICK, wording.pick(picture.index + 1), picture.id, f"{Act.PICK}:{picture.index}")


def _button(act: Act, text: str, value: str, action: str = "") -> Block:
    label = {"type": "plain_text", "text": text}
    return {"type": "button", "action_id": action or str(act), "text": label, "value": value}


def _highlight(offer: Offer) -> Block:
    return {"style": "primary"} if offer.act is Act.PRO else {}


def _confirm(offer: Offer) -> Block:
    return {
        "title": {"type": "plain_text", "text": wording.LABELS[offer.act]},
        "text": {"type": "plain_text", "text": wording.confirmation(offer)},
        "confirm": {"type": "plain_text", "text": wording.GO},
        "deny": {"type": "plain_text", "text": wording.CANCEL},
    }


def section(text: str) -> Block:
    """Words of their own, cut where Slack would refuse more."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text[:3000]}}


def context(text: str) -> Block:
    """Small words beside something."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text[:3000]}]}

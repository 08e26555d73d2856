"""From an outcome to Block Kit: pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.catalogue import Catalogue, as_asked
from bot.domain.options import AUTO
from bot.domain.pictures import Picture
from bot.domain.requests import ImageRequest
from bot.domain.turns import Trouble, Turn
from bot.ports import Offer
from handlers import bills, captions, controls, notes, sources, wording
from handlers.mrkdwn import cut
from handlers.sentences import FALLBACK

Block = dict[str, Any]
MOST_TEXT = 3000  # characters of one text, escapes included


@dataclass(frozen=True, slots=True)
class Message:
    """`text` is what notifications and screen readers say instead of the blocks."""

    text: str
    blocks: list[Block]


def root(turn: Turn) -> Message:
    """The message a command's thread hangs on: who asked for what."""
    typed = captions.flags(turn.options)
    text = captions.headline(turn) + (f"  `{typed.strip()}`" if typed else "")
    return Message(captions.headline(turn), [section(text)])


def result(turn: Turn, catalogue: Catalogue, offers: Sequence[Offer]) -> Message:
    """What became of a turn."""
    if not turn.pictures:
        return _failure(turn, offers)
    if len(turn.pictures) > 1:
        return _several(turn, catalogue, offers)
    return _single(turn, turn.pictures[0], catalogue, offers, captions.headline(turn, captions.BRIEF))


def held(turn: Turn, trouble: Trouble) -> Message:
    """What was painted is there, but Slack does not take it: why, and a button that shows it."""
    said = f"{wording.sentence(trouble.reason, trouble.facts)} {wording.HELD}"
    blocks = [section(captions.headline(turn)), section(said), *controls.under_failure(turn, ())]
    return Message(f"{captions.headline(turn)}\n{said}", blocks)


def picked(
    request: ImageRequest, turn: Turn, picture: Picture, catalogue: Catalogue, offers: Sequence[Offer]
) -> Message:
    """One of several pictures by itself; replies go on from it."""
    return _single(turn, picture, catalogue, offers, captions.picked(request.asker, picture.index + 1, turn))


def _single(turn: Turn, picture: Picture, catalogue: Catalogue, offers: Sequence[Offer], headline: str) -> Message:
    blocks = [
        section(headline),
        _image(turn, picture),
        context(bills.details(turn, catalogue, (picture,), offers)),
        *_truths(turn, (picture,), catalogue),
        *map(context, notes.lines(turn, (picture,))),
        *controls.under_picture(turn, picture, offers),
    ]
    return Message(headline, blocks)


def _several(turn: Turn, catalogue: Catalogue, offers: Sequence[Offer]) -> Message:
    blocks = [
        section(captions.headline(turn, captions.BRIEF)),
        *(_image(turn, picture, title=str(picture.index + 1)) for picture in turn.pictures),
        context(bills.details(turn, catalogue, turn.pictures, ())),
        *_truths(turn, turn.pictures, catalogue),
        *map(context, notes.lines(turn, turn.pictures)),
        section(captions.picking(turn)),
        *controls.under_several(turn, offers),
    ]
    return Message(captions.headline(turn, captions.BRIEF), blocks)


def _failure(turn: Turn, offers: Sequence[Offer]) -> Message:
    """What was asked, why there is no picture, and at least a way to ask again."""
    said = wording.sentence(turn.trouble.reason, turn.trouble.facts) if turn.trouble else FALLBACK
    blocks = [
        section(captions.headline(turn)),
        section(said),
        *map(context, notes.lines(turn, ())),
        *controls.under_failure(turn, offers),
    ]
    return Message(f"{captions.headline(turn)}\n{said}", blocks)


def _truths(turn: Turn, pictures: Sequence[Picture], catalogue: Catalogue) -> list[Block]:
    """What came otherwise than asked, and where the model looked."""
    unlike = [picture for picture in pictures if not _is_as_asked(turn, picture, catalogue)]
    said = [captions.otherwise(turn, unlike)] if unlike else []
    return [context(line) for line in (*said, *sources.lines(pictures))]


def _is_as_asked(turn: Turn, picture: Picture, catalogue: Catalogue) -> bool:
    model, options = catalogue.models.get(picture.model or turn.model), turn.options
    ratio = None if options.ratio == AUTO else options.ratio
    return model is None or as_asked(model, ratio, options.size, picture.width, picture.height)


def _image(turn: Turn, picture: Picture, title: str = "") -> Block:
    titled = {"title": {"type": "plain_text", "text": title}} if title else {}
    return {"type": "image", "slack_file": {"id": picture.file}, "alt_text": captions.alt(turn, picture), **titled}


def section(text: str) -> Block:
    """Words of their own, cut where Slack would refuse more."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": cut(text, MOST_TEXT)}}


def context(text: str) -> Block:
    """Small words beside something."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": cut(text, MOST_TEXT)}]}

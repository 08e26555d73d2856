"""What people can press under a result: pure. A button's value is an id; everything else is in the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.domain.pictures import Picture
from bot.domain.requests import Act
from bot.domain.turns import Turn
from bot.ports import Offer
from handlers import judging, labels

Block = dict[str, Any]
ASKED_ABOUT = frozenset({Act.PRO, Act.VARIATIONS, Act.ENLARGE})  # what costs more than the first time


def under_picture(turn: Turn, picture: Picture, offers: Sequence[Offer]) -> list[Block]:
    """What can be had from one picture, trying again where it alone came of several, and whether people keep it."""
    offered = [_offered(picture.id, offer) for offer in offers]
    others = _others(turn, ()) if len(turn.pictures) == 1 else []
    return [*([_actions(offered)] if offered else []), *others, _actions(judging.buttons([picture.id]))]


def under_several(turn: Turn, offers: Sequence[Offer]) -> list[Block]:
    """Picking one of several pictures, trying again for those that did not come, and whether people keep them."""
    picks = _actions([_pick(picture) for picture in turn.pictures])
    return [picks, *_others(turn, offers), _actions(judging.buttons([picture.id for picture in turn.pictures]))]


def under_failure(turn: Turn, offers: Sequence[Offer]) -> list[Block]:
    """Trying again, always; and on other tiers, where that may help."""
    return [_actions(_tries(turn, labels.AFTER_A_FAILURE[Act.AGAIN], offers))]


def _others(turn: Turn, offers: Sequence[Offer]) -> list[Block]:
    missing = turn.options.count - len(turn.pictures)
    return [_actions(_tries(turn, labels.others(missing), offers))] if missing > 0 else []


def _tries(turn: Turn, label: str, offers: Sequence[Offer]) -> list[Block]:
    elsewhere = [offer for offer in offers if offer.act in labels.AFTER_A_FAILURE and offer.act is not Act.AGAIN]
    return [_button(Act.AGAIN, label, turn.id), *(_retry(turn, offer) for offer in elsewhere)]


def _actions(elements: list[Block]) -> Block:
    return {"type": "actions", "elements": elements}


def _offered(picture: str, offer: Offer) -> Block:
    button = _button(offer.act, labels.LABELS[offer.act], picture)
    asked = {"confirm": _confirm(offer, labels.LABELS[offer.act])} if offer.act in ASKED_ABOUT else {}
    return {**button, **asked, **({"style": "primary"} if offer.act is Act.PRO else {})}


def _retry(turn: Turn, offer: Offer) -> Block:
    button = _button(offer.act, labels.AFTER_A_FAILURE[offer.act], turn.id)
    asked = {"confirm": _confirm(offer, labels.AFTER_A_FAILURE[offer.act])} if offer.act in ASKED_ABOUT else {}
    return {**button, **asked}


def _pick(picture: Picture) -> Block:
    return _button(Act.PICK, labels.pick(picture.index + 1), picture.id, f"{Act.PICK}:{picture.index}")


def _button(act: Act, text: str, value: str, action: str = "") -> Block:
    label = {"type": "plain_text", "text": text}
    return {"type": "button", "action_id": action or str(act), "text": label, "value": value}


def _confirm(offer: Offer, title: str) -> Block:
    return {
        "title": {"type": "plain_text", "text": title},
        "text": {"type": "plain_text", "text": labels.confirmation(offer)},
        "confirm": {"type": "plain_text", "text": labels.GO},
        "deny": {"type": "plain_text", "text": labels.CANCEL},
    }

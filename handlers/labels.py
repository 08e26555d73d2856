"""What stands on buttons, and what the costly ones ask."""

from __future__ import annotations

from bot.domain.requests import Act
from bot.ports import Offer
from handlers import bills

LABELS = {
    Act.LITE: "Re-run with Lite",
    Act.FLASH: "Re-run with Flash",
    Act.PRO: "Re-run with Pro",
    Act.AGAIN: "Again",
    Act.VARIATIONS: "Variations",
    Act.ENLARGE: "4K",
}
AFTER_A_FAILURE = {
    Act.AGAIN: "Try again",
    Act.LITE: "Try on Lite",
    Act.FLASH: "Try on Flash",
    Act.PRO: "Try on Pro",
}
GO, CANCEL = "Go ahead", "Cancel"


def judging(act: str, of: int, people: int) -> str:
    """The label of Keep or Discard: of one picture or of all, and how many people pressed it."""
    label = act.capitalize() + (" all" if of > 1 else "")
    return f"{label} · {people}" if people else label


def others(missing: int) -> str:
    """The label of trying again where some of several did not come."""
    return f"Try again for the other {missing if missing > 1 else 'one'}"


def pick(number: int) -> str:
    """The label of a pick button."""
    return f"Pick {number}"


def confirmation(offer: Offer) -> str:
    """What a costly button asks before it does anything."""
    what = {
        Act.LITE: "The same request goes to the Lite model.",
        Act.FLASH: "The same request goes to the Flash model.",
        Act.PRO: "The same request goes to the Pro model; its picture appears in this thread.",
        Act.VARIATIONS: "Four variations of this picture are made.",
        Act.ENLARGE: "This picture is made again in 4K.",
    }[offer.act]
    return f"{what} {'They cost' if offer.act is Act.VARIATIONS else 'It costs'} about {bills.money(offer.price)}."

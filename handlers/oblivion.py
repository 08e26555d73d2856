"""What `threadpaint forget` says: in figures, and never a word of what was forgotten."""

from __future__ import annotations

import re

from bot.domain.forgetting import Forgotten, Share
from bot.errors import OperatorMustFix

IDS = {
    "--user": re.compile(r"[UW][A-Z0-9]{2,}"),
    "--channel": re.compile(r"[CDG][A-Z0-9]{2,}"),
    "--workspace": re.compile(r"[TE][A-Z0-9]{2,}"),
}
FIGURES = {
    "requests": "requests, with their job history",
    "turns": "turns, with their prompts",
    "pictures": "pictures",
    "references": "reference pictures",
    "objects": "objects in the picture store",
    "strays": "objects there that nothing names",
    "size": "bytes in them",
    "verdicts": "verdicts",
    "displays": "records of what messages show",
    "threads": "threads",
    "calls": "calls in the ledger, whose figures stay without names",
    "overheard": "other people's turns, without what was said before them",
    "repeats": "other people's turns, without the words and references they had repeated",
}
NOT_KEPT = "Nothing is kept of it."
NOT_DUE = "Nothing is due."
LEFT = (
    "{left} at work: what belongs to them stays until they end. Run this again then; requests of a bot that is no "
    "longer there end by themselves a day after they began."
)


def share(user: str, channel: str, workspace: str, due: bool) -> Share | None:
    """What these options mean together; None: what is due.

    Raises OperatorMustFix "forget_whom" for what is no id, for nothing at all, and for what is due of somebody alone.
    """
    given = {"--user": user, "--channel": channel, "--workspace": workspace}
    for option, id in given.items():
        if id and not IDS[option].fullmatch(id):
            raise OperatorMustFix("forget_whom", given=f"{option} {id}")
    if due is any(given.values()):
        raise OperatorMustFix("forget_whom", given="--due with an id" if due else "no option")
    return None if due else Share(workspace, channel, user)


def account(forgotten: Forgotten, heading: str, nothing: str = NOT_KEPT) -> str:
    """The figures that are not zero, a line each; `nothing` is said where all of them are."""
    lines = [f"{figure:>12,}  {FIGURES[name]}" for name, figure in forgotten.figures() if figure and name in FIGURES]
    left = [LEFT.format(left=_requests(forgotten.left))] if forgotten.left else []
    return "\n".join([heading if lines else nothing, *lines, *left])


def _requests(count: int) -> str:
    return "1 request is" if count == 1 else f"{count:,} requests are"

"""What `threadpaint forget` says: in figures, and never a word of what was forgotten."""

from __future__ import annotations

import re
from collections.abc import Sequence

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


def share(user: Sequence[str], channel: Sequence[str], workspace: Sequence[str], due: bool) -> Share | None:
    """What these options mean together, each with what was given for it; None: what is due.

    Raises OperatorMustFix "forget_whom" for what is no id, as an empty one is, for an option that is given twice, for
    nothing at all, and for what is due of somebody alone.
    """
    given = {"--user": user, "--channel": channel, "--workspace": workspace}
    named = {option: _id(option, ids) for option, ids in given.items() if ids}
    if due is bool(named):
        raise OperatorMustFix("forget_whom", given="--due with an id" if due else "no option")
    return None if due else Share(named.get("--workspace", ""), named.get("--channel", ""), named.get("--user", ""))


def _id(option: str, ids: Sequence[str]) -> str:
    if len(ids) > 1:
        raise OperatorMustFix("forget_whom", given=f"{option} more than once")
    if not IDS[option].fullmatch(ids[0]):
        raise OperatorMustFix("forget_whom", given=f'{option} "{ids[0]}"')
    return ids[0]


def account(forgotten: Forgotten, heading: str, nothing: str = NOT_KEPT) -> str:
    """The figures that are not zero, a line each; `nothing` is said where all of them are."""
    lines = [f"{figure:>12,}  {FIGURES[name]}" for name, figure in forgotten.figures() if figure and name in FIGURES]
    left = [LEFT.format(left=_requests(forgotten.left))] if forgotten.left else []
    return "\n".join([heading if lines else nothing, *lines, *left])


def _requests(count: int) -> str:
    return "1 request is" if count == 1 else f"{count:,} requests are"

"""What must be true after any weather. Each check returns a line for each thing that is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from math import inf
from typing import Any

from bot.domain.lives import POISONED
from handlers import ids
from tests.chaos.crowd import Wish
from tests.chaos.crowding import crowding, rivals
from tests.chaos.evidence import Evidence, answer_of
from tests.chaos.rules import Rules
from tests.chaos.spending import overspending, unaccounted

EXPECTED = ("budget_person", "budget_workspace", "poisoned", "cancelled")  # the only reasons that nothing is made
HEARD = 3.0  # seconds in which whoever works on it sees that it was cancelled
Check = Callable[[Evidence, Rules], Iterable[str]]


def faults(evidence: Evidence, rules: Rules) -> dict[str, list[str]]:
    """By what was checked; an empty list where all is well."""
    return {name: list(check(evidence, rules)) for name, check in CHECKS.items()}


def lost(evidence: Evidence, _rules: Rules) -> Iterator[str]:
    """What was acknowledged is written down, and what is written down is answered: by a message, or in words.

    What was cancelled before it began has been answered with the word on that. Of a double click the one is written
    down, and with the other people are told so.
    """
    known = {row.key for row in evidence.requests}
    known |= {_button(row.key) for row in evidence.requests}
    yield from (
        f"acknowledged and not written down: {key}" for key in evidence.promised if not {key, _button(key)} & known
    )
    for row in evidence.requests:
        in_words = any(id in evidence.whispered for id in ids.said(row.key)) or _called_off_unseen(row)
        if row.finished is None or not (evidence.posts[answer_of(row)] or in_words):
            yield f"written down and not answered: {row.key}"


def _called_off_unseen(row: Any) -> bool:
    """Before it was taken up, or before it stood in the channel: the word on cancelling was the answer."""
    return row.failed == "cancelled" or (row.cancelled is not None and not row.thread)


def _button(key: str) -> str:
    """Of a click's key, what says which button it was; anything else as it is."""
    return key.rsplit(":", 2)[0] if key.startswith("click:") else key


def unjudged(evidence: Evidence, _rules: Rules) -> Iterator[str]:
    """Everybody's last word on a picture is kept, or one that came after it."""
    written = {(row.picture, row.person): row for row in evidence.verdicts}
    for word in evidence.judged:
        row = written.get((word.picture, word.person))
        if row is None or row.moment < word.moment or (row.moment == word.moment and row.kept != word.kept):
            yield f"{word.person} said kept={word.kept} of {word.picture}, and written down is {row}"


def given_up(evidence: Evidence, _rules: Rules) -> Iterator[str]:
    """Nothing ends in an excuse, except where the money was at its end, or a request has met too many deaths."""
    yield from (f"{count} × {reason}" for reason, count in evidence.troubles.items() if reason not in EXPECTED)
    excused = [row for row in evidence.requests if row.deaths >= POISONED or row.failed in ("", "cancelled")]
    yield from (f"{row.failed}: {row.key}" for row in evidence.requests if row not in excused)


def called_off(evidence: Evidence, _rules: Rules) -> Iterator[str]:
    """Only what its asker wanted cancelled is cancelled, and no call is begun for it afterwards."""
    begun: dict[str, int] = defaultdict(int)
    for spent in evidence.ledger:
        begun[f"result:{spent.turn}"] = max(begun[f"result:{spent.turn}"], spent.begun)
    for row in evidence.requests:
        if row.cancelled is None:
            continue
        if not any(_is_about(wish, row) for wish in evidence.wishes):
            yield f"cancelled, and nobody asked for that: {row.key}"
        if (late := (begun[answer_of(row)] - row.cancelled) / 1e6) > HEARD:
            yield f"called {late:.1f} s after it was cancelled: {row.key}"


def _is_about(wish: Wish, row: Any) -> bool:
    theirs = (wish.person, wish.channel) == (row.asker, row.channel) and wish.at * 1e6 <= row.cancelled
    return theirs and wish.thread in ("", row.thread)


def double(evidence: Evidence, _rules: Rules) -> Iterator[str]:
    """No message stands there twice."""
    yield from (f"{times} × {id}" for id, times in evidence.posts.items() if times > 1)


def disorder(evidence: Evidence, _rules: Rules) -> Iterator[str]:
    """In each thread one after the other, as they were written: no call for the next before the result is shown."""
    lanes: dict[str, list[Any]] = defaultdict(list)
    for row in evidence.requests:
        if row.finished is not None and row.admitted is not None:
            lanes[row.lane].append(row)
    called = _first_calls(evidence)
    for lane in lanes.values():
        in_order = sorted(lane, key=lambda row: int(row.finished))
        yield from _overlaps(in_order, evidence.shown, called)
        yield from _passed_over(in_order, evidence.promised)


def _first_calls(evidence: Evidence) -> dict[str, float]:
    """By the id of the result: when the first call for it was about to be made, in seconds since 1970."""
    return {f"result:{row.turn}": row.begun / 1e6 for row in reversed(evidence.ledger)}


def _overlaps(lane: list[Any], shown: dict[str, float], called: dict[str, float]) -> Iterator[str]:
    for one, following in pairwise(lane):
        before, after = answer_of(one), answer_of(following)
        if before not in shown:
            continue
        if min(called.get(after, inf), shown.get(after, inf)) < shown[before]:
            yield f"{following.key} was begun before {one.key} was shown"


def _passed_over(lane: list[Any], promised: dict[str, float]) -> Iterator[str]:
    """What was acknowledged when another was taken was written down by then; the row's own clock was read before."""
    for place, one in enumerate(lane):
        for later in lane[place + 1 :]:
            if later.moment < one.moment and promised.get(later.key, inf) * 1e6 < one.admitted:
                yield f"{later.key} was passed over by {one.key}"


def repeated(evidence: Evidence, _rules: Rules) -> Iterator[str]:
    """No call for a picture that was stored already."""
    for row in evidence.ledger:
        since = evidence.stored.get((row.turn, row.position))
        if since is not None and row.begun > since:
            yield f"picture {row.position} of {row.turn} was asked for again {(row.begun - since) / 1e6:.1f} s later"


CHECKS: dict[str, Check] = {
    "lost": lost,
    "a word forgotten": unjudged,
    "given up": given_up,
    "cancelled wrongly": called_off,
    "posted twice": double,
    "out of order": disorder,
    "over a limit": crowding,
    "twice at once": rivals,
    "over a budget": overspending,
    "not in the ledger": unaccounted,
    "asked for again": repeated,
}

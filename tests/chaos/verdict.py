"""What must be true after any weather. Each check returns a line for each thing that is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from math import inf
from typing import Any

from bot.domain.lives import POISONED
from handlers import ids
from storage.columns import PICO
from tests.chaos.crowding import crowding, rivals
from tests.chaos.evidence import Evidence, answer_of
from tests.chaos.rules import Rules

EXPECTED = ("budget_person", "budget_workspace", "poisoned")  # the only reasons that nothing is made
LATE = 2_000_000  # microseconds that a clock reading may be older than the transaction that wrote it
Check = Callable[[Evidence, Rules], Iterable[str]]


def faults(evidence: Evidence, rules: Rules) -> dict[str, list[str]]:
    """By what was checked; an empty list where all is well."""
    return {name: list(check(evidence, rules)) for name, check in CHECKS.items()}


def lost(evidence: Evidence, _rules: Rules) -> Iterator[str]:
    """What was acknowledged is written down, and what is written down is answered: by a message, or in words.

    Of a double click the one is written down, and with the other people are told so.
    """
    known = {row.key for row in evidence.requests}
    known |= {_button(row.key) for row in evidence.requests}
    yield from (
        f"acknowledged and not written down: {key}" for key in evidence.promised if not {key, _button(key)} & known
    )
    for row in evidence.requests:
        in_words = any(id in evidence.whispered for id in ids.said(row.key))
        if row.finished is None or not (evidence.posts[answer_of(row)] or in_words):
            yield f"written down and not answered: {row.key}"


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
    yield from (f"{row.failed}: {row.key}" for row in evidence.requests if row.failed and row.deaths < POISONED)


def double(evidence: Evidence, _rules: Rules) -> Iterator[str]:
    """No message stands there twice."""
    yield from (f"{times} × {id}" for id, times in evidence.posts.items() if times > 1)


def disorder(evidence: Evidence, _rules: Rules) -> Iterator[str]:
    """In each thread one after the other, as they were written: no call for the next before the result is shown."""
    lanes: dict[str, list[Any]] = defaultdict(list)
    for row in evidence.requests:
        if row.finished is not None:
            lanes[row.lane].append(row)
    called = _first_calls(evidence)
    for lane in lanes.values():
        in_order = sorted(lane, key=lambda row: int(row.finished))
        yield from _overlaps(in_order, evidence.shown, called)
        yield from _passed_over(in_order)


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


def _passed_over(lane: list[Any]) -> Iterator[str]:
    for place, one in enumerate(lane):
        for later in lane[place + 1 :]:
            if later.moment < one.moment and later.accepted + LATE < one.admitted:
                yield f"{later.key} was passed over by {one.key}"


def overspending(evidence: Evidence, rules: Rules) -> Iterator[str]:
    """No budget passed: not by what the ledger counts, and not by what the provider bills."""
    for source, spent in (("ledger", counted(evidence)), ("provider", billed(evidence))):
        for person, dollars in spent.items():
            if dollars > rules.person_day:
                yield f"{person} spent ${dollars} of ${rules.person_day}, says the {source}"
        if (total := sum(spent.values(), Decimal())) > rules.workspace_month:
            yield f"the workspace spent ${total} of ${rules.workspace_month}, says the {source}"


def unaccounted(evidence: Evidence, _rules: Rules) -> Iterator[str]:
    """No call without a row in the ledger, and nobody billed for more than the ledger counts; none left open."""
    if len(evidence.calls) > len(evidence.ledger):
        yield f"{len(evidence.calls)} calls, {len(evidence.ledger)} rows in the ledger"
    written = counted(evidence)
    for person, dollars in billed(evidence).items():
        if dollars > written[person]:
            yield f"{person} is billed ${dollars}, and the ledger counts ${written[person]}"
    yield from (f"still open: {row.turn}" for row in evidence.ledger if row.outcome == "open")


def repeated(evidence: Evidence, _rules: Rules) -> Iterator[str]:
    """No call for a picture that was stored already."""
    for row in evidence.ledger:
        since = evidence.stored.get((row.turn, row.position))
        if since is not None and row.begun > since:
            yield f"picture {row.position} of {row.turn} was asked for again {(row.begun - since) / 1e6:.1f} s later"


def counted(evidence: Evidence) -> dict[str, Decimal]:
    """Dollars by person, as the ledger counts them against budgets."""
    spent: dict[str, Decimal] = defaultdict(Decimal)
    for row in evidence.ledger:
        spent[row.asker] += row.counts * PICO
    return spent


def billed(evidence: Evidence) -> dict[str, Decimal]:
    """Dollars by person, as the provider bills them, also for answers that nobody was there to hear."""
    spent: dict[str, Decimal] = defaultdict(Decimal)
    for call in evidence.calls:
        spent[call.person] += call.bill
    return spent


CHECKS: dict[str, Check] = {
    "lost": lost,
    "a word forgotten": unjudged,
    "given up": given_up,
    "posted twice": double,
    "out of order": disorder,
    "over a limit": crowding,
    "twice at once": rivals,
    "over a budget": overspending,
    "not in the ledger": unaccounted,
    "asked for again": repeated,
}

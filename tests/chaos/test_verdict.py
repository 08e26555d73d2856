"""Each check of a chaos run finds what it looks for, and nothing where all is well."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from tests.chaos.evidence import Call, Evidence, result_of
from tests.chaos.rules import Rules
from tests.chaos.verdict import CHECKS, faults

RULES = Rules(1, 4, 2, Decimal("0.10"), Decimal("0.25"))
SECOND = 1_000_000


@dataclass(frozen=True)
class Asked:
    """A row of `requests`: in one thread with all others, one second after the other."""

    key: str
    second: int
    act: str = "reply"
    lane: str = "thread"
    failed: str = ""
    deaths: int = 0
    delay: int = 0  # seconds until it was written down

    @property
    def moment(self) -> int:
        return self.second * SECOND

    @property
    def accepted(self) -> int:
        return (self.second + self.delay) * SECOND

    @property
    def admitted(self) -> int:
        return self.second * 10 * SECOND

    @property
    def finished(self) -> int:
        return self.admitted + 9 * SECOND


@dataclass(frozen=True)
class Spent:
    """A row of `ledger`."""

    turn: str
    asker: str
    begun: int
    counts: int = 50_000_000_000  # $0.05, as it is stored
    position: int = 0
    outcome: str = "paid"


def turn_of(key: str) -> str:
    return result_of(key).removeprefix("result:")


def call(person: str, at: float, over: float, bill: str = "0.05") -> Call:
    return Call(person, "flash", at, over, Decimal(bill))


ONE, TWO = Asked("one", 1), Asked("two", 2)
FINE = Evidence(
    promised=frozenset({"one", "two"}),
    told=0,
    unheard=Counter(),
    requests=[ONE, TWO],
    whispered=frozenset(),
    troubles=Counter({"budget_person": 1}),
    posts=Counter(map(result_of, ("one", "two"))),
    shown={result_of("one"): 18.0, result_of("two"): 28.0},
    calls=[call("ana", 11, 15), call("ben", 21, 25)],
    ledger=[Spent(turn_of("one"), "ana", 11 * SECOND), Spent(turn_of("two"), "ben", 21 * SECOND)],
    stored={(turn_of("one"), 0): 16 * SECOND, (turn_of("two"), 0): 26 * SECOND},
)
BEN = FINE.ledger[1]
WRONG = [
    ("lost", replace(FINE, promised=frozenset({"one", "two", "three"}))),
    ("lost", replace(FINE, posts=Counter([result_of("one")]))),
    ("given up", replace(FINE, troubles=Counter(["something_broke"]))),
    ("given up", replace(FINE, requests=[ONE, replace(TWO, failed="poisoned", deaths=2)])),
    ("posted twice", replace(FINE, posts=FINE.posts + Counter([result_of("two")]))),
    ("out of order", replace(FINE, shown={result_of("one"): 22.0, result_of("two"): 28.0})),
    ("out of order", replace(FINE, requests=[ONE, replace(TWO, second=0, delay=-5), Asked("three", -9)])),
    ("over a limit", replace(FINE, calls=[call("ana", 11, 15), call("ana", 14, 18, "0")])),
    ("over a limit", replace(FINE, calls=[call(one, 1, 9, "0") for one in ("ana", "ben", "chidi")])),
    ("over a budget", replace(FINE, ledger=[FINE.ledger[0], replace(BEN, counts=110_000_000_000)])),
    ("over a budget", replace(FINE, ledger=[replace(BEN, asker=f"p{number}") for number in range(6)])),
    ("not in the ledger", replace(FINE, ledger=FINE.ledger[:1])),
    ("not in the ledger", replace(FINE, ledger=[FINE.ledger[0], replace(BEN, outcome="open")])),
    ("asked for again", replace(FINE, ledger=[*FINE.ledger, replace(BEN, begun=27 * SECOND, counts=0)])),
]


def test_where_all_is_well_nothing_is_found() -> None:
    assert faults(FINE, RULES) == {name: [] for name in CHECKS}


@pytest.mark.parametrize(("name", "evidence"), WRONG)
def test_what_is_wrong_is_found(name: str, evidence: Evidence) -> None:
    assert faults(evidence, RULES)[name]


def test_every_check_is_shown_to_find_something() -> None:
    assert {name for name, _ in WRONG} == set(CHECKS)


def test_a_call_that_begins_when_another_ends_does_not_overlap_it() -> None:
    assert not faults(replace(FINE, calls=[call("ana", 11, 15), call("ana", 15, 18, "0")]), RULES)["over a limit"]


def test_who_has_met_three_deaths_may_be_given_up() -> None:
    assert not faults(replace(FINE, requests=[ONE, replace(TWO, failed="poisoned", deaths=3)]), RULES)["given up"]

"""Each check of a chaos run finds what it looks for, and nothing where all is well."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from bot.domain.limits import Limits
from bot.domain.spend import Verdict
from tests.chaos.crowd import Wish
from tests.chaos.evidence import Call, Evidence, answer_of
from tests.chaos.rules import Reign, Rules
from tests.chaos.verdict import CHECKS, faults

LIMITS = Limits(1, 4, 2, pace=2)
RULES = Rules(LIMITS, (), Decimal("0.10"), Decimal("0.25"))
SECOND = 1_000_000


@dataclass(frozen=True)
class Asked:
    """A row of `requests`: in one thread with all others, one second after the other."""

    key: str
    second: int
    act: str = "reply"
    channel: str = "C"
    thread: str = "5.0"
    asker: str = "ana"
    lane: str = "thread"
    failed: str = ""
    deaths: int = 0
    early: int = 0  # seconds that the message is older than that
    cancelled: int | None = None

    @property
    def moment(self) -> int:
        return (self.second - self.early) * SECOND

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


@dataclass(frozen=True)
class Judged:
    """A row of `verdicts`."""

    kept: bool
    moment: int
    picture: str = "fox"
    person: str = "ana"


def result_of(key: str) -> str:
    return answer_of(Asked(key, 0))


def turn_of(key: str) -> str:
    return result_of(key).removeprefix("result:")


def call(person: str, at: float, over: float, bill: str = "0.05", turn: str = "") -> Call:
    return Call(person, "flash", turn or f"{person}'s at {at}", 4 if turn else 1, at, over, Decimal(bill))


ONE, TWO = Asked("one", 1), Asked("two", 2)
FINE = Evidence(
    promised={"one": 1.0, "two": 2.0},
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
    reigns=[Reign(LIMITS)],
    judged=[Verdict("fox", "ana", kept=True, moment=5)],
    verdicts=[Judged(kept=True, moment=5)],
    wishes=[Wish("ana", "C", "5.0", 12.0)],
)
BEN = FINE.ledger[1]
WRONG = [
    ("lost", replace(FINE, promised=FINE.promised | {"three": 3.0})),
    ("lost", replace(FINE, posts=Counter([result_of("one")]))),
    ("a word forgotten", replace(FINE, verdicts=[])),
    ("a word forgotten", replace(FINE, verdicts=[Judged(kept=False, moment=5)])),
    ("a word forgotten", replace(FINE, verdicts=[Judged(kept=True, moment=4)])),
    ("given up", replace(FINE, troubles=Counter(["something_broke"]))),
    ("given up", replace(FINE, requests=[ONE, replace(TWO, failed="poisoned", deaths=2)])),
    ("cancelled wrongly", replace(FINE, requests=[ONE, replace(TWO, cancelled=11 * SECOND)])),
    ("cancelled wrongly", replace(FINE, requests=[ONE, replace(TWO, cancelled=13 * SECOND, asker="ben")])),
    ("cancelled wrongly", replace(FINE, requests=[ONE, replace(TWO, cancelled=13 * SECOND, thread="6.0")])),
    ("cancelled wrongly", replace(FINE, requests=[ONE, replace(TWO, cancelled=17 * SECOND)])),
    ("posted twice", replace(FINE, posts=FINE.posts + Counter([result_of("two")]))),
    ("out of order", replace(FINE, shown={result_of("one"): 22.0, result_of("two"): 28.0})),
    ("out of order", replace(FINE, requests=[ONE, replace(TWO, early=5)])),
    ("over a limit", replace(FINE, calls=[call("ana", 11, 15), call("ana", 14, 18, "0")])),
    ("over a limit", replace(FINE, calls=[call(one, 1, 9, "0") for one in ("ana", "ben", "chidi")])),
    ("over a limit", replace(FINE, calls=[*FINE.calls, call("chidi", 70.9, 71, "0")])),
    (
        "over a limit",
        replace(FINE, reigns=[Reign(LIMITS, until=10, left=20), Reign(Limits(1, 4, 2, pace=1), since=10)]),
    ),
    ("twice at once", replace(FINE, calls=[*(call("ana", 11, 15, "0", "1 varied") for _ in range(5))])),
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


def test_four_pictures_of_one_turn_are_one_turn_and_four_calls() -> None:
    calls = [call("ana", 11, 15, "0", "1 varied") for _ in range(4)]
    faults_found = faults(replace(FINE, calls=calls, reigns=[Reign(Limits(1, 1, 1, pace=4))]), RULES)
    assert not faults_found["over a limit"]
    assert not faults_found["twice at once"]


def test_a_call_that_was_a_minute_ago_counts_no_more() -> None:
    assert not faults(replace(FINE, calls=[*FINE.calls, call("chidi", 71, 72, "0")]), RULES)["over a limit"]


def test_whoever_is_at_work_when_a_limit_is_lowered_stays() -> None:
    calls = [call("ana", at, at + 9, "0", f"{at} varied") for at in (40, 41)]
    lowered = [Reign(Limits(2, 4, 2), until=20, left=42), Reign(LIMITS, since=20)]
    assert not faults(replace(FINE, calls=calls, reigns=lowered), RULES)["over a limit"]
    assert faults(replace(FINE, calls=[*calls, call("ana", 43, 44, "0")], reigns=lowered), RULES)["over a limit"]


def test_what_was_cancelled_may_be_answered_with_the_word_on_that() -> None:
    late = replace(TWO, cancelled=19 * SECOND, failed="cancelled")
    cancelled = replace(FINE, requests=[ONE, late], posts=Counter([result_of("one")]))
    assert faults(cancelled, RULES) == {name: [] for name in CHECKS}
    assert faults(replace(cancelled, requests=[ONE, replace(late, failed="")]), RULES)["lost"]
    rootless = replace(cancelled, requests=[ONE, replace(late, failed="", thread="")])
    assert not faults(rootless, RULES)["lost"]


def test_whoever_is_heard_of_later_may_come_later() -> None:
    late = replace(FINE, requests=[ONE, replace(TWO, early=5)], promised={"one": 1.0, "two": 10.5})
    assert not faults(late, RULES)["out of order"]


def test_of_a_double_click_one_is_written_down() -> None:
    first, second, other = ("click:T:C:5:again:" + press for press in ("1.0:U", "1.1:U", "1.2:V"))
    rows = [replace(ONE, key=first), TWO]
    shown = Counter(map(result_of, (first, "two")))
    clicked = replace(FINE, requests=rows, posts=shown, promised=dict.fromkeys((first, second, other), 2.0))
    assert not faults(clicked, RULES)["lost"]
    another = replace(clicked, promised=dict.fromkeys((first, "click:T:C:6:again:1.1:U"), 2.0))
    assert faults(another, RULES)["lost"]


def test_who_has_met_three_deaths_may_be_given_up() -> None:
    assert not faults(replace(FINE, requests=[ONE, replace(TWO, failed="poisoned", deaths=3)]), RULES)["given up"]

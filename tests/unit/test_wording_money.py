"""Prices, budgets, statements: figures that are right, and never a figure nobody knows."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.options import Tier
from bot.domain.pictures import Picture
from bot.domain.requests import Act
from bot.domain.spend import Budgets, TierSpend
from bot.ports import Offer, Statement
from handlers import bills, statements, wording
from tests.unit.made import CATALOGUE, FLASH, PRO, picture, turn

AMOUNTS = st.decimals(0, 10_000, allow_nan=False, places=12)


def spend(tier: Tier = Tier.FLASH, **figures: Any) -> TierSpend:
    """Four pictures for 27 cents, three judged, two kept; unless said otherwise."""
    usual = {"calls": 5, "spend": "0.27", "unknown": "0", "pictures": 4, "judged": 3, "kept": 2} | figures
    return TierSpend(tier, **usual | {name: Decimal(usual[name]) for name in ("spend", "unknown")})


def said(**changes: Any) -> str:
    usual: dict[str, Any] = {"day": "2026-11-21", "today": (), "month": "2026-11", "in_month": ()}
    usual |= {"taken": None, "workspace": None}
    return statements.statement(Statement(**usual | {"budgets": Budgets()} | changes))


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        *(
            ("0", "$0.00"),
            ("0.00001", "less than $0.0001"),
            ("0.0004", "$0.0004"),
            ("0.0005", "$0.0005"),
            ("0.0006", "$0.001"),
        ),
        *(("0.0336", "$0.034"), ("0.067", "$0.067"), ("0.07", "$0.07"), ("0.5", "$0.50"), ("0.9996", "$1.00")),
        *(("1", "$1.00"), ("1.2449", "$1.24"), ("12.346", "$12.35"), ("1234.5", "$1,234.50")),
    ],
)
def test_prices_have_as_many_places_as_matter(amount: str, shown: str) -> None:
    assert bills.money(Decimal(amount)) == shown


@given(AMOUNTS)
def test_a_price_is_never_off_by_more_than_its_last_place(amount: Decimal) -> None:
    shown = bills.money(amount)
    if shown.startswith("$"):
        figure = Decimal(shown[1:].replace(",", ""))
        places = -int(figure.as_tuple().exponent)
        assert 2 <= places <= 4
        assert abs(figure - amount) <= Decimal(1).scaleb(-2 if amount >= 1 else -min(places + 1, 3)) * Decimal("0.51")


def test_who_would_pass_their_budget_reads_the_numbers_and_when_it_starts_anew() -> None:
    facts = {"amount": "0.07", "left": "0.02", "budget": "2.000", "resets": "1763769600", "words": "a <red> fox"}
    shown = wording.sentence("budget_person", facts)
    assert shown.splitlines() == [
        "This would cost about $0.07, and you have $0.02 of today's $2.00 left, so this was not sent. It starts anew "
        "<!date^1763769600^{date_short_pretty} at {time}|22 November 2025, 00:00 UTC>.",
        "> a &lt;red&gt; fox",
    ]


@pytest.mark.parametrize("reason", ["budget_person", "budget_workspace"])
def test_what_alone_is_more_than_the_budget_does_not_wait_for_it_to_start_anew(reason: str) -> None:
    facts = {"amount": "0.276", "left": "0.250", "budget": "0.250", "resets": "1763769600", "words": "a red fox"}
    shown = wording.sentence(reason, facts)
    assert "This would cost about $0.276, more than the $0.25 that" in shown
    assert "anew" not in shown
    assert shown.endswith("> a red fox")
    assert "anew" in wording.sentence(reason, facts | {"amount": "0.250"})


@given(AMOUNTS)
def test_what_is_left_is_never_told_as_more_than_there_is(amount: Decimal) -> None:
    told = Decimal(bills.left(amount)[1:].replace(",", ""))
    assert 0 <= amount - told < Decimal("0.001")


@pytest.mark.parametrize("reason", ["budget_person_nothing", "budget_workspace_nothing"])
def test_a_budget_of_nothing_never_starts_anew(reason: str) -> None:
    facts = {"amount": "0.07", "left": "0.000", "budget": "0.000", "resets": "1763769600", "words": "a red fox"}
    shown = wording.sentence(reason, facts)
    assert "$0.00: nothing can be made here" in shown
    assert "anew" not in shown
    assert shown.endswith("> a red fox")


def test_what_a_budget_lacks_is_never_rounded_away() -> None:
    facts = {"amount": "2.001", "left": "1.999", "budget": "50", "resets": "1763769600"}
    shown = wording.sentence("budget_workspace", facts)
    assert "about $2.001" in shown
    assert "has $1.999 of this month's $50.00 left" in shown


@pytest.mark.parametrize("resets", ["", "soon", "-1", "1e9", "9" * 30, "<!channel>", "٣"])
def test_a_moment_that_is_none_is_not_shown(resets: str) -> None:
    assert bills.moment(resets) == ""
    assert "<" not in wording.sentence("budget_person", {"resets": resets, "amount": "<b>"})


@given(st.integers(0, 10**11 - 1))
def test_every_moment_slack_can_show_has_words_for_where_it_cannot(seconds: int) -> None:
    assert re.fullmatch(r"<!date\^\d+\^\{date_short_pretty\} at \{time\}\|[^|<>]+ UTC>", bills.moment(str(seconds)))


def small_line(*pictures: Picture, offers: tuple[Offer, ...] = ()) -> str:
    return bills.details(turn(), CATALOGUE, pictures, offers)


def test_the_price_of_pro_is_seen_before_it_is_clicked() -> None:
    offers = (Offer(Act.PRO, Decimal("0.139")), Offer(Act.AGAIN, Decimal("0.067")))
    assert small_line(picture(), offers=offers) == f"{FLASH.name} · 1024×1024 px · 4.2 s · $0.067 · Pro ≈ $0.139"
    assert "about" not in small_line(picture(), offers=offers[1:])


def test_the_model_that_painted_is_the_one_that_is_named() -> None:
    assert small_line(picture(model=PRO.id)).startswith(f"{PRO.name} · ")
    assert small_line(picture(model="a-model-of-last-year")).startswith("a-model-of-last-year · ")
    both = small_line(picture(), picture(index=1, model=PRO.id), picture(index=2))
    assert both.startswith(f"{FLASH.name} and {PRO.name} · ")
    assert "$0.201" in both


def test_who_has_spent_nothing_is_told_so_in_a_sentence() -> None:
    assert said() == "You have spent nothing in November 2026. `/imagine a red fox in the snow` would be a start."
    assert said(today=(spend(calls=2, spend=0, pictures=0, judged=0, kept=0),)) == said()


def test_a_statement_tells_today_and_the_month_by_tier() -> None:
    pro = spend(Tier.PRO, spend="0.42", pictures=3, judged=0, kept=0)
    lines = said(today=(spend(),), in_month=(spend(spend="1.3", pictures=20, kept=13), pro)).splitlines()
    assert lines == [
        "*Today, 21 November*",
        "• Flash: 4 pictures, $0.27 ($0.135 per kept picture, 2 kept)",
        "*In November 2026*",
        "• Flash: 20 pictures, $1.30 ($0.10 per kept picture, 13 kept)",
        "• Pro: 3 pictures, $0.42 (none kept yet)",
        "• Together: 23 pictures, $1.72",
    ]


def test_a_month_long_ago_says_that_there_was_nothing() -> None:
    shown = said(today=(spend(pictures=1),), month="2025-02")
    assert "*In February 2025*\n• nothing" in shown
    assert "1 picture, $0.27" in shown


def test_what_nobody_knows_is_said() -> None:
    lost = spend(calls=1, spend="0", unknown="0.0672", pictures=0, judged=0, kept=0)
    shown = said(today=(lost,), in_month=(lost,))
    assert "Up to $0.067 more may be billed: some calls ended, and nobody knows how." in shown
    assert "nobody knows" not in said(in_month=(spend(),))


def test_what_is_left_is_what_the_check_of_a_budget_would_find() -> None:
    shown = said(
        today=(spend(),),
        in_month=(spend(),),
        taken=Decimal("0.37"),
        workspace=Decimal(60),
        budgets=Budgets(Decimal(2), Decimal(50)),
    )
    assert shown.endswith("*Left:* $1.63 of your $2.00 for today · $0.00 of this workspace's $50.00 for this month.")
    assert said(budgets=Budgets(person_day=Decimal(2))).endswith("*Left:* $2.00 of your $2.00 for today.")
    nearly = said(taken=Decimal("0.2052"), budgets=Budgets(person_day=Decimal("0.25")))
    assert nearly.endswith("*Left:* $0.044 of your $0.25 for today.")


@given(st.lists(st.builds(spend, st.sampled_from(Tier), spend=AMOUNTS, unknown=AMOUNTS, kept=st.integers(0, 4))))
def test_any_figures_can_be_stated(spends: list[TierSpend]) -> None:
    shown = said(in_month=tuple(spends), workspace=Decimal(2), budgets=Budgets(Decimal(1), Decimal(1)))
    assert "None" not in shown
    assert "-" not in shown

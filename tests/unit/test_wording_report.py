"""The report: a table Slack takes, a plot with its figures in words, and no claim that rests on too little."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.options import Tier
from bot.domain.spend import TierSpend
from bot.playground.slack.blockkit.check import surface_blocks
from bot.ports import Report
from handlers import reporting
from handlers.claims import claim


def spend(tier: Tier, judged: int, kept: int, price: str = "2", unknown: str = "0") -> TierSpend:
    return TierSpend(tier, judged + 3, Decimal(price), Decimal(unknown), judged + 2, judged, kept)


LITE, FLASH, PRO = (spend(tier, 25, 20) for tier in (Tier.LITE, Tier.FLASH, Tier.PRO))
DEAR = spend(Tier.PRO, 31, 10, "3")
ANY = st.lists(
    st.builds(
        TierSpend,
        st.sampled_from(Tier),
        st.integers(0, 10**6),
        st.decimals(0, 10**6, places=6),
        st.decimals(0, 10, places=6),
        st.integers(0, 10**6),
        st.integers(0, 10**6),
        st.integers(0, 10**6),
    ),
    max_size=4,
    unique_by=lambda each: each.tier,
)


def test_the_cheaper_tier_is_named_with_what_that_rests_on() -> None:
    assert claim([FLASH, DEAR]) == (
        "In this channel Flash is cheaper per kept picture: $0.10 (25 of 27 pictures judged), "
        "against $0.30 for Pro (31 of 33 pictures judged)."
    )
    assert claim([DEAR, FLASH]) == claim([FLASH, DEAR])


def test_of_three_the_cheapest_is_named() -> None:
    said = claim([spend(Tier.LITE, 20, 1), FLASH, DEAR])
    assert said.startswith(
        "In this channel Flash is the cheapest per kept picture: $0.10 (25 of 27 pictures judged), against "
    )
    assert said.endswith("$0.30 for Pro (31 of 33 pictures judged) and $2.00 for Lite (20 of 22 pictures judged).")


def test_equal_prices_are_said_to_be_equal() -> None:
    assert claim([FLASH, PRO]) == (
        "In this channel Flash and Pro cost the same per kept picture: "
        "$0.10 (Flash: 25 of 27 pictures judged, Pro: 25 of 27 pictures judged)."
    )
    assert claim([LITE, FLASH, DEAR]).endswith("against $0.30 for Pro (31 of 33 pictures judged).")
    assert "cheap" not in claim([FLASH, spend(Tier.PRO, 30, 20, "2.0004")])


@pytest.mark.parametrize(
    ("channel", "so_far"),
    [
        ([], "so far there is no picture to judge."),
        ([FLASH], "so far Flash has 25."),
        ([FLASH, spend(Tier.PRO, 19, 19)], "so far Flash has 25 and Pro has 19."),
        ([FLASH, spend(Tier.PRO, 40, 0)], "so far Flash has 25 and Pro has 40 (none kept)."),
    ],
)
def test_nothing_is_claimed_on_too_little(channel: list[TierSpend], so_far: str) -> None:
    said = claim(channel)
    assert said.startswith("Nothing is claimed for this channel yet: it takes two tiers with at least 20 judged")
    assert said.endswith(so_far)
    assert "$" not in said


@given(ANY)
def test_a_claim_names_the_lowest_price_and_only_fit_tiers(channel: list[TierSpend]) -> None:
    said = claim(channel)
    fit = [each for each in channel if each.judged >= 20 and each.kept]
    assert said.startswith("In this channel") == (len(fit) >= 2)
    assert said.count(". ") == 0
    if len(fit) >= 2:
        cheapest = min(fit, key=lambda each: each.spend / each.kept)
        assert cheapest.tier.value.capitalize() in said.partition(" per kept picture")[0]
        unfit = {each.tier.value.capitalize() for each in channel if each not in fit}
        assert not [name for name in unfit if name in said]


@given(ANY, ANY)
def test_slack_takes_any_report(channel: list[TierSpend], workspace: list[TierSpend]) -> None:
    report = Report("2026-11", tuple(channel), tuple(workspace))
    said = reporting.empty(report) if reporting.is_empty(report) else reporting.message(report, "")
    first, *others = said.blocks
    assert surface_blocks([{**first, "block_id": "report:x"}, *others], "message")
    assert len(reporting.alt(report)) < 2000


def test_the_table_tells_both_places_and_every_tier() -> None:
    report = Report("2026-11", (FLASH, spend(Tier.PRO, 0, 0)), (FLASH, DEAR))
    said = reporting.message(report, "F1")
    assert [block["type"] for block in said.blocks] == ["header", "section", "table", "image"]
    rows = [[cell["text"] for cell in row] for row in said.blocks[2]["rows"]]
    assert rows == [
        ["Where", "Tier", "Pictures", "Judged", "Kept", "Spend", "Per kept picture"],
        ["This channel", "Flash", "27", "25", "20", "$2.00", "$0.10"],
        ["This channel", "Pro", "2", "0", "0", "$2.00", "none kept"],
        ["Workspace", "Flash", "27", "25", "20", "$2.00", "$0.10"],
        ["Workspace", "Pro", "33", "31", "10", "$3.00", "$0.30"],
    ]
    assert said.blocks[3]["alt_text"] == (
        "Bar chart of the cost per kept picture in November 2026. This channel: Flash $0.10, Pro none kept. "
        "Workspace: Flash $0.10, Pro $0.30."
    )
    assert said.text.startswith("What pictures cost in November 2026\nNothing is claimed")


def test_what_nobody_knows_stands_under_the_table() -> None:
    said = reporting.message(Report("2026-11", (), (spend(Tier.LITE, 1, 1, unknown="0.0672"),)), "")
    assert "Up to $0.067 more may be billed" in said.blocks[-1]["elements"][0]["text"]
    assert "This channel (nothing was asked for)" in reporting.alt(Report("2026-11", (), (FLASH,)))


def test_an_empty_month_is_one_sentence() -> None:
    report = Report("2026-02", (), (TierSpend(Tier.PRO, 0, Decimal(0), Decimal(0), 0, 0, 0),))
    assert reporting.is_empty(report)
    assert reporting.empty(report).text.startswith("No pictures were made in February 2026")
    assert not reporting.is_empty(Report("2026-02", (), (FLASH,)))


def test_of_a_tier_that_made_no_picture_nobody_could_keep_one() -> None:
    refused = TierSpend(Tier.PRO, 3, Decimal("0.01"), Decimal(0), 0, 0, 0)
    said = reporting.message(Report("2026-11", (FLASH, refused), (FLASH, refused)), "F1")
    rows = [[cell["text"] for cell in row] for row in said.blocks[2]["rows"]]
    assert rows[2] == ["This channel", "Pro", "0", "0", "0", "$0.01", "–"]
    assert "This channel: Flash $0.10, Pro no pictures." in said.blocks[3]["alt_text"]


def test_where_nothing_was_kept_nothing_is_drawn() -> None:
    assert not reporting.has_bars(Report("2026-11", (spend(Tier.LITE, 3, 0),), (spend(Tier.PRO, 0, 0),)))
    assert reporting.has_bars(Report("2026-11", (spend(Tier.LITE, 3, 0),), (spend(Tier.PRO, 1, 1),)))

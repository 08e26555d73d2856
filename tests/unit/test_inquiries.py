"""Who asks what was spent, and who asks for a picture."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.inquiries import Inquiry, cancels, inquiry


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("cost", Inquiry("cost")),
        (" Cost? ", Inquiry("cost")),
        ("`cost`", Inquiry("cost")),
        ("costs", Inquiry("cost")),
        ("cost today", Inquiry("cost")),
        ("cost this month", Inquiry("cost")),
        ("<@U123> report", Inquiry("report")),
        ("REPORT!", Inquiry("report")),
        ("report 2026-11", Inquiry("report", "2026-11")),
        ("report 2026-11?", Inquiry("report", "2026-11")),
        ("report for 2026-11", Inquiry("report", "2026-11")),
        ("report: 2026/11", Inquiry("report", "2026-11")),
        ("cost 2026\u201311", Inquiry("cost", "2026-11")),
        ("cost\u00a02026-11\u200b", Inquiry("cost", "2026-11")),
        ("cost 2026-3", Inquiry("cost", "2026-03")),
        ("cost 2026-13", Inquiry("cost", "2026-13")),
        ("cost 2026-11-21", Inquiry("cost", "2026-11-21")),
        ("cost 2026", Inquiry("cost", "2026")),
        ("report last month", Inquiry("report", "last month")),
        ("cost for November 2026", Inquiry("cost", "November 2026")),
        ("cost in may?", Inquiry("cost", "may")),
        ("report please", Inquiry("report")),
        ("report for this channel", Inquiry("report")),
        ("cost now please", Inquiry("cost")),
        ("cost 2026-11 please", Inquiry("cost", "2026-11")),
        ("cost november 2026, please, thanks!", Inquiry("cost", "november 2026")),
        ("cost last 30 days", Inquiry("cost", "last 30 days")),
        ("report for the last 3 months", Inquiry("report", "the last 3 months")),
        ("report Q3", Inquiry("report", "Q3")),
        ("report q4 2026 please", Inquiry("report", "q4 2026")),
        ("cost all time", Inquiry("cost", "all time")),
        ("report all", Inquiry("report")),
        ("report summary", Inquiry("report")),
        ("cost 2026 11", Inquiry("cost", "2026-11")),
        ("report 202611", Inquiry("report", "202611")),
        ("cost Nov. 2026", Inquiry("cost", "Nov. 2026")),
        ("cost november, 2026", Inquiry("cost", "november, 2026")),
        ("cost 2026 november", Inquiry("cost", "2026 november")),
        ("report for 21 November", Inquiry("report", "21 November")),
        ("cost \uff12\uff10\uff12\uff16\uff0d\uff11\uff11", Inquiry("cost", "2026-11")),
        ("\uff43\uff4f\uff53\uff54", Inquiry("cost")),
    ],
)
def test_these_ask_what_was_spent(text: str, asked: Inquiry) -> None:
    assert inquiry(text) == asked


@pytest.mark.parametrize(
    "text",
    ["", "a report", "report card on a desk", "cost of living", "costume", "reporter", "cost cutting", "report mayhem",
     "cost maybe", "report 16:9", "report card with a gold star", "cost of living poster",
     "report summary page on a desk",
     "cost all over the floor", "report Q3 chart", "cost last 30 days of summer", "report pleased",
     "please report a fox",
     "report 21 foxes", "cost 2026 foxes",
     "the cost", "report a red fox", "cost --ar 16:9", "costs of war", "reports\nfrom the front"],
)  # fmt: skip
def test_these_ask_for_a_picture(text: str) -> None:
    assert inquiry(text) is None


@given(st.text() | st.text("costrep 2026-11/.,\n\u2014", max_size=40))
def test_any_text_is_one_or_the_other(text: str) -> None:
    assert (found := inquiry(text)) is None or found.about in normalize("NFKC", text).casefold()


@pytest.mark.parametrize(
    "text",
    [
        "cancel",
        "Cancel!",
        " `cancel` ",
        "STOP",
        "stop it",
        "please stop",
        "cancel that please",
        "Cancel, please",
        "please: cancel it now",
        "stop\nthat",
        "cancel my request",
        "cancel the last one",
        "cancel them both",
        "stop painting",
        "stop stop stop",
        "ok, cancel",
        "no, never mind, thanks",
        "Can you cancel?",
        "cancel :pray:",
        "never mind",
        "nevermind.",
        "cancel all",
        "cancel everything",
        "abort",
        "\uff43ancel",
        "cancel\u200b",
        "cancel :pray::skin-tone-3:",
        "cancel :pray: :pray::skin-tone-3: please",
        "cancel all of them",
        "cancel all of it, please",
        "_cancel_",
        "*_stop it_*",
        "stop!!1",
        "stop it!!!11",
        "never-mind",
        "oh, never\u2011mind",
    ],
)
def test_who_wants_to_stop_is_understood(text: str) -> None:
    assert cancels(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "stop sign at dusk",
        "cancelled",
        "cancel culture poster",
        "a stop",
        "don't stop",
        "cancel the last flower",
        "the last stop",
        "a no stopping sign",
        "cancel the blue background",
        "never mind the gap",
        "cancel all of the red ones",
        "cancel all of",
        "stop 1",
        "stop_sign",
        "_stop_sign_",
        "stop!!2 foxes",
        "cancel :pray:hands",
        "help",
        "cost",
        "stop --n 2",
    ],
)
def test_who_wants_a_picture_is_not_stopped(text: str) -> None:
    assert not cancels(text)

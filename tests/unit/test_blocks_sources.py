"""Where a model looked: links that lead there, whatever their titles and addresses hold."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pictures import Source
from bot.playground.slack.blockkit.check import surface_blocks
from handlers import blocks, sources
from tests.unit.made import CATALOGUE, painted, picture, turn

LINK = re.compile(r"<(https?://[^<>|\s]+)\|([^<>|\n]+)>")


def lines(*found: Source, queries: tuple[str, ...] = ()) -> list[str]:
    return list(sources.lines([picture(sources=found, queries=queries)]))


def test_pages_and_searches_are_links() -> None:
    assert lines(Source("Foxes & co", "https://a.test/?q=1&r=2"), queries=("red fox habitat",)) == [
        "Looked at: <https://a.test/?q=1&amp;r=2|Foxes &amp; co>",
        "Searched for: <https://www.google.com/search?q=red+fox+habitat|red fox habitat>",
    ]


def test_where_nothing_was_looked_up_nothing_is_said() -> None:
    assert lines() == []


def test_no_page_is_named_twice_and_only_ten_are_named() -> None:
    pages = [Source(f"Page {n}", f"https://a.test/{n}") for n in range(13)]
    (said,) = lines(*pages, *pages)
    assert len(LINK.findall(said)) == 10
    assert said.endswith(" and 3 more")


def test_long_addresses_are_never_cut() -> None:
    (said,) = lines(*(Source("Page", f"https://a.test/{n}/" + "x" * 700) for n in range(8)))
    assert len(said) < 3000
    assert [len(address) for address, _ in LINK.findall(said)] == [717] * 3
    assert said.endswith(" and 5 more")
    assert lines(Source("Page", "https://a.test/" + "x" * 4000)) == ["Looked at: 1 page without a short address"]


def test_no_link_leads_where_no_browser_should_go() -> None:
    assert (
        lines(*(Source("x", uri) for uri in ("javascript:alert(1)", "file:///etc", "", "https://", "http://[x"))) == []
    )


def test_a_page_without_a_title_is_named_by_its_host() -> None:
    assert lines(Source(" ", "https://a.test/fox")) == ["Looked at: <https://a.test/fox|a.test>"]


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=400))
def test_titles_and_addresses_cannot_break_out_of_their_link(title: str, path: str, query: str) -> None:
    for said in lines(Source(title, f"https://a.test/{path}"), queries=(query,)):
        bare = LINK.sub("", said.partition(": ")[2])
        assert bare == "", said


def test_a_result_shows_where_its_model_looked() -> None:
    found = picture(sources=(Source("Foxes", "https://a.test/"),), queries=("fox",))
    said = blocks.result(turn(pictures=(found,)), CATALOGUE, ())
    assert surface_blocks(said.blocks, "message")
    assert "Looked at: <https://a.test/|Foxes>" in str(said.blocks)
    assert "Looked at" not in str(blocks.result(painted(), CATALOGUE, ()).blocks)

"""The plot: sharp, small, and as long as what it says."""

from __future__ import annotations

import io
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.imaging.chart import FILL, Bar, Panel, chart

FILLED = tuple(bytes.fromhex(FILL[1:]))


def drawn(*panels: Panel) -> Image.Image:
    data = chart("Cost per kept picture", panels)
    assert len(data) < 60_000
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.format == "PNG"
        return picture.convert("RGB")


def lengths(picture: Image.Image) -> list[int]:
    """How long each bar is, in pixels, from top to bottom."""
    rows = [sum(picture.getpixel((x, y)) == FILLED for x in range(picture.width)) for y in range(picture.height)]
    found = [0]
    for row in rows:
        if row:
            found[-1] = max(found[-1], row)
        elif found[-1]:
            found.append(0)
    return [length for length in found if length]


def bars(*values: str | None) -> Panel:
    said = [Bar("Flash", None if value is None else Decimal(value), value or "none kept") for value in values]
    return Panel("This channel", tuple(said))


def test_bars_are_as_long_as_their_values_in_all_panels_alike() -> None:
    short, middle, long = lengths(drawn(bars("0.1", "0.2"), bars("0.4")))
    assert abs(long - 2 * middle) <= 4
    assert abs(middle - 2 * short) <= 4
    assert long > 400


def test_what_has_no_value_has_no_bar_but_words() -> None:
    empty, worded = drawn(Panel("This channel", (Bar("Pro", None, ""),))), drawn(bars(None))
    assert lengths(worded) == []
    assert empty.tobytes() != worded.tobytes()


def test_figures_are_written_beside_their_bars() -> None:
    one, other = (
        drawn(Panel("a", (Bar("Pro", Decimal(1), "$1.00"),))),
        drawn(Panel("a", (Bar("Pro", Decimal(1), "$2.00"),))),
    )
    assert one.size == other.size
    assert one.tobytes() != other.tobytes()


def test_a_figure_of_two_lines_is_drawn_on_one() -> None:
    assert lengths(drawn(Panel("a", (Bar("Pro", Decimal(1), "a\nb"),)))) == lengths(
        drawn(Panel("a", (Bar("Pro", Decimal(1), "a b"),)))
    )


def test_a_plot_is_twice_as_dense_as_it_is_laid_out() -> None:
    assert drawn(bars("1")).width == 1280


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.lists(
            st.builds(Bar, st.text(max_size=80), st.none() | st.decimals(0, 10**12, places=9), st.text(max_size=80)),
            max_size=5,
        ),
        max_size=3,
    ),
    st.text(max_size=300),
)
def test_anything_can_be_drawn(panels: list[list[Bar]], heading: str) -> None:
    picture = drawn(*(Panel(heading, tuple(each)) for each in panels))
    assert picture.width == 1280
    assert all(length <= 1280 for length in lengths(picture))

"""Draws bars with a label on the left and a figure on the right: a small PNG, sharp on dense screens."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PIL import Image, ImageDraw, ImageFont

SCALE = 2  # pixels of the file for one of the layout, which all other lengths here are in
WIDTH, MARGIN = 640, 24
TITLE, HEADING, LABEL = 18, 14, 14  # sizes of type
ROW, BAR, GAP = 30, 18, 14  # heights: of a row, of the bar in it; between panels
LABELS = 110  # width of the column of labels
SHORTEST = 2  # width of a bar of next to nothing
COLOURS = 32  # enough for smooth letters; the file stays small

PAPER, INK, FAINT = "#ffffff", "#1d1c1d", "#616061"
FILL, TRACK = "#7a4a75", "#f1ebf0"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `said` is its figure in words. Without a value there is no bar, only the words."""

    label: str
    value: Decimal | None
    said: str


@dataclass(frozen=True, slots=True)
class Panel:
    """Bars under a heading. All panels of a chart have one scale, so that they can be compared."""

    heading: str
    bars: tuple[Bar, ...]


def chart(title: str, panels: Sequence[Panel]) -> bytes:
    """A PNG of 1280 pixels' width. Long words are cut; nothing is told by colour alone."""
    canvas = _Canvas(_height(panels))
    canvas.write((MARGIN, MARGIN), title, TITLE, INK, WIDTH - 2 * MARGIN)
    top = MARGIN + 2 * TITLE
    scale = _Scale.of(canvas, panels)
    for panel in panels:
        canvas.write((MARGIN, top), panel.heading, HEADING, FAINT, WIDTH - 2 * MARGIN)
        for row, bar in enumerate(panel.bars):
            _draw(canvas, scale, bar, top + 2 * HEADING + row * ROW)
        top += _panel_height(panel)
    return canvas.png()


@dataclass(frozen=True, slots=True)
class _Scale:
    """How wide the largest value is drawn; figures stand behind their bars."""

    largest: Decimal
    room: int

    @classmethod
    def of(cls, canvas: _Canvas, panels: Sequence[Panel]) -> _Scale:
        bars = [bar for panel in panels for bar in panel.bars]
        figures = max((canvas.width(bar.said, LABEL) for bar in bars if bar.value is not None), default=0)
        room = max(WIDTH // 4, WIDTH - 2 * MARGIN - LABELS - figures - 8)
        return cls(max((bar.value or Decimal(0) for bar in bars), default=Decimal(0)), room)

    def width(self, value: Decimal) -> int:
        return max(SHORTEST, int(self.room * value / self.largest)) if self.largest > 0 else SHORTEST


def _draw(canvas: _Canvas, scale: _Scale, bar: Bar, top: int) -> None:
    left, middle = MARGIN + LABELS, top + (ROW - LABEL) // 2 - 2
    canvas.write((MARGIN, middle), bar.label, LABEL, INK, LABELS - 8)
    if bar.value is None:
        canvas.write((left, middle), bar.said, LABEL, FAINT, WIDTH - MARGIN - left)
        return
    width, edge = scale.width(bar.value), top + (ROW - BAR) // 2
    canvas.box((left, edge, left + scale.room, edge + BAR), TRACK)
    canvas.box((left, edge, left + width, edge + BAR), FILL)
    canvas.write((left + scale.room + 8, middle), bar.said, LABEL, INK, WIDTH - left - scale.room - 8)


def _panel_height(panel: Panel) -> int:
    return 2 * HEADING + ROW * len(panel.bars) + GAP


def _height(panels: Sequence[Panel]) -> int:
    return MARGIN + 2 * TITLE + sum(map(_panel_height, panels)) + MARGIN - GAP


class _Canvas:
    """Draws in the layout's lengths on the file's pixels."""

    def __init__(self, height: int) -> None:
        self._image = Image.new("RGB", (WIDTH * SCALE, height * SCALE), PAPER)
        self._pen = ImageDraw.Draw(self._image)

    def width(self, text: str, size: int) -> int:
        return -int(-self._pen.textlength(" ".join(text.split()), _font(size)) // SCALE)

    def write(self, at: tuple[int, int], text: str, size: int, colour: str, room: int) -> None:
        self._pen.text((at[0] * SCALE, at[1] * SCALE), self._fitting(text, size, room), colour, _font(size))

    def box(self, edges: tuple[int, int, int, int], colour: str) -> None:
        left, top, right, bottom = (edge * SCALE for edge in edges)
        self._pen.rounded_rectangle((left, top, right - 1, bottom - 1), min(3 * SCALE, (right - left) // 2), colour)

    def png(self) -> bytes:
        out = io.BytesIO()
        few = self._image.quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(out, "PNG", optimize=True)
        return out.getvalue()

    def _fitting(self, text: str, size: int, room: int) -> str:
        words = " ".join(text.split())[:200]
        if self.width(words, size) <= room:
            return words
        while words and self.width(words + "…", size) > room:
            words = words[:-1]
        return words + "…"


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The font that comes with Pillow, so that every machine draws the same."""
    return ImageFont.load_default(size * SCALE)

"""A contact sheet: a few pictures side by side, numbered."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from bot.imaging.colours import in_srgb
from bot.imaging.depth import eight_bit
from bot.imaging.limits import LIMITS
from bot.imaging.opening import guarded, kind_of, opened
from bot.imaging.turning import orientation_of, upright

_COLUMNS = {2: 2, 3: 3, 4: 2}
_PAPER = (245, 245, 245)
_INK = (255, 255, 255)
_BADGE = (30, 30, 30)
# Beyond these proportions (width to height) a cell would be a sliver or a tower; the picture is centred instead.
_FLATTEST, _TALLEST = 3.0, 0.5


def sheet(pictures: Sequence[bytes], width: int = 1600, gap: int = 16) -> bytes:
    """A JPEG, `width` pixels wide, of two to four pictures numbered from 1 in reading order, `gap` pixels apart.

    Pictures keep their proportions; the first one's set the cells'. Raises `ValueError` for another number of
    pictures or no room between the gaps, and `Unusable` for one that cannot be read.
    """
    columns = _columns(len(pictures), width, gap)
    rows = -(-len(pictures) // columns)
    cell_width = (width - gap * (columns + 1)) // columns
    paintings = [_read(data, f"picture {number}", width) for number, data in enumerate(pictures, 1)]
    shape = min(_FLATTEST, max(_TALLEST, paintings[0].width / paintings[0].height))
    cell = (cell_width, max(1, round(cell_width / shape)))
    page = Image.new("RGB", (width, rows * (cell[1] + gap) + gap), _PAPER)
    for index, painting in enumerate(paintings):
        row, column = divmod(index, columns)
        corner = (gap + column * (cell[0] + gap), gap + row * (cell[1] + gap))
        _place(page, painting, corner, cell, str(index + 1))
    return _written(page)


def _columns(count: int, width: int, gap: int) -> int:
    if count not in _COLUMNS:
        raise ValueError(f"a sheet holds two to four pictures, not {count}")
    if gap < 0 or width - gap * (_COLUMNS[count] + 1) < _COLUMNS[count]:
        raise ValueError(f"no room for pictures in a width of {width} with gaps of {gap}")
    return _COLUMNS[count]


def _read(data: bytes, name: str, longest: int) -> Image.Image:
    kind = kind_of(data, name)
    with guarded(name):
        picture = opened(data, name, kind, LIMITS)
        picture.draft(None, (longest, longest))
        picture.load()
        shrunk = eight_bit(picture)
        shrunk.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        return upright(in_srgb(shrunk, picture.info.get("icc_profile")), orientation_of(picture))


def _place(
    page: Image.Image, painting: Image.Image, corner: tuple[int, int], cell: tuple[int, int], number: str
) -> None:
    scale = min(cell[0] / painting.width, cell[1] / painting.height)
    size = (max(1, int(painting.width * scale)), max(1, int(painting.height * scale)))
    shown = painting.resize(size, Image.Resampling.LANCZOS)
    at = (corner[0] + (cell[0] - size[0]) // 2, corner[1] + (cell[1] - size[1]) // 2)
    page.paste(shown, at, shown if shown.mode == "RGBA" else None)
    _stamp(page, corner, max(8, min(cell) // 9), number)


def _stamp(page: Image.Image, corner: tuple[int, int], side: int, number: str) -> None:
    inset = side // 4
    box = (corner[0] + inset, corner[1] + inset, corner[0] + inset + side, corner[1] + inset + side)
    pen = ImageDraw.Draw(page)
    pen.rounded_rectangle(box, radius=side // 4, fill=_BADGE)
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    pen.text(middle, number, fill=_INK, font=ImageFont.load_default(side * 0.7), anchor="mm")


def _written(page: Image.Image) -> bytes:
    made = io.BytesIO()
    page.save(made, "JPEG", quality=90, subsampling=0)
    return made.getvalue()

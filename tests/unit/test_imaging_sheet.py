"""Contact sheets."""

import pytest
from PIL import Image

from bot.imaging.sheet import sheet
from bot.imaging.unusable import Unusable
from tests.unit import imaging_material as made

COLOURS = {"red": made.RED, "green": made.GREEN, "blue": made.BLUE, "white": made.WHITE}


def plain(size: tuple[int, int], colour: tuple[int, int, int]) -> bytes:
    return made.saved(Image.new("RGB", size, colour), "PNG")


def close(one: object, other: tuple[int, int, int]) -> bool:
    assert isinstance(one, tuple)
    return all(abs(a - b) < 12 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize(
    ("count", "size", "centres"),
    [
        (2, (1600, 808), [(408, 404), (1192, 404)]),
        (3, (1600, 544), [(272, 272), (800, 272), (1328, 272)]),
        (4, (1600, 1600), [(408, 408), (1192, 408), (408, 1192), (1192, 1192)]),
    ],
)
def test_pictures_lie_in_reading_order(count: int, size: tuple[int, int], centres: list[tuple[int, int]]) -> None:
    page = made.read(sheet([plain((50, 50), colour) for colour in list(COLOURS.values())[:count]]))
    assert page.format == "JPEG"
    assert page.width == size[0]
    assert abs(page.height - size[1]) <= 24
    for centre, colour in zip(centres, COLOURS.values(), strict=False):
        assert close(page.getpixel(centre), colour)


def test_each_picture_has_its_own_number() -> None:
    page = made.read(sheet([plain((50, 50), made.WHITE)] * 4))
    stamps = [page.crop((x, y, x + 120, y + 120)) for y in (16, 808) for x in (16, 808)]
    assert all(stamp.convert("L").getextrema()[0] < 60 for stamp in stamps)
    assert len({stamp.resize((60, 60)).tobytes() for stamp in stamps}) == 4


def test_the_gap_and_width_are_kept() -> None:
    page = made.read(sheet([plain((50, 50), made.RED)] * 2, width=400, gap=40))
    assert page.size == (400, 220)
    assert close(page.getpixel((20, 110)), (245, 245, 245))
    assert close(page.getpixel((200, 110)), (245, 245, 245))
    assert close(page.getpixel((42, 150)), made.RED)


def test_proportions_are_kept() -> None:
    page = made.read(sheet([plain((100, 100), made.RED), plain((100, 50), made.BLUE)], width=420, gap=20))
    assert page.size == (420, 220)
    assert close(page.getpixel((310, 110)), made.BLUE)
    assert close(page.getpixel((310, 180)), (245, 245, 245))


@pytest.mark.parametrize("size", [(8, 1000), (1000, 8), (1, 30_000), (1, 1)])
def test_odd_shapes_make_no_towers(size: tuple[int, int]) -> None:
    page = made.read(sheet([plain(size, made.RED)] * 4))
    assert page.width == 1600
    assert page.height <= 3300


def test_pictures_are_turned_and_see_through_ones_lie_on_paper() -> None:
    lying = made.quarters((64, 32)).transpose(Image.Transpose.ROTATE_90)
    clear = made.saved(Image.new("RGBA", (64, 32), (0, 0, 0, 0)), "PNG")
    page = made.read(sheet([clear, made.saved(lying, "JPEG", exif=made.exif(6), quality=95)], width=800, gap=0))
    assert close(page.getpixel((200, 150)), (245, 245, 245))
    assert made.corners(page.crop((400, 0, 800, 200)))[1:] == made.UPRIGHT[1:]


@pytest.mark.parametrize("label", made.GOOD)
def test_any_accepted_file_can_lie_on_a_sheet(label: str) -> None:
    page = made.read(sheet([made.GOOD[label]] * 2, width=800, gap=0))
    assert made.corners(page.crop((0, 0, 400, 300)))[1:] == made.UPRIGHT[1:]


@pytest.mark.parametrize("count", [0, 1, 5])
def test_other_numbers_are_a_mistake(count: int) -> None:
    with pytest.raises(ValueError, match="two to four"):
        sheet([made.GOOD["png"]] * count)


def test_no_room_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no room"):
        sheet([made.GOOD["png"]] * 2, width=40, gap=16)


def test_a_broken_picture_is_named_by_its_number() -> None:
    with pytest.raises(Unusable) as caught:
        sheet([made.GOOD["png"], b"%PDF-1"])
    assert caught.value.name == "picture 2"


def test_the_same_pictures_give_the_same_bytes() -> None:
    pictures = [made.GOOD["png"], made.GOOD["heic"]]
    assert sheet(pictures) == sheet(pictures)

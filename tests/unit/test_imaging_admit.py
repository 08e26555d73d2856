"""What comes through the gate, and what is told to whom it does not."""

import pickle
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from bot.errors import PersonCanFix
from bot.imaging.admit import Admitted, Limits, Unusable, admit
from bot.imaging.kinds import Kind, sniff
from bot.imaging.prepare import prepare
from tests.unit import imaging_material as made

HUGE = (50_000, 50_000)


def refusal(data: bytes, limits: Limits | None = None) -> Unusable:
    with pytest.raises(Unusable) as caught:
        admit(data, "fox.png", limits or Limits())
    assert caught.value.facts["name"] == caught.value.name == "fox.png"
    return caught.value


@pytest.mark.parametrize("label", made.GOOD)
def test_good_pictures_are_admitted_as_they_are(label: str) -> None:
    data = made.GOOD[label]
    assert admit(data, "fox") == Admitted(data, "fox", sniff(data), 64, 48)  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [(1, 1), (1, 30_000), (30_000, 1)])
@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "BMP", "TIFF"])
def test_slivers_are_admitted(size: tuple[int, int], form: str) -> None:
    admitted = admit(made.saved(Image.new("RGB", size), form), "fox")
    assert (admitted.width, admitted.height) == size


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_size_is_the_size_a_person_sees(orientation: int, form: str) -> None:
    data = made.saved(made.quarters((64, 32)), form, exif=made.exif(orientation))
    expected = (64, 32) if orientation < 5 else (32, 64)
    admitted = admit(data, "fox")
    assert (admitted.width, admitted.height) == expected


@pytest.mark.parametrize(
    ("data", "reason", "label"),
    [
        (b"\xef\xbb\xbf<svg/>", "file_not_a_picture", "an SVG drawing"),
        (b"%PDF-1.4", "file_not_a_picture", "a PDF"),
        (made.ftyp("isom", "heic"), "file_not_a_picture", "a video"),
        (made.zipped("a"), "file_not_a_picture", "a ZIP archive"),
        (b"\0\1\2\3", "file_not_a_picture", "a kind of file I do not know"),
        (b"\n <!doctype html><title>Slack</title>", "file_login_page", "a web page"),
        (made.ftyp("avif", "mif1"), "file_kind_unsupported", "an AVIF picture"),
        (b"8BPS\0\1" + bytes(40), "file_kind_unsupported", "a Photoshop file"),
        (made.tiff_tagged(t50706=b"\1\4\0\0"), "file_kind_unsupported", "a camera raw file"),
        (b"P6\n1 1\n255\n\0\0\0", "file_not_a_picture", "a kind of file I do not know"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "file_not_a_picture", "a PostScript file"),
    ],
)
def test_other_files_are_refused_by_name(data: bytes, reason: str, label: str) -> None:
    refused = refusal(data)
    assert (refused.reason, refused.facts["label"]) == (reason, label)


def test_nothing_is_refused_as_empty() -> None:
    assert refusal(b"").reason == "file_empty"


def test_heavy_files_are_refused_with_both_sizes() -> None:
    refused = refusal(made.saved(made.quarters(), "BMP") + bytes(2 * 1024 * 1024), Limits(bytes=1024 * 1024))
    assert (refused.reason, refused.facts["size"], refused.facts["limit"]) == ("file_too_big", "2.009 MB", "1 MB")


def test_a_heavy_film_is_called_a_film() -> None:
    assert refusal(made.ftyp("isom") + bytes(100), Limits(bytes=10)).reason == "file_not_a_picture"


@pytest.mark.parametrize(
    "data",
    [
        made.png_claiming(*HUGE),
        made.tiff_claiming(*HUGE),
        made.gif_claiming(*HUGE),
        made.webp_claiming(*HUGE),
        made.bmp_claiming(*HUGE),
        made.jpeg_claiming(*HUGE),
        made.png_claiming(11_000, 11_000),
        made.gif_claiming(11_000, 11_000),
        made.webp_claiming(11_000, 11_000),
        made.png_claiming(1, 30_001),
        made.tiff_claiming(4_000_000_000, 1),
        made.bmp_claiming(40_000, -1),
    ],
    ids=lambda data: repr(data[:4] + data[16:24]),
)
def test_bombs_are_refused_from_their_header(data: bytes) -> None:
    refused = refusal(data)
    assert refused.reason == "file_too_many_pixels"
    assert {"size", "limit"} <= refused.facts.keys()


def test_a_refused_bomb_says_how_large_it_was() -> None:
    facts = refusal(made.png_claiming(*HUGE)).facts
    assert (facts["size"], facts["limit"]) == ("50000 by 50000 pixels", "100 megapixels")
    assert refusal(made.png_claiming(1, 40_000)).facts["limit"] == "30000 pixels a side"


def test_limits_can_be_tightened() -> None:
    data = made.saved(made.quarters((100, 100)), "PNG")
    assert admit(data, "fox", Limits(pixels=10_000)).width == 100
    assert refusal(data, Limits(pixels=9_999)).reason == "file_too_many_pixels"


def test_webp_which_takes_more_memory_may_have_fewer_pixels() -> None:
    assert admit(made.webp_claiming(200, 200), "fox", Limits(pixels=100_000)).width == 200
    assert refusal(made.webp_claiming(200, 201), Limits(pixels=100_000)).facts["limit"] == "0.04 megapixels"


def listing(kind: int, count: int) -> bytes:
    """A TIFF whose strips are listed `count` times, each value as a type of the given number."""
    tags = [(256, 4, 1, 1), (257, 4, 1, 1), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, kind, count, 100)]
    rows = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + rows + bytes(4 + 8 * count)


@pytest.mark.parametrize(
    "data",
    [
        b"GIF89a\1\0\1\0\0\0\0\x21\xfe" + b"\x01a" * 1_100_000 + b"\0" + made.GOOD["gif"][13:],
        b"GIF89a\1\0\1\0\0\0\0" + b"\x21\xfe\x01a\0" * 600_000 + made.GOOD["gif"][13:],
        listing(4, 2_000_000),
        listing(5, 500_000),
        made.bmp_packed(3 * 1024 * 1024),
    ],
    ids=["gif-block", "gif-blocks", "tiff-strips", "tiff-fractions", "bmp-packed"],
)
def test_files_made_to_keep_us_busy_are_refused_before_decoding(data: bytes) -> None:
    refused = refusal(data)
    assert refused.reason == "file_broken"
    assert " too " in str(refused.__cause__)


def test_packed_bitmaps_are_read_while_short() -> None:
    assert admit(made.bmp_packed(2000), "fox").width == 100


def test_what_follows_the_first_picture_of_a_gif_is_not_looked_at() -> None:
    assert admit(made.GOOD["gif"][:-1] + b"\x21\xfe" + b"\x01a" * 1_100_000, "fox").width == 64


def test_a_tiff_of_many_strips_is_still_read() -> None:
    rows = made.saved(Image.new("RGB", (2, 20_000)), "TIFF", tiffinfo={278: 1})
    assert admit(rows, "fox").height == 20_000


@pytest.mark.parametrize("label", ["png", "jpeg", "jpeg-progressive", "webp", "gif", "bmp", "tiff", "heic"])
@pytest.mark.parametrize("part", [0.02, 0.1, 0.3, 0.5, 0.7, 0.9])
def test_cut_files_are_broken(label: str, part: float) -> None:
    data = made.noise_files()[label]
    refused = refusal(data[: int(len(data) * part)])
    assert refused.reason in ("file_broken", "file_not_a_picture" if part == 0.02 else "file_broken")


def test_a_jpeg_of_endless_scans_is_refused() -> None:
    assert admit(made.jpeg_of_scans(20), "fox").width == 256
    assert refusal(made.jpeg_of_scans(200)).reason == "file_broken"


def test_a_palette_picture_without_a_palette_can_be_used() -> None:
    data = made.saved(made.quarters().quantize(8), "PNG")
    start = data.index(b"PLTE") - 4
    length = 12 + int.from_bytes(data[start : start + 4], "big")
    torn = data[:start] + data[start + length :]
    assert admit(torn, "fox").width == prepare(torn, "fox").width == 64


def test_a_png_of_endless_chunks_is_refused() -> None:
    assert refusal(made.png_with(made.chunk(b"tEXt", b"") * 100_001)).reason == "file_broken"


def test_texts_that_swell_do_not_spoil_a_picture() -> None:
    swelling = made.chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(50_000_000)))
    assert admit(made.png_with(swelling), "fox").width == 64


def test_torn_exif_does_not_spoil_a_picture() -> None:
    for torn in (b"Exif\0\0II*\0\x08\0\0\0\xff\xff\x12\x01", b"Exif\0\0nonsense", b"Exif\0\0MM\0*\xff\xff\xff\xff"):
        for form in ("JPEG", "WEBP"):
            assert admit(made.saved(made.quarters(), form, exif=torn), "fox").width == 64


def test_a_picture_with_an_archive_behind_it_is_admitted() -> None:
    assert admit(made.GOOD["png"] + made.zipped("a.txt"), "fox").kind is Kind.PNG


def test_the_error_survives_pickling() -> None:
    copy = pickle.loads(pickle.dumps(refusal(b"%PDF-1.4")))
    assert isinstance(copy, PersonCanFix)
    assert (copy.reason, copy.name, copy.facts["label"]) == ("file_not_a_picture", "fox.png", "a PDF")


def test_no_module_asks_pillow_to_guess() -> None:
    for path in Path("bot/imaging").glob("*.py"):
        code = path.read_text()
        assert "Image.open(" not in code
        assert "register_" not in code

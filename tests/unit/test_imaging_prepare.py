"""What a model is given: upright, sRGB, eight bits, nothing private, within the budget."""

import random
import struct
import zlib

import pytest
from PIL import Image, ImageCms

from bot.imaging.kinds import Kind
from bot.imaging.prepare import prepare
from bot.imaging.unusable import Unusable
from tests.unit import imaging_material as made


def pixel(data: bytes, at: tuple[int, int] = (5, 5)) -> tuple[int, ...]:
    value = made.read(data).getpixel(at)
    assert isinstance(value, tuple)
    return value


def near(one: tuple[int, ...], other: tuple[int, ...], off: int = 12) -> bool:
    return len(one) == len(other) and all(abs(a - b) <= off for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("label", made.GOOD)
def test_every_accepted_file_keeps_its_picture(label: str) -> None:
    prepared = prepare(made.GOOD[label], "fox")
    picture = made.read(prepared.data)
    assert made.corners(picture) == made.UPRIGHT
    assert picture.mode == "RGB"
    assert (prepared.width, prepared.height) == picture.size == (64, 48)
    assert prepared.mime == Image.MIME[str(picture.format)]
    assert prepared.original_kind == {"apng": "png"}.get(
        label.split("-", maxsplit=1)[0], label.split("-", maxsplit=1)[0]
    )


def test_a_kind_that_is_not_taken_does_not_pass_as_it_is() -> None:
    webp = made.saved(made.quarters(), "WEBP", lossless=True)
    assert prepare(webp, "fox").data == webp
    assert prepare(webp, "fox", mimes=("image/png", "image/webp")).data == webp
    assert prepare(webp, "fox", mimes=("image/png", "image/jpeg")).mime == "image/jpeg"


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_every_orientation_is_turned_upright(orientation: int, form: str) -> None:
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    upright = made.quarters((64, 32))
    stored = upright.transpose(Image.Transpose(undo[orientation])) if orientation > 1 else upright
    prepared = prepare(made.saved(stored, form, exif=made.exif(orientation)), "fox")
    assert (prepared.width, prepared.height) == (64, 32)
    assert made.corners(made.read(prepared.data)) == made.UPRIGHT
    assert 0x0112 not in made.read(prepared.data).getexif() or orientation == 1


def test_a_turned_heic_is_turned_once() -> None:
    stored = made.quarters((64, 32)).transpose(Image.Transpose.ROTATE_90)
    prepared = prepare(made.heic(stored, exif=made.exif(6), quality=95), "fox")
    assert (prepared.width, prepared.height) == (64, 32)
    assert made.corners(made.read(prepared.data)) == made.UPRIGHT


@pytest.mark.parametrize(
    "data",
    [
        made.saved(made.quarters(), "PNG"),
        made.saved(made.quarters(), "PNG", icc_profile=made.srgb_profile()),
        made.saved(made.quarters(), "JPEG"),
        made.saved(made.quarters(), "JPEG", exif=made.exif(1)),
        made.saved(made.quarters(), "JPEG", progressive=True, icc_profile=made.srgb_profile()),
        made.saved(made.quarters(), "WEBP"),
        made.saved(made.quarters().convert("RGBA"), "PNG"),
        made.png_with(made.chunk(b"caBX", b"credentials") + made.chunk(b"tEXt", b"Software\0a painter")),
    ],
)
def test_clean_pictures_pass_byte_for_byte(data: bytes) -> None:
    assert prepare(data, "fox").data == data


@pytest.mark.parametrize(
    "data",
    [
        made.saved(made.quarters(), "PNG", exif=made.exif(1, positioned=True)),
        made.saved(made.quarters(), "JPEG", exif=made.exif(1, positioned=True)),
        made.saved(made.quarters(), "WEBP", exif=made.exif(1, positioned=True)),
        made.saved(made.quarters(), "JPEG", xmp=b"<x:xmpmeta exif:GPSLatitude='48,12.5N'/>"),
        made.saved(made.quarters(), "WEBP", xmp=b"<x:xmpmeta exif:GPSLatitude='48,12.5N'/>"),
        made.png_with(made.chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<exif:GPSLatitude>48</>")),
        made.png_with(made.chunk(b"zTXt", b"Raw profile type APP1\0\0packed")),
        made.png_with(made.chunk(b"tEXt", b"Raw profile type exif\0\n exif\n 4\n00")),
        made.saved(made.quarters(), "PNG") + made.zipped("plan.txt"),
        made.saved(made.quarters(), "JPEG") + made.zipped("plan.txt"),
        made.saved(made.quarters(), "WEBP") + made.zipped("plan.txt"),
        made.saved(made.quarters(), "JPEG", exif=b"Exif\0\0nonsense"),
        made.jpeg_with(0xE1, b"http://ns.adobe.com/xmp/extension/\0<exif:GPSLatitude>48</>"),
        made.jpeg_with(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x08\x1c\x02\x5a\0\x03Ulm"),
        made.jpeg_with(0xE2, b"MPF\0II*\0\x08\0\0\0"),
    ],
)
def test_private_things_are_left_behind(data: bytes) -> None:
    prepared = prepare(data, "fox").data
    assert made.corners(made.read(prepared)) == made.UPRIGHT
    assert not any(
        word in prepared for word in (b"GPS", b"plan.txt", b"Exif", b"EXIF", b"xmp", b"Raw profile", b"Ulm", b"MPF")
    )


def test_colours_are_moved_into_srgb() -> None:
    red = Image.new("RGB", (16, 16), (230, 0, 0))
    for form in ("PNG", "JPEG", "WEBP", "TIFF"):
        moved = pixel(prepare(made.saved(red, form, icc_profile=made.swapped_profile()), "fox").data)
        assert near(moved, (0, 0, 230), 60), form


def test_grey_under_a_colour_profile_stays_grey() -> None:
    grey = made.saved(Image.new("L", (16, 16), 128), "PNG", icc_profile=made.swapped_profile())
    assert near(pixel(prepare(grey, "fox").data), (128, 128, 128), 25)


@pytest.mark.parametrize("profile", [b"torn", made.swapped_profile()[:300], b"\xff" * 500])
def test_broken_profiles_are_passed_over(profile: bytes) -> None:
    prepared = prepare(made.saved(made.quarters(), "PNG", icc_profile=profile), "fox")
    assert made.corners(made.read(prepared.data)) == made.UPRIGHT


def test_a_profile_for_another_kind_of_picture_is_passed_over() -> None:
    data = made.saved(made.quarters().convert("CMYK"), "TIFF", icc_profile=made.swapped_profile())
    assert made.corners(made.read(prepare(data, "fox").data)) == made.UPRIGHT


def test_lab_becomes_srgb() -> None:
    spaces = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    lab = ImageCms.profileToProfile(made.quarters(), *spaces, outputMode="LAB")
    assert lab is not None
    assert made.corners(made.read(prepare(made.saved(lab, "TIFF"), "fox").data)) == made.UPRIGHT


@pytest.mark.parametrize(
    ("mode", "value", "expected"),
    [
        ("I;16", 65_535, 255),
        ("I;16", 32_896, 128),
        ("I;16", 257, 1),
        ("I", 65_535, 255),
        ("I", 200, 200),
        ("F", 1.0, 255),
        ("F", 0.5, 128),
        ("F", 200.0, 200),
    ],
)
def test_deep_greys_keep_their_brightness(mode: str, value: float, expected: int) -> None:
    picture = Image.new(mode, (48, 48), value)  # type: ignore[arg-type]
    picture.paste(0, (0, 0, 16, 16))
    assert near(pixel(prepare(made.saved(picture, "TIFF"), "fox").data, (40, 40)), (expected,) * 3, 3)


def test_sixteen_bit_png_becomes_eight_bit() -> None:
    grey = prepare(made.saved(Image.new("I;16", (8, 8), 40_000), "PNG"), "fox")
    assert near(pixel(grey.data), (156, 156, 156), 2)
    assert grey.mime == "image/jpeg"


def test_sixteen_bit_colour_png_becomes_eight_bit() -> None:
    header = made.chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 16, 2, 0, 0, 0))
    rows = (b"\0" + struct.pack(">HHH", 60_000, 5_000, 30_000) * 8) * 8
    body = made.chunk(b"IDAT", zlib.compress(rows)) + made.chunk(b"IEND", b"")
    data = b"\x89PNG\r\n\x1a\n" + header + body
    prepared = prepare(data, "fox")
    assert prepared.data != data
    assert near(pixel(prepared.data), (234, 20, 117), 4)


def test_floats_that_are_no_numbers_do_not_spoil_a_picture() -> None:
    strange = Image.new("F", (8, 8), float("nan"))
    strange.putpixel((1, 1), float("inf"))
    assert prepare(made.saved(strange, "TIFF"), "fox").width == 8


@pytest.mark.parametrize("form", ["PNG", "WEBP", "TIFF", "GIF"])
def test_real_transparency_stays(form: str) -> None:
    picture = made.quarters().convert("RGBA")
    picture.paste((0, 0, 0, 0), (20, 20, 40, 40))
    settings = {"lossless": True} if form == "WEBP" else {}
    prepared = prepare(made.saved(picture, form, **settings), "fox", longest=32)
    assert prepared.mime == "image/png"
    assert pixel(prepared.data, (15, 15))[3] == 0
    assert near(pixel(prepared.data, (2, 2)), (*made.RED, 255), 40)


def test_transparent_palettes_and_colours_stay_transparent() -> None:
    palette = made.quarters().quantize(4)
    for settings in ({"transparency": 0}, {"transparency": bytes([0, 255, 255, 255])}):
        prepared = made.read(prepare(made.saved(palette, "PNG", **settings), "fox").data)
        assert prepared.mode == "RGBA"
        assert prepared.getchannel("A").getextrema() == (0, 255)
    keyed = prepare(made.saved(made.quarters(), "PNG", transparency=made.RED), "fox", longest=60)
    assert pixel(keyed.data)[3] == 0


def test_solid_alpha_is_dropped_when_rewriting() -> None:
    prepared = prepare(made.saved(made.quarters().convert("RGBA"), "TIFF"), "fox")
    assert (prepared.mime, made.read(prepared.data).mode) == ("image/jpeg", "RGB")


def test_transparent_edges_do_not_bleed() -> None:
    picture = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    picture.paste((255, 255, 255, 255), (101, 101, 299, 299))
    small = made.read(prepare(made.saved(picture, "PNG"), "fox", longest=100).data)
    assert all(min(value[:3]) > 240 for _, value in small.getcolors(10_000) or () if value[3] > 30)


@pytest.mark.parametrize("label", ["gif-animated", "webp-animated", "apng", "tiff-pages", "heic-sequence"])
def test_only_the_first_frame_is_used(label: str) -> None:
    prepared = made.read(prepare(made.GOOD[label], "fox").data)
    assert made.corners(prepared) == made.UPRIGHT
    assert getattr(prepared, "n_frames", 1) == 1


def test_large_pictures_shrink_in_proportion() -> None:
    for form in ("JPEG", "PNG", "WEBP"):
        prepared = prepare(made.saved(made.quarters((1000, 500)), form), "fox", longest=300)
        assert (prepared.width, prepared.height) == made.read(prepared.data).size == (300, 150)
        assert made.corners(made.read(prepared.data)) == made.UPRIGHT


def test_slivers_keep_a_pixel() -> None:
    prepared = prepare(made.saved(Image.new("RGB", (1, 30_000)), "PNG"), "fox")
    assert (prepared.width, prepared.height) == (1, 3072)


def test_the_jpeg_is_not_subsampled() -> None:
    prepared = prepare(made.saved(made.quarters(), "BMP"), "fox")
    assert [layer[1:3] for layer in made.read(prepared.data).layer] == [(1, 1)] * 3  # type: ignore[attr-defined]


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
@pytest.mark.parametrize("budget", [200_000, 60_000, 9_000])
def test_the_budget_is_kept(mode: str, budget: int) -> None:
    noise = Image.frombytes(mode, (300, 200), random.Random(3).randbytes(300 * 200 * len(mode)))
    data = made.saved(noise, "PNG")
    prepared = prepare(data, "fox", budget=budget)
    assert len(prepared.data) <= budget
    assert len(prepared.data) > budget / 3
    assert prepared.width / prepared.height == pytest.approx(1.5, rel=0.05)
    assert (made.read(prepared.data).mode == "RGBA") is (mode == "RGBA")


def test_an_impossible_budget_gives_the_least() -> None:
    prepared = prepare(made.saved(made.quarters(), "PNG"), "fox", budget=10)
    assert (prepared.width, prepared.height) == (1, 1)


def test_the_same_file_gives_the_same_bytes() -> None:
    data = made.saved(made.quarters((900, 700)), "TIFF")
    assert prepare(data, "a", longest=100) == prepare(data, "b", longest=100)


def test_preparing_twice_changes_nothing() -> None:
    once = prepare(made.GOOD["heic"], "fox").data
    assert prepare(once, "fox").data == once


@pytest.mark.parametrize("data", [b"", b"%PDF-1", made.png_claiming(50_000, 50_000), made.GOOD["png"][:120]])
def test_unusable_files_are_refused_here_too(data: bytes) -> None:
    with pytest.raises(Unusable):
        prepare(data, "fox")


def test_the_original_kind_is_told() -> None:
    prepared = prepare(made.GOOD["heic"], "fox")
    assert (prepared.original_kind, prepared.mime) == (Kind.HEIC, "image/jpeg")

"""What Slack is given to show, and how large it is said to be."""

import pytest
from PIL import Image

from bot.imaging.preview import measure, preview
from bot.imaging.unusable import Unusable
from tests.unit import imaging_material as made

SHOWN_AS_IT_IS = ["png", "png-palette", "apng", "jpeg", "jpeg-progressive", "jpeg-cmyk", "gif", "gif-animated"]


@pytest.mark.parametrize("label", SHOWN_AS_IT_IS)
def test_what_slack_shows_is_not_touched(label: str) -> None:
    shown = preview(made.GOOD[label])
    assert shown.data == made.GOOD[label]
    assert (shown.width, shown.height) == (64, 48)
    assert shown.mime == Image.MIME[str(made.read(shown.data).format)].replace("apng", "png")


@pytest.mark.parametrize("label", sorted(made.GOOD.keys() - set(SHOWN_AS_IT_IS) - {"png-interlaced-late-exif"}))
def test_the_rest_is_converted(label: str) -> None:
    shown = preview(made.GOOD[label])
    picture = made.read(shown.data)
    assert (shown.mime, picture.format) == ("image/jpeg", "JPEG")
    assert made.corners(picture) == made.UPRIGHT
    assert (shown.width, shown.height) == picture.size == (64, 48)


def test_transparency_is_converted_to_png() -> None:
    picture = made.quarters().convert("RGBA")
    picture.putalpha(90)
    shown = preview(made.saved(picture, "WEBP", lossless=True))
    assert shown.mime == "image/png"
    assert made.read(shown.data).getpixel((5, 5)) == (*made.RED, 90)


def test_content_credentials_stay() -> None:
    data = made.png_with(made.chunk(b"caBX", b"who made this")) + b"and anything after it"
    assert preview(data).data == data


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_measuring_turns_upright(orientation: int, form: str) -> None:
    data = made.saved(made.quarters((64, 32)), form, exif=made.exif(orientation))
    assert measure(data) == ((64, 32) if orientation < 5 else (32, 64))


def test_measuring_and_converting_agree() -> None:
    data = made.saved(made.quarters((64, 32)), "WEBP", exif=made.exif(6))
    shown = preview(data)
    assert measure(data) == measure(shown.data) == (shown.width, shown.height) == (32, 64)


def test_measuring_reads_only_the_header() -> None:
    whole = made.saved(Image.new("RGB", (4000, 3000)), "PNG")
    assert measure(whole[:200]) == (4000, 3000)
    assert measure(made.saved(made.quarters((640, 480)), "JPEG")[:900]) == (640, 480)


@pytest.mark.parametrize("make", [preview, measure])
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "file_empty"),
        (b"I am sorry, I cannot draw that.", "file_not_a_picture"),
        (b"<html>", "file_login_page"),
        (made.png_claiming(50_000, 50_000), "file_too_many_pixels"),
        (made.GOOD["webp"][:40], "file_broken"),
        (made.GOOD["jpeg"][:40], "file_broken"),
    ],
)
def test_nonsense_is_refused(make: object, data: bytes, reason: str) -> None:
    assert callable(make)
    with pytest.raises(Unusable) as caught:
        make(data)
    assert (caught.value.reason, caught.value.facts["name"]) == (reason, "picture")

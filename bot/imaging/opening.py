"""Opening a file with exactly one decoder, after everything its first bytes and its header can tell."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PIL import Image
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile
from pillow_heif import HeifImageFile

from bot.imaging import bmps, gifs, jpegs, pngs, tiffs
from bot.imaging.kinds import Kind, sniff
from bot.imaging.limits import LIMITS, Limits
from bot.imaging.quiet import quiet
from bot.imaging.unusable import Unusable

# `Image.open` would try every decoder Pillow has (some start other programs) and warns about size in its own way;
# the classes behind it take one format each. Nothing is registered, so no other code of the process reads HEIC.
_DECODERS: dict[Kind, Callable[[io.BytesIO], ImageFile]] = {
    Kind.PNG: PngImageFile,
    Kind.JPEG: JpegImageFile,
    Kind.WEBP: WebPImageFile,
    Kind.HEIC: HeifImageFile,
    Kind.GIF: GifImageFile,
    Kind.BMP: BmpImageFile,
    Kind.TIFF: TiffImageFile,
}
# What a decoder gets to see of a file, so that it is not kept busy with anything but pixels.
_LEANING: dict[Kind, Callable[[bytes], bytes]] = {
    Kind.PNG: pngs.essence,
    Kind.JPEG: jpegs.essence,
    Kind.GIF: gifs.essence,
    Kind.BMP: bmps.essence,
    Kind.TIFF: tiffs.essence,
}

# TIFF tags, by the TIFF 6.0 supplement and the DNG specification.
_NEW_SUBFILE_TYPE, _SUB_IFDS, _DNG_VERSION = 254, 330, 50706


@contextmanager
def guarded(name: str) -> Iterator[None]:
    """Whatever a decoder raises inside becomes `Unusable`: hostile bytes reach exceptions nobody has listed."""
    try:
        with quiet():
            yield
    except Unusable:
        raise
    except (Image.DecompressionBombError, MemoryError) as exc:
        raise Unusable("file_too_many_pixels", name, size="more pixels than fit", limit=_area(LIMITS)) from exc
    except Exception as exc:
        raise Unusable("file_broken", name) from exc


def kind_of(data: bytes, name: str) -> Kind:
    """The kind of a file we have a decoder for. Raises `Unusable` for every other file."""
    if not data:
        raise Unusable("file_empty", name)
    kind = sniff(data)
    if kind is None:
        raise Unusable("file_not_a_picture", name, label="a kind of file I do not know")
    if kind is Kind.HTML:
        raise Unusable("file_login_page", name, label=kind.label)
    if not kind.is_picture:
        raise Unusable("file_not_a_picture", name, label=kind.label)
    if kind not in _DECODERS:
        raise Unusable("file_kind_unsupported", name, label=kind.label)
    return kind


def opened(data: bytes, name: str, kind: Kind, limits: Limits) -> ImageFile:
    """The first picture of a file, its header read and nothing decoded yet. Call it inside `guarded`.

    Raises `Unusable` when the header declares more than `limits` allow.
    """
    lean = _LEANING[kind](data) if kind in _LEANING else data
    picture = _DECODERS[kind](io.BytesIO(lean))
    refuse_vast(picture, name, limits.of(kind))
    _refuse_raw(picture, name)
    return picture


def refuse_vast(picture: Image.Image, name: str, limits: Limits) -> None:
    """Raises `Unusable` when the picture has more pixels, or a longer side, than `limits` allow."""
    width, height = picture.size
    if width * height <= limits.pixels and max(width, height) <= limits.side:
        return
    limit = _area(limits) if width * height > limits.pixels else f"{limits.side} pixels a side"
    raise Unusable("file_too_many_pixels", name, size=f"{width} by {height} pixels", limit=limit)


def _area(limits: Limits) -> str:
    return f"{limits.pixels / 1_000_000:g} megapixels"


def _refuse_raw(picture: ImageFile, name: str) -> None:
    """Most camera raw files are TIFF inside, with a thumbnail in front: that is not the picture the person meant."""
    if not isinstance(picture, TiffImageFile):
        return
    tags = picture.tag_v2
    is_reduced = tags.get(_NEW_SUBFILE_TYPE) == 1 and _SUB_IFDS in tags
    if is_reduced or _DNG_VERSION in tags:
        raise Unusable("file_kind_unsupported", name, label=Kind.RAW.label)

"""Turning pictures upright: cameras store them as the sensor lay and write down how to turn them."""

from PIL import Image
from PIL.ExifTags import Base
from PIL.Image import Transpose
from PIL.TiffImagePlugin import TiffImageFile

# EXIF 2.32, tag 0x0112: how the stored picture has to be moved to stand upright.
_MOVES = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
_SIDEWAYS = frozenset((5, 6, 7, 8))


def orientation_of(picture: Image.Image) -> int:
    """The EXIF orientation, 1 to 8; 1 when there is none, or none that makes sense."""
    # Pillow turns TIFF by itself, in the size it reports and in the pixels it decodes.
    if isinstance(picture, TiffImageFile):
        return 1
    try:
        orientation = picture.getexif().get(Base.Orientation)
    except Exception:
        # EXIF is often torn (editors cut it); a picture is no worse for that.
        return 1
    return orientation if isinstance(orientation, int) and orientation in _MOVES else 1


def upright_size(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    """Width and height in pixels once turned."""
    return (size[1], size[0]) if orientation in _SIDEWAYS else size


def upright(picture: Image.Image, orientation: int) -> Image.Image:
    """The picture, turned as its orientation asks."""
    move = _MOVES.get(orientation)
    return picture if move is None else picture.transpose(move)

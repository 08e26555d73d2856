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
# JPEG holds 64 KB of it. Each value becomes an object of its own: megabytes take minutes.
_LONGEST_EXIF = 256 * 1024
_SIDEWAYS = frozenset((5, 6, 7, 8))


def orientation_of(picture: Image.Image) -> int:
    """The EXIF orientation, 1 to 8; 1 when there is none, or none that makes sense."""
    # Pillow turns TIFF by itself, in the size it reports and in the pixels it decodes.
    if isinstance(picture, TiffImageFile):
        return 1
    orientation = exif_of(picture).get(Base.Orientation)
    return orientation if isinstance(orientation, int) and orientation in _MOVES else 1


def exif_of(picture: Image.Image) -> Image.Exif:
    """What the camera wrote down; empty when that is torn, as editors often leave it, or absurdly long."""
    if len(picture.info.get("exif") or b"") > _LONGEST_EXIF:
        return Image.Exif()
    try:
        return picture.getexif()
    except Exception:
        return Image.Exif()


def upright_size(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    """Width and height in pixels once turned."""
    return (size[1], size[0]) if orientation in _SIDEWAYS else size


def upright(picture: Image.Image, orientation: int) -> Image.Image:
    """The picture, turned as its orientation asks."""
    move = _MOVES.get(orientation)
    return picture if move is None else picture.transpose(move)

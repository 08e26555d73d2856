"""Bringing colours into sRGB, the space every viewer and model assumes."""

import io

from PIL import Image, ImageCms

_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
_BLACK_POINT = ImageCms.Flags.BLACKPOINTCOMPENSATION
_SPACES = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK", "Lab": "LAB"}


def is_srgb(profile: bytes | None) -> bool:
    """Whether colours mean sRGB already: no profile, or one that says so."""
    if not profile:
        return True
    try:
        return "srgb" in ImageCms.getProfileDescription(_read(profile)).lower()
    except Exception:
        # A torn profile may fail anywhere inside the colour engine: then it says nothing.
        return False


def in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """An RGB or RGBA picture in sRGB, from RGB(A), L(A), CMYK or LAB.

    A profile that is broken, or made for another kind of picture, is passed over: colours slightly off are better
    than no picture.
    """
    if picture.mode in ("RGBA", "LA"):
        alpha = picture.getchannel("A")
        flat = in_srgb(picture.convert(picture.mode.removesuffix("A")), profile)
        flat.putalpha(alpha)
        return flat
    if picture.mode == "LAB":
        return _transformed(picture, ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")))
    if profile and not is_srgb(profile):
        try:
            return _by_profile(picture, _read(profile))
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError, KeyError):
            return picture.convert("RGB")
    return picture.convert("RGB")


def _by_profile(picture: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image:
    mode = _SPACES[profile.profile.xcolor_space.strip()]
    # Grey pictures are often saved under the RGB profile of the program that made them.
    source = picture.convert("RGB") if (picture.mode, mode) == ("L", "RGB") else picture
    if source.mode != mode:
        raise ValueError(mode)
    return _transformed(source, profile)


def _transformed(picture: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image:
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    made = ImageCms.profileToProfile(picture, profile, _SRGB, intent, "RGB", flags=_BLACK_POINT)
    return made or picture


def _read(profile: bytes) -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(io.BytesIO(profile))

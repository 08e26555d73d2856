"""Photographs for tests, made in code: a window at dusk, the size a phone gives."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFilter


def photograph(width: int = 1600, height: int = 1200, format: str = "JPEG") -> bytes:
    """Bytes of a photograph-like picture: soft gradients, a frame, a lamp."""
    sky = Image.linear_gradient("L").resize((width, height))
    picture = Image.merge("RGB", (sky.point(lambda v: v // 2 + 60), sky.point(lambda v: v // 3 + 70), sky))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((width * 0.1, height * 0.1, width * 0.9, height * 0.9), outline=(70, 50, 30), width=width // 40)
    draw.ellipse((width * 0.6, height * 0.55, width * 0.75, height * 0.75), fill=(250, 210, 120))
    picture = picture.filter(ImageFilter.GaussianBlur(width / 400))
    out = io.BytesIO()
    picture.save(out, format)
    return out.getvalue()

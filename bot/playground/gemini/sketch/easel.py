"""Paints a commission."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

from bot.playground.gemini import stamp
from bot.playground.gemini.sketch.commission import Commission


def paint(commission: Commission) -> bytes:
    image = Image.new("RGB", commission.size, ((commission.seed * 7) % 255, 120, 160))
    ImageDraw.Draw(image).text((20, 20), commission.words[:60], font=ImageFont.load_default(40))
    out = io.BytesIO()
    if commission.mime == "image/png":
        image.save(out, "PNG")
        return out.getvalue()
    image.save(out, "JPEG", quality=88)
    return stamp.stamp(out.getvalue(), b"{}")

"""Pictures drawn beforehand, for benches that measure everything but drawing."""

from __future__ import annotations

import functools
import io
import random

from PIL import Image

from bot.playground.gemini import stamp


@functools.lru_cache(maxsize=16)
def picture(size: tuple[int, int], about: int, mime: str) -> bytes:
    """A valid picture of exactly `size` pixels and, when that many are possible, about `about` bytes."""
    grain = Image.frombytes("RGB", (48, 48), random.Random(about).randbytes(48 * 48 * 3))  # noqa: S311
    image = grain.resize(size, Image.Resampling.BICUBIC)
    out = io.BytesIO()
    if mime == "image/png":
        image.quantize(32).save(out, "PNG")
        return out.getvalue()
    image.save(out, "JPEG", quality=70)
    return pad(stamp.stamp(out.getvalue(), b"{}"), about)


def pad(jpeg: bytes, about: int) -> bytes:
    """The JPEG with comment segments up to `about` bytes: readers skip them, wires and disks do not."""
    missing = max(0, about - len(jpeg))
    segments = [b"\xff\xfe\xff\xff" + bytes(65_533)] * (missing // 65_537)
    after = stamp.after_header(jpeg)
    return jpeg[:after] + b"".join(segments) + jpeg[after:]

"""How much of a picture we take on."""

from dataclasses import dataclass, replace

from bot.imaging.kinds import Kind

# The WebP decoder holds five copies of a picture at once, others two or three; so the same memory takes less of it.
_GREED = {Kind.WEBP: 2.5}


@dataclass(frozen=True, slots=True)
class Limits:
    """The most we accept: file size in bytes, area in pixels, and the longer side in pixels."""

    bytes: int = 30 * 1024 * 1024
    pixels: int = 100_000_000
    side: int = 30_000

    def of(self, kind: Kind) -> "Limits":
        """The limits for one kind of file: WebP gets fewer pixels, because reading it takes more memory."""
        return replace(self, pixels=int(self.pixels / _GREED.get(kind, 1)))


LIMITS = Limits()

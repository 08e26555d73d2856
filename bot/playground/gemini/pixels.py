"""How many pixels a picture has: Google's tables by aspect ratio and image size."""

from __future__ import annotations

import math
from collections.abc import Callable

# Gemini-3 family at 1K; 2K and 4K are exactly two and four times these.
GEMINI_3 = {
    "1:1": (1024, 1024),
    "1:4": (512, 2048),
    "1:8": (384, 3072),
    "2:3": (848, 1264),
    "3:4": (896, 1200),
    "4:5": (928, 1152),
    "9:16": (768, 1376),
    "21:9": (1584, 672),
}
GEMINI_3_SMALL = {
    "1:1": (512, 512),
    "1:4": (256, 1024),
    "1:8": (192, 1536),
    "2:3": (424, 632),
    "3:4": (448, 600),
    "4:5": (464, 576),
    "9:16": (384, 688),
    "21:9": (792, 336),
}
GEMINI_2_5 = {
    "1:1": (1024, 1024),
    "2:3": (832, 1248),
    "3:4": (864, 1184),
    "4:5": (896, 1152),
    "9:16": (768, 1344),
    "21:9": (1536, 672),
}
TRANSPOSED = {"4:1": "1:4", "8:1": "1:8", "3:2": "2:3", "4:3": "3:4", "5:4": "4:5", "16:9": "9:16"}
SCALE = {"1K": 1, "2K": 2, "4K": 4}


def look_up(table: dict[str, tuple[int, int]], ratio: str) -> tuple[int, int]:
    """Width and height of a ratio; landscape ratios are their portrait twins turned. KeyError when there is none."""
    if ratio in TRANSPOSED:
        width, height = table[TRANSPOSED[ratio]]
        return height, width
    return table[ratio]


def gemini_3(ratio: str, size: str) -> tuple[int, int]:
    """Pixels of a Gemini-3 picture; size is "512", "1K", "2K" or "4K"."""
    if size == "512":
        return look_up(GEMINI_3_SMALL, ratio)
    width, height = look_up(GEMINI_3, ratio)
    return width * SCALE[size], height * SCALE[size]


def gemini_2_5(ratio: str, _size: str) -> tuple[int, int]:
    """Pixels of a Gemini-2.5 picture, which knows one size."""
    return look_up(GEMINI_2_5, ratio)


def nearest_ratio(width: int, height: int, ratios: frozenset[str]) -> str:
    """The ratio of `ratios` whose shape is closest to width by height pixels."""

    def distance(ratio: str) -> float:
        across, down = ratio.split(":")
        return abs(math.log(width / height) - math.log(int(across) / int(down)))

    return min(sorted(ratios), key=distance)


def stray(ratio: str, measure: Callable[[str, str], tuple[int, int]]) -> tuple[int, int]:
    """A size that nobody asks for: of another shape than `ratio`, and in no table."""
    width, height = measure("1:1" if ratio == "3:4" else "3:4", "1K")
    return width * 3 // 4, height * 3 // 4

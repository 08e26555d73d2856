"""Colours by name, and what can be done to them. A colour is (red, green, blue), 0 to 255 each."""

from __future__ import annotations

Colour = tuple[int, int, int]

NAMED: dict[str, Colour] = {
    "red": (214, 52, 44),
    "crimson": (176, 24, 48),
    "scarlet": (226, 44, 30),
    "burgundy": (116, 22, 46),
    "maroon": (118, 28, 36),
    "orange": (240, 134, 36),
    "amber": (244, 170, 40),
    "peach": (250, 190, 150),
    "coral": (246, 116, 92),
    "salmon": (244, 140, 118),
    "yellow": (248, 208, 58),
    "gold": (226, 178, 52),
    "golden": (226, 178, 52),
    "lime": (156, 212, 52),
    "green": (74, 158, 72),
    "olive": (126, 130, 52),
    "mint": (162, 222, 190),
    "emerald": (24, 148, 98),
    "teal": (26, 138, 140),
    "turquoise": (58, 194, 190),
    "cyan": (64, 196, 222),
    "aqua": (64, 196, 222),
    "blue": (52, 108, 204),
    "azure": (86, 160, 232),
    "navy": (34, 52, 110),
    "indigo": (74, 62, 160),
    "violet": (132, 84, 198),
    "purple": (126, 66, 166),
    "lavender": (190, 168, 232),
    "lilac": (200, 164, 218),
    "magenta": (212, 56, 150),
    "pink": (244, 146, 182),
    "rose": (230, 110, 138),
    "brown": (134, 88, 54),
    "chocolate": (96, 58, 38),
    "chestnut": (140, 76, 48),
    "tan": (206, 170, 124),
    "beige": (228, 210, 178),
    "cream": (250, 240, 214),
    "ivory": (250, 244, 228),
    "white": (248, 247, 242),
    "silver": (190, 196, 204),
    "gray": (140, 144, 150),
    "grey": (140, 144, 150),
    "charcoal": (66, 68, 76),
    "black": (44, 42, 50),
    "ginger": (222, 124, 56),
    "copper": (186, 108, 66),
    "bronze": (164, 118, 62),
    "rusty": (178, 92, 52),
}
SHADES = {
    "light": 0.35,
    "pale": 0.45,
    "pastel": 0.45,
    "bright": 0.08,
    "deep": -0.25,
    "dark": -0.4,
}
INK: Colour = (52, 44, 52)
PAPER: Colour = (252, 249, 241)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`share` (0 to 1) of the other colour in the one."""
    return (
        round(one[0] + (other[0] - one[0]) * share),
        round(one[1] + (other[1] - one[1]) * share),
        round(one[2] + (other[2] - one[2]) * share),
    )


def lighter(colour: Colour, share: float = 0.3) -> Colour:
    return mix(colour, (255, 255, 255), share)


def darker(colour: Colour, share: float = 0.3) -> Colour:
    return mix(colour, (20, 16, 34), share)


def shade(colour: Colour, amount: float) -> Colour:
    """Lighter by a positive amount, darker by a negative one."""
    return lighter(colour, amount) if amount > 0 else darker(colour, -amount)


def luminance(colour: Colour) -> float:
    """How bright it looks, 0 to 255."""
    return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]


def contrasting(colour: Colour) -> Colour:
    """Ink on light colours, paper on dark ones."""
    return INK if luminance(colour) > 130 else PAPER

"""Words in the picture, in the one typeface that comes with Pillow: nothing is fetched."""

from __future__ import annotations

import unicodedata

from PIL import Image, ImageDraw, ImageFont, ImageStat

from bot.playground.gemini.sketch.colours import INK, PAPER, Colour, luminance

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
SMALLEST = 8.0
# Pillow's own typeface has the letters of English. For others, whatever this computer has is tried, in this order.
OTHERS = ("DejaVuSans.ttf", "NotoSans-Regular.ttf", "NotoSansCJK-Regular.ttc", "Arial Unicode.ttf", "Arial.ttf")
NOWHERE = "\U0010fffd"  # a character no typeface has: it shows how a missing one is drawn


def choose_font(words: str, size: float) -> Font:
    """A typeface that has every letter of the words, Pillow's own when it has them or nothing has."""
    own = ImageFont.load_default(size)
    if covers(own, words):
        return own
    for name in OTHERS:
        try:
            font = ImageFont.truetype(name, size)
        except OSError:
            continue
        if covers(font, words):
            return font
    return own


def covers(font: Font, words: str) -> bool:
    missing = bytes(font.getmask(NOWHERE))
    return all(bytes(font.getmask(letter)) != missing for letter in set(words) if not letter.isspace())


def legible(words: str) -> str:
    """The words as they can be lettered here: accents are dropped, and then letters, where no typeface has them."""
    if covers(choose_font(words, 20), words):
        return words
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", words) if not unicodedata.combining(letter))
    font = choose_font(plain, 20)
    return "".join(letter if letter.isspace() or covers(font, letter) else "…" for letter in plain)


def wrap(words: str, widest: int) -> list[str]:
    """Lines of at most `widest` characters, as far as the words allow."""
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + 1 + len(word) <= widest:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def printable(words: str) -> str:
    return "".join(letter if letter.isprintable() and not "\ud800" <= letter <= "\udfff" else " " for letter in words)


def fit(lines: list[str], width: float, height: float) -> tuple[Font, float]:
    """The biggest font whose lines fit into width by height pixels, and its size."""
    text = " ".join(lines)
    trial = choose_font(text, 100)
    widest = max(trial.getlength(line) for line in lines) / 100
    size = max(SMALLEST, min(width / max(widest, 0.01), height / (1.15 * len(lines))))
    return choose_font(text, size), size


def letter(
    image: Image.Image, words: str, box: tuple[float, float, float, float], colour: Colour | None = None
) -> None:
    """Letters the words as big as the box (left, top, width, height in pixels) allows, with a halo to read them by."""
    left, top, width, height = box
    lines = wrap(legible(printable(words)), max(12, round(len(words) ** 0.5 * 4)))
    if not lines:
        return
    font, size = fit(lines, width, height)
    ink = colour or readable_on(image, box)
    halo = PAPER if luminance(ink) < 130 else INK
    pen = ImageDraw.Draw(image)
    y = top + (height - size * 1.15 * len(lines)) / 2
    for line in lines:
        x = left + (width - pen.textlength(line, font=font)) / 2
        pen.text((x, y), line, font=font, fill=halo, stroke_width=max(2, round(size * 0.09)), stroke_fill=halo)
        pen.text((x, y), line, font=font, fill=ink, stroke_width=max(0, round(size * 0.025)), stroke_fill=ink)
        y += size * 1.15


def readable_on(image: Image.Image, box: tuple[float, float, float, float]) -> Colour:
    """Ink where the picture is light, paper where it is dark."""
    left, top, width, height = (round(side) for side in box)
    under = image.crop((max(0, left), max(0, top), min(image.width, left + width), min(image.height, top + height)))
    mean = ImageStat.Stat(under.convert("L")).mean[0] if under.width and under.height else 255
    return INK if mean > 120 else PAPER


def sign(image: Image.Image, words: str) -> None:
    """The mark in the lower right corner that says this is a sketch, and whose."""
    size = max(11.0, min(image.size) * 0.019)
    font = ImageFont.load_default(size)
    pen = ImageDraw.Draw(image, "RGBA")
    while size > 6 and pen.textlength(words, font=font) > image.width * 0.9:
        size -= 1
        font = ImageFont.load_default(size)
    wide, pad = pen.textlength(words, font=font), size * 0.55
    right, bottom = image.width - pad, image.height - pad
    pen.rounded_rectangle(
        (right - wide - 2 * pad, bottom - size * 1.2 - pad, right, bottom), radius=size * 0.6, fill=(250, 248, 240, 190)
    )
    pen.text((right - wide - pad, bottom - size * 1.2 - pad * 0.5), words, font=font, fill=(70, 64, 76, 255))

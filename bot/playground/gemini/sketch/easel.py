"""Paints a commission: a new scene, a change to the scene of an earlier sketch, or a change to any other picture."""

from __future__ import annotations

import io
import random
import re
from dataclasses import replace

from PIL import Image, ImageFilter

from bot.playground.gemini import stamp
from bot.playground.gemini.sketch import asking, effects, lettering, photographs, quotes, reading, render, revising
from bot.playground.gemini.sketch.colours import PAPER
from bot.playground.gemini.sketch.commission import Commission
from bot.playground.gemini.sketch.finishes import FINISHES
from bot.playground.gemini.sketch.scene import Scene, from_json

CANVAS = 4_200_000  # pixels drawn at most: bigger pictures are enlarged, smaller ones drawn double and reduced
COMBINE = re.compile(
    r"\b(?:combine|combined|together|collage|merge|mix|blend|both|all|these|compose|join|montage|side by side|and this|"
    r"into one|put)\b",
    re.IGNORECASE,
)


def paint(commission: Commission) -> bytes:
    """The finished picture, encoded, of exactly the commission's size. Takes up to a second or two of one core."""
    image, scene, words = compose(commission)
    image = enlarge(image, commission.size)
    add_grain(image, commission)
    place_words(image, words, scene.words_at if scene else quotes.words_place(commission.words))
    lettering.sign(image, f"sketch · {commission.signed}")
    return encode(image, commission.mime, scene)


def compose(commission: Commission) -> tuple[Image.Image, Scene | None, tuple[str, ...]]:
    """The drawing, its scene when there is one, and the words to letter onto it."""
    size, finish = canvas_of(commission.size), FINISHES[commission.finish]
    if not commission.references:
        chosen, rest = asking.take_effects(commission.words)
        scene = replace(reading.read(rest, seed=commission.seed), effects=chosen)
        return effects.apply(render.draw(scene, size, finish, commission.seed), chosen), scene, free_words(scene)
    wish = revising.understand(commission.words)
    words = wish.lettering or (() if wish.is_clear else (note(commission.words),))
    if wants_collage(commission):
        pictures = photographs.compose(commission.references, size, commission.seed)
        image = effects.apply(pictures, revising.for_photographs(wish))
        return photographs.add_things(image, wish, finish, commission.seed), None, wish.lettering
    earlier = from_json(stamp.read_claim(commission.references[-1]))
    if earlier is None:
        picture = photographs.change(commission.references[-1], wish, size, finish, commission.seed)
        return picture, None, words
    scene = revising.revise(earlier, wish)
    image = effects.apply(render.draw(scene, size, finish, commission.seed), scene.effects)
    return image, scene, tuple(dict.fromkeys((*free_words(scene), *(() if wish.is_clear else words))))


def wants_collage(commission: Commission) -> bool:
    several = len(commission.references) > 1
    return several and bool(COMBINE.search(commission.words) or not revising.understand(commission.words).is_clear)


def note(words: str) -> str:
    """What is written onto a picture when nothing in the request was understood: the request, cut short."""
    plain = " ".join(words.split())
    return f"“{plain[:60]}”" if plain else ""


def canvas_of(size: tuple[int, int]) -> tuple[int, int]:
    factor = min(2.0, (CANVAS / (size[0] * size[1])) ** 0.5)
    return max(1, round(size[0] * factor)), max(1, round(size[1] * factor))


def enlarge(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Brings the drawing to its size; one that is enlarged is smoothed first and sharpened afterwards."""
    if image.width >= size[0] * 1.5:
        return image.resize(size, Image.Resampling.BOX if image.width == 2 * size[0] else Image.Resampling.LANCZOS)
    soft = image.filter(ImageFilter.GaussianBlur(0.8)).resize(size, Image.Resampling.BICUBIC)
    return soft.filter(ImageFilter.UnsharpMask(2, 70, 2)) if size[0] * size[1] < 2 * CANVAS else soft


def add_grain(image: Image.Image, commission: Commission) -> None:
    """Lets the paper shine through as chalk and pencil do; its pattern is the same for the same seed."""
    strength = FINISHES[commission.finish].grain
    if not strength or (commission.references and from_json(stamp.read_claim(commission.references[-1])) is None):
        return
    side = 384
    dice = random.Random(commission.seed)  # noqa: S311
    noise = Image.frombytes("L", (side, side), dice.randbytes(side * side)).filter(ImageFilter.GaussianBlur(0.7))
    specks = noise.point(lambda value: round(max(0, value - 138) * 1.9 * strength))
    for left in range(0, image.width, side):
        for top in range(0, image.height, side):
            image.paste(PAPER, (left, top), specks)


def free_words(scene: Scene) -> tuple[str, ...]:
    """The lettering that does not stand on a sign in the scene."""
    return scene.lettering[1:] if any(item.name == "sign" for item in scene.items) else scene.lettering


def place_words(image: Image.Image, words: tuple[str, ...], where: str) -> None:
    """The first words at the top (or where they belong), the next at the other end, more of them between."""
    tops = (0.78, 0.04, 0.6, 0.22) if where == "bottom" else (0.04, 0.78, 0.22, 0.6)
    for index, text in enumerate(words):
        top = tops[index % 4]
        tall = 0.15 if len(text) < 60 else 0.2
        box = (image.width * 0.06, image.height * top, image.width * 0.88, image.height * tall)
        if text.strip():
            lettering.letter(image, text, box)


def encode(image: Image.Image, mime: str, scene: Scene | None) -> bytes:
    out = io.BytesIO()
    if mime == "image/png":
        image.save(out, "PNG", compress_level=3)
        return out.getvalue()
    image.save(out, "JPEG", quality=88)
    return stamp.stamp(out.getvalue(), scene.to_json() if scene else b"{}")

"""What the sketch painter puts on paper, looked at as pixels."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageOps, ImageStat

from bot.playground.gemini import stamp
from bot.playground.gemini.sketch import easel, effects, lettering
from bot.playground.gemini.sketch.colours import NAMED
from bot.playground.gemini.sketch.commission import Commission
from bot.playground.gemini.sketch.finishes import FINISHES
from bot.playground.gemini.sketch.pen import Pen
from bot.playground.gemini.sketch.repertoire import THINGS
from bot.playground.gemini.sketch.scene import Effect
from bot.playground.gemini.sketch.sheet import Sheet

SIDE = 256


def paint(
    words: str, *references: bytes, finish: str = "gouache", seed: int = 5, size: tuple[int, int] = (SIDE, SIDE)
) -> bytes:
    return easel.paint(Commission(words, size, finish, "test", "image/jpeg", references, seed))


def look(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as image:
        return image.convert("RGB")


def photograph(size: tuple[int, int] = (320, 240)) -> bytes:
    """Bright sky over dark ground with a red post to the left: no metadata, as a camera's picture that was uploaded."""
    image = Image.new("RGB", size, (196, 220, 244))
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, size[1] * 0.6, size[0], size[1]), fill=(96, 110, 70))
    pen.rectangle((size[0] * 0.1, size[1] * 0.3, size[0] * 0.2, size[1] * 0.8), fill=(200, 40, 30))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def mean(image: Image.Image, box: tuple[int, int, int, int] | None = None) -> tuple[float, float, float]:
    red, green, blue = ImageStat.Stat(image.crop(box) if box else image).mean
    return red, green, blue


def share_of(image: Image.Image, colour: tuple[int, int, int], reach: int = 60) -> float:
    """How much of the image is about that colour."""
    away = ImageChops.difference(image, Image.new("RGB", image.size, colour)).split()
    near = [channel.point(lambda value: 255 if value < reach else 0) for channel in away]
    return float(ImageStat.Stat(ImageChops.multiply(ImageChops.multiply(near[0], near[1]), near[2])).mean[0]) / 255


def unlike(one: Image.Image, other: Image.Image) -> float:
    return sum(ImageStat.Stat(ImageChops.difference(one, other)).mean) / 3


@pytest.mark.parametrize("name", sorted(THINGS))
def test_everything_in_the_repertoire_is_drawn_in_its_colour_and_near_its_box(name: str) -> None:
    for finish in FINISHES.values():
        sheet = Sheet(Image.new("RGB", (120, 120), (252, 249, 241)), finish, 1)
        before = sheet.image.copy()
        THINGS[name].draw(Pen(sheet, 30, 30, 60, 60), NAMED["violet"])
        changed = ImageChops.difference(before, sheet.image).convert("L").point(lambda value: 255 if value > 24 else 0)
        box = changed.getbbox()
        assert box is not None
        assert box[2] - box[0] > 15
        assert box[3] - box[1] > 5
        inside = ImageStat.Stat(changed.crop((20, 15, 100, 100))).sum[0]
        assert inside > 0.85 * ImageStat.Stat(changed).sum[0]


def test_the_same_commission_gives_the_same_bytes_and_another_seed_others() -> None:
    assert paint("a red fox") == paint("a red fox")
    assert unlike(look(paint("a red fox")), look(paint("a red fox", seed=6))) > 1


def test_finishes_can_be_told_apart() -> None:
    pictures = [look(paint("a red fox", finish=finish)) for finish in FINISHES]
    for at, one in enumerate(pictures):
        assert all(unlike(one, other) > 1.5 for other in pictures[at + 1 :])


def test_colours_follow_the_prompt() -> None:
    for colour in ("red", "blue", "green", "purple"):
        picture = look(paint(f"a {colour} car on a white background"))
        others = {"red", "blue", "green", "purple"} - {colour}
        assert share_of(picture, NAMED[colour]) > 2 * max(share_of(picture, NAMED[other]) for other in others)


@pytest.mark.parametrize("size", [(192, 1536), (1536, 192), (336, 792), (1024, 1024)])
def test_every_shape_of_paper_is_filled(size: tuple[int, int]) -> None:
    for words in ("five owls and a lighthouse at night in the rain", "a cup", "", "three whales", "a fish"):
        assert look(paint(words, size=size)).size == size


def test_big_paper_is_filled_too() -> None:
    assert look(paint("a boat", size=(4096, 4096), finish="crayon")).size == (4096, 4096)


def test_an_edit_keeps_the_scene_and_changes_what_was_asked() -> None:
    first = paint("a red fox")
    blue = paint("make the fox blue", first)
    assert share_of(look(blue), NAMED["blue"]) > share_of(look(first), NAMED["blue"]) + 0.04
    assert share_of(look(blue), NAMED["red"]) < share_of(look(first), NAMED["red"]) / 2
    assert unlike(look(first).crop((0, 0, SIDE, 60)), look(blue).crop((0, 0, SIDE, 60))) < 4
    night = paint("make it night", blue)
    assert sum(mean(look(night))) < 0.6 * sum(mean(look(blue)))
    assert b'"fox"' in stamp.read_claim(night)
    gone = paint("remove the fox", night)
    assert b'"fox"' not in stamp.read_claim(gone)
    swapped = stamp.read_claim(paint("replace the fox with a cat", night))
    assert b'"cat"' in swapped
    assert b'"fox"' not in swapped


def test_a_re_encoded_sketch_is_a_picture_like_any_other() -> None:
    out = io.BytesIO()
    look(paint("a red fox")).save(out, "JPEG")
    night = look(paint("make it night", out.getvalue()))
    assert sum(mean(night)) < 0.7 * sum(mean(look(out.getvalue())))


def test_a_photograph_at_night_is_that_photograph_dark_and_blue() -> None:
    before, after = look(photograph()), look(paint("make it night", photograph(), size=(320, 240)))
    assert sum(mean(after)) < 0.5 * sum(mean(before))
    red, _green, blue = mean(after, (120, 20, 300, 120))
    assert blue > 1.3 * red
    post, beside = mean(after, (36, 100, 60, 140)), mean(after, (90, 100, 114, 140))
    assert post[0] > post[2]
    assert beside[2] > beside[0]


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        ("warmer", lambda old, new: new[0] - new[2] > old[0] - old[2] + 20),
        ("cooler", lambda old, new: new[2] - new[0] > old[2] - old[0] + 20),
        ("brighter", lambda old, new: sum(new) > sum(old) + 20),
        ("darker", lambda old, new: sum(new) < sum(old) - 60),
        ("make it sunset", lambda old, new: new[0] - new[2] > old[0] - old[2] + 20),
        ("make it snow", lambda old, new: sum(new) > sum(old)),
        ("turn it green", lambda old, new: new[1] - new[0] > old[1] - old[0] + 10),
        ("black and white", lambda old, new: max(new) - min(new) < 2),
        ("sepia", lambda old, new: new[0] > new[1] > new[2]),
    ],
)
def test_light_and_colour_of_a_photograph(words: str, holds: object) -> None:
    before, after = look(photograph()), look(paint(words, photograph(), size=(320, 240)))
    box = (100, 0, 320, 200)
    assert callable(holds)
    assert holds(mean(before, box), mean(after, box))


@pytest.mark.parametrize(
    ("words", "turn"),
    [
        ("flip it", ImageOps.mirror),
        ("upside down", lambda image: image.rotate(180)),
        ("flip it vertically", ImageOps.flip),
    ],
)
def test_turned_photographs(words: str, turn: object) -> None:
    after = look(paint(words, photograph(), size=(320, 240)))
    assert callable(turn)
    expected = turn(look(photograph()))
    box = (0, 0, 320, 215)  # the signature is below
    assert unlike(after.crop(box), expected.crop(box)) < 4
    assert unlike(after.crop(box), look(photograph()).crop(box)) > 8


def test_words_are_lettered_onto_a_photograph() -> None:
    plain, lettered = look(paint("brighter", photograph())), look(paint("brighter, add the text SALE", photograph()))
    assert unlike(plain.crop((0, 0, SIDE, 60)), lettered.crop((0, 0, SIDE, 60))) > 10
    assert unlike(plain.crop((0, 120, SIDE, SIDE)), lettered.crop((0, 120, SIDE, SIDE))) < 1


def test_words_go_to_the_bottom_when_told() -> None:
    plain, lettered = (
        look(paint("brighter", photograph())),
        look(paint("brighter, add the text SALE at the bottom", photograph())),
    )
    assert unlike(plain.crop((0, 0, SIDE, 60)), lettered.crop((0, 0, SIDE, 60))) < 1
    assert unlike(plain.crop((0, 190, SIDE, 240)), lettered.crop((0, 190, SIDE, 240))) > 10


def test_words_stand_on_the_sign_when_there_is_one() -> None:
    bare, lettered = (look(paint(f"a white sign{words}", seed=9)) for words in ("", ' that says "HELLO"'))
    assert unlike(bare.crop((0, 0, SIDE, 60)), lettered.crop((0, 0, SIDE, 60))) < 1
    assert unlike(bare, lettered) > 1


def test_a_rider_can_get_off() -> None:
    claim = stamp.read_claim(paint("remove the knight", paint("a knight riding a dragon")))
    assert b'"dragon"' in claim
    assert b'"knight"' not in claim


def test_a_request_nobody_understands_is_written_onto_the_picture() -> None:
    after = look(paint("qwertify the zxcvb", photograph(), size=(320, 240)))
    assert unlike(after.crop((0, 0, 320, 60)), look(photograph()).crop((0, 0, 320, 60))) > 5


def test_things_are_added_to_a_photograph() -> None:
    after = look(paint("add a yellow balloon", photograph(), size=(320, 240)))
    assert share_of(after, NAMED["yellow"]) > 0.005
    assert share_of(look(photograph()), NAMED["yellow"]) == 0


def test_several_pictures_are_combined_with_the_first_one_big() -> None:
    solid = []
    for colour in ("red", "lime", "navy"):
        out = io.BytesIO()
        Image.new("RGB", (300, 300), NAMED[colour]).save(out, "PNG")
        solid.append(out.getvalue())
    shares = [
        share_of(look(paint("combine these", *solid, size=(512, 288))), NAMED[colour], 30)
        for colour in ("red", "lime", "navy")
    ]
    assert shares[0] > 2 * shares[1]
    assert shares[1] == pytest.approx(shares[2], rel=0.2)
    assert shares[2] > 0.02


def test_fourteen_references_find_room() -> None:
    assert look(paint("put all of them together", *[photograph()] * 14, size=(344, 192))).size == (344, 192)


def test_what_cannot_be_opened_does_not_stop_the_painter() -> None:
    assert look(paint("make it night", b"\0\0\0\x18ftypheic" + b"junk" * 9)).size == (SIDE, SIDE)


@pytest.mark.parametrize("name", sorted(effects.EFFECTS))
def test_every_effect_keeps_the_size_and_changes_the_picture(name: str) -> None:
    before = look(paint("a red fox and a tree", size=(200, 140)))
    values = {"weather": "snow", "tint": "teal", "border": "red"}
    after = effects.apply(before, (Effect(name, values.get(name, "")),))
    assert after.size == before.size
    assert after.mode == "RGB"
    assert unlike(before, after) > 0.5


def test_letters_without_a_typeface_are_spelled_as_well_as_possible() -> None:
    assert lettering.legible("Sale 50%") == "Sale 50%"
    for words in ("Crème brûlée", "Ελλάδα", "狐", "\ud800"):
        kept = lettering.legible(lettering.printable(words))
        assert lettering.covers(lettering.choose_font(kept.replace("…", "."), 20), kept.replace("…", "."))


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60), st.sampled_from(sorted(FINISHES)), st.booleans())
def test_any_words_give_a_picture(words: str, finish: str, editing: bool) -> None:
    given_before = (photograph((80, 60)),) if editing else ()
    assert look(paint(words, *given_before, finish=finish, size=(96, 64))).size == (96, 64)

"""What the sketch painter understands of a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.gemini.sketch import asking, quotes, reading, scene
from bot.playground.gemini.sketch.colours import NAMED
from bot.playground.gemini.sketch.repertoire import THINGS
from bot.playground.gemini.sketch.vocabulary import ODD_PLURALS, PHRASES, SYNONYMS, known_thing


def named(sentence: str) -> list[tuple[str, int]]:
    return [(item.name or item.label, item.count) for item in reading.read(sentence).items]


@pytest.mark.parametrize(
    ("sentence", "items"),
    [
        ("a red fox", [("fox", 1)]),
        ("two cats and three dogs", [("cat", 2), ("dog", 3)]),
        ("mice in a forest", [("mouse", 3)]),
        ("a hot-air balloon over the mountains", [("hot air balloon", 1), ("mountain", 3)]),
        ("a fluffy little bunny", [("rabbit", 1)]),
        ("an espresso machine beside a cat", [("espresso machine", 1), ("cat", 1)]),
        ("a bowl of ramen", [("bowl of ramen", 1)]),
        ("no cats, just a dog", [("dog", 1)]),
        ("a fox without a hat or a scarf but with glasses", [("fox", 1)]),
        ("remove the fox and the owl and add a cat", [("cat", 1)]),
        ("steampunk zeppelin, cinematic lighting", [("steampunk zeppelin", 1)]),
        ("\N{FOX FACE}", [("fox", 1)]),
        ("狐と月", [("狐と月", 1)]),
        ("500 balloons", [("balloon", 12)]),
        ("an orange", [("orange", 1)]),
    ],
)
def test_things_are_found_and_counted(sentence: str, items: list[tuple[str, int]]) -> None:
    assert named(sentence) == items


def test_colours_belong_to_their_things() -> None:
    found = reading.read("a blue car in front of a yellow house and a tree that is red")
    assert [item.colour for item in found.items] == [NAMED["blue"], NAMED["yellow"], NAMED["red"]]
    assert reading.read("an orange cat").items[0].colour == NAMED["orange"]
    dark, plain = reading.read("a dark green boat").items[0].colour, NAMED["green"]
    assert dark is not None
    assert sum(dark) < sum(plain)


def test_clothes_and_riders() -> None:
    (penguin,) = reading.read("a penguin wearing a red hat and a scarf").items
    assert [(worn.name, worn.colour) for worn in penguin.wears] == [("hat", NAMED["red"]), ("scarf", None)]
    (horse,) = reading.read("an astronaut riding a white horse on the moon").items
    assert (horse.name, horse.colour, horse.rider and horse.rider.name) == ("horse", NAMED["white"], "astronaut")


@pytest.mark.parametrize(
    ("sentence", "place", "time", "weather"),
    [
        ("a fox in the snow at night", "", "night", ("snow",)),
        ("a boat on the sea at sunset", "sea", "sunset", ()),
        ("a rainy morning in the city", "street", "dawn", ("rain",)),
        ("a glass of water", "", "", ()),
        ("a cup on a table", "table", "", ()),
        ("a foggy forest", "forest", "", ("fog",)),
    ],
)
def test_place_time_and_weather(sentence: str, place: str, time: str, weather: tuple[str, ...]) -> None:
    found = reading.read(sentence)
    assert (found.place, found.time, found.weather) == (place, time, weather)


def test_backgrounds_and_skies_take_their_colours() -> None:
    assert reading.read("a fox on a pink background").backdrop == NAMED["pink"]
    assert reading.read("a fox under a purple sky").sky == NAMED["purple"]


@pytest.mark.parametrize(
    ("sentence", "letters"),
    [
        ('a poster that says "Summer Sale"', ("Summer Sale",)),
        ("a logo for “Bean There”", ("Bean There",)),
        ("add the text SALE", ("SALE",)),
        ("add the text SALE 50% at the top", ("SALE 50%",)),
        ("with the words hello world in the corner", ("hello world",)),
        ("the dog's ball and the cat's toy", ()),
        ("an old man reading a book", ()),
        ('"ONE" over "TWO"', ("ONE", "TWO")),
        ("a fox [busy]", ()),
    ],
)
def test_words_to_letter(sentence: str, letters: tuple[str, ...]) -> None:
    assert quotes.take_lettering(sentence)[0] == letters


@pytest.mark.parametrize(
    ("sentence", "effects"),
    [
        ("make it black and white", [("grey", "")]),
        ("a black and white cat", []),
        ("warmer and brighter please", [("warm", ""), ("bright", "")]),
        ("turn it upside down", [("upside down", "")]),
        ("rotate 90 degrees to the left", [("rotate", "270")]),
        ("rotate it", [("rotate", "90")]),
        ("flip it", [("flip", "")]),
        ("flip vertically", [("upside down", "mirror")]),
        ("a red border", [("border", "red")]),
        ("zoom out", [("zoom out", "")]),
        ("crop it", [("crop", "")]),
        ("a warm cup of tea", []),
    ],
)
def test_effects_are_heard(sentence: str, effects: list[tuple[str, str]]) -> None:
    assert [(one.name, one.value) for one in asking.take_effects(sentence)[0]] == effects


def test_every_other_name_leads_to_a_thing() -> None:
    for name in [*SYNONYMS.values(), *PHRASES.values(), *ODD_PLURALS.values()]:
        assert name in THINGS
    assert known_thing("foxes") == ("fox", True)
    assert known_thing("butterflies") == ("butterfly", True)
    assert known_thing("glass") == ("glass", False)
    assert known_thing("gas") is None


@given(st.text(max_size=200))
def test_any_text_is_read_and_survives_the_way_through_a_picture(sentence: str) -> None:
    found = reading.read(sentence, seed=3)
    assert scene.from_json(found.to_json()) == found
    assert all(1 <= item.count <= 12 for item in found.items)


@given(
    st.lists(
        st.sampled_from(sorted({*THINGS, *SYNONYMS, *NAMED, "a", "two", "on", "wearing", "no", "of", ",", "night"}))
    )
)
def test_any_heap_of_known_words_is_read(heap: list[str]) -> None:
    found = reading.read(" ".join(heap))
    assert all(item.name in THINGS or item.label for item in found.items)


@pytest.mark.parametrize(
    "claim", [b"", b"{}", b"[]", b"null", b"\xff", b'{"items": 3}', b'{"items": [{"name": "no such thing"}]}']
)
def test_a_claim_that_is_no_scene_is_none(claim: bytes) -> None:
    assert scene.from_json(claim) is None

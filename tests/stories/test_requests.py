"""`/imagine` and what can be typed after it: right, wrong, and the way a phone writes it."""

from __future__ import annotations

import pytest

from bot.catalogue import load
from bot.domain.options import Size, Tier
from tests.stories.evidence import model, prompt, shape
from tests.stories.mishaps import hurry, whispers
from tests.stories.story import Story

FLASH = load().of_tier(load().default_tier)[0]

THE_SAME = (
    "a red fox --ar 16:9 --size 2k",
    "--size 2k --ar 16:9 a red fox",
    "a red --ar 16:9 fox --size 2K",
    "a red fox --ar=16:9 --size=2k",
    "a red fox —ar 16:9 —size 2k",
    "a red fox –ar 16:9 –size 2k",
    "a red fox --ar “16:9” --size ‘2k’",
    "a red fox --ar 16：9 --size 2k",
    "a red fox 16:9 2k",
    "a red fox, 2K, 16:9",
    "a red fox --ar 1:1 --ar 16:9 --size 2k",
)

MISTAKES = {
    "a fox --sise 2k": "Did you mean `--size`",
    "a fox --seed 7": "I do not know `--seed`",
    "a fox --ar 7:5": "`7:5` is not a shape",
    "a fox --ar": "`--ar` needs a value",
    "a fox --size 8k": "`8k` is not a size",
    "a fox --n 5": "`5` does not work",
    "a fox --n 0": "`0` does not work",
    "a fox --tier ultra": "`ultra` is not a tier",
    "a fox --tier lite --size 4k": "cannot make 4K. Leave the size out, or add `--tier flash` (Nano Banana 2)",
    "a fox --tier pro --ar 8:1": "cannot make 8:1. Choose another shape, or add `--tier lite` (Nano Banana 2 Lite)",
    "a fox --tier pro --size 512": "cannot make 512. Leave the size out, or add `--tier flash` (Nano Banana 2).",
    "a fox --later=tomorrow": "`--later` takes no value, so `tomorrow` does not work",
    "--ar 16:9 --n 2": "Tell me what to paint",
    "“” --n 2": "Tell me what to paint",
    "... --n 4": "Tell me what to paint",
    "x" * 8001: "8001 characters",
}


@pytest.fixture
async def swift(story: Story) -> Story:
    await hurry(story)
    return story


async def test_every_shape_of_the_model_comes_out_in_that_shape(swift: Story) -> None:
    for ratio in FLASH.ratios:
        await swift.commands(f"/imagine a fox in {ratio.replace(':', ' by ')} --ar {ratio}")
    for ratio in FLASH.ratios:
        width, height = FLASH.pixels[ratio][Size.ONE]
        seen = await swift.sees(
            lambda seen, r=ratio: bool(seen.images) and f"in {r.replace(':', ' by ')}\n" in seen.words
        )
        assert f"{width}×{height} px" in seen.words


@pytest.mark.parametrize("size", ["512", "1k", "2k", "4k"])
async def test_every_size_comes_out_in_that_size(swift: Story, size: str) -> None:
    await swift.commands(f"/imagine a fox --ar 21:9 --size {size}")
    seen = await swift.sees_picture()
    width, height = FLASH.pixels["21:9"][Size(size.upper())]
    assert f"{width}×{height} px" in seen.words
    assert ("4K" in seen.buttons) == (size != "4k")


async def test_auto_leaves_the_shape_to_the_model(swift: Story) -> None:
    await swift.commands("/imagine a fox --ar auto")
    await swift.sees_picture()
    [call] = await swift.paintings()
    assert "aspectRatio" not in shape(call)


async def test_flags_in_any_order_and_as_phones_write_them_are_the_same_request(swift: Story) -> None:
    for line in THE_SAME:
        await swift.commands(f"/imagine {line}")
    for _ in THE_SAME:
        seen = await swift.sees_picture()
        assert "2752×1536 px" in seen.words
    calls = await swift.paintings()
    assert {prompt(call) for call in calls} == {"a red fox"}
    assert len(calls) == len(THE_SAME)


async def test_each_tier_is_its_model(swift: Story) -> None:
    for tier in ("lite", "flash", "pro"):
        await swift.commands(f"/imagine a fox --tier {tier}")
        seen = await swift.sees_picture()
        chosen = load().of_tier(Tier(tier))[0]
        assert model((await swift.paintings())[-1]) == chosen.id
        assert f"{chosen.name} · " in seen.words
        assert ("Re-run with Pro" in seen.buttons) == (tier != "pro")
        assert ("4K" in seen.buttons) == (tier != "lite")


async def test_bare_words_at_the_end_count_and_in_a_sentence_do_not(swift: Story) -> None:
    await swift.commands("/imagine a clock showing 4:5 on a wall x2")
    seen = await swift.sees(lambda seen: len(seen.images) == 2)
    assert "a clock showing 4:5 on a wall" in seen.words
    assert [prompt(call) for call in await swift.paintings()] == ["a clock showing 4:5 on a wall"] * 2


async def test_what_means_something_to_slack_is_words_to_the_model(swift: Story) -> None:
    await swift.commands('/imagine a sign: "R&D <open> 5 > 3" *bold*')
    seen = await swift.sees_picture()
    [call] = await swift.paintings()
    assert prompt(call) == 'a sign: "R&D <open> 5 > 3" *bold*'
    assert "R&amp;D &lt;open&gt; 5 &gt; 3" in seen.words
    assert "R&D <open>" in seen.images[0]["alt_text"]


async def test_a_mistake_is_answered_with_what_to_type_and_costs_nothing(swift: Story) -> None:
    for count, (line, words) in enumerate(MISTAKES.items()):
        await swift.commands(f"/imagine {line}")

        async def answer(count: int = count) -> str | None:
            said = await whispers(swift)
            return said[count] if len(said) > count else None

        said = await swift.eventually(answer)
        assert words in said
        assert "`" in said or "shorten" in said, said
    assert await swift.paintings() == []
    assert await swift.posted() == []


async def test_a_mistake_in_a_reply_is_answered_to_its_author_in_the_thread(swift: Story) -> None:
    await swift.commands("/imagine a red fox --tier lite")
    fox = await swift.sees_picture()
    await swift.replies("make it night --size 4k", by="U0BEN")
    said = await swift.whispered("cannot make 4K", to="U0BEN", thread=fox.thread)
    assert "--tier" in said
    assert len(await swift.paintings()) == 1
    assert len(await swift.posted()) == 2


@pytest.mark.parametrize("line", ["/imagine", "/imagine help", "/imagine   HELP ", "/imagine ?"])
async def test_the_command_alone_and_help_show_how_to_use_it(story: Story, line: str) -> None:
    await story.commands(line)
    usage = await story.whispered("Make a picture")
    for flag in ("--ar", "--size", "--n", "--tier", "lite", "flash", "pro", "512|1k|2k|4k", "1..4"):
        assert flag in usage
    assert await story.posted() == []
    assert await story.paintings() == []


@pytest.mark.parametrize("unit", ["& < > ", "a fox \n", "狐狸 ", "🦊 "])
async def test_the_longest_prompt_reaches_the_model_whole(swift: Story, unit: str) -> None:
    text = (unit * 8000)[:7990].strip() + " end"
    await swift.says(f"<@U0PAINTBOT> {text}")
    seen = await swift.sees_picture()
    assert seen.words.count("…") >= 1
    [call] = await swift.paintings()
    assert prompt(call) == text
    await swift.presses("Again", on=seen)
    await swift.sees_picture()


async def test_a_prompt_over_the_limit_in_a_reply_is_answered_in_the_thread(swift: Story) -> None:
    await swift.commands("/imagine a red fox")
    fox = await swift.sees_picture()
    await swift.replies("x" * 8001)
    await swift.whispered("at most 8000", thread=fox.thread)
    assert len(await swift.paintings()) == 1


async def test_four_in_a_reply_are_four_takes_on_the_same_picture(swift: Story) -> None:
    await swift.commands("/imagine a red fox")
    await swift.sees_picture()
    await swift.replies("make it night x4")
    four = await swift.sees(lambda seen: len(seen.images) == 4)
    assert "make it night\n" in four.words
    _, *rest = await swift.paintings()
    assert [len(call["body"]["contents"]) for call in rest] == [3] * 4
    await swift.replies("add snow")
    one = await swift.sees_picture()
    assert len(one.images) == 1

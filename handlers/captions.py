"""What stands over, under and behind a picture."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.options import AUTO, Options
from bot.domain.pictures import Picture
from bot.domain.requests import Act
from bot.domain.turns import Turn
from bot.studio import losses
from bot.studio.repeating import asked
from handlers.mrkdwn import cut, escape
from handlers.wording import sentence

BRIEF = 200  # characters of what was asked, beside a picture: the message it answers has it whole
EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif"}
HEADLINES = {
    Act.AGAIN: "asked again",
    Act.VARIATIONS: "asked for variations",
    Act.LITE: "asked Lite",
    Act.FLASH: "asked Flash",
    Act.PRO: "asked Pro",
    Act.ENLARGE: "asked for {size}",
}


def headline(turn: Turn, most: int = 2600) -> str:
    """Who asked for what, escaped for mrkdwn and at most a section long; `most` characters of what was asked."""
    how = HEADLINES.get(turn.act, "").format(size=turn.options.size)
    said = cut(escape(asked(turn)), most)
    return f"<@{turn.asker}> {how}: {said}" if how else f"<@{turn.asker}>: {said}"


def alt(turn: Turn, picture: Picture) -> str:
    """What the picture was meant to show, for people who cannot see it; at most 1,000 characters."""
    of = f", {picture.index + 1} of {turn.options.count}" if turn.options.count > 1 else ""
    return f"AI-made picture{of}: {cut(' '.join(asked(turn).split()), 900)}"


def otherwise(turn: Turn, pictures: Sequence[Picture]) -> str:
    """That these pictures are not as large, or not of the shape, that was asked for."""
    ratio = "" if turn.options.ratio in (None, AUTO) else turn.options.ratio
    wanted = " ".join(filter(None, (turn.options.size, ratio)))
    given = " and ".join(dict.fromkeys(f"{picture.width}×{picture.height}" for picture in pictures))
    which = f" for {_numbers(pictures)}" if len(pictures) < len(turn.pictures) else ""
    return f"Asked for {wanted}; the model gave {given}{which}."


def missing(turn: Turn) -> str:
    """How many of several pictures did not come, and why."""
    why = sentence(turn.trouble.reason, turn.trouble.facts) if turn.trouble else ""
    return f"{turn.missing} of {turn.options.count} did not come. {why}".strip()


def beside(turn: Turn) -> str:
    """The other reason for which pictures did not come, and for how many; "" where there was one alone."""
    other = losses.beside(turn.trouble) if turn.trouble else None
    return f"{other[0]} of {turn.options.count}: {sentence(other[1].reason, other[1].facts)}" if other else ""


def of_some(said: str, pictures: Sequence[Picture]) -> str:
    """What is true of these pictures of several, but not of the others."""
    return f"{_numbers(pictures).capitalize()}: {said}"


def more_left_out(count: int) -> str:
    """How many files were left out beside those that are named."""
    return f"I left out {count} more file{'s' if count > 1 else ''}."


def picking(turn: Turn) -> str:
    """What several pictures ask for: until then the first that came is the one that replies go on from."""
    return f"Pick the one to go on from. Until then replies work on number {turn.pictures[0].index + 1}."


def picked(asker: str, number: int, turn: Turn) -> str:
    """Over a picked picture."""
    return f"<@{asker}> picked number {number}: {cut(escape(asked(turn)), BRIEF)}"


def flags(options: Options) -> str:
    """The options as they would be typed."""
    typed = (("--ar", options.ratio), ("--size", options.size), ("--tier", options.tier), ("--think", options.think))
    several = f" --n {options.count}" if options.count > 1 else ""
    ground, later = " --ground" if options.ground else "", " --later" if options.later else ""
    return "".join(f" {flag} {value.lower()}" for flag, value in typed if value) + several + ground + later


def file_name(prompt: str, index: int, mime: str) -> str:
    """A name that says what the file is, safe everywhere."""
    slug = re.sub(r"[^a-z0-9]+", "-", prompt.lower()).strip("-")[:60].strip("-") or "picture"
    return f"{slug}-{index + 1}.{EXTENSIONS.get(mime, 'png')}"


def _numbers(pictures: Sequence[Picture]) -> str:
    return "number " + ", ".join(str(picture.index + 1) for picture in pictures)

"""What the bot says; of errors in `sentences`, of money in `bills`, `statements`, `claims` and `reporting`."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from math import ceil

from bot.catalogue import Catalogue
from bot.domain.markup import plain
from bot.domain.options import AUTO, Options
from bot.domain.pictures import Picture
from bot.domain.requests import Act
from bot.domain.turns import Turn
from bot.ports import Cancelled, Offer, Progress
from bot.studio.repeating import asked
from handlers import bills
from handlers.mrkdwn import cut, escape, quoted
from handlers.sentences import FALLBACK, FOR_OPERATORS, SENTENCES

PAINTING = "is painting…"
LOADING = (
    "Mixing colours…",
    "Sketching the composition…",
    "Laying in the light…",
    "Working on the details… (say “cancel” to stop)",
)
BRIEF = 200  # characters of what was asked, beside a picture: the message it answers has it whole
MOST_TYPED = 12_000  # characters; Slack takes 40,000 in a message's text
EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif"}
HEADLINES = {
    Act.AGAIN: "asked again",
    Act.VARIATIONS: "asked for variations",
    Act.LITE: "asked Lite",
    Act.FLASH: "asked Flash",
    Act.PRO: "asked Pro",
    Act.ENLARGE: "asked for 4K",
}
LABELS = {
    Act.LITE: "Re-run with Lite",
    Act.FLASH: "Re-run with Flash",
    Act.PRO: "Re-run with Pro",
    Act.AGAIN: "Again",
    Act.VARIATIONS: "Variations",
    Act.ENLARGE: "4K",
}
AFTER_A_FAILURE = {
    Act.AGAIN: "Try again",
    Act.LITE: "Try on Lite",
    Act.FLASH: "Try on Flash",
    Act.PRO: "Try on Pro",
}
HELD = "What was made is kept: *Try again* shows it, and costs nothing more."
GO, CANCEL = "Go ahead", "Cancel"
STOPPING = "What is already painted still appears, and what a model has begun may cost money all the same."
AMOUNTS = frozenset({"amount", "left", "budget"})
HELP = re.compile(r"\W*+(?:help|usage)?\W*+\Z", re.IGNORECASE)


def asks_for_help(text: str, has_files: bool = False) -> bool:
    """Whether someone typed nothing but "help", or nothing at all."""
    return HELP.match(text) is not None and not has_files


def sentence(reason: str, facts: dict[str, str]) -> str:
    """The sentence for an error's reason. Facts are people's or files' words, so they are escaped."""
    escaped = _Facts({name: _told(name, fact) for name, fact in facts.items()})
    if reason == "flag_unknown" and facts.get("suggestion"):
        reason = "flag_misspelt"
    if reason == "model_busy" and facts.get("resets"):
        reason = "model_busy_until"
    if facts.get("instead"):
        able = zip(facts["instead"].split(", "), facts.get("able", "").split(", "), strict=False)
        escaped["instead"] = ", or add " + " or ".join(f"`--tier {tier}` ({escape(model)})" for tier, model in able)
    said = SENTENCES.get(reason, FALLBACK).format_map(escaped).strip()
    return f"{said}\n{quoted(facts['words'])}" if facts.get("words") else said


def handed_back(said: str, typed: str) -> str:
    """With the words of a command, which Slack shows to nobody: they can be copied, and need not be typed again."""
    words = quoted(plain(typed).strip(), MOST_TYPED)
    return f"{said}\nYou typed:\n{words}" if words else said


def for_operator(reason: str, facts: dict[str, str]) -> str:
    """The sentence for the one who runs the bot, in a terminal: nothing is escaped."""
    return FOR_OPERATORS.get(reason, SENTENCES.get(reason, FALLBACK)).format_map(_Facts(facts))


def to_operator(reason: str, facts: dict[str, str]) -> str:
    """The sentence for the one who runs the bot, in Slack, with all that is known beside it."""
    known = {name: escape(fact) for name, fact in facts.items()}
    beside = " · ".join(f"{name}: {fact}" for name, fact in known.items())
    return "\n".join(filter(None, (for_operator(reason, known), beside and f"_{beside}_")))


def usage(catalogue: Catalogue, command: str) -> str:
    """What `help` shows."""
    tiers = ", ".join(f"`{tier}` {catalogue.of_tier(tier)[0].name}" for tier in catalogue.tiers)
    return "\n".join(
        (
            f"*Make a picture:* `{command} a red fox in the snow`",
            "*Refine it:* reply in its thread, for example “make it night”. Attach images to use them as references.",
            "*Start from your own pictures:* mention me with images attached and say what to do with them.",
            "*Shape:* `--ar 16:9` (or `auto`)   *Size:* `--size 512|1k|2k|4k`   *How many:* `--n 1..4`",
            f"*Model:* `--tier` with {tiers}",
            "*Look things up before drawing:* `--ground`   *Think less or more:* `--think low|high`",
            "*No hurry:* `--later` lets everybody else go first.",
            "Plain words at the end work as well: `a red fox 16:9 2k x4`.",
            f"*Changed your mind?* `{command} cancel` stops what you asked for here; in a thread, reply `cancel`.",
            f"*What was spent:* `{command} cost` by you, `{command} report` in this channel; or `… 2026-11`.",
            "Pictures are made by AI and can be wrong: look before you use them.",
        )
    )


def status(progress: Progress) -> str:
    """What the thread's status says: who waits for what, or that the model paints; 1 ahead means it is the next."""
    left = progress.until - time.time()
    if left > 0:
        return f"is waiting: the model is busy for another {_seconds(left)}…"
    if progress.ahead:
        return _in_line(progress)
    return PAINTING


def loading(status: str) -> tuple[str, ...]:
    """What stands beside the bot's name while it is at this: Slack shows these by themselves, without the name."""
    if status == PAINTING:
        return LOADING
    said = status.removeprefix("is ")
    return (said[0].upper() + said[1:],)


def cancelled(found: Cancelled) -> str:
    """What was called off. What is painted is shown, and what a model has begun may be billed: people ought to know."""
    stopped = f"I am stopping {_requests(found.at_work)} of yours. {STOPPING}"
    left = f"I have dropped {_requests(found.waiting)} of yours that had not begun."
    said = " ".join((stopped,) * bool(found.at_work) + (left,) * bool(found.waiting))
    return said or "Nothing of yours is waiting or being painted here."


def headline(turn: Turn, most: int = 2600) -> str:
    """Who asked for what, escaped for mrkdwn and at most a section long; `most` characters of what was asked."""
    how = HEADLINES.get(turn.act)
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


def of_some(said: str, pictures: Sequence[Picture]) -> str:
    """What is true of these pictures of several, but not of the others."""
    return f"{_numbers(pictures).capitalize()}: {said}"


def more_left_out(count: int) -> str:
    """How many files were left out beside those that are named."""
    return f"I left out {count} more file{'s' if count > 1 else ''}."


def judging(act: str, of: int, people: int) -> str:
    """The label of Keep or Discard: of one picture or of all, and how many people pressed it."""
    label = act.capitalize() + (" all" if of > 1 else "")
    return f"{label} · {people}" if people else label


def pick(number: int) -> str:
    """The label of a pick button."""
    return f"Pick {number}"


def picking(turn: Turn) -> str:
    """What several pictures ask for: until then the first that came is the one that replies go on from."""
    return f"Pick the one to go on from. Until then replies work on number {turn.pictures[0].index + 1}."


def picked(asker: str, number: int, turn: Turn) -> str:
    """Over a picked picture."""
    return f"<@{asker}> picked number {number}: {cut(escape(asked(turn)), BRIEF)}"


def confirmation(offer: Offer) -> str:
    """What a costly button asks before it does anything."""
    what = {
        Act.LITE: "The same request goes to the Lite model.",
        Act.FLASH: "The same request goes to the Flash model.",
        Act.PRO: "The same request goes to the Pro model; its picture appears in this thread.",
        Act.VARIATIONS: "Four variations of this picture are made.",
        Act.ENLARGE: "This picture is made again in 4K.",
    }[offer.act]
    return f"{what} {'They cost' if offer.act is Act.VARIATIONS else 'It costs'} about {bills.money(offer.price)}."


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


def _told(name: str, fact: str) -> str:
    """A fact as its sentence tells it: amounts as money, a moment in the reader's own time, words escaped."""
    if name == "resets":
        return bills.moment(fact)
    return escape(bills.exactly(fact) if name in AMOUNTS else fact)


def _in_line(progress: Progress) -> str:
    place = "next" if progress.ahead == 1 else f"number {progress.ahead}"
    if progress.later:
        return f"is letting others go first, {place} in line…"
    return f"is {place} in line…" if progress.ahead == 1 else f"is waiting, {place} in line…"


def _requests(count: int) -> str:
    return f"{count} request{'s' if count > 1 else ''}"


def _seconds(left: float) -> str:
    """In steps of ten, so that the status is not renewed for each second."""
    if left <= 90:
        return f"{10 * ceil(left / 10)} s"
    return f"{ceil(left / 60)} min" if left <= 5400 else f"{ceil(left / 3600)} h"


def _numbers(pictures: Sequence[Picture]) -> str:
    return "number " + ", ".join(str(picture.index + 1) for picture in pictures)


class _Facts(dict[str, str]):
    """A fact that an error forgot leaves a gap in its sentence, not a crash where people wait."""

    def __missing__(self, name: str) -> str:
        return ""

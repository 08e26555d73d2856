"""Every sentence the bot says. No other file has words that people read."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.catalogue import Catalogue, Model
from bot.domain.options import Options, Tier
from bot.domain.pictures import Picture
from bot.domain.prompt import parse
from bot.domain.requests import Act
from bot.domain.turns import Turn
from bot.ports import Offer
from bot.studio.repeating import ENLARGE, VARY
from handlers.sentences import FALLBACK, FOR_OPERATORS, SENTENCES

PAINTING = "is painting…"
LOADING = ("Mixing colours…", "Sketching the composition…", "Laying in the light…", "Working on the details…")
EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif"}
HEADLINES = {
    Act.AGAIN: "asked again",
    Act.VARIATIONS: "asked for variations",
    Act.PRO: "asked Pro",
    Act.ENLARGE: "asked for 4K",
}
LABELS = {Act.PRO: "Re-run with Pro", Act.AGAIN: "Again", Act.VARIATIONS: "Variations", Act.ENLARGE: "4K"}
PICKING = "Pick the one to go on from; until then replies work on number 1."
TRY_AGAIN, GO, CANCEL = "Try again", "Go ahead", "Cancel"
HELP = re.compile(r"^\W*(help|\?|usage)?\W*$", re.IGNORECASE)


def asks_for_help(text: str, has_files: bool = False) -> bool:
    """Whether someone typed nothing but "help", or nothing at all."""
    return HELP.match(text) is not None and not has_files


def sentence(reason: str, facts: dict[str, str]) -> str:
    """The sentence for an error's reason. Facts are people's or files' words, so they are escaped."""
    escaped = _Facts({name: escape(fact) for name, fact in facts.items()})
    if reason == "flag_unknown" and facts.get("suggestion"):
        reason = "flag_misspelt"
    if facts.get("instead"):
        escaped["instead"] = ", or add " + " or ".join(f"`--tier {tier}`" for tier in facts["instead"].split(", "))
    said = SENTENCES.get(reason, FALLBACK).format_map(escaped).strip()
    return f"{said}\n{_quoted(facts['words'])}" if facts.get("words") else said


def for_operator(reason: str, facts: dict[str, str]) -> str:
    """The sentence for the one who runs the bot, in a terminal: nothing is escaped."""
    return FOR_OPERATORS.get(reason, SENTENCES.get(reason, FALLBACK)).format_map(_Facts(facts))


def usage(catalogue: Catalogue, command: str) -> str:
    """What `help` shows."""
    tiers = ", ".join(f"`{tier}` {catalogue.of_tier(tier)[0].name}" for tier in Tier)
    return "\n".join(
        (
            f"*Make a picture:* `{command} a red fox in the snow`",
            "*Refine it:* reply in its thread, for example “make it night”. Attach images to use them as references.",
            "*Start from your own pictures:* mention me with images attached and say what to do with them.",
            "*Shape:* `--ar 16:9` (or `auto`)   *Size:* `--size 512|1k|2k|4k`   *How many:* `--n 1..4`",
            f"*Model:* `--tier` with {tiers}",
            "Plain words at the end work as well: `a red fox 16:9 2k x4`.",
            "Pictures are made by AI and can be wrong: look before you use them.",
        )
    )


def waiting(ahead: int) -> str:
    """The status of a request that waits for its turn at the model; 1 ahead means it is the next."""
    return "is next in line…" if ahead == 1 else f"is waiting, number {ahead} in line…"


def asked(turn: Turn) -> str:
    """What was asked, in the person's words, also where the model was told a button's."""
    return parse(turn.words).prompt if turn.prompt in (VARY, ENLARGE) else turn.prompt


def headline(turn: Turn) -> str:
    """Who asked for what, escaped for mrkdwn and at most a section long."""
    how = HEADLINES.get(turn.act)
    said = _cut(escape(asked(turn)), 2600)
    return f"<@{turn.asker}> {how}: {said}" if how else f"<@{turn.asker}>: {said}"


def alt(turn: Turn, picture: Picture) -> str:
    """What the picture was meant to show, for people who cannot see it; at most 1,000 characters."""
    of = f", {picture.index + 1} of {turn.options.count}" if turn.options.count > 1 else ""
    return f"AI-made picture{of}: {_cut(' '.join(asked(turn).split()), 900)}"


def details(turn: Turn, model: Model, pictures: tuple[Picture, ...]) -> str:
    """The small line: model, real pixels, seconds, price."""
    pixels = sorted({f"{picture.width}×{picture.height} px" for picture in pictures})
    cost = sum((picture.cost for picture in pictures), Decimal(0))
    given = len(turn.references)
    parts = [model.name, *pixels, f"{max(picture.seconds for picture in pictures):.1f} s", money(cost)]
    if given:
        parts.append(f"{given} reference{'s' if given > 1 else ''}")
    return " · ".join(parts)


def missing(turn: Turn) -> str:
    """How many of several pictures did not come, and why."""
    why = sentence(turn.trouble.reason, turn.trouble.facts) if turn.trouble else ""
    return f"{turn.missing} of {turn.options.count} did not come. {why}".strip()


def more_left_out(count: int) -> str:
    """How many files were left out beside those that are named."""
    return f"I left out {count} more file{'s' if count > 1 else ''}."


def pick(number: int) -> str:
    """The label of a pick button."""
    return f"Pick {number}"


def picked(asker: str, number: int, turn: Turn) -> str:
    """Over a picked picture."""
    return f"<@{asker}> picked number {number}: {_cut(escape(asked(turn)), 2600)}"


def confirmation(offer: Offer) -> str:
    """What a costly button asks before it does anything."""
    what = {
        Act.PRO: "The same request goes to the Pro model and the result is posted beside this one.",
        Act.VARIATIONS: "Four variations of this picture are made.",
        Act.ENLARGE: "This picture is made again in 4K.",
    }[offer.act]
    return f"{what} It costs about {money(offer.price)}."


def flags(options: Options) -> str:
    """The options as they would be typed."""
    typed = (("--ar", options.ratio), ("--size", options.size), ("--tier", options.tier))
    several = f" --n {options.count}" if options.count > 1 else ""
    return "".join(f" {flag} {value.lower()}" for flag, value in typed if value) + several


def money(amount: Decimal) -> str:
    """US dollars with as many places as matter."""
    return f"${amount:.3f}" if amount < 1 else f"${amount:.2f}"


def file_name(prompt: str, index: int, mime: str) -> str:
    """A name that says what the file is, safe everywhere."""
    slug = re.sub(r"[^a-z0-9]+", "-", prompt.lower()).strip("-")[:60].strip("-") or "picture"
    return f"{slug}-{index + 1}.{EXTENSIONS.get(mime, 'png')}"


def escape(text: str) -> str:
    """The three characters that Slack gives a meaning."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(words: str) -> str:
    """Someone else's words, every line of them marked as a quotation."""
    return "\n".join(f"> {line}" for line in _cut(escape(words), 2000).splitlines() if line.strip())


def _cut(text: str, most: int) -> str:
    """At most so many characters, never ending inside an escape such as `&amp;`."""
    return text if len(text) <= most else re.sub(r"&[a-z]{0,3}$", "", text[: most - 1]) + "…"


class _Facts(dict[str, str]):
    """A fact that an error forgot leaves a gap in its sentence, not a crash where people wait."""

    def __missing__(self, name: str) -> str:
        return ""

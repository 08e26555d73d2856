"""How an error's reason and facts become a sentence (all of them are in `sentences`), and what `help` shows."""

from __future__ import annotations

import re

from bot.catalogue import Catalogue
from bot.domain.markup import plain
from handlers import bills
from handlers.mrkdwn import escape, quoted
from handlers.sentences import FALLBACK, FOR_OPERATORS, SENTENCES

MOST_TYPED = 12_000  # characters; Slack takes 40,000 in a message's text
HELD = "What was made is kept: *Try again* shows it, and costs nothing more."
AMOUNTS = frozenset({"amount", "left", "budget"})
ALONE = {"budget_person": "budget_person_alone", "budget_workspace": "budget_workspace_alone"}
HELP = re.compile(r"\W*+(?:help|usage)?\W*+\Z", re.IGNORECASE)


def asks_for_help(text: str) -> bool:
    """Whether someone typed nothing but "help", or nothing at all."""
    return HELP.match(text) is not None


def sentence(reason: str, facts: dict[str, str]) -> str:
    """The sentence for an error's reason. Facts are people's or files' words, so they are escaped."""
    escaped = _Facts({name: _told(name, fact) for name, fact in facts.items()})
    if reason == "flag_unknown" and facts.get("suggestion"):
        reason = "flag_misspelt"
    if reason == "model_busy" and facts.get("resets"):
        reason = "model_busy_until"
    if reason in ALONE and bills.is_more(facts.get("amount", ""), facts.get("budget", "")):
        reason = ALONE[reason]  # it would be so tomorrow
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


def _told(name: str, fact: str) -> str:
    """A fact as its sentence tells it: amounts as money, a moment in the reader's own time, words escaped."""
    if name == "resets":
        return bills.moment(fact)
    return escape(bills.exactly(fact) if name in AMOUNTS else fact)


class _Facts(dict[str, str]):
    """A fact that an error forgot leaves a gap in its sentence, not a crash where people wait."""

    def __missing__(self, name: str) -> str:
        return ""

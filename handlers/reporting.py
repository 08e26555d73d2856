"""The report on what a channel's pictures cost: a table, a plot, and what they show. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.domain.spend import TierSpend
from bot.imaging.chart import Bar, Panel, chart
from bot.ports import Report
from handlers.bills import money, tier_name
from handlers.blocks import Block, Message, context, section
from handlers.claims import claim
from handlers.statements import month, uncertain

COLUMNS = ("Where", "Tier", "Pictures", "Judged", "Kept", "Spend", "Per kept picture")
WORDS = 2  # columns that hold words; the others hold figures
NONE_KEPT, NO_PICTURES = "none kept", "–"
CHANNEL, WORKSPACE = "This channel", "Workspace"


def is_empty(report: Report) -> bool:
    """Whether there is nothing to put into a table."""
    return not any(_happened(spend) for spend in (*report.channel, *report.workspace))


def has_bars(report: Report) -> bool:
    """Whether anything was kept, here or elsewhere in the workspace: a plot of nothing says nothing."""
    return any(spend.per_kept is not None for spend in (*report.channel, *report.workspace))


def empty(report: Report) -> Message:
    """What is said of a month in which nothing was painted."""
    said = f"No pictures were made in {month(report.month)}, here or anywhere in this workspace, so nothing was spent."
    return Message(said, [section(said)])


def message(report: Report, plot: str) -> Message:
    """The whole report; `plot` is Slack's id of the drawn plot's file, or "" where Slack would not take it."""
    shown = claim(_in_use(report.channel))
    doubt = uncertain(report.workspace)
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": title(report)}},
        section(shown),
        _table(report),
        *([_image(report, plot)] if plot else []),
        *([context(f"{doubt} That is in the whole workspace.")] if doubt else []),
    ]
    return Message(f"{title(report)}\n{shown}", blocks)


def title(report: Report) -> str:
    """Over the report."""
    return f"What pictures cost in {month(report.month)}"


def draw(report: Report) -> bytes:
    """The plot, as PNG: what a kept picture cost, by tier, here and in the whole workspace."""
    panels = [Panel(_heading(where, spends), tuple(map(_bar, spends))) for where, spends in _sections(report)]
    return chart(f"Cost per kept picture, {month(report.month)}", panels)


def alt(report: Report) -> str:
    """The plot's figures, for people who cannot see it."""
    told = [f"{_heading(where, spends)}: {_told(spends)}" for where, spends in _sections(report)]
    return f"Bar chart of the cost per kept picture in {month(report.month)}. {'. '.join(told)}."


def _image(report: Report, plot: str) -> Block:
    return {"type": "image", "slack_file": {"id": plot}, "alt_text": alt(report)}


def _table(report: Report) -> Block:
    rows = [_row(where, spend) for where, spends in _sections(report) for spend in spends]
    settings = [{"align": "left" if n < WORDS else "right"} for n in range(len(COLUMNS))]
    return {"type": "table", "column_settings": settings, "rows": [_cells(COLUMNS), *rows]}


def _row(where: str, spend: TierSpend) -> list[dict[str, Any]]:
    figures = (str(spend.pictures), str(spend.judged), str(spend.kept), money(spend.spend), _per_kept(spend))
    return _cells((where, tier_name(spend.tier), *figures))


def _cells(words: Sequence[str]) -> list[dict[str, Any]]:
    return [{"type": "raw_text", "text": each} for each in words]


def _sections(report: Report) -> tuple[tuple[str, list[TierSpend]], ...]:
    return (CHANNEL, _in_use(report.channel)), (WORKSPACE, _in_use(report.workspace))


def _in_use(spends: Sequence[TierSpend]) -> list[TierSpend]:
    return [spend for spend in spends if _happened(spend)]


def _happened(spend: TierSpend) -> bool:
    return bool(spend.calls)


def _heading(where: str, spends: Sequence[TierSpend]) -> str:
    return where if spends else f"{where} (nothing was asked for)"


def _bar(spend: TierSpend) -> Bar:
    return Bar(tier_name(spend.tier), spend.per_kept, _per_kept(spend))


def _per_kept(spend: TierSpend) -> str:
    if spend.per_kept is not None:
        return money(spend.per_kept)
    return NONE_KEPT if spend.pictures else NO_PICTURES


def _told(spends: Sequence[TierSpend]) -> str:
    told = [f"{tier_name(spend.tier)} {_per_kept(spend)}" for spend in spends]
    return ", ".join(told).replace(NO_PICTURES, "no pictures") or "no figures"

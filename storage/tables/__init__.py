"""The tables. The migrations make them; a test proves that both say the same."""

from __future__ import annotations

from storage.tables.conversation import parts, pictures, references, threads, turns
from storage.tables.gone import departures, retirements
from storage.tables.money import ledger, remembered, under_way
from storage.tables.schema import metadata
from storage.tables.shown import displays, posts, verdicts
from storage.tables.work import executors, on_picture, requests, tickets, waiting, working

__all__ = [
    "departures",
    "displays",
    "executors",
    "ledger",
    "metadata",
    "on_picture",
    "parts",
    "pictures",
    "posts",
    "references",
    "remembered",
    "requests",
    "retirements",
    "threads",
    "tickets",
    "turns",
    "under_way",
    "verdicts",
    "waiting",
    "working",
]

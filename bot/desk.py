"""What taking in and working need alike: everything that outlives the process, and who speaks for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.catalogue import Catalogue
from bot.domain.limits import Limits
from bot.domain.spend import Budgets
from bot.outside import Slack
from bot.settings import Settings
from bot.studio.lineup import Lineup
from bot.studio.spending import Spending
from handlers.delivery import SlackMessenger
from storage.database import Database
from storage.ledger import SqlLedger
from storage.posts import SqlPosts
from storage.requests import SqlRequests
from storage.retirements import SqlRetirements
from storage.threads import SqlThreads
from storage.turns import SqlTurns
from storage.verdicts import SqlVerdicts


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything that outlives the process in the database."""

    database: Database
    requests: SqlRequests
    threads: SqlThreads
    turns: SqlTurns
    posts: SqlPosts
    verdicts: SqlVerdicts
    retirements: SqlRetirements
    ledger: SqlLedger


def _kept(settings: Settings, database: Database, budgets: Budgets, limits: Callable[[], Limits]) -> Kept:
    return Kept(
        database,
        SqlRequests(database, executor=settings.executor),
        SqlThreads(database),
        SqlTurns(database),
        SqlPosts(database),
        SqlVerdicts(database),
        SqlRetirements(database),
        SqlLedger(database, budgets, ZoneInfo(settings.timezone), settings.executor, limits=limits),
    )


@dataclass(frozen=True, slots=True)
class Desk:
    """What taking in and working need alike."""

    kept: Kept
    lineup: Lineup
    messenger: SlackMessenger
    spending: Spending


async def laid_out(
    settings: Settings, database: Database, slack: Slack, catalogue: Catalogue, limits: Callable[[], Limits]
) -> Desk:
    """Everything in this database, with the models that are not known to be retired. `limits`: those that hold now."""
    budgets = Budgets(settings.budget_person_day, settings.budget_workspace_month)
    kept = _kept(settings, database, budgets, limits)
    lineup = Lineup(catalogue, kept.retirements)
    await lineup.look()
    messenger = SlackMessenger(slack.client, slack.session, kept.posts, catalogue)
    return Desk(kept, lineup, messenger, Spending(kept.ledger, messenger, budgets, ZoneInfo(settings.timezone)))

"""What somebody has spent, said at once to whoever asks, by a command or in a message."""

from __future__ import annotations

import structlog

from bot.domain.inquiries import Inquiry
from bot.errors import PersonCanFix
from bot.studio.spending import Spending
from handlers import wording
from handlers.patience import within
from handlers.statements import statement

log = structlog.get_logger()

PATIENCE = 2.0  # seconds: Slack waits for three


async def told(spending: Spending, team: str, asker: str, asked: Inquiry) -> str:
    """The statement, or a sentence on why there is none."""
    try:
        return statement(await within(PATIENCE, spending.statement(team, asker, asked.month)))
    except PersonCanFix as fault:
        return wording.sentence(fault.reason, fault.facts)
    except Exception as fault:
        log.error("cost_not_read", exc_info=fault)
        return wording.sentence("cost_unread", {})

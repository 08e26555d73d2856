"""What a run has spent: as the ledger has it, and as the provider bills it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from storage.columns import PICO
from tests.chaos.evidence import Evidence
from tests.chaos.rules import Rules


def overspending(evidence: Evidence, rules: Rules) -> Iterator[str]:
    """No budget passed: not by what the ledger counts, and not by what the provider bills."""
    for source, spent in (("ledger", counted(evidence)), ("provider", billed(evidence))):
        for person, dollars in spent.items():
            if dollars > rules.person_day:
                yield f"{person} spent ${dollars} of ${rules.person_day}, says the {source}"
        if (total := sum(spent.values(), Decimal())) > rules.workspace_month:
            yield f"the workspace spent ${total} of ${rules.workspace_month}, says the {source}"


def unaccounted(evidence: Evidence, _rules: Rules) -> Iterator[str]:
    """No call without a row in the ledger, and nobody billed for more than the ledger counts; none left open."""
    if len(evidence.calls) > len(evidence.ledger):
        yield f"{len(evidence.calls)} calls, {len(evidence.ledger)} rows in the ledger"
    written = counted(evidence)
    for person, dollars in billed(evidence).items():
        if dollars > written[person]:
            yield f"{person} is billed ${dollars}, and the ledger counts ${written[person]}"
    yield from (f"still open: {row.turn}" for row in evidence.ledger if row.outcome == "open")


def counted(evidence: Evidence) -> dict[str, Decimal]:
    """Dollars by person, as the ledger counts them against budgets."""
    spent: dict[str, Decimal] = defaultdict(Decimal)
    for row in evidence.ledger:
        spent[row.asker] += row.counts * PICO
    return spent


def billed(evidence: Evidence) -> dict[str, Decimal]:
    """Dollars by person, as the provider bills them, also for answers that nobody was there to hear."""
    spent: dict[str, Decimal] = defaultdict(Decimal)
    for call in evidence.calls:
        spent[call.person] += call.bill
    return spent

"""What was spent: one entry for each call to a model, written before it is made and settled after it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.domain.options import Size, Tier
from bot.domain.requests import Place

NOWHERE = Place("", "")


class Outcome(StrEnum):
    """How a call to a model ended, and so whether it costs."""

    OPEN = "open"  # under way; its hold counts against the budgets
    PAID = "paid"  # a picture came; priced by the usage the provider returned
    REFUSED = "refused"  # the model declined; words and thinking are priced by the usage, a blocked picture is not
    FREE = "free"  # turned away before any work: busy, over quota, retired, no such key
    FAILED = "failed"  # it broke, timed out or came back with nothing; priced only if usage came back
    UNKNOWN = "unknown"  # the process died in between: it may have been billed, so its hold goes on counting


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call, by kind.

    `total` is what the provider says; on refusals only it can be trusted, because the other counts overlap. `image` are
    the tokens of pictures that came out, `prompt_image` those of pictures that went in (part of `prompt`), `thinking`
    those of thoughts. `pictures` counts pictures that came out, drafts included; `queries` the searches made.
    """

    prompt: int = 0
    image: int = 0
    total: int = 0
    prompt_image: int = 0
    thinking: int = 0
    pictures: int = 0
    queries: int = 0


@dataclass(frozen=True, slots=True)
class Errand:
    """Whom and what a call is for: the picture `index` of a turn that `asker` asked for at `place`."""

    turn: str = ""
    index: int = 0
    asker: str = ""
    place: Place = NOWHERE


NOBODY = Errand()


@dataclass(frozen=True, slots=True)
class Entry:
    """A call about to be made. `held` is what it may cost, in US dollars, taken out of the budgets until it is settled.

    `size` is the size asked for, or the model's usual one; `route` the provider's way to the model.
    """

    id: str
    errand: Errand
    model: str
    tier: Tier
    route: str
    size: Size
    held: Decimal


UNCOUNTED = Usage()


@dataclass(frozen=True, slots=True)
class Bill:
    """What became of a call: its price in US dollars, and the reason where there is no picture."""

    outcome: Outcome
    usage: Usage = UNCOUNTED
    price: Decimal = Decimal(0)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Budgets:
    """The most that may be spent, in US dollars: by a person in a day, by a workspace in a month. None: no limit."""

    person_day: Decimal | None = None
    workspace_month: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose spending: a workspace's, narrowed to a channel or a person where these are not empty."""

    team: str
    channel: str = ""
    asker: str = ""


@dataclass(frozen=True, slots=True)
class TierSpend:
    """One tier's figures for a scope and a period.

    `spend` is what its calls cost, refused ones included; `unknown` what calls may have cost whose outcome nobody
    knows. `pictures` came out, of which somebody `judged` and kept some.
    """

    tier: Tier
    calls: int
    spend: Decimal
    unknown: Decimal
    pictures: int
    judged: int
    kept: int

    @property
    def per_kept(self) -> Decimal | None:
        """US dollars for each kept picture; None while none is kept."""
        return self.spend / self.kept if self.kept else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A person's word on a picture. Of several from one person the latest `moment` holds.

    `moment` is in microseconds since 1970, by Slack's clock. `by_reaction`: a thumb on the message, not a button. A
    thumb that is taken off has `said` what it had said, and `kept` what another thumb of the same person still says,
    None without one; it changes nothing but a thumb's same word, and where thumbs have left no word.
    """

    picture: str
    person: str
    kept: bool | None
    moment: int
    by_reaction: bool = False
    said: bool | None = None

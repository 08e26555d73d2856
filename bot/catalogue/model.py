"""What is known of one model, as `models.toml` says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bot.domain.options import Size, Tier

LONGEST_PROMPT = 8_000
SHARE_FOR_WORDS = 4

Pixels = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Prices:
    """US dollars for a million tokens: of text and pictures in, of text and thinking out, of pictures out.

    `search` is US dollars for a thousand search queries.
    """

    text_in: Decimal
    text_out: Decimal
    image_out: Decimal
    search: Decimal


@dataclass(frozen=True, slots=True)
class History:
    """The most of a conversation that goes back with a request: turns, bytes of pictures, tokens."""

    turns: int
    bytes: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Model:
    """A model. `id` is the provider's name for it, and nothing but a key; `name` is shown to people.

    `references` is the most pictures it takes in, `usual` the size it paints when none is asked for. What every field
    means, and where it comes from, stands at the head of `models.toml`.
    """

    id: str
    name: str
    tier: Tier
    order: int
    ratios: tuple[str, ...]
    sizes: tuple[Size, ...]
    usual: Size
    sends_size: bool
    references: int
    mimes: tuple[str, ...]
    picture_bytes: int
    input_tokens: int
    reference_tokens: int
    history: History
    output_limit: int
    thinking: tuple[str, ...]
    thinking_tokens: int
    search: tuple[str, ...]
    needs_signatures: bool
    prices: Prices
    successor: str
    source: str
    checked: date
    output_tokens: Mapping[Size, int] = field(hash=False)
    seconds: Mapping[Size, int] = field(hash=False)
    timeouts: Mapping[Size, int] = field(hash=False)
    pixels: Mapping[str, Mapping[Size, Pixels]] = field(hash=False)

    @property
    def prompt_limit(self) -> int:
        """The longest prompt in characters.

        Of the tokens that a full load of references leaves, prompts may take a quarter (a character of some scripts is
        a token or more, and a conversation carries its earlier turns along); and no sentence need be longer than
        LONGEST_PROMPT.
        """
        return max(1, min(LONGEST_PROMPT, self.tokens_left // SHARE_FOR_WORDS))

    @property
    def tokens_left(self) -> int:
        """Tokens of a request that are left when it carries as many references as the model takes."""
        return self.input_tokens - self.references * self.reference_tokens

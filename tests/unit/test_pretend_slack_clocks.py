"""Everything in the pretend Slack that runs on a clock, with a clock turned by hand."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot.playground.slack.clock import Clock, fresh_id
from bot.playground.slack.quotas import Quotas
from bot.playground.slack.refusals import Refusal
from bot.playground.slack.reply_urls import ReplyUrls
from bot.playground.slack.triggers import Triggers


@dataclass
class Hand:
    """A clock that stands still until it is moved."""

    at: float = 1000.0

    def __call__(self) -> float:
        return self.at


def test_a_trigger_lives_three_seconds() -> None:
    hand = Hand()
    triggers = Triggers(hand)
    early, late = triggers.hand_out("U0ANA"), triggers.hand_out("U0BEN")
    hand.at += 3.0
    assert triggers.exchange(early) == "U0ANA"
    hand.at += 0.1
    with pytest.raises(Refusal, match="expired_trigger_id"):
        triggers.exchange(late)


def test_a_response_url_lives_half_an_hour() -> None:
    hand = Hand()
    urls = ReplyUrls(hand)
    token = urls.hand_out("C0GENERAL", "U0ANA", None)
    hand.at += 30 * 60
    assert urls.look_up(token).person == "U0ANA"
    hand.at += 1
    with pytest.raises(Refusal, match="expired_url"):
        urls.look_up(token)


def test_posting_recovers_one_a_second_in_each_channel() -> None:
    hand = Hand()
    quotas = Quotas(hand)
    waits = [quotas.spend("chat.postMessage", "post", "C1") for _ in range(5)]
    assert waits == [0, 0, 0, 0, 1]
    assert quotas.spend("chat.postMessage", "post", "C2") == 0
    hand.at += 1.0
    assert quotas.spend("chat.postMessage", "post", "C1") == 0
    assert quotas.spend("chat.postMessage", "post", "C1") == 1


@pytest.mark.parametrize(("tier", "a_minute"), [("t1", 1), ("t2", 20), ("t3", 50), ("t4", 100)])
def test_tiers_let_so_many_through_in_a_minute(tier: str, a_minute: int) -> None:
    hand = Hand()
    quotas = Quotas(hand)
    assert [quotas.spend("m", tier, "") for _ in range(a_minute)] == [0] * a_minute
    wait = quotas.spend("m", tier, "")
    assert wait >= 1
    hand.at += wait
    assert quotas.spend("m", tier, "") == 0


def test_timestamps_and_ids_do_not_repeat() -> None:
    clock = Clock()
    stamps = [clock.tick() for _ in range(1000)]
    assert stamps == sorted(set(stamps))
    assert len({fresh_id("F") for _ in range(1000)}) == 1000

"""What the rooms need from outside, as protocols. Wiring hands in what keeps each promise."""

from bot.domain.spend import Usage
from bot.ports.chat import Heard, Messenger, Offer, Operator, Progress, Report, Slackside, Statement
from bot.ports.models import Answer, Ask, Engine, Exchange, Given, Said
from bot.ports.money import Ledger, Retirements, Verdicts
from bot.ports.places import Places
from bot.ports.store import Accepted, Cancelled, Executors, Intent, Pictures, Posts, Requests, Threads, Turns

__all__ = [
    "Accepted",
    "Answer",
    "Ask",
    "Cancelled",
    "Engine",
    "Exchange",
    "Executors",
    "Given",
    "Heard",
    "Intent",
    "Ledger",
    "Messenger",
    "Offer",
    "Operator",
    "Pictures",
    "Places",
    "Posts",
    "Progress",
    "Report",
    "Requests",
    "Retirements",
    "Said",
    "Slackside",
    "Statement",
    "Threads",
    "Turns",
    "Usage",
    "Verdicts",
]

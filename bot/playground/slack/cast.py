"""Who and where: the demo people and the channels every fresh world begins with."""

from dataclasses import dataclass

from bot.playground import keys
from bot.playground.slack.channel import Channel


@dataclass(frozen=True)
class Person:
    """Who may be in a channel; `color` is the page's colour for them, as Slack's users.info has one.

    `team` is another one's for somebody of another company, who meets the workspace in shared channels only.
    """

    id: str
    name: str
    real_name: str
    color: str
    is_bot: bool = False
    team: str = keys.TEAM_ID


def people(bot_name: str) -> dict[str, Person]:
    """Everybody in the workspace by id, the app's own user and Slackbot among them."""
    everybody = [
        Person("U0ANA", "ana", "Ana", "b3446c"),
        Person("U0BEN", "ben", "Ben", "2f6f8f"),
        Person("U0CHIDI", "chidi", "Chidi", "5f7d2b"),
        Person(keys.BOT_USER, bot_name.lower(), bot_name, "4a2545", is_bot=True),
        Person(keys.SLACKBOT, "slackbot", "Slackbot", "757575", is_bot=True),
    ]
    return {person.id: person for person in everybody}


def channels() -> dict[str, Channel]:
    """The channels by id: two with the app in them, one without, and a direct message per person."""
    humans = {"U0ANA", "U0BEN", "U0CHIDI"}
    rooms = [
        Channel("C0GENERAL", "general", "channel", humans | {keys.BOT_USER}),
        Channel("C0DESIGN", "design", "channel", humans | {keys.BOT_USER}),
        Channel("C0RANDOM", "random", "channel", set(humans)),
        Channel("D0ANA", "ana", "im", {"U0ANA", keys.BOT_USER}),
        Channel("D0BEN", "ben", "im", {"U0BEN", keys.BOT_USER}),
        Channel("D0CHIDI", "chidi", "im", {"U0CHIDI", keys.BOT_USER}),
    ]
    return {room.id: room for room in rooms}

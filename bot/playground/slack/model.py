"""The state of the pretend Slack: one workspace with one app installed."""

from typing import Any

from bot.playground.slack import cast
from bot.playground.slack.channel import Channel
from bot.playground.slack.chores import Chores
from bot.playground.slack.clock import Clock
from bot.playground.slack.deliveries import Deliveries
from bot.playground.slack.faults import Faults
from bot.playground.slack.file import File
from bot.playground.slack.installation import Installation
from bot.playground.slack.journal import Journal
from bot.playground.slack.live import Live
from bot.playground.slack.quotas import Quotas
from bot.playground.slack.reply_urls import ReplyUrls
from bot.playground.slack.settings import Settings
from bot.playground.slack.shapes import Json
from bot.playground.slack.sockets import Sockets
from bot.playground.slack.statuses import Status
from bot.playground.slack.triggers import Triggers


class Slack:
    """Everything the pretend Slack knows. `url` is the world's own address, without a slash at the end."""

    def __init__(self, manifest: dict[str, Any]) -> None:
        self.installation = Installation.read(manifest)
        self.url = ""
        self.sockets = Sockets()
        self.live = Live()
        self.chores = Chores()
        self.clock = Clock()
        self.settings = Settings()
        self.journal = Journal()
        self.deliveries = Deliveries(self.sockets, self.settings, self.journal)
        self.sockets.watch = self.announce
        self.people: dict[str, cast.Person]
        self.channels: dict[str, Channel]
        self.forget()

    def start_again(self) -> None:
        """Forget everything and have every page load anew."""
        self.forget()
        self.reload_pages()

    def reload_pages(self) -> None:
        """Have every page fetch everything anew."""
        self.live.push_all({"type": "reset"})

    def announce(self) -> None:
        """Let every page know whether and how the app can be reached."""
        self.live.push_all({"type": "presence", "mode": self.deliveries.mode})

    def forget(self) -> None:
        """Begin again with an empty workspace; the app's sockets and the open pages stay connected."""
        self.installed = True
        self.people = cast.people(self.installation.name)
        self.channels = cast.channels()
        self.files: dict[str, File] = {}
        self.uploads: dict[str, str] = {}
        self.views: dict[str, Json] = {}
        self.homes: dict[str, Json] = {}
        self.statuses: dict[tuple[str, str], Status] = {}
        self.faults = Faults()
        self.quotas = Quotas()
        self.triggers = Triggers()
        self.reply_urls = ReplyUrls()
        self.settings.restore()
        self.journal.clear()
        self.chores.drop()

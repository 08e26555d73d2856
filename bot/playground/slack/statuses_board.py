"""Putting statuses up and taking them down."""

from bot.playground.slack.channel import Channel
from bot.playground.slack.model import Slack
from bot.playground.slack.shapes import Message
from bot.playground.slack.statuses import SECONDS, Status


def put_up(slack: Slack, room: Channel, thread_ts: str, text: str, loading_messages: list[str]) -> None:
    """Show a status in a thread for at most two minutes; an empty text takes it down."""
    if not text:
        take_down(slack, room, thread_ts)
        return
    status = Status(text, loading_messages)
    slack.statuses[room.id, thread_ts] = status
    _show(slack, room, thread_ts, text, loading_messages)
    slack.chores.later(SECONDS, lambda: _expire(slack, room, thread_ts, status))


def take_down(slack: Slack, room: Channel, thread_ts: str) -> None:
    """Remove a status, if there is one."""
    if slack.statuses.pop((room.id, thread_ts), None) is not None:
        _show(slack, room, thread_ts, "", [])


def clear_after_post(slack: Slack, room: Channel, posted: Message) -> None:
    """Slack removes a thread's status as soon as the app posts in that thread."""
    take_down(slack, room, str(posted.get("thread_ts") or posted["ts"]))


def _expire(slack: Slack, room: Channel, thread_ts: str, status: Status) -> None:
    if slack.statuses.get((room.id, thread_ts)) is status:
        take_down(slack, room, thread_ts)


def _show(slack: Slack, room: Channel, thread_ts: str, text: str, loading_messages: list[str]) -> None:
    news = {"type": "status", "channel": room.id, "thread_ts": thread_ts, "status": text}
    slack.live.push(room.members, news | {"loading_messages": loading_messages})

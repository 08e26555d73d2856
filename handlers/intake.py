"""From Slack's payloads to an `ImageRequest`: pure, so that recorded payloads can be read without a Slack."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.requests import Act, Attachment, ImageRequest, Place

OURS_TO_READ = frozenset({"", "file_share", "thread_broadcast"})
ASIDES = ("<@", "<!subteam^", "<!here", "<!channel", "<!everyone")


@dataclass(frozen=True, slots=True)
class Me:
    """Who the bot is: `team` is the workspace that runs it, `enterprise` its organisation on Enterprise Grid, or "".

    What a delivery says about teams is about whoever acts in it, and that may be somebody of another company.
    """

    team: str
    user: str
    bot: str
    enterprise: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """A message event that may be for us.

    `mentioned` and `direct` are. Another reply is if its thread is ours, unless it is an `aside`.
    """

    request: ImageRequest
    mentioned: bool
    direct: bool
    under_me: bool  # the thread's first message is the bot's own
    aside: bool  # addressed to colleagues: it begins with somebody else's name, a group's, or everybody's

    @property
    def in_thread(self) -> bool:
        """Whether it is a reply, not the first message of its thread."""
        return self.request.place.thread != self.request.ts


def of_command(command: dict[str, Any], team: str) -> ImageRequest:
    """A slash command. A command has no message, so its `trigger_id`, unique to one typing of it, is its key."""
    trigger = command["trigger_id"]
    return ImageRequest(
        key=f"command:{team}:{trigger}",
        act=Act.COMMAND,
        place=Place(team, command["channel_id"]),
        asker=command["user_id"],
        ts="0",
        text=command.get("text") or "",
        answer_url=command.get("response_url") or "",
    )


def of_report(command: dict[str, Any], team: str, month: str) -> ImageRequest:
    """A slash command that asks for a report on a month ("2026-11"), which is the request's text."""
    return replace(of_command(command, team), act=Act.REPORT, text=month)


def of_message(event: dict[str, Any], team: str, me: Me) -> Heard | None:
    """An `app_mention` or `message` event; None for what is nobody's request (bots, edits, joins).

    The key is made from the message, not from the event: a mention arrives as two events with two event ids.
    """
    if event.get("bot_id") or event.get("user") in (None, me.user) or (event.get("subtype") or "") not in OURS_TO_READ:
        return None
    if not (event.get("channel") and event.get("ts")):
        return None
    ts = event["ts"]
    text = event.get("text") or ""
    place = Place(team, event["channel"], event.get("thread_ts") or ts)
    direct = event.get("channel_type") == "im" or event["channel"].startswith("D")
    mentioned = event["type"] == "app_mention" or f"<@{me.user}>" in text
    reply = place.thread != ts and not mentioned
    request = ImageRequest(
        key=key_of_message(place, ts),
        act=Act.REPLY if reply else Act.MENTION,
        place=place,
        asker=event["user"],
        ts=ts,
        text=without_mention(text, me.user),
        attachments=attachments(event),
        partial=event["type"] == "app_mention" and not event.get("files"),
    )
    under_me = event.get("parent_user_id") == me.user
    return Heard(request, mentioned, direct, under_me, aside=text.lstrip().startswith(ASIDES) and not mentioned)


def key_of_message(place: Place, ts: str) -> str:
    """The key of what a message asks for."""
    return f"message:{place.team}:{place.channel}:{ts}"


def deleted(event: dict[str, Any]) -> str:
    """The timestamp of the message whose deletion this event tells; "". One with replies becomes a tombstone."""
    subtype, message = event.get("subtype"), event.get("message") or {}
    if subtype == "message_changed" and message.get("subtype") == "tombstone":
        return str(message["ts"])
    return str(event.get("deleted_ts") or "") if subtype == "message_deleted" else ""


def of_click(body: dict[str, Any], action: dict[str, Any], team: str) -> ImageRequest:
    """A button under a picture. `action_ts` tells one press from the next, and is the same when one comes twice."""
    message, channel = body["message"], body["channel"]["id"]
    act = Act(action["action_id"].partition(":")[0])
    return ImageRequest(
        key=f"click:{team}:{channel}:{message['ts']}:{action['action_id']}:{action['action_ts']}:{body['user']['id']}",
        act=act,
        place=Place(team, channel, message.get("thread_ts") or message["ts"]),
        asker=body["user"]["id"],
        ts=action["action_ts"],
        picture=action["value"],
        text=message["ts"],
        answer_url=body.get("response_url") or "",
    )


def without_mention(text: str, user: str) -> str:
    """The text without the bot's name in it."""
    mention = rf"(?:(?<![ \t])[ \t]++)?<@{re.escape(user)}(?:\|[^<>]*+)?>[ \t]*+"
    return re.sub(mention, " ", text).strip()


def attachments(message: dict[str, Any]) -> tuple[Attachment, ...]:
    """A message's files in the order attached, its own and those of a message forwarded in it, each once.

    A deleted one leaves a tombstone, which is no file.
    """
    inside = [file for forwarded in message.get("attachments") or [] for file in forwarded.get("files") or []]
    files = [file for file in [*(message.get("files") or []), *inside] if file.get("mode") != "tombstone"]
    found = (Attachment(file["id"], file.get("name") or file.get("title") or "the file") for file in files)
    return tuple({attachment.file: attachment for attachment in found}.values())

"""Deliveries made by hand, as Slack makes them and as it never should."""

from __future__ import annotations

from typing import Any

from bot.playground import keys
from tests.stories.story import Story

LONG_AGO = "1731000000.000100"


def command(text: str, **fields: Any) -> dict[str, Any]:
    """A slash command's payload."""
    told = {
        "command": "/imagine",
        "text": text,
        "team_id": keys.TEAM_ID,
        "channel_id": "C0GENERAL",
        "user_id": "U0ANA",
        "trigger_id": "1234.5678.abcdef",
        "response_url": "",
        "api_app_id": keys.APP_ID,
    }
    return told | fields


def event(kind: str = "message", **fields: Any) -> dict[str, Any]:
    """An event's envelope around a message in #general; a field of `...` is left out."""
    told: dict[str, Any] = {
        "type": kind,
        "user": "U0ANA",
        "text": f"<@{keys.BOT_USER}> a red fox",
        "ts": LONG_AGO,
        "event_ts": LONG_AGO,
        "channel": "C0GENERAL",
        "channel_type": "channel",
    }
    told = {name: value for name, value in (told | fields).items() if value is not ...}
    return {
        "type": "event_callback",
        "team_id": keys.TEAM_ID,
        "api_app_id": keys.APP_ID,
        "event_id": f"Ev{kind}",
        "event_time": 1731000000,
        "event": told,
        "authorizations": [{"team_id": keys.TEAM_ID, "user_id": keys.BOT_USER, "is_bot": True}],
    }


def click(message: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A press on "Again" under this message, whose button carries `value`."""
    pressed = {"type": "button", "action_id": "again", "block_id": "b", "value": "", "action_ts": LONG_AGO}
    return {
        "type": "block_actions",
        "team": {"id": keys.TEAM_ID, "domain": "playground"},
        "user": {"id": "U0ANA", "username": "ana", "team_id": keys.TEAM_ID},
        "api_app_id": keys.APP_ID,
        "channel": {"id": "C0GENERAL", "name": "general"},
        "message": message,
        "container": {"type": "message", "message_ts": message.get("ts"), "channel_id": "C0GENERAL"},
        "trigger_id": "1.2.c",
        "response_url": "",
        "actions": [pressed | fields],
    }


async def deliver(story: Story, kind: str, payload: dict[str, Any], **headers: str) -> dict[str, Any]:
    """Hand it to the bot once; what the bot answered."""
    return await story.post("/control/deliver", {"kind": kind, "payload": payload, "headers": headers})

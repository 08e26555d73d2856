"""What a story leaves behind: what the model was told and given, and what lies in Slack."""

from __future__ import annotations

import hashlib
from typing import Any

from bot.playground import keys
from tests.stories.story import Seen, Story

Call = dict[str, Any]


def turns(call: Call) -> list[dict[str, Any]]:
    """The conversation as the model was told it, oldest first."""
    return list(call["body"]["contents"])


def roles(call: Call) -> list[str]:
    """Who speaks in it."""
    return [turn["role"] for turn in turns(call)]


def words(turn: dict[str, Any]) -> str:
    """The text of one turn."""
    return "".join(part.get("text", "") for part in turn["parts"])


def prompt(call: Call) -> str:
    """The text of the newest turn."""
    return words(turns(call)[-1])


def pictures(turn: dict[str, Any]) -> list[str]:
    """The digests of the pictures in one turn, in order."""
    return [part["inlineData"]["data"]["sha256"] for part in turn["parts"] if "inlineData" in part]


def given(call: Call) -> list[str]:
    """The digests of the pictures in the newest turn, in order."""
    return pictures(turns(call)[-1])


def kinds(call: Call) -> list[str]:
    """The MIME types of the pictures in the newest turn, in order."""
    found = [part["inlineData"] for part in turns(call)[-1]["parts"] if "inlineData" in part]
    return [str(picture.get("mimeType") or picture.get("mime_type")) for picture in found]  # Google reads both


def shape(call: Call) -> dict[str, str]:
    """The ratio and the size asked for, where they were."""
    return dict(call["body"].get("generationConfig", {}).get("imageConfig") or {})


def model(call: Call) -> str:
    """The model that was asked."""
    return str(call["model"])


def answered(call: Call) -> list[dict[str, Any]]:
    """The parts of the model's answer."""
    return list(call["answer"]["candidates"][0]["content"]["parts"])


def signatures(turn: dict[str, Any]) -> list[str | None]:
    """The thought signature of each part of a turn, in order, in the one base64 of the two that JSON may use."""
    found = [part.get("thoughtSignature") or part.get("thought_signature") for part in turn["parts"]]
    return [each and each.translate(str.maketrans("-_", "+/")) for each in found]


def drawn(call: Call) -> str:
    """The digest of the picture the model gave."""
    return next(part["inlineData"]["data"]["sha256"] for part in reversed(answered(call)) if "inlineData" in part)


async def bytes_of(story: Story, image: dict[str, Any]) -> bytes:
    """What a browser loads for an image block."""
    async with story.session.get(story.url + image["page_url"]) as response:
        assert response.status == 200
        return await response.read()


async def as_bot(story: Story, method: str, **args: Any) -> dict[str, Any]:
    """Call the Web API with the bot's token, behind the bot's back."""
    headers = {"Authorization": f"Bearer {keys.BOT_TOKEN}"}
    async with story.session.post(f"{story.url}/slack/api/{method}", json=args, headers=headers) as response:
        answer = dict(await response.json())
    assert answer["ok"], answer
    return answer


async def vanishes(story: Story, seen: Seen) -> None:
    """Delete a message of the bot's, as an admin or the app itself can."""
    await as_bot(story, "chat.delete", channel=seen.message["channel"], ts=seen.ts)


async def settled(story: Story, deliveries: int) -> None:
    """Wait until the bot has answered this many deliveries."""

    async def look() -> bool | None:
        acked = [each for each in await story.get("/control/deliveries") if each["acked"]]
        return True if len(acked) >= deliveries else None

    await story.eventually(look)


def digest(data: bytes) -> str:
    """The digest the logs know a picture by."""
    return hashlib.sha256(data).hexdigest()


async def hears_of_it(story: Story) -> None:
    """Wait until the bot was told that a message is gone."""

    async def look() -> bool | None:
        told = await story.get("/control/deliveries")
        return True if any(each["subtype"] == "message_deleted" and each["acked"] for each in told) else None

    await story.eventually(look)

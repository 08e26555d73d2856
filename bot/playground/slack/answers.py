"""What an app answers in an ack body or to a response URL, shown where it belongs."""

import json
from typing import Any

from bot.playground import keys
from bot.playground.slack import messages, slackbot
from bot.playground.slack.blockkit import check
from bot.playground.slack.channel import Channel
from bot.playground.slack.model import Slack
from bot.playground.slack.refusals import Refusal
from bot.playground.slack.reply_urls import ReplyUrl
from bot.playground.slack.shapes import Json, Message

AS_APP = {"user": keys.BOT_USER, "bot_id": keys.BOT_ID, "app_id": keys.APP_ID}
_KNOWN = {"text", "blocks", "attachments", "response_type", "replace_original", "delete_original", "thread_ts"}
_KNOWN |= {"mrkdwn", "parse", "link_names", "unfurl_links", "unfurl_media", "metadata", "reply_broadcast"}


def show_command_answer(slack: Slack, channel: Channel, person: str, line: str, body: Any) -> None:
    """Show the body of a command's ack; with response_type in_channel the typed line is shown as well."""
    answer = {"text": body} if isinstance(body, str) else body
    if not isinstance(answer, dict) or not answer:
        return
    if answer.get("response_type") == "in_channel":
        messages.put(slack, channel, {"user": person, "text": line, "_command": True})
        if not (answer.get("text") or answer.get("blocks")):
            return
    try:
        _show(slack, channel, person, answer)
    except Refusal:
        slackbot.report_failure(slack, channel, person, line.split(maxsplit=1)[0], "invalid_command_response")


def take_reply(slack: Slack, reply_url: ReplyUrl, answer: Any) -> None:
    """Do what was posted to a response URL; counts as one use only when it is accepted."""
    if not isinstance(answer, dict):
        raise Refusal("invalid_payload")
    if set(answer) - _KNOWN:
        raise Refusal("invalid_payload")
    channel = slack.channels[reply_url.channel]
    if reply_url.message_ts is not None and (answer.get("replace_original") or answer.get("delete_original")):
        _change_original(slack, channel, reply_url, answer)
    elif not answer.get("delete_original"):
        _show(slack, channel, reply_url.person, answer)
    reply_url.uses += 1


def _show(slack: Slack, channel: Channel, person: str, answer: Json) -> None:
    message = _checked(slack, answer)
    if answer.get("thread_ts"):
        message["thread_ts"] = str(answer["thread_ts"])
    if answer.get("response_type") == "in_channel":
        messages.put(slack, channel, message | {"subtype": "bot_message"})
    else:
        messages.put_ephemeral(slack, channel, person, message)


def _change_original(slack: Slack, channel: Channel, reply_url: ReplyUrl, answer: Json) -> None:
    ts = str(reply_url.message_ts)
    if ts in channel.ephemerals:
        _change_ephemeral(slack, channel, ts, answer)
    elif ts not in channel.messages:
        raise Refusal("message_not_found")
    elif answer.get("delete_original"):
        messages.remove(slack, channel, ts)
    else:
        messages.change(slack, channel, ts, {"blocks": None} | _checked(slack, answer))


def _change_ephemeral(slack: Slack, channel: Channel, ts: str, answer: Json) -> None:
    before = channel.ephemerals[ts]
    if answer.get("delete_original"):
        del channel.ephemerals[ts]
        slack.live.push([before["_to"]], {"type": "deleted", "channel": channel.id, "ts": ts})
        return
    after = {name: value for name, value in before.items() if name != "blocks"} | _checked(slack, answer)
    channel.ephemerals[ts] = after
    messages.show_ephemeral(slack, channel, "changed", after)


def _checked(slack: Slack, answer: Json) -> Message:
    text, blocks = answer.get("text"), answer.get("blocks")
    if isinstance(blocks, str):
        blocks = _parsed(blocks)
    if not text and not blocks:
        raise Refusal("no_text")
    if text is not None and not isinstance(text, str):
        raise Refusal("invalid_payload")
    message: Message = AS_APP | {"text": text or ""}
    return message | ({"blocks": check.message_blocks(slack, blocks, files=False)} if blocks else {})


def _parsed(blocks: str) -> Any:
    try:
        return json.loads(blocks)
    except ValueError:
        raise Refusal("invalid_blocks_format") from None

"""Slash commands: the declared ones go to the app, a few are Slack's own."""

from collections.abc import Callable
from typing import Any

from bot.playground import keys
from bot.playground.slack import answers, membership, slackbot, writing
from bot.playground.slack.channel import Channel
from bot.playground.slack.model import Slack
from bot.playground.slack.shapes import Json


async def run(slack: Slack, person: str, channel: Channel, command: str, text: str) -> None:
    """Run a command as typed in a channel (Slack has none in threads); what goes wrong, Slackbot says."""
    own = _SLACKS_OWN.get(command)
    declared = slack.installation.commands.get(command)
    if own is not None:
        own(slack, person, channel, text)
    elif declared is None or not _is_offered(slack, person):
        slackbot.say(slack, channel, person, f'"{command}" is not a valid command.')
    else:
        await _ask_app(slack, person, channel, payload(slack, person, channel, declared, text))


def _is_offered(slack: Slack, person: str) -> bool:
    """An app's commands are for the workspace it is installed in, also in channels shared with others."""
    ours = slack.people[person].team == keys.TEAM_ID
    return ours and slack.installed and "commands" in slack.installation.scopes


def payload(slack: Slack, person: str, channel: Channel, declared: Json, text: str) -> Json:
    """What the app gets for a command, with a fresh trigger and response URL."""
    if declared.get("should_escape"):
        text = writing.escape_command(text, slack.people.values(), slack.channels.values())
    token = slack.reply_urls.hand_out(channel.id, person, None)
    return {
        "token": "playground-verification",
        "team_id": keys.TEAM_ID,
        "team_domain": keys.TEAM_DOMAIN,
        "channel_id": channel.id,
        "channel_name": "directmessage" if channel.kind == "im" else channel.name,
        "user_id": person,
        "user_name": slack.people[person].name,
        "command": declared["command"],
        "text": text.strip(),
        "api_app_id": keys.APP_ID,
        "is_enterprise_install": "false",
        "response_url": f"{slack.url}/slack/response/{token}",
        "trigger_id": slack.triggers.hand_out(person),
    }


async def _ask_app(slack: Slack, person: str, channel: Channel, asked: Json) -> None:
    ack = await slack.deliveries.ask("command", asked)
    if not ack.acked:
        timed_out = ack.reason in ("timeout", "http_timeout")
        error = "operation_timeout" if timed_out else "dispatch_failed"
        slackbot.report_failure(slack, channel, person, asked["command"], error)
        return
    line = f"{asked['command']} {asked['text']}".strip()
    answers.show_command_answer(slack, channel, person, line, ack.response)


def _invite(slack: Slack, person: str, channel: Channel, text: str) -> None:
    if _names_app(slack, text) and channel.kind != "im":
        membership.invite_app(slack, channel, person)
    else:
        slackbot.say(slack, channel, person, f"Only @{slack.installation.name} can be invited here.")


def _remove(slack: Slack, person: str, channel: Channel, text: str) -> None:
    if _names_app(slack, text) and channel.kind != "im":
        membership.remove_app(slack, channel, person)
        slackbot.say(slack, channel, person, f"{slack.installation.name} was removed from #{channel.name}.")
    else:
        slackbot.say(slack, channel, person, f"Only @{slack.installation.name} can be removed here.")


def _names_app(slack: Slack, text: str) -> bool:
    wanted = text.strip().lower()
    return wanted == f"@{slack.installation.name.lower()}" or wanted.startswith(f"<@{keys.BOT_USER.lower()}")


_SLACKS_OWN: dict[str, Callable[[Slack, str, Channel, str], Any]] = {"/invite": _invite, "/remove": _remove}

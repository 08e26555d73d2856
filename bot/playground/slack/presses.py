"""What people do with blocks: press, choose."""

from typing import Any

from bot.playground import keys
from bot.playground.slack import display, dressing, membership, slackbot
from bot.playground.slack.acks import Ack
from bot.playground.slack.channel import Channel, is_reply
from bot.playground.slack.model import Slack
from bot.playground.slack.refusals import Refusal
from bot.playground.slack.shapes import Json, Message

_CHOICES = ("overflow", "static_select", "radio_buttons")
_MANY = ("checkboxes", "multi_static_select")


async def press(
    slack: Slack, person: str, channel: Channel, ts: str, block_id: str, action_id: str, value: Any = None
) -> Ack:
    """Press a button, or choose `value`, in a message; returns what the app answered."""
    message = channel.messages.get(ts) or _ephemeral(channel, person, ts)
    element = find_element(message.get("blocks", []), block_id, action_id)
    if action_id == slackbot.INVITE and message["user"] == keys.SLACKBOT:
        membership.invite_app(slack, channel, person)
        return Ack(acked=True)
    _require_interactivity(slack)
    payload = _payload(slack, person, channel, message)
    acted = action(element, block_id, value, slack.clock.tick())
    payload["actions"] = [acted]
    if "selected_option" in acted:
        state = payload["state"]["values"].get(block_id, {}).get(action_id)
        if state is not None:
            state["selected_option"] = acted["selected_option"]
    return await slack.deliveries.ask("action", payload)


async def choose_in_view(
    slack: Slack, person: str, view: Json, block_id: str, action_id: str, value: Any = None
) -> Ack:
    """Press or choose something inside an open modal."""
    element = find_element(view["blocks"], block_id, action_id)
    _require_interactivity(slack)
    shown = dressing.dress(slack, view["blocks"])
    payload = who(slack, person) | {
        "type": "block_actions",
        "container": {"type": "view", "view_id": view["id"]},
        "view": {name: part for name, part in view.items() if not name.startswith("_")} | {"blocks": shown},
        "actions": [action(element, block_id, value, slack.clock.tick())],
        "trigger_id": slack.triggers.hand_out(person),
    }
    return await slack.deliveries.ask("action", payload)


async def take_shortcut(slack: Slack, person: str, callback_id: str, channel: Channel | None, ts: str) -> Ack:
    """Choose a declared shortcut: a global one, or one on a message that everybody can see."""
    declared = slack.installation.shortcuts.get(callback_id)
    if declared is None:
        raise Refusal("shortcut_not_found")
    payload = who(slack, person) | {
        "type": "shortcut",
        "callback_id": callback_id,
        "action_ts": slack.clock.tick(),
        "trigger_id": slack.triggers.hand_out(person),
    }
    if declared["type"] == "message":
        payload |= _on_message(slack, person, channel, ts)
    return await slack.deliveries.ask("action", payload)


def who(slack: Slack, person: str) -> Json:
    """The parts that every interaction payload has. `team` is the app's, whoever presses; theirs stands at `user`."""
    name, theirs = slack.people[person].name, slack.people[person].team
    return {
        "user": {"id": person, "username": name, "name": name, "team_id": theirs},
        "api_app_id": keys.APP_ID,
        "token": "playground-verification",
        "team": {"id": keys.TEAM_ID, "domain": keys.TEAM_DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def find_element(blocks: list[Json], block_id: str, action_id: str) -> Json:
    """The interactive element with this id in the block with that id."""
    for block in blocks:
        if block.get("block_id") == block_id:
            for element in _elements(block):
                if element.get("action_id") == action_id:
                    return element
    raise Refusal("action_not_found")


def action(element: Json, block_id: str, value: Any, at: str) -> Json:
    """One entry of `actions`, as Slack makes it for the kind of element."""
    kind = element["type"]
    told: Json = {"action_id": element["action_id"], "block_id": block_id, "type": kind, "action_ts": at}
    if kind == "button":
        told["text"] = dressing.spell_out(element["text"])
        return told | {name: element[name] for name in ("value", "style", "url") if name in element}
    if kind in _CHOICES:
        return told | {"selected_option": option(element, value)}
    if kind in _MANY:
        values = value if isinstance(value, list) else [value]
        return told | {"selected_options": [option(element, one) for one in values]}
    return told | {"value": value}


def option(element: Json, value: Any) -> Json:
    """The option of an element that has this value."""
    groups = [entry for group in element.get("option_groups", []) for entry in group["options"]]
    for entry in [*element.get("options", []), *groups]:
        if entry["value"] == value:
            return dict(entry) | {"text": dressing.spell_out(entry["text"])}
    raise Refusal("option_not_found")


def _ephemeral(channel: Channel, person: str, ts: str) -> Message:
    message = channel.ephemerals.get(ts)
    if message is None or message["_to"] != person:
        raise Refusal("message_not_found")
    return message


def _on_message(slack: Slack, person: str, channel: Channel | None, ts: str) -> Json:
    message = channel.messages.get(ts) if channel is not None else None
    if channel is None or message is None:
        raise Refusal("message_not_found")
    token = slack.reply_urls.hand_out(channel.id, person, None)
    return {
        "type": "message_action",
        "message_ts": ts,
        "channel": _place(channel),
        "message": display.for_app(slack, channel, message),
        "response_url": f"{slack.url}/slack/response/{token}",
    }


def _place(channel: Channel) -> Json:
    return {"id": channel.id, "name": "directmessage" if channel.kind == "im" else channel.name}


def _require_interactivity(slack: Slack) -> None:
    if not (slack.installation.interactive and slack.installed):
        raise Refusal("interactivity_not_enabled")


def _payload(slack: Slack, person: str, channel: Channel, message: Message) -> Json:
    ts = message["ts"]
    token = slack.reply_urls.hand_out(channel.id, person, ts)
    ephemeral = bool(message.get("is_ephemeral"))
    container = {"type": "message", "message_ts": ts, "channel_id": channel.id, "is_ephemeral": ephemeral}
    if is_reply(message):
        container["thread_ts"] = message["thread_ts"]
    payload = who(slack, person) | {
        "type": "block_actions",
        "container": container,
        "trigger_id": slack.triggers.hand_out(person),
        "channel": _place(channel),
        "state": {"values": state_values(message.get("blocks", []))},
        "response_url": f"{slack.url}/slack/response/{token}",
    }
    return payload if ephemeral else payload | {"message": display.for_app(slack, channel, message)}


def state_values(blocks: list[Json]) -> Json:
    """The state of the inputs in a message, by block and action; buttons have none."""
    values: Json = {}
    for block in blocks:
        for element in _elements(block):
            if element.get("type") in ("static_select", "radio_buttons"):
                chosen = {"type": element["type"], "selected_option": element.get("initial_option")}
                values.setdefault(block["block_id"], {})[element["action_id"]] = chosen
    return values


def _elements(block: Json) -> list[Json]:
    single = [block[name] for name in ("accessory", "element") if isinstance(block.get(name), dict)]
    nested = [found for child in block.get("child_blocks", []) for found in _elements(child)]
    return [*single, *(e for e in block.get("elements", []) if isinstance(e, dict)), *nested]

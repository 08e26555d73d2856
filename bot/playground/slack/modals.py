"""Modals as people use them: open, filled in, submitted, closed."""

from typing import Any

from bot.playground import keys
from bot.playground.slack import dressing, presses
from bot.playground.slack.acks import Ack
from bot.playground.slack.blockkit import modal
from bot.playground.slack.clock import fresh_id
from bot.playground.slack.model import Slack
from bot.playground.slack.refusals import Refusal
from bot.playground.slack.shapes import Json


def open_modal(slack: Slack, person: str, view: Json, below: Json | None) -> Json:
    """Show a checked view to a person, on top of the one `below` if there is one."""
    view_id = fresh_id("V")
    shown = view | {
        "id": view_id,
        "team_id": keys.TEAM_ID,
        "app_id": keys.APP_ID,
        "app_installed_team_id": keys.TEAM_ID,
        "bot_id": keys.BOT_ID,
        "root_view_id": below["root_view_id"] if below else view_id,
        "previous_view_id": below["id"] if below else None,
        "state": {"values": {}},
        "hash": _hash(slack),
    }
    slack.views[view_id] = shown | {"_person": person}
    _show(slack, view_id)
    return shown


def change_modal(slack: Slack, view_id: str, view: Json) -> Json:
    """Put other contents into an open modal."""
    slack.views[view_id] |= view | {"hash": _hash(slack)}
    _show(slack, view_id)
    return told(slack, slack.views[view_id])


def told(slack: Slack, view: Json) -> Json:
    """A view as the app gets it."""
    shown = {name: value for name, value in view.items() if not name.startswith("_")}
    return shown | {"blocks": dressing.dress(slack, view["blocks"])}


def find(slack: Slack, person: str, view_id: str) -> Json:
    """An open modal of this person."""
    view = slack.views.get(view_id)
    if view is None or view["_person"] != person:
        raise Refusal("view_not_found")
    return view


async def submit(slack: Slack, person: str, view_id: str, values: Json) -> tuple[Ack, Json]:
    """Submit a modal; returns the ack and the problems by block_id, when the app found some."""
    view = find(slack, person, view_id)
    view["state"] = {"values": values}
    payload = presses.who(slack, person) | {
        "type": "view_submission",
        "trigger_id": slack.triggers.hand_out(person),
        "view": told(slack, view),
        "response_urls": [],
    }
    ack = await slack.deliveries.ask("action", payload)
    return ack, _follow(slack, person, view_id, ack.response) if ack.acked else {}


async def close(slack: Slack, person: str, view_id: str) -> None:
    """A person closes a modal; the app hears of it when the view asked for that."""
    view = find(slack, person, view_id)
    _take_away(slack, view_id)
    if view.get("notify_on_close"):
        payload = presses.who(slack, person) | {"type": "view_closed", "view": told(slack, view), "is_cleared": False}
        await slack.deliveries.ask("action", payload)


def _follow(slack: Slack, person: str, view_id: str, answer: Any) -> Json:
    wanted = answer if isinstance(answer, dict) else {}
    match wanted.get("response_action"):
        case "errors":
            return dict(wanted.get("errors") or {})
        case "update":
            change_modal(slack, view_id, modal.checked(wanted.get("view")))
        case "push":
            open_modal(slack, person, modal.checked(wanted.get("view")), slack.views[view_id])
        case "clear":
            for other in [v["id"] for v in slack.views.values() if v["_person"] == person]:
                _take_away(slack, other)
        case _:
            _take_away(slack, view_id)
    return {}


def _take_away(slack: Slack, view_id: str) -> None:
    view = slack.views.pop(view_id, None)
    if view is not None:
        slack.live.push([view["_person"]], {"type": "view_closed", "view_id": view_id})


def _show(slack: Slack, view_id: str) -> None:
    view = slack.views[view_id]
    slack.live.push([view["_person"]], {"type": "view", "view": told(slack, view)})


def _hash(slack: Slack) -> str:
    return f"{slack.clock.tick().split('.')[0]}.{fresh_id('h')[-8:]}"

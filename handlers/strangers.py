"""Who acts, in a channel that is shared with another company (Slack Connect): a colleague, or a stranger.

What strangers ask for would be paid by the company that runs the bot, and be counted in no budget of theirs.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext

from handlers.intake import Me

Next = Callable[[], Awaitable[None]]


def register(app: AsyncApp, me: Me) -> None:
    """Mark what a stranger does, for those who would spend money on it."""

    async def notice(body: dict[str, Any], context: AsyncBoltContext, next: Next) -> None:
        context["stranger"] = is_stranger(body, me)
        await next()

    app.use(notice)


def is_stranger(body: dict[str, Any], me: Me) -> bool:
    """Whether somebody of another company did this. Where Slack does not say whose they are, they are taken for ours.

    Slack names a workspace (T…) or, of those on Enterprise Grid, the organisation (E…). All of one organisation are
    colleagues, whichever of its workspaces they are in.
    """
    whose = _whose(body)
    if whose in ("", me.team, me.enterprise):
        return False
    return not (me.enterprise and _is_of_organisation(body, me.enterprise))


def _whose(body: dict[str, Any]) -> str:
    """The workspace or organisation of whoever acts; an event's `user_team` says it best."""
    event, user = body.get("event"), body.get("user")
    if isinstance(event, dict):
        return str(event.get("user_team") or event.get("source_team") or event.get("team") or "")
    if isinstance(user, dict):
        return str(user.get("team_id") or (body.get("team") or {}).get("id") or "")
    return str(body.get("team_id") or "")


def _is_of_organisation(body: dict[str, Any], enterprise: str) -> bool:
    """Whether whoever acts is of our organisation, by what is said beside their workspace.

    An event names one only around it, beside the workspace where it was, which need not be theirs; but what is not
    `ext_shared` stays within the organisation. A press in a shared channel names as `team` and `enterprise` those of
    the app that posted the button, whoever presses it.
    """
    if "event" in body and body.get("is_ext_shared_channel") is not True:
        return True
    if "user" not in body:
        return body.get("team_id") == _whose(body) and body.get("enterprise_id") == enterprise
    team = body.get("team") or {}
    theirs = not team or team.get("id") == _whose(body)
    return theirs and enterprise in ((body.get("enterprise") or {}).get("id"), team.get("enterprise_id"))

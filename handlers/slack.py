"""Calls to Slack's Web API, and what its refusals mean. Everything here runs after an ack, on the worker's side."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.errors import ChatDown, ChatRefused, ThreadpaintError

PASSING = frozenset(
    {
        "ratelimited",
        "rate_limited",
        "internal_error",
        "fatal_error",
        "service_unavailable",
        "request_timeout",
        "team_added_to_org",  # the workspace is being moved, and is there only now and then until that is done
    }
)
REASONS = {
    "invalid_auth": "token_refused",
    "not_authed": "token_refused",
    "account_inactive": "token_refused",
    "token_revoked": "token_refused",
    "token_expired": "token_refused",
    "not_in_channel": "bot_not_in_channel",
    "channel_not_found": "bot_not_in_channel",
    "no_permission": "bot_not_in_channel",
    "is_archived": "channel_archived",
    "is_inactive": "channel_archived",
    "restricted_action": "posting_restricted",
    "restricted_action_read_only_channel": "posting_restricted",
    "restricted_action_thread_only_channel": "posting_restricted",
    "restricted_action_non_threadable_channel": "posting_restricted",
    "restricted_action_thread_locked": "posting_restricted",
    "posting_to_channel_denied": "posting_restricted",
    "ekm_access_denied": "posting_restricted",
    "missing_scope": "app_needs_reinstall",
    "app_access_restricted": "access_restricted",
    "team_access_not_granted": "workspace_not_granted",
    "org_login_required": "workspace_moving",
    "not_allowed_token_type": "token_refused",
    "message_limit_exceeded": "message_limit",
    "file_uploads_disabled": "uploads_disabled",
    "file_uploads_except_images_disabled": "uploads_disabled",
    "file_type_not_allowed": "file_type_blocked",
    "blocked_file_type": "file_type_blocked",
    "slack_connect_blocked_file_type": "file_type_blocked",
    "file_upload_size_restricted": "file_size_blocked",
    "slack_connect_file_upload_sharing_blocked": "shared_files_blocked",
    "storage_limit_reached": "storage_full",
    "thread_not_found": "thread_deleted",
    "message_not_found": "thread_deleted",
    "cannot_reply_to_message": "thread_deleted",
}


async def call(client: AsyncWebClient, method: str, **body: Any) -> dict[str, Any]:
    """One call with a JSON body. Raises ChatDown or ChatRefused, never anything of the SDK's."""
    return await _ask(client.api_call(method, json=body))


async def look(client: AsyncWebClient, method: str, **form: str) -> dict[str, Any]:
    """One call of a method that takes no JSON but a form. Raises as `call`."""
    return await _ask(client.api_call(method, data=form))


async def knock(client: AsyncWebClient, app_token: str) -> str:
    """Ask for the address of a socket; it is good for one try, within half a minute. Raises as `call`."""
    return str((await _ask(client.apps_connections_open(app_token=app_token))).get("url"))


async def _ask(answer: Awaitable[AsyncSlackResponse]) -> dict[str, Any]:
    try:
        data = (await answer).data
    except SlackApiError as error:
        raise meaning(error) from error
    except (aiohttp.ClientError, TimeoutError, SlackRequestError, OSError) as error:
        raise ChatDown("chat_unreachable") from error
    except (AttributeError, ValueError) as error:  # what the SDK stumbles over when an answer is plain text
        raise ChatDown("chat_busy") from error
    return data if isinstance(data, dict) else {}


def meaning(error: SlackApiError) -> ThreadpaintError:
    """What a refusal of Slack's means for us. One without a code is not its word: a page of something in between."""
    said = _said(error)
    code = str(said.get("error") or "")
    status = getattr(error.response, "status_code", 200)
    if status == 429:
        return ChatDown("chat_busy", code=code, after=_header(error, "Retry-After"))
    if not code or code in PASSING or status >= 500:
        return ChatDown("chat_busy", code=code)
    needed = {"needed": str(said["needed"])} if said.get("needed") else {}
    return ChatRefused(REASONS.get(code, "chat_refused"), code=code, **needed)


def _header(error: SlackApiError, name: str) -> str:
    headers = {key.lower(): value for key, value in getattr(error.response, "headers", {}).items()}
    found = headers.get(name.lower(), "")
    return str(found[0] if isinstance(found, list) else found)


def _said(error: SlackApiError) -> dict[str, Any]:
    data = getattr(error.response, "data", error.response)
    return data if isinstance(data, dict) else {}

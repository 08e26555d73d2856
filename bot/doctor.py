"""Looks at everything the bot needs before it needs it: one line each, in words for the one who runs it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import manifest
from bot.domain.options import Tier
from bot.errors import OperatorMustFix, ThreadpaintError
from bot.outside import gemini, pictures_url, slack_client, token
from bot.roles import check as check_transport
from bot.rulebook import read_catalogue, read_limits
from bot.settings import Settings
from handlers import wording
from handlers.slack import meaning
from storage.database import Database
from storage.pictures import StoredPictures
from storage.schema import migrate


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, whether it is well, and what was seen."""

    name: str
    well: bool
    seen: str


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Every check in turn; one that fails does not keep the next from running."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=15)) as session:
        client = slack_client(settings, session)
        for name, look in (
            ("settings", lambda: _settings(settings)),
            ("database", lambda: _database(settings)),
            ("pictures", lambda: _pictures(settings)),
            ("slack token", lambda: _token(settings, client)),
            ("slack scopes", lambda: _scopes(settings, client)),
            ("slack socket", lambda: _socket(settings, client)),
        ):
            yield await _look(name, look)
    yield await _look("catalogue", lambda: _catalogue(settings))
    with suppress(OperatorMustFix):  # which the line above has told
        catalogue = read_catalogue(settings)
        for id in (id for id in catalogue.models if id not in catalogue.off):
            yield await _look(f"model {id}", lambda id=id: _model(settings, id))  # type: ignore[misc]


async def _look(name: str, look: Callable[[], Awaitable[str]]) -> Finding:
    try:
        return Finding(name, True, await look())
    except ThreadpaintError as fault:
        return Finding(name, False, wording.for_operator(fault.reason, fault.facts))
    except SlackApiError as fault:
        refusal = _refusal(fault)
        return Finding(name, False, wording.for_operator(refusal.reason, refusal.facts))
    except (aiohttp.ClientError, TimeoutError):
        return Finding(name, False, wording.for_operator("chat_unreachable", {}))
    except Exception as fault:
        return Finding(name, False, f"It failed with {type(fault).__name__}.")


def _refusal(fault: SlackApiError) -> ThreadpaintError:
    """Slack's word; or, where a page has no word of Slack's, that something else stands at its address."""
    data, status = getattr(fault.response, "data", None), getattr(fault.response, "status_code", 0)
    if (isinstance(data, dict) and data.get("error")) or status == 429 or status >= 500:
        return meaning(fault)
    return OperatorMustFix("not_slack", code=str(status))


async def _settings(settings: Settings) -> str:
    check_transport(settings)
    read_limits(settings, read_catalogue(settings))
    return "Socket Mode" if settings.slack_app_token.get_secret_value() else f"HTTP on {settings.http}"


async def _database(settings: Settings) -> str:
    await migrate(settings.database_url)
    database = Database(settings.database_url)
    await database.open()
    try:
        if not await database.answers():
            raise OperatorMustFix("database_silent")
    finally:
        await database.close()
    return "answers, and its tables are up to date"


async def _pictures(settings: Settings) -> str:
    await StoredPictures(pictures_url(settings)).open()
    return "can be written, read and deleted"


async def _token(settings: Settings, client: AsyncWebClient) -> str:
    token(settings)
    answer = await client.auth_test()
    return f"is {answer['user']} in {answer['team']}"


async def _scopes(settings: Settings, client: AsyncWebClient) -> str:
    if not settings.slack_bot_token.get_secret_value():
        raise OperatorMustFix("not_looked_at", name="SLACK_BOT_TOKEN")
    answer = await client.auth_test()
    granted = {scope.strip() for scope in str(answer.headers.get("x-oauth-scopes", "")).split(",")}
    missing = sorted(manifest.bot_scopes(manifest.read()) - granted)
    if missing:
        raise OperatorMustFix("scopes_missing", missing=", ".join(missing))
    return "all that the manifest asks for"


async def _socket(settings: Settings, client: AsyncWebClient) -> str:
    token = settings.slack_app_token.get_secret_value()
    if not token:
        return "not used"
    await client.apps_connections_open(app_token=token)
    return "can be opened"


async def _catalogue(settings: Settings) -> str:
    catalogue = read_catalogue(settings)
    tiers = (f"{tier} is {models[0].id}" for tier in Tier if (models := catalogue.of_tier(tier)))
    return ", ".join(tiers)


async def _model(settings: Settings, id: str) -> str:
    engine = gemini(settings)
    try:
        await engine.check(id)
    finally:
        await engine.close()
    return "is served"

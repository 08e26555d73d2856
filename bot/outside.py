"""What the bot talks to: Slack and Google's models, reached as the settings say."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.engines.access import ApiKey, Enterprise
from bot.engines.gemini import GeminiEngine
from bot.errors import OperatorMustFix
from bot.jobs.pulse import Pulse
from bot.settings import Settings, is_a_file
from handlers.proxies import proxy
from handlers.slack import call

LONGEST_ON_RECORD = "v1beta"  # the version that has painted pictures the longest; v1 takes the same requests


def slack_session(pulse: Pulse) -> aiohttp.ClientSession:
    """The way out to Slack. Each request waits, at the last moment, until it is certain that our work is still ours.

    So a process that was paused between looking for a message and posting it does not post it a second time.
    """

    async def assured(*_: object) -> None:
        await pulse.assured()

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(assured)
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=60), trace_configs=[trace]
    )


@dataclass(frozen=True, slots=True)
class Slack:
    """The way to Slack, and who we are there."""

    client: AsyncWebClient
    session: aiohttp.ClientSession
    who: AuthorizeResult


def bolt(settings: Settings, slack: Slack) -> AsyncApp:
    """Bolt's app. Who we are is known from the start, so no delivery waits for `auth.test` before its ack."""

    async def authorize() -> AuthorizeResult:
        return slack.who

    secret = settings.slack_signing_secret.get_secret_value()
    quiet = logging.getLogger("slack_bolt")  # Bolt sets the level of a logger it makes itself
    return AsyncApp(
        client=slack.client,
        authorize=authorize,
        signing_secret=secret or "socket mode needs none",
        logger=quiet,
        ignoring_self_events_enabled=False,  # it would hide deletions of our messages; `intake` ignores the rest
    )


def token(settings: Settings) -> str:
    """The bot's token. Raises OperatorMustFix when it is not set."""
    said = settings.slack_bot_token.get_secret_value()
    if not said:
        raise OperatorMustFix("setting_missing", name="SLACK_BOT_TOKEN", why="It is the bot's token, xoxb-….")
    return said


def slack_client(settings: Settings, session: aiohttp.ClientSession) -> AsyncWebClient:
    """The worker's client. It waits when Slack says so; a call that may have been done is never repeated by itself."""
    client = AsyncWebClient(
        token=settings.slack_bot_token.get_secret_value(),
        base_url=settings.slack_api_url,
        session=session,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=5)],
    )
    client.proxy = proxy(settings.slack_api_url)  # what it finds by itself leaves NO_PROXY out
    return client


async def identify(client: AsyncWebClient) -> AuthorizeResult:
    """Who the token belongs to. Raises OperatorMustFix or a chat error."""
    data = await call(client, "auth.test")
    return AuthorizeResult(
        enterprise_id=data.get("enterprise_id"),
        team_id=data["team_id"],
        bot_token=client.token,
        bot_id=data.get("bot_id"),
        bot_user_id=data["user_id"],
    )


def pictures_url(settings: Settings) -> str:
    """Where pictures are kept. Raises OperatorMustFix when that is not said, beside a database on a server.

    A folder is the default for one process. Several would each have a folder of their own, and not know of it.
    """
    said = settings.pictures_url if "pictures_url" in settings.model_fields_set else ""
    if not said and not is_a_file(settings.database_url):
        why = (
            "With a database on a server it has to be a place that every machine finds: s3://…, or a folder they share."
        )
        raise OperatorMustFix("setting_missing", name="PICTURES_URL", why=why)
    return settings.pictures_url


def gemini(settings: Settings) -> GeminiEngine:
    """The engine that talks to Google, by a key or through Google Cloud. Raises OperatorMustFix."""
    return GeminiEngine(access(settings))


def access(settings: Settings) -> ApiKey | Enterprise:
    """How Google lets us in. Raises OperatorMustFix when a setting is missing for that."""
    return _vertex(settings) if settings.google_enterprise else _gemini_api(settings)


def _gemini_api(settings: Settings) -> ApiKey:
    key = settings.gemini_api_key.get_secret_value()
    if not key:
        raise OperatorMustFix("setting_missing", name="GEMINI_API_KEY", why="It is the key of Google's Gemini API.")
    return ApiKey(key, settings.gemini_base_url, settings.gemini_api_version or LONGEST_ON_RECORD)


def _vertex(settings: Settings) -> Enterprise:
    if not settings.google_project:
        why = "GOOGLE_GENAI_USE_ENTERPRISE is set, so a project on Google Cloud has to be named."
        raise OperatorMustFix("setting_missing", name="GOOGLE_CLOUD_PROJECT", why=why)
    return Enterprise(
        settings.google_project, settings.google_location, settings.google_vertex_base_url, settings.gemini_api_version
    )

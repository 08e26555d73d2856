"""The Web API's front door: tokens, scopes, limits and mishaps before any method runs."""

from typing import Any

from aiohttp import web

from bot.playground import keys
from bot.playground.slack import identity
from bot.playground.slack.arguments import Arguments, read_body
from bot.playground.slack.faults import cut, suffer_before
from bot.playground.slack.journal import close_call, redacted
from bot.playground.slack.methods import apps, assistant, chat, conversations, files, views
from bot.playground.slack.methods.registry import METHODS, Call, Method
from bot.playground.slack.model import Slack
from bot.playground.slack.refusals import Refusal
from bot.playground.slack.shapes import Json

# Importing a family registers its methods; naming them here keeps the table complete.
FAMILIES = (apps, assistant, chat, conversations, files, views)


class WebApi:
    """Answers /slack/api/{method}."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def add_routes(self, app: web.Application) -> None:
        """Register the one route."""
        app.router.add_route("*", "/slack/api/{method}", self._answer)

    async def _answer(self, request: web.Request) -> web.Response:
        name = request.match_info["method"]
        entry = self._slack.journal.open_call(name, request.path)
        body = await request.read()
        entry["args"] = redacted(_seen(request, body))
        fault = self._slack.faults.take(name)
        failed = await suffer_before(fault, request)
        if failed is not None:
            close_call(entry, {"error": "fault"}, failed.status)
            return failed
        answer, scopes = self._carry_out(name, request, body, fault)
        status, headers = _severity(answer)
        close_call(entry, answer, status)
        if fault.get("drop") == "after":
            return cut(request)
        return web.json_response(answer, status=status, headers=headers | scopes)

    def _carry_out(self, name: str, request: web.Request, body: bytes, fault: Json) -> tuple[Json, dict[str, str]]:
        """The answer's body and the headers that tell the caller about its scopes."""
        given: Json = {}
        try:
            given = _arguments(request, body)
            answer = {"ok": True, **self._run(name, given, request, fault)}
        except Refusal as refusal:
            answer = {"ok": False, "error": refusal.error, **refusal.extra}
        return answer, self._scopes(name, given, request)

    def _run(self, name: str, given: Json, request: web.Request, fault: Json) -> Json:
        if "error" in fault or "retry_after" in fault:
            raise Refusal(fault.get("error", "ratelimited"), **_extras(fault))
        method = METHODS.get(name)
        if method is None:
            raise Refusal("unknown_method", req_method=name)
        token = _token(given, request)
        kind = identity.token_kind(token) if method.tokens else ""
        self._admit(method, kind)
        self._limit(name, method, given)
        return method.run(Call(self._slack, Arguments(given), kind))

    def _admit(self, method: Method, kind: str) -> None:
        if method.tokens and kind not in method.tokens:
            raise Refusal("not_allowed_token_type")
        if kind == "bot" and not self._slack.installed:
            raise Refusal("account_inactive")
        granted = identity.scopes_of(kind, self._slack.installation.scopes)
        if method.scopes and not set(method.scopes) & set(granted):
            raise Refusal("missing_scope", needed=",".join(method.scopes), provided=",".join(granted))

    def _limit(self, name: str, method: Method, given: Json) -> None:
        if not self._slack.settings.rate_limits:
            return
        wait = self._slack.quotas.spend(name, method.tier, str(given.get("channel", "")))
        if wait:
            raise Refusal("ratelimited", retry_after=wait)

    def _scopes(self, name: str, given: Json, request: web.Request) -> dict[str, str]:
        kinds = {keys.BOT_TOKEN: "bot", keys.APP_TOKEN: "app"}
        granted = identity.scopes_of(kinds.get(_token(given, request), ""), self._slack.installation.scopes)
        accepted = METHODS[name].scopes if name in METHODS else ()
        return {"x-oauth-scopes": ",".join(granted), "x-accepted-oauth-scopes": ",".join(accepted)}


def _arguments(request: web.Request, body: bytes) -> Json:
    return dict(request.query) | read_body(body, request.content_type if body else "")


def _seen(request: web.Request, body: bytes) -> Json:
    try:
        return _arguments(request, body)
    except Refusal:
        return dict(request.query)


def _token(given: Json, request: web.Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else str(given.get("token") or "")


def _extras(fault: Json) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if "messages" in fault:
        told["response_metadata"] = {"messages": fault["messages"]}
    if fault.get("error") == "missing_scope":
        told |= {"needed": "files:write", "provided": "commands,chat:write"}  # Slack always says both
    if "retry_after" in fault or fault.get("error") == "ratelimited":
        told["retry_after"] = fault.get("retry_after", 1)
    return told


def _severity(answer: Json) -> tuple[int, dict[str, str]]:
    """429 with Retry-After where a call must wait; every other refusal is a 200 at Slack."""
    if "retry_after" not in answer:
        return 200, {}
    return 429, {"Retry-After": str(answer.pop("retry_after"))}

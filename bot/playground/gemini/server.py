"""The pretend Gemini's front door: paths, keys, bodies, and what is said back over HTTP."""

from __future__ import annotations

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiohttp import web

from bot.playground import keys
from bot.playground.gemini import answers, checks, grammar, journal, models, refusals
from bot.playground.gemini.asks import Ask, read_ask
from bot.playground.gemini.mishaps import Fault, Mishaps, refusal_of
from bot.playground.gemini.pace import Pace
from bot.playground.gemini.studio import Studio

MOST_BYTES = 100 * 1024 * 1024
DEVELOPER = re.compile(r"^(?P<version>v1|v1beta)/models(?:/(?P<model>[^/:]+))?(?::(?P<verb>\w+))?$")
VERTEX = re.compile(
    r"^(?P<version>v1|v1beta1)/(?:projects/[^/]+/locations/[^/]+/)?"
    r"publishers/google/models(?:/(?P<model>[^/:]+))?(?::(?P<verb>\w+))?$"
)
GENERATING = frozenset({"generateContent", "streamGenerateContent"})
Json = dict[str, Any]


class Gemini:
    """Google's image models behind `/gemini`. `calls` is the log of everything asked, oldest first."""

    def __init__(self) -> None:
        self.calls: list[Json] = []
        self._retired: frozenset[str] = frozenset()
        self._mishaps = Mishaps()
        self._pace = Pace()
        self._studio = Studio()
        self._workers = ThreadPoolExecutor(2, thread_name_prefix="sketch")

    def add_routes(self, app: web.Application) -> None:
        """Registers everything below /gemini/."""
        app.router.add_route("*", "/gemini/{tail:.*}", self._answer)

    def control(self, body: Json) -> None:
        """Orders a fault (see `mishaps`). ValueError when the body says nothing we know."""
        self._mishaps.order(body)

    def configure(self, settings: Json) -> None:
        """Takes the settings that are ours and leaves the others alone.

        `gemini_delay` (0, seconds or [lowest, highest]), `gemini_canned` (null or {"bytes": n}) and `gemini_retired`
        (names of models that answer 404 as a retired model does).
        """
        if "gemini_delay" in settings:
            self._pace.set_delay(settings["gemini_delay"])
        if "gemini_canned" in settings:
            self._studio.set_canned(settings["gemini_canned"])
        if "gemini_retired" in settings:
            self._retired = frozenset(settings["gemini_retired"] or ())

    def forget(self) -> None:
        """Back to a new world: no calls, no faults, no settings."""
        self.calls.clear()
        self._mishaps.forget()
        self._studio.forget()
        self.configure({"gemini_delay": 0, "gemini_canned": None, "gemini_retired": []})

    async def close(self) -> None:
        """Lets hanging calls end at once and stops the painters."""
        self._pace.close()
        self._workers.shutdown(wait=False, cancel_futures=True)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        line = journal.entry(request.method, request.path, dict(request.headers), dict(request.query))
        self.calls.append(line)
        del self.calls[: -journal.MOST]
        try:
            return await self._serve(request, line)
        except refusals.Refusal as refusal:
            line |= {"status": refusal.code, "ok": False, "error": refusal.message}
            return web.json_response(refusal.body, status=refusal.code, dumps=pretty)

    async def _serve(self, request: web.Request, line: Json) -> web.StreamResponse:
        tail = request.match_info["tail"]
        found = DEVELOPER.match(tail) or VERTEX.match(tail)
        if found is None:
            raise refusals.Refusal(404, "NOT_FOUND", f"The requested URL /{tail} was not found on this server.")
        check_key(request, found.re is VERTEX)
        version, name, verb = found["version"], found["model"], found["verb"]
        line["model"] = name
        if name is None:
            return done(line, {"models": [self._describe(model, found.re is VERTEX) for model in self._served()]})
        if name not in models.MODELS or name in self._retired:
            raise refusals.unknown_model(name, version)
        if verb in GENERATING and request.method == "POST":
            return await self._generate(request, models.MODELS[name], line)
        if verb is None and request.method == "GET":
            await self._suffer(request, self._mishaps.meet(name, "get"), name)
            return done(line, self._describe(models.MODELS[name], found.re is VERTEX))
        raise refusals.unknown_model(f"{name}:{verb}" if verb else name, version)

    def _served(self) -> list[models.Model]:
        return [model for model in models.MODELS.values() if model.name not in self._retired]

    def _describe(self, model: models.Model, on_vertex: bool) -> Json:
        return models.describe_for_vertex(model) if on_vertex else models.describe(model)

    async def _generate(self, request: web.Request, model: models.Model, line: Json) -> web.StreamResponse:
        body = await read_body(request)
        ask = await self._in_worker(admit, model, body, line)
        fault = self._mishaps.meet(model.name, "generateContent") or self._mishaps.conjure(ask)
        await self._suffer(request, fault, model.name)
        answer = await self._in_worker(self._studio.answer, ask, fault)
        await self._pace.delay()
        if self._pace.is_over:
            cut(request)
        line["answer"] = await self._in_worker(journal.lighten, answer)
        if fault.get("drop") == "after":
            cut(request)
        if fault.get("bad_json"):
            return web.Response(text='{"candidates": [{"content": {"par', content_type="application/json")
        line |= {"status": 200, "ok": True}
        if request.path.endswith(":streamGenerateContent"):
            return await self._stream(request, answers.in_chunks(answer))
        text = await self._in_worker(pretty, answer)
        headers = {"x-gemini-service-tier": ask.tier}
        return web.Response(body=text.encode(), content_type="application/json", charset="utf-8", headers=headers)

    async def _suffer(self, request: web.Request, fault: Fault, model: str) -> None:
        """Lets happen what happens before drawing: a wait, a hang, a cut connection, an error."""
        if fault.get("drop") == "before":
            cut(request)
        if "delay" in fault:
            await self._pace.wait(float(fault["delay"]))
        if "hang" in fault:
            await self._pace.wait(float(fault["hang"]))
        if "hang" in fault or self._pace.is_over:
            cut(request)
        refusal = refusal_of(fault, model)
        if refusal:
            raise refusal

    async def _stream(self, request: web.Request, chunks: list[Json]) -> web.StreamResponse:
        if request.query.get("alt") != "sse":
            return web.json_response(chunks, dumps=pretty)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for chunk in chunks:
            text = await self._in_worker(json.dumps, chunk)
            await response.write(f"data: {text}\r\n\r\n".encode())
        await response.write_eof()
        return response

    async def _in_worker(self, work: Any, *args: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._workers, work, *args)


def admit(model: models.Model, body: bytes, line: Json) -> Ask:
    """Reads and checks a request; the log line gets its body even when it is refused."""
    found = grammar.parse(body)
    line["body"] = journal.lighten(json.loads(body or b"{}"))
    ask = read_ask(model, found)
    checks.check(ask)
    return ask


def done(line: Json, body: Json) -> web.Response:
    line |= {"status": 200, "ok": True}
    return web.json_response(body, dumps=pretty)


def pretty(body: Any) -> str:
    return json.dumps(body, indent=2)


def check_key(request: web.Request, on_vertex: bool) -> None:
    """The key belongs in a header: one in the address ends up in logs, and is refused. Vertex also takes a bearer."""
    if "key" in request.query:
        raise refusals.invalid("API keys in the query string are not accepted here. Use the x-goog-api-key header.")
    if on_vertex and request.headers.get("Authorization", "").startswith("Bearer "):
        return
    if request.headers.get("x-goog-api-key") != keys.GEMINI_KEY:
        raise refusals.invalid_key()


async def read_body(request: web.Request) -> bytes:
    """The whole body, read past the application's own limit and up to Google's 100 MB."""
    chunks: list[bytes] = []
    read = 0
    async for chunk in request.content.iter_chunked(1 << 20):
        read += len(chunk)
        if read <= MOST_BYTES:
            chunks.append(chunk)
    if read > MOST_BYTES:
        raise refusals.invalid(f"Request payload size exceeds the limit: {MOST_BYTES} bytes.")
    return b"".join(chunks)


def cut(request: web.Request) -> None:
    """Drops the connection as a broken network does."""
    if request.transport is not None:
        request.transport.abort()
    raise asyncio.CancelledError

"""The pretend Gemini's front door: paths, keys, bodies, and what is said back over HTTP."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiohttp import web

from bot.playground.gemini import admission, answers, bills, journal, mishaps, models, paths, refusals
from bot.playground.gemini.admission import cut
from bot.playground.gemini.asks import Ask
from bot.playground.gemini.magic import Fault
from bot.playground.gemini.mishaps import Mishaps
from bot.playground.gemini.pace import Pace
from bot.playground.gemini.paths import Path
from bot.playground.gemini.signatures import VERTEX
from bot.playground.gemini.studio import Studio
from bot.playground.gemini.tokens import LIFE, Tokens

Json = dict[str, Any]


class Gemini:
    """Google's image models behind `/gemini`. `calls` is the log of everything asked, oldest first."""

    def __init__(self) -> None:
        self.calls: list[Json] = []
        self.tokens = Tokens()
        self._retired: frozenset[str] = frozenset()
        self._mishaps = Mishaps()
        self._pace = Pace()
        self._studio = Studio()
        self._workers = ThreadPoolExecutor(2, thread_name_prefix="sketch")
        self._paintings: set[asyncio.Task[Json]] = set()

    def add_routes(self, app: web.Application) -> None:
        """Registers everything below /gemini/, and the token endpoint also at /token."""
        app.router.add_post("/token", self._token)
        app.router.add_post("/gemini/token", self._token)
        app.router.add_route("*", "/gemini/{tail:.*}", self._answer)

    def control(self, body: Json) -> None:
        """Orders a fault (see `mishaps`). ValueError when the body says nothing we know."""
        self._mishaps.order(body)

    def configure(self, settings: Json) -> None:
        """Takes the settings that are ours and leaves the others alone.

        `gemini_delay` (0, seconds or [lowest, highest]), `gemini_canned` (null or {"bytes": n}), `gemini_retired`
        (names of models that answer 404 as a retired model does) and `gemini_token_life` (seconds an access token for
        Vertex is good for).
        """
        if "gemini_delay" in settings:
            self._pace.set_delay(settings["gemini_delay"])
        if "gemini_canned" in settings:
            self._studio.set_canned(settings["gemini_canned"])
        if "gemini_retired" in settings:
            self._retired = frozenset(settings["gemini_retired"] or ())
        if "gemini_token_life" in settings:
            self.tokens.life = float(settings["gemini_token_life"])

    def forget(self) -> None:
        """Back to a new world: no calls, no faults, no settings."""
        self.calls.clear()
        self._mishaps.forget()
        self._studio.forget()
        self.configure({"gemini_delay": 0, "gemini_canned": None, "gemini_retired": [], "gemini_token_life": LIFE})

    async def close(self) -> None:
        """Lets hanging calls end at once and stops the painters."""
        self._pace.close()
        self._workers.shutdown(wait=False, cancel_futures=True)
        for painting in self._paintings:
            painting.cancel()
        await asyncio.gather(*self._paintings, return_exceptions=True)

    async def _token(self, request: web.Request) -> web.Response:
        try:
            await self._suffer_all(request, "", "token")
            return await self.tokens.answer(request)
        except refusals.Refusal as refusal:
            return refused(refusal)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        line = journal.entry(request.method, request.path, dict(request.headers), dict(request.query))
        self.calls.append(line)
        del self.calls[: -journal.MOST]
        try:
            return await self._serve(request, line)
        except refusals.Refusal as refusal:
            line |= {"status": refusal.code, "ok": False, "error": refusal.message}
            return refused(refusal)

    async def _serve(self, request: web.Request, line: Json) -> web.StreamResponse:
        path = paths.read(request.match_info["tail"])
        line |= {"model": path.model, "backend": path.backend}
        admission.check_credentials(request, path, self.tokens)
        if path.model is None:
            return done(line, {"models": [self._describe(model, path) for model in self._served()]})
        if path.model not in models.MODELS or path.model in self._retired:
            raise path.unknown()
        model = models.MODELS[path.model]
        if path.verb in paths.GENERATING and request.method == "POST":
            return await self._generate(request, path, model, line)
        if path.verb is None and request.method == "GET":
            await self._suffer_all(request, model.name, "get")
            return done(line, self._describe(model, path))
        raise path.unknown()

    def _served(self) -> list[models.Model]:
        return [model for model in models.MODELS.values() if model.name not in self._retired]

    def _describe(self, model: models.Model, path: Path) -> Json:
        return models.describe_for_vertex(model) if path.backend == VERTEX else models.describe(model)

    async def _generate(self, request: web.Request, path: Path, model: models.Model, line: Json) -> web.StreamResponse:
        body = await admission.read_body(request, path)
        ask = await self._in_worker(admission.admit, model, path.backend, body, line)
        fault = self._mishaps.meet(model.name, "generateContent") or self._mishaps.conjure(ask)
        await self._suffer(request, fault, model.name)
        answer = await asyncio.shield(self._begin(ask, fault, line))
        if self._pace.is_over or fault.get("drop") == "after":
            cut(request)
        if fault.get("bad_json"):
            return web.Response(text='{"candidates": [{"content": {"par', content_type="application/json")
        line |= {"status": 200, "ok": True}
        if path.verb == "streamGenerateContent":
            return await self._stream(request, answers.in_chunks(answer))
        text = await self._in_worker(pretty, answer)
        headers = {"x-gemini-service-tier": ask.tier}
        return web.Response(body=text.encode(), content_type="application/json", charset="utf-8", headers=headers)

    def _begin(self, ask: Ask, fault: Fault, line: Json) -> asyncio.Task[Json]:
        """Starts a painting that goes on, and is billed, even when the caller hangs up."""
        painting = asyncio.create_task(self._paint(ask, fault, line))
        self._paintings.add(painting)
        painting.add_done_callback(self._paintings.discard)
        return painting

    async def _paint(self, ask: Ask, fault: Fault, line: Json) -> Json:
        await self._pace.wait(float(fault.get("delay", 0)))
        answer: Json = await self._in_worker(self._studio.answer, ask, fault)
        await self._pace.delay()
        used = answer["usageMetadata"]
        line |= {"usage": used, "bill": bills.bill(ask.model.name, used), "searches": bills.searches(answer)}
        told = mishaps.spoil(answer, fault)
        line["answer"] = await self._in_worker(journal.lighten, told)
        return told

    async def _suffer_all(self, request: web.Request, model: str, method: str) -> None:
        """The same for a call that draws nothing: a delay is all that is left of it."""
        fault = self._mishaps.meet(model, method)
        await self._suffer(request, fault, model)
        await self._pace.wait(float(fault.get("delay", 0)))

    async def _suffer(self, request: web.Request, fault: Fault, model: str) -> None:
        """Lets happen what happens before drawing: a hang, a cut connection, an error and the wait for it."""
        refusal = mishaps.refusal_of(fault, model)
        if fault.get("drop") == "before":
            cut(request)
        if refusal or "hang" in fault:
            await self._pace.wait(float(fault.get("delay", 0)))
        if "hang" in fault:
            await self._pace.wait(float(fault["hang"]))
        if "hang" in fault or self._pace.is_over:
            cut(request)
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


def refused(refusal: refusals.Refusal) -> web.Response:
    kind = "text/html" if refusal.form == "html" else "application/json"
    return web.Response(text=refusal.text, status=refusal.code, content_type=kind)


def done(line: Json, body: Json) -> web.Response:
    line |= {"status": 200, "ok": True}
    return web.json_response(body, dumps=pretty)


def pretty(body: Any) -> str:
    return json.dumps(body, indent=2)

"""Bytes: the upload addresses, the private download addresses, the response URLs."""

import asyncio
import json
import re
from typing import Any

from aiohttp import web

from bot.playground import keys
from bot.playground.slack import answers, sharing
from bot.playground.slack.faults import cut, suffer_before
from bot.playground.slack.file import File, thumbnail
from bot.playground.slack.journal import close_call
from bot.playground.slack.model import Slack
from bot.playground.slack.refusals import Refusal
from bot.playground.slack.shapes import Json

LOGIN = "<!DOCTYPE html><html><head><title>Sign in | Playground</title></head><body>Sign in to see this.</body></html>"


class Transfers:
    """Routes that carry bytes. Faults know them as "upload", "download", "response_url" and "socket"."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def add_routes(self, app: web.Application) -> None:
        """Register the routes."""
        app.router.add_post("/slack/upload/{token}", self._upload)
        app.router.add_get("/slack/files/{place}/{name}", self._download)
        app.router.add_get("/slack/files/{place}/download/{name}", self._download)
        app.router.add_post("/slack/response/{token}", self._respond)
        app.router.add_get("/slack/socket", self._socket)

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        good = self._slack.sockets.tear(request.query.get("ticket", ""))
        if failed := await suffer_before(self._slack.faults.take("socket"), request):
            return failed
        if not good:
            return web.json_response({"ok": False, "error": "invalid_ticket"}, status=401)
        return await self._slack.sockets.serve(request)

    async def _upload(self, request: web.Request) -> web.Response:
        entry = self._slack.journal.open_call("upload", request.path)
        fault = self._slack.faults.take("upload")
        failed = await suffer_before(fault, request)
        data = await _uploaded_bytes(request)
        answer = failed or self._receive(request.match_info["token"], data)
        _note(entry, {"bytes": len(data)}, answer)
        return cut(request) if fault.get("drop") == "after" else answer

    def _receive(self, token: str, data: bytes) -> web.Response:
        file = self._slack.files.get(self._slack.uploads.get(token, ""))
        if file is None:
            return web.Response(status=404, text="upload_url_not_found")
        if len(data) != file.expected:
            return web.Response(status=400, text=f"length mismatch: {file.expected} declared, {len(data)} sent")
        del self._slack.uploads[token]
        file.data = data
        return web.Response(text=f"OK - {len(data)}")

    async def _download(self, request: web.Request) -> web.Response:
        entry = self._slack.journal.open_call("download", request.path)
        fault = self._slack.faults.take("download")
        failed = await suffer_before(fault, request)
        answer = failed or await self._hand_out(request)
        _note(entry, {"name": request.match_info["name"]}, answer)
        return cut(request) if fault.get("drop") == "after" else answer

    async def _hand_out(self, request: web.Request) -> web.Response:
        file = self._slack.files.get(request.match_info["place"].removeprefix(f"{keys.TEAM_ID}-"))
        if not self._may_read(request, file):
            return web.Response(text=LOGIN, content_type="text/html")
        if file is None or not file.completed:
            return web.Response(status=404, text="file_not_found")
        return await file_response(file, _edge(request, file))

    def _may_read(self, request: web.Request, file: File | None) -> bool:
        if request.headers.get("Authorization") != f"Bearer {keys.BOT_TOKEN}":
            return False
        if "files:read" not in self._slack.installation.scopes:
            return False
        return file is None or sharing.visible_to(self._slack, keys.BOT_USER, file)

    async def _respond(self, request: web.Request) -> web.Response:
        entry = self._slack.journal.open_call("response_url", request.path)
        fault = self._slack.faults.take("response_url")
        failed = await suffer_before(fault, request)
        said = await _json_body(request)
        answer = failed or self._take_reply(request.match_info["token"], said)
        _note(entry, said if isinstance(said, dict) else {}, answer)
        return cut(request) if fault.get("drop") == "after" else answer

    def _take_reply(self, token: str, said: Any) -> web.Response:
        try:
            answers.take_reply(self._slack, self._slack.reply_urls.look_up(token), said)
        except Refusal as refusal:
            status = 404 if refusal.error in ("expired_url", "used_url") else 400
            return web.json_response({"ok": False, "error": refusal.error, **refusal.extra}, status=status)
        return web.Response(text="ok")


async def file_response(file: File, edge: int | None) -> web.Response:
    """The bytes of a file, or of its thumbnail when an edge is given."""
    mimetype = file.mimetype or "application/octet-stream"
    if edge is None or file.pixels is None:
        return web.Response(body=file.data, content_type=mimetype)
    small = await asyncio.to_thread(thumbnail, file.data, edge)
    return web.Response(body=small, content_type="image/png")


def _edge(request: web.Request, file: File) -> int | None:
    name = request.match_info["name"]
    sized = re.search(r"_(\d+)\.png$", name)
    return int(sized.group(1)) if sized is not None and name != file.name else None


async def _uploaded_bytes(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    parts = await request.post()
    for part in parts.values():
        if isinstance(part, web.FileField):
            return part.file.read()
    return b""


async def _json_body(request: web.Request) -> Any:
    try:
        return json.loads(await request.text())
    except ValueError:
        return None


def _note(entry: Json, args: Json, answer: web.Response) -> None:
    ok = answer.status == 200 and answer.content_type != "text/html"
    entry["args"] = args
    close_call(entry, {"ok": ok, "error": None if ok else (answer.text or "")[:80]}, answer.status)

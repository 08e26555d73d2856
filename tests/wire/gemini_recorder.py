"""A server that writes down what it is sent, to the byte, and answers what a test wants."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

FLASH = "gemini-3.1-flash-image"
RECORDED = Path(__file__).parent / "recorded"
PIXEL = base64.b64encode(b"\xff\xd8pixel").decode()
PAINTED = {
    "candidates": [
        {"content": {"parts": [{"inlineData": {"mimeType": "image/jpeg", "data": PIXEL}}]}, "finishReason": "STOP"}
    ]
}


@dataclass
class Call:
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Recorder:
    """What came, and what is answered to the next calls."""

    url: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json; charset=UTF-8"})
    body: bytes = json.dumps(PAINTED).encode()
    calls: list[Call] = field(default_factory=list)
    tokens: list[Call] = field(default_factory=list)
    token_status: int = 200

    def answers(self, status: int, body: bytes, **headers: str) -> None:
        """From now on."""
        self.status, self.body = status, body
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    async def api(self, request: web.Request) -> web.Response:
        """Anything Google's API is asked."""
        self.calls.append(await _call(request))
        return web.Response(status=self.status, body=self.body, headers=self.headers)

    async def token(self, request: web.Request) -> web.Response:
        """Google's token server."""
        self.tokens.append(await _call(request))
        told = {"access_token": f"token-{len(self.tokens)}", "expires_in": 3600, "token_type": "Bearer"}
        wrong = {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}
        return web.json_response(told if self.token_status == 200 else wrong, status=self.token_status)


async def _call(request: web.Request) -> Call:
    return Call(request.method, request.path_qs, dict(request.headers), await request.read())


@asynccontextmanager
async def recording() -> AsyncIterator[Recorder]:
    """A running recorder."""
    recorder = Recorder()
    app = web.Application(client_max_size=2**28)
    app.router.add_post("/token", recorder.token)
    app.router.add_route("*", "/{rest:.*}", recorder.api)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    recorder.url = f"http://{host}:{port}"
    yield recorder
    await runner.cleanup()


def service_account(recorder: Recorder, folder: Path) -> Path:
    """The key file of a service account whose tokens the recorder gives out."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    told = {
        "type": "service_account",
        "project_id": "paint-project",
        "private_key_id": "1",
        "private_key": pem.decode(),
        "client_email": "bot@paint-project.example",
        "client_id": "1",
        "token_uri": f"{recorder.url}/token",
    }
    file = folder / "account.json"
    file.write_text(json.dumps(told), "utf-8")
    return file

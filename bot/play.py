"""`threadpaint play`: the world in a box and the real bot in one process, with a page to try it in."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import webbrowser
from pathlib import Path

from pydantic import SecretStr
from rich.console import Console

from bot import manifest
from bot.errors import OperatorMustFix
from bot.playground import keys
from bot.playground.world import World
from bot.roles import running
from bot.settings import Settings

VAR = Path("var")
GOOGLE = ""  # the SDK's own default base URL


async def play(port: int, open_page: bool) -> None:
    """Run until interrupted. With GEMINI_API_KEY in the environment, the real models paint."""
    console, stop = Console(highlight=False, soft_wrap=True), asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await asyncio.to_thread(VAR.mkdir, exist_ok=True)
    world = World(manifest.read(), data=VAR / "world")
    await _start(world, port)
    try:
        settings = settings_for(world, VAR)
        async with running(settings):
            painter = "Google's models (your key, your money)" if _own_key() else "the pretend Gemini in the box"
            console.print(f"Threadpaint is at [bold]{world.url}[/bold] — painted by {painter}. Ctrl-C stops it.")
            sys.stdout.flush()
            if open_page:
                await asyncio.to_thread(webbrowser.open, world.url)
            await stop.wait()
    finally:
        await world.stop()


async def world_alone(port: int) -> None:
    """Run the pretend Slack and Gemini until interrupted, and print where they are."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    world = World(manifest.read())
    await _start(world, port)
    told = (f"page {world.url}", f"SLACK_API_URL={world.slack_api_url}", f"GOOGLE_GEMINI_BASE_URL={world.gemini_url}")
    Console(highlight=False, soft_wrap=True, file=sys.stdout).print(*told, sep="\n")
    sys.stdout.flush()
    await stop.wait()
    await world.stop()


async def _start(world: World, port: int) -> None:
    try:
        await world.start(port=port)
    except OSError as error:
        raise OperatorMustFix("port_taken", port=str(port)) from error


def settings_for(world: World, folder: Path) -> Settings:
    """Settings that point the real bot at a world, with its data in a folder."""
    own = _own_key()
    return Settings(
        slack_bot_token=SecretStr(keys.BOT_TOKEN),
        slack_app_token=SecretStr(keys.APP_TOKEN),
        slack_signing_secret=SecretStr(keys.SIGNING_SECRET),
        slack_api_url=world.slack_api_url,
        gemini_api_key=SecretStr(own or keys.GEMINI_KEY),
        gemini_base_url=GOOGLE if own else world.gemini_url,
        database_url=f"sqlite:///{folder / 'threadpaint.db'}",
        pictures_url=str(folder / "pictures"),
        http="127.0.0.1:0",
    )


def _own_key() -> str:
    return os.environ.get("GEMINI_API_KEY") or os.environ.get("GOOGLE_API_KEY") or ""

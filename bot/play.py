"""`threadpaint play`: the world in a box and the real bot in one process, with a page to try it in."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import webbrowser
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from pydantic_settings import PydanticBaseSettingsSource
from rich.console import Console

from bot import manifest
from bot.errors import OperatorMustFix
from bot.playground import keys
from bot.playground.world import World
from bot.roles import running
from bot.settings import Settings, set_names

VAR = Path("var")
KEY = "GEMINI_API_KEY"
GOOGLE = "https://generativelanguage.googleapis.com/"  # said, because the SDK asks the environment for what is not


async def play(port: int, open_page: bool) -> None:
    """Run until interrupted. With GEMINI_API_KEY in the environment, the real models paint."""
    console, stop = Console(highlight=False, soft_wrap=True), asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    world = World(manifest.read(), data=VAR / "world")
    await begin(world, port)
    try:
        settings = settings_for(world, VAR)
        async with running(settings):
            _greet(console, world)
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
    await begin(world, port)
    told = (f"page {world.url}", f"SLACK_API_URL={world.slack_api_url}", f"GOOGLE_GEMINI_BASE_URL={world.gemini_url}")
    Console(highlight=False, soft_wrap=True, file=sys.stdout).print(*told, sep="\n")
    sys.stdout.flush()
    await stop.wait()
    await world.stop()


async def begin(world: World, port: int) -> None:
    """Start a world. Raises OperatorMustFix when its port or its folder cannot be had."""
    try:
        await world.start(port=port)
    except OSError as error:
        if error.filename is not None:
            raise OperatorMustFix("folder_unusable", file=str(error.filename)) from error
        raise OperatorMustFix("port_taken", port=str(port)) from error


def _greet(console: Console, world: World) -> None:
    painter = "Google's models (your key, your money)" if _own_key() else "the pretend Gemini in the box"
    console.print(f"Threadpaint is at [bold]{world.url}[/bold] — painted by {painter}. Ctrl-C stops it.")
    if names := not_taken():
        console.print(f"Set, but not used here: {', '.join(names)}.", markup=False)
    sys.stdout.flush()


class Boxed(Settings):
    """Settings that are said here or are the documented defaults: nothing comes from the environment."""

    @classmethod
    def settings_customise_sources(cls, *_: Any, **sources: Any) -> tuple[PydanticBaseSettingsSource, ...]:
        """Of pydantic's places to look, only what is handed in."""
        return (sources["init_settings"],)


def settings_for(world: World, folder: Path) -> Settings:
    """Settings that point the real bot at a world, with its data in a folder.

    A shell in which somebody works on Google Cloud must not make playing cost money, or write where others read: of the
    environment they take GEMINI_API_KEY alone, which README asks people to set for that. Raises OperatorMustFix.
    """
    own = _own_key()
    return Boxed.of(
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


def not_taken() -> list[str]:
    """The settings in the environment, misspelt ones as well, of which nothing is used here."""
    return [name for name in set_names() if name != KEY and os.environ[name]]


def _own_key() -> str:
    return os.environ.get(KEY, "").strip()

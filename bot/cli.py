"""The command line."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine
from importlib.metadata import version
from typing import Annotated, Any, TypeVar

import typer
import uvloop
from rich.console import Console

from bot.domain.forgetting import Forgotten
from bot.errors import ThreadpaintError
from bot.logs import set_up
from bot.settings import Settings
from handlers import wording

ABOUT = "A Slack app that makes pictures in the conversation, with Google's Gemini image models."
app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
Outcome = TypeVar("Outcome")
Port = Annotated[int, typer.Option(min=0, max=65535, help="Port of the page; 0 takes any free one.")]


def _say_version(asked: bool) -> None:
    if asked:
        print(f"threadpaint {version('threadpaint')}")  # noqa: T201
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", is_eager=True, callback=_say_version, help="Say which version this is.")
]


@app.callback(help=ABOUT)
def about(version: Version = False) -> None:
    """Where options of no command in particular are read."""


@app.command()
def play(port: Port = 8765, open_page: Annotated[bool, typer.Option("--open/--no-open")] = True) -> None:
    """Try it in the browser: a pretend Slack, the real bot."""
    from bot.logs import set_up
    from bot.play import play as run

    set_up("warning")
    _until_done(lambda: run(port, open_page))


@app.command()
def serve(with_work: Annotated[bool, typer.Option("--work/--no-work", help="Do the work as well.")] = True) -> None:
    """Serve a workspace, by Socket Mode or HTTP; with --no-work others do the work."""
    from bot.roles import doors, running
    from bot.serving import serve as run

    _until_done(lambda: run(_settings(), running if with_work else doors))


@app.command()
def work() -> None:
    """Do the work that others take in: a worker without doors, beside `serve`, on Postgres."""
    from bot.roles import work as opening
    from bot.serving import serve as run

    _until_done(lambda: run(_settings(), opening))


@app.command()
def migrate() -> None:
    """Bring the database to the newest schema, the job engine's tables as well, and exit."""
    from bot.jobs.schema import migrate_all

    _until_done(lambda: migrate_all(_settings().database_url))
    print("The database has the newest schema.")  # noqa: T201


@app.command()
def world(port: Port = 8766) -> None:
    """Run the pretend Slack and Gemini alone, for tests."""
    from bot.play import world_alone

    _until_done(lambda: world_alone(port))


@app.command()
def forget(
    user: Annotated[list[str] | None, typer.Option(help="A person: Slack's id, U….")] = None,
    channel: Annotated[list[str] | None, typer.Option(help="A channel (C…) or a direct message (D…).")] = None,
    workspace: Annotated[list[str] | None, typer.Option(help="A workspace: T….")] = None,
    due: Annotated[
        bool, typer.Option("--due", help="What is past its time, who left long ago, bytes nobody names.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how much it would be.")] = False,
) -> None:
    """Delete for good; several ids narrow it down. Exit 1 when some of it is still at work."""
    from bot.jobs.upkeep import erase, look
    from bot.roles import keeping
    from handlers import oblivion

    async def run(settings: Settings) -> Forgotten:
        share = oblivion.share(user or (), channel or (), workspace or (), due)
        return await (look if dry_run else erase)(keeping(settings), share)

    forgotten = _until_done(lambda: run(_settings()))
    heading = "This would be forgotten:" if dry_run else "Forgotten:"
    print(oblivion.account(forgotten, heading, oblivion.NOT_DUE if due else oblivion.NOT_KEPT))  # noqa: T201
    if forgotten.left and not dry_run:
        raise typer.Exit(1)


@app.command()
def doctor() -> None:
    """Check settings, database, pictures, Slack and models; exit 1 when something is wrong."""
    from bot.doctor import examine

    async def run(settings: Settings) -> bool:
        console, well = Console(highlight=False, soft_wrap=True), True
        async for finding in examine(settings):
            mark = "[green]ok[/green]   " if finding.well else "[red]wrong[/red]"
            console.print(f"{mark} {finding.name}: ", end="")
            console.print(finding.seen, markup=False)
            well = well and finding.well
        return well

    if not _until_done(lambda: run(_settings())):
        raise typer.Exit(1)


def _settings() -> Any:
    from bot.settings import Settings

    settings = Settings.read()
    set_up(settings.log_level)
    return settings


def _until_done(work: Callable[[], Coroutine[Any, Any, Outcome]]) -> Outcome:
    """Run it; what only the operator can mend is one line, not a traceback."""
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(work())
    except ThreadpaintError as fault:
        print(f"threadpaint: {wording.for_operator(fault.reason, fault.facts)}", file=sys.stderr)  # noqa: T201
        raise typer.Exit(1) from None

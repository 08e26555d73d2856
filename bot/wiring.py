"""Introduces everything to everything: the only place that names concrete classes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from secrets import token_hex

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.signature import SignatureVerifier

from bot.desk import Desk, Kept, laid_out
from bot.domain.limits import Limits
from bot.engines.assured import AssuredEngine
from bot.engines.booked import BookedEngine
from bot.engines.gemini import GeminiEngine
from bot.engines.steady import SteadyEngine
from bot.jobs.admission import Admission
from bot.jobs.checkpoints import Checkpoints
from bot.jobs.course import Course
from bot.jobs.engine import Jobs
from bot.jobs.halting import Halting
from bot.jobs.pulse import Pulse
from bot.jobs.schema import prepare
from bot.jobs.steps import Steps, Studio
from bot.jobs.worker import Worker
from bot.metrics import MeasuredEngine
from bot.outside import Slack, bolt, gemini, identify, slack_client, slack_session
from bot.ports import Places
from bot.rulebook import read_catalogue, read_limits
from bot.settings import Settings
from bot.studio.detours import Detours
from bot.studio.gathering import Gathering
from bot.studio.holding import Holding
from bot.studio.leaving import Leaving
from bot.studio.line import Line
from bot.studio.opening import Opening
from bot.studio.painting import Painting
from bot.studio.places import LocalPlaces
from bot.studio.showing import Showing
from bot.studio.submit import Submit
from bot.studio.telling import Telling
from handlers import routes, strangers
from handlers.departures import is_back
from handlers.downloads import SlackReader
from handlers.intake import Me
from handlers.operators import SlackOperator
from handlers.replies import Memory
from handlers.slack import knock
from storage.bells import listen
from storage.database import Database
from storage.departures import SqlDepartures
from storage.executors import SqlExecutors, life
from storage.occupancy import occupied
from storage.pictures import StoredPictures
from storage.places import SqlPlaces
from storage.schema import migrate


@dataclass(frozen=True, slots=True)
class Front:
    """What the doors open onto."""

    app: AsyncApp
    database: Database
    verifier: SignatureVerifier  # of deliveries over HTTP
    leaving: Leaving
    me: Me


@dataclass(frozen=True, slots=True)
class House:
    """What the doors open onto, and who does the work. Alive inside `build`."""

    front: Front
    worker: Worker
    calls: BookedEngine


@asynccontextmanager
async def build(settings: Settings) -> AsyncIterator[House]:
    """The whole bot, not yet listening. Raises OperatorMustFix when it cannot start."""
    async with AsyncExitStack() as stack:
        database = Database(settings.database_url)
        life = Life.of(settings, database)
        slack = await _reached(settings, database, life, stack)
        if database.is_shared:  # in a file of its own the engine makes them itself
            await prepare(settings.database_url)
        engine = gemini(settings)
        stack.push_async_callback(engine.close)
        house = await _house(settings, database, slack, engine, life)
        stack.push_async_callback(house.calls.leave)
        yield house


@asynccontextmanager
async def build_front(settings: Settings) -> AsyncIterator[Front]:
    """What takes requests in, without models and without pictures. Raises OperatorMustFix when it cannot start."""
    async with AsyncExitStack() as stack:
        database = Database(settings.database_url)
        slack = await _reached(settings, database, Life.of(settings, database), stack)
        desk = await laid_out(settings, database, slack, read_catalogue(settings), Limits)
        yield await _front(settings, slack, desk, lambda: None)  # the database wakes the workers


async def _reached(settings: Settings, database: Database, life: Life, stack: AsyncExitStack) -> Slack:
    """Slack has let us in, and the database is open with the newest schema, until the stack closes."""
    session = await stack.enter_async_context(slack_session(life.pulse))
    client = slack_client(settings, session)
    who = await identify(client)
    if token := settings.slack_app_token.get_secret_value():
        await knock(client, token)
    stack.enter_context(occupied(settings.database_url))
    await migrate(settings.database_url)
    await database.open()
    stack.push_async_callback(database.close)
    return Slack(client, session, who)


@dataclass(frozen=True, slots=True)
class Life:
    """This process among the others: its row, and its signs of life."""

    executors: SqlExecutors
    pulse: Pulse
    id: str

    @classmethod
    def of(cls, settings: Settings, database: Database) -> Life:
        """A life that nobody has lived before, under this process's stable name."""
        token = token_hex(8)
        executors = SqlExecutors(database, settings.executor, token)
        return cls(executors, Pulse(executors), life(settings.executor, token))


async def _front(settings: Settings, slack: Slack, desk: Desk, wake: Callable[[], None]) -> Front:
    app, kept, me = bolt(settings, slack), desk.kept, _me(slack.who)
    memory = Memory(kept.requests, kept.threads, kept.turns, kept.verdicts)
    leaving = Leaving(SqlDepartures(kept.database), kept.requests, settings.uninstall_days)
    await leaving.is_here(me.team)  # Slack has just told us who we are
    submit = Submit(kept.requests, wake, partial(is_back, slack.client, leaving))
    if settings.strangers == "refuse":
        strangers.register(app, me)
    routes.register(app, me, submit, memory, desk.messenger, desk.lineup, desk.spending)
    secret = settings.slack_signing_secret.get_secret_value() or token_hex()  # without one, nobody can sign
    return Front(app, kept.database, SignatureVerifier(secret), leaving, me)


def _me(who: AuthorizeResult) -> Me:
    return Me(who.team_id or "", who.bot_user_id or "", who.bot_id or "", who.enterprise_id or "")


def _places(settings: Settings, database: Database, limits: Callable[[], Limits]) -> Places:
    if database.is_shared:
        return SqlPlaces(database, settings.executor, limits, settings.at_once)
    return LocalPlaces(limits, settings.at_once)


async def _house(settings: Settings, database: Database, slack: Slack, engine: GeminiEngine, life: Life) -> House:
    catalogue, pictures = read_catalogue(settings), StoredPictures(settings.pictures_url)
    limits = read_limits(settings, catalogue)
    await pictures.open()
    desk = await laid_out(settings, database, slack, catalogue, limits)
    kept, lineup, messenger = desk.kept, desk.lineup, desk.messenger
    booked = BookedEngine(MeasuredEngine(engine), kept.ledger, catalogue)
    operator = SlackOperator(slack.client, kept.posts, settings.operator)
    line = Line(_places(settings, database, limits))
    painting = _painting(settings, desk, pictures, line, AssuredEngine(booked, life.pulse.assured), operator)
    token = settings.slack_bot_token.get_secret_value()
    reader = SlackReader(slack.client, slack.session, token, settings.slack_api_url)
    studio = Studio(
        Opening(lineup, kept.threads, kept.turns, reader, kept.ledger),
        Gathering(catalogue, reader, pictures, kept.threads, kept.turns),
        painting,
        Showing(lineup, messenger, pictures, kept.threads, kept.turns, kept.verdicts),
        desk.spending,
    )
    halting = Halting(kept.requests)
    steps = Steps(kept.requests, kept.turns, messenger, studio, operator, halting)
    worker = _worker(settings, kept, steps, halting, life, limits)
    return House(await _front(settings, slack, desk, worker.admission.wake), worker, booked)


def _worker(
    settings: Settings, kept: Kept, steps: Steps, halting: Halting, life: Life, limits: Callable[[], Limits]
) -> Worker:
    admission, pulse, url = Admission(kept.requests), life.pulse, settings.database_url
    checkpoints = Checkpoints(pulse.assured)
    course = Course(kept.requests, steps, checkpoints)
    jobs = Jobs(url, settings.executor, life.id, kept.requests, course, checkpoints, admission.wake)
    return Worker(jobs, admission, pulse, life.executors, partial(listen, url), halting, settings.keep_history, limits)


def _painting(
    settings: Settings, desk: Desk, pictures: StoredPictures, line: Line, engine: AssuredEngine, operator: SlackOperator
) -> Painting:
    """Around the dialect, the count, the ledger and the certainty: the patience, and who waits."""
    turns, lineup = desk.kept.turns, desk.lineup
    steady = SteadyEngine(engine, settings.deadline, line.hold_up)
    telling = Telling(lineup, engine.route, pictures, turns)
    return Painting(
        lineup.catalogue, steady, Holding(pictures, operator), turns, line, telling, Detours(lineup, turns, operator)
    )

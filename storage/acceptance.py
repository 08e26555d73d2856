"""What becomes of deliveries at the door: new, known, a second click on the same button, or nothing at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, or_, select

from bot.domain.requests import Act, ImageRequest
from bot.domain.threads import Thread
from bot.ports import Accepted
from storage import locks
from storage.clock import moment
from storage.columns import storable
from storage.rows import Row, request_row
from storage.tables import departures, on_picture, requests
from storage.threads import open_threads
from storage.upserts import inserting

CLICKS = 1_129_071_431  # any number, see `locks`
DOUBLE_CLICK = 3_000_000  # microseconds in which a second click on a button is not meant

Button = tuple[str, str]


def opens_thread(request: ImageRequest) -> bool:
    """Whether the bot answers in this thread from now on without being mentioned.

    So it is when the bot was mentioned at the top of a channel, and always in a direct message ("D…"). A command's
    thread exists only once its root is posted.
    """
    place = request.place
    if not place.thread or request.act is Act.LOST:
        return False
    return place.channel.startswith("D") or (request.act is Act.MENTION and place.thread == request.ts)


def accept_all(connection: Connection, batch: Sequence[ImageRequest], now: int) -> list[Accepted]:
    """Write them down in this transaction, and say for each what it was. `now` is in microseconds since 1970."""
    gone = _gone(connection, batch)
    staying = [request for request in batch if request.place.team not in gone]
    twins = _twins(connection, staying, now)
    fresh = _insert(connection, _first_of_each(staying, twins), now)
    open_threads(connection, [Thread(r.place, ours=True) for r in fresh.values() if opens_thread(r)])
    return [Accepted.GONE if request.place.team in gone else _outcome(request, fresh, twins) for request in batch]


def _gone(connection: Connection, batch: Sequence[ImageRequest]) -> set[str]:
    """The workspaces that have taken the bot out, of those that ask."""
    asking = departures.c.team.in_({request.place.team for request in batch})
    return set(connection.scalars(select(departures.c.team).where(asking)))


def _outcome(request: ImageRequest, fresh: dict[str, ImageRequest], twins: set[str]) -> Accepted:
    if fresh.get(storable(request.key)) is request:
        return Accepted.NEW
    return Accepted.TWIN if storable(request.key) in twins else Accepted.KNOWN


def _first_of_each(batch: Sequence[ImageRequest], twins: set[str]) -> dict[str, ImageRequest]:
    """By key, without the twins; of several deliveries of the same the first."""
    backwards = {storable(request.key): request for request in reversed(batch)}
    return {key: request for key, request in reversed(backwards.items()) if key not in twins}


def _insert(connection: Connection, chosen: dict[str, ImageRequest], now: int) -> dict[str, ImageRequest]:
    """Those that were not stored yet."""
    if not chosen:
        return {}
    insert = inserting(connection, requests).on_conflict_do_nothing(index_elements=["key"])
    rows = [_row(request, now) for request in chosen.values()]
    stored = connection.scalars(insert.returning(requests.c.key), rows)
    return {key: chosen[key] for key in stored}


def _row(request: ImageRequest, now: int) -> Row:
    return {**request_row(request), "lane": request.lane, "moment": moment(request.ts), "accepted": now}


def _twins(connection: Connection, batch: Sequence[ImageRequest], now: int) -> set[str]:
    """Keys of clicks that repeat another click on the same button. A delivery that is known is never one."""
    clicks = [request for request in batch if request.act.is_click and storable(request.picture)]
    if not clicks:
        return set()
    _take_turns(connection, clicks)
    known = _known(connection, clicks)
    pressed = _pressed(connection, clicks, now)
    return _repeated(clicks, known, pressed)


def _repeated(clicks: Iterable[ImageRequest], known: set[str], pressed: set[Button]) -> set[str]:
    twins: set[str] = set()
    fresh: set[str] = set()
    for click in clicks:
        key, button = storable(click.key), (click.act.value, storable(click.picture))
        if key in known or key in fresh:
            continue
        (twins if button in pressed else fresh).add(key)
        pressed.add(button)
    return twins


def _take_turns(connection: Connection, clicks: list[ImageRequest]) -> None:
    """Let processes decide about one button one after the other. It may be under a turn without pictures."""
    buttons = {f"{click.act.value}/{storable(click.picture)}" for click in clicks}
    locks.take(connection, CLICKS, buttons)


def _known(connection: Connection, clicks: list[ImageRequest]) -> set[str]:
    chosen = requests.c.key.in_({click.key for click in clicks})
    return set(connection.scalars(select(requests.c.key).where(chosen)))


def _pressed(connection: Connection, clicks: list[ImageRequest], now: int) -> set[Button]:
    """The buttons whose click is being worked on, or was accepted just now (by a clock that may differ a little).

    A click that was cancelled is none any more, though it may take a while to end.
    """
    just_now = requests.c.accepted.between(now - DOUBLE_CLICK + 1, now + DOUBLE_CLICK - 1)
    chosen = requests.c.picture.in_({click.picture for click in clicks})
    query = select(requests.c.act, requests.c.picture).where(
        on_picture, chosen, requests.c.cancelled.is_(None), or_(requests.c.finished.is_(None), just_now)
    )
    return {(row.act, row.picture) for row in connection.execute(query)}

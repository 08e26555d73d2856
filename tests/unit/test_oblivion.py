"""What `threadpaint forget` takes and says, and what is due by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.domain.forgetting import Forgotten, Share
from bot.errors import OperatorMustFix
from bot.jobs.daily import daily
from bot.settings import Settings
from bot.studio.retention import DAY, Retention
from handlers import oblivion

NOW = 1_763_720_000_000_000
Ids = Sequence[str]


def test_ids_mean_what_they_name() -> None:
    assert oblivion.share(["U0ANA"], (), (), False) == Share(person="U0ANA")
    assert oblivion.share(["W0ANA"], ["C0ROOM"], ["T0TEAM"], False) == Share("T0TEAM", "C0ROOM", "W0ANA")
    assert oblivion.share((), ["D0DIRECT"], (), False) == Share(channel="D0DIRECT")
    assert oblivion.share((), (), (), True) is None


@pytest.mark.parametrize(
    "given",
    [
        ((), (), (), False),
        (["U0ANA"], (), (), True),
        (["@ana"], (), (), False),
        (["<@U0ANA>"], (), (), False),
        (["C0ROOM"], (), (), False),
        ((), ["U0ANA"], (), False),
        ((), ["#general"], (), False),
        ((), (), ["C0ROOM"], False),
        (["u0ana"], (), (), False),
        (["U0ANA U0BEN"], (), (), False),
        (["U0ANA\n"], (), (), False),
        (["%"], (), (), False),
        ([""], (), ["T0TEAM"], False),
        (["U0ANA"], [""], (), False),
        ([""], (), (), True),
        (["U0ANA", "U0BEN"], (), (), False),
        (["U0ANA", "U0ANA"], (), (), False),
    ],
)
def test_what_is_no_id_is_refused(given: tuple[Ids, Ids, Ids, bool]) -> None:
    with pytest.raises(OperatorMustFix, match="forget_whom"):
        oblivion.share(*given)


@pytest.mark.parametrize(
    ("words", "shown"), [("--user= --workspace T0TEAM", '--user ""'), ("--user U0ANA --user U0BEN", "more than once")]
)
def test_an_id_that_got_lost_on_the_way_widens_nothing(monkeypatch: pytest.MonkeyPatch, words: str, shown: str) -> None:
    """As from a shell's variable that is empty: the whole workspace would go."""
    monkeypatch.setattr("bot.cli.set_up", lambda level: None)  # the log belongs to all tests
    told = CliRunner().invoke(app, ["forget", *words.split()])
    assert (told.exit_code, told.stdout) == (1, "")
    assert shown in told.stderr


def test_figures_are_told_and_nothing_else() -> None:
    told = oblivion.account(Forgotten(requests=1234, size=5), "Forgotten:")
    assert told.splitlines() == [
        "Forgotten:",
        "       1,234  requests, with their job history",
        "           5  bytes in them",
    ]
    assert oblivion.account(Forgotten(), "Forgotten:") == "Nothing is kept of it."
    assert oblivion.account(Forgotten(), "Forgotten:", oblivion.NOT_DUE) == "Nothing is due."
    assert "1 request is at work" in oblivion.account(Forgotten(left=1), "Forgotten:")
    assert "2 requests are at work" in oblivion.account(Forgotten(left=2, turns=1), "Forgotten:")


def test_every_figure_has_words() -> None:
    assert {name for name, _ in Forgotten().figures()} == {*oblivion.FIGURES, "left"}


@pytest.mark.parametrize(("said", "days"), [("90", 90), (" 1 ", 1), ("", None), ("36500", 36_500)])
def test_days_are_read(monkeypatch: pytest.MonkeyPatch, said: str, days: int | None) -> None:
    monkeypatch.setenv("THREADPAINT_RETENTION", said)
    assert Settings.read().retention == days


@pytest.mark.parametrize("said", ["0", "-1", "1.5", "soon", "36501", "1e3"])
def test_what_are_no_days_stops_the_start(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("THREADPAINT_RETENTION", said)
    with pytest.raises(OperatorMustFix) as caught:
        Settings.read()
    assert caught.value.facts["name"] == "THREADPAINT_RETENTION"


def test_a_workspaces_data_may_go_at_once_or_in_thirty_days(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings.read().uninstall_days == 30
    monkeypatch.setenv("THREADPAINT_UNINSTALL_DAYS", "0")
    assert Settings.read().uninstall_days == 0


class Eraser:
    """Forgets whatever it is told, and remembers what that was."""

    def __init__(self, left: int = 0) -> None:
        self.shares: list[Share] = []
        self._left = left

    async def look(self, share: Share) -> Forgotten:
        self.shares.append(share)
        return Forgotten(turns=1)

    async def forget(self, share: Share) -> Forgotten:
        self.shares.append(share)
        return Forgotten(turns=1, left=self._left)


class Gone:
    """Workspaces, and when they left."""

    def __init__(self, **teams: int) -> None:
        self.teams = dict(teams)

    async def left(self, team: str) -> bool:
        return self.teams.setdefault(team, NOW) == NOW

    async def returned(self, team: str) -> bool:
        return self.teams.pop(team, None) is not None

    async def gone_since(self, moment: int) -> Sequence[str]:
        return [team for team, left in self.teams.items() if left < moment]


def retention(eraser: Eraser, gone: Gone, days: int | None) -> Retention:
    return Retention(eraser, gone, days, 30, lambda: NOW)  # type: ignore[arg-type]


async def test_what_is_old_and_who_has_left_is_due() -> None:
    eraser, gone = Eraser(), Gone(T1=NOW - 31 * DAY, T2=NOW - 29 * DAY)
    assert await retention(eraser, gone, 7).forget() == Forgotten(turns=2)
    assert eraser.shares == [Share("T1"), Share(before=NOW - 7 * DAY, without=("T1",))]
    assert set(gone.teams) == {"T2"}


async def test_without_days_nothing_is_old() -> None:
    eraser = Eraser()
    assert not await retention(eraser, Gone(), None).forget()
    assert eraser.shares == []


async def test_who_has_something_at_work_stays_due() -> None:
    gone = Gone(T1=0)
    await retention(Eraser(left=1), gone, None).forget()
    assert set(gone.teams) == {"T1"}


async def test_the_daily_work_goes_on_after_a_fault() -> None:
    done = asyncio.Event()

    async def work() -> None:
        done.set()
        raise RuntimeError("the database is away")

    async with daily(work, first=0.0):
        async with asyncio.timeout(5):
            await done.wait()

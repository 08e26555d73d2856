"""Who is a stranger: by what Slack says of an event's author, of who clicks, and of who types a command."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.intake import Me
from handlers.strangers import is_stranger

ALONE = Me("T0", "U0BOT", "B0BOT")
ON_GRID = Me("T0", "U0BOT", "B0BOT", "E0")


def event(shared: bool = True, **said: str) -> dict[str, Any]:
    return {"team_id": "T0", "is_ext_shared_channel": shared, "event": {"type": "message", **said}}


def click(whose: str | None, team: str | None = None, **fields: Any) -> dict[str, Any]:
    return {"user": {"id": "U1", "team_id": whose}, "team": {"id": team} if team else None, **fields}


@pytest.mark.parametrize(
    "body",
    [
        event(user_team="T9"),
        event(source_team="T9", team="T0"),
        event(user_team="E9", team="T0"),
        event(team="T9"),
        event(shared=False, user_team="T9"),
        click("T9"),
        click("T9", "T0"),
        click(None, "T9"),
        {"team_id": "T9", "user_id": "U1"},
    ],
)
def test_another_company(body: dict[str, Any]) -> None:
    assert is_stranger(body, ALONE)


@pytest.mark.parametrize(
    "body",
    [
        event(user_team="T0", team="T9"),
        event(team="T0"),
        event(),
        click("T0"),
        click("T0", "T9"),
        click(None, "T0"),
        click(None),
        {"team_id": "T0", "user_id": "U1"},
    ],
)
def test_one_of_us(body: dict[str, Any]) -> None:
    assert not is_stranger(body, ALONE)
    assert not is_stranger(body, ON_GRID)


@pytest.mark.parametrize(
    "body",
    [
        event(user_team="E0"),
        event(shared=False, user_team="T8"),
        event(team="T8") | {"team_id": "T8", "enterprise_id": "E0"},
        click("E0"),
        click("T8", enterprise={"id": "E0"}),
        {"user": {"id": "U1", "team_id": "T8"}, "team": {"id": "T8", "enterprise_id": "E0"}},
        {"team_id": "T8", "enterprise_id": "E0", "user_id": "U1"},
    ],
)
def test_another_workspace_of_the_same_organisation(body: dict[str, Any]) -> None:
    assert not is_stranger(body, ON_GRID)
    assert is_stranger(body, ALONE)


@pytest.mark.parametrize(
    "body",
    [
        event(user_team="E9"),
        event(user_team="T9"),
        event(team="T9") | {"team_id": "T0", "enterprise_id": "E0"},
        event(team="T9") | {"team_id": "T9", "enterprise_id": "E9"},
        click("T9", enterprise={"id": "E9"}),
        click("T9", "T0", enterprise={"id": "E0"}),
        {"user": {"id": "U1", "team_id": "T9"}, "team": {"id": "T0", "enterprise_id": "E0"}},
        {"team_id": "T9", "enterprise_id": "E9", "user_id": "U1"},
    ],
)
def test_another_organisation(body: dict[str, Any]) -> None:
    assert is_stranger(body, ON_GRID)

"""`threadpaint play` spends nobody's money unasked: of the environment it takes the one key that README names."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.errors import OperatorMustFix
from bot.outside import access
from bot.play import begin, not_taken, settings_for
from bot.playground import keys
from bot.playground.world import World
from bot.settings import Settings
from handlers import wording

ELSEWHERE = {
    "GOOGLE_GENAI_USE_VERTEXAI": "true",
    "GOOGLE_GENAI_USE_ENTERPRISE": "true",
    "GOOGLE_CLOUD_PROJECT": "of-somebody",
    "GOOGLE_CLOUD_LOCATION": "europe-west4",
    "GOOGLE_VERTEX_BASE_URL": "http://127.0.0.1:1",
    "GOOGLE_GEMINI_BASE_URL": "http://127.0.0.1:1",
    "GOOGLE_GENAI_API_VERSION": "v1",
    "GOOGLE_API_KEY": "of-somebody",
    "SLACK_BOT_TOKEN": "xoxb-of-somebody",
    "SLACK_API_URL": "http://127.0.0.1:1",
    "DATABASE_URL": "postgresql://127.0.0.1:1/theirs",
    "PICTURES_URL": "s3://theirs",
    "THREADPAINT_CATALOGUE": "/proc/nowhere",
    "THREADPAINT_LIMITS": "/proc/nowhere",
    "THREADPAINT_BUDGET_PERSON_DAY": "much",
    "THREADPAINT_RETENTION": "1",
    "THREADPAINT_DEADLINE": "",
    "THREADPAINT_AT_ONECE": "3",
    "threadpaint_operator": "U0ANA",
}


@pytest.fixture
def world() -> World:
    """A world that is nowhere yet."""
    world = World({})
    world.url = "http://127.0.0.1:2"
    return world


@pytest.fixture(autouse=True)
def without_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key of the developer's own is never used in a test."""
    for name in ("GEMINI_API_KEY", "GOOGLE_API_KEY"):
        monkeypatch.delenv(name, raising=False)


def test_nothing_of_the_environment_reaches_it(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    bare = settings_for(world, Path("var"))
    for name, value in ELSEWHERE.items():
        monkeypatch.setenv(name, value)
    assert settings_for(world, Path("var")) == bare
    assert access(bare) == access(settings_for(world, Path("var")))
    assert (bare.google_enterprise, bare.gemini_base_url) == (False, "http://127.0.0.1:2/gemini")
    assert bare.gemini_api_key.get_secret_value() == keys.GEMINI_KEY


def test_each_setting_of_the_bot_is_one_of_those_that_stay_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also those that come to it later."""
    names = {str(name) for field in Settings.model_fields.values() for name in field.validation_alias.choices}  # type: ignore[union-attr]
    for name in names | {"THREADPAINT_AT_ONECE"}:
        monkeypatch.setenv(name, "3")
    assert not_taken() == sorted(names - {"GEMINI_API_KEY"} | {"THREADPAINT_AT_ONECE"})


def test_the_key_it_is_given_goes_to_google_and_nowhere_else(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("GEMINI_API_KEY", "mine")
    settings = settings_for(world, Path("var"))
    assert settings.gemini_api_key.get_secret_value() == "mine"
    assert settings.gemini_base_url == "https://generativelanguage.googleapis.com/"


def test_a_key_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    monkeypatch.setenv("GEMINI_API_KEY", "‘mine’")
    with pytest.raises(OperatorMustFix) as caught:
        settings_for(world, Path("var"))
    assert caught.value.facts["name"] == "GEMINI_API_KEY"


@pytest.mark.parametrize("port", ["-1", "65536", "99999"])
@pytest.mark.parametrize("command", ["play", "world"])
def test_a_port_that_is_none_is_refused(command: str, port: str) -> None:
    ended = CliRunner().invoke(app, [command, "--port", port])
    assert ended.exit_code == 2
    assert "Invalid value for '--port'" in ended.output


def test_it_says_what_it_is_and_which_version() -> None:
    assert "makes pictures in the conversation" in CliRunner().invoke(app, ["--help"]).output
    assert CliRunner().invoke(app, ["--version"]).output == f"threadpaint {version('threadpaint')}\n"


@pytest.mark.parametrize("taken", ["", "world", "world/files"])
async def test_a_file_where_its_folder_should_be_is_named(tmp_path: Path, taken: str) -> None:
    """Not as a port that is taken."""
    there = tmp_path / "var" / taken
    there.parent.mkdir(parents=True, exist_ok=True)
    there.write_text("a note", "utf-8")
    with pytest.raises(OperatorMustFix) as caught:
        await begin(World({}, data=tmp_path / "var" / "world"), 0)
    said = wording.for_operator(caught.value.reason, caught.value.facts)
    assert str(tmp_path / "var") in said
    assert "\n" not in said
    assert "--port" not in said

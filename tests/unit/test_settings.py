"""The environment, read once: what is misspelt or makes no sense stops the start in a sentence that names it."""

from __future__ import annotations

import os

import pytest

from bot.errors import OperatorMustFix
from bot.settings import Settings, known_names
from handlers import wording


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the developer's own environment."""
    for name in list(os.environ):
        if name.startswith(("THREADPAINT_", "SLACK_", "GEMINI_", "GOOGLE_", "DATABASE_", "PICTURES_")):
            monkeypatch.delenv(name)


def test_nothing_set_is_the_documented_default() -> None:
    settings = Settings.read()
    assert (settings.http, settings.at_once, settings.deadline) == ("127.0.0.1:3000", 256, 600.0)
    assert settings.slack_api_url == "https://slack.com/api/"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("THREADPAINT_AT_ONECE", "3"),
        ("THREADPAINT_", "x"),
        ("THREADPAINT_AT_ONCE", "0"),
        ("THREADPAINT_AT_ONCE", "-1"),
        ("THREADPAINT_AT_ONCE", "many"),
        ("threadpaint_at_onece", "3"),
        ("THREADPAINT_AT_ONCE_PERSON", "0"),
        ("THREADPAINT_AT_ONCE_WORKSPACE", "-3"),
        ("THREADPAINT_AT_ONCE_MODEL", "two"),
        ("THREADPAINT_PER_MINUTE", "0"),
        ("THREADPAINT_PER_MINUTE", "1000001"),
        ("THREADPAINT_DEADLINE", "0"),
        ("THREADPAINT_DEADLINE", "nan"),
        ("THREADPAINT_DEADLINE", "inf"),
        ("THREADPAINT_KEEP_HISTORY", "36501"),
        ("THREADPAINT_OPERATOR", "@ana"),
        ("THREADPAINT_OPERATOR", "C0OPS C0MORE"),
        ("THREADPAINT_OPERATOR", "https://example.com/archives/C0OPS"),
        ("THREADPAINT_HTTP", "3000"),
        ("THREADPAINT_HTTP", "127.0.0.1:"),
        ("THREADPAINT_HTTP", "127.0.0.1:70000"),
        ("THREADPAINT_HTTP", "127.0.0.1:³"),
        ("THREADPAINT_LOG_LEVEL", "chatty"),
        ("GOOGLE_API_KEY", "a\u200bkey"),
        ("GEMINI_API_KEY", "a\u200bkey"),
        ("GEMINI_API_KEY", "ключ"),
        ("GEMINI_API_KEY", "a\r\nkey"),
        ("SLACK_BOT_TOKEN", "a key"),
        ("SLACK_APP_TOKEN", "a\u200bkey"),
        ("SLACK_SIGNING_SECRET", "a\nkey"),
        ("GOOGLE_GEMINI_BASE_URL", "https://127.0.0.1:99999"),
        ("GOOGLE_GEMINI_BASE_URL", "https://[::1"),
        ("GOOGLE_GEMINI_BASE_URL", "gateway.example"),
        ("GOOGLE_VERTEX_BASE_URL", "https://gate way.example"),
    ],
)
def test_what_makes_no_sense_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(OperatorMustFix) as caught:
        Settings.read()
    said = wording.sentence(caught.value.reason, caught.value.facts)
    assert name in said
    assert "\n" not in said
    assert "Value error" not in said
    assert "key" not in value or value not in said
    assert not any(words in said for words in ("Input", "input", "invalid literal"))  # pydantic's, and Python's


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("THREADPAINT_AT_ONCE", "2.5", "must be a whole number"),
        ("THREADPAINT_PER_MINUTE", "sixty", "must be a whole number"),
        ("THREADPAINT_DEADLINE", "10m", "must be a number of seconds"),
        ("THREADPAINT_KEEP_HISTORY", "a week", "must be a number of days"),
        ("GOOGLE_GENAI_USE_VERTEXAI", "maybe", "must be true or false"),
        ("GOOGLE_GENAI_USE_ENTERPRISE", "maybe", "must be true or false"),
        ("google_genai_use_vertexai", "maybe", "must be true or false"),
        ("THREADPAINT_STRANGERS", "some", "must be 'refuse' or 'allow'"),
    ],
)
def test_what_cannot_be_read_is_named_as_it_was_set(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, problem: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(OperatorMustFix) as caught:
        Settings.read()
    assert caught.value.facts == {"name": name.upper(), "problem": problem}


@pytest.mark.parametrize("id", ["U0ANA", "W012A3CDE", "C0DESIGN", "G0CLOSED", "D0ANA", " U0ANA "])
def test_whom_to_tell_is_an_id_of_slacks(monkeypatch: pytest.MonkeyPatch, id: str) -> None:
    monkeypatch.setenv("THREADPAINT_OPERATOR", id)
    assert Settings.read().operator == id.strip()


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("GEMINI_API_KEY", "gemini_api_key"),
        ("SLACK_BOT_TOKEN", "slack_bot_token"),
        ("SLACK_APP_TOKEN", "slack_app_token"),
        ("SLACK_SIGNING_SECRET", "slack_signing_secret"),
    ],
)
def test_white_space_around_a_key_falls_away(monkeypatch: pytest.MonkeyPatch, name: str, field: str) -> None:
    monkeypatch.setenv(name, " a-key\n")
    assert getattr(Settings.read(), field).get_secret_value() == "a-key"


def test_a_blank_key_does_not_hide_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", " \n")
    monkeypatch.setenv("GEMINI_API_KEY", "good")
    assert Settings.read().gemini_api_key.get_secret_value() == "good"
    monkeypatch.setenv("GEMINI_API_KEY", "a\u200bkey")
    with pytest.raises(OperatorMustFix) as caught:
        Settings.read()
    assert caught.value.facts["name"] == "GEMINI_API_KEY"


def test_what_is_blank_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = Settings.read()
    for name in known_names():
        monkeypatch.setenv(name, " ")
    assert Settings.read() == bare


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/slack/api", "http://127.0.0.1:1/slack/api/"])
def test_the_address_of_slack_ends_with_a_stroke(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("SLACK_API_URL", url)
    assert Settings.read().slack_api_url == "http://127.0.0.1:1/slack/api/"


def test_googles_own_name_for_the_key_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEMINI_API_KEY", "first")
    assert Settings.read().gemini_api_key.get_secret_value() == "first"
    monkeypatch.setenv("GOOGLE_API_KEY", "second")
    assert Settings.read().gemini_api_key.get_secret_value() == "second"


def test_levels_are_written_as_people_write_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THREADPAINT_LOG_LEVEL", "INFO")
    assert Settings.read().log_level == "info"


def test_printing_the_settings_prints_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "GEMINI_API_KEY"):
        monkeypatch.setenv(name, "hush")
    assert "hush" not in f"{Settings.read()!r} {Settings.read()}"


def test_a_value_that_is_wrong_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THREADPAINT_AT_ONCE", "xoxb-pasted-into-the-wrong-line")
    with pytest.raises(OperatorMustFix) as caught:
        Settings.read()
    assert "xoxb" not in str(caught.value)


def test_what_a_file_of_settings_leaves_empty_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of them, those that come later as well."""
    bare = Settings.read()
    for name in known_names():
        monkeypatch.setenv(name, "")
    assert Settings.read() == bare
    assert Settings.read().model_fields_set <= {"executor"}
    monkeypatch.setenv("GEMINI_API_KEY", "real")
    assert Settings.read().gemini_api_key.get_secret_value() == "real"


def test_limits_are_as_documented_and_may_be_left_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("THREADPAINT_PER_MINUTE", "THREADPAINT_LIMITS"):
        monkeypatch.setenv(name, "")
    settings = Settings.read()
    assert (settings.at_once_person, settings.at_once_workspace, settings.at_once_model) == (2, 64, 64)
    assert (settings.per_minute, settings.limits) == (None, None)
    monkeypatch.setenv("THREADPAINT_PER_MINUTE", "30")
    assert Settings.read().per_minute == 30


@pytest.mark.parametrize(
    ("typed", "dollars"), [("-0", "0"), ("0", "0"), ("$2.50", "2.50"), (" ", "None"), ("1e2", "1E+2")]
)
def test_a_budget_is_a_plain_amount(monkeypatch: pytest.MonkeyPatch, typed: str, dollars: str) -> None:
    monkeypatch.setenv("THREADPAINT_BUDGET_PERSON_DAY", typed)
    assert str(Settings.read().budget_person_day) == dollars

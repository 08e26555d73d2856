"""Whatever is logged, and however: no credential in it."""

from __future__ import annotations

import io
import logging
import sys

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import redact, set_up

SECRETS = (
    "xoxb-1234-abcd-EFGH",
    "xoxp-1234",
    "xapp-1-A0-99-abc",
    "xoxe.xoxb-1-abcdef",
    "AIza" + "S" * 35,
)
REFUSED = """(psycopg.errors.CheckViolation) new row for relation "requests" violates check constraint "no"
DETAIL:  Failing row contains (1, k, a red fox
[SQL: in the snow], C1).
[SQL: INSERT INTO requests (key) VALUES (%(key)s)]"""


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stderr", out)
    set_up("debug")
    return out


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("around", ["{}", "token={}&x=1", "'{}'", "Bearer {}", "https://h/?key={}", "a{}"])
def test_a_credential_is_blotted_out_wherever_it_stands(secret: str, around: str) -> None:
    assert secret not in redact(around.format(secret))
    assert "•••" in redact(around.format(secret))


def test_an_address_for_an_answer_is_blotted_out() -> None:
    """Whoever has it can post in the bot's name for half an hour."""
    told = redact("POST 'https://hooks.slack.com/commands/T1/123/aB-c_D%20': timeout")
    assert told == "POST 'https://hooks.slack.com/•••': timeout"


def test_what_stands_in_a_row_that_was_not_taken_is_blotted_out(said: io.StringIO) -> None:
    try:
        try:
            raise ValueError(REFUSED)
        except ValueError as cause:
            raise RuntimeError(REFUSED) from cause
    except RuntimeError as fault:
        structlog.get_logger().error("it_broke", exc_info=fault)
        logging.getLogger("library").error("it broke", exc_info=fault)
    written = said.getvalue()
    assert "fox" not in written
    assert "snow" not in written
    assert written.count("violates check constraint") == 4
    assert written.count("raise RuntimeError(REFUSED) from cause") == 2  # where it happened is still told


@given(st.text(max_size=200))
def test_what_is_no_secret_stays_and_blotting_twice_changes_nothing(text: str) -> None:
    once = redact(text)
    assert redact(once) == once
    if "xo" not in text and "xapp" not in text and "AIza" not in text and "=" not in text and "Bearer" not in text:
        assert once == text


def test_our_events_are_blotted(said: io.StringIO) -> None:
    structlog.get_logger().warning("it_broke", token=SECRETS[0], nested={"inner": [SECRETS[1]]}, words=(SECRETS[2],))
    assert "it_broke" in said.getvalue()
    for secret in SECRETS[:3]:
        assert secret not in said.getvalue()


def test_exceptions_are_blotted_with_their_causes(said: io.StringIO) -> None:
    try:
        try:
            raise ValueError(f"with {SECRETS[0]}")
        except ValueError as cause:
            raise RuntimeError(f"GET wss://h/?ticket=deadbeef&app_id=1 {SECRETS[4]}") from cause
    except RuntimeError as fault:
        structlog.get_logger().error("it_broke", exc_info=fault)
        logging.getLogger("library").error("it broke %s", SECRETS[2], exc_info=fault)
    written = said.getvalue()
    assert "RuntimeError" in written
    assert "ticket=•••" in written
    for secret in (*SECRETS, "deadbeef"):
        assert secret not in written


@pytest.mark.parametrize(
    "name", ["slack_bolt.AsyncApp", "slack_sdk.web", "google_genai.models", "httpx2", "aiohttp.access"]
)
def test_libraries_do_not_chat_even_at_debug(said: io.StringIO, name: str) -> None:
    logging.getLogger(name).info("the whole body of a request")
    logging.getLogger(name).error("something is wrong")
    assert "the whole body" not in said.getvalue()
    assert "something is wrong" in said.getvalue()

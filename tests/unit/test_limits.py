"""The file of limits: what it may say, and that it is heard without a restart."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.domain.limits import Limits, read
from bot.errors import OperatorMustFix
from bot.studio import limits
from bot.studio.limits import LimitsFile
from handlers import wording

MODELS = ("flash", "pro")
DEFAULTS = Limits(2, 64, 64, 30)


def test_what_a_file_leaves_out_is_as_it_was() -> None:
    assert read("", DEFAULTS, MODELS) == DEFAULTS
    assert read("person = 1", DEFAULTS, MODELS) == Limits(1, 64, 64, 30)
    assert read("workspace = 3\nmodel = 4\nper_minute = 5", DEFAULTS, MODELS) == Limits(2, 3, 4, 5)


def test_models_can_have_paces_of_their_own() -> None:
    said = read("[per_minute]\npro = 5", DEFAULTS, MODELS)
    assert (said.per_minute("pro"), said.per_minute("flash")) == (5, 30)
    assert read("[per_minute]\npro = 5", Limits(), MODELS).per_minute("flash") is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("persons = 1", "persons"),
        ("person = 0", "person"),
        ("person = -1", "person"),
        ("person = true", "person"),
        ("person = 2.5", "person"),
        ('workspace = "3"', "workspace"),
        ("model = 10000000", "model"),
        ("per_minute = 0", "per_minute"),
        ("[per_minute]\npro = 0", "pro"),
        ("[per_minute]\nprp = 1", "prp"),
        ("per_minute = [1]", "per_minute"),
        ("person = ", "TOML"),
    ],
)
def test_what_makes_no_sense_is_named_in_one_line(tmp_path: Path, text: str, named: str) -> None:
    file = tmp_path / "limits.toml"
    file.write_text(text)
    with pytest.raises(OperatorMustFix) as caught:
        LimitsFile(file, DEFAULTS, MODELS)
    said = wording.for_operator(caught.value.reason, caught.value.facts)
    assert named in said
    assert file.name in said
    assert "\n" not in said


@pytest.mark.parametrize("data", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_stops_the_start(tmp_path: Path, data: bytes | None) -> None:
    file = tmp_path / "limits.toml"
    if data:
        file.write_bytes(data)
    with pytest.raises(OperatorMustFix) as caught:
        LimitsFile(file, DEFAULTS, MODELS)
    assert file.name in wording.for_operator(caught.value.reason, caught.value.facts)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of limits that is looked at whenever anybody asks."""
    monkeypatch.setattr(limits, "LOOK", 0.0)
    made = tmp_path / "limits.toml"
    made.write_text("person = 3")
    return made


def test_a_changed_file_is_heard(file: Path) -> None:
    now = LimitsFile(file, DEFAULTS, MODELS)
    assert now().person == 3
    file.write_text("person = 44")
    assert now().person == 44
    other = file.with_suffix(".new")
    other.write_text("person = 55")
    os.utime(other, ns=(1, file.stat().st_mtime_ns))
    other.replace(file)
    assert now().person == 55


def test_a_mistake_keeps_what_held_and_is_said_once(file: Path) -> None:
    now = LimitsFile(file, DEFAULTS, MODELS)
    for text in ("person = none", None, "person = 7\nperson = 7"):
        file.unlink(missing_ok=True) if text is None else file.write_text(text)
        with capture_logs() as logged:
            assert [now().person for _ in range(3)] == [3, 3, 3]
        assert [line["event"] for line in logged] == ["limits_unchanged"]
    file.write_text("person = 8")
    assert now().person == 8


def test_a_file_is_not_looked_at_for_every_question(tmp_path: Path) -> None:
    file = tmp_path / "limits.toml"
    file.write_text("person = 3")
    now = LimitsFile(file, DEFAULTS, MODELS)
    file.write_text("person = 44")
    assert now().person == 3


async def test_a_mistake_is_told_though_nobody_asks(file: Path) -> None:
    now = LimitsFile(file, DEFAULTS, MODELS)
    await asyncio.to_thread(file.unlink)
    with capture_logs() as logged:
        looking = asyncio.create_task(limits.keep_looking(now))
        async with asyncio.timeout(5):
            while not logged:  # noqa: ASYNC110 - the loop under test runs in between
                await asyncio.sleep(0)
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
    assert [line["event"] for line in logged] == ["limits_unchanged"]

"""The house stays small, and says of itself what is true."""

from __future__ import annotations

import re
import statistics
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = sorted(path for top in ("bot", "handlers", "storage") for path in (ROOT / top).rglob("*.py"))
TOP = {
    *("pyproject.toml", "bot", "handlers", "storage", "tests", "manifest.yml", "Dockerfile"),
    *("README.md", "LICENSE", "uv.lock", "Makefile", "AGENTS.md", "CHANGELOG.md", "docs", "alembic.ini", "compose.yml"),
}


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_over_300_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 300


def test_the_median_file_is_small() -> None:
    lengths = [len(path.read_text("utf-8").splitlines()) for path in CODE if path.stat().st_size]
    assert statistics.median(lengths) <= 80


def test_the_root_packages_import_nothing() -> None:
    assert [(ROOT / top / "__init__.py").read_text("utf-8") for top in ("bot", "handlers", "storage")] == ["", "", ""]


def test_no_room_has_a_name_that_says_nothing() -> None:
    banned = {"utils", "helpers", "common", "base", "manager", "service", "misc"}
    assert not {path.stem for path in CODE} & banned


def test_the_top_level_is_what_was_agreed() -> None:
    made = [line.strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines()]
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert {name for name in found if not any(fnmatch(name, each) for each in made)} <= TOP


def test_what_each_installation_has_of_its_own_is_not_for_version_control() -> None:
    """What compose.yml asks people to write beside it."""
    text = (ROOT / "compose.yml").read_text("utf-8")
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    files = {*re.findall(r"path: (\S+)", text), *re.findall(r"- \./(\w+):", text)}
    assert files == {"settings.env", "config"}
    assert {name for name in files if not {f"/{name}", f"/{name}/"} & {*ignored}} == set()


def test_what_the_page_for_newcomers_names_exists() -> None:
    for page in ("README.md", "AGENTS.md", "docs/architecture.md"):
        text = (ROOT / page).read_text("utf-8")
        for target in re.findall(r"\]\(((?!http)[^)#]+)\)", text):
            assert ((ROOT / page).parent / target).exists(), (page, target)


def test_the_readmes_commands_are_targets() -> None:
    readme, makefile = ((ROOT / name).read_text("utf-8") for name in ("README.md", "Makefile"))
    for target in re.findall(r"^make (\w+)$", readme, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_page_for_developers_is_one_page() -> None:
    assert len((ROOT / "AGENTS.md").read_text("utf-8").splitlines()) <= 60


def test_the_settings_page_tells_every_setting() -> None:
    text = (ROOT / "docs/settings.md").read_text("utf-8")
    code = (ROOT / "bot/settings.py").read_text("utf-8")
    for name in re.findall(r'named\("(\w+)"', code):
        assert f"`{name}`" in text, name


def test_the_wheel_carries_what_it_needs(tmp_path: Path) -> None:
    from hatchling.builders.wheel import WheelBuilder  # noqa: PLC0415 - only this test builds

    built = next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"]))
    with zipfile.ZipFile(built) as wheel:
        names = set(wheel.namelist())
    assert {"bot/manifest.yml", "bot/catalogue/models.toml", "bot/playground/static/index.html"} <= names
    assert "storage/migrations/env.py" in names
    assert not [name for name in names if name.startswith("tests/")]

"""The Dockerfile and compose.yml keep the usual rules, and every command in them runs here, without Docker."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import venv
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import manifest
from bot.outside import access
from bot.playground.world import World
from bot.roles import check
from bot.settings import Settings
from tests.bench.stage import environment, free_port, start, up
from tests.house.containers import (
    ROOT,
    SECRET,
    compose,
    dockerfile,
    exec_form,
    filled,
    said,
    services,
    stages,
    variables,
)

PINNED = re.compile(r"^[\w./-]+:v?\d[\w.-]*$")
BOTS = ("threadpaint-1", "threadpaint-2")
ENTRY = "from importlib.metadata import entry_points as e; e(group='console_scripts')['threadpaint'].load()()"
HEALTH = exec_form(said(stages()[-1], "HEALTHCHECK")[0].partition("CMD ")[2])


def words() -> list[list[str]]:
    """Everything that is said to `threadpaint` in both files."""
    asked = [service["command"] for service in services().values() if "build" in service]
    return [*asked, exec_form(said(stages()[-1], "CMD")[0])]


def test_images_are_pinned() -> None:
    bases = [rest.split()[0] for rest in (i.rest for i in dockerfile() if i.word == "FROM")]
    images = [service["image"] for service in services().values() if "build" not in service]
    assert images
    assert [image for image in [*bases, *images] if not PINNED.match(image) or image.endswith("latest")] == []


def test_both_stages_have_the_same_python() -> None:
    """A virtual environment points to the Python that made it."""
    build, run = (stage[0].rest.split()[0] for stage in stages())
    assert build == run


def test_it_does_not_run_as_root() -> None:
    last = stages()[-1]
    assert said(last, "USER")[-1] == "10001"  # a number: Kubernetes can only check those
    positions = [instruction.word for instruction in last]
    assert positions.index("USER") > max(at for at, word in enumerate(positions) if word in {"RUN", "COPY"})


def test_only_the_built_program_is_in_the_image() -> None:
    assert said(stages()[-1], "COPY") == ["--from=build /opt/threadpaint /opt/threadpaint"]
    assert not said(stages()[-1], "ADD")
    taken = " ".join(said(stages()[0], "COPY")).split()
    assert not {"tests", ".", "./tests", "docs"} & {word.rstrip("/") for word in taken[:-1] if word != "./"}
    build = said(stages()[0], "RUN")[-1]
    assert {"--locked", "--no-dev", "--no-editable"} <= set(build.split())


def test_what_is_copied_is_there_and_is_not_ignored() -> None:
    kept = {
        line[1:].rstrip("/") for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line[:1] == "!"
    }
    for rest in said(stages()[0], "COPY"):
        for source in rest.split()[:-1]:
            assert (ROOT / source).exists(), source
            assert source in kept, source


def test_nothing_is_installed_without_a_version_or_left_in_a_cache() -> None:
    for stage in stages():
        for run in said(stage, "RUN"):
            assert "sudo" not in run
            assert "apt-get" not in run or ("--no-install-recommends" in run and "rm -rf /var/lib/apt/lists" in run)
            assert "pip install" not in run or ("--no-cache-dir" in run and re.search(r"[<>=]=?\d", run))


def test_commands_are_run_without_a_shell() -> None:
    last = stages()[-1]
    assert exec_form(said(last, "ENTRYPOINT")[0]) == ["threadpaint"]
    assert exec_form(said(last, "CMD")[0]) == ["serve"]
    for name, service in services().items():
        assert isinstance(service.get("command", []), list), name
        assert service["healthcheck"].get("disable") or service["healthcheck"]["test"][0] == "CMD", name


def test_the_image_listens_where_it_is_asked_how_it_is() -> None:
    port = said(stages()[-1], "EXPOSE")[0]
    assert variables(stages()[-1])["THREADPAINT_HTTP"] == f"0.0.0.0:{port}"
    assert f"127.0.0.1:{port}/readyz" in HEALTH[-1]
    for name in BOTS:
        assert services()[name]["healthcheck"]["test"] == ["CMD", *HEALTH]


def test_the_images_settings_are_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("THREADPAINT_")]:
        monkeypatch.delenv(name)
    ours = {**variables(stages()[-1]), **services()["threadpaint-1"]["environment"]}
    for name, value in filled(ours).items():
        if name not in {"PATH", "PYTHONDONTWRITEBYTECODE"}:
            monkeypatch.setenv(name, value)
    read = Settings.read()
    assert read.database_url.startswith("postgresql://")
    assert read.http == "0.0.0.0:3000"


def test_no_secret_is_in_a_file() -> None:
    for name in ("Dockerfile", "compose.yml", ".env.example"):
        assert not SECRET.search((ROOT / name).read_text("utf-8")), name
    example = dict(
        line.split("=", 1)
        for line in (ROOT / ".env.example").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    )
    assert set(example.values()) == {""}
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "compose.yml").read_text("utf-8")))
    assert asked <= set(example)
    assert re.search(r"^\.env$", (ROOT / ".gitignore").read_text("utf-8"), re.MULTILINE)


def test_a_missing_secret_stops_the_start() -> None:
    for value in re.findall(r"\$\{[^}]*\}", (ROOT / "compose.yml").read_text("utf-8")):
        assert ":?" in value, value


def test_each_service_is_given_what_it_needs_and_no_more() -> None:
    """The words they are given are those of docs/settings.md for their command."""
    every = services()
    assert set(every["migrate"]["environment"]) == {"DATABASE_URL"}
    assert "env_file" not in every["migrate"]
    for name in BOTS:
        given = filled(every[name]["environment"])
        assert not {"POSTGRES_PASSWORD", "ROOT_SECRET_KEY"} & set(given)
        assert ".env" not in [each["path"] for each in every[name]["env_file"]]
        said = {key.lower(): value for key, value in given.items() if key in {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"}}
        complete = Settings(**said, gemini_api_key=given["GEMINI_API_KEY"], database_url=given["DATABASE_URL"])
        check(complete)
        access(complete)


def test_two_replicas_have_names_of_their_own() -> None:
    hosts = [services()[name]["hostname"] for name in BOTS]
    assert len(set(hosts)) == len(BOTS)
    assert not any("THREADPAINT_EXECUTOR" in services()[name]["environment"] for name in BOTS)


def test_every_service_says_how_it_is_and_waits_for_what_it_needs() -> None:
    every = services()
    for name, service in every.items():
        assert service["healthcheck"], name
        for needed, how in service.get("depends_on", {}).items():
            assert needed in every
            assert how["condition"] in {"service_healthy", "service_completed_successfully"}
    for name in BOTS:
        assert every[name]["stop_grace_period"] == "30s"  # a stop may take 20
    named = {volume.split(":")[0] for service in every.values() for volume in service.get("volumes", [])}
    assert named == set(compose()["volumes"])


def test_nothing_is_open_to_the_world() -> None:
    assert [name for name, service in services().items() if "ports" in service or service.get("privileged")] == []


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment that has the built wheel, and from the developer's only the libraries."""
    from hatchling.builders.wheel import WheelBuilder  # noqa: PLC0415 - only this test builds

    folder = tmp_path_factory.mktemp("wheel")
    wheel = next(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"]))
    venv.create(folder / "fresh", symlinks=True)
    python = folder / "fresh/bin/python"
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(subprocess.run([python, "-c", ask], capture_output=True, text=True, check=True).stdout.strip())
    zipfile.ZipFile(wheel).extractall(site)
    libraries = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout.strip()
    (site / "libraries.pth").write_text(libraries)
    return python


def run(python: Path, folder: Path, *given: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """The installed program, from a folder where there is no source."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [python, "-W", "error", "-c", ENTRY, *given]
    return subprocess.run(
        command, cwd=folder, env=kept | extra, capture_output=True, text=True, timeout=60, check=False
    )


def test_the_entry_point_is_in_the_wheel(installed: Path, tmp_path: Path) -> None:
    code = "import bot.cli, storage.schema; print(bot.cli.__file__)"
    where = subprocess.run([installed, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert str(ROOT) not in where
    assert run(installed, tmp_path, "--help").returncode == 0


def test_every_command_in_the_files_is_one(installed: Path, tmp_path: Path) -> None:
    assert ["migrate"] in words()
    for given in words():
        told = run(installed, tmp_path, *given, "--help")
        assert told.returncode == 0, told.stderr


def test_the_wheel_migrates_a_database(installed: Path, tmp_path: Path) -> None:
    told = run(installed, tmp_path, "migrate", DATABASE_URL=f"sqlite:///{tmp_path}/new.db")
    assert told.returncode == 0, told.stderr
    assert (tmp_path / "new.db").exists()


def test_without_its_settings_the_image_says_which_one_is_missing(installed: Path, tmp_path: Path) -> None:
    told = run(installed, tmp_path, "serve", DATABASE_URL=f"sqlite:///{tmp_path}/new.db")
    assert told.returncode == 1
    assert "SLACK_" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.fixture
async def world() -> AsyncIterator[World]:
    box = World(manifest.read())
    await box.start()
    yield box
    await box.stop()


async def exit_code(command: list[str], **told: str) -> int:
    named = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    process = await asyncio.create_subprocess_exec(*command, env=named | told, stderr=asyncio.subprocess.DEVNULL)
    return await process.wait()


async def test_the_health_check_knows_a_bot_that_serves(world: World, tmp_path: Path) -> None:
    port = free_port()
    check = [sys.executable, *HEALTH[1:-1], HEALTH[-1].replace(":3000", f":{port}")]
    assert HEALTH[0] == "python"
    assert await exit_code(check) != 0
    bot = await start(tmp_path / "bot.log", environment(world.url, tmp_path, port), "serve")
    try:
        await up(f"http://127.0.0.1:{port}/healthz")
        assert await exit_code(check) == 0
        nowhere = f"http://127.0.0.1:{free_port()}"
        assert await exit_code(check, HTTP_PROXY=nowhere, http_proxy=nowhere) == 0
    finally:
        bot.terminate()
        await bot.wait()

"""What the job engine remembers of a request can be deleted, with the engine running or without it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, SetWorkflowID
from sqlalchemy import create_engine, inspect, text

from bot.jobs.database import system_database
from bot.jobs.history import JobHistory
from storage.addresses import address_of
from tests.servers.postgres import own_database


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of its own: the engine has a schema with a fixed name there."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/threadpaint.db"
        return
    with own_database(request.getfixturevalue("postgres_server")) as url:
        yield url


def rows(place: str) -> str:
    """Everything in the engine's tables."""
    sqlite = place.startswith("sqlite")
    engine = create_engine(address_of(place.replace(".db", "-jobs.db") if sqlite else place))
    schema = None if sqlite else "dbos"
    with engine.connect() as connection:
        names = [f'"{schema}"."{name}"' if schema else name for name in inspect(engine).get_table_names(schema)]
        found = [str(tuple(row)) for name in names for row in connection.execute(text(f"SELECT * FROM {name}"))]
    engine.dispose()
    return "\n".join(found)


async def run(*keys: str) -> None:
    """Workflows of two steps."""

    async def flow(key: str) -> str:
        for name in ("one", "two"):
            await DBOS.run_step_async({"name": name}, _step, key)
        return key

    work = DBOS.workflow()(flow)
    DBOS.launch()
    for key in keys:
        with SetWorkflowID(key):
            await (await DBOS.start_workflow_async(work, key)).get_result()


async def _step(key: str) -> str:
    return f"result of {key}"


async def stop() -> None:
    await asyncio.to_thread(DBOS.destroy, workflow_completion_timeout_sec=0, destroy_registry=True)
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())  # dbos has shut down its own


async def test_a_request_is_gone_with_its_steps(place: str) -> None:
    legible = DBOSPortableJSONSerializer()
    settings = {"executor_id": "one", "log_level": "ERROR", "enable_otlp": False, "serializer": legible}
    DBOS(config=DBOSConfig(**(system_database(place) | settings)))  # type: ignore[typeddict-item]
    try:
        await run("message:T1:C1:1.0", "message:T1:C1:2.0")
        assert "result of message:T1:C1:1.0" in rows(place)
        await JobHistory(place).forget(["message:T1:C1:1.0", "unknown"])
        assert "C1:1.0" not in rows(place)
        assert "result of message:T1:C1:2.0" in rows(place)
    finally:
        await stop()
    await JobHistory(place).forget(["message:T1:C1:2.0"])
    assert "C1:2.0" not in rows(place)


async def test_where_no_engine_has_run_there_is_nothing_to_do(place: str, tmp_path: Path) -> None:
    await JobHistory(place).forget(["message:T1:C1:1.0"])
    assert not [name for name in os.listdir(tmp_path) if name.endswith("-jobs.db")]  # noqa: PTH208

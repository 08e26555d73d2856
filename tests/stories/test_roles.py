"""On Postgres one user may make the tables, and others who may not serve and work."""

from __future__ import annotations

import re
import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import ProgrammingError

from bot.playground import keys
from bot.playground.world import World
from storage.addresses import address_of
from tests.servers.mourning import ROOT
from tests.servers.postgres import own_database
from tests.stories.crew import Crew, crew_on
from tests.stories.mishaps import hurry
from tests.stories.story import Story, telling

DOCUMENTED = re.search(r"```sql\n(.*?)```", (ROOT / "docs/settings.md").read_text("utf-8"), re.DOTALL)
OLDER = "threadpaint: The database has no tables for this version yet"


@dataclass(frozen=True)
class Roles:
    """The owner's address of a database, and that of a user who owns nothing in it."""

    owner: str
    lesser: str

    @property
    def name(self) -> str:
        return str(make_url(self.lesser).username)

    def executes(self, url: str, *statements: str) -> None:
        engine = create_engine(address_of(url), isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                for statement in statements:
                    connection.execute(text(statement))
        finally:
            engine.dispose()

    def grants(self) -> None:
        """What docs/settings.md says, to the letter but for the name."""
        assert DOCUMENTED
        statements = DOCUMENTED[1].replace("threadpaint_bot", self.name).split(";")
        self.executes(self.owner, *(each for each in statements if each.strip()))


@pytest.fixture
def roles(postgres_server: str) -> Iterator[Roles]:
    name, word = f"r{uuid.uuid4().hex}", uuid.uuid4().hex
    with own_database(postgres_server) as owner:
        lesser = make_url(owner).set(username=name, password=word).render_as_string(hide_password=False)
        made = Roles(owner, lesser)
        made.executes(
            owner, f"CREATE ROLE {name} LOGIN PASSWORD '{word}'", "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
        )
        try:
            yield made
        finally:
            made.executes(owner, f"DROP OWNED BY {name}", f"DROP ROLE {name}")


@pytest.fixture
async def told(world: World) -> AsyncIterator[Story]:
    async with telling(world.url) as story:
        await hurry(story)
        yield story


@pytest.fixture
async def owner(told: Story, tmp_path: Path, roles: Roles) -> AsyncIterator[Crew]:
    async with crew_on(told, tmp_path, roles.owner) as crew:
        yield crew


@pytest.fixture
async def lesser(told: Story, tmp_path: Path, roles: Roles) -> AsyncIterator[Crew]:
    async with crew_on(told, tmp_path, roles.lesser) as crew:
        yield crew


async def ends(crew: Crew, name: str, *words: str) -> tuple[int, list[str]]:
    process = await crew.started(name, *words)
    return await process.wait(), crew.said(name).splitlines()


async def test_those_who_work_need_not_be_allowed_to_make_tables(
    told: Story, owner: Crew, lesser: Crew, roles: Roles
) -> None:
    assert (await ends(owner, "migrating", "migrate"))[0] == 0
    roles.grants()
    with pytest.raises(ProgrammingError, match="permission denied"):
        roles.executes(roles.lesser, "CREATE TABLE public.more (one int)")
    await lesser.born("door", "serve", "--no-work")
    await lesser.born("hand", "work")
    await lesser.hears()
    await told.commands("/imagine a red fox")
    picture = await told.sees_picture()
    await told.presses("Keep", on=picture)
    await told.replies("make it night", to=picture)
    await told.sees_picture()
    await lesser.until("SELECT 1 FROM requests HAVING count(finished) = count(*)")
    assert (await ends(lesser, "forgetting", "forget", "--workspace", keys.TEAM_ID))[0] == 0
    assert await owner.rows("SELECT 1 FROM dbos.workflow_status") == []
    assert await owner.rows("SELECT 1 FROM turns") == []
    assert (await ends(lesser, "again", "migrate"))[0] == 0  # there is nothing to do


@pytest.mark.parametrize("words", [("serve",), ("serve", "--no-work"), ("work",), ("migrate",), ("forget", "--due")])
async def test_who_may_not_make_tables_says_that_somebody_has_to(
    lesser: Crew, roles: Roles, words: tuple[str, ...]
) -> None:
    roles.executes(roles.owner, f"GRANT USAGE ON SCHEMA public TO {roles.name}")
    code, said = await ends(lesser, "late", *words)
    assert code == 1
    assert len(said) == 1
    assert said[0].startswith(OLDER)


@pytest.mark.parametrize("words", [("serve",), ("work",), ("migrate",)])
async def test_the_engines_tables_alone_are_missed_as_well(
    owner: Crew, lesser: Crew, roles: Roles, words: tuple[str, ...]
) -> None:
    assert (await ends(owner, "migrating", "migrate"))[0] == 0
    roles.grants()
    roles.executes(roles.owner, "DROP SCHEMA dbos CASCADE")
    code, said = await ends(lesser, "late", *words)
    assert code == 1
    assert len(said) == 1
    assert said[0].startswith(OLDER)


async def test_a_file_gets_both_kinds_of_tables(told: Story, tmp_path: Path) -> None:
    async with crew_on(told, tmp_path, f"sqlite:///{tmp_path}/new.db") as crew:
        for name in ("first", "second"):
            assert (await ends(crew, name, "migrate"))[0] == 0, crew.said(name)
        await crew.born("one")
        await crew.hears()
        await told.commands("/imagine a red fox")
        await told.sees_picture()
    assert (tmp_path / "new-jobs.db").exists()

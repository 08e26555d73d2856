"""Where the database is, as it is told to people: never with a password, wherever in the address that stood."""

from __future__ import annotations

import pytest
from sqlalchemy import make_url

from bot.errors import OperatorMustFix
from bot.jobs.schema import migrate_all
from handlers import wording
from storage.addresses import address_of, shown

NOWHERE = "127.0.0.1:1"  # where nothing listens


@pytest.mark.parametrize(
    "url",
    [
        "host=db user=bot password=s3cretpw dbname=x",
        "password=s3cretpw://x",
        "s3cretpw",
        "postgresql:bot:s3cretpw@db/x",
        "postgresql://bot:s3cretpw@db:port/x",
        "postgresql://bot@db:5432:s3cretpw/x",
        "postgresql://bot:s3cretpw@db",
        "postgresql://bot@db/?dbname=x&password=s3cretpw",
        "mysql://bot:s3cretpw@db/x?password=s3cretpw",
        f"postgresql://bot:s3cretpw@{NOWHERE}/x",
        f"postgres://bot@{NOWHERE}/x?password=s3cretpw&connect_timeout=2",
        "postgresql://bot:half@s3cretpw@127.0.0.1/x",
        f"postgresql://bot:half@{NOWHERE}/s3cretpw@db/x",
        f"postgresql://bot@{NOWHERE}/x password=s3cretpw",
        "sqlite:////proc/nowhere/x.db?password=s3cretpw",
        "sqlite://:memory:?password=s3cretpw",
    ],
)
async def test_no_password_is_told_whatever_the_form(url: str) -> None:
    with pytest.raises(OperatorMustFix) as caught:
        await migrate_all(url)
    said = wording.for_operator(caught.value.reason, caught.value.facts)
    assert "s3cretpw" not in said
    assert "database" in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgres://bot:s3cretpw@db:5432/x?password=s3cretpw", "postgresql+psycopg://bot:***@db:5432/x"),
        ("postgresql:///x?host=/run&password=s3cretpw", "postgresql+psycopg:///x"),
        ("sqlite:////srv/a=b/x@home.db", "sqlite+pysqlite:////srv/a%3Db/x%40home.db"),
    ],
)
def test_what_helps_to_find_it_is_told(url: str, told: str) -> None:
    assert make_url(shown(address_of(url))) == make_url(told)


def test_what_is_no_address_is_told_by_its_name() -> None:
    with pytest.raises(OperatorMustFix) as caught:
        address_of("host=db user=bot password=s3cretpw dbname=x")
    said = wording.for_operator(caught.value.reason, caught.value.facts)
    assert said.startswith("DATABASE_URL is no database address I understand.")

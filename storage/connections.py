"""How a database is connected to: what is acknowledged survives a power cut, and readers never wait for a writer."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from storage.addresses import SQLITE

READERS = 4
WRITERS = 8  # on Postgres
PATIENCE = 60  # seconds to wait for a free connection

# Whoever vanishes without a word, as behind a failed network, is given up after some fifteen seconds: by itself the
# system waits for a quarter of an hour. These are libpq's names; an address may have its own values for them.
VIGILANCE = {
    "connect_timeout": "10",  # seconds
    "tcp_user_timeout": "15000",  # milliseconds until what was sent has to have arrived
    "keepalives_idle": "5",  # seconds of silence until the other side is asked whether it is there
    "keepalives_interval": "5",
    "keepalives_count": "2",
}

# A process may be stopped in the middle of a transaction, and others wait for what it has written, or for its lock:
# then the server ends it by itself. Between two statements we only think: that takes milliseconds, and on a machine
# that has far too much to do up to two seconds. Whoever is ended wrongly is undone, and hears that the
# database is away.
IDLE = "5s"

# WAL lets others read while we write; FULL syncs every commit; the timeout (ms) is for other processes' writes; what is
# deleted is overwritten.
BUSY = "busy_timeout=30000"
PRAGMAS = (BUSY, "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
SETTLING = "busy_timeout=500"  # whoever writes waits meanwhile, also those whom Slack gives three seconds


def writers_for(address: URL) -> int:
    """How many transactions may write at the same time: SQLite has one writer, whatever one does."""
    return 1 if address.get_backend_name() == SQLITE else WRITERS


def sqlite_writer(address: URL) -> Engine:
    """The single writing connection of this process: writers queue for it here and not on the file's lock."""
    engine = _sqlite(address, 1)
    begin_with(engine, "BEGIN IMMEDIATE")
    return engine


def sqlite_readers(address: URL) -> Engine:
    """Connections that cannot write. Each transaction sees one state of the database."""
    engine = _sqlite(address, READERS)
    begin_with(engine, "BEGIN")
    on_connect(engine, ("query_only=ON",))
    return engine


def postgres_writers(address: URL) -> Engine:
    """A small pool; a connection that died is replaced before it is used."""
    # Whatever the server's default is: who waited for a lock has to see what was committed meanwhile. Errors are
    # logged, and what people wrote is not.
    engine = create_engine(
        address.update_query_dict({**VIGILANCE, **address.query}),
        isolation_level="READ COMMITTED",
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=WRITERS + READERS,
        pool_timeout=PATIENCE,
    )
    _be_impatient(engine)
    return engine


def postgres_blocking(address: URL) -> Engine:
    """For changes of the schema: whoever is stopped among them keeps everybody from working, and is sent away too."""
    engine = create_engine(address.update_query_dict({**VIGILANCE, **address.query}), hide_parameters=True)
    _be_impatient(engine)
    return engine


def postgres_readers(writers: Engine) -> Engine:
    """The writers' pool, where each transaction sees one state of the database."""
    return writers.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _sqlite(address: URL, connections: int) -> Engine:
    # isolation_level None: Python's driver would begin transactions late, at the first write, and never IMMEDIATE.
    engine = create_engine(
        address,
        connect_args={"isolation_level": None},
        hide_parameters=True,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=PATIENCE,
    )
    on_connect(engine, PRAGMAS)
    return engine


def _be_impatient(engine: Engine) -> None:
    """End transactions of ours in which nothing happens."""

    @event.listens_for(engine, "connect")
    def set_timeout(connection: Any, _record: object) -> None:
        # Not among the parameters of the address: a pooler refuses those that it does not know.
        connection.autocommit = True
        connection.execute(f"SET idle_in_transaction_session_timeout = '{IDLE}'")
        connection.autocommit = False


def settle(engine: Engine) -> None:
    """Move what was written into SQLite's file itself and empty the log beside it, where deleted rows go on standing.

    A server settles by its own rules. Where somebody reads for longer than our patience, the log is emptied next time.
    """
    if engine.dialect.name == SQLITE:
        with closing(engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
            cursor.execute(f"PRAGMA {SETTLING}")
            try:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                cursor.execute(f"PRAGMA {BUSY}")


def on_connect(engine: Engine, pragmas: tuple[str, ...]) -> None:
    """Set these on every new connection."""

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


def begin_with(engine: Engine, statement: str) -> None:
    """Start every transaction with this statement."""

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

"""A house with two people, two channels and a shared photograph, to be forgotten piece by piece."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Insert, Update, func, select, update

from bot.domain.pictures import Blob, Part, Picture, Reference
from bot.domain.requests import Act, ImageRequest, Place
from bot.domain.spend import Errand, Verdict
from bot.domain.turns import Turn
from bot.studio.forgetting import Forgetting
from bot.studio.opening import turn_id
from handlers import ids
from storage.database import Database
from storage.forgetting import DAY, Names, SqlForgetting
from storage.ledger import SqlLedger
from storage.pictures import StoredPictures
from storage.posts import SqlPosts
from storage.requests import SqlRequests
from storage.tables import metadata, requests, turns
from storage.threads import SqlThreads
from storage.turns import SqlTurns
from storage.verdicts import SqlVerdicts
from tests.contracts import made
from tests.contracts.made import Clock

NAMES = Names(turn_id, ids.said, ids.result)


@dataclass
class Remembered:
    """A job engine's memory."""

    keys: set[str] = field(default_factory=set)

    async def forget(self, keys: Sequence[str]) -> None:
        self.keys -= set(keys)


@dataclass
class House:
    """Everything that is kept, over one database and one folder."""

    database: Database
    clock: Clock
    folder: Path
    ledger: SqlLedger
    history: Remembered = field(default_factory=Remembered)

    def __post_init__(self) -> None:
        self.requests = SqlRequests(self.database, self.clock)
        self.threads = SqlThreads(self.database)
        self.turns = SqlTurns(self.database)
        self.posts = SqlPosts(self.database)
        self.verdicts = SqlVerdicts(self.database)
        self.pictures = StoredPictures(str(self.folder))

    def forgetting(self, lasting: int = DAY) -> Forgetting:
        rows = SqlForgetting(self.database, NAMES, self.clock, lasting)
        return Forgetting(rows, self.pictures, self.history)

    async def waits(self, key: str, place: Place, asker: str) -> ImageRequest:
        """A request that nobody has begun."""
        request = ImageRequest(key, Act.MENTION, place, asker, place.thread, "a red fox")
        await self.requests.accept(request)
        return request

    async def begins(self, key: str, place: Place, asker: str, **changes: Any) -> Turn:
        """A request at work, its turn stored."""
        await self.waits(key, place, asker)
        await self.change(update(requests).where(requests.c.key == key).values(admitted=self.clock()))
        self.history.keys.add(key)
        return await self.turns.begin(made.turn(turn_id(key), place=place, asker=asker, **changes))

    async def paints(self, key: str, place: Place, asker: str, **more: Any) -> Picture:
        """A request from beginning to end, whose picture another person keeps."""
        turn = await self.begins(key, place, asker, author=more.get("author", ""))
        references = tuple([Reference("p", await self.put(data)) for data in more.get("given", ())])
        await self.turns.gathered(turn.id, references, more.get("context", ""), ())
        picture = await self._picture(turn)
        await self.turns.add(picture)
        await self.turns.shown(replace(turn, pictures=(picture,)), "1763720005.000100")
        for id in (*ids.said(key), ids.result(turn.id)):
            await self.posts.intend(id)
        await self.verdicts.display(place, "1763720005.000100", [picture.id])
        await self.verdicts.give([Verdict(picture.id, "U9", True, 1)])
        entry = made.entry(key, asker=asker, place=place)
        await self.ledger.open(replace(entry, errand=Errand(turn.id, 0, asker, place)))
        await self.ledger.settle(key, made.paid())
        await self.requests.finish(key)
        return picture

    async def change(self, statement: Update | Insert) -> None:
        await self.database.write(lambda connection: connection.execute(statement))

    async def aged(self, turn: str, moment: int) -> None:
        """Turns are stamped by the wall's clock; this one by ours."""
        await self.change(update(turns).where(turns.c.id == turn).values(begun=moment))

    async def put(self, data: bytes) -> Blob:
        return await self.pictures.put(data, "image/jpeg")

    async def _picture(self, turn: Turn) -> Picture:
        blob, draft = await self.put(f"picture of {turn.id}".encode()), await self.put(f"draft of {turn.id}".encode())
        parts = (Part("here"), Part(blob=draft), Part(blob=blob, signature=b"s"))
        return replace(made.picture(f"{turn.id}-0", turn.id), blob=blob, parts=parts)

    def files(self) -> set[bytes]:
        """The contents of everything in the picture store."""
        return {path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}

    async def counts(self) -> dict[str, int]:
        """How many rows each table has, without those that have none."""
        return await self.database.read(
            lambda connection: {
                table.name: count
                for table in metadata.sorted_tables
                if (count := connection.scalar(select(func.count()).select_from(table)))
            }
        )

    async def everything(self) -> str:
        """All that any row says."""
        return await self.database.read(
            lambda connection: "\n".join(
                f"{table.name}: {tuple(row)}"
                for table in metadata.sorted_tables
                for row in connection.execute(select(table))
            )
        )

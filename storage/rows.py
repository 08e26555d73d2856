"""Rows to domain and back, for the smaller things; turns have a file of their own."""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping

from bot.domain.pictures import Blob, Part, Picture, Reference, Source
from bot.domain.requests import Act, Attachment, ImageRequest, Place
from bot.domain.threads import Thread
from bot.domain.turns import Trouble

Row = dict[str, Any]

WITHDRAWN = "withdrawn"  # of a request whose message was deleted


def place_row(place: Place) -> Row:
    """The three columns of a place."""
    return {"team": place.team, "channel": place.channel, "thread": place.thread}


def to_place(row: RowMapping) -> Place:
    """From the three columns of a place."""
    return Place(row["team"], row["channel"], row["thread"])


def thread_row(thread: Thread) -> Row:
    """A row of `threads`."""
    return {**place_row(thread.place), "ours": thread.ours, "newest": thread.newest}


def to_thread(row: RowMapping) -> Thread:
    """From a row of `threads`."""
    return Thread(to_place(row), row["ours"], row["newest"])


def request_row(request: ImageRequest) -> Row:
    """What a row of `requests` says about the request itself."""
    return {
        **place_row(request.place),
        "key": request.key,
        "act": request.act.value,
        "asker": request.asker,
        "ts": request.ts,
        "text": request.text,
        "attachments": [[attachment.file, attachment.name] for attachment in request.attachments],
        "picture": request.picture,
        "answer_url": request.answer_url,
        "partial": request.partial,
    }


def to_request(row: RowMapping) -> ImageRequest:
    """From a row of `requests`."""
    return ImageRequest(
        key=row["key"],
        act=Act(row["act"]),
        place=to_place(row),
        asker=row["asker"],
        ts=row["ts"],
        text=row["text"],
        attachments=tuple(Attachment(file, name) for file, name in row["attachments"]),
        picture=row["picture"],
        answer_url=row["answer_url"],
        partial=row["partial"],
        cancelled=row["cancelled"] is not None,
        withdrawn=row["failed"] == WITHDRAWN,
    )


def blob_row(blob: Blob) -> Row:
    """The three columns of a blob."""
    return {"blob_key": blob.key, "mime": blob.mime, "length": blob.length}


def to_blob(row: RowMapping) -> Blob:
    """From the three columns of a blob."""
    return Blob(row["blob_key"], row["mime"], row["length"])


def reference_row(turn: str, position: int, reference: Reference) -> Row:
    """A row of `turn_references`."""
    return {"turn": turn, "position": position, "name": reference.name, **blob_row(reference.blob)}


def to_reference(row: RowMapping) -> Reference:
    """From a row of `turn_references`."""
    return Reference(row["name"], to_blob(row))


def picture_row(picture: Picture) -> Row:
    """A row of `pictures`."""
    return {
        **blob_row(picture.blob),
        "id": picture.id,
        "turn": picture.turn,
        "position": picture.index,
        "width": picture.width,
        "height": picture.height,
        "cost": picture.cost,
        "seconds": picture.seconds,
        "file": picture.file,
        "model": picture.model,
        "route": picture.route,
        "sources": [[source.title, source.uri] for source in picture.sources],
        "queries": list(picture.queries),
    }


def to_picture(row: RowMapping, parts: tuple[Part, ...]) -> Picture:
    """From a row of `pictures` and its parts in order."""
    return Picture(
        id=row["id"],
        turn=row["turn"],
        index=row["position"],
        parts=parts,
        blob=to_blob(row),
        width=row["width"],
        height=row["height"],
        cost=row["cost"],
        seconds=row["seconds"],
        file=row["file"],
        model=row["model"],
        route=row["route"],
        sources=tuple(Source(title, uri) for title, uri in row["sources"]),
        queries=tuple(row["queries"]),
    )


def part_row(picture: str, position: int, part: Part) -> Row:
    """A row of `parts`."""
    blob = blob_row(part.blob) if part.blob else {"blob_key": None, "mime": None, "length": None}
    own = {"text": part.text, "signature": part.signature, "thought": part.thought}
    return {"picture": picture, "position": position, **own, **blob}


def to_part(row: RowMapping) -> Part:
    """From a row of `parts`."""
    blob = None if row["blob_key"] is None else to_blob(row)
    return Part(row["text"], blob, row["signature"], row["thought"])


def trouble_row(trouble: Trouble) -> list[Any]:
    """A trouble as plain data."""
    return [trouble.reason, trouble.facts]


def to_trouble(plain: list[Any]) -> Trouble:
    """From plain data."""
    return Trouble(plain[0], plain[1])

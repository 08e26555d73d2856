"""Made-up turns and pictures of real models, for the tests of what decides and what is shown."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from bot.catalogue import load
from bot.domain.options import Options, Tier
from bot.domain.pictures import Blob, Part, Picture, Reference
from bot.domain.requests import Act, ImageRequest, Place
from bot.domain.turns import Turn

CATALOGUE = load()
FLASH, PRO, LITE = (CATALOGUE.of_tier(tier)[0] for tier in (Tier.FLASH, Tier.PRO, Tier.LITE))
ROUTE = "gemini"
PLACE = Place("T1", "C1", "1763720000.000100")


def turn(id: str = "t1", **changes: Any) -> Turn:
    made = Turn(id, PLACE, Act.COMMAND, "U1", "a red fox", "a red fox", Options(), FLASH.id)
    return replace(made, **changes)


def picture(turn: str = "t1", index: int = 0, *, signature: bytes | None = b"signed", **changes: Any) -> Picture:
    blob = Blob(f"{turn}-{index}", "image/jpeg", 1_000)
    parts = (Part("Here it is.", None, signature), Part("", blob, signature))
    made = Picture(f"{turn}-{index}", turn, index, parts, blob, 1024, 1024, Decimal("0.067"), 4.25, f"F{turn}{index}")
    return replace(made, **{"model": FLASH.id, "route": ROUTE} | changes)


def painted(id: str = "t1", count: int = 1, **changes: Any) -> Turn:
    model = changes.get("model", FLASH.id)
    pictures = tuple(picture(id, index, model=model) for index in range(count))
    return turn(id, pictures=pictures, options=Options(count=count), **changes)


def references(count: int) -> tuple[Reference, ...]:
    return tuple(Reference(f"{n}.png", Blob(f"r{n}", "image/png", 1_000)) for n in range(count))


def click(act: Act, on: str = "t1-0", **changes: Any) -> ImageRequest:
    return replace(ImageRequest("k", act, PLACE, "U2", "1763720009.000100", picture=on), **changes)

"""What was paid for waits for the store of pictures, and whoever has to mend that hears of it."""

from __future__ import annotations

import pytest

from bot.domain.pictures import Blob
from bot.domain.turns import Trouble
from bot.errors import OperatorMustFix, StoreDown, ThreadpaintError
from bot.ports import Given
from bot.studio.holding import Holding

GIVEN = Given(b"a picture", "image/png")
KEPT = Blob("k", "image/png", len(GIVEN.data))


class Refusing:
    """A store that refuses once; it is also the one who is told."""

    def __init__(self, fault: ThreadpaintError) -> None:
        self._faults = [fault]
        self.told: list[Trouble] = []

    async def put(self, data: bytes, mime: str) -> Blob:
        for fault in self._faults:
            self._faults = []
            raise fault
        return KEPT

    async def read(self, blob: Blob) -> bytes:
        raise AssertionError(blob)

    async def tell(self, id: str, trouble: Trouble) -> None:
        self.told.append(trouble)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (OperatorMustFix("pictures_refused", url="s3://b"), [Trouble("pictures_refused", {"url": "s3://b"})]),
        (StoreDown("pictures_full", url="/var"), [Trouble("pictures_full", {"url": "/var"})]),
        (StoreDown("pictures_unreachable"), []),
    ],
)
async def test_it_is_stored_once_it_can_be(fault: ThreadpaintError, told: list[Trouble]) -> None:
    store = Refusing(fault)
    assert await Holding(store, store).put(GIVEN) == KEPT
    assert store.told == told

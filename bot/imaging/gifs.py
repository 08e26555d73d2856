"""The blocks a GIF is made of (GIF89a specification)."""

_HEADER = 13
_EXTENSION, _PICTURE = 0x21, 0x2C
_GRAPHIC_CONTROL = 0xF9
# A thirty megabyte file in the usual blocks of 255 bytes has a hundred and twenty thousand.
_MOST = 1_000_000


def essence(data: bytes) -> bytes:
    """The same GIF up to the end of its first picture, without comments and what programs note for themselves.

    Raises `ValueError` for more blocks than any real file has: each is read one by one, and a hostile file can be
    made of millions. A file that breaks off, or makes no sense, comes back as far as it went.
    """
    at = _HEADER + _colours(data[10:11])
    kept, budget = bytearray(data[:at]), _MOST
    while data[at : at + 1] == bytes([_EXTENSION]):
        end, budget = _blocks_end(data, at + 2, budget)
        if data[at + 1 : at + 2] == bytes([_GRAPHIC_CONTROL]):
            kept += data[at:end]
        at = end
    if data[at : at + 1] != bytes([_PICTURE]):
        return bytes(kept + data[at:])
    pixels = at + 10 + _colours(data[at + 9 : at + 10]) + 1
    end, _ = _blocks_end(data, pixels, budget)
    return bytes(kept + data[at:end] + b";")


def _colours(packed: bytes) -> int:
    """How many bytes of colour table a packed field announces."""
    return 3 << ((packed[0] & 7) + 1) if packed and packed[0] & 0x80 else 0


def _blocks_end(data: bytes, at: int, budget: int) -> tuple[int, int]:
    """Where a row of blocks ends that starts here, and how many more blocks may follow."""
    size = len(data)
    while at < size:
        budget -= 1
        if budget < 0:
            raise ValueError("a GIF in too many blocks")
        step = data[at]
        at += step + 1
        if step == 0:
            break
    return at, budget

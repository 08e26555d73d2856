"""The chunks a PNG is made of (PNG specification, third edition, 5.3: length, name, body, checksum)."""

from collections.abc import Iterator

_SIGNATURE = 8
_FRAME = 12
# A thirty megabyte file in the usual pieces of 8 KB has four thousand.
_MOST = 100_000

_PIXELS = frozenset((b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"eXIf"))
# caBX carries content credentials (C2PA).
_HARMLESS = (_PIXELS - {b"eXIf"}) | {b"pHYs", b"sBIT", b"bKGD", b"tIME", b"tEXt", b"iTXt", b"caBX"}
_TEXTS = frozenset((b"tEXt", b"iTXt"))
_TELLING = (b"GPS", b"Raw profile")


def essence(data: bytes) -> bytes:
    """The same PNG with only the chunks its pixels, colours and orientation need.

    Packed texts, animation and whatever follows the end are left out: they can be torn or swell to gigabytes
    while the picture is fine. Raises `ValueError` for more chunks than any real picture has.
    """
    return data[:_SIGNATURE] + b"".join(chunk for name, chunk in _chunks(data) if name in _PIXELS)


def is_public(data: bytes) -> bool:
    """Whether a PNG ends where it says, and none of its chunks can hold a position, an archive or an animation."""
    size = _SIGNATURE
    for name, chunk in _chunks(data):
        size += len(chunk)
        if name not in _HARMLESS or (name in _TEXTS and any(word in chunk for word in _TELLING)):
            return False
    return size == len(data)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    start = _SIGNATURE
    for _ in range(_MOST):
        name = data[start + 4 : start + 8]
        end = start + _FRAME + int.from_bytes(data[start : start + 4], "big")
        if name:
            yield name, data[start:end]
        if name == b"IEND" or end >= len(data):
            return
        start = end
    raise ValueError("a PNG in too many chunks")

"""The directories of tags a TIFF is made of (TIFF 6.0; BigTIFF as libtiff documents it)."""

import struct
from collections.abc import Iterator

# What refers to another directory: EXIF, GPS, interoperability.
_BRANCHES = frozenset((34665, 34853, 40965))
_BYTES = frozenset((1, 2, 6, 7))
# One strip a row, in four planes, is the most a real picture of an allowed height needs; a colour table for sixteen
# bits comes next. Each value becomes an object of its own, so that a directory of millions takes minutes and gigabytes.
_MOST = 200_000


def essence(data: bytes) -> bytes:
    """The file as it is. Raises `ValueError` when its first directory, or one it leads to, lists absurdly much."""
    order = "<" if data[:2] == b"II" else ">"
    big = data[2:4] in (b"+\0", b"\0+")
    first = struct.unpack_from(order + ("8xQ" if big else "4xI"), data)[0]
    waiting, seen = [first], set[int]()
    while waiting:
        offset = waiting.pop()
        if offset in seen:
            continue
        seen.add(offset)
        for tag, kind, count, value in _entries(data, offset, order, big):
            if kind not in _BYTES and count > _MOST:
                raise ValueError("a TIFF with too many values")
            if tag in _BRANCHES:
                waiting.append(value)
    return data


def _entries(data: bytes, offset: int, order: str, big: bool) -> Iterator[tuple[int, int, int, int]]:
    """Tag, type, number of values, and the value or where it lies; as far as the file goes."""
    head, row = (struct.Struct(order + form) for form in (("Q", "HHQQ") if big else ("H", "HHII")))
    if offset + head.size > len(data):
        return
    count = head.unpack_from(data, offset)[0]
    start = offset + head.size
    end = start + min(count, (len(data) - start) // row.size) * row.size
    if count > _MOST:
        raise ValueError("a TIFF with too many tags")
    yield from row.iter_unpack(data[start:end])

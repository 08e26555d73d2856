"""The segments a JPEG is made of (ITU-T T.81, annex B)."""

import re

_SCAN = b"\xff\xda"
_END = b"\xff\xd9"
# Within compressed data only escaped zeros and restart marks follow 0xFF; anything else starts a segment.
_NEXT = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
# Real progressive files have around ten scans. Each one costs a walk over all pixels, however few bytes it takes,
# so that a small file with thousands of them would keep a processor busy for hours.
_MOST_SCANS = 50
_MOST = 10_000


def essence(data: bytes) -> bytes:
    """The file as it is. Raises `ValueError` for more scans, or more segments, than any camera or program writes."""
    at, scans = 2, 0
    for _ in range(_MOST):
        found = _NEXT.search(data, at)
        if found is None or found.group() == _END:
            return data
        scans += found.group() == _SCAN
        if scans > _MOST_SCANS:
            break
        at = found.end() + int.from_bytes(data[found.end() : found.end() + 2], "big")
    raise ValueError("a JPEG in too many pieces")

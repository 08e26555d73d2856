"""Content credentials: a JUMBF box in an APP11 segment of a JPEG, as C2PA puts it there.

Real Gemini-3 pictures carry one. Re-encoding loses it, so whoever finds it in a posted file knows that the bytes are
the model's own. Ours also says how the sketch was composed, which lets a later edit redraw the very same scene.
"""

from __future__ import annotations

import struct

APP0 = b"\xff\xe0"
APP11 = b"\xff\xeb"
LABEL = b"c2pa\0"
C2PA_TYPE = bytes.fromhex("63327061" + "00110010800000aa00389b71")
JSON_TYPE = b"json" + bytes.fromhex("00110010800000aa00389b71")
SEGMENT_ROOM = 65_000  # a segment's length field has 16 bits


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, kind) + content


def credentials(claim: bytes) -> bytes:
    """A JUMBF superbox labelled "c2pa" that holds one JSON box."""
    description = box(b"jumd", C2PA_TYPE + b"\x03" + LABEL)
    inner = box(b"jumb", box(b"jumd", JSON_TYPE + b"\x03threadpaint.sketch\0") + box(b"json", claim))
    return box(b"jumb", description + inner)


def stamp(jpeg: bytes, claim: bytes) -> bytes:
    """The JPEG with the claim in an early segment (JFIF wants its own APP0 first).

    Raises ValueError for bytes that are no JPEG. A claim too long for a segment is left out.
    """
    if jpeg[:2] != b"\xff\xd8":
        raise ValueError("not a JPEG")
    content = b"JP" + struct.pack(">HI", 1, 1) + credentials(claim if len(claim) < SEGMENT_ROOM else b"{}")
    after = after_header(jpeg)
    return jpeg[:after] + APP11 + struct.pack(">H", len(content) + 2) + content + jpeg[after:]


def after_header(jpeg: bytes) -> int:
    """Where further segments may begin: after JFIF's APP0 when there is one."""
    return 4 + int.from_bytes(jpeg[4:6], "big") if jpeg[2:4] == APP0 else 2


def read_claim(data: bytes) -> bytes:
    """The claim of a JPEG that carries one of ours, else b""."""
    if data[:2] != b"\xff\xd8":
        return b""
    at = 2
    while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] not in {b"\xda", b"\xd9", b""}:
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        segment = data[at + 4 : at + 2 + length]
        if data[at : at + 2] == APP11 and b"threadpaint.sketch\0" in segment:
            return find_claim(segment)
        at += 2 + max(2, length)
    return b""


def find_claim(segment: bytes) -> bytes:
    """The content of the JSON box, which comes right after its description's label."""
    start = segment.index(b"threadpaint.sketch\0") + len(b"threadpaint.sketch\0")
    length = int.from_bytes(segment[start : start + 4], "big")
    if segment[start + 4 : start + 8] != b"json":
        return b""
    return segment[start + 8 : start + length]

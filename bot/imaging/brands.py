"""The brands an ISO media file (MP4, MOV, HEIC, AVIF) declares in its `ftyp` box."""

_FIRST_BRAND = 8
_COMPATIBLE = 16
_MOST = 64


def brands_of(data: bytes) -> list[str]:
    """The main brand, then the compatible ones; empty when there is no `ftyp` box at the start.

    Layout from ISO/IEC 14496-12, 4.3: size, "ftyp", main brand, version, then brands of four letters each.
    """
    if data[4:8] != b"ftyp" or len(data) < _FIRST_BRAND + 4:
        return []
    end = min(int.from_bytes(data[:4], "big"), len(data), _COMPATIBLE + 4 * _MOST)
    starts = [_FIRST_BRAND, *range(_COMPATIBLE, end - 3, 4)]
    return [data[start : start + 4].decode("latin-1") for start in starts]

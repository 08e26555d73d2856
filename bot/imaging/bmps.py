"""The header of a BMP (BITMAPINFOHEADER)."""

_PACKED = (b"\1\0\0\0", b"\2\0\0\0")
# Packed pixels (RLE) are undone step by step in Python: a megabyte takes about a second.
_MOST_PACKED = 2 * 1024 * 1024


def essence(data: bytes) -> bytes:
    """The file as it is. Raises `ValueError` for packed pixels that would take long to undo."""
    if data[30:34] in _PACKED and len(data) > _MOST_PACKED:
        raise ValueError("a packed BMP that is too long")
    return data

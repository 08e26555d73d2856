"""Whether bytes are text, and which element a marked-up text starts with."""

import codecs
import re

_PROLOGUE = r"(?>\s+|<\?.*?\?>|<!--.*?-->)*+"
_ROOT = re.compile(_PROLOGUE + r"<(?:!doctype\s+)?(?:[\w.-]+:)?([a-z][a-z0-9]*)", re.DOTALL | re.IGNORECASE)
_WIDE = {
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


def root_of(data: bytes) -> str | None:
    """The first element's name (or the document type's), in lower case and without its prefix.

    Byte order marks, blank space, processing instructions and comments in front are skipped. None: no markup.
    """
    found = _ROOT.match(_decode(data))
    return found.group(1).lower() if found else None


def is_text(data: bytes) -> bool:
    """Whether a person could read it: no control characters, in any encoding that extends ASCII, or UTF-16."""
    return bool(data) and (data[:2] in _WIDE or not _CONTROLS.search(data))


def _decode(data: bytes) -> str:
    if data[:2] in _WIDE:
        return data[2:].decode(_WIDE[data[:2]], errors="replace")
    return data.removeprefix(codecs.BOM_UTF8).decode("latin-1")

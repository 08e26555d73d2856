"""What is wrong with a catalogue, in one line that names the place: it is written by hand."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

LONGEST = 60


class Wrong(ValueError):
    """One line: the place (a model's id and the key), and what is wrong there."""


def shown(value: object) -> str:
    """A value as it was written, on one line, and short."""
    if isinstance(value, bool):
        return str(value).lower()
    try:
        written = f'"{value}"' if isinstance(value, str) else "a table" if isinstance(value, dict) else str(value)
    except ValueError:  # Python writes out no more than 4,300 digits
        return "a number of very many digits"
    line = " ".join(written.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def similar(name: str, known: Collection[str]) -> str:
    """A question after the one that may have been meant; empty where none is near."""
    near = get_close_matches(name[:LONGEST], known, n=1, cutoff=0.7)
    return f" (did you mean {near[0]}?)" if near else ""


def one_of(place: str, value: object, known: Collection[str]) -> str:
    """The value, which must be one of the known words. Raises Wrong."""
    if not isinstance(value, str) or value not in known:
        raise Wrong(f"{place} is {shown(value)}, but must be one of {', '.join(known)}")
    return value


def keys(place: str, table: object, known: Collection[str]) -> dict[str, object]:
    """The table, which must have no keys but these. Raises Wrong, with the key that may have been meant."""
    if not isinstance(table, dict):
        raise Wrong(f"{place} is {shown(table)}, but must be a table")
    for key in table:
        if key not in known:
            raise Wrong(f"{place}: there is no key {key}{similar(key, known) or '; the keys are ' + ', '.join(known)}")
    return table

"""Reads JSON the way Google's transcoder does: both casings, both base64 alphabets, and no name it does not know."""

from __future__ import annotations

import base64
import binascii
import json
import re
from typing import Any

from bot.playground.gemini import refusals
from bot.playground.gemini.names import REQUEST, Field

URL_SAFE = bytes.maketrans(b"-_", b"+/")


def parse(body: bytes) -> dict[str, Any]:
    """The request with camelCase names and decoded bytes. Raises Refusal as the real API would word it."""
    try:
        found = json.loads(body or b"{}")
    except (ValueError, RecursionError) as wrong:
        raise refusals.payload(f"Invalid JSON payload received. {wrong}", "") from wrong
    if not isinstance(found, dict):
        raise refusals.payload("Invalid JSON payload received. Root element must be a message.", "")
    return read_message(found, REQUEST, "")


def camel(name: str) -> str:
    """inline_data → inlineData; a camelCase name stays as it is."""
    return re.sub(r"_([a-z0-9])", lambda match: match.group(1).upper(), name)


def snake(name: str) -> str:
    """inlineData → inline_data, the way places are named in error messages."""
    return re.sub(r"[A-Z]", lambda match: "_" + match.group(0).lower(), name)


def read_message(found: dict[str, Any], fields: dict[str, Field], place: str) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for name, value in found.items():
        known = camel(name)
        if known not in fields:
            raise refusals.unknown_name(name, place)
        if known in read:
            raise refusals.payload(f"Invalid value at '{place}' (oneof), field '{name}' is already set.", place)
        if value is not None:
            read[known] = read_field(value, fields[known], f"{place}.{snake(known)}".lstrip("."))
    return read


def read_field(value: Any, field: Field, place: str) -> Any:
    if isinstance(field, list):
        # Google's transcoder takes a single message where a list of them is due; its own curl samples rely on it.
        values = value if isinstance(value, list) else [value]
        return [read_field(one, field[0], f"{place}[{index}]") for index, one in enumerate(values)]
    if isinstance(field, frozenset):
        return read_enum(value, field, place)
    if isinstance(field, dict):
        if not isinstance(value, dict):
            raise refusals.invalid_value(place, "type.googleapis.com/google.protobuf.Message", value)
        return read_message(value, field, place)
    return LEAVES[field](value, place)


def read_enum(value: Any, known: frozenset[str], place: str) -> str:
    if isinstance(value, str) and value.upper() in known:
        return value.upper()
    raise refusals.invalid_value(place, "type.googleapis.com/google.protobuf.Enum", value)


def read_string(value: Any, place: str) -> str:
    if isinstance(value, str):
        return value
    raise refusals.invalid_value(place, "TYPE_STRING", value)


def read_bool(value: Any, place: str) -> bool:
    if isinstance(value, bool):
        return value
    raise refusals.invalid_value(place, "TYPE_BOOL", value)


def read_int(value: Any, place: str) -> int:
    """Whole numbers, also written as 7.0 or "7" as protobuf's JSON allows."""
    number = read_number(value, place)
    if number != int(number):
        raise refusals.invalid_value(place, "TYPE_INT32", value)
    return int(number)


def read_number(value: Any, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise refusals.invalid_value(place, "TYPE_FLOAT", value)
    try:
        number = float(value)
    except (ValueError, OverflowError) as wrong:
        raise refusals.invalid_value(place, "TYPE_FLOAT", value) from wrong
    if number - number != 0:  # infinity and NaN are the only numbers that fail this
        raise refusals.invalid_value(place, "TYPE_FLOAT", value)
    return number


def read_bytes(value: Any, place: str) -> bytes:
    """Base64 in either alphabet, padded or not."""
    raw = read_string(value, place).encode("utf-8", "replace").translate(URL_SAFE)
    try:
        return base64.b64decode(raw + b"=" * (-len(raw) % 4), validate=True)
    except binascii.Error as wrong:
        raise refusals.invalid_value(place, "TYPE_BYTES", f"Base64 decoding failed for {value[:40]}") from wrong


def read_any(value: Any, _place: str) -> Any:
    return value


LEAVES = {
    "string": read_string,
    "bool": read_bool,
    "int": read_int,
    "number": read_number,
    "bytes": read_bytes,
    "any": read_any,
}

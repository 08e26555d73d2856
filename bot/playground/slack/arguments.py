"""The arguments of a Web API call, whichever way they came: query, form or JSON."""

import json
from typing import Any
from urllib.parse import parse_qsl

from bot.playground.slack.refusals import Refusal
from bot.playground.slack.shapes import Json

_TRUE = frozenset({True, "true", "True", "1"})


class Arguments:
    """Reads arguments; a missing or misshapen one is refused with `invalid_arguments`."""

    def __init__(self, given: Json) -> None:
        self.given = given

    def need(self, name: str) -> str:
        """A text that must be there."""
        found = self.text(name)
        if not found:
            raise Refusal.because("invalid_arguments", f"missing required field: {name}")
        return found

    def text(self, name: str) -> str:
        """A text, or "" when it was not given."""
        found = self.given.get(name)
        if found is None:
            return ""
        if isinstance(found, dict | list | bool):
            raise Refusal.because("invalid_arguments", f"must be a string [json-pointer:/{name}]")
        return str(found)

    def number(self, name: str, default: int, most: int) -> int:
        """A whole number between 1 and `most`."""
        found = self.given.get(name)
        if found in (None, ""):
            return default
        try:
            number = int(str(found))
        except ValueError:
            number = 0
        if not 1 <= number <= most:
            raise Refusal.because("invalid_arguments", f"must be between 1 and {most} [json-pointer:/{name}]")
        return number

    def yes(self, name: str) -> bool:
        """Whether a flag was given as true, 1 or "true"."""
        found = self.given.get(name)
        return not isinstance(found, dict | list) and found in _TRUE

    def structure(self, name: str) -> Any:
        """A list or an object, given as itself or as JSON text; None when it was not given."""
        found = self.given.get(name)
        if not isinstance(found, str):
            return found
        if not found:
            return None
        try:
            return json.loads(found)
        except ValueError:
            error = "invalid_blocks_format" if name == "blocks" else "invalid_arguments"
            raise Refusal(error) from None


def read_body(body: bytes, content_type: str) -> Json:
    """The arguments in a request's body. Raises Refusal for JSON that is none, or is no object."""
    if content_type == "application/json":
        return _read_json(body)
    if content_type in ("application/x-www-form-urlencoded", "") or not body:
        return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    raise Refusal("invalid_post_type")


def _read_json(body: bytes) -> Json:
    try:
        read = json.loads(body or b"{}")
    except ValueError:
        raise Refusal("invalid_json") from None
    if not isinstance(read, dict):
        raise Refusal("json_not_object")
    return read

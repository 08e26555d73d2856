"""The check of a modal or home view."""

import json
from typing import Any

from bot.playground.slack.blockkit import check
from bot.playground.slack.refusals import Refusal
from bot.playground.slack.shapes import Json

MOST_BYTES = 250_000
_KEYS = {
    "type",
    "title",
    "submit",
    "close",
    "blocks",
    "private_metadata",
    "callback_id",
    "clear_on_close",
    "notify_on_close",
    "external_id",
    "submit_disabled",
}
_LONGEST = {"private_metadata": 3000, "callback_id": 255, "external_id": 255}


def checked(view: Any, kind: str = "modal") -> Json:
    """A view with its ids filled in. Refuses with invalid_arguments or view_too_large."""
    if not isinstance(view, dict) or view.get("type") != kind:
        raise Refusal.because("invalid_arguments", f"unsupported type, expected {kind} [json-pointer:/view/type]")
    if len(json.dumps(view)) > MOST_BYTES:
        raise Refusal("view_too_large")
    problems = [f"invalid additional property: {key} [json-pointer:/view]" for key in sorted(set(view) - _KEYS)]
    problems += _titles(view) if kind == "modal" else []
    problems += [
        f"must be less than {most + 1} characters [json-pointer:/view/{name}]"
        for name, most in _LONGEST.items()
        if len(str(view.get(name, ""))) > most
    ]
    if problems:
        raise Refusal.because("invalid_arguments", *problems)
    blocks = check.surface_blocks(view.get("blocks"), kind)
    defaults = {"callback_id": "", "private_metadata": "", "clear_on_close": False, "notify_on_close": False}
    return defaults | {"close": None, "submit": None, "external_id": ""} | view | {"blocks": blocks}


def _titles(view: Json) -> list[str]:
    problems = [] if "title" in view else ["missing required field: title [json-pointer:/view]"]
    for name in ("title", "submit", "close"):
        text = view.get(name)
        if text is None:
            continue
        if not isinstance(text, dict) or text.get("type") != "plain_text" or not text.get("text"):
            problems.append(f"must be a plain_text object [json-pointer:/view/{name}]")
        elif len(str(text["text"])) > 24:
            problems.append(f"must be less than 25 characters [json-pointer:/view/{name}/text]")
    blocks = view.get("blocks")
    inputs = [b for b in blocks if isinstance(b, dict) and b.get("type") == "input"] if isinstance(blocks, list) else []
    if inputs and "submit" not in view:
        problems.append("missing required field: submit [json-pointer:/view]")
    return problems

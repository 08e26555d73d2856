"""The elements that go into blocks."""

from collections.abc import Iterator
from typing import Any

from bot.playground.slack.blockkit import texts
from bot.playground.slack.blockkit.rules import (
    Rule,
    Shape,
    anything,
    at,
    boolean,
    exactly_one,
    items,
    number,
    one_of,
    string,
)

_ACT: dict[str, Rule] = {"action_id": texts.ID}
_CONFIRMED: dict[str, Rule] = {**_ACT, "confirm": texts.CONFIRM}
_PICK: dict[str, Rule] = {**_CONFIRMED, "placeholder": texts.plain(150), "focus_on_load": boolean}
_TYPE: dict[str, Rule] = {
    **_ACT,
    "placeholder": texts.plain(150),
    "initial_value": string(3000, 0),
    "focus_on_load": boolean,
    "dispatch_action_config": anything,
}
_LENGTHS: dict[str, Rule] = {"min_length": number(0, 3000), "max_length": number(1, 3000)}
_CHOICES = exactly_one("options", "option_groups")


def _values(element: dict[str, Any]) -> list[Any]:
    groups = [option for group in element.get("option_groups", []) for option in group.get("options", [])]
    return [option.get("value") for option in [*element.get("options", []), *groups]]


def _initial_known(value: Any, pointer: str) -> Iterator[str]:
    """What is chosen at the start must be one of the choices."""
    chosen = [*value.get("initial_options", []), *([value["initial_option"]] if "initial_option" in value else [])]
    try:
        known = _values(value)
        unknown = [one for one in chosen if one.get("value") not in known]
    except (AttributeError, TypeError):
        return
    if unknown:
        yield at(pointer, "initial_option must be one of the options")


def _select(extra: dict[str, Rule], *also: Rule) -> Shape:
    return Shape({}, {**_PICK, **extra}, also)


_STATIC: dict[str, Rule] = {"options": texts.options(1, 100), "option_groups": texts.GROUPS}
_MANY: dict[str, Rule] = {"max_selected_items": number(1, 100)}
_ROWS = items(texts.option(texts.words(75)), 1, 10)

BUTTON = Shape(
    {"text": texts.plain(75)},
    {
        **_CONFIRMED,
        "url": texts.link,
        "value": string(2000, 0),
        "style": one_of("primary", "danger"),
        "accessibility_label": string(75),
    },
)
IMAGE = Shape(
    {"alt_text": string(2000)},
    {"image_url": texts.reachable, "slack_file": texts.SLACK_FILE},
    (exactly_one("image_url", "slack_file"),),
)
_OVERFLOW_OPTION = Shape(
    {"text": texts.plain(75), "value": string(150)}, {"description": texts.plain(75), "url": texts.link}
)

SELECTS: dict[str, Rule] = {
    "static_select": _select({**_STATIC, "initial_option": anything}, _CHOICES, _initial_known),
    "external_select": _select({"min_query_length": number(0, 1000), "initial_option": anything}),
    "users_select": _select({"initial_user": string(255)}),
    "conversations_select": _select(
        {
            "initial_conversation": string(255),
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": anything,
        }
    ),
    "channels_select": _select({"initial_channel": string(255), "response_url_enabled": boolean}),
}
MULTI_SELECTS: dict[str, Rule] = {
    "multi_static_select": _select({**_STATIC, **_MANY, "initial_options": anything}, _CHOICES, _initial_known),
    "multi_external_select": _select({**_MANY, "min_query_length": number(0, 1000), "initial_options": anything}),
    "multi_users_select": _select({**_MANY, "initial_users": anything}),
    "multi_conversations_select": _select({**_MANY, "initial_conversations": anything, "filter": anything}),
    "multi_channels_select": _select({**_MANY, "initial_channels": anything}),
}
PRESSED: dict[str, Rule] = {
    "button": BUTTON,
    "overflow": Shape({"options": items(_OVERFLOW_OPTION, 1, 5)}, _CONFIRMED),
    "radio_buttons": Shape(
        {"options": _ROWS}, {**_CONFIRMED, "initial_option": anything, "focus_on_load": boolean}, (_initial_known,)
    ),
    "checkboxes": Shape(
        {"options": _ROWS}, {**_CONFIRMED, "initial_options": anything, "focus_on_load": boolean}, (_initial_known,)
    ),
    "datepicker": Shape({}, {**_PICK, "initial_date": string(10, 10)}),
    "timepicker": Shape({}, {**_PICK, "initial_time": string(5, 5), "timezone": string(255)}),
    "datetimepicker": Shape({}, {**_CONFIRMED, "initial_date_time": number(1e9, 1e10), "focus_on_load": boolean}),
}
TYPED: dict[str, Rule] = {
    "plain_text_input": Shape({}, {**_TYPE, **_LENGTHS, "multiline": boolean}),
    "email_text_input": Shape({}, _TYPE),
    "url_text_input": Shape({}, _TYPE),
    "number_input": Shape({"is_decimal_allowed": boolean}, {**_TYPE, "min_value": string(20), "max_value": string(20)}),
    "rich_text_input": Shape({}, {**_TYPE, "initial_value": anything}),
}
FILE_INPUT = Shape({}, {**_ACT, "filetypes": items(string(255), 1, 100), "max_files": number(1, 10)})
_FEEDBACK = Shape({"text": texts.plain(75), "value": string(2000)}, {"accessibility_label": string(75)})
CONTEXTUAL: dict[str, Rule] = {
    "feedback_buttons": Shape({"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, _ACT),
    "icon_button": Shape(
        {"icon": one_of("trash"), "text": texts.plain(75)},
        {
            **_CONFIRMED,
            "value": string(2000),
            "accessibility_label": string(75),
            "visible_to_user_ids": items(string(255), 1, 100),
        },
    ),
}
IN_ACTIONS: dict[str, Rule] = {**PRESSED, **SELECTS}
IN_SECTION: dict[str, Rule] = {**PRESSED, **SELECTS, **MULTI_SELECTS, "image": IMAGE}
IN_INPUT: dict[str, Rule] = {
    **{k: v for k, v in PRESSED.items() if k not in ("button", "overflow")},
    **SELECTS,
    **MULTI_SELECTS,
    **TYPED,
}
INTERACTIVE = frozenset({*PRESSED, *SELECTS, *MULTI_SELECTS, *TYPED, *CONTEXTUAL, "file_input"})

"""The blocks, and which surface takes which. Limits are those of Slack's reference."""

from bot.playground.slack.blockkit import elements, texts
from bot.playground.slack.blockkit.rich import RICH_TEXT
from bot.playground.slack.blockkit.rules import (
    Rule,
    Shape,
    anything,
    at_least_one,
    boolean,
    exactly_one,
    items,
    number,
    one_of,
    string,
    typed,
)

_ID: dict[str, Rule] = {"block_id": texts.ID}
_IN_CONTEXT: dict[str, Rule] = {
    "image": elements.IMAGE,
    "plain_text": texts.words(3000),
    "mrkdwn": texts.words(3000),
}
_PICTURE: dict[str, Rule] = {"image_url": texts.reachable, "slack_file": texts.SLACK_FILE}
_CELL = typed(
    {
        "raw_text": Shape({"text": string(12_000, 0)}),
        "raw_number": Shape({"value": number(-1e300, 1e300)}, {"text": string(12_000, 0)}),
        "rich_text": Shape({"elements": RICH_TEXT}, _ID),
    }
)
_COLUMN = Shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})
_BUTTON = typed({"button": elements.BUTTON})
_IMAGE = typed({"image": elements.IMAGE})

CARD = Shape(
    {},
    {
        **_ID,
        "hero_image": _IMAGE,
        "icon": _IMAGE,
        "title": texts.words(150),
        "subtitle": texts.words(150),
        "body": texts.words(200),
        "subtext": texts.words(200),
        "actions": items(_BUTTON, 1, 3),
    },
    (at_least_one("hero_image", "title", "body", "actions"),),
)
PLAIN: dict[str, Rule] = {
    "section": Shape(
        {},
        {
            **_ID,
            "text": texts.words(3000),
            "fields": items(texts.words(2000), 1, 10),
            "accessory": typed(elements.IN_SECTION),
            "expand": boolean,
        },
        (at_least_one("text", "fields"),),
    ),
    "header": Shape({"text": texts.plain(150)}, _ID),
    "divider": Shape({}, _ID),
    "image": Shape(
        {"alt_text": string(2000)},
        {**_ID, **_PICTURE, "title": texts.plain(2000)},
        (exactly_one("image_url", "slack_file"),),
    ),
    "actions": Shape({"elements": items(typed(elements.IN_ACTIONS), 1, 25)}, _ID),
    "context": Shape({"elements": items(typed(_IN_CONTEXT), 1, 10)}, _ID),
    "rich_text": Shape({"elements": RICH_TEXT}, _ID),
    "video": Shape(
        {
            "alt_text": string(2000),
            "title": texts.plain(200),
            "thumbnail_url": texts.reachable,
            "video_url": texts.link,
        },
        {
            **_ID,
            "author_name": string(50),
            "description": texts.plain(200),
            "provider_icon_url": string(3000),
            "provider_name": string(50),
            "title_url": texts.link,
        },
    ),
}


def _input(kinds: dict[str, Rule]) -> Shape:
    return Shape(
        {"label": texts.plain(2000), "element": typed(kinds)},
        {**_ID, "dispatch_action": boolean, "hint": texts.plain(2000), "optional": boolean},
    )


_TASK = Shape(
    {"task_id": string(255), "title": string(256)},
    {
        **_ID,
        "details": anything,
        "output": anything,
        "sources": items(anything, 0, 100),
        "status": one_of("pending", "in_progress", "complete", "error"),
    },
)
_ALERT = Shape({"text": texts.words(200)}, {**_ID, "level": one_of("default", "info", "warning", "error", "success")})
_CONTAINER = Shape(
    {"child_blocks": items(typed(PLAIN), 1, 10)},
    {
        **_ID,
        "title": texts.plain(150),
        "rich_text_title": anything,
        "subtitle": texts.plain(150),
        "width": one_of("narrow", "standard", "wide", "full"),
        "icon": _IMAGE,
        "is_collapsible": boolean,
        "default_collapsed": boolean,
        "has_header_divider": boolean,
    },
    (at_least_one("title", "rich_text_title"),),
)
NEWER: dict[str, Rule] = {
    "alert": _ALERT,
    "card": CARD,
    "carousel": Shape({"elements": items(typed({"card": CARD}), 1, 10)}, _ID),
    "container": _CONTAINER,
}
MESSAGE: dict[str, Rule] = {
    **PLAIN,
    **NEWER,
    "input": _input(elements.IN_INPUT),
    "markdown": Shape({"text": string(12_000)}, _ID),
    "table": Shape({"rows": items(items(_CELL, 1, 20), 1, 100)}, {**_ID, "column_settings": items(_COLUMN, 0, 20)}),
    "file": Shape({"external_id": string(255), "source": one_of("remote")}, _ID),
    "context_actions": Shape({"elements": items(typed(elements.CONTEXTUAL), 1, 5)}, _ID),
    "task_card": _TASK,
    "plan": Shape({"title": string(256)}, {**_ID, "tasks": items(typed({"task_card": _TASK}), 0, 50)}),
}
MODAL: dict[str, Rule] = {
    **PLAIN,
    "alert": _ALERT,
    "input": _input(elements.IN_INPUT | {"file_input": elements.FILE_INPUT}),
}
HOME: dict[str, Rule] = {**PLAIN, "card": CARD, "carousel": NEWER["carousel"], "input": _input(elements.IN_INPUT)}
SURFACES = {"message": MESSAGE, "modal": MODAL, "home": HOME}

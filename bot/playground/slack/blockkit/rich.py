"""The rich_text block."""

from bot.playground.slack.blockkit.rules import Rule, Shape, anything, boolean, items, number, one_of, string, typed

_STYLE = Shape({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline", "highlight"), boolean))
_STYLED: dict[str, Rule] = {"style": _STYLE}

_LEAVES = typed(
    {
        "text": Shape({"text": string(12_000)}, _STYLED),
        "link": Shape({"url": string(3000)}, {**_STYLED, "text": string(12_000), "unsafe": boolean}),
        "user": Shape({"user_id": string(255)}, _STYLED),
        "usergroup": Shape({"usergroup_id": string(255)}, _STYLED),
        "channel": Shape({"channel_id": string(255)}, _STYLED),
        "broadcast": Shape({"range": one_of("here", "channel", "everyone")}, _STYLED),
        "emoji": Shape({"name": string(255)}, {**_STYLED, "unicode": string(255), "url": string(3000)}),
        "color": Shape({"value": string(9)}, _STYLED),
        "date": Shape(
            {"timestamp": number(0, 1e11), "format": string(255)},
            {**_STYLED, "url": string(3000), "fallback": string(255)},
        ),
    }
)
_INLINE = items(_LEAVES, 0, 1000)
_SECTION = Shape({"elements": _INLINE})
_BORDER: dict[str, Rule] = {"border": number(0, 1)}

RICH_TEXT = items(
    typed(
        {
            "rich_text_section": _SECTION,
            "rich_text_list": Shape(
                {
                    "elements": items(typed({"rich_text_section": _SECTION}), 1, 500),
                    "style": one_of("bullet", "ordered"),
                },
                {**_BORDER, "indent": number(0, 8), "offset": number(0, 10_000)},
            ),
            "rich_text_preformatted": Shape({"elements": _INLINE}, {**_BORDER, "language": anything}),
            "rich_text_quote": Shape({"elements": _INLINE}, _BORDER),
        }
    ),
    1,
    1000,
)

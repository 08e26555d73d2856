"""Magic words: what a person types to have something go wrong.

A prompt whose last paragraph holds one of these, in square brackets, has it happen (to that call only):

| words               | what happens                                                                    |
|---------------------|---------------------------------------------------------------------------------|
| [refuse]            | an apology in words, finish reason STOP, no picture                             |
| [words only]        | a question back instead of a picture                                            |
| [filtered]          | the picture was filtered: IMAGE_SAFETY with Google's own message, not billed    |
| [safety]            | SAFETY                                                                          |
| [prohibited]        | IMAGE_PROHIBITED_CONTENT                                                        |
| [policy]            | PROHIBITED_CONTENT                                                              |
| [blocklist], [spii] | BLOCKLIST, SPII                                                                 |
| [recitation]        | IMAGE_RECITATION                                                                |
| [recited]           | RECITATION                                                                      |
| [language]          | LANGUAGE                                                                        |
| [blocked]           | the prompt is blocked before drawing: promptFeedback, no candidates             |
| [jailbreak]         | the same, with JAILBREAK as the reason                                          |
| [no image]          | NO_IMAGE                                                                        |
| [other]             | IMAGE_OTHER                                                                     |
| [other text]        | OTHER                                                                           |
| [malformed]         | MALFORMED_RESPONSE                                                              |
| [empty]             | STOP with nothing in it                                                         |
| [cut]               | MAX_TOKENS                                                                      |
| [no signature]      | MISSING_THOUGHT_SIGNATURE while the model's own turns are in the request, and   |
|                     | the first time without them                                                     |
| [tool noise]        | TOO_MANY_TOOL_CALLS while tools are in the request                              |
| [model armor]       | MODEL_ARMOR                                                                     |
| [escalation]        | ESCALATION                                                                      |
| [limited]           | PUP_LIMITED_DISABLED                                                            |
| [drafts]            | two interim drafts come before the final picture, each billed                   |
| [data url]          | the picture comes as a data: address inside a text part                         |
| [wrong size]        | the picture has another size and ratio than asked for                           |
| [huge]              | a picture of about 20 MB at 4K, and in proportion below                         |
| [no usage]          | usage without candidatesTokensDetails                                           |
| [busy]              | 503, the model is overloaded, every time                                        |
| [busy once]         | 503 the first time this very request is made, then the picture                  |
| [late]              | 503, the deadline expired                                                       |
| [rate limit]        | 429 with RetryInfo of 2 s the first time, then the picture                      |
| [quota]             | 429 for the day's quota, every time                                             |
| [limit zero]        | 429 for a quota of nothing, without RetryInfo                                   |
| [spend]             | 429 without any details                                                         |
| [key]               | 400, API_KEY_INVALID                                                            |
| [billing]           | 400, FAILED_PRECONDITION                                                        |
| [forbidden]         | 403; [leaked] for a key that was found in public                                |
| [500], [504]        | that status, every time                                                         |
| [html]              | 502 with a proxy's page                                                         |
| [array]             | 503 inside a JSON array                                                         |
| [slow], [very slow] | the picture comes after 8 s, after 45 s                                         |
| [hang]              | no answer for ten minutes, then the connection is cut                           |
| [drop]              | the connection is cut after the picture was drawn (and billed)                  |
| [bad json]          | 200 with half a JSON object                                                     |
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from bot.playground.gemini.asks import Ask

Fault = dict[str, Any]
APOLOGY = "I'm sorry, but I can't create that picture. I can draw something else for you if you like."
QUESTION = "Happy to draw that! Should it be by day or by night, and how close should we be?"
FINISHES = {
    "filtered": "IMAGE_SAFETY",
    "safety": "SAFETY",
    "prohibited": "IMAGE_PROHIBITED_CONTENT",
    "policy": "PROHIBITED_CONTENT",
    "blocklist": "BLOCKLIST",
    "spii": "SPII",
    "recitation": "IMAGE_RECITATION",
    "recited": "RECITATION",
    "language": "LANGUAGE",
    "no image": "NO_IMAGE",
    "other": "IMAGE_OTHER",
    "other text": "OTHER",
    "malformed": "MALFORMED_RESPONSE",
    "cut": "MAX_TOKENS",
    "model armor": "MODEL_ARMOR",
    "escalation": "ESCALATION",
    "limited": "PUP_LIMITED_DISABLED",
}
ERRORS = ("key", "billing", "forbidden", "leaked", "limit zero", "spend", "late")
ALWAYS: dict[str, Fault] = {
    **{words: {"finish_reason": reason} for words, reason in FINISHES.items()},
    **{words: {"error": words.replace(" ", "_")} for words in ERRORS},
    "refuse": {"text_only": APOLOGY},
    "words only": {"text_only": QUESTION},
    "blocked": {"block_reason": "PROHIBITED_CONTENT"},
    "jailbreak": {"block_reason": "JAILBREAK"},
    "empty": {"empty": True},
    "drafts": {"drafts": 2},
    "data url": {"data_url": True},
    "wrong size": {"wrong_size": True},
    "huge": {"huge": True},
    "no usage": {"usage": {"candidatesTokensDetails": None}},
    "busy": {"status": 503},
    "quota": {"status": 429, "quota": "PerDay", "retry_delay": "43200s"},
    "500": {"status": 500},
    "504": {"status": 504},
    "html": {"status": 502, "as": "html"},
    "array": {"status": 503, "as": "array"},
    "slow": {"delay": 8},
    "very slow": {"delay": 45},
    "hang": {"hang": 600},
    "drop": {"drop": "after"},
    "bad json": {"bad_json": True},
}
FIRST_TIME: dict[str, Fault] = {
    "busy once": {"status": 503},
    "rate limit": {"status": 429, "quota": "PerMinute", "retry_delay": "2s"},
}
WORDS = re.compile(r"\[([a-z0-9 ]+)\]")
UNSIGNED: Fault = {"finish_reason": "MISSING_THOUGHT_SIGNATURE"}
NOISE: Fault = {"finish_reason": "TOO_MANY_TOOL_CALLS"}


class Magic:
    """Finds magic words, and remembers which have happened already."""

    def __init__(self) -> None:
        self._met: Counter[str] = Counter()

    def forget(self) -> None:
        self._met.clear()

    def conjure(self, ask: Ask) -> Fault:
        """What the prompt's own magic words make happen; {} for none."""
        wish = ask.wish.lower()
        for found in WORDS.finditer(wish):
            fault = self._of(found[1], ask, wish[: found.start()])
            if fault:
                return fault
        return {}

    def _of(self, words: str, ask: Ask, before: str) -> Fault:
        if words == "no signature":
            return self._unsigned(ask, before)
        if words == "tool noise":
            return NOISE if ask.tools else {}
        if words in FIRST_TIME:
            return FIRST_TIME[words] if self._is_first(f"{words} {ask.fingerprint()}") else {}
        return ALWAYS.get(words, {})

    def _unsigned(self, ask: Ask, before: str) -> Fault:
        # The request that comes instead has another story before these words, so they are known by the last two.
        first = self._is_first(f"no signature {' '.join(before.split()[-2:])}")
        return UNSIGNED if first or any(turn.role == "model" for turn in ask.turns) else {}

    def _is_first(self, met: str) -> bool:
        self._met[met] += 1
        return self._met[met] == 1

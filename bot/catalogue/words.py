"""How many tokens a text is held to be, before the provider has counted it."""

from __future__ import annotations

import re

# A space belongs to the word after it. A capital begins a piece, so that what is no words, like base64, is not taken
# for such: there a token is hardly two letters.
PIECES = re.compile(r" ?(?:[A-Z]{2,3}|[A-Z][a-z]{0,2}|[a-z]{1,3})|(?s:.)")


def tokens(text: str) -> int:
    """A token for every three letters of a word from a to z, and for every other character: more than are billed.

    Of English about four characters are a token, by Google's page on tokens; its tokenizer itself is not published.
    """
    return sum(1 for _ in PIECES.finditer(text))

"""What people say to each other under a picture, and not to the one who paints: thanks, thumbs, an exclamation mark."""

from __future__ import annotations

import re
import unicodedata

from bot.domain.markup import plain, tidy

EMOJI = re.compile(r":[\w+'-]+:")  # as Slack writes them, in any language; a skin tone is one more of these
LINK = re.compile(r"<https?://[^<>|\n]*>|(?<!<)https?://[!-;=?-~]*", re.IGNORECASE)
WORD = re.compile(r"[^\W_]")
LONGEST = 120  # characters of thanks
PRAISE = r"ok(?:ay)?|oh|wow|yes|yay|great|perfect|nice|cool|awesome|amazing|lovely|super|many"
THANKS = r"thanks|thank (?:you|u)|thanx|thx|tysm|ty"
WHOM = r"so much|very much|a lot|a million|again|all|both|everyone|everybody|team|folks|guys"
THANKING = re.compile(
    rf"\W*(?:(?:{PRAISE})\W+){{0,3}}(?:{THANKS})(?:\W+(?:{WHOM}|{PRAISE}|{THANKS})){{0,4}}\W*", re.IGNORECASE
)


def wordless(text: str) -> bool:
    """Whether there is something, but nothing except emoji, punctuation and links, which no model opens.

    A question mark asks for help.
    """
    bare = _bare(text)
    return bool(text.strip()) and "?" not in bare and WORD.search(bare) is None


def courteous(text: str) -> bool:
    """Whether these words want nothing painted, as thanks do (and "thanks, now make it night" does not)."""
    return wordless(text) or (len(text) <= LONGEST and THANKING.fullmatch(_bare(text)) is not None)


def _bare(text: str) -> str:
    return EMOJI.sub(" ", unicodedata.normalize("NFKC", tidy(plain(LINK.sub(" ", text)))))

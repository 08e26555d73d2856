"""Characters that phones, word processors and other alphabets put where a keyboard has `-`, `:`, `x` or `"`.

Each is the inside of a regular expression's character class.
"""

HYPHENS = "\\-\u2010\u2011\u2212\ufe63\uff0d"
DASHES = "\u2012-\u2015\u2e3a\u2e3b\ufe58"  # figure, en and em dash, bar, longer ones
COLONS = ":\u2236\ufe55\uff1a"  # and ratio sign, small, full width
TIMES = "xX\u00d7"
QUOTES = "\"'`\u2018\u2019\u201a\u201c-\u201f\u00ab\u00bb"

# Soft hyphen, joiners, direction marks, byte order mark: they take no room on the screen.
UNSEEN = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
NEWLINES = "\r\v\f\x85\u2028\u2029"
CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x9f"

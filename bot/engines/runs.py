"""Long stretches of base64 that were taken out of a text and decoded, and the text made whole again."""

from __future__ import annotations

import base64
import binascii
import re

TO_STANDARD = bytes.maketrans(b"-_+/", b"+/!!")  # "!" belongs to neither alphabet
STANDARD = re.compile(rb"[A-Za-z0-9+/]*+")
FOR_URLS = re.compile(rb"[A-Za-z0-9_-]*+")
SPACE = re.compile(r"\s+")


def decoded(text: str) -> bytes:
    """The bytes of base64 in either alphabet, padded or not, with or without white space. Raises ValueError."""
    plain = SPACE.sub("", text).replace("-", "+").replace("_", "/")
    return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)


class Run:
    """One stretch, in one alphabet: whole groups of four, without padding, so that its text can be had again."""

    def __init__(self) -> None:
        self._data: list[bytes] = []
        self.length = 0  # of the bytes
        self._for_urls: bool | None = None  # None while nothing tells the alphabets apart

    def take(self, text: bytes) -> int:
        """Decode as much of the beginning as belongs to this stretch; returns how many bytes those were."""
        quote = text.find(b'"')
        length = (len(text) if quote < 0 else quote) & ~3
        try:
            self._write(text[:length])
        except binascii.Error:
            length = self._alike(text[:length]) & ~3
            self._write(text[:length])
        return length

    def ended(self, tail: bytes) -> bytes:
        """The bytes, with those of what came after the last whole group."""
        return b"".join([*self._data, tail])

    @property
    def text(self) -> str:
        """The base64 as it stood there."""
        encode = base64.urlsafe_b64encode if self._for_urls else base64.b64encode
        return encode(b"".join(self._data)).decode("ascii")

    def _write(self, text: bytes) -> None:
        standard, for_urls = b"+" in text or b"/" in text, b"-" in text or b"_" in text
        seen = for_urls if standard or for_urls else self._for_urls
        if (standard and for_urls) or self._for_urls not in (None, seen) or b"=" in text:
            raise binascii.Error("another alphabet")
        data = binascii.a2b_base64(text.translate(TO_STANDARD) if seen else text, strict_mode=True)
        self._data.append(data)
        self.length += len(data)
        self._for_urls = seen

    def _alike(self, text: bytes) -> int:
        """How long the beginning is that one alphabet can have written."""
        alphabets = {None: (STANDARD, FOR_URLS), False: (STANDARD,), True: (FOR_URLS,)}[self._for_urls]
        return max(found.end() for each in alphabets if (found := each.match(text)))


class Runs:
    """The stretches taken out of one text. In their places stand names that nobody else can have written."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._runs: list[Run] = []
        self._any = re.compile(rf"<{name}:(\d+)>")
        self._one = re.compile(rf"\s*<{name}:(\d+)>((?:[A-Za-z0-9+/_-]{{2,3}}={{0,2}})?)\s*")

    def begin(self) -> tuple[Run, bytes]:
        """A new stretch, and the name that is to stand in its place."""
        self._runs.append(Run())
        return self._runs[-1], f"<{self._name}:{len(self._runs) - 1}>".encode()

    @property
    def length(self) -> int:
        """Of all bytes taken out."""
        return sum(run.length for run in self._runs)

    @property
    def pattern(self) -> str:
        """A regular expression for the names, without groups."""
        return rf"<{self._name}:\d+>"

    def text(self, told: str) -> str:
        """The text as it was, each stretch in its place."""
        return self._any.sub(lambda found: self._runs[int(found[1])].text, told)

    def data(self, told: str) -> bytes:
        """The bytes of a text that is base64. Raises ValueError when it is not. To be asked once of each text."""
        if one := self._one.fullmatch(told):
            return self._runs[int(one[1])].ended(decoded(one[2]))
        return decoded(self.text(told))

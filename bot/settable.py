"""What a setting may be set to. What it may not is said in words for the one who sets it, after the setting's name."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, SecretStr

from bot.domain.limits import MOST

SLACKS_ID = re.compile(r"[CDGUW][A-Z0-9]+")
LEVELS = ("debug", "info", "warning", "error", "critical")
CENTURY = 36_500  # days
NOTICE = 30  # days


def _key(key: SecretStr) -> SecretStr:
    """It goes into a header. White space around it, as an editor leaves it, falls away."""
    said = key.get_secret_value().strip()
    if not all("!" <= letter <= "~" for letter in said):
        raise ValueError("there is a character in it that no key has; copy the key once more")
    return SecretStr(said)


def _address(url: str) -> str:
    """Empty is the provider's own."""
    if url.strip() and not _can_be_reached(url.strip()):
        raise ValueError("must look like https://host or https://host:8080/path")
    return url.strip()


def _can_be_reached(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and " " not in url
    except ValueError:  # the port is none
        return False


def _endpoint(url: str) -> str:
    return url.rstrip("/") + "/"


def _host_and_port(address: str) -> str:
    host, colon, port = address.rpartition(":")
    if not (host and colon and port.isdecimal() and int(port) < 65536):
        raise ValueError("must look like 127.0.0.1:3000")
    return address


def _count(count: int) -> int:
    if count < 1:
        raise ValueError("must be 1 or more")
    if count > MOST:
        raise ValueError(f"must be {MOST} or less")
    return count


def _dollars(amount: Any) -> Decimal | None:
    """Empty is no budget; 0 is a budget under which nothing is made."""
    if amount is None or not str(amount).strip():
        return None
    try:
        dollars = Decimal(str(amount).strip().removeprefix("$"))
    except InvalidOperation:
        raise ValueError("must be US dollars, like 2.50") from None
    if not dollars.is_finite() or not 0 <= dollars < 1_000_000:
        raise ValueError("must be US dollars from 0 to a million")
    return dollars.copy_abs()  # -0 is 0, and should not be shown as anything else


def _number(least: float, most: float, unit: str) -> Callable[[Any], float]:
    def read(said: Any) -> float:
        try:
            number = float(said)
        except ValueError:
            raise ValueError(f"must be a number of {unit}") from None
        if not least <= number <= most:
            raise ValueError(f"must be from {least} to {most} {unit}")
        return number

    return read


def _days(least: int, unsaid: int | None) -> Callable[[Any], int | None]:
    """Whole days; blank is as if nothing had been said."""

    def read(days: Any) -> int | None:
        if days is None or not str(days).strip():
            return unsaid
        if not (str(days).strip().isdecimal() and least <= int(days) <= CENTURY):
            raise ValueError(f"must be a whole number of days from {least} to {CENTURY}")
        return int(days)

    return read


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError):
        raise ValueError("must be a time zone like Europe/Berlin") from None
    return name


def _slack_id(id: str) -> str:
    if id and not SLACKS_ID.fullmatch(id.strip()):
        raise ValueError("must be Slack's id of a person or a channel, like U0123456789")
    return id.strip()


def _level(level: str) -> str:
    if level.lower() not in LEVELS:
        raise ValueError(f"must be one of {', '.join(LEVELS)}")
    return level.lower()


Key = Annotated[SecretStr, AfterValidator(_key)]
Address = Annotated[str, AfterValidator(_address)]
Endpoint = Annotated[str, AfterValidator(_endpoint)]  # an address to which a method's name is added
HostAndPort = Annotated[str, AfterValidator(_host_and_port)]
Count = Annotated[int, AfterValidator(_count)]
Dollars = Annotated[Decimal | None, BeforeValidator(_dollars)]
Days = Annotated[float, BeforeValidator(_number(0, CENTURY, "days"))]
Seconds = Annotated[float, BeforeValidator(_number(1, 86_400, "seconds"))]
Retention = Annotated[int | None, BeforeValidator(_days(1, None))]  # nothing is forgotten on the day it was made
Notice = Annotated[int, BeforeValidator(_days(0, NOTICE))]
Zone = Annotated[str, AfterValidator(_zone)]
SlackId = Annotated[str, AfterValidator(_slack_id)]
Level = Annotated[str, AfterValidator(_level)]

"""What the environment says: the only reader of it, besides the command line.

The field's own names where the field has them; everything of our own is `THREADPAINT_*`, and an unknown name of that
kind stops the start, because a misspelt limit is a limit that does not hold.
"""

from __future__ import annotations

import os
import re
import socket
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AliasChoices, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import OperatorMustFix

OURS = "THREADPAINT_"
SLACKS_ID = re.compile(r"[CDGUW][A-Z0-9]+")
UNREADABLE = {"int_parsing": "must be a whole number", "bool_parsing": "must be true or false"}
LEVELS = ("debug", "info", "warning", "error", "critical")


def named(*names: str, default: Any) -> Any:
    """A setting read from the first of these environment variables that is set."""
    return Field(default=default, validation_alias=AliasChoices(*names))


class Settings(BaseSettings):
    """Frozen; secrets are SecretStr, so that printing the settings prints none of them. Empty is not set."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", populate_by_name=True, env_ignore_empty=True)

    slack_bot_token: SecretStr = named("SLACK_BOT_TOKEN", default=SecretStr(""))
    slack_app_token: SecretStr = named("SLACK_APP_TOKEN", default=SecretStr(""))
    slack_signing_secret: SecretStr = named("SLACK_SIGNING_SECRET", default=SecretStr(""))
    slack_api_url: str = named("SLACK_API_URL", default="https://slack.com/api/")
    gemini_api_key: SecretStr = named("GOOGLE_API_KEY", "GEMINI_API_KEY", default=SecretStr(""))
    gemini_base_url: str = named("GOOGLE_GEMINI_BASE_URL", default="")
    gemini_api_version: str = named("GOOGLE_GENAI_API_VERSION", default="")  # empty: v1beta, or the SDK's on Vertex
    google_enterprise: bool = named("GOOGLE_GENAI_USE_ENTERPRISE", "GOOGLE_GENAI_USE_VERTEXAI", default=False)
    google_project: str = named("GOOGLE_CLOUD_PROJECT", default="")
    google_location: str = named("GOOGLE_CLOUD_LOCATION", default="global")
    google_vertex_base_url: str = named("GOOGLE_VERTEX_BASE_URL", default="")
    catalogue: Path | None = named("THREADPAINT_CATALOGUE", default=None)  # TOML laid over the models that come along
    budget_person_day: Decimal | None = named("THREADPAINT_BUDGET_PERSON_DAY", default=None)  # US dollars
    budget_workspace_month: Decimal | None = named("THREADPAINT_BUDGET_WORKSPACE_MONTH", default=None)
    timezone: str = named("THREADPAINT_TIMEZONE", default="UTC")  # in which days and months of budgets begin
    operator: str = named("THREADPAINT_OPERATOR", default="")  # Slack's id of a person or channel told of what is wrong
    database_url: str = named("DATABASE_URL", default="sqlite:///var/threadpaint.db")
    pictures_url: str = named("PICTURES_URL", default="var/pictures")
    http: str = named("THREADPAINT_HTTP", default="127.0.0.1:3000")
    at_once: int = named("THREADPAINT_AT_ONCE", default=256)  # of this process at the models at the same time
    at_once_person: int = named("THREADPAINT_AT_ONCE_PERSON", default=2)
    at_once_workspace: int = named("THREADPAINT_AT_ONCE_WORKSPACE", default=64)
    at_once_model: int = named("THREADPAINT_AT_ONCE_MODEL", default=64)
    per_minute: int | None = named("THREADPAINT_PER_MINUTE", default=None)  # calls to each model by each route
    limits: Path | None = named("THREADPAINT_LIMITS", default=None)  # TOML laid over these four, read again and again
    executor: str = Field("", validation_alias=AliasChoices("THREADPAINT_EXECUTOR"), validate_default=True)
    keep_history: float = named("THREADPAINT_KEEP_HISTORY", default=7.0)  # days, of the job engine's own tables
    strangers: Literal["refuse", "allow"] = named("THREADPAINT_STRANGERS", default="refuse")  # of other companies
    retention: int | None = named("THREADPAINT_RETENTION", default=None)  # days; what is older is forgotten
    uninstall_days: int = named("THREADPAINT_UNINSTALL_DAYS", default=30)  # until a workspace's data follows it
    deadline: float = named("THREADPAINT_DEADLINE", default=600.0)  # seconds a picture may take, retries included
    log_level: str = named("THREADPAINT_LOG_LEVEL", default="info")

    @field_validator("gemini_api_key")
    @classmethod
    def _fits_into_a_header(cls, key: SecretStr) -> SecretStr:
        """White space around it, as an editor leaves it, falls away."""
        said = key.get_secret_value().strip()
        if not all("!" <= letter <= "~" for letter in said):
            raise ValueError("there is a character in it that no key has; copy the key once more")
        return SecretStr(said)

    @field_validator("gemini_base_url", "google_vertex_base_url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        """Empty is Google's own."""
        if url.strip() and not _can_be_reached(url.strip()):
            raise ValueError("must look like https://host or https://host:8080/path")
        return url.strip()

    @field_validator("slack_api_url")
    @classmethod
    def _ends_with_a_slash(cls, url: str) -> str:
        return url.rstrip("/") + "/"

    @field_validator("executor")
    @classmethod
    def _is_a_name(cls, name: str, info: ValidationInfo) -> str:
        """This process's stable name. A file has one process; on a server each machine needs a name of its own."""
        if name.strip():
            return name.strip()
        return "threadpaint" if is_a_file(str(info.data.get("database_url", "sqlite:"))) else socket.gethostname()

    @field_validator("keep_history", mode="before")
    @classmethod
    def _some_days(cls, days: Any) -> float:
        return _number(days, 0, 36_500, "days")

    @field_validator("deadline", mode="before")
    @classmethod
    def _some_time(cls, seconds: Any) -> float:
        return _number(seconds, 1, 86_400, "seconds")

    @field_validator("at_once", "at_once_person", "at_once_workspace", "at_once_model", "per_minute")
    @classmethod
    def _at_least_one(cls, count: int | None) -> int | None:
        if count is not None and count < 1:
            raise ValueError("must be 1 or more")
        return count

    @field_validator("budget_person_day", "budget_workspace_month", mode="before")
    @classmethod
    def _is_money(cls, amount: Any) -> Decimal | None:
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

    @field_validator("retention", "uninstall_days", mode="before")
    @classmethod
    def _are_days(cls, days: Any, info: ValidationInfo) -> Any:
        """Empty is as if it were not set. Nothing is forgotten on the day it was made."""
        if days is None or not str(days).strip():
            return cls.model_fields[str(info.field_name)].default
        least = 1 if info.field_name == "retention" else 0
        if not (str(days).strip().isdecimal() and least <= int(days) <= 36_500):
            raise ValueError(f"must be a whole number of days from {least} to 36500")
        return int(days)

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ValueError, OSError):
            raise ValueError("must be a time zone like Europe/Berlin") from None
        return name

    @field_validator("operator")
    @classmethod
    def _is_slacks_id(cls, id: str) -> str:
        if id and not SLACKS_ID.fullmatch(id.strip()):
            raise ValueError("must be Slack's id of a person or a channel, like U0123456789")
        return id.strip()

    @field_validator("log_level")
    @classmethod
    def _is_a_level(cls, level: str) -> str:
        if level.lower() not in LEVELS:
            raise ValueError(f"must be one of {', '.join(LEVELS)}")
        return level.lower()

    @field_validator("http")
    @classmethod
    def _is_host_and_port(cls, address: str) -> str:
        host, colon, port = address.rpartition(":")
        if not (host and colon and port.isdecimal() and int(port) < 65536):
            raise ValueError("must look like 127.0.0.1:3000")
        return address

    @classmethod
    def read(cls) -> Self:
        """Settings from the environment. Raises OperatorMustFix with one sentence that names the variable."""
        known = known_names()
        unknown = [name for name in set_names() if name.upper() not in known]
        if unknown:
            raise OperatorMustFix("setting_unknown", name=unknown[0], known=", ".join(sorted(known)))
        return cls.of()

    @classmethod
    def of(cls, **said: Any) -> Self:
        """Settings with these values, by their fields. Raises OperatorMustFix with one sentence that names the name."""
        try:
            return cls(**said)
        except ValidationError as error:
            first = error.errors(include_input=False)[0]
            own = first["msg"].removeprefix("Value error, ")  # what pydantic puts before our own words
            own = own.replace("Input should be", "must be")
            name, problem = _as_set(str(first["loc"][0])), UNREADABLE.get(first["type"], own)
            raise OperatorMustFix("setting_wrong", name=name, problem=problem) from None


def is_a_file(database_url: str) -> bool:
    """Whether this database is a file, which is for one process at a time."""
    return database_url.startswith("sqlite")


def known_names() -> set[str]:
    """The names of all settings."""
    return {name for field in Settings.model_fields.values() for name in _aliases(field.validation_alias)}


def set_names() -> list[str]:
    """What the environment sets of ours, misspelt names as well. Case does not count, as where they are read."""
    known = known_names()
    return sorted(name for name in os.environ if name.upper().startswith(OURS) or name.upper() in known)


def _as_set(name: str) -> str:
    """Of all names of the setting that has this name, the first that the environment sets."""
    said = {name.upper() for name, value in os.environ.items() if value}
    every = [[id, *_aliases(field.validation_alias)] for id, field in Settings.model_fields.items()]
    return next((each for names in every if name in names for each in names if each in said), name)


def _number(said: Any, least: int, most: int, unit: str) -> float:
    """Raises ValueError in words for the one who set it."""
    try:
        number = float(said)
    except ValueError:
        raise ValueError(f"must be a number of {unit}") from None
    if not least <= number <= most:
        raise ValueError(f"must be from {least} to {most} {unit}")
    return number


def _can_be_reached(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and " " not in url
    except ValueError:  # the port is none
        return False


def _aliases(alias: object) -> list[str]:
    return [str(choice) for choice in alias.choices] if isinstance(alias, AliasChoices) else []

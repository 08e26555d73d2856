"""What the environment says: the only reader of it, besides the command line.

The field's own names where the field has them; everything of our own is `THREADPAINT_*`, and an unknown name of that
kind stops the start, because a misspelt limit is a limit that does not hold.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import AliasChoices, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from bot.errors import OperatorMustFix
from bot.settable import (
    NOTICE,
    Address,
    Count,
    Days,
    Dollars,
    Endpoint,
    HostAndPort,
    Key,
    Level,
    Notice,
    Retention,
    Seconds,
    SlackId,
    Zone,
)

OURS = "THREADPAINT_"
UNREADABLE = {"int_parsing": "must be a whole number", "bool_parsing": "must be true or false"}


def named(*names: str, default: Any) -> Any:
    """A setting read from the first of these environment variables that is set."""
    return Field(default=default, validation_alias=AliasChoices(*names))


class Settings(BaseSettings):
    """Frozen; secrets are SecretStr, so that printing the settings prints none of them. Empty, or blank, is not set."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", populate_by_name=True, env_ignore_empty=True)

    slack_bot_token: Key = named("SLACK_BOT_TOKEN", default=SecretStr(""))
    slack_app_token: Key = named("SLACK_APP_TOKEN", default=SecretStr(""))
    slack_signing_secret: Key = named("SLACK_SIGNING_SECRET", default=SecretStr(""))
    slack_api_url: Endpoint = named("SLACK_API_URL", default="https://slack.com/api/")
    gemini_api_key: Key = named("GOOGLE_API_KEY", "GEMINI_API_KEY", default=SecretStr(""))
    gemini_base_url: Address = named("GOOGLE_GEMINI_BASE_URL", default="")
    gemini_api_version: str = named("GOOGLE_GENAI_API_VERSION", default="")  # empty: v1beta, or the SDK's on Vertex
    google_enterprise: bool = named("GOOGLE_GENAI_USE_ENTERPRISE", "GOOGLE_GENAI_USE_VERTEXAI", default=False)
    google_project: str = named("GOOGLE_CLOUD_PROJECT", default="")
    google_location: str = named("GOOGLE_CLOUD_LOCATION", default="global")
    google_vertex_base_url: Address = named("GOOGLE_VERTEX_BASE_URL", default="")
    catalogue: Path | None = named("THREADPAINT_CATALOGUE", default=None)  # TOML laid over the models that come along
    budget_person_day: Dollars = named("THREADPAINT_BUDGET_PERSON_DAY", default=None)  # US dollars
    budget_workspace_month: Dollars = named("THREADPAINT_BUDGET_WORKSPACE_MONTH", default=None)
    timezone: Zone = named("THREADPAINT_TIMEZONE", default="UTC")  # in which days and months of budgets begin
    operator: SlackId = named("THREADPAINT_OPERATOR", default="")  # a person or channel, told of what is wrong
    database_url: str = named("DATABASE_URL", default="sqlite:///var/threadpaint.db")
    pictures_url: str = named("PICTURES_URL", default="var/pictures")
    http: HostAndPort = named("THREADPAINT_HTTP", default="127.0.0.1:3000")
    at_once: Count = named("THREADPAINT_AT_ONCE", default=256)  # of this process at the models at the same time
    at_once_person: Count = named("THREADPAINT_AT_ONCE_PERSON", default=2)
    at_once_workspace: Count = named("THREADPAINT_AT_ONCE_WORKSPACE", default=64)
    at_once_model: Count = named("THREADPAINT_AT_ONCE_MODEL", default=64)
    per_minute: Count | None = named("THREADPAINT_PER_MINUTE", default=None)  # calls to each model by each route
    limits: Path | None = named("THREADPAINT_LIMITS", default=None)  # TOML laid over these four, read again and again
    executor: str = Field("", validation_alias=AliasChoices("THREADPAINT_EXECUTOR"), validate_default=True)
    keep_history: Days = named("THREADPAINT_KEEP_HISTORY", default=7.0)  # days, of the job engine's own tables
    strangers: Literal["refuse", "allow"] = named("THREADPAINT_STRANGERS", default="refuse")  # of other companies
    retention: Retention = named("THREADPAINT_RETENTION", default=None)  # days; what is older is forgotten
    uninstall_days: Notice = named("THREADPAINT_UNINSTALL_DAYS", default=NOTICE)  # until a workspace's data follows it
    deadline: Seconds = named("THREADPAINT_DEADLINE", default=600.0)  # seconds a picture may take, retries included
    log_level: Level = named("THREADPAINT_LOG_LEVEL", default="info")

    @field_validator("executor")
    @classmethod
    def _is_a_name(cls, name: str, info: ValidationInfo) -> str:
        """This process's stable name. A file has one process; on a server each machine needs a name of its own."""
        if name.strip():
            return name.strip()
        return "threadpaint" if is_a_file(str(info.data.get("database_url", "sqlite:"))) else socket.gethostname()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - read once more, without what is blank
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Of two names for one setting a blank one does not hide the other."""
        said = EnvSettingsSource(settings_cls)
        said.env_vars = {name: value for name, value in said.env_vars.items() if value and value.strip()}
        return init_settings, said, dotenv_settings, file_secret_settings

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
    said = {name.upper() for name, value in os.environ.items() if value.strip()}
    every = [[id, *_aliases(field.validation_alias)] for id, field in Settings.model_fields.items()]
    return next((each for names in every if name in names for each in names if each in said), name)


def _aliases(alias: object) -> list[str]:
    return [str(choice) for choice in alias.choices] if isinstance(alias, AliasChoices) else []

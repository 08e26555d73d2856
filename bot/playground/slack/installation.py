"""The app as installed from its manifest: what is not declared there does not exist."""

from dataclasses import dataclass
from typing import Any

from bot.playground.slack.shapes import Json


@dataclass(frozen=True)
class Installation:
    """The declared name, scopes, events, commands and shortcuts."""

    name: str
    scopes: tuple[str, ...]
    events: frozenset[str]
    commands: dict[str, Json]
    shortcuts: dict[str, Json]
    interactive: bool
    messages_tab: bool

    @classmethod
    def read(cls, manifest: dict[str, Any]) -> "Installation":
        """Read an app manifest (schema version 1 or 2), as loaded from YAML or JSON."""
        features = manifest.get("features") or {}
        settings = manifest.get("settings") or {}
        display = manifest.get("display_information") or {}
        home = features.get("app_home") or {}
        scopes = ((manifest.get("oauth_config") or {}).get("scopes") or {}).get("bot") or []
        return cls(
            name=(features.get("bot_user") or {}).get("display_name") or display.get("name") or "App",
            scopes=tuple(scopes),
            events=frozenset((settings.get("event_subscriptions") or {}).get("bot_events") or []),
            commands={entry["command"]: entry for entry in features.get("slash_commands") or []},
            shortcuts={entry["callback_id"]: entry for entry in features.get("shortcuts") or []},
            interactive=bool((settings.get("interactivity") or {}).get("is_enabled")),
            messages_tab=bool(home.get("messages_tab_enabled", True)),
        )

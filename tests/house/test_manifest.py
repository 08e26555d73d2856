"""The manifest, the listeners and the scopes agree: nothing is declared that is not handled, nor the reverse."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from bot import manifest

ROOT = Path(__file__).parents[2]
HANDLERS = [(path, path.read_text("utf-8")) for path in (ROOT / "handlers").glob("*.py")]

# What each method and event we use needs, from Slack's reference.
METHOD_SCOPES = {
    "auth.test": set(),
    "chat.postMessage": {"chat:write"},
    "chat.postEphemeral": {"chat:write"},
    "chat.update": {"chat:write"},
    "chat.delete": {"chat:write"},
    "chat.getPermalink": set(),
    "assistant.threads.setStatus": {"chat:write"},
    "conversations.replies": {"channels:history", "groups:history", "im:history", "mpim:history"},
    "conversations.history": {"channels:history", "groups:history", "im:history", "mpim:history"},
    "files.getUploadURLExternal": {"files:write"},
    "files.completeUploadExternal": {"files:write"},
    "files.info": {"files:read"},
}
EVENT_SCOPES = {
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
}
EVENTS_WITHOUT_SCOPE = {"app_uninstalled", "tokens_revoked"}


def methods() -> set[str]:
    """The Web API methods that the code names."""
    pattern = re.compile(r'"((?:chat|files|conversations|assistant|views|reactions|users)\.[a-z]+[A-Z.]?[A-Za-z.]*)"')
    return {name for _, text in HANDLERS for name in pattern.findall(text)} - {"files.slack.com"}


def test_every_method_has_its_scopes() -> None:
    asked = manifest.bot_scopes(manifest.read())
    for method in methods():
        assert METHOD_SCOPES[method] <= asked, method


def test_no_scope_is_asked_for_in_vain() -> None:
    used = {"commands"} | set(EVENT_SCOPES.values())
    used |= set().union(*(METHOD_SCOPES[method] for method in methods()))
    assert manifest.bot_scopes(manifest.read()) == used


def test_every_event_has_a_listener_and_a_scope() -> None:
    data = manifest.read()
    events = data["settings"]["event_subscriptions"]["bot_events"]
    listeners = {event.partition(".")[0] for event in events}
    assert set(events) == set(EVENT_SCOPES) | EVENTS_WITHOUT_SCOPE
    assert [listener for listener in listeners if not any(f'"{listener}"' in text for _, text in HANDLERS)] == []


def test_every_command_has_a_listener() -> None:
    declared = {command["command"] for command in manifest.read()["features"]["slash_commands"]}
    text = {path.name: text for path, text in HANDLERS}["commands.py"]
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    heard = {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "command"
        and isinstance(call.args[0], ast.Constant)
    }
    assert declared == heard


def test_the_manifest_keeps_slacks_limits() -> None:
    data = manifest.read()
    words = data["display_information"]
    assert len(words["name"]) <= 35
    assert len(words["description"]) <= 140
    assert 175 <= len(words["long_description"]) <= 4000
    for command in data["features"]["slash_commands"]:
        assert len(command["command"]) <= 32
        assert len(command["description"]) <= 2000
        assert len(command["usage_hint"]) <= 1000

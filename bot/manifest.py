"""The app's manifest, from the checkout or from the installed package."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent


def read() -> dict[str, Any]:
    """The manifest as data. In a checkout it lies at the top; a wheel carries it inside the package."""
    inside, above = HERE / "manifest.yml", HERE.parent / "manifest.yml"
    data: dict[str, Any] = yaml.safe_load((inside if inside.exists() else above).read_text("utf-8"))
    return data


def bot_scopes(manifest: dict[str, Any]) -> frozenset[str]:
    """The bot scopes that the manifest asks for."""
    return frozenset(manifest["oauth_config"]["scopes"]["bot"])

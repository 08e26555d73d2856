"""Names for the shapes of Slack's JSON."""

from typing import Any

Json = dict[str, Any]
Message = dict[str, Any]

"""Who is calling: the app by its bot token, or by its app-level token."""

from bot.playground import keys
from bot.playground.slack.refusals import Refusal

APP_LEVEL = ("connections:write",)


def token_kind(token: str) -> str:
    """The kind of a token, "bot" or "app"; refuses a missing or unknown one."""
    if not token:
        raise Refusal("not_authed")
    kinds = {keys.BOT_TOKEN: "bot", keys.APP_TOKEN: "app"}
    if token not in kinds:
        raise Refusal("invalid_auth")
    return kinds[token]


def scopes_of(kind: str, bot_scopes: tuple[str, ...]) -> tuple[str, ...]:
    """The scopes a kind of token was granted."""
    return {"bot": bot_scopes, "app": APP_LEVEL}.get(kind, ())

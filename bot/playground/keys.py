"""The fixed credentials and ids of the world in a box. None of them opens anything outside it."""

BOT_TOKEN = "xoxb-playground-bot"  # noqa: S105
APP_TOKEN = "xapp-playground-app"  # noqa: S105
SIGNING_SECRET = "playground-signing-secret"  # noqa: S105
GEMINI_KEY = "playground-gemini-key"

TEAM_ID = "T0PLAYGRND"
TEAM_NAME = "Playground"
TEAM_DOMAIN = "playground"
APP_ID = "A0PLAYGRND"
BOT_USER = "U0PAINTBOT"
BOT_ID = "B0PAINTBOT"
SLACKBOT = "USLACKBOT"

"""The fixed credentials and ids of the world in a box. None of them opens anything outside it."""

BOT_TOKEN = "xoxb-playground-bot"  # noqa: S105
APP_TOKEN = "xapp-playground-app"  # noqa: S105
SIGNING_SECRET = "playground-signing-secret"  # noqa: S105
GEMINI_KEY = "playground-gemini-key"

# For Vertex: an access token that never ends, and what the token endpoint takes for one that does.
GOOGLE_TOKEN = "ya29.playground-access-token"  # noqa: S105
SERVICE_ACCOUNT = "painter@playground.iam.gserviceaccount.com"
CLIENT_ID = "playground.apps.googleusercontent.com"
CLIENT_SECRET = "playground-client-secret"  # noqa: S105
REFRESH_TOKEN = "1//playground-refresh-token"  # noqa: S105

TEAM_ID = "T0PLAYGRND"
TEAM_NAME = "Playground"
TEAM_DOMAIN = "playground"
APP_ID = "A0PLAYGRND"
BOT_USER = "U0PAINTBOT"
BOT_ID = "B0PAINTBOT"
SLACKBOT = "USLACKBOT"

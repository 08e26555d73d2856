"""`python -m bot` is `threadpaint`."""

from bot.cli import app

app()

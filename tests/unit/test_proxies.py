"""Which way to Slack the environment asks for."""

from __future__ import annotations

import pytest

from handlers.proxies import proxy

PLAIN, SECURE = "http://plain.invalid:3128", "http://secure.invalid:3128"
NAMES = ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.mark.parametrize(
    ("around", "url", "way"),
    [
        ({}, "https://slack.com/api/", None),
        ({"HTTPS_PROXY": SECURE, "HTTP_PROXY": PLAIN}, "https://slack.com/api/", SECURE),
        ({"HTTPS_PROXY": SECURE, "HTTP_PROXY": PLAIN}, "wss://wss-primary.slack.com/link", SECURE),
        ({"https_proxy": SECURE}, "https://files.slack.com/upload/v1/A", SECURE),
        ({"HTTP_PROXY": PLAIN}, "https://slack.com/api/", PLAIN),  # as slack_sdk has it
        ({"HTTPS_PROXY": SECURE}, "http://127.0.0.1:8000/slack/api/", None),
        ({"HTTPS_PROXY": SECURE, "NO_PROXY": "slack.com"}, "https://files.slack.com/upload/v1/A", None),
        ({"HTTPS_PROXY": SECURE, "NO_PROXY": "*"}, "wss://wss-primary.slack.com/link", None),
        ({"HTTPS_PROXY": SECURE, "NO_PROXY": "localhost"}, "https://slack.com/api/", SECURE),
        ({"HTTPS_PROXY": SECURE, "NO_PROXY": "gw.invalid:8443"}, "https://gw.invalid:8443/api/", None),
        ({"HTTPS_PROXY": SECURE, "NO_PROXY": "gw.invalid:8443"}, "https://me:secret@gw.invalid:8443/api/", None),
        ({"HTTPS_PROXY": SECURE, "NO_PROXY": "gw.invalid:8443"}, "https://gw.invalid:9443/api/", SECURE),
        ({"HTTPS_PROXY": SECURE, "NO_PROXY": "::1"}, "https://[::1]:8443/api/", None),
        ({"HTTPS_PROXY": "plain.invalid:3128"}, "https://slack.com/api/", PLAIN),
        ({"HTTPS_PROXY": ""}, "https://slack.com/api/", None),
        ({"HTTPS_PROXY": SECURE}, "", None),
    ],
)
def test_the_way(monkeypatch: pytest.MonkeyPatch, around: dict[str, str], url: str, way: str | None) -> None:
    for name, value in around.items():
        monkeypatch.setenv(name, value)
    assert proxy(url) == way

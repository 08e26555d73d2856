"""The guard that keeps tests on this machine holds."""

from __future__ import annotations

import socket

import pytest


def test_no_test_reaches_another_machine() -> None:
    with socket.socket() as stranger, pytest.raises(ConnectionRefusedError, match="only this machine"):
        stranger.connect(("192.0.2.1", 80))

"""For every test: nothing leaves this machine."""

from __future__ import annotations

import ipaddress
import sys
from typing import Any


def _refuse_strangers(event: str, args: tuple[Any, ...]) -> None:
    """An audit hook sees every connection of the process, whatever library makes it, and cannot be taken off again."""
    if event != "socket.connect" or not isinstance(args[1], tuple):
        return
    host = args[1][0]
    try:
        stranger = not ipaddress.ip_address(host).is_loopback
    except ValueError:
        stranger = host != "localhost"
    if stranger:
        raise ConnectionRefusedError(f"a test wanted to reach {host}; only this machine may be reached")


sys.addaudithook(_refuse_strangers)

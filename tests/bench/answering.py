"""A model in a process of its own that answers at once: `python -m tests.bench.answering PORT`.

The model's name says how large the picture is, in bytes; the answer is made once and sent as it is.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import sys
from functools import cache

NAME = re.compile(rb"/models/of-(\d+):generateContent")
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
USAGE = {"promptTokenCount": 6, "totalTokenCount": 2600}


@cache
def body(size: int) -> bytes:
    """An answer with a picture of so many bytes."""
    data = base64.b64encode(os.urandom(size)).decode()
    parts = [{"text": "Here."}, {"inlineData": {"mimeType": "image/jpeg", "data": data}, "thoughtSignature": "c2ln"}]
    candidate = {"content": {"parts": parts, "role": "model"}, "finishReason": "STOP"}
    return json.dumps({"candidates": [candidate], "usageMetadata": USAGE}, indent=1).encode()


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer requests on one connection until it is closed."""
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            length = LENGTH.search(head)
            await reader.readexactly(int(length[1]) if length else 0)
            name = NAME.search(head)
            said = body(int(name[1])) if name else b""
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(said))
            writer.write(said)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def main(port: int) -> None:
    """Serve until stopped."""
    server = await asyncio.start_server(answer, "127.0.0.1", port, limit=2**28)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))

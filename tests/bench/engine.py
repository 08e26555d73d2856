"""`python -m tests.bench engine`: what an answer costs beside the least it can cost.

The floor reads the JSON, decodes the base64, hashes the bytes and writes them to a file, from a body that is already
in memory. Ours does the same with an answer it has to fetch over HTTP from another process. Each figure comes from a
child process of its own; memory is the peak of what Python allocated, without the body the floor is handed.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.engines.access import ApiKey
from bot.engines.gemini import GeminiEngine
from bot.ports import Ask
from tests.bench.answering import body
from tests.bench.stage import free_port, up

SIZES = {"1K": 700_000, "4K": 20_000_000}
ROUNDS = {"1K": 20, "4K": 3}
AT_ONCE = 10
AIM = "aim: CPU <= 2.00 x, memory <= 3.00 x the answer, stall <= 100 ms"


def keep(data: bytes, file: Path) -> None:
    """Hash and write."""
    hashlib.sha256(data).hexdigest()
    file.write_bytes(data)


async def floor(name: str, file: Path) -> dict[str, float]:
    """CPU in ms and peak memory in bytes of the least that has to be done."""
    said = body(SIZES[name])

    async def once() -> None:
        data = json.loads(said)["candidates"][0]["content"]["parts"][1]["inlineData"]["data"]
        keep(base64.b64decode(data), file)

    return await _measured(once, ROUNDS[name])


async def ours(name: str, file: Path, port: int) -> dict[str, float]:
    """The same, through the engine."""
    engine = GeminiEngine(ApiKey("k", f"http://127.0.0.1:{port}"))

    async def once() -> None:
        answer = await engine.paint(Ask(f"of-{SIZES[name]}", "x"))
        assert answer.picture is not None
        await asyncio.to_thread(keep, answer.picture.data, file)

    figures = await _measured(once, ROUNDS[name])
    await engine.close()
    return figures


async def stall(name: str, port: int) -> dict[str, float]:
    """The longest the event loop stood still, in ms, while ten answers came in: by the clock, and by our own CPU."""
    engine = GeminiEngine(ApiKey("k", f"http://127.0.0.1:{port}"))
    ask = Ask(f"of-{SIZES[name]}", "x")
    await engine.paint(ask)
    gaps: list[tuple[float, float]] = []
    watch = asyncio.create_task(_watch(gaps))
    await asyncio.gather(*(engine.paint(ask) for _ in range(AT_ONCE)))
    watch.cancel()
    await engine.close()
    return {"clock": max(gap[0] for gap in gaps) * 1000, "cpu": max(gap[1] for gap in gaps) * 1000}


async def _watch(gaps: list[tuple[float, float]]) -> None:
    while True:
        clock, cpu = time.monotonic(), time.thread_time()
        await asyncio.sleep(0)
        gaps.append((time.monotonic() - clock, time.thread_time() - cpu))


async def _measured(once: Callable[[], Awaitable[None]], rounds: int) -> dict[str, float]:
    await once()  # what is loaded once
    begun = time.process_time()
    for _ in range(rounds):
        await once()
    cpu = (time.process_time() - begun) / rounds * 1000
    tracemalloc.start()
    await once()
    return {"cpu": cpu, "memory": float(tracemalloc.get_traced_memory()[1])}


def child(what: str, name: str, port: int) -> dict[str, float]:
    """One figure from a process of its own."""
    command = [sys.executable, "-m", "tests.bench.engine", what, name, str(port)]
    told: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return told


async def figure(what: str, name: str, port: int) -> dict[str, float]:
    """Inside the child."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "picture"
        if what == "floor":
            return await floor(name, file)
        return await (ours(name, file, port) if what == "ours" else stall(name, port))


async def main() -> None:
    """Print the table."""
    port = free_port()
    server = subprocess.Popen([sys.executable, "-m", "tests.bench.answering", str(port)])  # noqa: ASYNC220
    try:
        await up(f"http://127.0.0.1:{port}/")
        for name, size in SIZES.items():
            least, own = child("floor", name, port), child("ours", name, port)
            print(  # noqa: T201
                f"{name} answer | CPU ms floor {least['cpu']:.1f} ours {own['cpu']:.1f} = "
                f"{own['cpu'] / least['cpu']:.2f} x | memory floor {least['memory'] / size:.2f} ours "
                f"{own['memory'] / size:.2f} x {size / 1e6:.1f} MB",
                flush=True,
            )
        gap = child("stall", "4K", port)
        print(f"{AT_ONCE} x 4K at once | loop stood still {gap['clock']:.0f} ms, {gap['cpu']:.0f} of them ours | {AIM}")  # noqa: T201
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    print(json.dumps(asyncio.run(figure(sys.argv[1], sys.argv[2], int(sys.argv[3])))))  # noqa: T201

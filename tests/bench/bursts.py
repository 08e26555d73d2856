"""`python -m tests.bench bursts`: how the bot bears simultaneous commands, against a model that takes eight seconds.

For 20 and 200 commands at once, each in a channel of its own: the time to Slack's ack, the time until every picture is
posted as a ratio to the model's eight seconds, CPU time per picture, and memory.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import psutil

from tests.bench.stage import Stage, stage

MODEL = 8.0  # seconds
AIMS = {20: "ack max < 100 ms, all within 1.10", 200: "ack p99 < 500 ms, all within 1.50, peak < 250 MB"}


@dataclass(frozen=True)
class Figures:
    """Of one burst. Times in seconds, memory in MB."""

    count: int
    acks: list[float]
    posted: float
    cpu_ms: float
    idle_mb: float
    peak_mb: float

    def __str__(self) -> str:
        acks = sorted(self.acks)
        p50, p99 = acks[len(acks) // 2], acks[min(len(acks) - 1, int(len(acks) * 0.99))]
        return (
            f"{self.count:>4} at once | ack ms p50 {p50:.0f} p99 {p99:.0f} max {acks[-1]:.0f} | all posted "
            f"{self.posted:.2f} s = {self.posted / MODEL:.2f} x {MODEL:.0f} s | CPU {self.cpu_ms:.0f} ms a picture | "
            f"memory idle {self.idle_mb:.0f} peak {self.peak_mb:.0f} MB | aim: {AIMS.get(self.count, '-')}"
        )


async def burst(on: Stage, count: int, size: int) -> Figures:
    """So many commands at the same moment."""
    story, tag = on.story, f"burst{count}"
    canned = {"gemini_delay": MODEL, "gemini_canned": {"bytes": size}}
    await story.post("/control/settings", canned | {"rate_limits": False})  # Slack's own limits are not the bot's pace
    channels = [f"C{tag.upper()}{number:04}" for number in range(count)]
    for channel in channels:
        await story.post(
            "/control/channel", {"id": channel, "name": channel.lower(), "members": ["U0ANA", "U0PAINTBOT"]}
        )
    idle, before = _memory(on.bot), _cpu(on.bot)
    known = len(await _deliveries(on))
    watch = asyncio.create_task(_peak(on.bot))
    async with on.story.session.ws_connect(f"{story.url}/page/live?user=U0ANA") as page:
        seen = asyncio.create_task(_all_seen(page, set(channels)))
        begun = time.monotonic()
        await asyncio.gather(*(story.commands(f"/imagine {tag} fox {c}", channel=c) for c in channels))
        async with asyncio.timeout(120):
            await seen
        posted = time.monotonic() - begun
    watch.cancel()
    acks = [each["ack_ms"] for each in (await _deliveries(on))[known:]]
    cpu = (_cpu(on.bot) - before) / count * 1000
    return Figures(count, acks, posted, cpu, idle, max(_peaks.pop(), _memory(on.bot)))


_peaks: list[float] = []


async def _peak(process: psutil.Process) -> None:
    highest = 0.0
    try:
        while True:
            highest = max(highest, _memory(process))
            await asyncio.sleep(0.05)
    finally:
        _peaks.append(highest)


async def _all_seen(page: aiohttp.ClientWebSocketResponse, channels: set[str]) -> None:
    """Watch the page until each channel has its picture."""
    while channels:
        news = await page.receive_json()
        shown = [block for block in (news.get("message") or {}).get("blocks") or [] if block["type"] == "image"]
        if news["type"] == "message" and shown:
            channels.discard(news["channel"])


async def _deliveries(on: Stage) -> list[dict[str, Any]]:
    found = await on.story.get("/control/deliveries")
    return [each for each in found if each["kind"] == "command"]


def _memory(process: psutil.Process) -> float:
    return float(process.memory_info().rss) / 1_000_000


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


async def main(counts: list[int], size: int) -> None:
    """Run each burst on a fresh bot."""
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            async with stage(Path(folder)) as on:
                await burst(on, 2, size)  # the first deliveries load what is loaded once
                print(await burst(on, count, size), flush=True)  # noqa: T201

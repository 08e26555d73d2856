"""The world's memory: channels and files in a folder, so that a restart finds them again."""

import asyncio
import contextlib
import json
from pathlib import Path
from typing import Any

from bot.playground.slack.channel import Channel
from bot.playground.slack.file import File
from bot.playground.slack.model import Slack

SECONDS = 1.0


class History:
    """Keeps what can be seen in the channels; open modals, triggers and response URLs are forgotten."""

    def __init__(self, slack: Slack, folder: Path) -> None:
        self._slack = slack
        self._folder = folder
        self._saved = -1
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Read what was kept, then keep what changes. A file that cannot be read is put aside."""
        (self._folder / "files").mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            self._read()
        self._task = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """Keep the last changes."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self.save()

    def save(self) -> None:
        """Write everything, if anything has changed since the last time."""
        if self._saved == self._slack.live.count:
            return
        self._saved = self._slack.live.count
        for file in self._slack.files.values():
            self._save_bytes(file)
        kept = {
            "channels": [vars(room) | {"members": sorted(room.members)} for room in self._slack.channels.values()],
            "files": [_without_bytes(file) for file in self._slack.files.values() if file.completed],
        }
        _write(self._path, json.dumps(kept).encode())

    @property
    def _path(self) -> Path:
        return self._folder / "history.json"

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(SECONDS)
            self.save()

    def _read(self) -> None:
        text = self._path.read_text("utf-8")
        try:
            kept = json.loads(text)
            channels = [Channel(**room | {"members": set(room["members"])}) for room in kept["channels"]]
            files = [self._file(told) for told in kept["files"]]
        except (ValueError, KeyError, TypeError):
            self._path.replace(self._path.with_suffix(".broken"))
            return
        self._slack.channels |= {room.id: room for room in channels}
        self._slack.files |= {file.id: file for file in files if file.data}

    def _file(self, told: dict[str, Any]) -> File:
        path = self._folder / "files" / told["id"]
        pixels = tuple(told["pixels"]) if told["pixels"] else None
        file = File(**told | {"pixels": pixels, "data": path.read_bytes() if path.exists() else b""})
        if not file.ready:
            file.process()
        return file

    def _save_bytes(self, file: File) -> None:
        path = self._folder / "files" / file.id
        if file.completed and not path.exists():
            _write(path, file.data)


def _without_bytes(file: File) -> dict[str, Any]:
    return {name: value for name, value in vars(file).items() if name != "data"}


def _write(path: Path, data: bytes) -> None:
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(data)
    fresh.replace(path)

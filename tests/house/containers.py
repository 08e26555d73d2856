"""Reads a Dockerfile and a compose file as far as rules about them need."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
SECRET = re.compile(r"xox[abp]-|xapp-|AIza|://[^/@:]*:[^@${]+@", re.IGNORECASE)


@dataclass(frozen=True)
class Instruction:
    """A line of a Dockerfile: its word, and what follows."""

    word: str
    rest: str


def dockerfile() -> list[Instruction]:
    """Its instructions in order, continued lines joined, comments left out."""
    text = (ROOT / "Dockerfile").read_text("utf-8")
    bare = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    lines = [line.strip() for line in bare.replace("\\\n", " ").splitlines()]
    return [Instruction(*line.split(maxsplit=1)) for line in lines if line]


def stages() -> list[list[Instruction]]:
    """The instructions of each stage, its FROM first."""
    found: list[list[Instruction]] = []
    for instruction in dockerfile():
        if instruction.word == "FROM":
            found.append([])
        found[-1].append(instruction)
    return found


def said(stage: list[Instruction], word: str) -> list[str]:
    """What follows this word, each time."""
    return [instruction.rest for instruction in stage if instruction.word == word]


def exec_form(text: str) -> list[str]:
    """A command as a list of words; ValueError where a shell would run it."""
    words = json.loads(text)
    if not (isinstance(words, list) and words and all(isinstance(word, str) for word in words)):
        raise ValueError(f"{text} is no list of words")
    return words


def variables(stage: list[Instruction]) -> dict[str, str]:
    """What ENV sets."""
    return dict(pair.split("=", 1) for rest in said(stage, "ENV") for pair in rest.split())


def compose() -> dict[str, Any]:
    """The compose file, its anchors resolved."""
    read = yaml.safe_load((ROOT / "compose.yml").read_text("utf-8"))
    assert isinstance(read, dict)
    return read


def services() -> dict[str, dict[str, Any]]:
    """Its services by name."""
    return dict(compose()["services"])


def filled(environment: dict[str, object]) -> dict[str, str]:
    """A service's environment as its process has it: with what `.env` says where that is asked for."""
    return {name: re.sub(r"\$\{[^}]*\}", "filled-in", str(value)) for name, value in environment.items()}

"""Every reason that any error can carry has a sentence, and every sentence has a reason."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

from bot import errors
from handlers import wording
from handlers.sentences import SENTENCES

ROOT = Path(__file__).parents[2]
CODE = [path for top in ("bot", "handlers", "storage") for path in (ROOT / top).rglob("*.py")]
KINDS = {name for name in vars(errors) if isinstance(getattr(errors, name), type)} | {"Unusable", "Trouble"}


def strings(path: Path) -> set[str]:
    """All string constants of a file."""
    tree = ast.parse(path.read_text("utf-8"))
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def raised(path: Path) -> set[str]:
    """The reasons that are handed to an error where it is made."""
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id in KINDS
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


REASONS = sorted(set().union(*(raised(path) for path in CODE if "playground" not in path.parts)))


@pytest.mark.parametrize("reason", REASONS)
def test_a_reason_has_a_sentence(reason: str) -> None:
    assert reason in SENTENCES


def test_every_sentence_is_for_something_that_happens() -> None:
    said = set().union(*(strings(path) for path in CODE if path.name != "sentences.py"))
    assert set(SENTENCES) - said == set()


@pytest.mark.parametrize("reason", sorted(SENTENCES))
def test_a_sentence_stands_without_its_facts(reason: str) -> None:
    said = wording.sentence(reason, {})
    assert said
    assert "{" not in said


def test_facts_are_escaped() -> None:
    said = wording.sentence("file_broken", {"name": "<!channel> & co"})
    assert "&lt;!channel&gt; &amp; co" in said


def test_a_sentence_names_only_facts_it_can_get() -> None:
    known = {
        *("name", "flag", "suggestion", "given", "known", "length", "limit", "model", "size", "ratio", "instead"),
        *("label", "most", "why", "problem", "address", "file", "url", "extra", "missing", "detail", "code", "port"),
        *("tier", "amount", "left", "budget", "resets", "was", "now"),
    }
    for text in SENTENCES.values():
        assert {field for _, field, _, _ in string.Formatter().parse(text) if field} <= known, text

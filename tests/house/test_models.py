"""Nothing is decided by a model's id: what the bot knows of a model stands in the catalogue."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.catalogue import load
from bot.domain.flags import CANONICAL
from handlers import wording

ROOT = Path(__file__).parents[2]
CODE = [
    path
    for top in ("bot", "handlers", "storage")
    for path in sorted((ROOT / top).rglob("*.py"))
    if path.relative_to(ROOT).parts[:2] != ("bot", "playground")  # it plays the provider, who knows its models
]
PIECES = re.compile(
    r"gemini-(?:[0-9]|nano|pro|flash)|nano[ -]?banana|(?:flash|lite|pro)-image|-image-|imagen", re.IGNORECASE
)
LOOKS_INTO = {
    *("startswith", "endswith", "removeprefix", "removesuffix", "partition", "rpartition", "split", "rsplit"),
    *("find", "rfind", "index", "rindex", "count", "replace", "lower", "upper", "casefold", "strip", "translate"),
}
MATCHES = {"match", "fullmatch", "search", "findall", "finditer", "fnmatch", "fnmatchcase"}


def is_id(node: ast.expr) -> bool:
    """Whether this is, by its name, a model's id: `model`, `turn.model`, `model.id`, `model_id`."""
    if isinstance(node, ast.Attribute):
        return node.attr in {"model", "model_id"} or (node.attr == "id" and is_id(node.value))
    return isinstance(node, ast.Name) and node.id in {"model", "model_id"}


def decisions(tree: ast.AST) -> Iterator[int]:
    """The lines on which code looks into a model's id, or compares it with a word."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            pairs = zip(node.ops, [node.left, *node.comparators], node.comparators, strict=False)
            for operator, left, right in pairs:
                inside = isinstance(operator, ast.In | ast.NotIn) and is_id(right)
                word = isinstance(operator, ast.Eq | ast.NotEq) and {is_id(left), is_id(right)} == {True, False}
                if inside or (word and any(isinstance(side, ast.Constant) and side.value for side in (left, right))):
                    yield node.lineno
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            asks = node.func.attr in LOOKS_INTO and is_id(node.func.value)
            if asks or (node.func.attr in MATCHES and any(map(is_id, node.args))):
                yield node.lineno
        if isinstance(node, ast.Subscript) and is_id(node.value) and not isinstance(node.ctx, ast.Store):
            yield node.lineno


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_code_knows_a_model_by_its_id(path: Path) -> None:
    text = path.read_text("utf-8")
    assert PIECES.findall(text) == []
    assert list(decisions(ast.parse(text))) == []


@pytest.mark.parametrize(
    "line",
    ['"image" in model', '"pro" not in turn.model', 'model.id.startswith("g")', 'ask.model.split("-")', "model.id[:6]",
     'model == "x"', '"x" != turn.model', 're.match("g", model)', "PATTERN.search(model.id)", 'model_id.lower()'],
)  # fmt: skip
def test_a_look_into_an_id_is_found(line: str) -> None:
    assert list(decisions(ast.parse(line))) == [1]


@pytest.mark.parametrize(
    "line",
    ["size in model.sizes", "model.id in retired", "turn.model == other.model", 'catalogue.model("x")', "models[model]",
     "model.name.lower()", 'model == ""', "model.pixels[ratio]"],
)  # fmt: skip
def test_an_id_may_be_a_key(line: str) -> None:
    assert list(decisions(ast.parse(line))) == []


def test_every_id_of_the_catalogue_would_be_found() -> None:
    for model in load().models.values():
        assert PIECES.search(f'"{model.id}"')
        assert PIECES.search(f'"{model.name}"')


@pytest.mark.parametrize("flag", CANONICAL.values())
def test_usage_names_every_flag(flag: str) -> None:
    assert f"`{flag}" in wording.usage(load(), "/imagine")


def test_usage_names_every_tier_that_is_offered_and_no_other() -> None:
    without = load('[models."gemini-3-pro-image"]\noff = true')
    for catalogue in (load(), without):
        said = wording.usage(catalogue, "/imagine")
        for model in load().models.values():
            first = catalogue.of_tier(model.tier)[:1] == (model,)
            assert (f"`{model.tier}` {model.name}" in said) is first

"""The pieces a grammar of JSON is made of: each rule looks at one value and yields what is wrong with it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Rule = Callable[[Any, str], Iterator[str]]


def at(pointer: str, what: str) -> str:
    """A problem in Slack's words, with where it is."""
    return f"{what} [json-pointer:{pointer}]"


def string(most: int, least: int = 1) -> Rule:
    """A string of `least` to `most` characters."""

    def rule(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield at(pointer, "must be a string")
        elif len(value) < least:
            yield at(pointer, f"must be more than {least - 1} characters")
        elif len(value) > most:
            yield at(pointer, f"must be less than {most + 1} characters")

    return rule


def number(least: float, most: float) -> Rule:
    """A number from `least` to `most`, both included."""

    def rule(value: Any, pointer: str) -> Iterator[str]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield at(pointer, "must be a number")
        elif not least <= value <= most:
            yield at(pointer, f"must be between {least} and {most}")

    return rule


def boolean(value: Any, pointer: str) -> Iterator[str]:
    """true or false."""
    if not isinstance(value, bool):
        yield at(pointer, "must be a boolean")


def anything(_value: Any, _pointer: str) -> Iterator[str]:
    """No rule at all."""
    yield from ()


def one_of(*allowed: str) -> Rule:
    """One of these strings."""

    def rule(value: Any, pointer: str) -> Iterator[str]:
        if value not in allowed:
            yield at(pointer, f"must be a valid enum value ({', '.join(allowed)})")

    return rule


def items(each: Rule, least: int, most: int) -> Rule:
    """A list of `least` to `most` things that all keep to a rule."""

    def rule(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield at(pointer, "must provide an array")
            return
        if len(value) < least:
            yield at(pointer, f"no fewer than {least} items allowed")
        if len(value) > most:
            yield at(pointer, f"no more than {most} items allowed")
        for i, item in enumerate(value):
            yield from each(item, f"{pointer}/{i}")

    return rule


@dataclass(frozen=True)
class Shape:
    """An object with these fields and no others; `also` are rules about several fields at once."""

    required: Mapping[str, Rule] = field(default_factory=dict)
    optional: Mapping[str, Rule] = field(default_factory=dict)
    also: tuple[Rule, ...] = ()

    def __call__(self, value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield at(pointer, "must provide an object")
            return
        for name in self.required:
            if name not in value:
                yield at(pointer, f"missing required field: {name}")
        yield from self._fields(value, pointer)
        for rule in self.also:
            yield from rule(value, pointer)

    def _fields(self, value: dict[str, Any], pointer: str) -> Iterator[str]:
        for name, inner in value.items():
            rule = self.required.get(name) or self.optional.get(name)
            if rule is not None:
                yield from rule(inner, f"{pointer}/{name}")
            elif name != "type":
                yield at(pointer, f"invalid additional property: {name}")


def typed(kinds: Mapping[str, Rule]) -> Rule:
    """An object whose `type` says which rule it keeps to."""

    def rule(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield at(pointer, "must provide an object")
        elif "type" not in value:
            yield at(pointer, "missing required field: type")
        elif not isinstance(value["type"], str) or value["type"] not in kinds:
            yield at(f"{pointer}/type", f"unsupported type: {value['type']}")
        else:
            yield from kinds[value["type"]](value, pointer)

    return rule


def exactly_one(*names: str) -> Rule:
    """Exactly one of these fields."""

    def rule(value: Any, pointer: str) -> Iterator[str]:
        given = [name for name in names if name in value]
        if len(given) != 1:
            yield at(pointer, f"must provide exactly one of: {', '.join(names)}")

    return rule


def at_least_one(*names: str) -> Rule:
    """One or more of these fields."""

    def rule(value: Any, pointer: str) -> Iterator[str]:
        if not any(name in value for name in names):
            yield at(pointer, f"must provide at least one of: {', '.join(names)}")

    return rule

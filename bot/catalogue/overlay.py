"""What an operator lays over the catalogue's tables: it changes what it names, and leaves the rest.

Of a model, two keys are for the overlay alone: `like` copies another model but for what is named beside it, and
`off = true` takes the model out.
"""

from __future__ import annotations

from typing import Any

from bot.catalogue.facts import KEYS
from bot.catalogue.wrong import Wrong, keys, shown, similar

Table = dict[str, Any]
TOP = ("default", "models", "pixels")


def lay(below: Table, above: Table) -> Table:
    """The tables below with those above over them. Raises Wrong."""
    for key in above:
        if key not in TOP:
            hint = f'. A model stands under [models."{key}"]' if key in below["models"] else similar(key, TOP)
            raise Wrong(f"there is no key {key} at the top{hint or '; the keys are ' + ', '.join(TOP)}")
    models = {id: keys(id, table, (*KEYS, "like", "off")) for id, table in _models(below, above).items()}
    told = {**below["models"], **{id: _told(below["models"].get(id), table) for id, table in models.items()}}
    laid = _over({**below, "models": {}}, {**above, "models": {}})
    return laid | {"models": _ordered({id: _copied(id, told, ()) for id in told})}


def _models(below: Table, above: Table) -> Table:
    models = above.get("models", {})
    if not isinstance(models, dict):
        raise Wrong(f"models is {shown(models)}, but must be a table")
    for id, table in models.items():
        if not isinstance(table, dict):
            raise Wrong(f'models.{id} is {shown(table)}, but a model is a table under its id, such as [models."{id}"]')
        if not id.isprintable() or id.split() != [id]:
            raise Wrong(f"models: {shown(id)} is no id")
        if id not in below["models"] and "like" not in table and not set(KEYS) <= set(table):
            raise Wrong(f"{id}: {_unknown(id, table, below['models'])}")
    return models


def _unknown(id: str, table: Table, known: Table) -> str:
    if any(key not in KEYS and isinstance(value, dict) for key, value in table.items()):
        return (
            f'there is no such model. An id with a dot in it stands in quotes, such as [models."{next(iter(known))}"]'
        )
    told = similar(id, known) or ". A new one says all its keys, or copies a model: " + f'like = "{next(iter(known))}"'
    return f"there is no such model{told}"


def _told(under: Table | None, table: Table) -> Table:
    return table if under is None or "like" in table else _over(under, table)


def _copied(id: str, told: Table, via: tuple[str, ...]) -> Table:
    table = told[id]
    if "like" not in table:
        return dict(table)
    like = table["like"]
    if not isinstance(like, str) or like not in told:
        raise Wrong(f"{id}: like is {shown(like)}, but there is no such model{similar(str(like), told)}")
    if like == id or like in via:
        raise Wrong(f"{id}: like goes round in a circle")
    return _over(_unplaced(_copied(like, told, (*via, id))), {key: table[key] for key in table if key != "like"})


def _unplaced(copied: Table) -> Table:
    """Of what is copied, all but what belongs to the one it is copied from: its place and whether it is off."""
    return {key: value for key, value in copied.items() if key not in ("order", "off")}


def _ordered(models: Table) -> Table:
    """A model that does not say its place comes last."""
    last = max(table["order"] for table in models.values() if isinstance(table.get("order"), int))
    unplaced = [id for id, table in models.items() if "order" not in table]
    return models | {id: models[id] | {"order": last + place} for place, id in enumerate(unplaced, 1)}


def _over(below: Table, above: Table) -> Table:
    merged = dict(below)
    for key, value in above.items():
        under = below.get(key)
        merged[key] = _over(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
    return merged

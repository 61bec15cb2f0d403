"""What follows from a change of the scheme for flags, kinds of sources, regions and links between claims."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from annotator.domain.scheme_changes import NameMove, SchemeChange
from annotator.store.json_columns import dump
from annotator.store.scheme_searches import said_otherwise
from annotator.store.store import Store

_PAGE = 2000
"""Rows that are rewritten together."""


def rename_searches(store: Store, change: SchemeChange) -> None:
    """Let saved searches call what was renamed or merged as it is called now."""
    rows = [(query, row_id) for row_id, query in said_otherwise(store, change).items()]
    store.execute_many("UPDATE main.saved_search SET query = ? WHERE id = ?", rows)


def move_names(store: Store, ids: Sequence[str], move: NameMove) -> None:
    """Give rows the new name of a group instead of the old one, or take that from them."""
    old, new = move.old, move.new
    match move.group:
        case "flags":
            _rewrite(store, ids, ("mark", "flags"), lambda flags: _replaced(flags, old, new))
        case "region_kinds":
            _rewrite(
                store,
                ids,
                ("article", "regions"),
                lambda regions: [[new if kind == old else kind, span] for kind, span in regions],
            )
        case "source_kinds":
            store.execute_many("UPDATE main.source SET kind = ? WHERE id = ?", ((new, one) for one in ids))
        case _:
            _relink(store, ids, move)


def drop_doubles(store: Store, ids: Sequence[str]) -> None:
    """Take away links between claims that others say already, in the other direction."""
    store.execute_many("DELETE FROM main.proposition_link WHERE id = ?", ((one,) for one in ids))


def _rewrite(store: Store, ids: Sequence[str], place: tuple[str, str], change: Callable[[Any], Any]) -> None:
    """Give rows what a function makes of the list in one of their columns; place: table and column."""
    table, column = place
    for first in range(0, len(ids), _PAGE):
        rows = store.query(
            f"SELECT {column}, id FROM main.{table} WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(ids[first : first + _PAGE]),),
        )
        changed = [(dump(change(json.loads(held))), row_id) for held, row_id in rows]
        store.execute_many(f"UPDATE main.{table} SET {column} = ? WHERE id = ?", changed)


def _replaced(names: Sequence[str], old: str, new: str | None) -> list[str]:
    found = (new if one == old else one for one in names)
    return list(dict.fromkeys(one for one in found if one is not None))


def _relink(store: Store, ids: Sequence[str], move: NameMove) -> None:
    """Of two links that become the same one is left, with the note of either."""
    for link in ids:
        twin: Mapping[str, Any] = {"link": link, "kind": move.new}
        same = (
            "SELECT o.id FROM main.proposition_link o, main.proposition_link l WHERE l.id = :link"
            " AND o.kind = :kind AND o.origin = l.origin AND o.target = l.target AND o.id <> l.id"
        )
        if store.query(same, twin):
            store.execute(
                "UPDATE main.proposition_link SET note = coalesce(note, (SELECT note FROM"
                f" main.proposition_link WHERE id = :link)) WHERE id IN ({same})",
                twin,
            )
            store.execute("DELETE FROM main.proposition_link WHERE id = :link", {"link": link})
        else:
            store.execute("UPDATE main.proposition_link SET kind = :kind WHERE id = :link", twin)

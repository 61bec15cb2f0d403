"""Edits of sources: the one registry of who says things."""

from __future__ import annotations

import json
from typing import Any

from annotator.domain.errors import UserError
from annotator.domain.ids import SourceId, new_id
from annotator.domain.model import Source
from annotator.domain.voices import NAMELESS_KINDS
from annotator.store import read
from annotator.store.edits.rowwise import insert, require, update
from annotator.store.json_columns import dump
from annotator.store.store import Store

_HOLDERS = (
    ("attribution", "source"),
    ("mark", "possible_source"),
    ("article", "outlet"),
    ("article", "agency"),
    ("link", "to_source"),
    ("source", "affiliation"),
    ("source", "author"),
    ("source", "publisher"),
    ("source", "same_as"),
)
"""Every column that may hold a source, in another table or its own."""


def add_source(store: Store, name: str, kind: str = "person", **fields: Any) -> SourceId:
    """A new source. Raises UserError for an empty name or a kind the scheme lacks."""
    name = name.strip()
    if not name:
        raise UserError("source-without-name")
    _check_kind(store, kind)
    source = SourceId(new_id())
    fields.setdefault("named", kind not in NAMELESS_KINDS)
    with store.operation("add-source", source=source, title=name):
        insert(store, Source(id=source, name=name, kind=kind, **fields))
        _refuse_cycles(store, source)
    return source


def edit_source(store: Store, source: SourceId, **changes: Any) -> None:
    """Change any field. Raises UserError("source-cycle") for a chain that comes back to itself."""
    if "kind" in changes:
        _check_kind(store, changes["kind"])
    if "name" in changes and not changes["name"].strip():
        raise UserError("source-without-name")
    with store.operation("edit-source", source=source, fields=sorted(changes)):
        update(store, Source, source, **changes)
        _refuse_cycles(store, source)


def merge_sources(store: Store, into: SourceId, other: SourceId) -> None:
    """Make two sources one: all that named the other names the first, its names become aliases."""
    if into == other:
        raise UserError("source-merge-itself", source=into)
    with store.operation("merge-sources", source=into, other=other):
        require(store, "source", into)
        gone = read.source(store, other)
        kept = read.source(store, into)
        for table, column in _HOLDERS:
            store.execute(f"UPDATE main.{table} SET {column} = ? WHERE {column} = ?", (into, other))
        for column in ("affiliation", "author", "publisher", "same_as"):
            store.execute(f"UPDATE main.source SET {column} = NULL WHERE id = ? AND {column} = id", (into,))
        for table in ("judgement", "dismissal"):
            store.execute(f"UPDATE main.{table} SET on_source = ? WHERE on_source = ?", (into, other))
        names = dict.fromkeys((*kept.aliases, gone.name, *gone.aliases))
        names.pop(kept.name, None)
        store.execute("UPDATE main.source SET aliases = ? WHERE id = ?", (dump(list(names)), into))
        store.execute("DELETE FROM main.source WHERE id = ?", (other,))
        _refuse_cycles(store, into)


def delete_source(store: Store, source: SourceId) -> None:
    """Delete a source nothing names. Raises UserError("source-in-use") with how often it is named."""
    with store.operation("delete-source", source=source):
        require(store, "source", source)
        uses = sum(
            store.query(f"SELECT count(*) FROM main.{table} WHERE {column} = ?", (source,))[0][0]
            for table, column in _HOLDERS
        )
        if uses:
            raise UserError("source-in-use", source=read.source(store, source).name, uses=uses)
        store.execute("DELETE FROM main.source WHERE id = ?", (source,))


def _check_kind(store: Store, kind: str) -> None:
    kinds = read.scheme(store).source_kinds
    if kind not in kinds:
        raise UserError("source-kind-unknown", kind=kind, kinds=kinds)


def _refuse_cycles(store: Store, source: SourceId) -> None:
    for column in ("affiliation", "same_as"):
        rows = store.query(
            f"WITH RECURSIVE up (id, path) AS (SELECT {column}, json_array({column}) FROM main.source"
            f" WHERE id = :me AND {column} IS NOT NULL UNION ALL SELECT s.{column},"
            f" json_insert(up.path, '$[#]', s.{column}) FROM up JOIN main.source s ON s.id = up.id"
            f" WHERE s.{column} IS NOT NULL AND up.id <> :me AND json_array_length(up.path) < 100)"
            " SELECT path FROM up WHERE id = :me",
            {"me": source},
        )
        if rows:
            names = [read.source(store, SourceId(step)).name for step in json.loads(rows[0][0])]
            raise UserError("source-cycle", field=column, chain=names)

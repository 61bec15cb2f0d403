"""Edits of sources: the one registry of who says things."""

from __future__ import annotations

import json
from typing import Any

from annotator.domain.errors import UserError
from annotator.domain.handles import handle
from annotator.domain.ids import SourceId, new_id
from annotator.domain.model import Source
from annotator.domain.source_kinds import NAMELESS_KINDS
from annotator.store import picking, read
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
_TOLD = 5
"""How many rows of a table a refusal names."""
_LONGEST = 1000
"""How many steps of a chain are followed."""
_UPWARD = {
    "affiliation": "{0}.affiliation",
    "same_as": "{0}.same_as",
    "owner": (
        "CASE WHEN {0}.same_as IS NOT NULL THEN {0}.same_as"
        f" WHEN {{0}}.kind IN ({', '.join(repr(kind) for kind in NAMELESS_KINDS)}) THEN NULL"
        " ELSE {0}.affiliation END"
    ),
}
"""The chains that may not run in a circle, and the step of each; `domain.voices.owner` says why these."""


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


def find_or_add_source(store: Store, name: str, kind: str, role: str | None = None) -> SourceId:
    """The source with exactly this name, or a new one; an organisation where the scheme has no such kind."""
    found = picking.source_named(store, name)
    known = kind if kind in read.scheme(store).source_kinds else "organisation"
    return found or add_source(store, name, known, role=role)


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
    """Note that two sources are one: what is said of the other is said of the first.

    Every row stays as it is, so that `part_source` gives back exactly what there was.
    Raises UserError("source-same-already"), or "source-cycle" where one speaks for the other.
    """
    if into == other:
        raise UserError("source-merge-itself", source=into)
    with store.operation("merge-sources", source=into, other=other):
        kept, gone = _end_of_names(store, into), _end_of_names(store, other)
        if kept == gone:
            names = [read.source(store, one).name for one in (other, into)]
            raise UserError("source-same-already", source=names[0], other=names[1])
        update(store, Source, gone, same_as=kept)
        _refuse_cycles(store, gone)


def part_source(store: Store, source: SourceId) -> None:
    """Let a source that was found to be another one stand for itself again."""
    with store.operation("part-source", source=source):
        if read.source(store, source).same_as is None:
            raise UserError("source-not-merged", source=read.source(store, source).name)
        update(store, Source, source, same_as=None)


def replace_source(store: Store, source: SourceId, by: SourceId) -> None:
    """Delete a source and let another stand wherever it is named; its names become aliases."""
    if source == by:
        raise UserError("source-merge-itself", source=by)
    with store.operation("replace-source", source=by, other=source):
        gone, kept = read.source(store, source), read.source(store, by)
        for table, column in _HOLDERS:
            store.execute(f"UPDATE main.{table} SET {column} = ? WHERE {column} = ?", (by, source))
        for column in ("affiliation", "author", "publisher", "same_as"):
            store.execute(f"UPDATE main.source SET {column} = NULL WHERE id = ? AND {column} = id", (by,))
        for table in ("judgement", "dismissal"):
            store.execute(f"UPDATE main.{table} SET on_source = ? WHERE on_source = ?", (by, source))
        names = dict.fromkeys((*kept.aliases, gone.name, *gone.aliases))
        names.pop(kept.name, None)
        store.execute("UPDATE main.source SET aliases = ? WHERE id = ?", (dump(list(names)), by))
        store.execute("DELETE FROM main.source WHERE id = ?", (source,))
        _refuse_cycles(store, by)


def delete_source(store: Store, source: SourceId) -> None:
    """Delete a source nothing names. Raises UserError("source-in-use") that says where it is named."""
    with store.operation("delete-source", source=source):
        require(store, "source", source)
        uses = sum(
            store.query(f"SELECT count(*) FROM main.{table} WHERE {column} = ?", (source,))[0][0]
            for table, column in _HOLDERS
        )
        if uses:
            name = read.source(store, source).name
            raise UserError("source-in-use", source=name, uses=uses, named=_naming(store, source))
        store.execute("DELETE FROM main.source WHERE id = ?", (source,))


def _naming(store: Store, source: SourceId) -> list[str]:
    """The handles of what names a source: the first of each table, and … where there are more."""
    said = (
        "SELECT mark FROM main.attribution WHERE source = ?1"
        " UNION SELECT id FROM main.mark WHERE possible_source = ?1"
        " UNION SELECT from_mark FROM main.link WHERE to_source = ?1"
    )
    holders = {
        "mark": f"id IN ({said})",
        "article": "outlet = ?1 OR agency = ?1",
        "source": "affiliation = ?1 OR author = ?1 OR publisher = ?1 OR same_as = ?1",
    }
    found: list[str] = []
    for table, where in holders.items():
        rows = store.query(
            f"SELECT number FROM main.{table} WHERE {where} ORDER BY number LIMIT {_TOLD + 1}", (source,)
        )
        found += [handle(table, row[0]) for row in rows[:_TOLD]] + ["…"] * (len(rows) > _TOLD)
    return found


def _check_kind(store: Store, kind: str) -> None:
    kinds = read.scheme(store).source_kinds
    if kind not in kinds:
        raise UserError("source-kind-unknown", kind=kind, kinds=kinds)


def _end_of_names(store: Store, source: SourceId) -> SourceId:
    """The source that this one was found to be in the end."""
    found = source
    met: set[SourceId] = set()
    while found not in met and (above := read.source(store, found).same_as) is not None:
        met.add(found)
        found = above
    return found


def _refuse_cycles(store: Store, source: SourceId) -> None:
    for field, above in _UPWARD.items():
        step = above.format("s")
        rows = store.query(
            f"WITH RECURSIVE up (id, path) AS (SELECT {step}, json_array({step}) FROM main.source s"
            f" WHERE s.id = :me AND {step} IS NOT NULL UNION ALL SELECT {step},"
            f" json_insert(up.path, '$[#]', {step}) FROM up JOIN main.source s ON s.id = up.id"
            f" WHERE {step} IS NOT NULL AND up.id <> :me AND json_array_length(up.path) < {_LONGEST})"
            " SELECT path FROM up WHERE id = :me",
            {"me": source},
        )
        if rows:
            names = [read.source(store, SourceId(step)).name for step in json.loads(rows[0][0])]
            raise UserError("source-cycle", field=field, chain=names)

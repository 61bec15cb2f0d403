"""The keys of what is alike, kept in the file so that nothing is compared with everything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from annotator.domain.facts import Facts
from annotator.domain.ids import SourceId
from annotator.domain.likeness import MOST, Keys, claim_keys, name_keys, source_keys
from annotator.domain.model import Proposition, Source
from annotator.store.json_columns import dump
from annotator.store.store import Store

TABLES = ("proposition", "source")
"""The tables of which rows may be alike."""

Key = tuple[str, int]
"""A key, and whether it is all that a row says."""


def alike_before(store: Store, rows: Iterable[Proposition | Source]) -> set[str]:
    """The first rows of smaller ids that are alike to each of these, as far as they were looked at."""
    found: set[str] = set()
    for row in rows:
        table, keys = _keys(row)
        found.update(
            one
            for (one,) in store.query(
                "SELECT DISTINCT a.row FROM json_each(?) k CROSS JOIN main.alike a"
                " ON a.tbl = ? AND a.key = k.value ->> '$[0]'"
                " WHERE a.row < ? AND (a.whole OR k.value ->> '$[1]') ORDER BY a.row LIMIT ?",
                (dump(sorted(keys)), table, row.id, MOST),
            )
        )
    return found


def sources_called(store: Store, name: str) -> list[SourceId]:
    """The sources of a name but for case, accents, titles and “the”, as far as they were looked at."""
    sql = (
        "SELECT DISTINCT row FROM main.alike WHERE tbl = 'source' AND whole"
        " AND key IN (SELECT value FROM json_each(?)) ORDER BY row LIMIT ?"
    )
    return [SourceId(row) for (row,) in store.query(sql, (dump(sorted(name_keys(name))), MOST))]


def keys_at(facts: Facts, table: str, rows: Iterable[str]) -> dict[str, set[Key]]:
    """The keys of some rows of a table; of those that are not there, none."""
    here = facts.tables.get(table, {}) if table in TABLES else {}
    found = {row: here[row] for row in rows if row in here}
    return {row: _keys(one)[1] for row, one in found.items() if isinstance(one, (Proposition, Source))}


def keep_keys(store: Store, seen: Iterable[tuple[str, Mapping[str, set[Key]]]]) -> None:
    """Put keys of rows of some tables in the place of those they had, and look again at what is alike now.

    A loose end hangs on the younger of two rows, so that only those are named; once
    all keys are there, since two rows may come together.
    """
    gained = [
        (table, row, new)
        for table, keys in seen
        for row, own in keys.items()
        if (new := _put(store, table, row, own))
    ]
    for table, row, new in gained:
        store.execute(
            "INSERT INTO main.unchecked (tbl, row) SELECT DISTINCT a.tbl, a.row FROM json_each(?) k"
            " CROSS JOIN main.alike a ON a.tbl = ? AND a.key = k.value ->> '$[0]'"
            " WHERE a.row > ? AND (a.whole OR k.value ->> '$[1]') ON CONFLICT DO NOTHING",
            (dump(sorted(new)), table, row),
        )


def _put(store: Store, table: str, row: str, own: set[Key]) -> set[Key]:
    """Store the keys of a row; returns those it did not have."""
    before = set(store.query("SELECT key, whole FROM main.alike WHERE row = ? AND tbl = ?", (row, table)))
    if own != before:
        store.execute("DELETE FROM main.alike WHERE row = ? AND tbl = ?", (row, table))
        store.execute_many(
            "INSERT INTO main.alike (tbl, key, row, whole) VALUES (?, ?, ?, ?)",
            [(table, key, row, is_whole) for key, is_whole in sorted(own)],
        )
    return own - before


def _keys(row: Proposition | Source) -> tuple[str, set[Key]]:
    table = "proposition" if isinstance(row, Proposition) else "source"
    keys = claim_keys(row.text) if isinstance(row, Proposition) else source_keys(row)
    return table, _flat(keys)


def _flat(keys: Keys) -> set[Key]:
    return {(key, 1) for key in keys.whole} | {(key, 0) for key in keys.near - keys.whole}

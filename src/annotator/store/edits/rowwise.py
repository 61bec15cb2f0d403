"""Writing single rows of the tables in `store.rows`, for the edits beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from annotator.domain import clock
from annotator.domain.errors import UserError
from annotator.domain.model import Identified
from annotator.store.json_columns import dump
from annotator.store.rows import TABLES, Table, values
from annotator.store.store import Store


def now(store: Store) -> str:
    """The present in UTC, by the clock of the store."""
    return clock.utc(store.wall_ms())


def next_number(store: Store, table: str) -> int:
    """The number of the next row of a numbered table, for its handle."""
    return int(store.query(f"SELECT coalesce(max(number), 0) + 1 FROM main.{table}")[0][0])


def insert(store: Store, record: Identified, **derived: Any) -> None:
    """Write a new row from a record and the columns only its table knows."""
    table = TABLES[type(record)]
    _require_references(store, table, values(record))
    row = table.to_row(record) | derived | {"operation": store.bulk_operation}
    if table.numbered:
        row["number"] = next_number(store, table.name)
    names = ", ".join(f'"{name}"' for name in row)
    places = ", ".join("?" * len(row))
    store.execute(f"INSERT INTO main.{table.name} ({names}) VALUES ({places})", row.values())


def update(store: Store, record: type[Identified], row_id: str, **changes: Any) -> None:
    """Write changed fields of a row. Raises UserError where the row or a field is unknown."""
    table = TABLES[record]
    _require_references(store, table, changes)
    columns = {column.field: column for column in table.columns}
    row: dict[str, Any] = {}
    for field, value in changes.items():
        if field in table.ends:
            row.update(dict.fromkeys(table.ends[field].values()))
            row[table.ends[field][value.table]] = value.id
        elif field in columns and field != "id":
            row[columns[field].name] = columns[field].kind.to_row(value)
        else:
            raise UserError("field-unknown", table=table.name, field=field)
    sets = ", ".join(f'"{name}" = ?' for name in row)
    old = ", ".join(f'"{name}"' for name in row)
    before = store.query(f"SELECT {old} FROM main.{table.name} WHERE id = ?", (row_id,))
    if not before:
        raise UserError("no-such-row", table=table.name, id=row_id)
    if before[0] != tuple(row.values()):
        store.execute(f"UPDATE main.{table.name} SET {sets} WHERE id = ?", (*row.values(), row_id))


def _require_references(store: Store, table: Table, values: Mapping[str, Any]) -> None:
    """Raise UserError("no-such-row") where a field names a row that is not there."""
    for field, target in table.references.items():
        given = values.get(field)
        if isinstance(given, tuple):
            _require_all(store, target, given)
        elif given is not None:
            require(store, target, given)
    for field in table.ends:
        if field in values:
            require(store, values[field].table, values[field].id)


def _require_all(store: Store, table: str, ids: Iterable[str]) -> None:
    """The same for many rows, asked about at once: a report may name 20,000 claims."""
    lost = f"SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM main.{table}) LIMIT 1"
    for (row_id,) in store.query(lost, (dump(list(ids)),)):
        raise UserError("no-such-row", table=table, id=row_id)


def require(store: Store, table: str, row_id: str) -> None:
    """Raise UserError("no-such-row") where a row is not there."""
    if not store.query(f"SELECT 1 FROM main.{table} WHERE id = ?", (row_id,)):
        raise UserError("no-such-row", table=table, id=row_id)


def signed(store: Store, record: Identified) -> Identified:
    """The record with annotator and time filled in where it has such fields and they are empty."""
    names = {field.name for field in fields(record)}
    filled: dict[str, Any] = {}
    if "annotator" in names and getattr(record, "annotator", None) is None:
        filled["annotator"] = store.me()
    for name in ("created", "at"):
        if name in names and getattr(record, name) is None:
            filled[name] = now(store)
    return replace(record, **filled)

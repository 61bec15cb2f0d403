"""Edits of the plain record types: exhibits, judgements, dismissals, pins, searches, reports."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from annotator.domain.errors import UserError
from annotator.domain.ids import new_id
from annotator.domain.model import (
    Dismissal,
    Exhibit,
    Identified,
    Judgement,
    Pin,
    PropositionLink,
    Report,
    SavedSearch,
)
from annotator.store import read
from annotator.store.edits.rowwise import insert, signed, update
from annotator.store.rows import TABLES
from annotator.store.store import Store

PLAIN: tuple[type[Identified], ...] = (
    Exhibit,
    PropositionLink,
    Judgement,
    Dismissal,
    SavedSearch,
    Pin,
    Report,
)
"""Types whose rows stand alone; the others have edits of their own."""


def add_record(store: Store, record: Identified) -> str:
    """Store a record of a plain type under a new id, signed and dated; returns the id."""
    _require_plain(type(record))
    if isinstance(record, PropositionLink):
        kinds = read.scheme(store).proposition_link_kinds
        if record.kind not in kinds:
            raise UserError("link-kind-unknown", kind=record.kind, kinds=kinds)
        if record.origin == record.target:
            raise UserError("link-to-itself", kind=record.kind)
    row_id = new_id()
    with store.operation(f"add-{_name(type(record))}", id=row_id):
        insert(store, signed(store, replace(record, id=row_id)))
    return row_id


def edit_record(store: Store, record: type[Identified], row_id: str, **changes: Any) -> None:
    """Change fields of a plain record."""
    _require_plain(record)
    with store.operation(f"edit-{_name(record)}", id=row_id, fields=sorted(changes)):
        update(store, record, row_id, **changes)


def delete_record(store: Store, record: type[Identified], row_id: str) -> None:
    """Delete a plain record."""
    _require_plain(record)
    with store.operation(f"delete-{_name(record)}", id=row_id):
        if not store.execute(f"DELETE FROM main.{TABLES[record].name} WHERE id = ?", (row_id,)):
            raise UserError("no-such-row", table=TABLES[record].name, id=row_id)


def _require_plain(record: type[Identified]) -> None:
    if record not in PLAIN:
        raise UserError("record-has-own-edits", type=record.type)


def _name(record: type[Identified]) -> str:
    return record.type.replace("_", "-")

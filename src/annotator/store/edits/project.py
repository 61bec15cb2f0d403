"""Edits of the project itself: its name, its scheme, the names of its annotators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotator.domain.errors import UserError
from annotator.domain.ids import AnnotatorId, new_id
from annotator.domain.model import Annotator
from annotator.domain.scheme import Scheme
from annotator.store import read
from annotator.store.edits.rowwise import update
from annotator.store.json_columns import dump
from annotator.store.store import Store


def rename_project(store: Store, name: str) -> None:
    """Give the project a name; the first one makes its row."""
    with store.operation("rename-project", title=name):
        if store.query("SELECT 1 FROM main.project"):
            store.execute("UPDATE main.project SET name = ? WHERE name <> ?", (name, name))
        else:
            store.execute("INSERT INTO main.project (id, name) VALUES (?, ?)", (new_id(), name))


def set_scheme(store: Store, data: Mapping[str, Any]) -> Scheme:
    """Make a scheme the project's own, as it stands. Raises UserError("scheme-...")."""
    scheme = Scheme(data)
    with store.operation("set-scheme", version=scheme.version):
        store.execute(
            "INSERT INTO main.scheme (id, version, data) VALUES (?, ?, ?)",
            (new_id(), scheme.version, dump(scheme.data)),
        )
    return scheme


def set_preset(store: Store, name: str) -> None:
    """Choose what the window shows of the scheme. Raises UserError("preset-unknown")."""
    scheme = read.scheme(store)
    known = scheme.data.get("presets", {})
    if name not in known:
        raise UserError("preset-unknown", preset=name, presets=sorted(known))
    if scheme.preset_name != name:
        set_scheme(store, {**scheme.data, "preset": name})


def rename_annotator(store: Store, annotator: AnnotatorId, name: str) -> None:
    """Change the name an annotator is shown under."""
    if not name.strip():
        raise UserError("annotator-without-name")
    with store.operation("rename-annotator", annotator=annotator, title=name):
        update(store, Annotator, annotator, name=name.strip())

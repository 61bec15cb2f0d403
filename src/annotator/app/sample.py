"""The sample project: three short connected articles, labelled, to look at and to try things on."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from annotator.app.identity import data_folder
from annotator.domain.errors import UserError
from annotator.domain.ids import new_id
from annotator.domain.resources import resource
from annotator.formats.jsonl import FORMAT
from annotator.store.imports import import_records
from annotator.store.store import Identity, Store


def sample_path() -> Path:
    """Where the window keeps the sample project of this installation."""
    return data_folder() / "sample.annotator"


def sample_project(path: Path, identity: Identity) -> None:
    """Make the sample project, whole or not at all. Raises UserError("project-exists")."""
    if path.exists():
        raise UserError("project-exists", path=str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{new_id()}.annotator")
    try:
        store = Store.create(part, identity)
        try:
            records = FORMAT.read(resource("sample", "sample.jsonl"), {})
            import_records(store, records, details={"file": "sample.jsonl", "format": FORMAT.name})
        finally:
            store.close()
        part.rename(path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)

"""Project files as a whole: making a new one, and how one was left."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from annotator.domain.errors import UserError
from annotator.domain.ids import new_id
from annotator.store import connection as opening
from annotator.store import schema
from annotator.store.placing import put_in_place


def make(path: Path, fill: Callable[[sqlite3.Connection], None] = lambda connection: None) -> None:
    """Make a project, whole or not at all.

    fill: what stands in it from the start, written before it has its name.
    Raises UserError("project-exists") or UserError("project-not-writable").
    """
    if os.path.lexists(path):
        raise UserError("project-exists", path=str(path))
    part = path.with_name(f".{path.name}.{new_id()}.part")
    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as connection:
            connection.execute("PRAGMA temp_store = MEMORY")  # what fails is then the disk of the project
            schema.migrate(connection)
            fill(connection)
        _claim(path)
        put_in_place(part, path)
    except (OSError, sqlite3.OperationalError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UserError("project-not-writable", path=str(path), reason=reason) from None
    finally:
        with suppress(OSError):
            part.unlink()


def _claim(path: Path) -> None:
    """Take a name that nobody else can have taken meanwhile."""
    try:
        path.touch(exist_ok=False)
    except FileExistsError:
        raise UserError("project-exists", path=str(path)) from None


def was_closed(connection: sqlite3.Connection, path: Path) -> bool:
    """Check the schema, which comes before the first use; whether the last session had a clean end."""
    opening.check_schema(connection, path)
    closed = connection.execute("SELECT closed FROM main.head").fetchone()
    return bool(closed and closed[0])

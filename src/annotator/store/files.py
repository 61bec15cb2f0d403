"""Project files as a whole: making a new one, bringing an older one up to date."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from annotator.domain import clock
from annotator.domain.errors import UserError
from annotator.domain.ids import new_id
from annotator.store import connection as opening
from annotator.store import schema
from annotator.store.backup import back_up
from annotator.store.history import History, Identity
from annotator.store.placing import put_in_place
from annotator.store.sharing import SharedConnection


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
            schema.migrate(connection)
            fill(connection)
        _claim(path)
        put_in_place(part, path)
    except (OSError, sqlite3.OperationalError):
        raise UserError("project-not-writable", path=str(path)) from None
    finally:
        with suppress(OSError):
            part.unlink()


def _claim(path: Path) -> None:
    """Take a name that nobody else can have taken meanwhile."""
    try:
        path.touch(exist_ok=False)
    except FileExistsError:
        raise UserError("project-exists", path=str(path)) from None


def migrate(
    path: Path,
    header: opening.Header,
    identity: Identity,
    wall_ms: clock.WallClock,
    settle: Callable[[SharedConnection, int], None],
) -> opening.Header:
    """Bring an older file to the present format, after settling and backing it up as it is.

    On connections of their own: the change counter must be read from the bytes
    afterwards, which is forbidden while connected. Raises UserError, and then
    the file has its old format and a backup.
    """
    with closing(opening.connect(path, readonly=False)) as connection:
        opening.check_soundness(connection, path)
        opening.check_schema(connection, path, header.version)
        settle(connection, header.counter)
    with closing(opening.connect(path, readonly=False)) as connection:
        back_up(connection, path, f"before-format-{schema.FORMAT_VERSION}")
        connection.execute("PRAGMA foreign_keys = OFF")  # a step may make a table anew; it is checked after
        history = History(connection, identity, wall_ms)
        schema.migrate(connection, lambda: _note_migration(connection, history, header.version))
    return opening.read_header(path)


def _note_migration(connection: sqlite3.Connection, history: History, version: int) -> None:
    """Inside the last step's transaction: undo does not go past a change of format."""
    if history.last():
        history.begin("migrate", "migration", {"from": version, "to": schema.FORMAT_VERSION})
    connection.execute("UPDATE main.head SET counter = 0")


def check(connection: sqlite3.Connection, path: Path) -> None:
    """The checks before the first use: the schema, and every page after an unclean end."""
    opening.check_schema(connection, path)
    closed = connection.execute("SELECT closed FROM main.head").fetchone()
    if not closed or not closed[0]:
        opening.check_soundness(connection, path)

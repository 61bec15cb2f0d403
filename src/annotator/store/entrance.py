"""Opening a project in whatever state it was left: what may take long and is not needed for one in order."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from annotator.domain import clock
from annotator.domain.errors import UserError
from annotator.store import connection as opening
from annotator.store import files, schema
from annotator.store.backup import back_up, drop_unfinished
from annotator.store.history import History, Identity
from annotator.store.lock import ProjectLock
from annotator.store.sharing import SharedConnection
from annotator.store.stages import Stages
from annotator.store.store import Store


def enter(path: Path, identity: Identity, readonly: bool, stages: Stages, wall_ms: clock.WallClock) -> Store:
    """What `Store.open` does."""
    opening.read_header(path)
    if readonly:
        return _entered(path, identity, None, stages, wall_ms)
    opening.require_writable(path)
    lock = ProjectLock(path)
    lock.acquire(lambda: stages.begin("waiting"))
    try:
        drop_unfinished(path)
        return _entered(path, identity, lock, stages, wall_ms)
    except BaseException:
        lock.release()
        raise


def _entered(
    path: Path, identity: Identity, lock: ProjectLock | None, stages: Stages, wall_ms: clock.WallClock
) -> Store:
    readonly = lock is None

    def made(connection: SharedConnection, counter: int) -> Store:
        return Store(
            connection, path, identity, lock=lock, readonly=readonly, counter=counter, wall_ms=wall_ms
        )

    try:
        header = opening.settled_header(path, readonly, stages)
        if header.version < schema.FORMAT_VERSION:
            if readonly:
                raise UserError("project-older", path=str(path), version=header.version)
            _settle_older(path, header, made, stages)
            header = _migrated(path, header.version, identity, wall_ms, stages)
        connection = _checked(path, readonly, stages)
        try:
            store = made(connection, header.counter)
            with stages.over(connection):
                store.take(stages)
        except BaseException:
            connection.close()
            raise
    except sqlite3.DatabaseError as error:
        raise opening.damage(path, error) from error
    return store


def _checked(path: Path, readonly: bool, stages: Stages) -> SharedConnection:
    """A connection to a file of which the schema was checked, and every page after an unclean end.

    What a program at work has open is as it should be: it is not checked.
    """
    connection = opening.connect(path, readonly)
    try:
        if files.was_closed(connection, path) or (readonly and ProjectLock(path).is_held()):
            return connection
        connection.close()
        opening.read_through(path, "checking", stages)
        connection = opening.connect(path, readonly)
        with stages.over(connection):
            opening.check_soundness(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _settle_older(
    path: Path, header: opening.Header, made: Callable[[SharedConnection, int], Store], stages: Stages
) -> None:
    opening.read_through(path, "checking-older", stages)
    with closing(opening.connect(path, readonly=False)) as connection, stages.over(connection):
        opening.check_soundness(connection, path)
        opening.check_schema(connection, path, header.version)
        made(connection, header.counter).take(stages)


def _migrated(
    path: Path, version: int, identity: Identity, wall_ms: clock.WallClock, stages: Stages
) -> opening.Header:
    """Back an older file up as it is and bring it to the present format.

    On connections of their own: the change counter must be read from the bytes
    afterwards, which is forbidden while connected. Raises UserError, and then
    the file has its old format and a backup.
    """
    size = path.stat().st_size
    with closing(opening.connect(path, readonly=False)) as connection, stages.over(connection):
        stages.begin("copying", size)
        back_up(connection, path, f"format-{schema.FORMAT_VERSION}", stages)
        stages.begin("converting")
        connection.execute("PRAGMA foreign_keys = OFF")  # a step may make a table anew; it is checked after
        history = History(connection, identity, wall_ms)
        schema.migrate(connection, lambda: _note_migration(connection, history, version))
    return opening.read_header(path)


def _note_migration(connection: sqlite3.Connection, history: History, version: int) -> None:
    """Inside the last step's transaction: undo does not go past a change of format."""
    if history.last():
        history.begin("migrate", "migration", {"from": version, "to": schema.FORMAT_VERSION})
    connection.execute("UPDATE main.head SET counter = 0")

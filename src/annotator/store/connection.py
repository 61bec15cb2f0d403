"""Opening a project file: what it is, whether it is sound, and with which settings.

The order is that of "Defense Against The Dark Arts" in SQLite's documentation:
header bytes before any connection, then the settings that distrust the file,
then its soundness and its schema, and only then a migration.
The project file is never `open()`ed while it is connected: closing any other
handle in this process would drop SQLite's locks.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from annotator.domain.errors import UserError
from annotator.store import schema
from annotator.store.leftovers import is_filled, require_own_journal
from annotator.store.sharing import SharedConnection

if TYPE_CHECKING:  # a project in order is opened without
    from annotator.store.stages import Stage, Stages

_MAGIC = b"SQLite format 3\x00"
_SETTINGS = (
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA mmap_size = 0",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = OFF",
    "PRAGMA busy_timeout = 5000",
    "PRAGMA cache_size = -32768",
    "PRAGMA temp_store = MEMORY",
)
_PIECE = 1 << 20
_DENIED = {
    sqlite3.SQLITE_ATTACH: "attach",
    sqlite3.SQLITE_DETACH: "detach",
}


class Header(NamedTuple):
    """What the first bytes say: the format number, how many transactions were written, the journal mode."""

    version: int
    counter: int
    is_wal: bool


def read_header(path: Path) -> Header:
    """Check what kind of file it is, before any connection.

    Raises UserError: project-missing, project-not-a-file, project-empty,
    project-not-sqlite, project-foreign or project-newer.
    Source: SQLite, "Database File Format", section 1.3.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise UserError("project-missing", path=str(path)) from None
    except OSError as error:
        raise UserError("project-unreadable", path=str(path), reason=error.strerror) from None
    if not stat.S_ISREG(mode):
        raise UserError("project-not-a-file", path=str(path))
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise UserError("project-unreadable", path=str(path), reason=error.strerror) from None
    if not header:
        raise UserError("project-empty", path=str(path))
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise UserError("project-not-sqlite", path=str(path))
    if int.from_bytes(header[68:72], "big") != schema.APPLICATION_ID:
        raise UserError("project-foreign", path=str(path))
    version = int.from_bytes(header[60:64], "big")
    if version == 0:
        raise UserError("project-damaged", path=str(path), findings=["user_version is 0"])
    if version > schema.FORMAT_VERSION:
        raise UserError("project-newer", path=str(path), version=version, known=schema.FORMAT_VERSION)
    return Header(version, int.from_bytes(header[24:28], "big"), header[18] == 2)


def require_writable(path: Path) -> None:
    """Raise UserError("project-readonly") for a file or folder that must not be written."""
    if not (os.access(path, os.W_OK) and os.access(path.resolve().parent, os.W_OK)):
        raise UserError("project-readonly", path=str(path))


def header_in_order(path: Path) -> Header | None:
    """The header of a file of the present format that nobody left half written or in another mode.

    Raises UserError like `read_header`.
    """
    header = read_header(path)
    is_ours = header.version == schema.FORMAT_VERSION and not header.is_wal
    return header if is_ours and not _is_half_written(path.resolve()) else None


def _is_half_written(target: Path) -> bool:
    return any(is_filled(target.with_name(target.name + end)) for end in ("-journal", "-wal"))


def settled_header(path: Path, readonly: bool, stages: Stages) -> Header:
    """The header once SQLite has finished what a killed program left half written.

    Until then the bytes may be those of a transaction that never was. A file
    another program left in WAL mode comes back from it, unless `readonly`.
    Raises UserError("project-unfinished") where the remains cannot be cleared away, and
    "project-journal-foreign" where they are of another file.
    """
    header = read_header(path)
    target = path.resolve()
    if not _is_half_written(target) and (readonly or not header.is_wal):
        return header
    stages.begin("recovering")
    require_own_journal(target)
    connection = sqlite3.connect(f"{target.as_uri()}?mode=rw", uri=True, isolation_level=None)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()
        if not readonly:
            connection.execute("PRAGMA journal_mode = DELETE")
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        found = damage(path, error)
        if found.code in ("project-readonly", "project-interrupted"):
            raise UserError("project-unfinished", path=str(path)) from None
        raise found from None
    finally:
        connection.close()
    return read_header(path)


def connect(path: Path, readonly: bool) -> SharedConnection:
    """A connection with the settings of this program; nothing has been read from the file yet."""
    uri = f"{path.resolve().as_uri()}?mode={'ro' if readonly else 'rw'}"
    connection = SharedConnection(
        uri, uri=True, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    try:
        for setting in _SETTINGS:
            connection.execute(setting)
    except UnicodeDecodeError as error:
        connection.close()
        raise damage(path, error) from None
    if not readonly:
        _use_rollback_journal(connection, path)
    return connection


def _use_rollback_journal(connection: sqlite3.Connection, path: Path) -> None:
    try:
        connection.execute("PRAGMA journal_mode = TRUNCATE")
        connection.execute("PRAGMA synchronous = FULL")
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        connection.close()
        raise damage(path, error) from None


def _is_denied(pragma: str | None) -> bool:
    return (pragma or "").lower() == "writable_schema"


def guard(connection: sqlite3.Connection) -> None:
    """Deny what no statement of this program needs: other files, and writing the schema by hand."""

    def decide(action: int, first: str | None, second: str | None, *_: str | None) -> int:
        if action in _DENIED:
            return sqlite3.SQLITE_DENY
        if action == sqlite3.SQLITE_PRAGMA and second is not None and _is_denied(first):
            return sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_OK

    connection.set_authorizer(decide)


def vacuum(connection: sqlite3.Connection) -> None:
    """VACUUM, which attaches a file of its own: the guard lets it pass."""
    connection.set_authorizer(None)
    try:
        connection.execute("VACUUM")
    finally:
        guard(connection)


def read_through(path: Path, stage: Stage, stages: Stages) -> None:
    """Read a file from its first byte to its last before it is checked, while it is not connected.

    A check follows the order of keys, which on the disk is none: of 1.8 GB that were not in memory
    it took 17 to 31 s by itself, and 5 once they had been read in order.
    """
    size, done = path.stat().st_size, 0
    piece = bytearray(_PIECE)
    stages.begin(stage, size)
    with suppress(OSError), path.open("rb", buffering=0) as file:  # the check says what cannot be read
        while count := file.readinto(piece):
            done += count
            stages.at(min(done, size))


def check_soundness(connection: sqlite3.Connection, path: Path) -> None:
    """Raise UserError("project-damaged") with the first findings of a quick check."""
    try:
        findings = [row[0] for row in connection.execute("PRAGMA quick_check(5)")]
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise damage(path, error) from None
    if findings != ["ok"]:
        raise UserError("project-damaged", path=str(path), findings=findings)


def check_schema(connection: sqlite3.Connection, path: Path, version: int | None = None) -> None:
    """Refuse a file that brings views, triggers or tables of ours with another meaning.

    Tables and indexes of others are left alone. version: what the file should
    be, the present format unless given.
    """
    try:
        found = schema.schema_of(connection)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise damage(path, error) from None
    if version in (None, schema.FORMAT_VERSION) and schema.fingerprint(found) == schema.EXPECTED:
        return
    expected = schema.expected_schema(version)
    for name, item in expected.items():
        if name not in found:
            raise UserError("project-damaged", path=str(path), findings=[f"{name} is missing"])
        if found[name] != item:
            raise UserError("project-unsafe", path=str(path), object=name)
    for name, item in found.items():
        is_virtual = (item.sql or "").lstrip().upper().startswith("CREATE VIRTUAL")
        if name not in expected and (item.type not in ("table", "index") or is_virtual):
            raise UserError("project-unsafe", path=str(path), object=name)


def damage(path: Path, error: sqlite3.Error | UnicodeDecodeError) -> UserError:
    """The sentence for an error of SQLite while a file is opened or written.

    Python cannot decode what SQLite says of a schema that is no UTF-8 any more.
    """
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith("SQLITE_READONLY_DBMOVED"):
        return UserError("project-moved", path=str(path))
    if name == "SQLITE_READONLY_ROLLBACK":  # somebody was killed while writing, and we may only read
        return UserError("project-interrupted", path=str(path))
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return UserError("project-readonly", path=str(path))
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return UserError("project-busy", path=str(path))
    if name.startswith("SQLITE_FULL"):
        return UserError("disk-full", path=str(path))
    if name.startswith("SQLITE_IOERR"):
        return UserError("disk-error", path=str(path), reason=name)
    if name.startswith("SQLITE_NOTADB"):
        return UserError("project-not-sqlite", path=str(path))
    return UserError("project-damaged", path=str(path), findings=[str(error)])

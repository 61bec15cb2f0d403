"""Copies of a project: beside the file before a migration, in memory for long reading."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from annotator.domain.errors import UserError


def back_up(connection: sqlite3.Connection, path: Path, reason: str) -> Path:
    """Copy the file as it stands to its backup folder; returns where.

    Written under another name, checked, synced to disk and only then renamed.
    Raises UserError("backup-failed"), and then the file may not be migrated.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    target = backup_folder(path) / f"{path.stem}.{stamp}.{reason}{path.suffix}"
    part = target.with_suffix(".part")
    try:
        target.parent.mkdir(exist_ok=True)
        copy = sqlite3.connect(part, isolation_level=None)
        try:
            connection.backup(copy)
            findings = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        finally:
            copy.close()
        if findings != "ok":
            raise UserError("backup-failed", path=str(target), reason=findings)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.rename(target)
    except (OSError, sqlite3.Error) as error:
        raise UserError("backup-failed", path=str(target), reason=str(error)) from None
    finally:
        with suppress(OSError):
            part.unlink()
    return target


def backup_folder(path: Path) -> Path:
    """The folder beside a project that holds its backups."""
    return path.with_name(path.name + "-backups")


def copy_into(connection: sqlite3.Connection) -> sqlite3.Connection:
    """A private copy of the database; the source is locked only while pages are copied.

    It lives in a temporary file that SQLite deletes at close, so that memory
    stays flat for large projects.
    """
    copy = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    connection.backup(copy)
    copy.execute("PRAGMA trusted_schema = OFF")
    return copy

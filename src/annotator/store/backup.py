"""Copies of a project: beside the file before a migration and now and then, in memory for long reading."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from annotator.domain.errors import UserError
from annotator.store.placing import make_folder, put_in_place
from annotator.store.sharing import SharedConnection, with_cache

REGULAR = "regular"
"""How a backup is called that was made now and then."""
_STAMP = "%Y%m%dT%H%M%SZ"
_APART = timedelta(minutes=30)
_PAGES_AT_ONCE = 2048
"""So few that a reader lets go of the file long before 50 ms."""
_COPYING_CACHE = 1024
"""KiB of pages that a connection keeps while all of its file is copied."""
_NEWEST, _DAYS, _WEEKS = 12, 10, 10


def back_up(connection: sqlite3.Connection, path: Path, reason: str, folder: Path | None = None) -> Path:
    """Copy the file as it stands to a folder, without one to that beside it; returns where.

    Raises UserError("backup-failed"), and then the file may not be migrated.
    """
    stamp = datetime.now(UTC).strftime(_STAMP)
    target = (folder or backup_folder(path)) / f"{path.stem}.{stamp}.{reason}{path.suffix}"
    try:
        make_folder(target.parent)
    except OSError as error:
        raise UserError("backup-failed", path=str(target), reason=str(error)) from None
    save_copy(connection, target)
    return target


def save_copy(connection: sqlite3.Connection, target: Path) -> None:
    """Copy all that is committed to a file, in the place of one that is there.

    Written under another name, checked, synced to disk and only then renamed;
    the new name is synced too. Works as long as the connection can read, even
    after the file itself was moved or deleted. Raises UserError("backup-failed").
    """

    def bring(part: Path) -> None:
        with closing(sqlite3.connect(part, isolation_level=None)) as copy:
            connection.backup(copy)

    _make_copy(target, bring)


def save_remains(path: Path, target: Path) -> None:
    """`save_copy` of a project whose disk takes no writes, so that SQLite can no longer read it there.

    What it left half written is taken back in the copy. Only for a file that
    this process will never write again: reading it drops SQLite's locks.
    """
    journal = path.resolve()
    journal = journal.with_name(f"{journal.name}-journal")

    def bring(part: Path) -> None:
        shutil.copyfile(path, part)
        if journal.exists():
            shutil.copyfile(journal, part.with_name(f"{part.name}-journal"))

    _make_copy(target, bring)


def _make_copy(target: Path, bring: Callable[[Path], None]) -> None:
    part = target.with_name(f".{target.name}.part")
    try:
        bring(part)
        with closing(sqlite3.connect(part, isolation_level=None)) as copy:
            findings = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
            # A copy counts its commits anew: it expects no number until it is first written.
            copy.execute("UPDATE head SET counter = 0")
        if findings != "ok":
            raise UserError("backup-failed", path=str(target), reason=findings)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        put_in_place(part, target)
    except (OSError, sqlite3.Error) as error:
        raise UserError("backup-failed", path=str(target), reason=str(error)) from None
    finally:
        for one in (part, part.with_name(f"{part.name}-journal")):
            with suppress(OSError):
                one.unlink()


def back_up_now_and_then(connection: sqlite3.Connection, folder: Path, path: Path) -> Path | None:
    """A backup in a folder if the last one there is older than half an hour; older ones are thinned out.

    Kept are the newest twelve, then the newest of each of ten days and of each
    of ten weeks.
    """
    now = datetime.now(UTC)
    kept = _regular(folder)
    if kept and now - kept[0][0] < _APART:
        return None
    made = back_up(connection, path, REGULAR, folder)
    for _, file in _superfluous(_regular(folder)):
        with suppress(OSError):
            file.unlink()
    return made


def _regular(folder: Path) -> list[tuple[datetime, Path]]:
    """(when, file) of the regular backups in a folder, the newest first."""
    found = []
    for file in folder.glob(f"*.{REGULAR}.*"):
        stamp = file.stem.removesuffix(f".{REGULAR}").rpartition(".")[2]
        with suppress(ValueError):
            found.append((datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC), file))
    return sorted(found, reverse=True)


def _superfluous(backups: list[tuple[datetime, Path]]) -> list[tuple[datetime, Path]]:
    kept = set(backups[:_NEWEST])
    days: dict[object, tuple[datetime, Path]] = {}
    weeks: dict[object, tuple[datetime, Path]] = {}
    for backup in backups:
        days.setdefault(backup[0].date(), backup)
        weeks.setdefault(backup[0].isocalendar()[:2], backup)
    kept |= set(list(days.values())[:_DAYS]) | set(list(weeks.values())[:_WEEKS])
    return [backup for backup in backups if backup not in kept]


def backup_folder(path: Path) -> Path:
    """The folder beside a project that holds its backups."""
    return path.with_name(path.name + "-backups")


def folder_name(path: Path) -> str:
    """The name of a project's own folder among backups: its stem, and what tells it from its namesakes."""
    import hashlib

    place = hashlib.sha256(str(path.resolve()).encode()).hexdigest()
    return f"{path.stem}-{place[:8]}"


def copy_into(connection: sqlite3.Connection) -> SharedConnection:
    """A private copy of the database; the source is locked only while pages are copied.

    It lives in a temporary file that SQLite deletes at close, so that memory
    stays flat for large projects; nor do pages that are read once, to be copied, stay in memory.
    """
    copy = SharedConnection("", isolation_level=None, check_same_thread=False)
    with with_cache(connection, _COPYING_CACHE):
        connection.backup(copy, pages=_PAGES_AT_ONCE, sleep=0.001)
    copy.execute("PRAGMA trusted_schema = OFF")
    return copy

"""Copies of a project: beside the file before a migration and now and then, in memory for long reading."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from annotator.domain.errors import UserError
from annotator.domain.temporary import told
from annotator.store.bulk import BulkCancelledError, Progress
from annotator.store.placing import make_folder, put_in_place
from annotator.store.sharing import SharedConnection, with_cache
from annotator.store.stages import Stages

Copied = Callable[[int], object]
"""Told how many bytes were copied so far."""
REGULAR = "regular"
"""How a backup is called that was made now and then."""
_BEFORE = "before-"
_STAMP = "%Y%m%dT%H%M%SZ"
_APART = timedelta(minutes=30)
_PIECE = 1 << 20
"""Bytes that are copied between two looks at whether the copy is still wanted."""
_PAGES_AT_ONCE = 2048
"""So few that a reader lets go of the file long before 50 ms."""
_PAGES_TOLD = 4096
"""Between two words of how much is copied."""
_COPYING_CACHE = 1024
"""KiB of pages that a connection keeps while all of its file is copied."""
_NEWEST, _DAYS, _WEEKS = 12, 10, 10
_FEWEST, _SHARE = 3, 0.25
"""Copies that are kept whatever room they take, and how much of the free disk all of them may take."""


def back_up(connection: sqlite3.Connection, path: Path, reason: str, stages: Stages | None = None) -> Path:
    """Copy the file as it stands to the folder beside it, before what the reason says; returns where.

    stages: told the bytes so far; can stop it, which leaves nothing of it. Raises
    UserError("backup-failed"), and then the file may be neither migrated nor packed.
    """
    copy = _dated(backup_folder(path), path, f"{_BEFORE}{reason}", stages)
    copy.bring_pages(connection, stages.at if stages else None)
    copy.finish()
    return copy.target


def drop_unfinished(path: Path) -> None:
    """Delete what a killed program left of a copy beside the project; for whoever has the lock."""
    for part in backup_folder(path).glob(f".*.{_BEFORE}*.part*"):
        with suppress(OSError):
            part.unlink()


def save_copy(connection: sqlite3.Connection, target: Path) -> None:
    """Copy all that is committed to a file, in the place of one that is there.

    Works as long as the connection can read, even after the file itself was
    moved or deleted. Raises UserError("backup-failed").
    """
    copy = Copy(target)
    copy.bring_pages(connection)
    copy.finish()


def save_remains(path: Path, target: Path) -> None:
    """`save_copy` of a project whose disk takes no writes, so that SQLite can no longer read it there."""
    copy = Copy(target)
    copy.bring_file(path)
    copy.finish()


class Copy:
    """A copy of a project: brought under another name first, later checked, synced and put in place.

    Where either fails nothing of it is left. Raises UserError("backup-failed").
    makes_folder: whether its folder is made where it is not there.
    stages: what can stop it, as `stop` does.
    """

    def __init__(self, target: Path, *, makes_folder: bool = False, stages: Stages | None = None) -> None:
        self.target = target
        self._stages = stages or Stages(stopped="copy-stopped")
        self._makes_folder = makes_folder
        self._part = target.with_name(f".{target.name}.part")
        self._journal = self._part.with_name(f"{self._part.name}-journal")
        self._is_brought = False

    def bring_pages(self, connection: sqlite3.Connection, progress: Copied | None = None) -> None:
        """Bring all that a connection can read, in one go; progress: told the bytes so far, and in parts."""
        (page,) = connection.execute("PRAGMA page_size").fetchone()

        def tell(_status: int, left: int, pages: int) -> None:
            if progress:
                progress((pages - left) * page)

        with self._bringing(), closing(sqlite3.connect(self._part, isolation_level=None)) as copy:
            connection.backup(copy, pages=_PAGES_TOLD if progress else -1, progress=tell)

    def bring_file(self, path: Path) -> None:
        """Bring the bytes, which takes a third of the time or less, with what is half written among them.

        Only for a file that this process will never write again: reading it drops SQLite's locks.
        """
        journal = path.resolve()
        journal = journal.with_name(f"{journal.name}-journal")
        with self._bringing():
            if journal.exists():
                self._bring_bytes(journal, self._journal)
            self._bring_bytes(path, self._part)

    def _bring_bytes(self, source: Path, target: Path) -> None:
        piece = memoryview(bytearray(_PIECE))
        done = 0
        self._stages.begin("copying", source.stat().st_size)
        with source.open("rb", buffering=0) as given, target.open("wb") as taken:
            while count := given.readinto(piece):
                taken.write(piece[:count])
                done += count
                self._stages.at(done)

    def stop(self) -> None:
        """End it from another thread, which raises UserError("copy-stopped") in the one that makes it."""
        self._stages.stop()

    def finish(self) -> Path | None:
        """Put what was brought in its place, on the disk by its name; None where nothing was brought.

        What the program left half written is taken back in it.
        """
        if not self._is_brought:
            return None
        with self._whole_or_not():
            with closing(sqlite3.connect(self._part, isolation_level=None)) as copy:
                with self._stages.over(copy):
                    findings = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
                if findings != "ok":
                    raise UserError("backup-failed", path=str(self.target), reason=findings)
                # A copy counts its commits anew: it expects no number until it is first written.
                copy.execute("UPDATE head SET counter = 0")
            with self._part.open("rb+") as file:
                os.fsync(file.fileno())
            self._stages.require_wanted()
            put_in_place(self._part, self.target)
        return self.target

    @contextmanager
    def _bringing(self) -> Iterator[None]:
        with self._whole_or_not():
            if self._makes_folder:
                make_folder(self.target.parent)
            self._drop()  # of one that was killed: its journal would be played back into ours
            yield
        self._is_brought = True

    @contextmanager
    def _whole_or_not(self) -> Iterator[None]:
        try:
            yield
        except BaseException as error:
            self._drop()
            if isinstance(error, OSError | sqlite3.Error):
                raise UserError("backup-failed", path=str(self.target), reason=str(error)) from None
            raise

    def _drop(self) -> None:
        for one in (self._part, self._journal):
            with suppress(OSError):
                one.unlink()


def regular_copy(folder: Path, path: Path) -> Copy | None:
    """The copy of a project that is due in its folder; None within half an hour after the last one."""
    now = datetime.now(UTC)
    # One of the future was made while the clock was wrong.
    if any(timedelta(0) <= now - when < _APART for when, _ in _regular(folder)):
        return None
    return _dated(folder, path, REGULAR)


def _dated(folder: Path, path: Path, reason: str, stages: Stages | None = None) -> Copy:
    stamp = datetime.now(UTC).strftime(_STAMP)
    return Copy(folder / f"{path.stem}.{stamp}.{reason}{path.suffix}", makes_folder=True, stages=stages)


def thin_out(folder: Path) -> None:
    """Delete regular copies but the newest twelve, the newest of each of ten days and of each of ten weeks.

    Fewer are kept where they would take more than a quarter of the disk that is free without them, but always
    three. What a program that was killed did not finish goes as well.
    """
    unfinished = [part for part in folder.glob(f".*.{REGULAR}.*.part*") if _age(part) > _APART]
    found = _regular(folder)
    kept = _worth_keeping(found)
    with suppress(OSError):  # no folder, or another program thins it out, too
        kept = kept[: _most_of(folder, [file.stat().st_size for file in kept])]
    for file in [*({file for _, file in found} - set(kept)), *unfinished]:
        with suppress(OSError):
            file.unlink()


def _most_of(folder: Path, sizes: Sequence[int]) -> int:
    """How many files of some bytes may stay in a folder, the first ones first."""
    room = (shutil.disk_usage(folder).free + sum(sizes)) * _SHARE
    return max(_FEWEST, sum(taken <= room for taken in accumulate(sizes)))


def _age(file: Path) -> timedelta:
    """How long ago a file was written; none at all where it is gone."""
    try:
        written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except OSError:
        return timedelta(0)
    return datetime.now(UTC) - written


def _regular(folder: Path) -> list[tuple[datetime, Path]]:
    """(when, file) of the regular backups in a folder, the newest first."""
    found = []
    for file in folder.glob(f"*.{REGULAR}.*"):
        stamp = file.stem.removesuffix(f".{REGULAR}").rpartition(".")[2]
        with suppress(ValueError):
            found.append((datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC), file))
    return sorted(found, reverse=True)


def _worth_keeping(backups: Sequence[tuple[datetime, Path]]) -> list[Path]:
    """The newest of some backups, then of each day and of each week, the newest first."""
    kept = set(backups[:_NEWEST])
    days: dict[object, tuple[datetime, Path]] = {}
    weeks: dict[object, tuple[datetime, Path]] = {}
    for backup in backups:
        days.setdefault(backup[0].date(), backup)
        weeks.setdefault(backup[0].isocalendar()[:2], backup)
    kept |= set(list(days.values())[:_DAYS]) | set(list(weeks.values())[:_WEEKS])
    return [file for _, file in sorted(kept, reverse=True)]


def backup_folder(path: Path) -> Path:
    """The folder beside a project that holds its backups."""
    return path.with_name(path.name + "-backups")


def folder_name(path: Path) -> str:
    """The name of a project's own folder among backups: its stem, and what tells it from its namesakes."""
    import hashlib

    place = hashlib.sha256(str(path.resolve()).encode()).hexdigest()
    return f"{path.stem}-{place[:8]}"


def copy_into(connection: sqlite3.Connection, progress: Progress = lambda _: True) -> SharedConnection:
    """A private copy of the database; the source is locked only while pages are copied.

    It lives in a temporary file that SQLite deletes at close, so that memory
    stays flat for large projects; nor do pages that are read once, to be copied, stay in memory.
    progress: told 0 between those; where it says False the copy is given up by BulkCancelledError.
    """
    copy = SharedConnection("", isolation_level=None, check_same_thread=False)

    def ask(_status: int, _left: int, _pages: int) -> None:
        if not progress(0):
            raise BulkCancelledError

    try:
        with with_cache(connection, _COPYING_CACHE), told():
            connection.backup(copy, pages=_PAGES_AT_ONCE, progress=ask, sleep=0.001)
    except BaseException:
        copy.close()
        raise
    copy.execute("PRAGMA trusted_schema = OFF")
    return copy

"""Long reading of what a project holds at one moment, without keeping anybody from writing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from annotator.store.bulk import BulkCancelledError
from annotator.store.lock import ProjectLock
from annotator.store.store import Store

T = TypeVar("T")
Check = Callable[[], None]
_CACHE = 2048
"""KiB of pages that stay in memory while most of a file is read once."""


class ChangedMeanwhileError(Exception):
    """Somebody wrote to the project while it was read."""


def of_one_state(store: Store, read: Callable[[Store, Check], T]) -> T:
    """What `read` makes of a project, by short statements, as it stands at one moment.

    It reads the project itself, between two statements of which others may write, and calls the check it
    is given once it has read all and before anything it made counts. If somebody wrote by then it is
    called once more, with a private copy; so it is at once where a program has the project open for writing.
    """
    if store.path is None or not store.readonly or _is_taken(store.path):
        return of_copy(store, read)
    version, is_checked = _version(store), False

    def check() -> None:
        nonlocal is_checked
        if _version(store) != version:
            raise ChangedMeanwhileError
        is_checked = True

    try:
        with store.with_cache(_CACHE):
            return read(store, check)
    except BulkCancelledError:
        raise
    except Exception:  # a mixture of two states may lead to any
        if is_checked or _version(store) == version:
            raise
    return of_copy(store, read)


def of_copy(store: Store, read: Callable[[Store, Check], T]) -> T:
    """What `read` makes of a private copy of a project: for statements that take long."""
    with closing(store.snapshot()) as copy:
        return read(copy, _nothing)


def _is_taken(path: Path) -> bool:
    lock = ProjectLock(path)
    return lock.has_body and lock.is_held()


def _version(store: Store) -> int:
    """Another one after each commit of another connection."""
    return int(store.query("PRAGMA main.data_version")[0][0])


def _nothing() -> None:
    """Nobody writes to a copy."""

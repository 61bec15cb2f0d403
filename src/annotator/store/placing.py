"""Giving a finished file its name, so that the name too outlives a power cut."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def put_in_place(part: Path, target: Path) -> None:
    """Rename a file that is synced itself; on return the disk knows it by its new name."""
    part.replace(target)
    _sync_names(target.parent)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, all on the disk on return; one that is there is left alone."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync_names(folder.parent)


def _sync_names(folder: Path) -> None:
    """Bring the names in a folder to the disk.

    Some file systems and Windows know no such thing; like SQLite we go on there.
    """
    if os.name == "nt":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

"""Files and folders taken into a project one by one: how each is read, and what came of all of them."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from annotator.domain.errors import UserError
from annotator.formats.elsewhere import records_of
from annotator.formats.registry import (
    Format,
    OfOthers,
    Options,
    Report,
    by_name,
    entries_below,
    formats,
    guess,
)
from annotator.store.bulk import Progress
from annotator.store.imports import Imported, import_records
from annotator.store.store import Store

PathLike = str | os.PathLike[str]


@dataclass
class Taking:
    """One call of `import_`: how files are read and stored, and what came of them so far."""

    store: Store
    given: Options
    reanchor: bool
    report: Report | None
    refused: Callable[[Path, UserError], None] | None
    progress: Progress | None
    total: Imported = field(default_factory=Imported)

    def take(self, path: Path, name: str | None) -> None:
        """Take in a file, or those of a folder one by one; what is refused is told, or raised."""
        try:
            name = name or self._if_of_texts(path)
            inside = _files_inside(path, name)
            if not inside:
                self._store_all(path, _reader(path, name))
        except UserError as error:
            error = UserError(error.code, **{"path": printable(path), **error.details})
            if self.refused is None:
                raise error from None
            self.refused(path, error)
            return
        for file in inside:
            self.take(file, name)

    def _if_of_texts(self, path: Path) -> str | None:
        """`text` where more is said of texts: no other format takes that, and its files are no texts."""
        if not self.given.keys() & {"manifest", "title"}:
            return None
        try:
            found = guess(path).name
        except UserError:
            return "text"
        if found != "text":
            raise UserError("only-of-texts", path=printable(path), format=found)
        return found

    def _store_all(self, path: Path, reader: Format) -> None:
        with circles_left(), records_of(reader, path, self.given) as records:
            done = import_records(
                self.store,
                records,
                repair=self.reanchor,
                is_of_others=isinstance(reader, OfOthers),
                report=self.report and partial(_told_of, self.report, path),
                progress=self.progress,
                details={"file": printable(path.resolve().name), "format": reader.name},
            )
        _add(self.total, done)


@contextmanager
def circles_left() -> Iterator[None]:
    """Look for no garbage in circles: imports and reports make none, and looking takes up to an eighth."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def printable(path: PathLike) -> str:
    """A path as text that any file can hold, even where its name is not UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")


def _told_of(report: Report, path: Path, code: str, /, **details: Any) -> None:
    """Say of a line in which file it stands, for there may be several."""
    report(code, **({"path": printable(path)} if "line" in details else {}) | details)


def _reader(path: Path, name: str | None) -> Format:
    reader = by_name(name) if name else guess(path)
    if not reader.reads:
        raise UserError("format-write-only", name=reader.name)
    return reader


def _files_inside(path: Path, name: str | None) -> list[Path]:
    """The files of a folder, in order, where they are to be read one by one.

    That is so for a format that reads single files, and without a name where no
    format reads the folder as a whole.
    """
    try:
        if not path.exists():
            raise UserError("file-missing", path=printable(path))
        if not path.is_dir():
            return []
    except OSError as error:
        raise UserError("file-unreadable", path=printable(path), reason=error.strerror) from None
    readers = [by_name(name)] if name else list(formats().values())
    suffixes = {suffix for one in readers if one.reads and one.extent == "file" for suffix in one.suffixes}
    if not suffixes:
        return []
    found = (Path(entry.path) for entry in entries_below(path) if not entry.name.startswith("."))
    files = sorted(file for file in found if file.suffix.lower() in suffixes and _is_read(file))
    if files and not name:
        with suppress(UserError):
            guess(path)
            return []
    return files


def _is_read(path: Path) -> bool:
    """Whether a path found in a folder is taken for a file: not where it leads to a folder, or nowhere."""
    try:
        return path.is_file()
    except OSError:  # such as of a path that is too long: whoever reads it says so
        return True


def _add(total: Imported, done: Imported) -> None:
    total.added.update(done.added)
    total.skipped.update(done.skipped)
    total.articles += done.articles
    total.reanchored += done.reanchored
    total.refused += done.refused

"""The formats this installation knows, by one road for our own and for others'.

A package adds a format with an entry point in the group `annotator.formats`
that names an object with the attributes and methods of `Format`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

from annotator.domain.errors import UserError
from annotator.domain.model import Record
from annotator.domain.runs import Run
from annotator.formats.files import write_file, write_folder

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint, EntryPoints

    # Loading it takes a fifth of what a reading process does to start.
    from annotator.domain.summary import Summary

GROUP = "annotator.formats"

Options = Mapping[str, object]
Report = Callable[..., None]
"""Called as `report(code, **details)` for what a reader or writer left out, repaired or guessed."""


@dataclass(frozen=True)
class Loss:
    """What a format cannot hold of a set of records.

    code: kebab-case name of the feature; example: an id or sentence of one case;
    beside: the file of the export that holds it all the same, for people or other tools.
    """

    code: str
    count: int
    example: str = ""
    beside: str = ""


@runtime_checkable
class Format(Protocol):
    """Files in, files out.

    extent: whether an export is one file or a folder of them.
    Options every format understands: `report` (see `Report`), and `pulse`, which a writer calls now and
    then while it works after its last record: it raises where nobody waits for it any more.
    """

    name: str
    suffixes: tuple[str, ...]
    title: str
    reads: bool
    writes: bool
    extent: Literal["file", "folder"]

    def read(self, path: Path, options: Options) -> Iterable[Record]:
        """Records of a file or folder, lazily; ids and references may be foreign ones.

        A reader that knows them by the column gives `domain.runs.Records`, so that none need be made.
        Raises UserError with `path`, and `line` where there is one.
        """
        ...

    def write(self, records: Iterable[Record], out: Path, options: Options) -> None:
        """Write records, given in file order, to a path that does not exist yet.

        A writer that takes them by the column finds them so with `domain.runs.in_runs`.
        """
        ...

    def losses(self, summary: Summary) -> list[Loss]:
        """What an export of records with this summary would leave out."""
        ...


@runtime_checkable
class Looking(Protocol):
    """A format whose reader has to look through all files first: that can be done beside it."""

    def look(self, path: Path, options: Options) -> Generator[Run[Record], None, object]:
        """Returns what `read` asks for, once, where its option `looked` is a function; pauses on the way."""
        ...


@runtime_checkable
class OfOthers(Protocol):
    """A format of programs that know neither annotators nor our scheme; a folder of it is by one person."""

    is_of_others: Literal[True]


@dataclass(frozen=True)
class BrokenFormat:
    """A format that could not be loaded: its name, the package it came from and why."""

    name: str
    package: str
    reason: str


def formats() -> dict[str, Format]:
    """Every working format by name, in order of name."""
    return dict(_load()[0])


def broken_formats() -> list[BrokenFormat]:
    """The formats of other packages that could not be loaded; they are left out of `formats`."""
    return list(_load()[1])


def by_name(name: str) -> Format:
    """The format with this name. Raises UserError("format-unknown") with the names there are."""
    for point in _points():
        # No others are loaded where it is ours: that would take as long as a small export.
        if point.name == name and _is_ours(point) and not isinstance(ours := _loaded(point), BrokenFormat):
            return ours
    working, broken = _load()
    if name in working:
        return working[name]
    for bad in broken:
        if bad.name == name:
            raise UserError("format-broken", name=name, package=bad.package, reason=bad.reason)
    raise UserError("format-unknown", name=name, names=sorted(working))


def guess(path: Path) -> Format:
    """The format a file or folder seems to be in, by its suffix and a look inside.

    Raises UserError("format-not-guessed").
    """
    if not path.exists():
        raise UserError("file-missing", path=str(path))
    readers = [one for one in formats().values() if one.reads]
    if path.is_dir():
        readers = [one for one in readers if one.extent == "folder"]
    suffixes = _suffixes_inside(path) if path.is_dir() else [path.suffix.lower()]
    for suffix in suffixes:
        for format_ in readers:
            if suffix in format_.suffixes:
                return format_
    known = sorted({suffix for one in readers for suffix in one.suffixes})
    found = {"suffix": path.suffix} if path.suffix and not path.is_dir() else {}
    names = sorted(one.name for one in readers)
    raise UserError("format-not-guessed", path=str(path), names=names, suffixes=known, **found)


def export_to(
    format_: Format,
    records: Iterable[Record],
    out: Path,
    options: Options,
    check: Callable[[], None] = lambda: None,
) -> None:
    """Write an export that appears whole or not at all, and survives a power cut once it returns.

    check: called when all is written and nothing is in its place yet; what it raises takes it back.
    Raises UserError("export-...") where the place is not ours to write to.
    """
    if not format_.writes:
        raise UserError("format-read-only", name=format_.name)

    def fill(part: Path) -> None:
        format_.write(records, part, options)
        check()

    if format_.extent == "folder":
        write_folder(out, fill, format_.name)
    else:
        write_file(out, fill)


def reporter(options: Options) -> Report:
    """The caller's `report`, or one that forgets."""
    report = options.get("report")
    return report if callable(report) else _forget


def pulse(options: Options) -> Callable[[], object]:
    """The caller's `pulse`, or one that never raises."""
    given = options.get("pulse")
    return given if callable(given) else _go_on


def _forget(code: str, **details: object) -> None:
    return None


def _go_on() -> None:
    return None


def _suffixes_inside(folder: Path) -> list[str]:
    """Suffixes of a folder's files, the more telling ones first: annotations before bare texts."""
    names = (entry.name for entry in entries_below(folder))
    found = {PurePath(name).suffix.lower() for name in names if not name.startswith(".")}
    return sorted(found, key=lambda suffix: (suffix in (".txt", ".md"), suffix))


def entries_below(folder: str | Path) -> Iterator[os.DirEntry[str]]:
    """What is in a folder at any depth, as it comes; of what cannot be opened whoever reads it tells."""
    folders = [folder]
    while folders:
        with suppress(OSError), os.scandir(folders.pop()) as entries:
            for entry in entries:
                yield entry
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)


@cache
def _load() -> tuple[dict[str, Format], list[BrokenFormat]]:
    working: dict[str, Format] = {}
    broken: list[BrokenFormat] = []
    points = sorted(_points(), key=lambda point: (not _is_ours(point), point.name))
    for point in points:
        found = _loaded(point)
        if isinstance(found, BrokenFormat):
            broken.append(found)
        elif found.name in working:
            broken.append(_broken(point, f"the name {found.name} is taken"))
        else:
            working[found.name] = found
    return dict(sorted(working.items())), broken


def _points() -> EntryPoints:
    from importlib.metadata import entry_points  # 17 ms; a process that reads for another one wants none

    return entry_points(group=GROUP)


def _loaded(point: EntryPoint) -> Format | BrokenFormat:
    try:
        format_ = point.load()
    except Exception as error:  # noqa: BLE001 - another package's code may fail in any way; it is reported by name
        return _broken(point, f"{type(error).__name__}: {error}")
    return format_ if isinstance(format_, Format) else _broken(point, "it lacks attributes every format has")


def _broken(point: EntryPoint, reason: str) -> BrokenFormat:
    return BrokenFormat(point.name, point.dist.name if point.dist else "?", reason)


def _is_ours(point: EntryPoint) -> bool:
    return point.dist is not None and point.dist.name == "annotator"

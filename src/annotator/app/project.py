"""`Project`: the Python interface, of the same power as the command line.

from annotator import Project

with Project.open("port.annotator") as project:
    project.import_("articles")
    project.export("marks.jsonl", "annotator-jsonl", where="label=denial")
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from annotator.app.entering import entered
from annotator.app.giving import Giving
from annotator.app.identity import installed
from annotator.app.signing import work_as, working_as
from annotator.app.taking import PathLike, Taking
from annotator.domain.checks import LooseEnd, loose_ends
from annotator.domain.errors import UserError
from annotator.domain.facts import Facts
from annotator.domain.ids import MarkId
from annotator.domain.query import parse
from annotator.domain.report import FullReport, Size
from annotator.domain.scheme import Scheme
from annotator.domain.scheme_files import check_file
from annotator.formats.registry import Loss, Options, Report, by_name
from annotator.store import export, lists, naming, open_ends, read
from annotator.store.bulk import Progress
from annotator.store.edits import make_versions, set_preset, set_scheme
from annotator.store.imports import Imported
from annotator.store.journal import Operation
from annotator.store.lock import ProjectLock
from annotator.store.newer import Newer, newer_versions
from annotator.store.one_state import Check, of_copy, of_one_state
from annotator.store.packing import KEPT_DAYS, Packed, Saving, pack, saving
from annotator.store.stages import Stages
from annotator.store.store import Change, Store
from annotator.store.verify import Damage, count_anew, damage

if TYPE_CHECKING:
    from annotator.app.reporting import Disputes

ALL_OPERATIONS = -1


@dataclass(frozen=True)
class Checked:
    """What `check` found; only damage makes a project not ok.

    facts: None where damage makes the records unreadable; then no loose ends are listed.
    """

    damage: list[Damage]
    loose_ends: list[LooseEnd]
    facts: Facts | None

    @property
    def ok(self) -> bool:
        return not self.damage


class Project:
    """An open project file. `store` is for edits: `annotator.store.edits` and `.read` take it."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @classmethod
    def create(
        cls,
        path: PathLike,
        preset: str | None = None,
        scheme: Mapping[str, Any] | None = None,
        annotator: str | None = None,
    ) -> Self:
        """Make a project and open it for writing.

        preset: quick (the default), analyst or corpus, or one the scheme brings;
        scheme: data of a scheme line instead of the default scheme. Kinds of
        sources and regions and flags it leaves out are those of the default one.
        Raises UserError("project-exists"), "preset-unknown" or "scheme-...",
        and then leaves no file.
        """
        data = _completed(scheme)
        if preset is not None and preset not in data.get("presets", {}):
            raise UserError("preset-unknown", preset=preset, presets=sorted(data.get("presets", {})))
        project = cls(Store.create(Path(path), installed(_ignore)))
        try:
            work_as(project.store, annotator)
            if scheme is not None:
                set_scheme(project.store, data if preset is None else {**data, "preset": preset})
            elif preset is not None:
                set_preset(project.store, preset)
        except BaseException:
            project.close()
            Path(path).unlink()
            raise
        return project

    @classmethod
    def open(
        cls,
        path: PathLike,
        readonly: bool = False,
        annotator: str | None = None,
        report: Report | None = None,
        stages: Stages | None = None,
    ) -> Self:
        """Open a project; readonly needs no lock, so it works while a window has it open.

        One of an older format is brought up to date, after a backup, also if it is only to be read.
        annotator: a name to work under instead of this installation's own.
        stages: told what is done first to one that was not left in order, and how far it is.
        Raises UserError("project-...").
        """
        path = Path(path)
        identity = installed(report or _ignore)
        project = cls(entered(path, identity, readonly, stages))
        for warning in project.store.warnings:
            (report or _ignore)(warning.code, **warning.details)
        work_as(project.store, annotator)
        return project

    @property
    def name(self) -> str:
        """The name of the project; that of its file where it has none."""
        return read.project_name(self.store)

    def close(self) -> None:
        """Give the file back."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def import_(
        self,
        paths: PathLike | Iterable[PathLike],
        format: str | None = None,  # noqa: A002 - the word of the command line
        *,
        manifest: PathLike | None = None,
        reanchor: bool = False,
        annotator: str | None = None,
        options: Options | None = None,
        report: Report | None = None,
        refused: Callable[[Path, UserError], None] | None = None,
        progress: Progress | None = None,
    ) -> Imported:
        """Take files or folders in, each as one operation that stores all of it or nothing.

        format: a name from `annotator formats`; guessed without it. Only texts are taken with a manifest.
        manifest: a CSV file with what is known of texts. reanchor: look near its
        offset for a quote that is not where it should be. report: told what was
        repaired, guessed or left out. refused: told a file that was refused, then
        the others go on; without it the UserError is raised.
        """
        given = {"report": report or _ignore, **(options or {})}
        if manifest is not None:
            from annotator.formats.metadata import read_manifest

            read_manifest(Path(manifest), report)  # what is wrong with it is said once, not of each text
            given["manifest"] = os.fspath(manifest)
        taking = Taking(self.store, given, reanchor, report, refused, progress)
        with working_as(self.store, annotator):
            for path in [paths] if isinstance(paths, str | os.PathLike) else paths:
                taking.take(Path(path), format)
        return taking.total

    def link_versions(self, articles: Iterable[str]) -> list[tuple[Newer, int]]:
        """Make articles newer versions of those that `store.newer.newer_versions` names.

        Marks are carried over as in the window; all of it is one operation. Returns
        what was found, each with the number of marks carried over.
        """
        found = newer_versions(self.store, articles)
        carried = make_versions(self.store, found) if found else {}
        return [(one, carried[one.article]) for one in found]

    def export(
        self,
        out: PathLike,
        format: str,  # noqa: A002 - the word of the command line
        where: str | None = None,
        strict: bool = False,
        *,
        options: Options | None = None,
        report: Report | None = None,
        announce: Callable[[list[Loss]], None] | None = None,
        progress: Progress | None = None,
    ) -> list[Loss]:
        """Write a file or folder, whole or not at all; returns what the format could not express.

        where: a query; only marks it finds are written, with what they need.
        strict: refuse with UserError("export-loses") where anything would be lost
        that no file beside holds.
        announce: told the losses before anything is in its place.
        progress: told the number of records so far; returns False to stop, which
        raises BulkCancelledError and leaves nothing behind.
        """
        writer = by_name(format)
        if not writer.writes:
            raise UserError("format-read-only", name=writer.name)
        query = parse(where) if where is not None else None

        def give(store: Store, check: Check) -> list[Loss]:
            giving = Giving(store, check, writer, query, strict, announce, progress)
            giving.write(Path(out), report or _ignore, options or {})
            return giving.losses

        # What a query finds is found by statements that others would have to wait for.
        return (of_copy if query else of_one_state)(self.store, give)

    def stats(self) -> dict[str, Any]:
        """The counts of `stats --json`."""
        with _snapshot(self.store) as copy:
            return export.statistics(copy)

    def facts(self) -> Facts:
        """What maps and loose ends are computed from, with the numbers of handles."""
        with _snapshot(self.store) as copy:
            return open_ends.facts(copy)

    def map(self, claim: str | None = None) -> Disputes:
        """The dispute map, or that of one claim, by UUID, foreign id or handle (C12).

        It is read as somebody goes through it, so that one of any size takes little memory.
        """
        from annotator.app import reporting

        return reporting.disputes(self.store, claim)

    def map_json(self, claim: str | None = None) -> str:
        """The dispute map, or that of one claim, in the stable form of `map --format json`."""
        from annotator.app import reporting

        return reporting.map_json(self.store, claim)

    def tell_map(self, take: Callable[[bytes], object], claims: Sequence[str] | None = None) -> None:
        """Hand on the dispute map as Markdown, piece by piece once all was read; or that of some claims.

        take: called with some bytes of UTF-8. What is told is what `report` holds, in little memory.
        """
        from annotator.app import reporting

        reporting.put_text(self.store, claims, take)

    def report(
        self, name: str | None = None, claims: Sequence[str] | None = None, *, drawn: bool = True
    ) -> FullReport:
        """A report that one file can hold, for `formats.reports.writers`: what `report_parts` tells, as one.

        Raises UserError("report-too-large") where `report_size` is large.
        """
        from annotator.app import reporting

        return reporting.in_full(self.store, name, claims, drawn)

    def report_parts(
        self, name: str | None = None, claims: Sequence[str] | None = None, *, drawn: bool = True
    ) -> Iterator[FullReport]:
        """A report of the analyst's, by title or id, or one of all claims, a hundred claims at a time.

        claims: tell these instead, by UUID, foreign id or handle (C12). drawn: with the graph and
        the time line of each. It is read of a private copy, one part in memory. The last parts
        tell no claims: marks that name nobody.
        """
        from annotator.app import reporting

        return reporting.in_parts(self.store, name, claims, drawn)

    def report_size(self, name: str | None = None, claims: Sequence[str] | None = None) -> Size:
        """How much a report tells; what is large is for `write_report` or `report_parts`."""
        from annotator.app import reporting

        return reporting.size(self.store, name, claims)

    def write_report(
        self,
        out: PathLike,
        format: str,  # noqa: A002 - the word of the command line
        name: str | None = None,
        claims: Sequence[str] | None = None,
        without: Sequence[str] = (),
        progress: Progress | None = None,
    ) -> int:
        """Write a report of any size as an overview with parts in a folder beside it; returns how many.

        format: html or md. without: kinds of drawings that are left out. progress: told
        the parts so far; returns False to stop, which raises BulkCancelledError and leaves nothing behind.
        """
        from annotator.app import reporting

        return reporting.put_parts(self.store, Path(out), format, name, claims, without, progress)

    def check(self) -> Checked:
        """Verify the whole file and list its loose ends."""
        with _snapshot(self.store) as copy:
            found = damage(copy)
            try:
                facts = open_ends.facts_with_copies(copy)
            except UserError as error:
                return Checked(found or [Damage(error.code, error.details)], [], None)
            except (sqlite3.DatabaseError, ValueError, TypeError):
                if not found:
                    raise
                return Checked(found, [], None)
            return Checked(found, loose_ends(facts), facts)

    def count_anew(self) -> None:
        """Mend counters of marks that do not tell what is there."""
        count_anew(self.store)

    def saving(self, keep_days: int = KEPT_DAYS) -> Saving:
        """How large the project is, and how much smaller `pack` would make it."""
        return saving(self.store, keep_days)

    def pack(self, keep_days: int = KEPT_DAYS) -> Packed:
        """Make the file smaller: drop the images of what was done longer than so many days ago, and the gaps.

        Undo stops there from then on; a copy of the project as it was is kept beside it.
        """
        return pack(self.store, keep_days)

    def is_open_elsewhere(self) -> bool:
        """Whether another program holds the project for writing, so that what it does may be unfinished."""
        if self.store.path is None or not self.store.readonly:
            return False
        return ProjectLock(self.store.path).is_held()

    def history(self, mark: str | None = None, limit: int = ALL_OPERATIONS) -> list[Operation]:
        """Operations, newest first; with a mark (UUID, foreign id or handle), those that touched it.

        The mark may be one that was deleted since.
        """
        wanted = MarkId(naming.find_ever(self.store, "mark", mark)) if mark is not None else None
        return lists.history(self.store, mark=wanted, limit=limit)

    def undo(self, steps: int = 1, progress: Progress | None = None) -> list[Operation]:
        """Reverse the last operations; returns those it reversed, fewer where no more were left.

        progress: told the rows so far of a large one.
        """
        return _travel(self.store.next_undo, self.store.undo, steps, progress)

    def redo(self, steps: int = 1, progress: Progress | None = None) -> list[Operation]:
        """Bring back what undo took, in the manner of `undo`; returns the operations it brought back."""
        return _travel(self.store.next_redo, self.store.redo, steps, progress)


def _travel(
    following: Callable[[], Operation | None],
    step: Callable[[Progress | None], Change | None],
    steps: int,
    progress: Progress | None,
) -> list[Operation]:
    done: list[Operation] = []
    while len(done) < steps and (operation := following()):
        step(progress)
        done.append(operation)
    return done


def _completed(scheme: Mapping[str, Any] | None) -> dict[str, Any]:
    default = Scheme.default().data
    if scheme is None:
        return default
    check_file(scheme)
    lists_of_names = {name: default[name] for name in ("source_kinds", "region_kinds", "flags")}
    return Scheme({**lists_of_names, **scheme}).data


@contextmanager
def _snapshot(store: Store) -> Iterator[Store]:
    copy = store.snapshot()
    try:
        yield copy
    finally:
        copy.close()


def _ignore(code: str, **details: object) -> None:
    del code, details

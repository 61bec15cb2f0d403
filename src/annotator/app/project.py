"""`Project`: the Python interface, of the same power as the command line.

from annotator import Project

with Project.open("port.annotator") as project:
    project.import_("articles")
    project.export("marks.jsonl", "annotator-jsonl", where="label=denial")
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.app.giving import Giving
from annotator.app.open_project import OpenProject, unheard
from annotator.app.signing import working_as
from annotator.app.taking import PathLike, Taking
from annotator.domain.errors import UserError
from annotator.domain.facts import Facts
from annotator.domain.ids import MarkId
from annotator.domain.query import parse
from annotator.domain.report import FullReport, Size
from annotator.formats.registry import Loss, Options, Report, by_name
from annotator.store import export, lists, naming, open_ends
from annotator.store.bulk import Progress
from annotator.store.edits import make_versions
from annotator.store.imports import Imported
from annotator.store.journal import Operation
from annotator.store.newer import Newer, newer_versions
from annotator.store.one_state import Check, of_copy, of_one_state
from annotator.store.store import Change, Store

if TYPE_CHECKING:
    from annotator.app.reporting import Disputes

ALL_OPERATIONS = -1


class Project(OpenProject):
    """An open project file. `store` is for edits: `annotator.store.edits` and `.read` take it."""

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
        given = {"report": report or unheard, **(options or {})}
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
            giving.write(Path(out), report or unheard, options or {})
            return giving.losses

        # What a query finds is found by statements that others would have to wait for.
        return (of_copy if query else of_one_state)(self.store, give)

    def stats(self) -> dict[str, Any]:
        """The counts of `stats --json`."""
        with closing(self.store.snapshot()) as copy:
            return export.statistics(copy)

    def facts(self) -> Facts:
        """What maps and loose ends are computed from, with the numbers of handles."""
        with closing(self.store.snapshot()) as copy:
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

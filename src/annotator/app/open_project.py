"""The file of a project: made, opened, looked after, and given back."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from annotator.app.entering import entered
from annotator.app.identity import installed
from annotator.app.signing import work_as
from annotator.app.taking import PathLike
from annotator.domain.checks import LooseEnd, loose_ends
from annotator.domain.errors import UserError
from annotator.domain.facts import Facts
from annotator.domain.scheme import Scheme
from annotator.domain.scheme_files import check_file
from annotator.formats.registry import Report
from annotator.store import open_ends, read
from annotator.store.edits import set_preset, set_scheme
from annotator.store.lock import ProjectLock
from annotator.store.packing import KEPT_DAYS, Packed, Saving, pack, saving
from annotator.store.stages import Stages
from annotator.store.store import Store
from annotator.store.verify import Damage, count_anew, damage


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


class OpenProject:
    """What `Project` does with the file as a whole; `store` is what the file holds."""

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
        project = cls(Store.create(Path(path), installed(unheard)))
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
        identity = installed(report or unheard)
        project = cls(entered(path, identity, readonly, stages))
        for warning in project.store.warnings:
            (report or unheard)(warning.code, **warning.details)
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

    def check(self) -> Checked:
        """Verify the whole file and list its loose ends."""
        with closing(self.store.snapshot()) as copy:
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


def _completed(scheme: Mapping[str, Any] | None) -> dict[str, Any]:
    default = Scheme.default().data
    if scheme is None:
        return default
    check_file(scheme)
    lists_of_names = {name: default[name] for name in ("source_kinds", "region_kinds", "flags")}
    return Scheme({**lists_of_names, **scheme}).data


def unheard(code: str, **details: object) -> None:
    """A report nobody asked for."""
    del code, details

"""What the commands do, apart from the window's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from annotator.app import words
from annotator.app.console import (
    DONE,
    PARTLY,
    REFUSED,
    USAGE,
    complain,
    counter,
    end_line,
    exit_code,
    megabytes,
    opened,
    show,
    show_json,
)
from annotator.app.identity import failed_copies_folder
from annotator.app.project import Project
from annotator.app.taking import printable
from annotator.domain.errors import UserError
from annotator.domain.messages import sentence
from annotator.domain.summary import Summary
from annotator.formats import registry
from annotator.formats.registry import Loss
from annotator.formats.scheme_file import read_scheme
from annotator.store import failed_copies
from annotator.store.imports import Imported
from annotator.store.journal import Operation
from annotator.store.naming import called
from annotator.store.packing import KEPT_DAYS
from annotator.store.verify import COUNTERS, Damage, unfinished

NOTICES = frozenset(
    {
        "brat-configuration-unreadable",
        "control-characters-replaced",
        "encoding-guessed",
        "manifest-row-without-text",
        "mark-reanchored",
        "name-pattern-does-not-fit",
        "query-condition-unknown",
        "text-nearly-there",
        "text-there-already",
        "text-without-manifest-row",
        "texts-not-compared",
    }
)
"""What a reader reports without leaving anything out of what it reads."""


def new(path: Path, preset: str | None, scheme: Path | None) -> int:
    """Make a project file."""
    data = read_scheme(scheme) if scheme else None
    Project.create(path, preset, data).close()
    click.echo(f"Made {printable(path)}.", err=True)
    return DONE


class _Heard:
    """What readers report during an import: said at once, kept for the JSON and the exit code."""

    def __init__(self) -> None:
        self.notices: list[dict[str, Any]] = []
        self.failed: list[dict[str, Any]] = []
        self.left_out = 0
        self.empty = 0
        self.errors: list[UserError] = []

    def report(self, code: str, **details: object) -> None:
        """A repair, a guess, or something left out."""
        self.left_out += code not in NOTICES
        self.empty += code == "zero-width-mark"
        error = UserError(code, **details)
        self.notices.append({"code": code, "message": sentence(error), **details})
        self._say(error)

    def refused(self, path: Path, error: UserError) -> None:
        """A file none of which was taken."""
        self.errors.append(error)
        place = {"path": printable(path), "code": error.code, "message": sentence(error)}
        self.failed.append(place)
        self._say(error)

    def _say(self, error: UserError) -> None:
        end_line()
        complain(error.code, **error.details)

    def exit_code(self, done: Imported) -> int:
        if self.errors and not done.added and not done.skipped:
            codes = Counter(map(exit_code, self.errors))
            return REFUSED if REFUSED in codes else USAGE
        return PARTLY if self.errors or self.left_out else DONE


def import_(
    path: Path,
    inputs: Sequence[Path],
    format_: str | None,
    annotator: str | None,
    manifest: Path | None,
    title: str | None,
    as_json: bool,
    reanchor: bool,
    link_versions: bool,
) -> int:
    """Take files in and say what came of it."""
    heard = _Heard()
    with opened(path, annotator=annotator, report=complain) as project:
        done = project.import_(
            inputs,
            format_ or (None if title is None else "text"),
            manifest=manifest,
            options=None if title is None else {"title": title},
            reanchor=reanchor,
            report=heard.report,
            refused=heard.refused,
            progress=counter("records"),
        )
        linked = project.link_versions(done.articles) if link_versions else []
        told = [words.version(project.store, *one) for one in linked]
    end_line()
    done.refused += heard.empty
    if as_json:
        show_json(
            {
                "added": dict(done.added),
                "skipped": dict(done.skipped),
                "articles": [*done.articles],
                "reanchored": done.reanchored,
                "refused": done.refused,
                "notices": heard.notices,
                "failed": heard.failed,
            }
            | ({"versions": [words.version_json(*one) for one in linked]} if link_versions else {})
        )
    elif done.added or done.skipped or not heard.errors:
        show("\n".join([*words.imported(done), *told]))
    return heard.exit_code(done)


def export(path: Path, out: Path, format_: str, where: str | None, strict: bool) -> int:
    """Write a file or folder, after saying what it cannot hold."""
    left_out = 0

    def report(code: str, **details: object) -> None:
        nonlocal left_out
        left_out += code not in NOTICES
        end_line()
        complain(code, **details)

    with opened(path, readonly=True) as project:

        def announce(found: list[Loss]) -> None:
            end_line()
            for line in words.losses(format_, found, partial(called, project.store)):
                click.echo(line, err=True)

        progress = counter("records")
        project.export(out, format_, where, strict, report=report, announce=announce, progress=progress)
    end_line()
    click.echo(f"Wrote {printable(out)}.", err=True)
    return PARTLY if left_out else DONE


def formats(as_json: bool) -> int:
    """List the formats, and on stderr those that could not be loaded."""
    everything = Summary.of_everything()
    rows = []
    for one in registry.formats().values():
        found = one.losses(everything) if one.writes else []
        rows.append(
            {
                "name": one.name,
                "suffixes": list(one.suffixes),
                "reads": one.reads,
                "writes": one.writes,
                "loses": [loss.code for loss in found if not loss.beside],
                "beside": {loss.code: loss.beside for loss in found if loss.beside},
            }
        )
    for broken in registry.broken_formats():
        complain("format-broken", name=broken.name, package=broken.package, reason=broken.reason)
    if as_json:
        show_json(rows)
    else:
        show("\n".join(words.formats(rows)))
    return DONE


def stats(path: Path, as_json: bool) -> int:
    """Count what there is."""
    with opened(path, readonly=True) as project:
        counts = project.stats()
    if as_json:
        show_json(counts)
    else:
        show("\n".join(words.statistics(counts)))
    return DONE


def check(path: Path, as_json: bool, pack_days: int | None = None) -> int:
    """Verify the file, and pack it if it is sound and so many days are given.

    A file too damaged to open is damage found, not a refusal.
    """
    packed: dict[str, int]
    if failed := failed_copies.noted(failed_copies_folder(), path):
        complain(failed.code, **failed.details)
    try:
        with opened(path, readonly=pack_days is None, report=complain) as project:
            found = project.check()
            packed = _packed(project, pack_days, path) if found.ok else {}
            for name in [] if project.is_open_elsewhere() else unfinished(project.store):
                complain("operation-unfinished", path=printable(path), name=name)
    except UserError as error:
        if error.code != "project-damaged":
            raise
        _show_check(as_json, [{"code": error.code, "message": sentence(error), **error.details}], [], {})
        return PARTLY
    damage = [
        {"code": one.code, "message": sentence(UserError(one.code, **one.details)), **one.details}
        for one in _mended(path, found.damage)
    ]
    ends = words.loose_ends_json(found.facts, found.loose_ends) if found.facts else []
    if pack_days is not None and damage:
        complain("not-packed", path=printable(path))
    _show_check(as_json, damage, ends, packed)
    return PARTLY if damage else DONE


def _mended(path: Path, found: list[Damage]) -> list[Damage]:
    """The damage that is left once counters are mended; a file with other damage is left as it is."""
    if not found or any(COUNTERS not in (one.code, one.details.get("like")) for one in found):
        return found
    try:
        with opened(path, report=complain) as project:
            project.count_anew()
    except UserError:
        return found
    complain("counters-mended", path=printable(path))
    return []


def _packed(project: Project, days: int | None, path: Path) -> dict[str, int]:
    """Pack where it is asked for; otherwise say what that would save, where it is much."""
    if days is None:
        could = project.saving()
        if could.is_worth_it:
            size, saved = megabytes(could.size), megabytes(could.saved)
            complain("packing-saves", path=printable(path), size=size, saved=saved, days=KEPT_DAYS)
        return {}
    done = project.pack(days)
    before, after = megabytes(done.before), megabytes(done.after)
    backup = printable(done.backup or "")
    complain("packed", operations=done.operations, before=before, after=after, backup=backup)
    return {"bytes": done.after, "saved": done.before - done.after, "operations": done.operations}


def salvage(path: Path, out: Path) -> int:
    """Save what can still be read of a damaged project; the damaged file stays as it is."""
    from annotator.store.salvage import salvage as save

    result = save(path, out)
    for table in ("article", "mark", "link", "source", "proposition"):
        if result.saved[table] or result.lost[table]:
            show(f"{table}: {result.saved[table]} saved, {result.lost[table]} lost")
    show(f"Made {printable(out)}.")
    return PARTLY if +result.lost else DONE


def _show_check(
    as_json: bool, damage: list[dict[str, Any]], ends: list[dict[str, str]], packed: dict[str, int]
) -> None:
    if as_json:
        extra = {"packed": packed} if packed else {}
        show_json({"ok": not damage, "damage": damage, "loose_ends": ends, **extra})
        return
    show(f"Damage ({len(damage)}):" if damage else "The file is sound.")
    for one in damage:
        show(f"  {one['message']}")
    show(f"Loose ends ({len(ends)}):" if ends else "No loose ends.")
    for end in ends:
        show(f"  {end['message']}")


def history(path: Path, mark: str | None, as_json: bool) -> int:
    """List operations, newest first."""
    with opened(path, readonly=True) as project:
        found = project.history(mark)
        if as_json:
            show_json([words.operation_json(one) for one in found])
        else:
            for one in found:
                show(words.operation(project.store, one))
    return DONE


def undo(path: Path, steps: int) -> int:
    """Reverse operations and name each."""
    with opened(path, report=complain) as project:
        done = project.undo(steps, counter("rows"))
        end_line()
        return _told(project, "Undone", done, steps)


def redo(path: Path, steps: int) -> int:
    """Bring operations back and name each."""
    with opened(path, report=complain) as project:
        done = project.redo(steps, counter("rows"))
        end_line()
        return _told(project, "Redone", done, steps)


def _told(project: Project, verb: str, done: list[Operation], steps: int) -> int:
    for one in done:
        show(f"{verb}: {words.operation(project.store, one)}")
    if len(done) == steps:
        return DONE
    if verb == "Redone":
        complain("nothing-to-redo", done=len(done), steps=steps)
    elif seal := project.store.undo_stops_at():
        complain("undo-packed" if seal.is_packed else "undo-sealed", done=len(done), steps=steps, at=seal.at)
    else:
        complain("nothing-to-undo", done=len(done), steps=steps)
    return PARTLY

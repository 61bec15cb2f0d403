"""What the smaller commands do: making, writing and counting a project, its history and undo."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from annotator.app import words
from annotator.app.console import (
    DONE,
    NOTICES,
    PARTLY,
    Complaints,
    complain,
    counter,
    end_line,
    opened,
    say,
    show,
    show_json,
)
from annotator.app.project import Project
from annotator.app.taking import printable
from annotator.domain.summary import Summary
from annotator.formats import registry
from annotator.formats.registry import Loss
from annotator.formats.scheme_file import read_scheme
from annotator.store.journal import Operation
from annotator.store.naming import called


def new(path: Path, preset: str | None, scheme: Path | None) -> int:
    """Make a project file."""
    data = read_scheme(scheme) if scheme else None
    Project.create(path, preset, data).close()
    say(f"Made {printable(path)}.")
    return DONE


def export(path: Path, out: Path, format_: str, where: str | None, strict: bool) -> int:
    """Write a file or folder, after saying what it cannot hold."""
    left_out, complaints = 0, Complaints()

    def report(code: str, **details: object) -> None:
        nonlocal left_out
        left_out += code not in NOTICES
        complaints.add(code, **details)

    with complaints, opened(path, readonly=True) as project:

        def announce(found: list[Loss]) -> None:
            end_line()
            for line in words.losses(format_, found, partial(called, project.store)):
                say(line)

        progress = counter("records")
        project.export(out, format_, where, strict, report=report, announce=announce, progress=progress)
    say(f"Wrote {printable(out)}.")
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
        show(f"{verb}: {words.reversed_operation(project.store, one)}")
    if len(done) == steps:
        return DONE
    if verb == "Redone":
        complain("nothing-to-redo", done=len(done), steps=steps)
    elif seal := project.store.undo_stops_at():
        complain("undo-packed" if seal.is_packed else "undo-sealed", done=len(done), steps=steps, at=seal.at)
    else:
        complain("nothing-to-undo", done=len(done), steps=steps)
    return PARTLY

"""What the commands `map` and `report` do."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.app.console import DONE, complain, show
from annotator.app.project import Project, printable
from annotator.domain.errors import UserError
from annotator.formats.files import write_file
from annotator.formats.reports import writers


def map_(path: Path, claim: str | None, format_: str, out: Path | None) -> int:
    """Show or write the dispute map."""
    with Project.open(path, readonly=True) as project:
        text = _text(project, claim, format_)
    if out is None:
        show(text.rstrip("\n"))
        return DONE
    _write(out, text.encode("utf-8"))
    return DONE


def _text(project: Project, claim: str | None, format_: str) -> str:
    if format_ == "json":
        return project.map_json(claim)
    if format_ == "svg":
        return project.map_svg(claim)
    report = project.report(claims=None if claim is None else [claim])
    return writers.by_name(format_).write(report).data.decode("utf-8")


def report(
    path: Path, out: Path, name: str | None, claims: tuple[str, ...], format_: str | None, strict: bool
) -> int:
    """Write a report; what its format had to leave out is said, and `strict` then writes nothing."""
    writer = writers.by_name(format_) if format_ else writers.for_file(out)
    with Project.open(path, readonly=True) as project:
        full = project.report(name, list(claims) or None)
    written = writer.write(full)
    loses = UserError("report-loses", title=writer.title, loses=writer.loses)
    if strict and (writer.loses or written.notices):
        raise loses
    if writer.loses:
        complain(loses.code, **loses.details)
    for code, details in written.notices:
        complain(code, **details)
    _write(out, written.data)
    return DONE


def _write(out: Path, data: bytes) -> None:
    def fill(part: Path) -> None:
        part.write_bytes(data)

    write_file(out, fill)
    click.echo(f"Wrote {printable(out)}.", err=True)

"""What the commands `map` and `report` do."""

from __future__ import annotations

from pathlib import Path

from annotator.app.console import (
    DONE,
    complain,
    counter,
    end_line,
    many,
    opened,
    say,
    show,
    show_exactly,
    show_json,
    show_piece,
)
from annotator.app.project import Project
from annotator.app.taking import printable
from annotator.domain.errors import UserError
from annotator.domain.report import DRAWINGS, FullReport, Size
from annotator.formats.reports import parted, writers
from annotator.formats.reports.written import Written


def map_(path: Path, claim: str | None, format_: str, out: Path | None) -> int:
    """Show or write the dispute map; as a file it is in parts where a report of it would be."""
    claims = None if claim is None else [claim]
    with opened(path, readonly=True) as project:
        if out is not None and format_ != "json":
            size = project.report_size(claims=claims)
            writers.require_fitting(format_, size)
            if size.is_large:
                without = DRAWINGS if format_ == "md" else ()
                _tell_written(out, size, _write_parts(project, out, format_, None, claims, without), False)
                return DONE
        if out is None and format_ == "md":
            project.tell_map(show_piece, claims)
            return DONE
        if out is None and format_ != "json" and (size := project.report_size(claims=claims)).is_large:
            writers.require_fitting(format_, size)
            raise UserError("map-too-large", claims=size.claims)
        text = _text(project, claims, format_)
    if out is None:
        (show_exactly if format_ == "json" else show)(text.rstrip("\n"))
        return DONE
    writers.put(Written(text.encode("utf-8")), out)
    say(f"Wrote {printable(out)}.")
    return DONE


def _text(project: Project, claims: list[str] | None, format_: str) -> str:
    if format_ == "json":
        return project.map_json(claims[0] if claims else None)
    report = project.report(claims=claims, drawn=format_ != "md")
    return writers.by_name(format_).write(report).data.decode("utf-8")


def report(
    path: Path,
    out: Path,
    name: str | None,
    claims: tuple[str, ...],
    format_: str | None,
    without: tuple[str, ...],
    strict: bool,
    as_json: bool,
) -> int:
    """Write a report; what its format had to leave out is said, and `strict` then writes nothing."""
    chosen, told = format_ or writers.name_for(out), list(claims) or None
    with opened(path, readonly=True) as project:
        size = project.report_size(name, told)
        writers.require_fitting(chosen, size)
        if size.is_large:
            parts = _write_parts(project, out, chosen, name, told, without)
        else:
            parts = 0
            full = project.report(name, told).without(without)
    if not size.is_large:
        _write(chosen, full, out, strict)
    _tell_written(out, size, parts, as_json)
    return DONE


def _write_parts(
    project: Project,
    out: Path,
    chosen: str,
    name: str | None,
    claims: list[str] | None,
    without: tuple[str, ...],
) -> int:
    """Write an overview with its parts, which are counted on the way; returns how many there are."""
    parts = project.write_report(out, chosen, name, claims, without, counter("parts"))
    end_line()
    return parts


def _tell_written(out: Path, size: Size, parts: int, as_json: bool) -> None:
    folder = out.with_name(parted.parts_folder_of(out)) if parts else None
    if as_json:
        written = {"report": str(out), "folder": str(folder) if folder else None}
        show_json(written | {"claims": size.claims, "parts": parts})
        return
    beside = f", an overview of {many(parts, 'part')} in {printable(folder)}" if folder else ""
    say(f"Wrote {printable(out)}{beside}.")


def _write(chosen: str, full: FullReport, out: Path, strict: bool) -> None:
    if chosen == writers.PDF:
        _start_qt()
        from annotator.ui.printing import write_pdf

        write_pdf(full, out, lambda _: True)
    else:
        _write_as(writers.by_name(chosen), full, out, strict)


def _write_as(writer: writers.Writer, full: FullReport, out: Path, strict: bool) -> None:
    if writer.pictures:
        full = _painted(full)
    written = writer.write(full, writers.folder_of(out))
    loses = UserError("report-loses", title=writer.title, loses=writer.loses)
    if strict and writer.loses:
        raise loses
    if strict and written.notices:
        raise UserError(written.notices[0][0], **written.notices[0][1])
    if writer.loses:
        complain(loses.code, **loses.details)
    for code, details in written.notices:
        complain(code, **details)
    writers.put(written, out)


def _painted(full: FullReport) -> FullReport:
    """The report with its drawings as pictures, where Qt can paint them here."""
    if not any(claim.drawn for claim in full.claims):
        return full
    try:
        _start_qt()
    except UserError as error:
        complain(error.code, **error.details)
        return full
    from annotator.ui.drawn import with_pictures

    return with_pictures(full, lambda _: True)


def _start_qt() -> None:
    """Let Qt draw in memory, whatever display there is. Raises UserError("report-needs-qt")."""
    try:
        from annotator.ui.application import application
    except ImportError as error:
        raise UserError("report-needs-qt", reason=str(error)) from error
    application(in_memory=True)

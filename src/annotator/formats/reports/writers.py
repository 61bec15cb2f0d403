"""The ways to write a report into a file, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from annotator.domain.errors import UserError
from annotator.domain.report import FullReport
from annotator.formats.reports.written import Written


class Writer(NamedTuple):
    """One way to write a report. loses: what it cannot express of any report, as one sentence or none."""

    name: str
    title: str
    suffix: str
    write: Callable[[FullReport], Written]
    loses: str = ""


def _of(module: str, function: str) -> Callable[[FullReport], Written]:
    """A writer whose module is loaded when it first writes."""

    def write(report: FullReport) -> Written:
        given = getattr(import_module(f"annotator.formats.reports.{module}"), function)(report)
        return given if isinstance(given, Written) else Written(str(given).encode("utf-8"))

    return write


WRITERS: Mapping[str, Writer] = {
    writer.name: writer
    for writer in (
        Writer("html", "Web page", ".html", _of("webpage", "page")),
        Writer("md", "Markdown", ".md", _of("markdown", "markdown")),
        Writer("docx", "Word (DOCX)", ".docx", _of("word", "word")),
        Writer(
            "claimreview",
            "ClaimReview (schema.org)",
            ".jsonld",
            _of("claimreview", "claim_reviews"),
            "It has claims with a verdict, who asserts them and where; no denials, grounds, quotes,"
            " relays or loose ends.",
        ),
        Writer(
            "aif",
            "Argument graph (AIF)",
            ".aif.json",
            _of("aif", "aif"),
            "It has claims, quotes and what joins them; no places in texts, dates, relays, certainty,"
            " judgements, comments, silence or attacks on sources.",
        ),
    )
}
"""Every way, in the order in which they are offered."""


def by_name(name: str) -> Writer:
    """The writer of a name. Raises UserError("report-format-unknown")."""
    if name not in WRITERS:
        raise UserError("report-format-unknown", name=name, names=list(WRITERS))
    return WRITERS[name]


def for_file(path: Path) -> Writer:
    """The writer whose suffix a file has. Raises UserError("report-format-unknown")."""
    for writer in WRITERS.values():
        if path.name.casefold().endswith(writer.suffix):
            return writer
    raise UserError("report-format-unknown", name=path.name, names=list(WRITERS))

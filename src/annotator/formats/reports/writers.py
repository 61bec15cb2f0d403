"""The ways to write a report into a file, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from annotator.domain.errors import UserError
from annotator.domain.report import FullReport, Size
from annotator.formats.files import write_file, write_folder
from annotator.formats.reports.parted import remove_parts
from annotator.formats.reports.written import Written


class Writer(NamedTuple):
    """One way to write a report.

    loses: what it cannot express of any report, as one sentence or none. folder: whether
    its drawings are files in a folder beside it. pictures: whether it shows them as PNG,
    which somebody has to paint before.
    """

    name: str
    title: str
    suffix: str
    made: Callable[..., Written]
    loses: str = ""
    folder: bool = False
    pictures: bool = False
    overview: Callable[..., Written] | None = None
    """Writes the overview of a report in parts; a way without one writes only what fits into one file."""

    def write(self, report: FullReport, folder: str = "") -> Written:
        """The file; its drawings go into the folder of that name beside it, where it has them so."""
        return self.made(report, folder) if self.folder else self.made(report)


def _of(module: str, function: str) -> Callable[..., Written]:
    """A writer whose module is loaded when it first writes."""

    def write(*given: object) -> Written:
        made = getattr(import_module(f"annotator.formats.reports.{module}"), function)(*given)
        return made if isinstance(made, Written) else Written(str(made).encode("utf-8"))

    return write


PDF = "pdf"
"""The name of the way that needs fonts and a painter, and stands in `ui.printing` therefore."""


def folder_of(out: Path) -> str:
    """The name of the folder beside a report in which its drawings are."""
    return f"{out.stem}-drawings"


def put(written: Written, out: Path) -> None:
    """Bring a report to its place, the files it shows into the folder beside it.

    The folder replaces the one of an earlier report of that name, and nothing else; its parts go,
    where that one had some.
    """

    def fill_folder(part: Path) -> None:
        for name, data in written.beside:
            (part / name).write_bytes(data)

    def fill(part: Path) -> None:
        part.write_bytes(written.data)
        if written.beside:
            write_folder(out.with_name(folder_of(out)), fill_folder, "report-drawings")

    write_file(out, fill)
    remove_parts(out)


WRITERS: Mapping[str, Writer] = {
    writer.name: writer
    for writer in (
        Writer("html", "Web page", ".html", _of("webpage", "page"), overview=_of("overviews", "page")),
        Writer(
            "md",
            "Markdown",
            ".md",
            _of("markdown", "markdown"),
            folder=True,
            overview=_of("overviews", "text"),
        ),
        Writer("docx", "Word (DOCX)", ".docx", _of("word", "word"), pictures=True),
        Writer(
            "svg",
            "Graph and time line (SVG)",
            ".svg",
            _of("drawn", "drawn"),
            "It has the graph and the time line of each claim; no context, judgements, loose ends or hashes.",
        ),
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
        raise UserError("report-format-unknown", name=name, names=[*WRITERS, PDF])
    return WRITERS[name]


def require_fitting(name: str, size: Size) -> None:
    """Refuse a report that is too large for one file, where the way to write it has no parts.

    Raises UserError("report-too-large").
    """
    if size.is_large and (name == PDF or WRITERS[name].overview is None):
        require_one_file(size, "PDF" if name == PDF else WRITERS[name].title)


def require_one_file(size: Size, title: str = "A report in one piece") -> None:
    """Refuse a report that is too large for one file. Raises UserError("report-too-large")."""
    if size.is_large:
        raise UserError("report-too-large", title=title, claims=size.claims)


def name_for(path: Path) -> str:
    """The name of the way to write a file with that suffix. Raises UserError("report-format-unknown")."""
    name = path.name.casefold()
    suffixes = {writer.suffix: writer.name for writer in WRITERS.values()} | {".pdf": PDF}
    found = next((suffixes[suffix] for suffix in suffixes if name.endswith(suffix)), None)
    if found is None:
        raise UserError("report-format-unknown", name=path.name, names=[*WRITERS, PDF])
    return found

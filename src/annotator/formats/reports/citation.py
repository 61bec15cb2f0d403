"""A mark or a claim to be pasted into what an analyst writes elsewhere: plain and rich text."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from annotator.domain.report import FullReport, Statement
from annotator.domain.sentences import as_quote
from annotator.formats.reports import wording
from annotator.formats.reports.apart import apart
from annotator.formats.reports.lines import Line, claim_lines
from annotator.formats.reports.wording import Run, Runs, is_address, joined, plain

_TAGS = {"title": "h2", "claim": "h3", "heading": "h4"}
_FACES = {"strong": "b", "title": "i", "quoted": "b"}
_LISTED = {"item": "• ", "detail": "  "}


class Citation(NamedTuple):
    """The same words twice: as plain text and as HTML without style, for the clipboard."""

    text: str
    html: str


def cite_mark(statement: Statement) -> Citation:
    """A quote with its speaker, chain, title, outlet, date and the address of its archived copy."""
    return _written([Line("text", _of_mark(statement))])


def cite_claims(report: FullReport) -> Citation:
    """Claims with everything said on them."""
    return _written([line for claim in report.claims for line in claim_lines(claim)])


def _of_mark(statement: Statement) -> Runs:
    passage, speaker = statement.passage, statement.speaker
    assert passage is not None  # noqa: S101 - marks have one
    quote = Run(apart(as_quote(passage.quote)))
    said: Runs = (quote,)
    if speaker is not None:
        said = (quote, Run(" — "), Run(apart(speaker.name), "strong"), Run(wording.chain(speaker)))
    printed = passage.article
    if printed is None:
        return said
    title = (Run(apart(printed.title), "title"),) if printed.title else ()
    url = printed.archive_url or printed.url
    address = (Run(url, "link", url),) if is_address(url) else plain(url)
    return joined(
        [said, joined([title, plain(apart(printed.outlet)), plain(printed.date), address], ", ")], ". "
    )


def _written(lines: Iterable[Line]) -> Citation:
    rows = list(lines)
    text = "\n".join(_LISTED.get(line.kind, "") + "".join(map(_text, line.runs)) for line in rows)
    return Citation(text, "\n".join(map(_html, rows)))


def _text(run: Run) -> str:
    """The words; an address that only the rich text would carry comes after them."""
    is_hidden = is_address(run.address) and run.address != run.text
    return f"{run.text}: {run.address}" if is_hidden else run.text


def _html(line: Line) -> str:
    inner = "".join(map(_run, line.runs))
    if line.kind in _LISTED:
        return f"<p>{escape(_LISTED[line.kind])}{inner}</p>"
    tag = _TAGS.get(line.kind, "p")
    return f"<{tag}>{inner}</{tag}>"


def _run(run: Run) -> str:
    words = escape(run.text)
    if run.face == "link":
        return f'<a href="{escape(run.address)}">{words}</a>' if is_address(run.address) else words
    tag = _FACES.get(run.face)
    return f"<{tag}>{words}</{tag}>" if tag else words

"""A report as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from typing import BinaryIO
from urllib.parse import quote

from annotator.domain.report import DRAWINGS, FullReport, Printed, by_handle
from annotator.domain.temporary import write_whole
from annotator.domain.text import without_controls
from annotator.formats.reports.apart import in_one_line
from annotator.formats.reports.drawn import one_drawn
from annotator.formats.reports.lines import (
    Line,
    article_lines,
    claim_lines,
    head_lines,
    lines,
    nobodys_head,
    nobodys_lines,
)
from annotator.formats.reports.parted import beside
from annotator.formats.reports.wording import Run, claims_in_all, is_address, text_of
from annotator.formats.reports.written import Written

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&]")
_OPENS_BLOCK = re.compile(r"^(\d*)([-+=.)])")
"""What would make a list or a heading of a paragraph that begins with it."""
_BEFORE = {
    "title": "# ",
    "claim": "## ",
    "heading": "### ",
    "text": "",
    "item": "- ",
    "detail": "  - ",
    "drawing": "",
}
_LISTED = ("item", "detail")


def markdown(report: FullReport, folder: str = "") -> Written:
    """The report as Markdown, in which every quoted character shows as itself.

    folder: the name of the one beside the file that gets the drawings, as SVG; without it there are none.
    """
    given = list(lines(report if folder else report.without(DRAWINGS)))
    files = [
        (_file(line), one_drawn(text_of(line.runs), line.drawing, report.kinds).encode())
        for line in given
        if line.drawing
    ]
    ways = " · ".join(f"[{words}](<{quote(address)}>)" for words, address in beside(report))
    places = _places(given, is_part=bool(ways))
    rows = "\n".join(_rows(given, folder, places, frozenset(report.elsewhere.values())))
    told = f"{ways}\n\n{rows}\n\n{ways}\n" if ways else f"{rows}\n"
    return Written(told.encode(), beside=tuple(files))


def put_aside(words: FullReport, parts: Iterable[FullReport], aside: BinaryIO) -> bytes:
    """Write what the parts of a report tell into a file, without drawings; returns what stands before it.

    Together they are the report as one Markdown file for a terminal, on which handles are words. One
    part at a time is in memory, and the articles.
    aside: a temporary file without a buffer (`domain.temporary`).
    """
    claims = disputed = unnamed = 0
    articles: set[Printed] = set()
    for part in parts:
        for claim in part.without(DRAWINGS).claims:
            write_whole(aside, _piece(claim_lines(claim)))
        if part.unnamed and not unnamed:
            write_whole(aside, _piece(nobodys_head()) + b"\n")
        write_whole(aside, _text(nobodys_lines(part.unnamed)))
        claims, unnamed = claims + len(part.claims), unnamed + len(part.unnamed)
        disputed += sum(claim.is_disputed for claim in part.claims)
        articles.update(part.articles)
    write_whole(aside, _piece(article_lines(by_handle(articles))))
    return _text(head_lines(words, claims_in_all(claims, disputed)))


def _piece(given: Iterable[Line]) -> bytes:
    """Lines that begin with a heading, with the blank line before it."""
    text = _text(given)
    return b"\n" + text if text else b""


def _text(given: Iterable[Line]) -> bytes:
    return "".join(f"{row}\n" for row in _rows(given, "")).encode()


def _places(given: Iterable[Line], *, is_part: bool) -> Set[str]:
    """The names of places in the file that something leads to; the overview leads to the claims of a part."""
    rows = list(given)
    there = {line.anchor for line in rows if line.anchor and not line.drawing}
    wanted = {run.address[1:] for line in rows for run in line.runs if run.address.startswith("#")}
    claims = {line.anchor for line in rows if line.kind == "claim"} if is_part else set()
    return there & (wanted | claims)


def _file(line: Line) -> str:
    return f"{line.anchor}.svg"


def _rows(
    given: Iterable[Line], folder: str, places: Set[str] = frozenset(), elsewhere: Set[str] = frozenset()
) -> Iterator[str]:
    """The lines of the file; what stands at places that something leads to has their names.

    elsewhere: addresses in other parts.
    """
    before, reached = "", {f"#{place}" for place in places} | elsewhere
    for line in given:
        is_item_after_item = line.kind in _LISTED and before in _LISTED
        if before and not is_item_after_item:
            yield ""
        words = "".join(_run(run, reached) for run in line.runs)
        if line.drawing:
            words = f"![{words}](<{quote(f'{folder}/{_file(line)}')}>)"
        if line.anchor in places:
            words = f'<a id="{line.anchor}"></a>{words}'
        yield _BEFORE[line.kind] + (_unopened(words) if line.kind == "text" else words)
        before = line.kind


def paragraph(words: str) -> str:
    """Words as a paragraph that shows exactly them."""
    return _unopened(escape(words))


def _unopened(words: str) -> str:
    return _OPENS_BLOCK.sub(r"\1\\\2", words)


def escape(text: str) -> str:
    """Words as one line of Markdown that shows exactly them."""
    return _SPECIAL.sub(_shown, without_controls(in_one_line(text)))


def _shown(special: re.Match[str]) -> str:
    return "\\" + special[0]


def _run(run: Run, reached: Set[str]) -> str:
    if run.face == "link":
        if run.address in reached:
            return f"[{escape(run.text)}]({run.address})"
        if not is_address(run.address):
            return escape(run.text)
        is_bare = run.address == run.text
        return f"<{run.address}>" if is_bare else f"[{escape(run.text)}](<{run.address}>)"
    words = escape(run.text)
    stripped = words.strip()
    sign = {"strong": "**", "quoted": "**", "title": "*"}.get(run.face, "")
    return f"{sign}{stripped}{sign}" if sign and stripped else words

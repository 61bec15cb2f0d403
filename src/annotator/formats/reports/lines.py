"""A report as lines in reading order, for writers that know headings, paragraphs and lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from types import MappingProxyType
from typing import Literal, NamedTuple

from annotator.domain.model import Ref
from annotator.domain.report import GROUNDS, SIDES, ClaimPart, Drawing, FullReport, Printed, Statement
from annotator.formats.reports import wording
from annotator.formats.reports.entries import Entries, anchors, entries_for, entries_of, linked
from annotator.formats.reports.wording import Runs, plain

_Head = Callable[[Statement], Runs]
Kind = Literal["title", "text", "claim", "heading", "item", "detail", "drawing"]


class Line(NamedTuple):
    """One line. Details belong to the item before them; anchor names the place for links to it."""

    kind: Kind
    runs: Runs
    anchor: str = ""
    drawing: Drawing | None = None
    """Stands below the words of a line of the kind "drawing"."""


def lines(report: FullReport) -> Iterator[Line]:
    """Everything a report says, from its title to the hashes of what it quotes, then its drawings."""
    yield from text_lines(report)
    drawn = [claim for claim in report.claims if claim.drawn]
    if drawn:
        yield Line("claim", plain(wording.DRAWN))
    for claim in drawn:
        yield Line("heading", plain(wording.claim_title(claim)), wording.drawings_anchor(claim))
        for (words, name), drawing in zip(wording.captions(claim), claim.drawn, strict=True):
            yield Line("drawing", plain(words), name, drawing)


def text_lines(report: FullReport) -> Iterator[Line]:
    """Everything a report says in words."""
    yield from head_lines(report, wording.summary(report))
    entries = entries_of(report)
    for claim in report.claims:
        yield from claim_lines(claim, entries)
    if report.unnamed:
        yield from nobodys_head()
    yield from nobodys_lines(report.unnamed)
    yield from article_lines(report.articles)


def head_lines(report: FullReport, summary: str) -> Iterator[Line]:
    """What stands before the claims."""
    yield Line("title", plain(report.title))
    yield from (Line("text", plain(part)) for part in (*report.lead, summary))


def nobodys_head() -> Iterator[Line]:
    """What stands before the marks that name nobody."""
    yield Line("claim", plain(wording.NOBODYS))
    yield Line("text", plain(wording.NOBODYS_REMARK))


def nobodys_lines(unnamed: Iterable[Statement]) -> Iterator[Line]:
    """Marks that name nobody, on any claim or none."""
    rows = list(unnamed)
    return _items(rows, wording.said, {}, {one.origin: one.handle for one in rows if one.origin})


def article_lines(articles: Sequence[Printed]) -> Iterator[Line]:
    """The articles quoted, with their hashes."""
    if articles:
        yield Line("claim", plain(wording.ARTICLES))
        yield Line("text", plain(wording.HASHES_REMARK))
    for printed in articles:
        yield Line("item", wording.article(printed), wording.article_anchor(printed))
        yield from (Line("detail", runs) for runs in wording.evidence(printed))


def claim_lines(claim: ClaimPart, entries: Entries = MappingProxyType({})) -> Iterator[Line]:
    """What a report says of one claim. entries: what else it tells, to which this leads."""
    entries, places = entries_for(claim, entries), anchors(claim)
    yield Line("claim", plain(wording.claim_title(claim)), claim.handle)
    yield Line("text", wording.standing(claim))
    for words in wording.remarks(claim):
        yield Line("text", linked(words, entries))
    if claim.drawn:
        yield Line("text", wording.drawn_at_end(claim))
    for side in SIDES:
        yield from _group(wording.HEADINGS[side], claim.on(side), wording.said, entries, places)
    yield from _group(wording.UNNAMED, claim.unnamed, wording.unnamed_said, entries, places)
    for side in GROUNDS:
        yield from _group(wording.HEADINGS[side], claim.on(side), wording.said, entries, places)
    yield from _list("Judgements", map(wording.judgement, claim.judged))
    yield from _list("Still open", claim.loose_ends)


def _group(
    heading: str, statements: Iterable[Statement], head: _Head, entries: Entries, places: dict[Ref, str]
) -> Iterator[Line]:
    rows = list(statements)
    if rows:
        yield Line("heading", plain(heading))
        yield from _items(rows, head, entries, places)


def _items(
    statements: Iterable[Statement], head: _Head, entries: Entries, places: dict[Ref, str]
) -> Iterator[Line]:
    """Statements as items; the place of each is taken, so that no other has it."""
    for statement in statements:
        place = places.pop(statement.origin, "") if statement.origin else ""
        yield Line("item", head(statement), place)
        yield Line("detail", linked(wording.place(statement), entries))
        if statement.passage and (around := wording.context(statement.passage)):
            yield Line("detail", around)
        for judged in statement.judged:
            yield Line("detail", plain(wording.judgement(judged)))


def _list(heading: str, rows: Iterable[str]) -> Iterator[Line]:
    found = list(rows)
    if found:
        yield Line("heading", plain(heading))
    yield from (Line("item", plain(words)) for words in found)

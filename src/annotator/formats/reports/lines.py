"""A report as lines in reading order, for writers that know headings, paragraphs and lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from annotator.domain.report import GROUNDS, SIDES, ClaimPart, Drawing, FullReport, Printed, Statement
from annotator.formats.reports import wording
from annotator.formats.reports.wording import Runs, plain

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
    for claim in report.claims:
        yield from claim_lines(claim)
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
    return _items(unnamed, wording.said)


def article_lines(articles: Sequence[Printed]) -> Iterator[Line]:
    """The articles quoted, with their hashes."""
    if articles:
        yield Line("claim", plain(wording.ARTICLES))
        yield Line("text", plain(wording.HASHES_REMARK))
    for printed in articles:
        yield Line("item", wording.article(printed), wording.article_anchor(printed))
        yield from (Line("detail", runs) for runs in wording.evidence(printed))


def claim_lines(claim: ClaimPart) -> Iterator[Line]:
    """What a report says of one claim."""
    yield Line("claim", plain(wording.claim_title(claim)), claim.handle)
    yield Line("text", wording.standing(claim))
    for words in wording.remarks(claim):
        yield Line("text", plain(words))
    if claim.drawn:
        yield Line("text", wording.drawn_at_end(claim))
    for side in SIDES:
        yield from _group(wording.HEADINGS[side], claim.on(side), wording.said)
    yield from _group(wording.UNNAMED, claim.unnamed, wording.unnamed_said)
    for side in GROUNDS:
        yield from _group(wording.HEADINGS[side], claim.on(side), wording.said)
    yield from _list("Judgements", map(wording.judgement, claim.judged))
    yield from _list("Still open", claim.loose_ends)


def _group(
    heading: str, statements: Iterable[Statement], head: Callable[[Statement], Runs]
) -> Iterator[Line]:
    rows = list(statements)
    if rows:
        yield Line("heading", plain(heading))
        yield from _items(rows, head)


def _items(statements: Iterable[Statement], head: Callable[[Statement], Runs]) -> Iterator[Line]:
    for statement in statements:
        yield Line("item", head(statement))
        yield Line("detail", wording.place(statement))
        if statement.passage and (around := wording.context(statement.passage)):
            yield Line("detail", around)
        for judged in statement.judged:
            yield Line("detail", plain(wording.judgement(judged)))


def _list(heading: str, rows: Iterable[str]) -> Iterator[Line]:
    found = list(rows)
    if found:
        yield Line("heading", plain(heading))
    yield from (Line("item", plain(words)) for words in found)

"""The time line of a claim as a figure: who said what when, and which articles printed it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from sys import maxsize
from typing import NamedTuple

from annotator.domain.briefs import said_on
from annotator.domain.dispute import ClaimBoard, Entry
from annotator.domain.echoes import Echo, echoes
from annotator.domain.facts import Facts
from annotator.domain.figure import LINE, Box, Caption, Figure, Point
from annotator.domain.ids import ArticleId, MarkId
from annotator.domain.model import Ref
from annotator.layout.figures import Told, joined_words
from annotator.layout.layered import Size
from annotator.layout.timeline import Event, Timeline, parts_of, timeline

_SIZE = Size(210, 4.6 * LINE)
_NAMES, _DATES = 170.0, 2.4 * LINE
"""The room that names of rows and columns take."""
_REMARK = 2 * LINE + 2
"""How far below a name its remark begins."""


class _Said(NamedTuple):
    """Statements that are drawn as one box: one, or what an echo says on one day."""

    stance: str
    entries: tuple[Entry, ...]
    echo: Echo | None


class _Line(NamedTuple):
    """All that stands on the time line of a claim: statements, and the articles that print them."""

    said: Mapping[Ref, _Said]
    printed: Mapping[ArticleId, Sequence[MarkId]]
    events: Sequence[Event[Ref]]


def timeline_figure(facts: Facts, board: ClaimBoard, told: Told, *, is_folded: bool = True) -> Figure:
    """The statements on a claim by who makes them and when, and the articles that print them.

    is_folded: what a voice that is not counted says on one day is one box.
    """
    line = _line(facts, board, told, is_folded)
    return _drawn(facts, line, line.events, told)


def timeline_parts(facts: Facts, board: ClaimBoard, told: Told, most: int) -> Iterator[Figure]:
    """The same, folded, in parts of at most so many columns: dates, then articles without one."""
    line = _line(facts, board, told, is_folded=True)
    for events in parts_of(line.events, most):
        yield _drawn(facts, line, events, told)


def _line(facts: Facts, board: ClaimBoard, told: Told, is_folded: bool) -> _Line:
    said = {Ref("mark", one.entries[0].mark): one for one in _statements(facts, board, is_folded)}
    printed = _printed(facts, said.values())
    entries = {ref: one.entries[0] for ref, one in said.items()}
    events = [
        _event(facts, Ref("article", row.id), told.name(row.outlet), row.date or "", row.id)
        for row in map(facts.articles.__getitem__, printed)
    ]
    events += [
        _event(facts, ref, told.name(entry.source), said_on(facts, entry), entry.article)
        for ref, entry in entries.items()
    ]
    events.sort(key=lambda event: _first_seen(facts, event, entries))
    return _Line(said, printed, events)


def _drawn(facts: Facts, line: _Line, events: Sequence[Event[Ref]], told: Told) -> Figure:
    laid = timeline(events, _SIZE, _NAMES, _DATES)
    boxes = [
        _statement(facts, ref, line.said[ref], corner, told)
        if ref in line.said
        else _article(facts, ArticleId(ref.id), line.printed[ArticleId(ref.id)], corner, told)
        for ref, corner in laid.corners.items()
    ]
    rules = tuple((Point(0, row.y), Point(laid.width, row.y)) for row in laid.rows)
    said = line.said.values()
    remarks = {told.name(one.entries[0].source): told.echo(one.echo) for one in said if one.echo}
    captions = (*_dates(facts, laid, told), *_names(laid, remarks))
    return Figure(laid.width, laid.height, tuple(boxes), (), captions, rules, _NAMES, _DATES)


def _event(facts: Facts, ref: Ref, row: str, date: str, article: ArticleId) -> Event[Ref]:
    """What was said or printed; without a date it stands with what its article holds."""
    return Event(ref, row, date, "" if date else article)


def _first_seen(facts: Facts, event: Event[Ref], entries: Mapping[Ref, Entry]) -> tuple[str, str, str, int]:
    """By date; without one by when the articles are known to have been there, then as it stands there."""
    entry = entries.get(event.key)
    article = entry.article if entry else ArticleId(event.key.id)
    place = facts.marks[entry.mark].spans[0].start if entry else maxsize
    return event.date or "~", _known(facts, article) or "~", article, place


def _known(facts: Facts, article: ArticleId) -> str:
    """The first date known of an article: its own, of its change, or of its being fetched; or none."""
    row = facts.articles.get(article)
    return (row and (row.date or row.updated or row.retrieved)) or ""


def _statements(facts: Facts, board: ClaimBoard, is_folded: bool) -> list[_Said]:
    heard = {(echo.stance, mark): echo for echo in echoes(board) for mark in echo.marks}
    together: dict[tuple[object, ...], _Said] = {}
    for stance, entry in _entries(board):
        echo = heard.get((stance, entry.mark))
        fold = (stance, entry.source, said_on(facts, entry)) if echo and is_folded else (entry.mark,)
        before = together.get(fold)
        entries = (*before.entries, entry) if before else (entry,)
        together[fold] = _Said(stance, entries, echo)
    return list(together.values())


def _entries(board: ClaimBoard) -> Iterator[tuple[str, Entry]]:
    sides = (
        ("support", board.asserts),
        ("deny", board.denies),
        ("query", board.queries),
        ("comment", board.comments),
        ("silence", board.silent),
    )
    for stance, side in sides:
        yield from ((stance, entry) for entry in side)
    yield from board.without_source


def _printed(facts: Facts, said: Iterable[_Said]) -> dict[ArticleId, list[MarkId]]:
    """The articles of known outlets, each with the statements that stand in it."""
    found: dict[ArticleId, list[MarkId]] = {}
    for one in said:
        for entry in one.entries:
            article = facts.articles.get(entry.article)
            if article is not None and article.outlet is not None:
                found.setdefault(article.id, []).append(entry.mark)
    return found


def _statement(facts: Facts, ref: Ref, said: _Said, corner: Point, told: Told) -> Box:
    first = said.entries[0]
    chain = told.via(first.relays) if first.relays else ""
    article = facts.handle("article", first.article) if first.article in facts.articles else ""
    foot = " · ".join(filter(None, (facts.handle(*ref), article, chain)))
    words = joined_words(facts.marks[first.mark].quotes)
    more, is_echo = len(said.entries) - 1, said.echo is not None
    return Box(ref, "mark", said.stance, *corner, *_SIZE, "", words, foot, more, is_echo)


def _article(facts: Facts, article: ArticleId, marks: Sequence[MarkId], corner: Point, told: Told) -> Box:
    handles = [facts.handle("mark", mark) for mark in marks]
    ref = Ref("article", article)
    title = facts.articles[article].title or ""
    return Box(ref, "article", "article", *corner, *_SIZE, facts.handle(*ref), title, told.prints(handles))


def _dates(facts: Facts, laid: Timeline[Ref], told: Told) -> Iterator[Caption]:
    for column in laid.columns:
        heading, remark = column.date, told.later(column.days) if column.days else ""
        if not column.date:
            heading, remark = _undated(facts, ArticleId(column.shelf), told)
        yield Caption(Point(column.x, 0), _SIZE.width, heading, is_heading=True)
        if remark:
            yield Caption(Point(column.x, 1.1 * LINE), _SIZE.width, remark)


def _undated(facts: Facts, article: ArticleId, told: Told) -> tuple[str, str]:
    """What heads statements without a date: their article, and until when it was printed, if known."""
    if article not in facts.articles:
        return told.undated(""), ""
    known = _known(facts, article)
    return told.undated(facts.handle("article", article)), told.at_latest(known) if known else ""


def _names(laid: Timeline[Ref], remarks: Mapping[str, str]) -> Iterator[Caption]:
    for row in laid.rows:
        yield Caption(Point(0, row.y + 6), _NAMES - 10, row.name)
        if row.name in remarks:
            yield Caption(Point(0, row.y + 6 + _REMARK), _NAMES - 10, remarks[row.name])

"""The graph and the time line of a claim as figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from annotator.domain.briefs import said_on
from annotator.domain.dispute import ClaimBoard, Entry
from annotator.domain.facts import Facts
from annotator.domain.figure import LINE, Box, Caption, Figure, Point, Stroke
from annotator.domain.ids import ExhibitId, MarkId, PropositionId, SourceId
from annotator.domain.model import Ref
from annotator.domain.neighbours import SPEAKS_FOR, Neighbourhood
from annotator.domain.voices import identity
from annotator.layout.layered import Size, layered
from annotator.layout.timeline import Event, timeline

NameOf = Callable[[SourceId | None], str]
"""What a source is called where it is shown; None is nobody named."""

_SIZES = {
    "source": Size(180, 2.6 * LINE),
    "mark": Size(230, 4.9 * LINE),
    "exhibit": Size(190, 3.8 * LINE),
    "proposition": Size(240, 5.2 * LINE),
}
_STATEMENT = Size(210, 4.6 * LINE)
_NAMES, _DATES = 150.0, 2.4 * LINE
"""The room that names of rows and columns take on a time line."""


def graph_figure(facts: Facts, graph: Neighbourhood, name_of: NameOf) -> Figure:
    """The neighbourhood of a claim: owners at the left, the claim at the right."""
    sizes = {ref: _SIZES[ref.table] for ref in graph.nodes}
    edges = [
        (edge.target, edge.origin) if edge.kind == SPEAKS_FOR else (edge.origin, edge.target)
        for edge in graph.edges
    ]
    laid = layered(sizes, edges)
    boxes = [
        _box(facts, graph, ref, laid.corners[ref], sizes[ref], name_of)
        for ref in sorted(graph.nodes, key=lambda one: (laid.corners[one].x, laid.corners[one].y))
    ]
    strokes = [
        Stroke(route[::-1] if edge.kind == SPEAKS_FOR else route, edge.kind, edge.origin, edge.target)
        for edge, route in zip(graph.edges, laid.routes, strict=True)
    ]
    return Figure(laid.width, laid.height, tuple(boxes), tuple(strokes))


def timeline_figure(
    facts: Facts, board: ClaimBoard, name_of: NameOf, undated: str, later: Callable[[int], str]
) -> Figure:
    """The statements on a claim by who makes them and when; `undated` heads what has no date.

    later: how many days lie between two dates, in words.
    """
    said = list(_statements(board))
    entries = {Ref("mark", entry.mark): (stance, entry) for stance, entry in said}
    events = [Event(ref, name_of(entry.source), said_on(facts, entry)) for ref, (_, entry) in entries.items()]
    laid = timeline(events, _STATEMENT, _NAMES, _DATES)
    boxes = []
    for ref, corner in laid.corners.items():
        stance, entry = entries[ref]
        mark = facts.marks[entry.mark]
        outlet = _outlet(facts, entry, name_of)
        boxes.append(Box(ref, "mark", stance, *corner, *_STATEMENT, "", _words(mark.quotes), foot=outlet))
    captions = [
        Caption(
            Point(column.x, 0),
            _STATEMENT.width,
            column.date or undated,
            is_heading=True,
        )
        for column in laid.columns
    ]
    captions += [
        Caption(Point(column.x, 1.1 * LINE), _STATEMENT.width, later(column.days))
        for column in laid.columns
        if column.days
    ]
    captions += [Caption(Point(0, row.y + 8), _NAMES - 10, row.name) for row in laid.rows]
    rules = tuple((Point(0, row.y), Point(laid.width, row.y)) for row in laid.rows)
    return Figure(laid.width, laid.height, tuple(boxes), (), tuple(captions), rules, _NAMES, _DATES)


def _statements(board: ClaimBoard) -> Sequence[tuple[str, Entry]]:
    sides = (
        ("support", board.asserts),
        ("deny", board.denies),
        ("query", board.queries),
        ("comment", board.comments),
        ("silence", board.silent),
    )
    return [(stance, entry) for stance, side in sides for entry in side] + list(board.without_source)


def _box(facts: Facts, graph: Neighbourhood, ref: Ref, corner: Point, size: Size, name_of: NameOf) -> Box:
    head = text = foot = style = ""
    match ref.table:
        case "proposition":
            style, head = "proposition", facts.handle(*ref)
            text = facts.propositions[PropositionId(ref.id)].text
        case "source":
            style, head = "source", name_of(SourceId(ref.id))
            row = facts.sources.get(identity(facts, SourceId(ref.id)))
            foot = (row.role or "") if row and not row.confidential else ""
        case "exhibit":
            exhibit = facts.exhibits[ExhibitId(ref.id)]
            style, head = "exhibit", facts.handle(*ref)
            text = exhibit.title or exhibit.url or ""
        case _:
            mark = facts.marks[MarkId(ref.id)]
            style = graph.stances.get(ref, mark.label)
            head, text = facts.handle(*ref), _words(mark.quotes)
            article = facts.articles.get(mark.article)
            outlet = name_of(article.outlet) if article and article.outlet else ""
            date = str(mark.attributes.get("date") or (article.date if article else "") or "")
            foot = " · ".join(filter(None, (outlet, date)))
    more = graph.left_out.get(ref, 0)
    return Box(ref, ref.table, style, *corner, *size, head, text, foot, more)


def _outlet(facts: Facts, entry: Entry, name_of: NameOf) -> str:
    article = facts.articles.get(entry.article)
    outlet = name_of(article.outlet) if article and article.outlet else ""
    return " · ".join(filter(None, (facts.handle("mark", entry.mark), outlet)))


def _words(quotes: Sequence[str]) -> str:
    return " ".join(" … ".join(quotes).split())

"""The neighbourhood of a claim as a figure, and the words that figures need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from annotator.domain.briefs import said_at
from annotator.domain.echoes import Echo
from annotator.domain.facts import Facts
from annotator.domain.figure import LINE, Box, Figure, Point, Stroke
from annotator.domain.ids import ExhibitId, MarkId, PropositionId, SourceId
from annotator.domain.model import Ref
from annotator.domain.neighbours import SPEAKS_FOR, Neighbourhood
from annotator.domain.voices import identity
from annotator.layout.layered import Size, layered


class Told(NamedTuple):
    """The words of figures in the language of their reader.

    name: what a source is called; None is nobody named. echo: why a voice is not counted.
    via: through whom words come. prints: the handles of the statements that an article holds.
    undated: what heads statements without a date, from the handle of their article. at_latest:
    until when that was printed, where its change or its being fetched tells.
    later: how many days lie between two dates.
    """

    name: Callable[[SourceId | None], str]
    echo: Callable[[Echo], str]
    via: Callable[[Sequence[SourceId]], str]
    prints: Callable[[Sequence[str]], str]
    undated: Callable[[str], str]
    at_latest: Callable[[str], str]
    later: Callable[[int], str]


_LEANS = {"relays": "relays", "cites": "cites", "prints": "prints the same text as"}


def plain_words(name: Callable[[SourceId | None], str]) -> Told:
    """The words of figures in files, which are English like the rest of these."""
    return Told(
        name,
        lambda echo: f"not counted: {_LEANS[echo.leaning.how]} {', '.join(map(name, echo.leaning.on))}",
        lambda relays: f"via {', '.join(map(name, relays))}",
        lambda handles: f"prints {', '.join(handles)}",
        lambda article: f"undated · {article}" if article else "undated",
        lambda date: f"not after {date[:10]}",
        lambda days: "a day later" if days == 1 else f"{days} days later",
    )


_SIZES = {
    "source": Size(180, 2.6 * LINE),
    "mark": Size(230, 4.9 * LINE),
    "exhibit": Size(190, 3.8 * LINE),
    "proposition": Size(240, 5.2 * LINE),
}
_ACROSS = 110.0
"""How far columns of boxes are apart; words on lines stand between them."""


def graph_figure(facts: Facts, graph: Neighbourhood, told: Told) -> Figure:
    """The neighbourhood of a claim: owners at the left, the claim at the right."""
    edges = [
        (edge.target, edge.origin) if edge.kind == SPEAKS_FOR else (edge.origin, edge.target)
        for edge in graph.edges
    ]
    laid = layered({ref: _SIZES[ref.table] for ref in graph.nodes}, edges, across=_ACROSS)
    boxes = [
        _box(facts, graph, ref, laid.corners[ref], laid.sizes[ref], told)
        for ref in sorted(graph.nodes, key=lambda one: (laid.corners[one].x, laid.corners[one].y))
    ]
    strokes = [
        Stroke(route[::-1] if edge.kind == SPEAKS_FOR else route, edge.kind, edge.origin, edge.target)
        for edge, route in zip(graph.edges, laid.routes, strict=True)
    ]
    return Figure(laid.width, laid.height, tuple(boxes), tuple(strokes))


def _box(facts: Facts, graph: Neighbourhood, ref: Ref, corner: Point, size: Size, told: Told) -> Box:
    head = text = foot = style = ""
    echo = graph.echoes.get(ref)
    more = graph.left_out.get(ref, 0)
    match ref.table:
        case "proposition":
            style, head = "proposition", facts.handle(*ref)
            text = facts.propositions[PropositionId(ref.id)].text
        case "source":
            style, head = "source", told.name(SourceId(ref.id))
            row = facts.sources.get(identity(facts, SourceId(ref.id)))
            foot = (row.role or "") if row and not row.confidential else ""
        case "exhibit":
            exhibit = facts.exhibits[ExhibitId(ref.id)]
            style, head = "exhibit", facts.handle(*ref)
            text = exhibit.title or exhibit.url or ""
        case _:
            mark = facts.marks[MarkId(ref.id)]
            style = graph.stances.get(ref, mark.label)
            head, text = facts.handle(*ref), joined_words(mark.quotes)
            article = facts.articles.get(mark.article)
            outlet = told.name(article.outlet) if article and article.outlet else ""
            foot = " · ".join(filter(None, (said_at(facts, mark), outlet)))
            if echo is not None:
                foot, more = told.echo(echo), len(echo.marks) - 1
    return Box(ref, ref.table, style, *corner, *size, head, text, foot, more, echo is not None)


def joined_words(quotes: Sequence[str]) -> str:
    """The pieces of a mark in one line."""
    return " ".join(" … ".join(quotes).split())

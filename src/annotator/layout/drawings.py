"""The drawings of a claim for a report: its graph, and its time line in parts that fit on paper."""

from __future__ import annotations

from annotator.domain.dispute import DisputeMap
from annotator.domain.facts import Facts
from annotator.domain.ids import PropositionId, SourceId
from annotator.domain.neighbours import neighbourhood
from annotator.domain.report import GRAPH, TIMELINE, Drawing
from annotator.domain.voices import identity
from annotator.layout.dated import dates_of, timeline_figure
from annotator.layout.figures import graph_figure, plain_words

DATES = 4
"""How many dates stand beside one another in one part of a time line."""


def claim_drawings(facts: Facts, disputes: DisputeMap, claim: PropositionId) -> tuple[Drawing, ...]:
    """What there is to draw of a claim, in the words of reports and with the names the facts give."""
    board = next(board for board in disputes.claims if board.id == claim)

    def name_of(source: SourceId | None) -> str:
        row = None if source is None else facts.sources.get(identity(facts, source))
        return row.name if row is not None else "nobody named"

    told = plain_words(name_of)
    graph = graph_figure(facts, neighbourhood(facts, disputes, claim), told)
    dates = dates_of(facts, board)
    parts = [
        timeline_figure(facts, board, told, dates=dates[start : start + DATES])
        for start in range(0, len(dates), DATES)
    ]
    drawn = [Drawing(GRAPH, graph)] if graph.strokes else []
    return (*drawn, *(Drawing(TIMELINE, part) for part in parts))

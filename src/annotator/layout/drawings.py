"""The drawings of a claim for a report: its graph, and its time line in parts that fit on paper."""

from __future__ import annotations

from annotator.domain.dispute import DisputeMap
from annotator.domain.facts import Facts
from annotator.domain.ids import PropositionId, SourceId
from annotator.domain.neighbours import neighbourhood
from annotator.domain.report import GRAPH, TIMELINE, Drawing
from annotator.domain.voices import identity
from annotator.layout.dated import timeline_parts
from annotator.layout.figures import graph_figure, plain_words

COLUMNS = 4
"""How many dates, or articles without one, stand beside one another in one part of a time line."""


def claim_drawings(facts: Facts, disputes: DisputeMap, claim: PropositionId) -> tuple[Drawing, ...]:
    """What there is to draw of a claim, in the words of reports and with the names the facts give."""
    board = next(board for board in disputes.claims if board.id == claim)

    def name_of(source: SourceId | None) -> str:
        row = None if source is None else facts.sources.get(identity(facts, source))
        return row.name if row is not None else "nobody named"

    told = plain_words(name_of)
    graph = graph_figure(facts, neighbourhood(facts, disputes, claim), told)
    parts = timeline_parts(facts, board, told, COLUMNS)
    drawn = [Drawing(GRAPH, graph)] if graph.strokes else []
    return (*drawn, *(Drawing(TIMELINE, part) for part in parts))

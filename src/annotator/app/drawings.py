"""The dispute map drawn: the graph and the time line of each claim, as one SVG file."""

from __future__ import annotations

from annotator.domain.dispute import ClaimBoard, dispute_map
from annotator.domain.facts import Facts
from annotator.domain.ids import PropositionId, SourceId
from annotator.domain.neighbours import neighbourhood
from annotator.domain.voices import identity
from annotator.formats.drawing import Drawn, svg
from annotator.layout.dated import timeline_figure
from annotator.layout.figures import graph_figure, plain_words


def map_svg(facts: Facts, name: str, claim: PropositionId | None = None) -> str:
    """The graph and the time line of one claim, or of each claim below the other; `name` is the project's."""
    disputes = dispute_map(facts)
    boards = [board for board in disputes.claims if claim in (None, board.id)]

    def name_of(source: SourceId | None) -> str:
        row = None if source is None else facts.sources.get(identity(facts, source))
        if row is None:
            return "nobody named"
        return "a confidential source" if row.confidential else row.name

    told = plain_words(name_of)

    def drawn(board: ClaimBoard) -> Drawn:
        graph = graph_figure(facts, neighbourhood(facts, disputes, board.id), told)
        line = timeline_figure(facts, board, told)
        title = f"{facts.handle('proposition', board.id)} · {board.text or '(no sentence yet)'}"
        counts = f"{len(board.asserting.counted)} : {len(board.denying.counted)}"
        state = "Disputed" if board.is_disputed else "Undenied" if board.is_undenied else "Not disputed"
        figures = tuple(figure for figure in (graph, line) if figure.boxes)
        return Drawn(title, f"{state} · independent voices {counts}", figures)

    kinds = facts.scheme.link_kinds

    def kind_name(kind: str) -> str:
        return kinds[kind].name.lower() if kind in kinds else kind.replace("_", " ")

    parts = [drawn(board) for board in boards] or [Drawn("There are no claims yet.", "", ())]
    return svg(parts, f"Dispute map · {name}", kind_name)

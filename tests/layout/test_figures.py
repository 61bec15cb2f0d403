"""Graphs and time lines of three hundred claims: nothing covers anything else, and few lines cross."""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import pytest

from annotator.domain.dispute import DisputeMap, dispute_map
from annotator.domain.facts import Facts
from annotator.domain.figure import LABEL, LABEL_ROOM, Figure
from annotator.domain.ids import PropositionId, SourceId
from annotator.domain.neighbours import MOST, MOST_CLAIMS, SPEAKS_FOR, neighbourhood
from annotator.layout.dated import timeline_figure
from annotator.layout.figures import graph_figure, plain_words
from annotator.layout.layered import Size, layered
from tests.domain.graphs import Line, article, claim, mark, mention, source
from tests.domain.graphs import facts as graph_facts
from tests.looks.many_claims import CLAIMS, many_claims

EVERY = 13
"""Each so many-th claim is looked at."""


class Area(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Area") -> bool:
        is_beside = self.right <= other.left + 1e-6 or other.right <= self.left + 1e-6
        return not (is_beside or self.bottom <= other.top + 1e-6 or other.bottom <= self.top + 1e-6)


def name_of(source: SourceId | None) -> str:
    return str(source)


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts.of(many_claims())


@pytest.fixture(scope="module")
def disputes(facts: Facts) -> DisputeMap:
    return dispute_map(facts)


def graphs(facts: Facts, disputes: DisputeMap, depth: int) -> Iterator[Figure]:
    for number in range(0, CLAIMS, EVERY):
        found = neighbourhood(facts, disputes, PropositionId(f"p{number}"), depth)
        yield graph_figure(facts, found, plain_words(name_of))


def boxes(figure: Figure) -> list[Area]:
    return [Area(box.x, box.y, box.x + box.width, box.y + box.height) for box in figure.boxes]


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_no_box_and_no_words_on_a_line_cover_another(facts: Facts, disputes: DisputeMap, depth: int) -> None:
    for figure in graphs(facts, disputes, depth):
        corners = [stroke.label for stroke in figure.strokes]
        words = [Area(x, y, x + LABEL_ROOM, y + LABEL) for x, y in corners]
        assert not any(one.meets(other) for one, other in combinations([*boxes(figure), *words], 2))


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_a_graph_stays_small_however_many_claims_there_are(
    facts: Facts, disputes: DisputeMap, depth: int
) -> None:
    for figure in graphs(facts, disputes, depth):
        tables = [box.key.table for box in figure.boxes]
        assert tables.count("mark") <= MOST
        assert tables.count("proposition") <= MOST_CLAIMS + 1


def test_fewer_lines_cross_than_there_are_lines(facts: Facts, disputes: DisputeMap) -> None:
    for number in range(0, CLAIMS, EVERY):
        found = neighbourhood(facts, disputes, PropositionId(f"p{number}"), 3)
        edges = [
            (edge.target, edge.origin) if edge.kind == SPEAKS_FOR else (edge.origin, edge.target)
            for edge in found.edges
        ]
        laid = layered({ref: Size(200, 60) for ref in found.nodes}, edges)
        assert laid.crossings <= len(edges)


def test_nothing_on_a_time_line_covers_anything_else(facts: Facts, disputes: DisputeMap) -> None:
    for board in disputes.claims[::EVERY]:
        figure = timeline_figure(facts, board, plain_words(name_of))
        assert not any(one.meets(other) for one, other in combinations(boxes(figure), 2))
        rows = [one for one in figure.captions if one.at.y >= figure.top]
        assert all(one.at.x + one.width <= figure.left for one in rows)


def test_undated_statements_stand_by_their_articles_and_as_they_come_in_the_text() -> None:
    def said(name: str, where: str, start: int) -> Line:
        return mark(name, "claim", "lena", article=where, spans=[[start, start + 5]], quotes=["words"])

    lines = [
        claim(),
        source("lena"),
        article("a1", retrieved="2024-02-01"),
        article("a2", retrieved="2024-01-01"),
        said("m1", "a1", 40),
        said("m2", "a1", 10),
        said("m3", "a2", 90),
        *map(mention, ("m1", "m2", "m3")),
    ]
    known = graph_facts(lines)
    figure = timeline_figure(known, dispute_map(known).claims[0], plain_words(name_of))
    assert [one.text for one in figure.captions if one.at.y < figure.top] == [
        "undated · A2", "not after 2024-01-01", "undated · A1", "not after 2024-02-01",
    ]  # fmt: skip
    placed = sorted(figure.boxes, key=lambda box: (box.x, box.y))
    assert [box.key.id for box in placed] == ["m3", "m2", "m1"]

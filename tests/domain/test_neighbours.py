"""The graph about a claim: what is in it, what is left out, whatever the order of edits."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.dispute import dispute_map
from annotator.domain.ids import PropositionId
from annotator.domain.model import Ref
from annotator.domain.neighbours import RELAYS, SAYS, SPEAKS_FOR, Edge, Neighbourhood, neighbourhood
from tests.domain.graphs import (
    CLAIMS,
    Line,
    article,
    choruses,
    claim,
    facts,
    link,
    mark,
    mention,
    projects,
    source,
)

CLAIM = Ref("proposition", "p1")


def graph(lines: list[Line], depth: int = 1, most: int = 24, about: str = "p1") -> Neighbourhood:
    known = facts(lines)
    return neighbourhood(known, dispute_map(known), PropositionId(about), depth, most)


@settings(max_examples=60)
@given(projects() | choruses(), st.sampled_from(CLAIMS), st.integers(1, 2), st.integers(0, 6), st.randoms())
def test_a_graph_is_closed_bounded_and_independent_of_the_order_of_lines(
    lines: list[Line], about: str, depth: int, most: int, dice: random.Random
) -> None:
    found = graph(lines, depth, most, about)
    nodes = set(found.nodes)
    assert all({edge.origin, edge.target} <= nodes for edge in found.edges)
    assert len([one for one in nodes if one.table in ("mark", "exhibit")]) <= most
    assert found.stances.keys() <= nodes
    shuffled = graph(dice.sample(lines, len(lines)), depth, most, about)
    assert shuffled == found
    has_claim = any(line["id"] == about for line in lines)
    assert found.nodes[:1] == ((Ref("proposition", about),) if has_claim else ())


LINES = [
    source("state"),
    source("minister", affiliation="state"),
    source("agency"),
    source("expert"),
    article(),
    claim(),
    claim("p2", "Another claim"),
    claim("p3", "A third claim"),
    mark("m1", "claim", "expert", "agency", attributes={}),
    mark("m2", "denial", "minister", attributes={}),
    mark("m3", "evidence", "expert", attributes={}),
    mark("m4", "claim", "agency", attributes={}),
    mention("m1"),
    mention("m1", "support", "p3"),
    mention("m4", "support", "p3"),
    link("denies", "m2", "m1"),
    link("supports", "m3", "m1"),
    link("undermines", "m2", "expert", "source"),
]


def test_sources_speak_through_relays_for_owners_and_grounds_bear_on_marks() -> None:
    found = graph(LINES)
    one, two, three = (Ref("mark", name) for name in ("m1", "m2", "m3"))
    expert, agency = Ref("source", "expert"), Ref("source", "agency")
    assert set(found.edges) == {
        Edge(one, CLAIM, "support"),
        Edge(two, one, "denies"),
        Edge(three, one, "supports"),
        Edge(two, expert, "undermines"),
        Edge(expert, one, SAYS),
        Edge(expert, three, SAYS),
        Edge(agency, one, RELAYS),
        Edge(Ref("source", "minister"), two, SAYS),
        Edge(Ref("source", "minister"), Ref("source", "state"), SPEAKS_FOR),
    }
    assert found.stances == {one: "support", two: "deny"}


def test_a_wider_graph_also_shows_what_is_said_on_the_other_claims_of_its_marks() -> None:
    assert Ref("mark", "m4") not in graph(LINES).nodes
    assert Ref("mark", "m4") in graph(LINES, depth=2).nodes
    assert Ref("proposition", "p2") not in graph(LINES, depth=2).nodes


def test_what_there_is_no_room_for_is_counted_at_its_claim() -> None:
    found = graph(LINES, most=1)
    assert [node.id for node in found.nodes if node.table == "mark"] == ["m1"]
    assert found.left_out == {CLAIM: 2}


def test_of_many_statements_each_side_is_shown() -> None:
    many = [mark(f"a{n:02}", "claim", "expert", attributes={}) for n in range(30)]
    lines = [*LINES, *many, *(mention(one["id"]) for one in many)]
    shown = graph(lines, most=6).stances.values()
    assert "deny" in shown
    assert "support" in shown

"""Circular reporting: which voices only pass on others, and how the graph draws them as one."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.dispute import ClaimBoard, dispute_map
from annotator.domain.echoes import echoes
from annotator.domain.ids import PropositionId
from annotator.domain.model import Ref
from annotator.domain.neighbours import SAYS, Edge, Neighbourhood, neighbourhood
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

LINES = [
    source("expert"),
    source("paper", kind="outlet"),
    source("radio", kind="outlet"),
    article(),
    claim(),
    mark("m1", "claim", "expert", "paper"),
    mark("m2", "claim", "paper"),
    mark("m3", "claim", "paper"),
    mark("m4", "claim", "radio"),
    link("cites", "m4", "paper", "source"),
    *(mention(one) for one in ("m1", "m2", "m3", "m4")),
]


def board(lines: list[Line], about: str = "p1") -> ClaimBoard:
    return next(one for one in dispute_map(facts(lines)).claims if one.id == about)


def graph(lines: list[Line], *, is_folded: bool = True, most: int = 24) -> Neighbourhood:
    known = facts(lines)
    return neighbourhood(known, dispute_map(known), PropositionId("p1"), most=most, is_folded=is_folded)


def test_a_paper_that_relays_and_a_radio_that_cites_it_are_echoes_of_the_one_voice_that_is_counted() -> None:
    found = echoes(board(LINES))
    assert [(one.leaning.owner, one.leaning.how, one.marks, one.of) for one in found] == [
        ("paper", "relays", ("m2", "m3"), ("m1",)),
        ("radio", "cites", ("m4",), ("m2",)),
    ]


def test_the_graph_draws_an_echo_once_and_leads_it_to_where_it_comes_from_not_to_the_claim() -> None:
    found = graph(LINES)
    marks = [node.id for node in found.nodes if node.table == "mark"]
    assert marks == ["m1", "m2", "m4"]
    assert {ref.id for ref in found.echoes} == {"m2", "m4"}
    one, two, four = (Ref("mark", name) for name in ("m1", "m2", "m4"))
    assert Edge(two, one, "relays") in found.edges
    assert Edge(four, two, "cites") in found.edges
    assert Edge(Ref("source", "paper"), two, SAYS) in found.edges
    assert [edge.origin for edge in found.edges if edge.target == Ref("proposition", "p1")] == [one]


def test_on_demand_every_statement_of_an_echo_stands_for_itself() -> None:
    found = graph(LINES, is_folded=False)
    asserting = [edge.origin.id for edge in found.edges if edge.kind == "support"]
    assert asserting == ["m1", "m2", "m3", "m4"]
    assert not found.echoes


def test_an_echo_whose_origin_has_no_room_leads_to_the_claim() -> None:
    lines = [line for line in LINES if line["id"] != "m3"]
    lines = [{**line, "id": "m9"} if line["id"] == "m1" else line for line in lines]
    lines = [{**line, "mark": "m9"} if line.get("mark") == "m1" else line for line in lines]
    found = graph(lines, most=1)
    assert [edge.kind for edge in found.edges if edge.target == Ref("proposition", "p1")] == ["support"]


def test_two_papers_that_cite_each_other_are_one_voice_and_its_echo() -> None:
    lines = [
        source("a"),
        source("b"),
        article(),
        claim(),
        mark("m1", "claim", "a"),
        mark("m2", "claim", "b"),
        link("cites", "m1", "b", "source"),
        link("cites", "m2", "a", "source"),
        mention("m1"),
        mention("m2"),
    ]
    (one,) = echoes(board(lines))
    assert (one.leaning.owner, one.of) == ("b", ("m1",))


@given(projects() | choruses(), st.sampled_from(CLAIMS))
def test_echoes_are_the_voices_that_are_not_counted_and_counted_ones_keep_their_statements(
    lines: list[Line], about: str
) -> None:
    for one in dispute_map(facts(lines)).claims:
        if one.id != about:
            continue
        for stance, side, voices in (
            ("support", one.asserts, one.asserting),
            ("deny", one.denies, one.denying),
        ):
            heard = [echo for echo in echoes(one) if echo.stance == stance]
            assert {echo.leaning.owner for echo in heard} == {leaning.owner for leaning in voices.leaning}
            folded = {mark for echo in heard for mark in echo.marks}
            rest = {entry.owner for entry in side if entry.mark not in folded}
            assert rest == set(voices.counted)

"""A question to the map narrows what is shown of a claim, and leaves the count of voices alone."""

import pytest

from annotator.domain.briefs import MapQuestion
from annotator.domain.dispute import dispute_map
from annotator.domain.narrowing import narrowed, shown_of
from tests.domain.graphs import article, claim, facts, link, mark, mention, source

FACTS = facts(
    [
        source("lantern", kind="outlet", name="The Daily Lantern"),
        source("wire", kind="outlet", name="Coast Wire"),
        source("state", name="Varna"),
        source("minister", name="Ivo Petrov", affiliation="state"),
        source("insider", name="Guard", confidential=True),
        article("a1", outlet="lantern", date="2031-05-02"),
        article("a2", outlet="wire"),
        claim(),
        mark("m1", "claim", "insider", "lantern"),
        mark("m2", "denial", "minister"),
        mark("m3", "claim", "state", article="a2", attributes={"date": "2031-06"}),
        mark("m4", "claim", article="a2"),
        mark("m5", "evidence", "minister", article="a2"),
        {"type": "exhibit", "id": "e1"},
        *(mention(one) for one in ("m1", "m3", "m4")),
        mention("m2", "deny"),
        link("supports", "m5", "m1"),
        link("supports", "e1", "m1"),
    ]
)
(WHOLE,) = dispute_map(FACTS).claims


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        (MapQuestion(), "m1 m2 m3 m4 m5 e1"),
        (MapQuestion(text="zebra", state="silence"), "m1 m2 m3 m4 m5 e1"),
        (MapQuestion(source="varna"), "m2 m3 m5 e1"),
        (MapQuestion(source="petrov"), "m2 m5 e1"),
        (MapQuestion(source="lantern"), "m1 e1"),
        (MapQuestion(source="guard"), "e1"),
        (MapQuestion(outlet="coast"), "m3 m4 m5 e1"),
        (MapQuestion(since="2031-05-03"), "m3 e1"),
        (MapQuestion(until="2031-05"), "m1 m2 e1"),
        (MapQuestion(since="2031-05", until="2031"), "m1 m2 m3 e1"),
        (MapQuestion(source="varna", outlet="lantern"), "m2 e1"),
    ],
)
def test_statements_and_grounds_are_kept_by_source_owner_relay_outlet_and_date(question, shown):
    board = narrowed(FACTS, WHOLE, question)
    entries = [*board.asserts, *board.denies, *(entry for _, entry in board.without_source)]
    grounds = [one.origin.id for one in (*board.grounds_for, *board.grounds_against)]
    assert sorted([*(entry.mark for entry in entries), *grounds]) == sorted(shown.split())
    assert (board.asserting, board.denying) == (WHOLE.asserting, WHOLE.denying)
    assert shown_of(board, WHOLE) == (len(entries), 4)

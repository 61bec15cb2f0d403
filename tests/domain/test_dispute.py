"""Who asserts, denies, asks and is silent; grounds; what follows from links."""

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.dispute import dispute_map
from annotator.domain.facts import Facts
from tests.domain.brute_force import brute_map
from tests.domain.graphs import (
    Line,
    article,
    choruses,
    claim,
    facts,
    link,
    mark,
    mention,
    projects,
    record,
    source,
)
from tests.formats.disputes import map_data

BASE = [article(outlet="paper"), *map(source, ("paper", "ministry", "factory", "expert")), claim()]


def whole(lines: list[Line]) -> dict[str, Any]:
    return map_data(dispute_map(facts(lines)))


def board(*lines: Line) -> dict[str, Any]:
    return whole([*BASE, *lines])["claims"][0]


def marks(entries: list[Line]) -> list[str]:
    return [entry["mark"] for entry in entries]


@settings(max_examples=300)
@given(projects() | choruses())
def test_the_map_is_what_a_naive_reading_of_the_lines_gives(lines: list[Line]) -> None:
    assert whole(lines) == brute_map(lines)


@given(projects() | choruses(), st.randoms(use_true_random=False))
def test_the_order_of_edits_does_not_matter(lines: list[Line], dice: random.Random) -> None:
    shuffled = dice.sample(lines, len(lines))
    assert dispute_map(facts(shuffled)) == dispute_map(facts(lines))


def renamed(value: Any, names: dict[str, str]) -> Any:
    """A line with other ids; what people wrote stays."""
    if isinstance(value, dict):
        return {key: one if key in ("name", "text") else renamed(one, names) for key, one in value.items()}
    if isinstance(value, list):
        return [renamed(one, names) for one in value]
    return names.get(value, value) if isinstance(value, str) else value


def in_order(lines: list[Line], was: dict[str, str]) -> list[Any]:
    """The marks of each side of each claim and the places of its voices there, under the ids of before."""
    return sorted(
        (
            was[one.id],
            [
                [
                    [was[entry.mark] for entry in said],
                    [
                        [entry.owner for entry in said].index(name)
                        for name in (*voices.counted, *voices.circles)
                    ],
                    [[entry.owner for entry in said].index(lean.owner) for lean in voices.leaning],
                ]
                for said, voices in ((one.asserts, one.asserting), (one.denies, one.denying))
            ],
            [was[entry.mark] for entry in (*one.queries, *one.comments, *one.silent)],
            [was[ground.origin.id] for ground in (*one.grounds_for, *one.grounds_against)],
            [was[attack.origin.id] for attack in one.attacks],
        )
        for one in dispute_map(facts(lines)).claims
    )


@given(projects() | choruses(), st.randoms(use_true_random=False))
def test_voices_and_cards_stand_in_the_same_order_whatever_ids_are_made(
    lines: list[Line], dice: random.Random
) -> None:
    for number, line in enumerate(lines):
        if line["type"] == "mark":
            line["spans"] = [[number, number + 1]]
        elif line["type"] == "exhibit":
            line["title"] = f"Picture {number}"
    ids = [line["id"] for line in lines if "id" in line]
    names = {one: f"{one}-{dice.random()}" for one in ids}
    others = dict(zip(ids, dice.sample([f"z{n:03}" for n in range(len(ids))], len(ids)), strict=True))
    before = in_order([renamed(line, names) for line in lines], {new: old for old, new in names.items()})
    after = in_order([renamed(line, others) for line in lines], {new: old for old, new in others.items()})
    assert before == after


def test_statements_come_by_date_and_place_and_undated_ones_last() -> None:
    lines = [
        *map(source, ("ministry", "factory", "expert", "mayor")),
        article("a1", date=None),
        article("a2", date="2024-05-01"),
        article("a3", date="2024-04"),
        claim(),
        mark("m1", "claim", "mayor", article="a1", spans=[[0, 5]]),
        mark("m2", "claim", "factory", article="a2", spans=[[9, 12]]),
        mark("m3", "claim", "ministry", article="a2", spans=[[2, 7]]),
        mark("m4", "claim", "expert", article="a3", spans=[[80, 90]]),
        *map(mention, ("m1", "m2", "m3", "m4")),
    ]
    (found,) = dispute_map(facts(lines)).claims
    assert [entry.mark for entry in found.asserts] == ["m4", "m3", "m2", "m1"]
    assert found.asserting.counted == ("expert", "ministry", "factory", "mayor")


def test_a_claim_with_one_who_asserts_and_one_who_denies_is_disputed() -> None:
    found = board(
        mark("m1", "claim", "expert"),
        mark("m2", "denial", "ministry"),
        mention("m1"),
        mention("m2", "deny"),
    )
    assert found["disputed"]
    assert found["asserts"] == [{"source": "expert", "owner": "expert", "mark": "m1"}]
    assert found["denies"] == [{"source": "ministry", "owner": "ministry", "mark": "m2"}]
    assert found["independent"] == {"asserts": 1, "denies": 1}


def test_a_denial_of_a_mark_denies_every_claim_that_mark_supports_and_no_other() -> None:
    found = whole(
        [
            *BASE,
            claim("p2"),
            claim("p3"),
            mark("m1", "claim", "expert"),
            mark("m2", "denial", "ministry"),
            mention("m1"),
            mention("m1", "support", "p2"),
            mention("m1", "query", "p3"),
            link("denies", "m2", "m1"),
        ]
    )
    assert [marks(one["denies"]) for one in found["claims"]] == [["m2"], ["m2"], []]


def test_a_denial_with_a_mention_of_its_own_gets_none_from_its_links() -> None:
    found = whole(
        [
            *BASE,
            claim("p2"),
            mark("m1", "claim", "expert"),
            mark("m2", "denial", "ministry"),
            mention("m1"),
            mention("m2", "deny", "p2"),
            link("denies", "m2", "m1"),
        ]
    )
    assert [marks(one["denies"]) for one in found["claims"]] == [[], ["m2"]]


def test_silence_is_never_a_denial() -> None:
    found = board(
        mark("m1", "claim", "expert"),
        mark("m2", "no_comment", "ministry"),
        mark("m3", "no_comment", "factory"),
        mark("m4", "no_comment", "paper"),
        mention("m1"),
        mention("m3", "comment"),
        mention("m4", "deny"),
        link("responds_to", "m2", "m1"),
        link("denies", "m2", "m1"),
    )
    assert not found["disputed"]
    assert found["denies"] == []
    assert found["silent"] == [
        {"source": "ministry", "mark": "m2"},
        {"source": "factory", "mark": "m3"},
        {"source": "paper", "mark": "m4"},
    ]


def test_a_comment_that_is_not_silence_stands_among_the_comments() -> None:
    found = board(mark("m1", "claim", "expert"), mention("m1", "comment"))
    assert marks(found["comments"]) == ["m1"]
    assert found["silent"] == []


def test_two_mentions_of_a_claim_by_one_mark_count_once() -> None:
    again = {**mention("m1"), "id": "again", "annotator": "second"}
    assert marks(board(mark("m1", "claim", "expert"), mention("m1"), again)["asserts"]) == ["m1"]


def test_evidence_for_a_denial_is_a_ground_against_the_claim() -> None:
    found = board(
        mark("m1", "claim", "expert"),
        mark("m2", "denial", "ministry"),
        mark("m3", "evidence", "ministry"),
        mark("m4", "evidence", "expert"),
        mark("m5", "evidence", "ministry"),
        {"type": "exhibit", "id": "e1"},
        mention("m1"),
        link("denies", "m2", "m1"),
        link("supports", "m3", "m2"),
        link("undermines", "m4", "m2"),
        link("undermines", "m5", "m1"),
        link("supports", "e1", "p1", "proposition"),
    )
    assert found["grounds"] == {"for": ["e1", "m4"], "against": ["m3", "m5"]}


def test_a_ground_is_one_hop_away_and_does_not_mention_the_claim_itself() -> None:
    found = board(
        *(mark(one, "claim", "expert") for one in ("m1", "m2", "m3", "m4", "m5")),
        mention("m1"),
        mention("m2"),
        mention("m4", "query"),
        link("supports", "m2", "m1"),
        link("supports", "m3", "m2"),
        link("supports", "m5", "m3"),
        link("undermines", "m5", "m4"),
    )
    assert found["grounds"] == {"for": ["m3"], "against": []}


def test_an_attack_on_a_source_is_no_ground_against_what_it_says() -> None:
    lines = [
        source("alias", same_as="expert"),
        mark("m1", "claim", "expert"),
        mark("m2", "denial", "ministry"),
        mark("m3", "denial", "factory"),
        mark("m4", "denial", "factory"),
        mention("m1"),
        link("undermines", "m2", "expert", "source"),
        link("undermines", "m3", "alias", "source"),
        link("undermines", "m4", "paper", "source"),
    ]
    found = board(*lines)
    assert found["grounds"] == {"for": [], "against": []}
    assert found["attacks_on_sources"] == [
        {"mark": "m2", "source": "expert"},
        {"mark": "m3", "source": "alias"},
    ]


def test_narration_belongs_to_the_outlet_and_other_words_without_source_to_nobody() -> None:
    found = whole(
        [
            *BASE,
            mark("m1", "claim", attributes={"quote": "none"}),
            mark("m2", "claim"),
            mark("m3", "denial", attributes={"quote": "mixed"}),
            mark("m4", "cue"),
            mention("m1"),
            mention("m2"),
            mention("m3", "deny"),
        ]
    )
    assert found["claims"][0]["asserts"] == [{"source": "paper", "owner": "paper", "mark": "m1"}]
    assert found["claims"][0]["disputed"] is False
    assert found["without_source"] == ["m2", "m3"]


def test_the_versions_of_an_article_count_as_one_work() -> None:
    lines = [
        article("a2", version_of="a1", outlet="paper"),
        mark("m1", "claim", "expert"),
        mark("m2", "claim", "ministry"),
        mark("m3", "claim", "expert", article="a2", quotes=["some better words"]),
        mark("m4", "evidence", quotes=["a crate"]),
        mark("m5", "evidence", article="a2", quotes=["a crate"]),
        mark("m6", "evidence", quotes=["a barrel"]),
        *map(mention, ("m1", "m2", "m3")),
        link("supports", "m4", "m1"),
        link("supports", "m5", "m3"),
        link("supports", "m6", "m1"),
    ]
    found = whole([*BASE, *lines])
    assert marks(found["claims"][0]["asserts"]) == ["m2", "m3"]
    assert found["claims"][0]["grounds"]["for"] == ["m5", "m6"]
    assert found["without_source"] == ["m5", "m6"]


def test_versions_that_go_round_in_a_circle_are_one_work() -> None:
    lines = [
        source("expert"),
        article("a1", version_of="a2"),
        article("a2", version_of="a1"),
        claim(),
        mark("m1", "claim", "expert"),
        mention("m1"),
    ]
    assert marks(whole(lines)["claims"][0]["asserts"]) == ["m1"]


def test_ends_that_are_missing_are_passed_over() -> None:
    lines = [
        claim(),
        mark("m1", "denial", "nobody-here"),
        mention("m1", "deny"),
        mention("m1", "deny", "p9"),
        link("denies", "m1", "m9"),
        link("supports", "m9", "m1"),
        link("undermines", "m9", "nobody-here", "source"),
    ]
    found = dispute_map(facts(lines)).claims[0]
    assert [entry.owner for entry in found.denies] == ["nobody-here"]
    assert found.grounds_against == ()


def test_facts_index_what_they_hold_by_either_end() -> None:
    lines = [*BASE, mark("m1"), mark("m2"), mention("m1"), link("supports", "m2", "m1")]
    found = Facts.of(map(record, lines))
    assert [row.id for row in found.links_to("m1")] == [row.id for row in found.links_from("m2", "supports")]
    assert [row.mark for row in found.mentions_by_proposition["p1"]] == ["m1"]
    assert [row.id for row in found.marks_by_article["a1"]] == ["m1", "m2"]
    assert found.handle("mark", "m2") == "M2"

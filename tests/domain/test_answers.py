"""The questions of an analyst, answered by the map and once more from the exported lines alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from hypothesis import example, given, settings

from annotator.domain.answers import attacked_not_answered
from annotator.domain.dispute import ClaimBoard, dispute_map
from annotator.domain.facts import Facts
from annotator.domain.ids import MarkId
from annotator.domain.resources import resource
from annotator.formats.jsonl import FORMAT
from tests.domain.brute_force import Brute
from tests.domain.graphs import Line, article, choruses, claim, facts, link, mark, mention, projects, source


def asked(lines: list[Line]) -> Line:
    """Disputed claims, independent voices, evidence that crosses articles, sources attacked, not answered."""
    brute = Brute(lines)
    name = brute.speaker
    found: Line = {"disputed": [], "voices": {}, "crossing": [], "attacked": {}}
    for one in sorted(brute.rows["proposition"]):
        board = brute.claim(one)
        if board["disputed"]:
            found["disputed"].append(one)
        found["voices"][one] = (board["independent"]["asserts"], board["independent"]["denies"])
        said = {mark: side for mark, side, on in brute.said() if on == one and side in ("asserts", "denies")}
        speaking = {mark for mark, _, on in brute.said() if on == one}
        for row in brute.links:
            start, end = row["from"].get("mark"), row["to"].get("mark")
            counts = row["kind"] in ("supports", "corroborates", "undermines") and start not in speaking
            if not (counts and start and end in said):
                continue
            if brute.marks[start]["article"] != brute.marks[end]["article"]:
                found["crossing"].append((one, start, row["id"]))
        deniers = {entry["owner"] for entry in board["denies"]}
        against: dict[str, set[str]] = {}
        for attack in [*board["attacks_on_sources"], *attacks_beside(brute, one, board)]:
            origin = brute.marks.get(attack["mark"])
            speaker = name(origin) if origin else None
            against.setdefault(attack["source"], set()).add(brute.owner(speaker) if speaker else "")
        found["attacked"][one] = sorted(who for who, owners in against.items() if not owners & deniers)
    found["crossing"] = sorted(set(found["crossing"]))
    return found


def attacks_beside(brute: Brute, claim: str, board: Line) -> list[Line]:
    """The attacks on who passes the claim on, and those by who answers it, whomever they are aimed at."""
    asserting = {entry["mark"] for entry in board["asserts"]}
    steps = [step for mark in asserting for step in brute.marks[mark]["attribution"][1:]]
    passing = {brute.end(step["source"], brute.same) for step in steps if step["source"]}
    answering = {mark for mark, side, on in brute.said() if on == claim and side != "asserts"}
    answering |= {
        row["from"].get("mark")
        for row in brute.links
        if row["kind"] == "responds_to" and row["to"].get("mark") in asserting
    }
    found = [
        {"mark": next(iter(row["from"].values())), "source": row["to"]["source"]}
        for row in brute.links
        if row["kind"] == "undermines" and "source" in row["to"]
        if row["from"].get("mark") in answering or brute.end(row["to"]["source"], brute.same) in passing
    ]
    return [one for one in found if one not in board["attacks_on_sources"]]


def answered(known: Facts) -> Line:
    boards = dispute_map(known).claims
    return {
        "disputed": [board.id for board in boards if board.is_disputed],
        "voices": {board.id: (len(board.asserting.counted), len(board.denying.counted)) for board in boards},
        "crossing": sorted(
            {crossing for board in boards for crossing in grounds_across_articles(known, board)}
        ),
        "attacked": {board.id: attacked_not_answered(known, board) for board in boards},
    }


def grounds_across_articles(known: Facts, board: ClaimBoard) -> Iterator[tuple[str, str, str]]:
    """The claim, the mark and the link of each ground that a mark of another article gives.

    One on a mark that both asserts and denies the claim comes twice: it counts for both sides.
    """
    for ground in (*board.grounds_for, *board.grounds_against):
        for link_id in ground.links:
            ends = (ground.origin, known.links[link_id].target)
            if all(end.table == "mark" for end in ends):
                here, there = (known.marks[MarkId(end.id)].article for end in ends)
                if here != there:
                    yield board.id, ground.origin.id, link_id


SAYS_BOTH = [
    source("s1", kind="person", affiliation=None, same_as=None),
    *(article("a1", outlet=None), article("a2", outlet=None), claim()),
    *(mark("m1", attributes={}), mark("m2", article="a2", attributes={})),
    *(mention("m1"), mention("m1", "deny"), link("supports", "m2", "m1")),
]


@settings(max_examples=200)
@example(SAYS_BOTH)
@given(projects() | choruses())
def test_the_map_answers_as_the_lines_do(lines: list[Line]) -> None:
    assert answered(facts(lines)) == asked(lines)


def test_the_sample_answers_the_same_from_its_exported_lines() -> None:
    path = resource("sample", "sample.jsonl")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    lines = [row for row in rows if row["type"] not in ("project", "scheme", "annotator")]
    found = answered(Facts.of(FORMAT.read(path, {})))
    assert found == asked(lines)
    assert found["disputed"]
    assert found["crossing"]


def attack(*lines: Line) -> list[str]:
    base = [article(), claim(), *map(source, ("expert", "ministry", "state")), mark("m1", "claim", "expert")]
    known = facts([*base, mention("m1"), *lines])
    return attacked_not_answered(known, dispute_map(known).claims[0])


def test_who_attacks_a_source_and_denies_what_it_says_has_answered_it() -> None:
    attacked: Iterable[Line] = (
        mark("m2", "denial", "ministry"),
        link("undermines", "m2", "expert", "source"),
    )
    assert attack(*attacked) == ["expert"]
    assert attack(*attacked, mark("m3", "denial", "ministry"), mention("m3", "deny")) == []
    assert attack(*attacked, mark("m3", "denial", "state"), mention("m3", "deny")) == ["expert"]


def test_an_attack_on_the_report_that_passes_a_claim_on_counts_as_an_attack_over_it() -> None:
    told = (
        source("report", kind="document"),
        mark("m2", "claim", "expert", "report"),
        mention("m2"),
        mark("m3", "claim", "ministry"),
        link("undermines", "m3", "report", "source"),
    )
    assert attack(*told) == ["report"]
    assert attack(*told, mark("m4", "denial", "ministry"), mention("m4", "deny")) == []


def test_an_attack_on_the_forum_counts_for_the_claim_that_its_words_answer() -> None:
    forum = (source("session", kind="group"), mark("m2", "denial", "ministry"))
    aimed = link("undermines", "m2", "session", "source")
    assert attack(*forum, aimed) == []
    assert attack(*forum, aimed, link("responds_to", "m2", "m1")) == ["session"]
    assert attack(*forum, aimed, mention("m2", "comment")) == ["session"]
    assert attack(*forum, aimed, mention("m2", "deny")) == []

"""The questions of an analyst, answered by the map and once more from the exported lines alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from hypothesis import given, settings

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
        for attack in board["attacks_on_sources"]:
            origin = brute.marks.get(attack["mark"])
            speaker = name(origin) if origin else None
            against.setdefault(attack["source"], set()).add(brute.owner(speaker) if speaker else "")
        found["attacked"][one] = sorted(who for who, owners in against.items() if not owners & deniers)
    found["crossing"] = sorted(set(found["crossing"]))
    return found


def answered(known: Facts) -> Line:
    boards = dispute_map(known).claims
    return {
        "disputed": [board.id for board in boards if board.is_disputed],
        "voices": {board.id: (len(board.asserting.counted), len(board.denying.counted)) for board in boards},
        "crossing": sorted(
            crossing for board in boards for crossing in grounds_across_articles(known, board)
        ),
        "attacked": {board.id: attacked_not_answered(known, board) for board in boards},
    }


def grounds_across_articles(known: Facts, board: ClaimBoard) -> Iterator[tuple[str, str, str]]:
    """The claim, the mark and the link of each ground that a mark of another article gives."""
    for ground in (*board.grounds_for, *board.grounds_against):
        for link_id in ground.links:
            ends = (ground.origin, known.links[link_id].target)
            if all(end.table == "mark" for end in ends):
                here, there = (known.marks[MarkId(end.id)].article for end in ends)
                if here != there:
                    yield board.id, ground.origin.id, link_id


@settings(max_examples=200)
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

"""The dispute map as printed: ids a script knows, words a reader can check."""

import json
from pathlib import Path

import pytest

from annotator.domain.dispute import dispute_map
from annotator.domain.facts import Facts
from annotator.formats.mapped import escape, map_json, map_markdown, printed_ids
from tests.domain.graphs import Line, article, claim, facts, link, mark, mention, source

REPORT = Path(__file__).with_name("dispute_map.md")
SENTENCE = "The Varna works sold pumps to the north"

DISPUTE: list[Line] = [
    source("s1", name="Lena Ortiz", role="pump engineer", affiliation="s2"),
    source("s2", name="Institute of Pumps", kind="organisation"),
    source("s3", name="The Daily Lantern", kind="outlet"),
    source("s4", name="Varna", kind="state"),
    source("s5", name="Ivo Petrov", role="head of the works", affiliation="s4"),
    source("s6", name="an insider", kind="anonymous", confidential=True, role="night guard"),
    article("a1", title="Works *denies* sale", outlet="s3", date="2031-05-02"),
    article("a2"),
    {"type": "exhibit", "id": "e1", "title": "Photo of a crate", "url": "https://example.org/crate"},
    claim("p1", SENTENCE),
    claim("p2", "Nobody was asked"),
    mark(
        "m1", "claim", "s1", "s3", quotes=["pumps", "came from Varna"], attributes={"certainty": "possible"}
    ),
    mark("m2", "denial", "s5", quotes=["“we have [never] sold\n_any_ pump”"]),
    mark("m3", "claim", "s3", article="a2", quotes=["the works sold them"]),
    mark("m4", "evidence", "s6", quotes=["crates with a Varna stamp"]),
    mark("m5", "no_comment", "s4", quotes=["did not answer"]),
    mark("m6", "claim", quotes=["it is said to have sold them"]),
    mark("m7", "denial", "s5", quotes=["she never saw a pump"]),
    mark("m8", "claim", "s6", quotes=["was it the works?"]),
    mark("m9", "evidence", quotes=["an empty shed"]),
    mention("m1"),
    mention("m3"),
    mention("m6"),
    mention("m8", "query"),
    link("denies", "m2", "m1"),
    link("responds_to", "m5", "m1"),
    link("responds_to", "m5", "m9"),
    link("supports", "m4", "m1"),
    link("supports", "e1", "m2"),
    link("undermines", "m7", "s1", "source"),
]


@pytest.fixture(scope="module")
def found() -> Facts:
    return facts(DISPUTE)


def test_the_json_is_the_contract_to_the_letter(found: Facts) -> None:
    assert json.loads(map_json(found, dispute_map(found))) == {
        "claims": [
            {
                "id": "p1",
                "text": SENTENCE,
                "disputed": True,
                "asserts": [
                    {"source": "s1", "owner": "s2", "mark": "m1"},
                    {"source": "s3", "owner": "s3", "mark": "m3"},
                ],
                "denies": [{"source": "s5", "owner": "s4", "mark": "m2"}],
                "queries": [{"source": "s6", "owner": "s6", "mark": "m8"}],
                "comments": [],
                "silent": [{"source": "s4", "mark": "m5"}],
                "independent": {"asserts": 1, "denies": 1},
                "grounds": {"for": ["m4"], "against": ["e1"]},
                "attacks_on_sources": [{"mark": "m7", "source": "s1"}],
            },
            {
                "id": "p2",
                "text": "Nobody was asked",
                "disputed": False,
                "asserts": [],
                "denies": [],
                "queries": [],
                "comments": [],
                "silent": [],
                "independent": {"asserts": 0, "denies": 0},
                "grounds": {"for": [], "against": []},
                "attacks_on_sources": [],
            },
        ],
        "without_source": ["m6", "m9"],
    }


def test_the_id_of_a_foreign_file_is_printed_only_where_it_names_one_row() -> None:
    lines = [
        source("u1", origin_id="S1"),
        claim("u2") | {"origin_id": "C"},
        claim("u3") | {"origin_id": "C"},
        claim("C4"),
        claim("u5") | {"origin_id": "C4"},
        claim("u6") | {"origin_id": "S1"},
    ]
    name = printed_ids(facts(lines))
    assert [name("proposition", one) for one in ("u2", "u3", "C4", "u5", "u6")] == [
        "u2",
        "u3",
        "C4",
        "u5",
        "S1",
    ]
    assert name("source", "u1") == "S1"


def test_one_claim_is_printed_with_the_marks_without_a_source_that_bear_on_it(found: Facts) -> None:
    data = json.loads(map_json(found, dispute_map(found).only("p1")))
    assert [one["id"] for one in data["claims"]] == ["p1"]
    assert data["without_source"] == ["m6"]
    nothing = dispute_map(found).only("p9")
    assert (nothing.claims, nothing.without_source) == ((), ())


def test_the_report_leads_back_to_the_words(found: Facts) -> None:
    assert map_markdown(found, dispute_map(found)) == REPORT.read_text(encoding="utf-8")


def test_a_project_without_claims_says_so() -> None:
    empty = facts([])
    assert map_markdown(empty, dispute_map(empty)) == "# Dispute map\n\nThere are no claims yet.\n"


def test_quoted_words_cannot_become_markdown() -> None:
    assert escape("a_b <script> [x](y) *z*\n# `c` & \\d | ~~e~~ {f}") == (
        r"a\_b \<script\> \[x\](y) \*z\* \# \`c\` \& \\d \| \~\~e\~\~ \{f\}"
    )

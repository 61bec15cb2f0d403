"""The dispute map as printed: ids a script knows, words a reader can check."""

import pytest

from annotator.domain.dispute import dispute_map
from annotator.domain.facts import Facts
from annotator.formats.mapped import printed_ids
from tests.domain.graphs import claim, facts, source
from tests.formats.disputes import DISPUTE, SENTENCE, map_data


@pytest.fixture(scope="module")
def found() -> Facts:
    return facts(DISPUTE)


def test_the_json_is_the_contract_to_the_letter(found: Facts) -> None:
    assert map_data(dispute_map(found), printed_ids(found)) == {
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
    data = map_data(dispute_map(found).only("p1"), printed_ids(found))
    assert [one["id"] for one in data["claims"]] == ["p1"]
    assert data["without_source"] == ["m6"]
    nothing = dispute_map(found).only("p9")
    assert (nothing.claims, nothing.without_source) == ((), ())

"""The map for scripts, read claim by claim, says what the whole project says."""

import json
from contextlib import closing

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.app.reporting import map_json
from annotator.domain.dispute import dispute_map
from annotator.formats.mapped import printed_ids
from annotator.store import open_ends
from annotator.store.store import Store
from tests.domain.graphs import Line, choruses, projects
from tests.formats.disputes import map_data
from tests.store.test_claim_facts import stored


@settings(max_examples=settings().max_examples // 4)
@given(projects() | choruses(), st.booleans())
def test_a_map_read_claim_by_claim_is_that_of_the_whole_project(
    lines: list[Line], is_corrected: bool
) -> None:
    versions = {"a2": "a1"} if is_corrected else {}
    store = stored([line | {"version_of": versions.get(line["id"])} if line["type"] == "article" else line
                    for line in lines])  # fmt: skip
    try:
        facts = open_ends.facts(store)
        disputes, name = dispute_map(facts), printed_ids(facts)
        assert json.loads(map_json(store, None)) == map_data(disputes, name)
        for board in disputes.claims:
            assert json.loads(map_json(store, board.id)) == map_data(disputes.only(board.id), name)
    finally:
        store.close()


def test_a_name_that_two_rows_have_is_printed_of_neither() -> None:
    with closing(Store.memory()) as store:
        with store.operation("foreign"):
            for row, origin in (("u1", "M1"), ("u2", "M1"), ("u3", "M3"), ("u4", None), ("u5", "u4")):
                store.execute(
                    "INSERT INTO proposition (id, number, text, origin_id) VALUES (?, ?, '', ?)",
                    (row, int(row[1]), origin),
                )
        names = [one["id"] for one in json.loads(map_json(store, None))["claims"]]
    assert names == ["u1", "u2", "M3", "u4", "u5"]

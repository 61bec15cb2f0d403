"""docs/file-format.md names every table and column, and its questions run."""

import json
import re
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings

from annotator.domain.dispute import dispute_map
from annotator.domain.model import Ref
from annotator.domain.scheme import Scheme
from annotator.store import edits, lists, open_ends, read, schema
from tests.domain.graphs import projects
from tests.store.samples import add_article, two_marks
from tests.store.test_claim_facts import stored

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "file-format.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def plain(opened, project):
    """A small project as another program sees it."""
    store = opened()
    claim, denial = two_marks(store, add_article(store, title="Bridge"))
    far = edits.add_mark(store, add_article(store, "The deck was open."), "evidence", [(0, 8)])
    edits.set_source(store, denial, edits.add_source(store, "Harbour", "organisation"))
    edits.add_relay(store, denial, edits.add_source(store, "Agency", "outlet"))
    edits.add_relay(store, denial, edits.add_source(store, "Paper", "outlet"))
    edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    edits.add_link(store, "undermines", Ref("mark", far), Ref("mark", claim))
    edits.add_mention(store, denial, edits.add_proposition(store, "The bridge was open"))
    edits.set_attribute(store, claim, "certainty", "possible")
    assert read.mark(store, claim)
    store.close()
    connection = sqlite3.connect(f"{project.as_uri()}?mode=ro", uri=True)
    connection.execute("PRAGMA trusted_schema = OFF")
    yield connection
    connection.close()


@pytest.mark.parametrize("question", QUESTIONS, ids=[question.splitlines()[0][3:] for question in QUESTIONS])
def test_a_question_on_the_page_has_an_answer(plain, question):
    if "disputed;" in question:
        question = question.replace("WHERE disputed", "")
    assert plain.execute(question).fetchall()


def test_every_table_view_and_column_stands_on_the_page(plain):
    named = set(re.findall(r"`([a-z_0-9]+)`|\*\*([a-z_]+)\*\*", PAGE))
    words = {word for pair in named for word in pair if word}
    for name, kind in plain.execute("SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view')"):
        assert name in words, name
        if not name.startswith(("content_search", "sqlite_")):
            columns = {row[1] for row in plain.execute(f"PRAGMA table_info({name})")}
            assert columns <= words, (kind, name, columns - words)


def test_the_columns_of_a_table_stand_in_its_own_paragraph(plain):
    for name in (
        *schema.JOURNALED,
        "content",
        "original",
        "head",
        "tally",
        "loose_end",
        "unchecked",
        "checked",
    ):
        start = PAGE.index(f"**{name}**")
        paragraph = re.split(r"\n\n|\*\*\w+\*\*", PAGE[start + len(name) + 4 :])[0]
        columns = {row[1] for row in plain.execute(f"PRAGMA table_info({name})")}
        assert columns <= set(re.findall(r"`(\w+)`", paragraph)), name


def test_the_numbers_on_the_page_are_those_of_the_file(plain):
    assert plain.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION_ID
    assert f"0x{schema.APPLICATION_ID:X}" in PAGE
    assert f"`user_version` {schema.FORMAT_VERSION} " in PAGE


def test_views_show_who_relayed_in_order_and_links_across_articles(plain):
    (relays,) = plain.execute("SELECT relays FROM v_marks WHERE label = 'denial'").fetchone()
    assert relays == "Agency < Paper"
    assert plain.execute("SELECT kind, across_articles FROM v_links ORDER BY id").fetchall() == [
        ("denies", 0),
        ("undermines", 1),
    ]


def test_a_denial_with_a_mention_of_its_own_does_not_count_against_what_it_is_linked_to(plain):
    found = plain.execute("SELECT text, asserting_marks, denying_marks, disputed FROM v_disputes").fetchall()
    assert sorted(found) == [("The bridge was open", 0, 1, 0), ("the bridge had been closed", 1, 0, 0)]


def test_a_label_of_the_project_whose_stance_is_deny_denies_by_its_links_in_the_view_too(store):
    data = json.loads(json.dumps(Scheme.default().data))
    data["labels"].append({"id": "rebuttal", "name": "Rebuttal", "letter": "R", "stance": "deny"})
    data["link_kinds"] = [kind | {"from": None} for kind in data["link_kinds"]]
    edits.set_scheme(store, data | {"version": 2})
    claim, denial = two_marks(store, add_article(store, title="Bridge"))
    edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    counts = "SELECT asserting_marks, denying_marks FROM v_disputes"
    assert store.query(counts) == [(1, 1)]
    edits.relabel(store, denial, "rebuttal")
    assert store.query(counts) == [(1, 1)]
    edits.relabel(store, denial, "evidence")
    assert store.query(counts) == [(1, 0)]


def test_the_view_counts_marks_that_name_nobody_and_the_map_does_not(plain, opened):
    assert plain.execute("SELECT sum(asserting_marks) FROM v_disputes").fetchone() == (1,)
    boards = dispute_map(open_ends.facts(opened(readonly=True))).claims
    assert sum(len(board.asserts) for board in boards) == 0


def test_one_span_in_sql_is_what_the_mark_quotes(plain):
    rows = plain.execute(
        'SELECT substr(c.text, m.start + 1, m."end" - m.start), v.quote FROM mark m'
        " JOIN v_marks v ON v.id = m.id JOIN article a ON a.id = m.article"
        " JOIN content c ON c.sha256 = a.sha256"
    ).fetchall()
    assert len(rows) == 3
    assert all(words == quote for words, quote in rows)


@settings(max_examples=settings().max_examples // 4)
@given(projects())
def test_the_view_of_disputes_counts_as_the_claims_list_does_and_calls_disputed_what_the_map_does(lines):
    store = stored(lines)
    try:
        rows = store.query("SELECT id, asserting_marks, denying_marks, disputed FROM v_disputes")
        listed = {row.id: (row.support, row.deny) for row in lists.claims(store)}
        assert {claim: counts for claim, *counts, _ in rows} == {one: [*row] for one, row in listed.items()}
        boards = dispute_map(open_ends.facts(store)).claims
        assert {row[0]: bool(row[3]) for row in rows} == {board.id: board.is_disputed for board in boards}
    finally:
        store.close()

"""Which claims a question asks for is told by the file as their boards tell it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.briefs import ORDERS, STATES, MapQuestion, State
from annotator.domain.model import Ref
from annotator.store import asked_claims, edits, lists
from annotator.store.asked_claims import asked_places, candidates
from annotator.store.bounded import ReadingStoppedError
from annotator.store.claim_briefs import read_part
from annotator.store.store import Identity, Store
from tests.domain.graphs import Line, choruses, projects
from tests.looks.pinned import sample_store
from tests.store.samples import add_article
from tests.store.test_claim_facts import stored

DATES = (None, "2023", "2024-02", "2024-02-10", "2024-03-01T10:00")
STATEMENTS = (
    {},
    {"source": "s1"},
    {"outlet": "S2"},
    {"since": "2024-02"},
    {"until": "2024-02-10"},
    {"since": "2024", "until": "2024-02"},
    {"source": "s0", "until": "2024"},
    {"outlet": "s", "since": "2023-06"},
)
FROM_BOARDS: set[State] = {"attacked"}
QUESTIONS = [
    MapQuestion(state=state, text=text, order=order, **statements)
    for statements in STATEMENTS
    for state in STATES
    for order in ORDERS
    for text in (("", "p", "C1") if not statements else ("",))
]


def check(store: Store) -> None:
    read = read_part(store, lists.claim_places(store)).claims
    for question in QUESTIONS:
        fits = [(question.place(one), place) for place, one in read.items() if one and question.fits(one)]
        places = [place for _, place in sorted(fits)]
        if question.asks_of_boards:
            assert set(places) <= set(candidates(store, question))
        else:
            assert asked_places(store, question=question).tolist() == places


def test_claims_of_the_sample_are_found_by_what_is_asked_of_them() -> None:
    with closing(sample_store()) as store:
        check(store)


def test_claims_are_found_where_sources_are_named_that_are_not_there(tmp_path: Path, me: Identity) -> None:
    path = tmp_path / "damaged.annotator"
    with closing(sample_store()) as store:
        store.save_copy(path)
    with closing(sqlite3.connect(path)) as damaged, damaged:
        damaged.execute("DELETE FROM source")
    with closing(Store.open(path, me, readonly=True)) as store:
        check(store)


@st.composite
def dated(draw: st.DrawFn) -> list[Line]:
    """Projects with dates, in which articles may be versions of one another."""
    lines = draw(projects() | choruses())
    dates = st.sampled_from(DATES)
    corrected = draw(st.booleans())
    for line in lines:
        if line["type"] == "article":
            line["date"] = draw(dates)
            line["version_of"] = "a1" if corrected and line["id"] == "a2" else None
        elif line["type"] == "mark" and (date := draw(dates)):
            line["attributes"] = {**line["attributes"], "date": date}
        elif line["type"] == "source":
            line["confidential"] = draw(st.booleans())
    return lines


@settings(max_examples=settings().max_examples // 4)
@given(dated(), st.sampled_from([0, 1, 4]))
def test_claims_of_any_project_are_found_by_what_is_asked_of_them(lines: list[Line], few: int) -> None:
    with pytest.MonkeyPatch.context() as patch, closing(stored(lines)) as store:
        patch.setattr(asked_claims, "_FEW", few)
        check(store)


def test_the_first_claims_of_a_state_are_those_of_all_of_them() -> None:
    with closing(sample_store()) as store:
        for state in set(STATES) - FROM_BOARDS - {"self-contradicted"}:
            asked = MapQuestion(state=state)
            whole = asked_places(store, question=asked)
            assert asked_places(store, question=asked, limit=2) == whole[:2]


def test_nobody_waits_for_a_question_that_looks_through_all_claims() -> None:
    with closing(sample_store()) as store:
        for asked in (MapQuestion(source="a"), MapQuestion(order="first"), MapQuestion(text="a")):
            with pytest.raises(ReadingStoppedError):
                asked_places(store, question=asked, limit=2)


def test_voices_of_whom_none_leans_on_another_are_counted_without_a_board(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = add_article(store, "Ada says so. Bob says so. Cyd denies it.")
    spans = {"Ada": (0, 12), "Bob": (13, 25), "Cyd": (26, 40)}
    people = {name: edits.add_source(store, name) for name in spans}
    marks = {
        name: edits.add_mark(store, article, "claim", [span], source=people[name])
        for name, span in spans.items()
    }
    quiet, loud = (edits.add_proposition(store, words) for words in ("Quiet", "Loud"))
    edits.add_mention(store, marks["Ada"], quiet)
    for name, stance in (("Ada", "support"), ("Bob", "support"), ("Cyd", "deny")):
        edits.add_mention(store, marks[name], loud, stance)
    boards: list[int] = []
    monkeypatch.setattr(
        asked_claims, "read_part", lambda of, some: boards.extend(some) or read_part(of, some)
    )
    asked = MapQuestion(order="voices")
    assert [row.text for row in lists.claims_at(store, asked_places(store, question=asked)) if row] == [
        "Loud",
        "Quiet",
    ]
    assert not boards
    edits.add_link(store, "cites", Ref("mark", marks["Bob"]), Ref("source", people["Ada"]))
    asked_places(store, question=asked)
    assert [row.text for row in lists.claims_at(store, boards) if row] == ["Loud"]

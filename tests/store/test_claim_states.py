"""What the file says of the states of claims is what their boards say."""

from contextlib import closing

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.briefs import ON_BOARDS, STATES, MapQuestion
from annotator.store import lists
from annotator.store.claim_briefs import read_part
from annotator.store.store import Store
from tests.domain.graphs import Line, choruses, projects
from tests.looks.pinned import sample_store
from tests.store.test_claim_facts import stored

QUESTIONS = [
    MapQuestion(state=state, text=text, order=order)
    for state in STATES
    if state not in ON_BOARDS
    for text in ("", "p", "C1")
    for order in ("number", "text")
]


def check(store: Store) -> None:
    read = read_part(store, lists.claim_places(store)).claims
    for question in QUESTIONS:
        assert not question.asks_of_boards
        fits = [(question.place(one), place) for place, one in read.items() if one and question.fits(one)]
        assert lists.asked_places(store, question=question).tolist() == [place for _, place in sorted(fits)]


def test_claims_of_the_sample_are_found_by_their_state() -> None:
    with closing(sample_store()) as store:
        check(store)


@settings(max_examples=settings().max_examples // 4)
@given(projects() | choruses(), st.booleans())
def test_claims_of_any_project_are_found_by_their_state(lines: list[Line], is_corrected: bool) -> None:
    versions = {"a2": "a1"} if is_corrected else {}
    with closing(stored([
        line | {"version_of": versions.get(line["id"])} if line["type"] == "article" else line
        for line in lines
    ])) as store:  # fmt: skip
        check(store)


def test_the_first_claims_of_a_state_are_those_of_all_of_them() -> None:
    with closing(sample_store()) as store:
        for state in set(STATES) - ON_BOARDS:
            asked = MapQuestion(state=state)
            whole = lists.asked_places(store, question=asked)
            assert lists.asked_places(store, question=asked, limit=2) == whole[:2]

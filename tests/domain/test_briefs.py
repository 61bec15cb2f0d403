"""Claims in brief and the questions asked of them."""

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.answering import Answer
from annotator.domain.briefs import ORDERS, STATES, ClaimBrief, MapQuestion, briefs
from annotator.domain.dispute import dispute_map
from tests.domain.graphs import Line, article, choruses, claim, facts, link, mark, mention, projects, source


def answer(question: MapQuestion, claims: list[ClaimBrief]) -> list[ClaimBrief]:
    found = Answer(question)
    for place, one in enumerate(claims):
        found.take(place, one)
    return [claims[place] for place in found.places()]


QUESTIONS = st.builds(
    MapQuestion,
    text=st.text(max_size=8),
    state=st.sampled_from(STATES),
    source=st.text(max_size=8),
    outlet=st.text(max_size=8),
    since=st.sampled_from(["", "2024", "2024-05"]),
    until=st.sampled_from(["", "2024", "2024-05-31"]),
    order=st.sampled_from(ORDERS),
)


@given(QUESTIONS)
def test_a_stored_question_is_read_as_it_was_asked(question: MapQuestion) -> None:
    assert MapQuestion.read(question.written()) == question


def test_other_searches_and_broken_lines_are_no_questions() -> None:
    for line in ("label=denial", "", "map state=nothing", "map order=x", "map 'open"):
        assert MapQuestion.read(line) is None
    assert MapQuestion.read("map colour=red") == MapQuestion()


@given(projects() | choruses(), QUESTIONS)
def test_an_answer_holds_what_fits_and_each_claim_once(lines: list[Line], question: MapQuestion) -> None:
    known = facts(lines)
    all_claims = briefs(known, dispute_map(known))
    found = answer(question, all_claims)
    assert len({one.id for one in found}) == len(found)
    assert {one.id for one in found} == {one.id for one in all_claims if question.fits(one)}
    assert answer(MapQuestion(), all_claims) == all_claims


@given(projects() | choruses(), QUESTIONS, st.randoms(use_true_random=False))
def test_an_answer_is_the_same_in_whatever_order_claims_become_known(
    lines: list[Line], question: MapQuestion, chance: Random
) -> None:
    known = facts(lines)
    claims = list(enumerate(briefs(known, dispute_map(known))))
    whole, late = Answer(question), Answer(question)
    for place, one in claims:
        whole.take(place, one)
        late.take(place, replace(one, states=frozenset(STATES), text=question.text, asserting=7, last=""))
    chance.shuffle(claims)
    for place, one in claims:
        late.take(place, one)
    assert late.places() == whole.places()
    late.keep({place for place, _ in claims[1:]})
    assert set(late.places()) == {place for place in whole.places() if place != claims[0][0]}


def test_a_brief_says_what_is_to_be_noted_and_names_nobody_confidential() -> None:
    known = facts(
        [
            source("state"),
            source("minister", affiliation="state"),
            source("leak", name="Secret", confidential=True),
            article(outlet="state", date="2024-05-01"),
            claim(),
            mark("m1", "claim", "minister", attributes={"date": "2024-04"}),
            mark("m2", "denial", "state", attributes={}),
            mark("m3", "no_comment", "leak", attributes={}),
            mention("m1"),
            mention("m2", "deny"),
            link("responds_to", "m3", "m1"),
        ]
    )
    (brief,) = briefs(known, dispute_map(known))
    assert brief.states == {"all", "disputed", "self-contradicted", "silence"}
    assert brief.sources == ("minister", "state")
    assert (brief.first, brief.last) == ("2024-04", "2024-05-01")

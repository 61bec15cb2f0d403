"""Proposals that were taken or dropped: what is stored of them, and what it says of their rules."""

import pytest

from annotator.domain.errors import UserError
from annotator.domain.proposing import rule_book
from annotator.store import edits, lists, read
from annotator.store.export import records
from annotator.store.imports import import_records
from annotator.store.store import Store
from tests.store.samples import add_article, dump

NEWS = (
    "“The gates may have been open,” Pavel Drum, head of the council, said on Monday. “It was night.”\n"
    "He denied opening them. The council did not comment."
)


@pytest.fixture
def article(store):
    return add_article(store, NEWS)


@pytest.fixture
def proposals():
    return [one for found in rule_book().propose(NEWS) for one in found]


def restored(store, act):
    """Undo and redo of one step give the exact tables back."""
    before = dump(store)
    act()
    after = dump(store)
    store.undo()
    assert dump(store) == before
    store.redo()
    assert dump(store) == after


def test_taking_gives_the_mark_its_source_cue_values_and_who_proposed_it(store, article, proposals):
    mark = read.mark(store, edits.take_proposal(store, article, proposals[0]))
    source = read.source(store, mark.source)
    assert (mark.label, mark.quotes) == ("claim", ("The gates may have been open",))
    assert (source.name, source.kind, source.role) == ("Pavel Drum", "person", "head of the council")
    (step,) = mark.attribution
    assert [NEWS[start:end] for start, end in (*step.cue, *step.mention)] == [
        "said",
        "Pavel Drum, head of the council",
    ]
    assert mark.attributes["certainty"] == "possible"
    assert mark.origins["certainty"].startswith("rule:hedge@")
    assert [NEWS[start:end] for start, end in mark.hedges] == ["may"]
    assert mark.proposed_by == proposals[0].rule.origin


@pytest.mark.parametrize(
    "news",
    [
        "The council denied a report that the gates may have been open.",
        "The council has denied that the gates could possibly open.",
        "The report that the gates may have been open was denied by the council.",
    ],
)
def test_a_hedge_in_what_is_denied_does_not_weaken_the_denial(store, news):
    (proposal,) = [one for found in rule_book().propose(news) for one in found]
    mark = read.mark(store, edits.take_proposal(store, add_article(store, news), proposal))
    assert (mark.label, mark.attributes["certainty"], mark.hedges) == ("denial", "certain", ())


def test_a_hedge_of_the_denial_itself_weakens_it(store):
    news = "Pavel Drum insisted that is probably not true."
    (proposal,) = [one for found in rule_book().propose(news) for one in found]
    mark = read.mark(store, edits.take_proposal(store, add_article(store, news), proposal))
    assert (mark.label, mark.attributes["certainty"]) == ("denial", "probable")


def test_a_source_that_is_there_is_not_made_again(store, article, proposals):
    known = edits.add_source(store, "Pavel Drum", "person", role="minister")
    marks = [edits.take_proposal(store, article, one) for one in proposals[:2]]
    assert {read.mark(store, mark).source for mark in marks} == {known}
    assert read.source(store, known).role == "minister"


def test_taking_and_dropping_are_one_step_each_and_undone_exactly(store, article, proposals):
    restored(store, lambda: edits.take_proposal(store, article, proposals[0]))
    restored(store, lambda: edits.drop_proposal(store, article, proposals[1]))


def test_another_label_may_be_taken_but_none_that_is_not_there(store, article, proposals):
    mark = edits.take_proposal(store, article, proposals[0], "denial")
    assert read.mark(store, mark).label == "denial"
    before = dump(store)
    with pytest.raises(UserError):
        edits.take_proposal(store, article, proposals[1], "nonsense")
    assert dump(store) == before


def test_what_was_dropped_is_known_by_rule_and_words_whatever_the_version(store, article, proposals):
    edits.drop_proposal(store, article, proposals[1])
    assert lists.dropped_proposals(store, article) == {(proposals[1].rule.name, proposals[1].spans)}
    assert lists.dropped_proposals(store, add_article(store, NEWS)) == set()


def test_decisions_go_with_the_file_from_project_to_project(store, article, proposals):
    edits.take_proposal(store, article, proposals[0])
    edits.drop_proposal(store, article, proposals[1])
    copy = Store.memory()
    import_records(copy, list(records(store)))
    assert lists.dropped_proposals(copy, article) == lists.dropped_proposals(store, article)
    assert lists.decided(copy) == lists.decided(store)
    copy.close()


def test_each_rule_is_counted_on_what_was_decided(store, article, proposals):
    edits.take_proposal(store, article, proposals[0])
    edits.drop_proposal(store, article, proposals[1])
    edits.drop_proposal(store, article, proposals[2])
    found = lists.decided(store)
    assert found[proposals[0].rule.name] == (1, 0)
    assert found[proposals[1].rule.name] == (0, 1)
    assert found[proposals[0].rule.name].precision == 1.0
    store.undo()
    assert proposals[2].rule.name not in lists.decided(store)


def test_taking_nested_speech_makes_the_chain_of_speaker_and_relay_and_undo_restores_all(store):
    text = "The Gazette reported that Pavel Drum said: “The gates were shut.”"
    article = add_article(store, text)
    ((one,),) = [found for found in rule_book().propose(text) if found]
    restored(store, lambda: edits.take_proposal(store, article, one))
    (row,) = lists.marks(store, article=article)
    mark = read.mark(store, row.id)
    assert [read.source(store, step.source).name for step in mark.attribution] == ["Pavel Drum", "Gazette"]
    said, passed = mark.attribution
    assert [text[start:end] for start, end in (*said.cue, *passed.cue)] == ["said", "reported"]
    assert [text[start:end] for start, end in passed.mention] == ["The Gazette"]

"""The one question before undo."""

from annotator.domain.ids import AnnotatorId, new_id
from annotator.domain.model import Source
from annotator.store import edits, read
from annotator.store.consent import Consent
from annotator.store.store import Identity
from tests.store.samples import add_article


def test_undoing_past_the_start_of_the_session_asks_once(reopen, opened):
    store = opened()
    add_article(store)
    edits.add_source(store, "Ministry", "organisation")
    store = reopen(store)
    consent = Consent(store)
    question = consent.question()
    assert question.name == "add-source"
    consent.give(question)
    store.undo()
    assert consent.question() is None


def test_undoing_somebody_elses_work_asks_although_ones_own_was_allowed(reopen, opened, me):
    store = opened()
    edits.add_source(store, "Ministry", "organisation")
    other = Identity(site=new_id(), annotator=AnnotatorId(new_id()), name="Ben")
    store = reopen(store, identity=other)
    edits.add_source(store, "Harbour Office", "organisation")
    store = reopen(store, identity=other)
    consent = Consent(store)
    consent.give(consent.question())
    store.undo()
    assert consent.question().annotator_name == me.name


def test_undo_of_this_sessions_own_work_asks_nothing(store):
    edits.add_source(store, "Ministry", "organisation")
    consent = Consent(store)
    assert consent.question() is None
    store.undo()
    store.redo()
    assert read.count(store, Source) == 1

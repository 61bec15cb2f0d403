"""The facts of a source's page: complete for that source, and no more than they need to be."""

from annotator.domain.dossier import dossier
from annotator.domain.facts import Facts
from annotator.domain.model import Judgement, PropositionLink, Ref
from annotator.domain.spans import Span
from annotator.store import edits, read, source_facts
from annotator.store.export import facts_records
from tests.ui.panels.project import small_project


def whole(store) -> Facts:
    return Facts.of(facts_records(store))


def test_a_page_says_the_same_from_its_own_facts_as_from_those_of_the_project():
    project = small_project()
    store = project.store
    edits.merge_sources(store, project.gazette, project.ministry)
    edits.add_record(
        store, Judgement(id="", target=Ref("source", project.ministry), scale="reliability", value="B")
    )
    edits.set_attribute(store, project.evidence, "quote", "none")
    edits.set_source(store, project.evidence, None)
    first, second = (edits.add_proposition(store, words) for words in ("It was opened", "It was shut"))
    edits.add_record(store, PropositionLink(id="", origin=first, kind="contradicts", target=second))
    edits.add_mention(store, project.claim, first, "support")
    edits.add_mention(store, project.evidence, second, "support")
    for source in read.records(store, type(read.source(store, project.lind))):
        assert source_facts.source_facts(store, source.id).dossier == dossier(whole(store), source.id)
    page = dossier(whole(store), project.ministry)
    assert page.source == project.gazette
    assert page.names == (project.ministry,)
    assert [(one.mark, one.other) for one in page.contradictions] == [(project.claim, project.evidence)]
    assert [one.value for one in page.judgements] == ["B"]


def test_the_words_a_source_hedges_with_are_counted():
    project = small_project()
    edits.edit_mark(project.store, project.claim, hedges=(Span(0, 6),))
    found = source_facts.source_facts(project.store, project.ministry)
    assert found.hedges == (("valley", 1),)


def test_of_a_source_that_speaks_very_often_the_last_marks_are_read():
    project = small_project()
    found = source_facts.source_facts(project.store, project.gazette, most=1)
    assert found.left_out == 1
    assert len(found.dossier.unclaimed) + len(found.dossier.relays) == 1


def test_who_a_source_is_takes_no_mark_to_say():
    project = small_project()
    found = source_facts.source_facts(project.store, project.lind, most=0)
    assert [found.facts.sources[one].name for one in found.dossier.chain] == ["Vodnik"]
    assert (found.facts.marks, found.left_out) == ({}, 1)


def test_of_what_an_outlet_prints_itself_its_last_articles_are_looked_at():
    project = small_project()
    edits.edit_article(project.store, project.second, outlet=project.gazette)
    told = []
    for article in (project.first, project.second):
        told.append(edits.add_mark(project.store, article, "claim", [(0, 6)]))
        edits.set_attribute(project.store, told[-1], "quote", "none")
    found = source_facts.source_facts(project.store, project.gazette, most=1)
    assert [mark in found.facts.marks for mark in told] == [False, True]

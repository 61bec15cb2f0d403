"""Loose ends that hang on more than one row come and go with whatever they hang on."""

import sys

import pytest

from annotator.domain.briefs import briefs
from annotator.domain.checks import loose_ends
from annotator.domain.dispute import DisputeMap, dispute_map
from annotator.domain.ids import new_id
from annotator.domain.model import Attribution, Mark, Mention, Ref
from annotator.domain.spans import Span
from annotator.store import edits
from annotator.store.claim_facts import claim_facts, with_copies
from annotator.store.imports import import_records
from annotator.store.loose_ends import backlog, catch_up, look, read_ahead, unchecked
from annotator.store.open_ends import facts_with_copies
from annotator.store.store import Identity, Store
from tests.store.samples import TEXT, add_article, price, two_marks
from tests.store.test_loose_ends_law import PRINTED, in_any_order, kept


@pytest.fixture
def sources(store):
    return [
        edits.add_source(store, name, "outlet") for name in ("Harbour Watch", "Evening Post", "Daily Tide")
    ]


def is_open(store, rule):
    """Whether it is open where only what was touched is looked at; looking at everything agrees."""
    catch_up(store)
    found = kept(store)
    assert in_any_order(found) == in_any_order(loose_ends(facts_with_copies(store)))
    return any(one.rule == rule for one in found)


def calls_by_step(steps):
    """How many functions each step of some work calls: what it takes on any machine."""
    found = []

    def count(frame, event, argument):
        found[-1] += event in ("call", "c_call")

    is_on = True
    while is_on:
        found.append(0)
        before = sys.getprofile()
        sys.setprofile(count)
        is_on = next(steps, steps) is not steps
        sys.setprofile(before)
    return found


def said(store, article, source, claim, label="claim", stance="support", via=()):
    mark = edits.add_mark(store, article, label, [(0, 9)])
    edits.set_attribution(store, mark, [Attribution(one) for one in (source, *via)])
    edits.add_mention(store, mark, claim, stance)
    return mark


def test_voices_that_relay_each_other_until_one_has_it_from_elsewhere(store, sources):
    first, second, third = sources
    article, claim = add_article(store), edits.add_proposition(store, "The bridge was closed")
    said(store, article, first, claim, via=[second])
    other = said(store, article, second, claim, via=[first])
    assert is_open(store, "circular_voices")
    edits.set_attribution(store, other, [Attribution(second)])
    assert not is_open(store, "circular_voices")
    store.undo()
    assert is_open(store, "circular_voices")
    edits.edit_source(store, second, affiliation=first)
    assert not is_open(store, "circular_voices")
    store.undo()
    own = said(store, article, third, claim)
    assert not is_open(store, "circular_voices")
    edits.add_link(store, "cites", Ref("mark", own), Ref("source", first))
    assert is_open(store, "circular_voices")
    edits.delete_marks(store, {other})
    assert not is_open(store, "circular_voices")


def test_outlets_that_print_one_text_until_one_of_them_is_another_outlet(store, sources):
    claim = edits.add_proposition(store, "The bridge was closed")
    articles = [add_article(store, outlet=outlet) for outlet in sources[:2]]
    for article in articles:
        mark = edits.add_mark(store, article, "claim", [(0, 9)])
        edits.set_attribute(store, mark, "quote", "none")
        edits.add_mention(store, mark, claim)
    assert is_open(store, "circular_voices")
    edits.edit_article(store, articles[0], outlet=sources[1])
    assert not is_open(store, "circular_voices")
    store.undo()
    assert is_open(store, "circular_voices")


def test_outlets_that_print_nearly_one_text_until_one_writes_its_own(store, sources):
    claim = edits.add_proposition(store, "The bridge was closed")
    printed = [TEXT, f"UPDATE: {TEXT}"]
    for outlet, text in zip(sources[:2], printed, strict=True):
        said(store, add_article(store, text, outlet=outlet), outlet, claim)
    assert is_open(store, "circular_voices")
    own = said(store, add_article(store, "We saw it ourselves.", outlet=sources[1]), sources[1], claim)
    assert not is_open(store, "circular_voices")
    edits.delete_marks(store, {own})
    assert is_open(store, "circular_voices")
    third = add_article(store, "The bridge is closed, as we saw.", outlet=sources[2])
    said(store, third, sources[2], claim)
    assert not is_open(store, "circular_voices")
    edits.edit_article(store, third, outlet=sources[0])
    assert not is_open(store, "circular_voices")


def test_the_first_look_at_a_claim_of_many_outlets_pauses_between_their_texts(store):
    claim = edits.add_proposition(store, "The bridge was closed")
    for number in range(12):
        outlet = edits.add_source(store, f"Paper {number}", "outlet")
        said(store, add_article(store, f"{PRINTED[0]} Page {number}.", outlet=outlet), outlet, claim)
    steps = len(list(look(store)))
    assert is_open(store, "circular_voices")
    store.undo()
    store.redo()
    assert len(list(look(store))) + 12 <= steps


def test_a_look_at_a_claim_that_hundreds_speak_to_is_cut_into_short_steps(store):
    claim = edits.add_proposition(store, "The bridge was closed")
    source = edits.add_source(store, "Harbour Office")
    article = add_article(store, outlet=source)
    spoken = [
        Mark(
            id=new_id(),
            article=article,
            label="claim",
            spans=(Span(0, 3),),
            quotes=(TEXT[:3],),
            attribution=(Attribution(source),),
            attributes={"quote": "indirect"},
        )
        for _ in range(600)
    ]
    said_so = [Mention(id=new_id(), mark=mark.id, proposition=claim, stance="support") for mark in spoken]
    import_records(store, [*spoken, *said_so])
    for _ in look(store):
        pass
    edits.edit_proposition(store, claim, text="The bridge was not closed")
    calls = calls_by_step(look(store))
    assert max(calls) < sum(calls) / 2


def test_the_board_the_report_and_the_loose_ends_count_one_number_of_voices(store, sources):
    """Two texts that a third, printed for another claim only, is near to are not near to each other."""
    texts = [PRINTED[0], PRINTED[2], PRINTED[1]]
    claims = [edits.add_proposition(store, name) for name in ("The bridge was closed", "The ferry runs")]
    articles = [add_article(store, text, outlet=one) for text, one in zip(texts, sources, strict=True)]
    for one, claim in ((0, 0), (1, 0), (0, 1), (2, 1)):
        said(store, articles[one], sources[one], claims[claim])
    whole = {one.id: one for one in dispute_map(facts_with_copies(store)).claims}
    listed = {
        one.id: one.asserting for one in briefs(facts_with_copies(store), DisputeMap((*whole.values(),), ()))
    }
    assert listed == dict(zip(claims, (2, 1), strict=True))
    for claim, count in zip(claims, (2, 1), strict=True):
        (board,) = dispute_map(with_copies(store, claim_facts(store, [claim]), [claim])).only(claim).claims
        assert board == whole[claim]
        assert len(board.asserting.counted) == count
    assert is_open(store, "circular_voices")


def test_an_attack_until_the_source_is_heard_anywhere(store, sources):
    attacked, other, _ = sources
    article = add_article(store)
    mark = edits.add_mark(store, article, "denial", [(0, 9)], source=other)
    edits.add_link(store, "undermines", Ref("mark", mark), Ref("source", attacked))
    assert is_open(store, "attack_on_nobody_heard")
    alias = edits.add_source(store, "The Watch", "outlet")
    word = edits.add_mark(store, article, "claim", [(12, 20)], source=alias)
    assert is_open(store, "attack_on_nobody_heard")
    edits.merge_sources(store, attacked, alias)
    assert not is_open(store, "attack_on_nobody_heard")
    edits.relabel(store, word, "no_comment")
    assert is_open(store, "attack_on_nobody_heard")
    edits.edit_article(store, add_article(store, "The deck was open."), outlet=attacked)
    assert not is_open(store, "attack_on_nobody_heard")


def test_a_dispute_until_evidence_is_linked_to_either_side(store, sources):
    article, claim = add_article(store, status="done"), edits.add_proposition(store, "The bridge was closed")
    asserted = said(store, article, sources[0], claim)
    denial = edits.add_mark(store, article, "denial", [(12, 20)], source=sources[1])
    assert not is_open(store, "disputed_without_ground")
    edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", asserted))
    assert is_open(store, "disputed_without_ground")
    proof = edits.add_mark(store, article, "evidence", [(22, 30)], source=sources[1])
    ground = edits.add_link(store, "supports", Ref("mark", proof), Ref("mark", denial))
    assert not is_open(store, "disputed_without_ground")
    edits.delete_link(store, ground)
    assert is_open(store, "disputed_without_ground")
    edits.delete_marks(store, {denial})
    assert not is_open(store, "disputed_without_ground")


def test_a_mark_until_the_newer_version_has_it(store, sources):
    old = add_article(store, TEXT, status="done")
    mark = edits.add_mark(store, old, "claim", [(0, 9)], source=sources[0])
    new = add_article(store, TEXT + " Corrected.")
    assert not is_open(store, "not_in_newer_version")
    edits.edit_article(store, new, version_of=old)
    assert is_open(store, "not_in_newer_version")
    edits.carry_mark(store, mark, new, [(0, 9)])
    assert not is_open(store, "not_in_newer_version")
    store.undo()
    assert is_open(store, "not_in_newer_version")
    edits.edit_article(store, new, version_of=None)
    assert not is_open(store, "not_in_newer_version")


def test_claims_that_look_alike_until_one_is_reworded_or_both_are_linked(store):
    first, second = (
        edits.add_proposition(store, words) for words in ("Lind sold pumps", "Lind sold the pumps.")
    )
    assert is_open(store, "claims_alike")
    edits.edit_proposition(store, first, text="Lind never sold pumps")
    assert not is_open(store, "claims_alike")
    store.undo()
    assert is_open(store, "claims_alike")
    edits.relate_propositions(store, first, "alternative_to", second)
    assert not is_open(store, "claims_alike")
    edits.delete_proposition(store, first)
    assert not is_open(store, "claims_alike")
    store.undo()
    store.undo()
    assert is_open(store, "claims_alike")


def test_of_many_links_those_from_exhibits_are_looked_at_a_few_at_a_time(store, monkeypatch):
    monkeypatch.setattr(unchecked, "NAMED_AT_ONCE", 2)
    article = add_article(store)
    marks = [edits.add_mark(store, article, "claim", [(place, place + 3)]) for place in range(0, 24, 4)]
    for mark in marks[1:]:
        edits.add_link(store, "supports", Ref("mark", mark), Ref("mark", marks[0]))
    photos = [edits.add_exhibit(store, title=title) for title in ("Sluice", "Gate")]
    for photo in photos:
        for mark in marks[:3]:
            edits.add_link(store, "relates_to", Ref("exhibit", photo), Ref("mark", mark))
    with store.keeping():
        store.execute("DELETE FROM main.loose_end")
        store.execute("UPDATE main.checked SET rules = rules - 1")
    assert is_open(store, "relates_to_without_note")
    assert sum(one.rule == "relates_to_without_note" for one in kept(store)) == 6


def test_looking_for_links_from_exhibits_costs_nothing_where_there_are_none(store):
    article = add_article(store)
    first, *others = (edits.add_mark(store, article, "claim", [(at, at + 3)]) for at in range(0, 200, 2))
    for mark in others:
        edits.add_link(store, "supports", Ref("mark", mark), Ref("mark", first))
    _, steps = price(store, lambda: unchecked._rows_after(store, "link", ""))
    assert steps < len(others)


def test_reading_ahead_what_is_looked_at_next_changes_nothing(tmp_path):
    store = Store.create(tmp_path / "news.annotator", Identity())
    article = add_article(store)
    two_marks(store, article)
    reader = store.reader()
    before, read = backlog(store), 0
    for named in look(store):
        if named is not None and not read:
            read_ahead(reader, named)
            read = len(named)
            assert backlog(reader) == before
    assert read
    assert backlog(store).rows == 0
    reader.close()
    store.close()

"""The marks of an article as the text view asks for them."""

from contextlib import suppress
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.ids import MarkId
from annotator.domain.model import Ref
from annotator.domain.spans import Span
from annotator.store import edits, read
from annotator.store.bulk import BulkCancelledError
from annotator.store.store import Store
from annotator.ui.marksource import StoreMarks, link_key, link_target
from annotator.ui.text.shown import Held
from tests.store.samples import TEXT, add_article, asked_of, place, two_marks


@pytest.fixture
def store():
    store = Store.memory()
    yield store
    store.close()


def rail(store, article, end):
    source = StoreMarks(store, article)
    return source.worded(source.rail(source.shapes(0, end)))


@given(
    st.lists(st.tuples(st.integers(0, 100), st.integers(1, 80)), max_size=10),
    st.integers(0, 150),
    st.integers(1, 60),
)
def test_every_mark_that_meets_a_range_is_given_and_no_other(spans, start, width):
    store = Store.memory()
    article = add_article(store)
    made = {
        edits.add_mark(store, article, "claim", [(at, at + length)]): (at, at + length)
        for at, length in spans
    }
    end = start + width
    shown = {shape.id for shape in StoreMarks(store, article).shapes(start, end)}
    assert shown == {mark for mark, (low, high) in made.items() if low < end and high > start}
    store.close()


def test_a_denial_says_in_the_rail_whom_it_denies_and_the_claim_who_denies_it(store):
    article = add_article(store)
    claim, denial = two_marks(store, article)
    edits.set_source(store, claim, edits.add_source(store, "Ministry", "organisation"))
    edits.set_source(store, denial, edits.add_source(store, "Ilena Doran"))
    edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    words = {entry.mark: entry.text for entry in rail(store, article, len(TEXT))}
    assert words[denial] == "denies Ministry · ¶1"
    assert words[claim] == "denied by Ilena Doran · ¶1"


def test_the_rail_calls_who_was_found_to_be_another_as_the_map_does(store):
    article = add_article(store)
    claim, denial = two_marks(store, article)
    ukraine, kyiv, city = (edits.add_source(store, name) for name in ("Ukraine", "Kyiv", "Kiev"))
    edits.set_source(store, denial, city)
    edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    edits.merge_sources(store, kyiv, city)
    edits.merge_sources(store, ukraine, kyiv)
    words = {entry.mark: entry.text for entry in rail(store, article, len(TEXT))}
    assert words[claim] == "denied by Ukraine · ¶1"


def test_a_link_to_another_article_names_it(store):
    article = add_article(store)
    claim, _ = two_marks(store, article)
    other = add_article(store, text="Title\nThe bridge was shut, the office wrote.")
    evidence = edits.add_mark(store, other, "evidence", [(6, 20)])
    edits.set_source(store, claim, edits.add_source(store, "Ministry", "organisation"))
    edits.add_link(store, "supports", Ref("mark", evidence), Ref("mark", claim))
    (entry,) = rail(store, other, 40)
    assert entry.text == "supports Ministry · A1 ¶1"


def test_a_claim_of_many_marks_is_one_line(store):
    article = add_article(store)
    marks = [edits.add_mark(store, article, "claim", [(at, at + 4)]) for at in range(0, 40, 8)]
    for mark in marks[1:]:
        edits.add_link(store, "same_claim", Ref("mark", mark), Ref("mark", marks[0]))
    entries = [entry for entry in rail(store, article, 60) if entry.mark == marks[0]]
    assert [entry.text for entry in entries] == ["= C1 · 4 others"]


def test_a_denial_of_a_claim_of_many_marks_does_not_say_it_is_the_same(store):
    article = add_article(store)
    claim = edits.add_proposition(store, "The bridge was shut.")
    marks = [edits.add_mark(store, article, "claim", [(at, at + 4)]) for at in range(0, 32, 8)]
    denial = edits.add_mark(store, article, "denial", [(40, 44)])
    for mark in (*marks, denial):
        edits.add_mention(store, mark, claim)
    entries = [entry for entry in rail(store, article, 60) if entry.mark == denial]
    assert [(entry.style, entry.text) for entry in entries] == [("denies", "denies C1 · 4 others")]


def test_a_link_to_a_claim_names_the_claim_and_counts_nobody(store):
    article = add_article(store)
    claim = edits.add_proposition(store, "The bridge was shut.")
    evidence = edits.add_mark(store, article, "evidence", [(0, 4)])
    edits.add_link(store, "undermines", Ref("mark", evidence), Ref("proposition", claim))
    (entry,) = rail(store, article, 60)
    assert entry.text == "undermines C1"


def test_a_click_in_the_rail_leads_to_the_far_end(store):
    article = add_article(store)
    claim, denial = two_marks(store, article)
    edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    held = Held(denial, read.mark(store, denial).spans)
    (link,) = StoreMarks(store, article).focus_links(held)
    assert link_target(link.id) == ("mark", claim)
    assert link.other == place(TEXT, "the bridge had been closed")


def test_the_overview_counts_every_mark_once(store):
    article = add_article(store)
    for at in range(0, 200, 7):
        edits.add_mark(store, article, "claim", [(at, at + 3)])
    counts = StoreMarks(store, article).density(20)
    assert len(counts) == 20
    assert sum(count for bucket in counts for _, count in bucket) == len(range(0, 200, 7))


def test_what_can_wait_asks_nothing_of_a_project_that_a_large_change_has_to_itself(store):
    article = add_article(store)
    edits.add_mark(store, article, "claim", [(0, 3)])
    source = StoreMarks(store, article)
    told = []
    with suppress(BulkCancelledError), store.bulk("label-all"):
        with asked_of(store) as asked:
            told += [source.density(20), source.shapes_ahead(0, 20)]
        raise BulkCancelledError
    assert (asked, told) == ([], [None, None])
    assert source.shapes_ahead(0, 20) == source.shapes(0, 20) != []
    assert sum(count for bucket in source.density(20) for _, count in bucket) == 1


def test_the_overview_does_not_wait_for_the_disk_with_a_commit_beside_the_window(store):
    article = add_article(store)
    source = StoreMarks(store, article)
    with store.operation("add-mark"):
        assert source.density(20) is None
        edits.add_mark(store, article, "claim", [(0, 3)])
    assert sum(count for bucket in source.density(20) for _, count in bucket) == 1


def test_keys_of_links_tell_them_apart(store):
    article = add_article(store)
    claim, denial = two_marks(store, article)
    edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    edits.add_link(store, "responds_to", Ref("mark", denial), Ref("mark", claim))
    from annotator.store import lists

    keys = [link_key(row) for row in lists.links(store, [MarkId(denial)])]
    assert len(set(keys)) == len(keys) == 2


def test_a_claim_that_one_mark_alone_denies_stands_beside_it(store):
    article = add_article(store)
    claim, denial = two_marks(store, article)
    node = edits.add_proposition(store, "Engineers shut the bridge.")
    edits.add_link(store, "denies", Ref("mark", denial), Ref("proposition", node))
    (entry,) = rail(store, article, len(TEXT))
    assert (entry.mark, entry.style, entry.text) == (
        denial,
        "denies",
        "denies C1 “Engineers shut the bridge.”",
    )
    assert link_target(entry.id) == ("proposition", node)
    edits.add_mention(store, claim, node, "support")
    assert {entry.mark for entry in rail(store, article, len(TEXT))} == {claim, denial}


def test_a_claim_with_the_words_of_its_only_mark_says_nothing_new(store):
    article = add_article(store)
    claim, denial = two_marks(store, article)
    edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    assert [entry.direction for entry in rail(store, article, len(TEXT)) if entry.mark == claim] == ["in"]


def test_links_of_the_mark_in_hand_are_read_once_for_curves_and_page(desk, qtbot, monkeypatch):
    store, article = desk.window.session.store, desk.window.session.focus.article
    claim, denial = (
        edits.add_mark(store, article, label, [span])
        for label, span in (("claim", Span(0, 5)), ("denial", Span(6, 12)))
    )
    edits.add_link(store, "responds_to", Ref("mark", denial), Ref("mark", claim))
    module = import_module("annotator.store.lists.links")
    found, asked = module.links, []
    monkeypatch.setattr(module, "links", lambda store, marks: asked.append(marks) or found(store, marks))
    window = desk.window
    window.session.hold(claim)
    shown = window.panels.mark.page.links.list
    qtbot.waitUntil(lambda: shown.isVisible() and bool(window.view.shown.links.all))
    assert asked == [[claim]]
    edits.delete_marks(store, {denial})
    qtbot.waitUntil(lambda: not shown.isVisible() and not window.view.shown.links.all)
    assert asked == [[claim], [claim]]

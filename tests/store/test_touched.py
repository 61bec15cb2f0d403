"""Which words a change touches: what views read again, and where undo takes the analyst."""

from annotator.domain.model import Ref
from annotator.store import edits, read
from annotator.store.touched import article_of_change, touched_spans
from tests.store.samples import TEXT, add_article, asked_of, place, two_marks


def last_change(store):
    return store.change_of(store.query("SELECT id FROM operation ORDER BY rowid DESC LIMIT 1")[0][0])


def test_moving_a_mark_touches_its_old_and_its_new_words(store):
    article = add_article(store)
    claim, _ = two_marks(store, article)
    before = read.mark(store, claim).spans
    edits.set_spans(store, claim, [place(TEXT, "ministry")])
    assert set(touched_spans(store, last_change(store), article)) >= {*before, place(TEXT, "ministry")}


def test_a_link_touches_the_words_of_both_marks(store):
    article = add_article(store)
    claim, denial = two_marks(store, article)
    edits.add_link(store, "supports", Ref("mark", claim), Ref("mark", denial))
    words = {read.mark(store, mark).spans[0] for mark in (claim, denial)}
    assert set(touched_spans(store, last_change(store), article)) == words


def test_a_new_source_name_may_touch_anything(store):
    article = add_article(store)
    claim, _ = two_marks(store, article)
    ministry = edits.add_source(store, "Ministry", "organisation")
    edits.set_source(store, claim, ministry)
    edits.edit_source(store, ministry, name="Office")
    assert touched_spans(store, last_change(store), article) is None


def test_a_change_in_another_article_touches_nothing_here(store):
    here, there = add_article(store), add_article(store, text="Elsewhere a bridge stood.")
    edits.add_mark(store, there, "claim", [(0, 9)])
    assert touched_spans(store, last_change(store), here) == []


def test_undoing_a_mark_leads_to_where_it_was(store):
    article = add_article(store)
    edits.add_mark(store, article, "claim", [(4, 12)])
    assert article_of_change(store, store.undo(), None) == (article, [(4, 12)])


def test_of_the_articles_of_a_change_those_that_are_gone_are_passed_over(store):
    articles = sorted(add_article(store, f"{TEXT} {number}") for number in range(3))
    with store.operation("label-three"):
        for article in articles:
            edits.add_mark(store, article, "claim", [(4, 12)])
    change = last_change(store)
    assert article_of_change(store, change, articles[1]) == (articles[1], [(4, 12)])
    assert article_of_change(store, change, None) == (articles[0], [(4, 12)])
    edits.delete_article(store, articles[0])
    assert article_of_change(store, change, articles[0]) == (articles[1], [(4, 12)])


def test_where_to_look_is_asked_of_one_article_however_many_a_change_touches(store):
    articles = sorted(add_article(store, f"{TEXT} {number}") for number in range(9))
    with store.operation("label-nine"):
        for article in articles:
            edits.add_mark(store, article, "claim", [(4, 12)])
    change = last_change(store)
    with asked_of(store) as asked:
        article_of_change(store, change, articles[5])
    assert len(asked) == 1


def test_a_change_without_an_article_leads_nowhere(store):
    edits.add_source(store, "Ministry", "organisation")
    assert article_of_change(store, last_change(store), None) is None


def test_the_other_end_of_a_link_is_touched_when_a_source_changes(store):
    article = add_article(store)
    claim, denial = two_marks(store, article)
    edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    office = edits.add_source(store, "Harbour Office", "organisation")
    edits.set_source(store, denial, office)
    assert set(read.mark(store, claim).spans) <= set(touched_spans(store, last_change(store), article))


def test_what_a_mark_does_to_a_claim_touches_the_other_marks_of_the_claim(store):
    article = add_article(store)
    claim, denial = two_marks(store, article)
    edits.add_link(store, "same_claim", Ref("mark", claim), Ref("mark", denial))
    words = {read.mark(store, mark).spans[0] for mark in (claim, denial)}
    (mention,) = read.mentions_of(store, claim)
    edits.edit_mention(store, mention.id, stance="query")
    assert set(touched_spans(store, last_change(store), article)) == words
    edits.delete_mention(store, mention.id)
    assert set(touched_spans(store, last_change(store), article)) == words
    edits.add_mention(store, claim, mention.proposition)
    assert set(touched_spans(store, last_change(store), article)) == words

"""The focus that views share, and the places to go back to."""

import sqlite3
from contextlib import closing

import pytest

from annotator.domain.errors import UserError
from annotator.store import edits
from annotator.store.session import Focus, Session
from tests.store.samples import add_article, asked_of, two_marks


def test_every_view_hears_of_a_move_until_it_stops_listening(store):
    article = add_article(store)
    session, heard = Session(store), []
    stop = session.on_focus(heard.append)
    session.open_article(article, 7)
    stop()
    session.open_article(article, 9)
    assert heard == [Focus(article, 7)]


def test_holding_a_mark_of_another_article_goes_there_and_back_again(store):
    here, there = add_article(store), add_article(store, text="Elsewhere a bridge stood.")
    mark = edits.add_mark(store, there, "claim", [(0, 9)])
    session = Session(store)
    session.open_article(here, 5)
    session.hold(mark)
    assert session.focus == Focus(there, 0, mark)
    assert session.back()
    assert session.focus == Focus(here, 5)
    assert session.forward()
    assert session.focus.article == there
    assert not session.forward()


def test_a_deleted_mark_falls_from_the_hand(store):
    claim, _ = two_marks(store)
    session = Session(store)
    session.hold(claim)
    edits.delete_marks(store, [claim])
    assert session.focus.mark is None
    assert session.focus.article is not None


def test_a_deleted_article_leaves_no_focus_and_is_not_gone_back_to(store):
    here, there = add_article(store), add_article(store, text="Elsewhere a bridge stood.")
    session = Session(store)
    session.open_article(here)
    session.open_article(there)
    edits.delete_article(store, here)
    assert not session.back()
    edits.delete_article(store, there)
    assert session.focus == Focus()


def test_a_jump_to_another_article_is_one_step_back(store):
    here, there = add_article(store), add_article(store, text="Elsewhere a bridge stood.")
    first = add_article(store, text="The first of all.")
    mark = edits.add_mark(store, there, "claim", [(0, 9)])
    session = Session(store)
    session.open_article(first)
    session.open_article(here, 5)
    session.leave_here()
    session.hold(mark)
    assert session.back()
    assert session.focus.article == here
    assert session.back()
    assert session.focus.article == first


def test_each_pane_has_its_own_place_and_mark(store):
    claim, denial = two_marks(store)
    session = Session(store)
    session.hold(claim)
    first = session.pane
    session.split()
    session.hold(denial)
    assert [pane.focus.mark for pane in session.panes] == [claim, denial]
    session.turn_to(first)
    assert session.focus.mark == claim


def test_what_is_gone_is_let_go_in_both_panes_before_any_view_hears_of_it(store):
    claim, _ = two_marks(store)
    session = Session(store)
    session.hold(claim)
    session.split(session.focus)
    told = []
    session.on_focus(lambda _: told.append([pane.focus.mark for pane in session.panes]))
    edits.delete_marks(store, [claim])
    assert told == [[None, None]]
    edits.delete_article(store, session.focus.article)
    assert [pane.focus for pane in session.panes] == [Focus()]


def test_a_mark_whose_article_stands_in_the_other_pane_is_held_there(store):
    here, there = add_article(store), add_article(store, text="Elsewhere a bridge stood.")
    mark = edits.add_mark(store, there, "claim", [(0, 9)])
    session = Session(store)
    session.open_article(here, 3)
    first = session.pane
    session.split(Focus(there))
    second = session.pane
    session.turn_to(first)
    session.hold(mark)
    assert session.pane is second
    assert first.focus == Focus(here, 3)
    assert session.back()
    assert session.pane is first
    assert second.focus.mark == mark


def test_several_steps_back_can_be_gone_forward_one_by_one(store):
    articles = [add_article(store, text=f"Bridge {number}") for number in range(4)]
    session = Session(store)
    for article in articles:
        session.open_article(article)
    assert session.back(3)
    assert session.focus.article == articles[0]
    for article in articles[1:]:
        assert session.forward()
        assert session.focus.article == article
    assert not session.back(9)
    assert session.focus.article == articles[3]
    assert [visit.focus.article for visit in session.visits[0]] == articles[2::-1]


def test_a_closed_pane_opens_again_where_it_was_unless_its_article_is_gone(store):
    here, there = add_article(store), add_article(store, text="Elsewhere a bridge stood.")
    session = Session(store)
    session.open_article(here)
    session.split(Focus(there, 4))
    session.close_pane(session.pane)
    assert session.focus.article == here
    session.split()
    assert session.focus == Focus(there, 4)
    edits.delete_article(store, there)
    assert len(session.panes) == 1
    session.split()
    assert session.focus.article == here


def test_taking_a_mark_in_hand_asks_the_file_for_nothing_but_its_place(opened):
    store = opened()
    article = add_article(store)
    first, _ = two_marks(store, article)
    session = Session(store)
    session.open_article(article)
    with asked_of(store) as asked:
        session.hold(first)
    assert len(asked) == 1


def test_who_wants_a_mark_that_another_program_took_away_hears_so_first(opened):
    store = opened()
    first, _ = two_marks(store, add_article(store))
    session, told = Session(store), []
    store.subscribe(told.append)
    with closing(sqlite3.connect(store.path)) as other:
        other.execute("DELETE FROM mark WHERE id = ?", (first,))
        other.commit()
    with pytest.raises(UserError, match="no-such-row"):
        session.hold(first)
    assert told

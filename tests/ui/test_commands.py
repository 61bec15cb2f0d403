"""What the window says and shows when undo, redo or a line in the margin is asked for."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.domain.ids import ArticleId, MarkId, new_id
from annotator.domain.model import Article
from annotator.domain.text import text_sha256
from annotator.formats.plain import read_pasted
from annotator.store import edits, lists, read
from annotator.store.imports import import_records
from annotator.store.store import Identity, Store
from annotator.ui.commands.project import _words_of_import
from annotator.ui.dialogs.popups import CommandPalette
from annotator.ui.dialogs.progress import Work
from annotator.ui.marksource import link_key
from annotator.ui.status import StatusLine
from annotator.ui.window import MainWindow
from tests.ui.windows import window_on

TEXT = "The mill denied it. The mayor said the mill had closed.\n" * 10
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def store() -> Store:
    store = Store.memory(Identity(name="Ada"))
    article = Article(id=ArticleId(new_id()), text=TEXT, title="Mill", sha256=text_sha256(TEXT))
    import_records(store, [article])
    return store


@pytest.fixture
def window(store: Store, qtbot: QtBot) -> MainWindow:
    return window_on(store, qtbot)


def test_undo_and_redo_say_what_they_did(window, store, qtbot):
    article = lists.articles(store)[0].id
    mark = edits.add_mark(store, article, "claim", [(4, 8)])
    window.session.hold(mark)
    qtbot.keyClick(window.view, Qt.Key.Key_Delete)
    qtbot.keyClick(window.view, Qt.Key.Key_Z, CTRL)
    assert window.notices.text == "Undone: 1 mark deleted"
    qtbot.keyClick(window.view, Qt.Key.Key_Z, CTRL | SHIFT)
    assert window.notices.text == "Redone: 1 mark deleted"


def test_undo_that_is_refused_says_why_and_not_that_nothing_is_left(window, store):
    edits.add_mark(store, lists.articles(store)[0].id, "claim", [(4, 8)])
    with store.bulk("import"):
        window.undoing.undo()
        assert "Nothing left" not in window.notices.text
        assert window.notices.text


def test_redo_with_nothing_to_redo_says_so(window, qtbot):
    qtbot.keyClick(window.view, Qt.Key.Key_Z, CTRL | SHIFT)
    assert window.notices.text == "Nothing to redo."


def test_a_claims_line_in_the_margin_leads_to_the_claim(window, store, qtbot):
    article = lists.articles(store)[0].id
    marks = [edits.add_mark(store, article, "claim", [(at, at + 3)]) for at in range(0, 40, 8)]
    claims = [edits.add_proposition(store, words) for words in ("The mill closed.", "The mill burnt.")]
    for mark in marks:
        edits.add_mention(store, mark, claims[1])
    (line,) = lists.links(store, [MarkId(marks[0])])
    window.hands.follow(link_key(line))
    panel = window.panels["claims"]
    qtbot.waitUntil(panel.isVisible)
    assert panel.current().id == claims[1]


def test_a_text_that_is_there_already_comes_in_and_is_told(window, store):
    there = lists.articles(store)[0]
    window.commands.take_in(read_pasted(read.text(store, there.id), title="The same again"))
    assert len(lists.articles(store)) > 1
    assert f"A{there.number}" in window.notices.text
    assert "The same again" in window.notices.text


def test_an_import_that_is_stopped_brings_nothing_in_and_says_so(window, store, monkeypatch):
    before = lists.articles(store)
    monkeypatch.setattr(Work, "_tell", lambda work, count: False)
    assert window.commands.take_in(read_pasted("Nobody saw it.", title="Seen")) is None
    assert lists.articles(store) == before
    assert window.notices.text == "Stopped; nothing was brought in."


def test_many_articles_brought_in_are_told_with_their_thousands_set_off():
    told = _words_of_import(10_000, 1_200, ["Told."] * 1_003)
    assert told.startswith("10,000 articles brought in. 1,200 were there already.")
    assert told.endswith("And 1,000 more of this kind.")


def do_by_name(window: MainWindow, qtbot: QtBot, words: str) -> None:
    qtbot.keyClick(window.view, Qt.Key.Key_K, CTRL)
    palette = window.findChildren(CommandPalette)[-1]
    qtbot.keyClicks(palette.field, words)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)


def test_labels_and_links_are_found_by_their_names_too(window, store, qtbot):
    article = lists.articles(store)[0].id
    held = edits.add_mark(store, article, "claim", [(4, 8)])
    edits.add_mark(store, article, "claim", [(35, 39)])
    window.session.hold(held)
    do_by_name(window, qtbot, "denial")
    assert read.mark(store, held).label == "denial"
    do_by_name(window, qtbot, "denies")
    line = window.findChild(StatusLine)
    qtbot.waitUntil(lambda: line.state.text().startswith("denies"))


def test_when_the_article_in_front_goes_another_comes_to_the_front(window, store, qtbot):
    first = lists.articles(store)[0].id
    article = Article(id=ArticleId(new_id()), text=TEXT, title="Copy", sha256=text_sha256(TEXT))
    (copy,) = import_records(store, [article]).articles
    window.session.open_article(ArticleId(copy))
    window.session.store.undo()
    qtbot.waitUntil(lambda: window.session.focus.article == first)
    assert window.view.isVisible()


def kinds_in_menu(window):
    """The lines of the menu of links by what stands in them, and whether each can be chosen."""
    window.menus.menus["link"].aboutToShow.emit()
    lines = window.menus.menus["link"].actions()
    return {line.text(): line for line in lines if not line.isSeparator()}


def test_the_menu_of_links_names_every_kind_with_its_key(window, store):
    assert {"denies\tD", "supports\tS"} <= kinds_in_menu(window).keys()
    assert "qualifies" not in kinds_in_menu(window)
    edits.set_preset(store, "analyst")
    assert "qualifies" in kinds_in_menu(window)
    assert list(kinds_in_menu(window)).count("qualifies") == 1


def test_the_menu_of_links_starts_those_that_may_start_at_the_mark_in_hand(window, store):
    assert not kinds_in_menu(window)["denies\tD"].isEnabled()
    article = lists.articles(store)[0].id
    edits.add_mark(store, article, "claim", [(30, 40)])
    window.session.hold(edits.add_mark(store, article, "denial", [(4, 8)]))
    assert kinds_in_menu(window)["denies\tD"].isEnabled()
    kinds_in_menu(window)["denies\tD"].trigger()
    assert "denies" in window.hands.desk.mode.name
    window.session.hold(edits.add_mark(store, article, "no_comment", [(12, 18)]))
    assert not kinds_in_menu(window)["denies\tD"].isEnabled()

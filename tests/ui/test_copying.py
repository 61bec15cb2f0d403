"""Ctrl+C: words that are selected as they are, a mark or a claim with all that tells where it is from."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from annotator.domain.ids import MarkId
from annotator.domain.model import Mark, Mention, Proposition
from annotator.domain.resources import resource
from annotator.domain.spans import Span
from annotator.formats.jsonl import FORMAT
from annotator.store import read
from annotator.store.imports import import_records
from annotator.store.store import Identity, Store
from annotator.ui.settings import Settings
from tests.ui.windows import window_on


@pytest.fixture
def window(tmp_path, qtbot):
    store = Store.memory(Identity(name="Ada"))
    import_records(store, FORMAT.read(resource("sample", "sample.jsonl"), {}))
    return window_on(store, qtbot, Settings(tmp_path / "window.ini"))


def copied():
    return QGuiApplication.clipboard().mimeData()


def test_a_mark_in_hand_is_copied_with_its_source_and_place(window, qtbot):
    mark = read.records(window.session.store, Mark, "label = 'denial'", limit=1)[0]
    window.session.hold(MarkId(mark.id))
    window.view.setFocus()
    qtbot.keyClick(window.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    article = read.article(window.session.store, mark.article)
    for words in (mark.quotes[0], " — ", article.title, article.date):
        assert words in copied().text()
    assert "<b>" in copied().html()


def test_selected_words_are_copied_as_they_are(window, qtbot):
    mark = read.records(window.session.store, Mark, limit=1)[0]
    window.session.hold(MarkId(mark.id))
    window.view.setFocus()
    window.view.select(Span(0, 8))
    qtbot.keyClick(window.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied().text() == window.hands.desk.text[:8]
    assert not copied().hasHtml()


def test_a_claim_the_panel_stands_on_is_copied_with_all_that_is_said_on_it(window, qtbot):
    window.docks["claims"].show()
    window.docks["claims"].raise_()
    panel = window.panels.claims
    qtbot.waitUntil(lambda: panel.model.rowCount() > 0)
    panel.tree.setCurrentIndex(panel.model.index(0, 0))
    panel.tree.setFocus()
    claim = read.records(window.session.store, Proposition, "id = ?", (panel.current().id,))[0]
    window.menus.actions["copy"].trigger()
    qtbot.waitUntil(lambda: claim.text in copied().text())
    assert "Independent voices" in copied().text()
    mentions = read.records(window.session.store, Mention, "proposition = ? AND stance = 'deny'", (claim.id,))
    for mention in mentions:
        assert read.mark(window.session.store, mention.mark).quotes[0] in copied().text()

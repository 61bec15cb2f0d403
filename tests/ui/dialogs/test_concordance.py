"""Words are looked for in all articles, gone to, and labelled by the hundred."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.app.segment import NewsSegmenter
from annotator.store import lists, read
from annotator.store.concordance import Wanted, concordance
from annotator.store.session import Session
from annotator.store.store import Identity, Store
from annotator.ui.dialogs.concordance import LEFT, ConcordanceDialog, PlacesModel
from annotator.ui.settings import Settings
from annotator.ui.window import MainWindow
from tests.store.samples import TEXT, add_article, place


@pytest.fixture
def store():
    store = Store.memory(Identity(name="Ada"))
    add_article(store, TEXT, title="Bridge")
    add_article(store, "The “Bridge” is open.\nA footbridge too.\n", title="Harbour")
    yield store
    store.close()


@pytest.fixture
def window(store, qtbot):
    window = MainWindow(Session(store), NewsSegmenter(), Settings(None))
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def dialog(window):
    window.menus.actions["find-everywhere"].trigger()
    found = window.findChild(ConcordanceDialog)
    yield found
    found.close()


def look_for(dialog, words):
    dialog.field.setText(words)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)


def test_the_model_of_places_keeps_the_rules_of_models(store, qtmodeltester):
    model = PlacesModel()
    model.show_places(concordance(store, Wanted("bridge")).places)
    qtmodeltester.check(model)


def test_matches_are_counted_sorted_by_what_is_around_and_gone_to(window, dialog):
    look_for(dialog, "bridge")
    assert dialog.count.text() == "3 matches in 2 articles"
    dialog.order.setCurrentIndex(1)
    before = [dialog.model.index(row, LEFT).data().split()[-1] for row in range(3)]
    assert before == ["foot", "the", "“"]
    dialog.order.setCurrentIndex(0)
    dialog.table.selectRow(1)
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert read.article(window.session.store, window.session.focus.article).title == "Harbour"
    start, end = window.view.selection()
    assert window.view.page.text[start:end] == "Bridge"
    assert dialog.isVisible()


def test_what_is_ticked_is_labelled_in_one_step_of_undo(store, window, dialog):
    look_for(dialog, "bridge")
    dialog.table.selectRow(2)
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert dialog.label_them.text() == "Label 2 as Claim"
    dialog.label_them.click()
    assert [row.quote for row in lists.marks(store)] == ["bridge", "Bridge"]
    assert dialog.remark.text.startswith("2 marks made, 0 had the label already")
    dialog.label_them.click()
    assert dialog.remark.text.startswith("0 marks made, 2 had")
    window.commands.functions["undo"]()
    assert lists.count_marks(store) == 0


def test_none_and_all_of_the_ticks(dialog):
    look_for(dialog, "bridge")
    dialog.none.click()
    assert not dialog.label_them.isEnabled()
    dialog.all.click()
    assert dialog.label_them.text() == "Label 3 as Claim"


def test_what_cannot_be_looked_for_is_said(dialog):
    dialog.regex.setChecked(True)
    look_for(dialog, "(")
    assert "The expression is wrong" in dialog.remark.text
    look_for(dialog, "zeppelin")
    assert dialog.remark.text == "No article holds these words."
    assert dialog.count.text() == ""


def test_the_words_of_a_match_are_those_of_the_text(dialog):
    dialog.whole.setChecked(True)
    look_for(dialog, "bridge")
    spans = [found.span for found in dialog.model.places]
    assert spans[0] == place(TEXT, "bridge")
    assert len(spans) == 2

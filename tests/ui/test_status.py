"""The status line says the state of the hands, the paragraph and that all is saved."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator.store import edits
from annotator.ui.status import StatusLine
from tests.ui.hands.desk import TEXT

Key = Qt.Key


@pytest.fixture
def line(desk):
    found = desk.window.statusBar().findChild(StatusLine)
    assert isinstance(found, StatusLine)
    return found


def state(line):
    """What the line says once the text is painted."""
    QApplication.processEvents()
    return line.state.text()


def place(line):
    QApplication.processEvents()
    return line.place.text()


def test_reading_then_selecting_then_holding(desk, line):
    assert state(line) == "reading"
    desk.select("blamed")
    assert state(line) == "selection · one word"
    desk.select("blamed fog")
    assert state(line) == "selection · 2 words"
    desk.keys.mark_words(desk.span("blamed fog"), "claim")
    assert state(line) == "mark held · M1 Claim"
    desk.select("early")
    assert state(line) == "selection · one word · mark held · M1 Claim"


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("f", "choose the first word"),
        ("t", "moving the start — arrows, T for the end, Enter writes"),
        ("d", "denies — type the letters at the other end, / to search"),
    ],
)
def test_each_state_says_what_it_waits_for(desk, line, keys, words):
    desk.put("the ferry had left too early")
    desk.hold(desk.put("blamed fog", "denial"))
    desk.keys.type(keys)
    assert state(line) == words
    assert line.state.accessibleName() == words


def test_a_relabelled_mark_is_named_anew(desk, line):
    desk.hold(desk.put("blamed fog"))
    desk.keys.press(Key.Key_3)
    assert state(line) == "mark held · M1 Evidence"


def test_the_paragraph_of_the_caret_and_that_all_is_saved(desk, line):
    assert place(line) == "¶1 · saved"
    desk.keys.go_to(TEXT.index("The mayor"))
    assert place(line) == "¶3 · saved"


def test_without_an_article_it_says_so(desk, line):
    for article in desk.articles:
        edits.delete_article(desk.store, article)
    assert state(line) == "No article open"
    assert place(line) == ""

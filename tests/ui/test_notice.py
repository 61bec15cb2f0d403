"""The notice bar: one sentence over the text, which moves nothing and takes no focus."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton, QWidget

from annotator.ui.notice import NoticeBar
from annotator.ui.theme import theme


@pytest.fixture
def host(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(900, 400)
    widget.field = QLineEdit(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


@pytest.fixture
def bar(host):
    return NoticeBar(theme("light"), host)


def test_it_is_there_only_after_something_was_said(bar):
    assert not bar.isVisible()
    bar.say("The link is there already.")
    assert bar.isVisible()
    assert bar.text == "The link is there already."


def test_it_stands_at_the_foot_of_the_text_and_follows_its_size(bar, host, qtbot):
    bar.say("The link is there already.", "warning")
    host.resize(500, 300)
    qtbot.waitUntil(lambda: bar.geometry().bottom() < 300)
    assert host.rect().contains(bar.geometry())


def test_it_leaves_the_keys_where_they_are(bar, host):
    host.field.setFocus()
    bar.say("The link is there already.")
    assert host.focusWidget() is host.field


def test_a_long_sentence_is_shown_whole(bar, host):
    bar.say("word " * 120)
    words = next(label for label in bar.findChildren(QLabel) if label.text())
    assert words.heightForWidth(words.width()) <= words.height()
    assert host.rect().contains(bar.geometry())


def test_words_of_a_file_are_never_taken_for_markup(bar):
    bar.say("<img src='x'><b>bold</b>")
    assert {label.textFormat() for label in bar.findChildren(QLabel) if label.text()} == {
        Qt.TextFormat.PlainText
    }


def test_the_cross_takes_it_away(bar, qtbot):
    bar.say("The link is there already.")
    qtbot.mouseClick(bar.findChild(QToolButton), Qt.MouseButton.LeftButton)
    assert not bar.isVisible()

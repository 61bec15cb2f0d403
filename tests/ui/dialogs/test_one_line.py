"""One line is asked for in a window wide enough to write in, with the words as they are."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QLabel, QLineEdit, QWidget

from annotator.ui.dialogs.one_line import ask_line

LONG = "Denial M1 <b>Donaudampfschifffahrtsgesellschaft</b> sagt nicht, was es bestreitet. " * 6


@pytest.fixture
def window(shown):
    made = QWidget()
    shown(made)
    return made


def asked(window, act, words="Why?"):
    """What comes of the question when something is done with its window."""

    def look():
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QInputDialog):
            act(dialog)
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)
    return ask_line(window, "Leave it open", words, "as it was")


def test_what_is_typed_is_given_on_enter_and_nothing_on_esc(window):
    def write(dialog):
        QTest.keyClicks(dialog.findChild(QLineEdit), "the desk asks")
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    assert asked(window, write) == "the desk asks"
    assert asked(window, lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape)) is None


def test_long_words_of_an_article_are_wrapped_and_no_markup(window):
    seen = []

    def look(dialog):
        label = dialog.findChild(QLabel)
        seen.append((label.textFormat(), label.text().count("<b>"), dialog.width() <= 900))
        dialog.reject()

    asked(window, look, LONG)
    assert seen == [(Qt.TextFormat.PlainText, 6, True)]

"""The question before undo: who, when, what, and the safe answer first."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from annotator.store import edits
from annotator.ui.dialogs.question import UndoQuestion, ask_before_undo
from annotator.ui.panels.words import local_time


@pytest.fixture
def window(shown):
    made = QWidget()
    shown(made)
    return made


def answer(key: Qt.Key, qtbot) -> None:
    """Press a key in the question once it is there."""

    def press():
        question = QApplication.activeModalWidget()
        if isinstance(question, UndoQuestion) and question.isVisible():
            qtbot.keyClick(question, key)
        else:
            QTimer.singleShot(0, press)

    QTimer.singleShot(0, press)


def test_with_a_store_it_names_what_it_was_done_to(project, window):
    edits.edit_mark(project.store, project.denial, note="Look again")
    operation = project.store.next_undo()
    question = UndoQuestion(window, operation, "Ada", project.store)
    assert "Note of M2 changed" in question.informativeText()


def test_it_says_who_did_what_and_when(project, window, qtbot):
    edits.add_source(project.store, "<b>Water board</b>", "organisation")
    operation = project.store.next_undo()
    for store in (project.store, None):
        question = UndoQuestion(window, operation, "Ada", store)
        said = question.informativeText()
        assert "Ada" in said
        assert local_time(operation.at) in said
        assert said.count("“<b>Water board</b>”") == 1
        assert question.textFormat() is Qt.TextFormat.PlainText
        question.deleteLater()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_enter_and_esc_keep_what_was_done(project, window, qtbot, key):
    answer(key, qtbot)
    assert ask_before_undo(window, project.store.next_undo(), "Ada") is False


def test_it_can_be_undone_from_the_keyboard(project, window, qtbot):
    def press():
        question = QApplication.activeModalWidget()
        if isinstance(question, UndoQuestion) and question.isVisible():
            question.undo_button.setFocus()
            qtbot.keyClick(question.undo_button, Qt.Key.Key_Space)
        else:
            QTimer.singleShot(0, press)

    QTimer.singleShot(0, press)
    assert ask_before_undo(window, project.store.next_undo(), "Ada") is True

"""Claim nodes: written in place, opened to their mentions, merged and deleted."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from annotator.domain.model import Proposition
from annotator.store import edits, lists, read
from annotator.store.session import Session
from annotator.store.store import Store
from annotator.ui.panels.claims import ClaimsPanel
from tests.ui.panels.project import Project


@pytest.fixture
def panel(project: Project, look, shown):
    made = ClaimsPanel(project.session, look)
    shown(made)
    return made


def sentences(panel: ClaimsPanel) -> list[str]:
    return [panel.model.index(row, 0).data() for row in range(panel.model.rowCount())]


def test_claims_are_listed_with_counts_by_stance(panel):
    assert sentences(panel) == ["the dam at Orlova had been opened on purpose", "No gate was opened"]
    assert [panel.model.index(1, column).data() for column in range(1, 6)] == ["C2", "", "2", "", ""]


def test_the_marks_of_a_claim_stand_below_it_and_enter_goes_there(project, panel, qtbot):
    claim = panel.model.index(1, 0)
    panel.tree.expand(claim)
    children = [panel.model.index(row, 0, claim) for row in range(panel.model.rowCount(claim))]
    assert [child.data() for child in children] == [
        "Mara Lind denies: “No gate was opened”",
        "Vodnik denies: “no gate had been opened”",
    ]
    panel.tree.setCurrentIndex(children[1])
    qtbot.keyClick(panel.tree, Qt.Key.Key_Return)
    assert project.session.focus.mark == project.repeated


def test_enter_opens_and_closes_a_claim(panel, qtbot):
    panel.tree.setCurrentIndex(panel.model.index(0, 0))
    qtbot.keyClick(panel.tree, Qt.Key.Key_Return)
    assert panel.tree.isExpanded(panel.model.index(0, 0))
    qtbot.keyClick(panel.tree, Qt.Key.Key_Return)
    assert not panel.tree.isExpanded(panel.model.index(0, 0))


def test_a_sentence_is_written_in_place(project, panel, qtbot):
    panel.tree.setCurrentIndex(panel.model.index(1, 0))
    panel.edit_current()
    editor = panel.tree.viewport().findChild(QLineEdit)
    editor.setText("Vodnik opened  no gate")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sentences(panel)[1] == "Vodnik opened no gate")
    project.session.undo()
    panel.settle()
    assert sentences(panel)[1] == "No gate was opened"


def test_an_open_claim_stays_open_when_something_changes(project, panel):
    panel.tree.expand(panel.model.index(1, 0))
    edits.set_source(project.store, project.denial, project.ministry)
    panel.settle()
    claim = panel.model.index(1, 0)
    assert panel.tree.isExpanded(claim)
    assert panel.model.index(0, 0, claim).data().startswith("Ministry of Water denies")


def test_delete_takes_a_mark_out_or_removes_the_claim(project, panel, qtbot):
    claim = panel.model.index(1, 0)
    panel.tree.expand(claim)
    panel.tree.setCurrentIndex(panel.model.index(0, 0, claim))
    qtbot.keyClick(panel.tree, Qt.Key.Key_Delete)
    assert panel.model.index(1, 3).data() == "1"
    panel.tree.setCurrentIndex(panel.model.index(0, 0))
    qtbot.keyClick(panel.tree, Qt.Key.Key_Delete)
    assert sentences(panel) == ["No gate was opened"]
    assert lists.count_marks(project.store) == 4


def test_two_claims_become_one(project, panel, qtbot):
    panel.tree.setCurrentIndex(panel.model.index(0, 0))
    panel.ask_same()
    with qtbot.waitSignal(panel.notice):
        qtbot.keyClick(panel.search.field, Qt.Key.Key_1)
    assert sentences(panel) == ["No gate was opened"]
    assert panel.model.index(0, 2).data() == "1"
    project.session.undo()
    panel.settle()
    assert len(sentences(panel)) == 2


def test_a_new_claim_is_written_at_once(look, shown, qtbot):
    panel = ClaimsPanel(Session(Store.memory()), look)
    shown(panel)
    assert panel.stack.currentWidget() is panel.empty
    panel.add()
    editor = panel.tree.viewport().findChild(QLineEdit)
    editor.setText("The logbook is a forgery")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sentences(panel) == ["The logbook is a forgery"])
    assert [row.text for row in read.records(panel.store, Proposition)] == ["The logbook is a forgery"]


def test_the_tree_is_a_sound_model(panel, qtmodeltester):
    qtmodeltester.check(panel.model)

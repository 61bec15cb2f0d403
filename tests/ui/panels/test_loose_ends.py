"""Loose ends by rule: gone to, left open with a reason, quiet while an article is read."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog

from annotator.domain.model import Dismissal
from annotator.store import edits, read
from annotator.store.open_ends import open_ends, open_ends_in_steps
from annotator.ui.panels.loose_ends import LooseEndsPanel
from tests.ui.panels.project import Project


@pytest.fixture
def panel(project: Project, look, shown):
    edits.add_mark(project.store, project.first, "denial", [(0, 6)])
    edits.set_status(project.store, project.first, "done")
    made = LooseEndsPanel(project.session, look, lambda: open_ends(project.store))
    shown(made)
    made.settle()
    return made


def rules(panel: LooseEndsPanel) -> list[str]:
    return [panel.model.index(row, 0).data() for row in range(panel.model.rowCount())]


def stand_on(panel: LooseEndsPanel, rule: str) -> None:
    group = [one.rule for one in panel.model.groups].index(rule)
    panel.tree.setCurrentIndex(panel.model.index(0, 0, panel.model.index(group, 0)))


def test_loose_ends_stand_below_their_rule(panel):
    assert "Denies what? (1)" in rules(panel)
    assert "Who says it? (1)" in rules(panel)
    stand_on(panel, "denial_without_target")
    assert "does not say what it denies" in panel.current().sentence


def test_enter_goes_to_a_loose_end(panel, qtbot):
    stand_on(panel, "mark_without_source")
    with qtbot.waitSignal(panel.jump_asked) as asked:
        qtbot.keyClick(panel.tree, Qt.Key.Key_Return)
    assert asked.args[0].end.fix == "choose-source"


def test_one_can_be_left_open_with_a_reason_and_undo_brings_it_back(project, panel, qtbot, monkeypatch):
    stand_on(panel, "mark_without_source")
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: (" the outlet itself ", True))
    qtbot.keyClick(panel.tree, Qt.Key.Key_Delete)
    assert "Who says it? (1)" not in rules(panel)
    assert [row.reason for row in read.records(project.store, Dismissal)] == ["the outlet itself"]
    project.session.undo()
    panel.settle()
    assert "Who says it? (1)" in rules(panel)


def test_what_is_mended_leaves_the_list_in_a_pause(project, panel, qtbot):
    stand_on(panel, "mark_without_source")
    edits.set_source(project.store, panel.current().end.mark, project.ministry)
    qtbot.waitUntil(lambda: "Who says it? (1)" not in rules(panel))


def test_an_article_still_being_read_stays_quiet_unless_asked_for(project, panel, qtbot):
    with qtbot.waitSignal(panel.counted) as counted:
        edits.set_status(project.store, project.first, "reading")
    assert "Denies what? (1)" not in rules(panel)
    quiet = sum(one.end.is_quiet for one in open_ends(project.store))
    assert counted.args[0] == len(open_ends(project.store)) - quiet
    panel.quiet.click()
    assert "Denies what? (1)" in rules(panel)


def test_the_number_is_told_while_the_panel_is_hidden(project, panel, qtbot):
    panel.hide()
    with qtbot.waitSignal(panel.counted):
        edits.add_mark(project.store, project.first, "evidence", [(0, 6)])


def test_a_folded_rule_stays_folded(project, panel):
    panel.tree.collapse(panel.model.index(0, 0))
    edits.add_mark(project.store, project.first, "evidence", [(0, 6)])
    panel.settle()
    assert not panel.tree.isExpanded(panel.model.index(0, 0))


def test_without_loose_ends_it_says_so(project, look, shown):
    panel = LooseEndsPanel(project.session, look, list)
    shown(panel)
    panel.settle()
    assert panel.pages.currentWidget() is panel.empty


def test_the_tree_is_a_sound_model(panel, qtmodeltester):
    qtmodeltester.check(panel.model)


def test_looking_in_steps_finds_the_same_as_looking_at_once(project: Project) -> None:
    steps = list(open_ends_in_steps(project.store))
    assert [row for row in steps if row is not None] == open_ends(project.store)
    assert None in steps


def test_a_change_while_it_looks_makes_it_look_anew(project: Project, look, shown, qtbot) -> None:
    asked = []

    def find():
        asked.append(True)
        return open_ends_in_steps(project.store)

    panel = LooseEndsPanel(project.session, look, find)
    shown(panel)
    qtbot.waitUntil(lambda: bool(asked))
    edits.edit_mark(project.store, project.claim, question="Who counted?")
    panel.settle()
    assert len(asked) > 1
    assert "question_open" in {row.end.rule for row in panel._found}

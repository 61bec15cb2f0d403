"""The table of marks: filtered, sorted, jumped to, deleted."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt

from annotator.domain.scheme_changes import rename
from annotator.store import edits, read
from annotator.store.edits import removal
from annotator.ui.dialogs.progress import Work
from annotator.ui.panels.marks import ANYWHERE, HERE, MarksPanel
from annotator.ui.panels.pages import PAGE
from annotator.ui.panels.tables import PADDING
from annotator.ui.panels.words import count_of_links, count_of_marks, counted
from tests.ui.panels.project import FIRST, Project


@pytest.fixture
def panel(project: Project, look, shown):
    made = MarksPanel(project.session, look)
    shown(made)
    return made


def handles(panel: MarksPanel) -> list[str]:
    return [panel.model.index(row, 0).data() for row in range(panel.model.rowCount())]


def test_a_row_says_handle_label_words_source_and_article(panel):
    texts = [panel.model.index(1, column).data() for column in range(5)]
    assert texts == ["M2", "Denial", "No gate was opened", "Mara Lind", "Who opened the dam?"]
    assert panel.count.text() == "4 marks"


def test_the_handle_of_the_millionth_mark_has_room(panel):
    room = panel.table.columnWidth(0) - PADDING
    assert panel.table.fontMetrics().horizontalAdvance("M1000000") <= room


def test_a_million_is_told_in_groups_of_three_digits():
    assert count_of_marks(1) == "1 mark"
    assert count_of_marks(1_000_002) == "1,000,002 marks"
    assert count_of_links(116_732) == "116,732 links"
    assert counted("%n older mark", "%n older marks", 2_000) == "2,000 older marks"


def test_marks_are_filtered_by_words_label_and_article(project, panel, qtbot):
    qtbot.keyClicks(panel.filter, "gate")
    assert handles(panel) == ["M2", "M3", "M4"]
    panel.label.setCurrentIndex(panel.label.findData("denial"))
    assert handles(panel) == ["M2", "M4"]
    project.session.open_article(project.second)
    panel.scope.setCurrentIndex(panel.scope.findData(HERE))
    assert handles(panel) == ["M4"]
    project.session.open_article(project.first)
    assert handles(panel) == ["M2"]
    panel.clear_filter()
    assert panel.scope.currentData() == ANYWHERE
    assert len(handles(panel)) == 4


def test_a_header_sorts_and_sorts_back(panel):
    panel.sort_by(3)
    assert panel.model.index(0, 3).data() == "Gazette"
    panel.sort_by(3)
    assert panel.model.index(0, 3).data() == "Vodnik"


def test_enter_takes_the_mark_in_hand(project, panel, qtbot):
    panel.table.stand_on(3)
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert project.session.focus.mark == project.repeated
    assert project.session.focus.article == project.second


def test_delete_removes_all_selected_marks_at_once(project, panel, qtbot):
    panel.table.stand_on(0)
    flags = QItemSelectionModel.SelectionFlag
    panel.table.selectionModel().select(panel.model.index(2, 0), flags.Select | flags.Rows)
    with qtbot.waitSignal(panel.notice):
        qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    assert handles(panel) == ["M2", "M4"]
    project.store.undo()
    panel.settle()
    assert handles(panel) == ["M1", "M2", "M3", "M4"]


def test_deleting_many_marks_that_is_stopped_deletes_none_and_says_so(project, panel, qtbot, monkeypatch):
    monkeypatch.setattr(removal, "MANY", 0)
    monkeypatch.setattr("annotator.store.edits.marks.MANY", 0)
    monkeypatch.setattr(Work, "_tell", lambda work, count: False)
    panel.table.selectAll()
    with qtbot.waitSignal(panel.notice) as told:
        qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    assert told.args == ["Stopped; nothing was deleted."]
    assert handles(panel) == ["M1", "M2", "M3", "M4"]


def test_the_row_keeps_its_place_when_a_mark_is_added_before_it(project, panel):
    panel.table.stand_on(2)
    edits.add_mark(project.store, project.first, "claim", [(0, 6)])
    panel.settle()
    assert panel.model.row_at(panel.table.currentIndex()).id == project.evidence


def test_the_held_mark_is_the_current_row(project, panel):
    project.session.hold(project.repeated)
    assert panel.model.row_at(panel.table.currentIndex()).id == project.repeated


def test_the_table_is_a_sound_model(panel, qtmodeltester):
    qtmodeltester.check(panel.model)


def test_of_many_marks_only_those_in_sight_are_read(project, look, shown):
    with project.store.operation("many"):
        for number in range(1500):
            start = number % (len(FIRST) - 5)
            edits.add_mark(project.store, project.first, "claim", [(start, start + 4)])
    panel = MarksPanel(project.session, look)
    shown(panel)
    panel.table.scrollToBottom()
    panel.grab()
    assert panel.model.rowCount() == 1504
    assert panel.model.pages.held <= 2 * PAGE


def test_an_unknown_label_shows_its_id(project, panel):
    data = {**read.scheme(project.store).data}
    data["labels"] = [row for row in data["labels"] if row["id"] != "claim"]
    data |= {"attributes": [], "link_kinds": [], "presets": {}, "keys": {}}
    edits.set_scheme(project.store, data)
    panel.settle()
    assert panel.model.index(0, 1).data() == "claim"


def test_long_words_reach_the_table_as_far_as_they_fit_and_the_tip_whole(project, panel):
    cell = panel.model.index(1, 2)
    panel.table.setColumnWidth(2, 40)
    assert cell.data().endswith("…")
    assert "No gate was opened".startswith(cell.data().removesuffix("…"))
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert cell.data(role) == "No gate was opened"
    panel.table.setColumnWidth(2, 400)
    assert cell.data() == "No gate was opened"


def test_a_label_that_was_renamed_is_offered_by_its_new_name(project, panel, qtbot):
    panel.label.setCurrentIndex(panel.label.findData("denial"))
    edits.change_scheme(project.store, rename(read.scheme(project.store), "labels", "denial", "Rejection"))
    qtbot.waitUntil(lambda: panel.label.currentText() == "Rejection")
    assert panel.label.currentData() == "denial"

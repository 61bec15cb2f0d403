"""The history: what was done, by whom, what of it is undone, and which rows changed."""

import pytest

from annotator.domain.model import Ref
from annotator.store import edits, lists, read
from annotator.ui.panels.history import HistoryPanel
from tests.store.samples import add_article
from tests.ui.panels.project import Project


@pytest.fixture
def panel(project: Project, look, shown):
    made = HistoryPanel(project.session, look)
    shown(made)
    return made


def said(panel: HistoryPanel, count: int = 4) -> list[str]:
    panel.settle()
    return [panel.model.index(row, 0).data() for row in range(min(count, panel.model.rowCount()))]


def test_operations_are_told_newest_first_with_handles(panel):
    assert said(panel, 5) == [
        "M2 same claim as M4",
        "M3 supports M1",
        "M2 denies M1",
        "Relay added to M2",
        "M4 marked as Denial",
    ]
    assert panel.model.index(0, 1).data() == "Ada"


def test_what_is_undone_says_so_and_redo_takes_it_back(project, panel):
    project.store.undo()
    assert said(panel, 2) == ["Undone: M2 same claim as M4", "M2 same claim as M4 (undone)"]
    project.store.redo()
    assert said(panel, 3) == [
        "Redone: M2 same claim as M4",
        "Undone: M2 same claim as M4",
        "M2 same claim as M4",
    ]


def test_the_chosen_operation_shows_what_changed_before_and_after(project, panel):
    edits.edit_mark(project.store, project.denial, note="Check this", sure=False)
    edits.relabel(project.store, project.repeated, "claim")
    edits.set_attribute(project.store, project.claim, "certainty", "possible")
    edits.set_source(project.store, project.claim, project.gazette)
    said(panel)
    panel.table.stand_on(1)
    assert panel.rows.toPlainText().endswith("· Certainty: certain → possible")
    panel.table.stand_on(2)
    assert "mark M4 “no gate had been opened” · label: Denial → Claim" in panel.rows.toPlainText()
    panel.table.stand_on(3)
    text = panel.rows.toPlainText()
    assert "note: – → Check this" in text
    assert "sure: yes → no" in text
    panel.table.stand_on(0)
    assert "deleted: who says it: Ministry of Water" in panel.rows.toPlainText()
    assert "new: who says it: Gazette" in panel.rows.toPlainText()


def test_the_mark_in_hand_can_be_shown_alone(project, panel):
    project.session.hold(project.evidence)
    panel.only_mark.click()
    assert said(panel) == ["M3 supports M1", "M3 marked as Evidence"]
    project.session.hold(None)
    assert panel.pages.currentWidget() is panel.empty


def test_a_new_action_stands_on_top_and_the_chosen_row_stays(project, panel):
    panel.table.stand_on(1)
    chosen = panel.model.row_at(panel.table.currentIndex()).id
    edits.set_status(project.store, project.first, "done")
    assert said(panel, 1) == ["A1 “Who opened the dam?” is done"]
    assert panel.model.row_at(panel.table.currentIndex()).id == chosen


def test_deleted_things_are_named_as_deleted(project, panel):
    edits.delete_marks(project.store, [project.denial, project.claim])
    assert said(panel, 3)[0] == "2 marks deleted"
    assert "a deleted mark" in said(panel, 4)[3]


def test_a_claim_that_came_with_its_link_keeps_its_name_when_both_are_undone(project, panel):
    with project.store.operation("add-link", kind="denies", origin=("mark", project.denial)):
        node = edits.add_proposition(project.store, "The dam was opened")
        edits.add_link(project.store, "denies", Ref("mark", project.denial), Ref("proposition", node))
    project.store.undo()
    assert said(panel, 2) == ["Undone: M2 denies The dam was opened", "M2 denies The dam was opened (undone)"]


def test_a_newer_version_is_told_with_the_article_it_replaces(project, panel):
    newer = add_article(project.store, "A newer text.", title="Newer")
    edits.make_version(project.store, newer, project.first)
    older = lists.article_row(project.store, project.first).title
    assert said(panel, 1) == [f"A3 “Newer” became a newer version of A1 “{older}”, with its marks"]


def test_several_edits_made_as_one_are_told_by_what_they_touched(project, panel):
    store = project.store
    with store.operation("edit-source", title="Lind"):
        edits.edit_source(store, project.lind, role="speaker")
    with store.operation("add-mark", label="claim"):
        edits.add_mark(store, project.first, "claim", [(0, 4)])
    with store.operation("add-link", kind="denies", origin=("mark", project.denial)):
        node = edits.add_proposition(store, "The dam was opened")
        edits.add_link(store, "denies", Ref("mark", project.denial), Ref("proposition", node))
    assert said(panel, 3) == [
        "M2 denies The dam was opened",
        "M5 marked as Claim",
        f"Source “{read.source(store, project.lind).name}” changed",
    ]


def test_every_operation_has_words_of_its_own(project, panel):
    edits.edit_source(project.store, project.lind, role="speaker")
    edits.merge_sources(project.store, project.gazette, project.ministry)
    edits.edit_article(project.store, project.first, title="Other", date=None)
    edits.set_preset(project.store, "analyst")
    edits.set_attribute(project.store, project.claim, "certainty", "possible")
    edits.rename_project(project.store, "Dam")
    assert said(panel, 6) == [
        "Project named “Dam”",
        "Certainty of M1 set",
        "Scheme changed",
        "Date, title of A1 “Other” changed",
        "Two sources became “Gazette”",
        "Source “Mara Lind” changed",
    ]
    for row in range(panel.model.rowCount()):
        panel.table.stand_on(row)


def test_the_table_is_a_sound_model(panel, qtmodeltester):
    qtmodeltester.check(panel.model)

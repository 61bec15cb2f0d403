"""What is noted about a link: whether the text says it, how it works, and why it was drawn."""

import pytest
from PySide6.QtCore import Qt

from annotator.domain.model import Ref
from annotator.store import edits, lists, read
from annotator.ui.dialogs.link_form import LinkForm


@pytest.fixture
def link(project):
    ends = Ref("mark", project.evidence), Ref("mark", project.denial)
    return edits.add_link(project.store, "undermines", *ends)


@pytest.fixture
def form(project, look, link, qtbot):
    made = LinkForm(project.session, look, None, link)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_note_and_how_are_kept_in_one_step_and_undone_in_one(project, form, link, qtbot):
    before = read.link(project.store, link)
    qtbot.keyClicks(form.note, "the gates stand open in it")
    form.inferred.click()
    form.how.setCurrentIndex(form.how.findData("rebut"))
    qtbot.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    found = read.link(project.store, link)
    assert (found.note, found.inferred, found.how) == ("the gates stand open in it", True, "rebut")
    project.store.undo()
    assert read.link(project.store, link) == before


def test_a_link_that_is_saved_as_it_was_makes_no_step(project, form):
    before = project.store.next_undo()
    form.accept()
    assert project.store.next_undo() == before


def test_a_link_is_turned_round_where_the_scheme_allows_it(project, form, link):
    form.turn.click()
    found = read.link(project.store, link)
    assert (found.origin.id, found.target.id) == (project.denial, project.evidence)


def test_a_link_is_deleted_in_its_form_and_undo_brings_it_back(project, form, link):
    form.delete.click()
    assert not form.isVisible()
    assert link not in [row.link for row in lists.links(project.store, [project.evidence])]
    project.store.undo()
    assert link in [row.link for row in lists.links(project.store, [project.evidence])]


def test_a_link_that_may_not_run_the_other_way_stays_and_says_so(project, look, qtbot):
    (row,) = [row for row in lists.links(project.store, [project.denial]) if row.link]
    form = LinkForm(project.session, look, None, row.link)
    qtbot.addWidget(form)
    form.show()
    edits.relabel(project.store, project.claim, "evidence")
    form.turn.click()
    assert form.isVisible()
    assert form.remark.text
    assert read.link(project.store, row.link).origin.id == project.denial

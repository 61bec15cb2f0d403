"""The tray by itself: how its marks share the line they stand in."""

import pytest

from annotator.domain.model import Pin
from annotator.store import edits
from annotator.ui.panels.tray import Tray
from tests.ui.panels.project import Project


@pytest.fixture
def tray(project: Project, look, shown):
    made = Tray(project.session, look, None)
    for mark in (project.claim, project.denial, project.evidence):
        edits.add_record(project.store, Pin(id="", mark=mark))
    made.refresh()
    shown(made)
    return made


@pytest.mark.parametrize("width", [630, 720, 1200])
def test_three_pinned_marks_are_seen_whole_beside_one_another(tray, width, qtbot):
    tray.resize(width, tray.height())
    last = tray.entries_model.index(2, 0)
    qtbot.waitUntil(lambda: tray.viewport().rect().contains(tray.visualRect(last)))
    assert tray.visualRect(last).width() in range(200, 251)


def test_more_marks_than_have_room_keep_their_width_and_are_stepped_to(tray, qtbot):
    tray.resize(450, tray.height())
    last = tray.entries_model.index(2, 0)
    qtbot.waitUntil(lambda: tray.visualRect(last).width() == 250)
    tray.setFocus()
    tray.step(2)
    assert tray.viewport().rect().contains(tray.visualRect(last))

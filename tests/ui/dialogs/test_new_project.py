"""A new project: a safe name, a free place, a preset."""

import pytest
from PySide6.QtCore import Qt

from annotator.domain.scheme import Scheme
from annotator.ui.dialogs.new_project import PRESETS, NewProjectDialog


@pytest.fixture
def dialog(look, shown, tmp_path):
    made = NewProjectDialog(look, None, tmp_path)
    shown(made)
    return made


def test_name_place_and_preset_are_given(dialog, qtbot, tmp_path):
    qtbot.keyClicks(dialog.name, "Orlova dam")
    dialog.presets["corpus"].click()
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert dialog.result() == NewProjectDialog.DialogCode.Accepted
    assert dialog.path() == tmp_path / "Orlova dam.annotator"
    assert dialog.preset() == "corpus"


def test_a_name_becomes_a_file_name_that_stays_in_the_folder(dialog, tmp_path):
    dialog.name.setText("../../etc/who: opened?.annotator")
    assert dialog.path().parent == tmp_path
    assert dialog.path().suffix == ".annotator"
    assert dialog.path().name.count(".annotator") == 1


def test_a_project_that_is_there_is_not_written_over(dialog, tmp_path):
    (tmp_path / "Dam.annotator").touch()
    dialog.name.setText("Dam")
    assert "already" in dialog.remark.text
    assert not dialog.accept_button.isEnabled()


def test_a_folder_that_is_not_there_is_pointed_out(dialog, tmp_path):
    dialog.place.setText(str(tmp_path / "nowhere"))
    dialog.name.setText("Dam")
    assert dialog.remark.text
    assert not dialog.accept_button.isEnabled()


def test_without_a_name_nothing_can_be_made(dialog):
    assert not dialog.accept_button.isEnabled()


def test_the_presets_are_those_of_the_scheme(dialog):
    assert set(PRESETS) == set(Scheme.default().data["presets"]) == set(dialog.presets)


def test_the_folder_proposed_is_there(look, shown, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    made = NewProjectDialog(look)
    shown(made)
    made.name.setText("Orlova dam")
    assert made.path() == tmp_path / "Orlova dam.annotator"
    assert made.accept_button.isEnabled()

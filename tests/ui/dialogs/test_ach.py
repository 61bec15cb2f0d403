"""Competing claims by letters, digits and the mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from annotator.domain.model import PropositionLink, Ref
from annotator.store import edits, read
from annotator.ui.dialogs.ach import AchDialog
from tests.ui.panels.project import Project

Key = Qt.Key


@pytest.fixture
def claims(project: Project):
    opened = read.mentions_of(project.store, project.claim)[0].proposition
    rusted = edits.add_proposition(project.store, "The gates were rusted shut")
    edits.add_record(
        project.store, PropositionLink(id="", origin=opened, kind="alternative_to", target=rusted)
    )
    return opened, rusted


@pytest.fixture
def dialog(project: Project, claims, look, qtbot):
    photo = edits.add_exhibit(project.store, title="Photo of the gates")
    edits.add_link(project.store, "undermines", Ref("exhibit", photo), Ref("proposition", claims[1]))
    made = AchDialog(project.session, look, None, claims[0])
    qtbot.addWidget(made)
    made.show()
    settled(qtbot, made)
    return made


def settled(qtbot, dialog):
    qtbot.waitUntil(lambda: not dialog.is_reading)


def cells(dialog):
    table = dialog.table
    return [[table.item(row, column).text() for column in (2, 3)] for row in range(table.rowCount())]


def press(qtbot, dialog, *keys):
    for key in keys:
        qtbot.keyClick(dialog.table, key)
        settled(qtbot, dialog)


def test_cells_start_from_the_links_in_brackets(dialog):
    assert cells(dialog) == [["(N)", "(I)"], ["(C)", "(N)"]]


def test_a_letter_sets_a_cell_and_the_letter_again_says_it_more_strongly(project, dialog, qtbot):
    dialog.table.setCurrentCell(1, 2)
    press(qtbot, dialog, Key.Key_I)
    assert cells(dialog)[1] == ["I", "(N)"]
    press(qtbot, dialog, Key.Key_I, Key.Key_Right, Key.Key_C)
    assert cells(dialog)[1] == ["II", "C"]
    project.store.undo()
    settled(qtbot, dialog)
    assert cells(dialog)[1] == ["II", "(N)"]


def test_delete_goes_back_to_what_was_before(dialog, qtbot):
    dialog.table.setCurrentCell(1, 2)
    press(qtbot, dialog, Key.Key_N, Key.Key_C, Key.Key_Delete)
    assert cells(dialog)[1] == ["N", "(N)"]
    press(qtbot, dialog, Key.Key_Delete)
    assert cells(dialog)[1] == ["(C)", "(N)"]


def test_a_digit_says_how_credible_the_evidence_is_and_weighs_it(claims, dialog, qtbot):
    dialog.table.setCurrentCell(0, 3)
    assert dialog.found.scores[claims[1]] == 3
    press(qtbot, dialog, Key.Key_1)
    assert dialog.found.scores[claims[1]] == 5
    assert dialog.table.item(0, 1).text() == "1"
    press(qtbot, dialog, Key.Key_6)
    assert dialog.found.scores[claims[1]] == 3
    assert dialog.table.item(0, 1).text() == "6 cannot be judged"


def test_the_menu_sets_a_cell_by_mouse(dialog, qtbot):
    table = dialog.table
    menu = table.menu_at(table.visualItemRect(table.item(0, 2)).center())
    menu.actions()[0].trigger()
    settled(qtbot, dialog)
    assert cells(dialog)[0] == ["CC", "(I)"]


def test_a_reason_is_stored_with_the_value(dialog, qtbot):
    dialog.table.setCurrentCell(0, 3)
    qtbot.keyClicks(dialog.reason, "The hinges shine")
    qtbot.keyClick(dialog.reason, Key.Key_Return)
    settled(qtbot, dialog)
    assert cells(dialog)[0] == ["(N)", "I"]
    assert "The hinges shine" in dialog.table.item(0, 3).toolTip()


def test_the_ranking_says_what_it_hangs_on(dialog):
    assert dialog.ranking.text().splitlines()[0].startswith("1. C1")
    assert "hangs on" in dialog.warning.text


def test_a_row_that_is_the_same_for_all_is_said_to_tell_nothing(dialog, qtbot):
    dialog.table.setCurrentCell(0, 2)
    press(qtbot, dialog, Key.Key_I)
    assert "no diagnostic value" in dialog.table.item(0, 0).text()
    assert not dialog.warning.text


def test_a_claim_whose_words_have_no_room_above_its_column_is_told_by_its_tooltip(
    project, claims, dialog, qtbot
):
    words = (
        "Unterhaltungselektronikfachgeschäftsinhabervereinigung said so, and the gates had never been shut"
    )
    edits.edit_proposition(project.store, claims[1], text=words)
    settled(qtbot, dialog)
    above = dialog.table.horizontalHeaderItem(3)
    assert max(map(len, above.text().replace("\N{ZERO WIDTH SPACE}", " ").split())) <= 11
    assert words in above.toolTip().replace("\n", " ")
    assert words in dialog.table.as_text()


def test_the_table_is_copied_with_tabs(dialog, qtbot):
    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert [line[2:] for line in lines[1:]] == [["(N)", "(I)"], ["(C)", "(N)"], ["0", "3"]]


def test_a_claim_without_competitors_says_how_to_give_it_one(project, look, qtbot):
    node = edits.add_proposition(project.store, "Alone")
    made = AchDialog(project.session, look, None, node)
    qtbot.addWidget(made)
    made.show()
    settled(qtbot, made)
    assert "no competitor" in made.ranking.text()
    made.reject()


def test_closing_it_twice_does_no_harm(dialog):
    dialog.reject()
    dialog.reject()
    assert not dialog.isVisible()

"""Exhibits by keys and mouse: noted, hashed, dropped, linked, opened, taken back."""

import hashlib

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialog, QMessageBox

from annotator.domain.ids import new_id
from annotator.domain.model import Exhibit, Ref
from annotator.store import edits, lists
from annotator.store.imports import import_records
from annotator.store.lists.exhibits import SHOWN, exhibits, grounds
from annotator.ui.panels.exhibits import ExhibitsPanel
from tests.ui.panels.project import Project

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def opened() -> list[str]:
    return []


@pytest.fixture
def panel(project: Project, look, shown, opened):
    edits.set_preset(project.store, "analyst")
    made = ExhibitsPanel(project.session, look, browse=opened.append)
    shown(made)
    made.resize(900, 300)
    yield made
    for dialog in made.findChildren(QDialog):
        dialog.reject()


@pytest.fixture
def photo(project: Project, panel):
    made = edits.add_exhibit(
        project.store, title="Photo of the gates", url="https://example.org/1", captured="2024-03-04"
    )
    panel.settle()
    return made


def drop(panel: ExhibitsPanel, *urls: QUrl) -> None:
    data = QMimeData()
    data.setUrls(list(urls))
    panel.dropEvent(
        QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    )


def test_an_exhibit_is_noted_by_keys_and_stood_on(project, panel, qtbot):
    qtbot.mouseClick(panel.buttons["add"], LEFT)
    form = panel.form
    qtbot.keyClicks(form.title, "Film of the gates")
    qtbot.keyClick(form.title, Key.Key_Tab)
    qtbot.keyClicks(form.url, "https://example.org/film")
    qtbot.keyClicks(form.captured, "2024-03")
    qtbot.keyClick(form.captured, Key.Key_Return)
    assert panel.current().title == "Film of the gates"
    assert panel.current().captured == "2024-03"
    project.store.undo()
    panel.settle()
    assert panel.current() is None
    assert exhibits(project.store) == []


def test_what_is_wrong_is_said_in_the_form_and_the_words_stay(panel, qtbot):
    panel.add()
    form = panel.form
    qtbot.keyClicks(form.title, "Film")
    qtbot.keyClicks(form.url, "javascript:alert(1)")
    qtbot.mouseClick(form.accept_button, LEFT)
    assert form.isVisible()
    assert "is no address of the web" in form.remark.text
    assert form.url.text() == "javascript:alert(1)"


def test_a_dropped_file_is_hashed_and_not_copied(project, panel, qtbot, tmp_path):
    file = tmp_path / "gates.jpg"
    file.write_bytes(b"light and shade")
    drop(panel, QUrl.fromLocalFile(str(file)))
    form = panel.form
    qtbot.waitUntil(lambda: not form.is_busy)
    assert form.title.text() == "gates.jpg"
    assert "not copied" in form.remark.text
    form.accept()
    assert panel.current().sha256 == hashlib.sha256(b"light and shade").hexdigest()


def test_a_file_that_cannot_be_read_is_named(panel, qtbot, tmp_path):
    drop(panel, QUrl.fromLocalFile(str(tmp_path / "gone.jpg")))
    qtbot.waitUntil(lambda: not panel.form.is_busy)
    assert "gone.jpg" in panel.form.remark.text
    assert panel.form.accept_button.isEnabled()


def test_a_dropped_address_becomes_the_address_of_an_exhibit(panel):
    drop(panel, QUrl("https://example.org/post/7"))
    panel.form.accept()
    assert panel.current().url == "https://example.org/post/7"


def test_an_exhibit_is_made_a_ground_by_keys_and_undo_takes_it_back(project, panel, photo, qtbot):
    project.session.hold(project.claim)
    panel.list.setFocus()
    qtbot.keyClick(panel.list, Key.Key_S)
    qtbot.keyClick(panel.search.field, Key.Key_1)
    panel.settle()
    assert [row.target for row in grounds(project.store, photo)] == [Ref("mark", project.claim)]
    entry = panel.page.grounds.entries[0]
    assert entry.text == "supports “the dam at Orlova had been opened on purpose”"
    rail = [row for row in lists.links(project.store, project.claim) if row.other.table == "exhibit"]
    assert [(row.kind, row.text) for row in rail] == [("supports", "Photo of the gates")]
    project.store.undo()
    panel.settle()
    assert panel.page.grounds.entries == []


def test_enter_on_a_ground_goes_to_the_words_and_delete_takes_the_link_away(project, panel, photo, qtbot):
    edits.add_link(project.store, "undermines", Ref("exhibit", photo), Ref("mark", project.denial))
    panel.settle()
    qtbot.keyClick(panel.page.grounds, Key.Key_Return)
    assert project.session.focus.mark == project.denial
    qtbot.keyClick(panel.page.grounds, Key.Key_Delete)
    panel.settle()
    assert grounds(project.store, photo) == []


def test_a_claim_can_be_found_by_words_and_chosen(project, panel, photo, qtbot):
    node = edits.add_proposition(project.store, "The gates were rusted shut")
    panel.settle()
    panel.link("undermines")
    qtbot.keyClicks(panel.search.field, "rusted")
    qtbot.keyClick(panel.search.field, Key.Key_Return)
    panel.settle()
    assert [row.target for row in grounds(project.store, photo)] == [Ref("proposition", node)]
    with qtbot.waitSignal(panel.claim_asked) as asked:
        qtbot.keyClick(panel.page.grounds, Key.Key_Return)
    assert asked.args == [node]


def test_an_address_is_opened_only_after_a_yes(panel, photo, opened, qtbot):
    panel.list.setFocus()
    qtbot.keyClick(panel.list, Key.Key_O)
    assert panel.question.informativeText() == "https://example.org/1"
    qtbot.keyClick(panel.question, Key.Key_Escape)
    assert opened == []
    qtbot.keyClick(panel.list, Key.Key_O)
    qtbot.mouseClick(panel.question.button(QMessageBox.StandardButton.Open), LEFT)
    assert opened == ["https://example.org/1"]


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_O])
def test_the_form_and_the_question_are_gone_when_they_were_answered(panel, photo, qtbot, key):
    panel.list.setFocus()
    qtbot.keyClick(panel.list, key)
    [dialog] = panel.findChildren(QDialog)
    dialog.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert panel.findChildren(QDialog) == []


def test_an_address_that_is_none_of_the_web_is_never_opened(project, panel, opened, qtbot):
    from annotator.domain.ids import ExhibitId
    from annotator.domain.model import Exhibit

    edits.add_record(project.store, Exhibit(id=ExhibitId(""), title="x", url="file:///etc/hosts"))
    panel.settle()
    with qtbot.waitSignal(panel.notice):
        panel.open_address()
    assert panel.question is None
    assert opened == []


def test_delete_takes_the_exhibit_and_its_links_and_undo_brings_both_back(project, panel, photo, qtbot):
    edits.add_link(project.store, "supports", Ref("exhibit", photo), Ref("mark", project.claim))
    panel.settle()
    qtbot.keyClick(panel.list, Key.Key_Delete)
    panel.settle()
    assert exhibits(project.store) == []
    project.store.undo()
    panel.settle()
    assert [row.links for row in exhibits(project.store)] == [1]


def test_one_of_very_many_exhibits_is_found_by_its_words(project, look, shown):
    rows = [Exhibit(id=new_id(), title=f"Film {number:03}") for number in range(SHOWN + 1)]
    import_records(project.store, rows)
    listed = {row.id for row in exhibits(project.store)}
    (beyond,) = [row for row in rows if row.id not in listed]
    panel = ExhibitsPanel(project.session, look)
    shown(panel)
    panel.stand_on(beyond.id)
    assert panel.current().id == beyond.id

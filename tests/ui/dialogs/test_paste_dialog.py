"""The paste dialog: the clipboard's text comes back character for character."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor

from annotator.domain.model import Article, Source
from annotator.store import read
from annotator.store.imports import import_records
from annotator.store.store import Store
from annotator.ui.dialogs.exact_text import ExactText
from annotator.ui.dialogs.paste_dialog import PasteDialog

ODD = (
    "Dam\u00a0opened\u202fagain\r\n\r\nThe\u2007operator 👩‍👩‍👧 denied it."
    "\u2028A second line\u2029a third\tone.\r\nЁ é\ufeff\n"
)


@pytest.fixture
def paste(look, shown):
    def make(text: str) -> PasteDialog:
        QGuiApplication.clipboard().setText(text)
        dialog = PasteDialog(look)
        shown(dialog)
        return dialog

    return make


def mime(text: str) -> QMimeData:
    data = QMimeData()
    data.setText(text)
    return data


def typed_at_the_end(field: ExactText, words: str) -> None:
    field.moveCursor(QTextCursor.MoveOperation.End)
    field.insertPlainText(words)


def article(dialog: PasteDialog) -> Article:
    return next(record for record in dialog.records() if isinstance(record, Article))


def test_the_clipboard_is_taken_as_it_is(paste):
    assert paste(ODD).text.exact() == ODD
    assert article(paste(ODD)).original == ODD.encode()


def test_after_an_edit_only_line_ends_are_written_anew(paste):
    dialog = paste(ODD)
    typed_at_the_end(dialog.text, "More.")
    assert dialog.text.exact() == ODD.replace("\r\n", "\n") + "More."


def test_undoing_the_edit_gives_the_clipboard_back(paste):
    dialog = paste(ODD)
    typed_at_the_end(dialog.text, "More.")
    dialog.text.undo()
    assert dialog.text.exact() == ODD


def test_a_second_text_pasted_into_the_first_keeps_its_characters(paste):
    dialog = paste("One two.\n")
    dialog.text.moveCursor(QTextCursor.MoveOperation.End)
    dialog.text.insertFromMimeData(mime("three\u00a0four\u2029five ¶\r\n"))
    assert dialog.text.exact() == "One two.\nthree\u00a0four\u2029five ¶\n"


def test_a_text_pasted_over_all_is_taken_as_it_is(paste):
    dialog = paste("Old.")
    dialog.text.selectAll()
    dialog.text.insertFromMimeData(mime(ODD))
    assert dialog.text.exact() == ODD


def test_a_cleared_field_holds_nothing(paste):
    dialog = paste(ODD)
    dialog.text.clear()
    assert dialog.text.exact() == ""
    dialog.text.setPlainText("a\u00a0b")
    assert dialog.text.exact() == "a\u00a0b"


def test_the_field_shows_a_paragraph_separator_as_a_sign(paste):
    assert "separator¶second" in paste("separator\u2029second").text.document().toRawText()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    more=st.text("ab \n\u00a0👍", max_size=5),
)
def test_any_text_survives_an_edit_but_for_its_line_ends(qapp, text, more):
    field = ExactText()
    field.take(text)
    assert field.exact() == text
    if more:
        typed_at_the_end(field, more)
        assert field.exact() == text.replace("\r\n", "\n").replace("\r", "\n") + more
    field.deleteLater()


def test_a_short_first_line_without_a_stop_is_proposed_as_title(paste, qtbot):
    assert paste("Dam opened again\n\nThe operator denied it.").fields["title"].text() == "Dam opened again"
    assert paste("The operator denied it.\nAnd again.").fields["title"].text() == ""


def test_a_title_that_was_typed_is_not_proposed_over(paste, qtbot):
    dialog = paste("Dam opened again\n\nText.")
    dialog.fields["title"].setText("Mine")
    dialog.text.take("Another headline\n\nText.")
    assert dialog.fields["title"].text() == "Mine"


def test_what_is_known_goes_with_the_text_into_the_project(paste, qtbot):
    dialog = paste("Dam\u00a0opened again\n\nText.")
    for name, words in {"outlet": "Gazette", "date": "2024-03", "url": "https://gazette.example/1"}.items():
        qtbot.keyClicks(dialog.fields[name], words)
    qtbot.keyClick(dialog.fields["url"], Qt.Key.Key_Return)
    assert dialog.result() == PasteDialog.DialogCode.Accepted
    store = Store.memory()
    done = import_records(store, dialog.records())
    stored = read.article(store, done.articles[0])
    assert read.text(store, stored.id) == "Dam\u00a0opened again\n\nText."
    assert (stored.title, stored.date) == ("Dam opened again", "2024-03")
    assert [record.name for record in dialog.records() if isinstance(record, Source)] == ["Gazette"]


def test_a_date_that_is_none_is_refused_with_a_way_out(paste):
    dialog = paste("Text.")
    dialog.fields["date"].setText("last week")
    dialog.accept()
    assert "2017-08-24" in dialog.remark.text
    assert dialog.isVisible()


def test_without_words_nothing_can_be_added(paste, qtbot):
    dialog = paste("")
    assert not dialog.accept_button.isEnabled()
    qtbot.keyClicks(dialog.text, "Words")
    assert dialog.accept_button.isEnabled()
    assert article(dialog).text == "Words"


def test_a_text_that_is_read_from_the_right_begins_there(paste):
    dialog, sides = paste(""), Qt.AlignmentFlag
    for text, side in (("البوابات", sides.AlignRight), ("gates", sides.AlignLeft)):
        dialog.text.take(text)
        assert dialog.text.document().defaultTextOption().alignment() == side
        assert dialog.text.exact() == text

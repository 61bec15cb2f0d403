"""The export dialog: what a format leaves out is said first, then it is written whole or not at all."""

import threading
from contextlib import closing

import pytest

from annotator.domain.model import Mark
from annotator.formats.registry import by_name
from annotator.store import export
from annotator.store.imports import import_records
from annotator.store.session import Session
from annotator.store.store import Store
from annotator.ui.dialogs import export_dialog, exporting
from annotator.ui.dialogs.export_dialog import ExportDialog
from tests.domain.summaries import summarise


@pytest.fixture
def open_dialog(project, look, shown, qtbot):
    made = []

    def make(session: Session = project.session) -> ExportDialog:
        dialog = ExportDialog(session, session.store.snapshot(), look)
        shown(dialog)
        qtbot.waitUntil(lambda: not dialog.is_busy)
        made.append(dialog)
        return dialog

    yield make
    for dialog in made:
        if dialog.isVisible():
            dialog.reject()


def losses(dialog: ExportDialog) -> list[str]:
    return [dialog.about.lost.item(row).text() for row in range(dialog.about.lost.count())]


def exported(dialog: ExportDialog, qtbot) -> None:
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: not dialog.is_busy)


def test_the_lossless_format_leaves_nothing_out(open_dialog):
    dialog = open_dialog()
    dialog.choose("annotator-jsonl")
    assert losses(dialog) == []
    assert "Nothing" in dialog.about.lost_words.text()


def test_what_a_format_leaves_out_of_this_project_is_counted(open_dialog):
    dialog = open_dialog()
    dialog.choose("brat")
    assert any("mentions of claim nodes (kept beside, in relations.csv)" in line for line in losses(dialog))
    dialog.choose("csv")
    assert "2 texts of articles" in losses(dialog)


def test_only_formats_that_write_are_offered(open_dialog):
    dialog = open_dialog()
    assert "Text and Markdown files" not in [
        dialog.list.item(row).text() for row in range(dialog.list.count())
    ]


def test_it_says_where_the_file_went_and_the_file_holds_the_project(open_dialog, tmp_path, qtbot):
    dialog = open_dialog()
    dialog.choose("annotator-jsonl")
    dialog.place.setText(str(tmp_path / "dam.jsonl"))
    exported(dialog, qtbot)
    assert str(tmp_path / "dam.jsonl") in dialog.remark.text
    assert dialog.accept_button.text() == "Close"
    store = Store.memory()
    done = import_records(store, by_name("annotator-jsonl").read(tmp_path / "dam.jsonl", {}))
    assert done.added[Mark.type] == 4
    dialog.accept_button.click()
    assert dialog.result() == ExportDialog.DialogCode.Accepted


def test_a_file_that_is_there_is_replaced_only_after_saying_so(open_dialog, tmp_path, qtbot):
    (tmp_path / "dam.jsonl").write_text("old")
    dialog = open_dialog()
    dialog.choose("annotator-jsonl")
    dialog.place.setText(str(tmp_path / "dam.jsonl"))
    assert "replaced" in dialog.remark.text
    assert dialog.accept_button.text() == "Replace"
    exported(dialog, qtbot)
    assert (tmp_path / "dam.jsonl").read_text(encoding="utf-8").startswith('{"type":"project"')


def test_tables_for_spreadsheets_carry_a_byte_order_mark(open_dialog, tmp_path, qtbot):
    dialog = open_dialog()
    dialog.choose("csv")
    dialog.place.setText(str(tmp_path / "tables"))
    dialog.about.for_spreadsheets.setChecked(True)
    exported(dialog, qtbot)
    assert (tmp_path / "tables" / "marks.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_option_is_shown_only_where_it_means_something(open_dialog):
    dialog = open_dialog()
    dialog.choose("csv")
    assert dialog.about.for_spreadsheets.isVisible()
    dialog.choose("brat")
    assert not dialog.about.for_spreadsheets.isVisible()


def test_where_no_program_shows_folders_the_folder_is_named(open_dialog, tmp_path, qtbot, monkeypatch):
    dialog = open_dialog()
    dialog.choose("annotator-jsonl")
    dialog.place.setText(str(tmp_path / "dam.jsonl"))
    exported(dialog, qtbot)
    monkeypatch.setattr(export_dialog.QDesktopServices, "openUrl", lambda url: False)
    dialog.open_button.click()
    assert str(tmp_path) in dialog.remark.text


def test_a_place_that_is_refused_is_explained_and_another_one_works(open_dialog, tmp_path, qtbot):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    dialog = open_dialog()
    dialog.choose("csv")
    dialog.place.setText(str(tmp_path / "mine"))
    exported(dialog, qtbot)
    assert "letter.txt" in dialog.remark.text
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["letter.txt"]
    dialog.place.setText(str(tmp_path / "tables"))
    exported(dialog, qtbot)
    assert (tmp_path / "tables" / "marks.csv").exists()


def test_an_export_that_is_stopped_leaves_nothing(open_dialog, tmp_path, qtbot, monkeypatch):
    gate = threading.Event()
    real = exporting.write

    def slow(*arguments):
        gate.wait(10)
        return real(*arguments)

    monkeypatch.setattr(exporting, "write", slow)
    dialog = open_dialog()
    dialog.choose("annotator-jsonl")
    dialog.place.setText(str(tmp_path / "dam.jsonl"))
    dialog.accept_button.click()
    assert dialog.stop_button.isVisible()
    dialog.stop_button.click()
    gate.set()
    qtbot.waitUntil(lambda: not dialog.is_busy)
    assert list(tmp_path.iterdir()) == []
    assert "Nothing was written" in dialog.remark.text


def test_closing_while_the_project_is_looked_through_leaves_no_thread(project, look, qtbot):
    dialog = ExportDialog(project.session, project.store.snapshot(), look)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.reject()
    assert not dialog.is_busy


@pytest.fixture
def counting(project, look, shown, qtbot, monkeypatch):
    """A dialog of a project that is being counted, until it is told to stop or the gate is opened."""

    class Patient(exporting._Telling):
        def __init__(self, tell):
            while tell(0) and not gate.wait(0.01):
                pass
            super().__init__(tell)

    gate = threading.Event()
    with monkeypatch.context() as patch:
        patch.setattr(exporting, "_Telling", Patient)
        dialog = ExportDialog(project.session, project.session.store.snapshot(), look)
        shown(dialog)
        qtbot.waitUntil(lambda: dialog._work.isRunning())
        yield dialog, gate
        gate.set()
    if dialog.isVisible():
        dialog.reject()


def test_nobody_waits_for_what_is_left_out_to_be_counted(counting, tmp_path, qtbot):
    dialog, gate = counting
    dialog.choose("csv")
    assert "texts of articles" in losses(dialog)
    assert dialog.accept_button.isEnabled()
    dialog.place.setText(str(tmp_path / "tables"))
    dialog.accept_button.click()
    gate.set()
    qtbot.waitUntil(lambda: not dialog.is_busy)
    assert (tmp_path / "tables" / "marks.csv").exists()
    assert "2 texts of articles" in losses(dialog)
    assert "stands above" in dialog.remark.text


def test_an_export_begun_just_as_counting_ends_is_written(project, look, tmp_path, qtbot):
    dialog = ExportDialog(project.session, project.session.store.snapshot(), look)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog._work.wait()  # it is over, and the dialog has not heard of it yet
    dialog.choose("annotator-jsonl")
    dialog.place.setText(str(tmp_path / "dam.jsonl"))
    exported(dialog, qtbot)
    assert "Written" in dialog.remark.text
    assert (tmp_path / "dam.jsonl").exists()
    dialog.accept()


def test_a_place_that_was_typed_while_it_was_counted_stays(counting, tmp_path, qtbot):
    dialog, gate = counting
    dialog.place.setText(str(tmp_path / "mine.jsonl"))
    gate.set()
    qtbot.waitUntil(lambda: not dialog.is_busy)
    assert dialog.place.text() == str(tmp_path / "mine.jsonl")


def test_an_export_that_nobody_waited_for_says_nothing_of_counting_once_it_is_stopped(
    counting, tmp_path, qtbot
):
    dialog, _ = counting
    dialog.choose("csv")
    assert "being counted" in dialog.about.lost_words.text()
    dialog.place.setText(str(tmp_path / "tables"))
    dialog.accept_button.click()
    dialog.stop_button.click()
    qtbot.waitUntil(lambda: not dialog.is_busy)
    assert "Nothing was written" in dialog.remark.text
    assert "being counted" not in dialog.about.lost_words.text()
    assert list(tmp_path.iterdir()) == []


def test_what_is_counted_without_texts_is_what_would_be_written(project):
    with closing(project.store.snapshot()) as copy:
        counted = exporting.count(copy, lambda count: True)
        assert counted.summary == summarise(export.records(copy))
        assert counted.records == len(list(export.records(copy)))

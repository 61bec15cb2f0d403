"""The report dialog: the analyst's words and order live in the project, and what is previewed is written."""

import shutil
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from annotator.domain import report as report_model
from annotator.domain.model import Report
from annotator.domain.resources import resource
from annotator.formats.jsonl import FORMAT
from annotator.formats.reports.lines import lines, text_lines
from annotator.formats.reports.wording import text_of
from annotator.layout.pages import paged, standing
from annotator.store import edits, read
from annotator.store.imports import import_records
from annotator.store.reporting import find_report, full_report
from annotator.store.session import Session
from annotator.store.store import Identity, Store
from annotator.ui import reporting
from annotator.ui.dialogs import report_dialog
from annotator.ui.dialogs.progress import StoppedError, Work
from annotator.ui.dialogs.report_dialog import ReportDialog
from annotator.ui.printing import blocks_of, write_pdf, written_out
from annotator.ui.reporting import read_whole


@pytest.fixture
def session():
    store = Store.memory(Identity(name="Ada"))
    import_records(store, FORMAT.read(resource("sample", "sample.jsonl"), {}))
    return Session(store)


@pytest.fixture
def dialog(session, look, shown, qtbot):
    whole = read_whole(session, None, "Reading")
    made = ReportDialog(session, look, whole)
    shown(made)
    new_report(made)
    yield made
    if made.isVisible():
        made.done(0)


def new_report(dialog):
    dialog.reports.setCurrentIndex(dialog.reports.count() - 1)
    dialog.reports.activated.emit(dialog.reports.currentIndex())


def press(dialog, key):
    QTest.keySequence(dialog.claims.list, QKeySequence(key))


def kept(session):
    return read.records(session.store, Report, "origin_id IS NULL")


def sentences(dialog):
    return [title.split(" ")[0] for title in dialog.claims.list.chosen.stringList()]


def tick(dialog, row, is_in):
    """Tick or untick a claim as Space does."""
    dialog.claims.list.setCurrentIndex(dialog.claims.list.chosen.index(row))
    if bool(dialog.claims.list.currentIndex().data(Qt.ItemDataRole.CheckStateRole).value) != is_in:
        press(dialog, "Space")


def test_typing_at_first_names_a_new_report_and_writes_no_file(look, shown, tmp_path):
    empty = Session(Store.memory(Identity(name="Ada")))
    made = ReportDialog(empty, look, read_whole(empty, None, "Reading"))
    made.place.setText(str(tmp_path / "dam.html"))
    shown(made)
    QTest.keyClicks(made.focusWidget(), "Dam brief")
    assert made.title.text() == "Dam brief"
    assert not [*tmp_path.iterdir()]
    made.done(0)
    empty.store.close()


def test_typing_at_first_renames_no_report_that_is_kept(session, look, shown):
    edits.add_record(session.store, Report(id="", title="Dam brief"))
    made = ReportDialog(session, look, read_whole(session, None, "Reading"))
    shown(made)
    title = made.title.text()
    QTest.keyClicks(made.focusWidget(), "Zeal")
    assert made.title.text() == title != ""
    assert not made.is_edited
    made.done(0)


def test_words_choice_and_order_come_back_as_they_were_left(dialog, session, look, shown):
    QTest.keyClicks(dialog.title, "Dam brief")
    QTest.keyClicks(dialog.lead, "Read this first.")
    dialog.claims.all_box.setChecked(False)
    dialog.claims.list.setFocus()
    dialog.claims.list.setCurrentIndex(dialog.claims.list.chosen.index(2))
    press(dialog, "Alt+Up")
    press(dialog, "Alt+Up")
    press(dialog, "Alt+Up")
    tick(dialog, 1, is_in=False)
    order = sentences(dialog)
    assert order[:3] == ["C3", "C1", "C2"]
    dialog.save_button.click()
    dialog.reject()
    again = ReportDialog(session, look, read_whole(session, None, "Reading"))
    shown(again)
    again.reports.setCurrentIndex(again.reports.findText("Dam brief"))
    again.reports.activated.emit(again.reports.currentIndex())
    assert (again.title.text(), again.lead.toPlainText()) == ("Dam brief", "Read this first.")
    assert sentences(again)[:2] == ["C3", "C2"]
    assert sentences(again)[-1] == "C1"
    assert not again.claims.all_box.isChecked()
    again.reject()
    report = full_report(session.store.snapshot(), find_report(session.store, "dam brief"))
    assert [claim.handle for claim in report.claims][:2] == ["C3", "C2"]
    assert "C1" not in [claim.handle for claim in report.claims]


def test_whoever_wants_few_of_many_claims_unticks_all_at_once(dialog):
    dialog.claims.all_box.setChecked(False)
    all_ticked = dialog.claims.list.chosen.ticked()
    dialog.claims.ticks_button.click()
    assert dialog.claims.list.chosen.ticked() == ()
    assert "would tell all" in dialog.remark.text
    tick(dialog, 1, is_in=True)
    assert dialog.report.claims == all_ticked[1:2]
    dialog.claims.ticks_button.click()
    dialog.claims.ticks_button.click()
    assert dialog.report.claims == all_ticked


def test_what_was_written_is_kept_when_another_report_is_chosen(dialog, session):
    for title in ("First", "Second"):
        new_report(dialog)
        dialog.title.setText(title)
    dialog.reports.setCurrentIndex(dialog.reports.findText("First"))
    dialog.reports.activated.emit(dialog.reports.currentIndex())
    assert dialog.title.text() == "First"
    assert {row.title for row in read.records(session.store, Report)} >= {"First", "Second"}
    dialog.delete_button.click()
    assert "First" not in {row.title for row in read.records(session.store, Report)}


def test_keeping_a_report_is_one_step_of_undo(dialog, session):
    before = len(read.records(session.store, Report))
    dialog.title.setText("Dam brief")
    dialog.save_button.click()
    assert len(read.records(session.store, Report)) == before + 1
    session.store.undo()
    assert len(read.records(session.store, Report)) == before


def test_the_preview_has_the_words_of_the_fields(dialog, qtbot):
    dialog.title.setText("A <b>title</b>")
    dialog.lead.setPlainText("First of all.")
    qtbot.waitUntil(lambda: "First of all." in dialog.preview.toPlainText())
    assert dialog.preview.toPlainText().startswith("A <b>title</b>\nFirst of all.\n")


def test_the_preview_goes_on_to_the_end_as_it_is_scrolled(dialog, qtbot):
    bar = dialog.preview.verticalScrollBar()
    assert "as you scroll" in dialog.shown.text()
    for _ in range(60):
        bar.setValue(bar.maximum())
    assert dialog.shown.text() == ""
    shown = dialog.preview.toPlainText().split("\n")
    told = [text_of(line.runs) for line in lines(dialog.whole.full)]
    assert [line for line in shown if line != "\ufffc"] == told
    assert shown.count("\ufffc") == sum(len(claim.drawn) for claim in dialog.whole.full.claims)


def test_the_drawings_that_are_not_wanted_stay_out_and_this_is_kept(dialog, session, tmp_path):
    dialog.drawings["graph"].setChecked(False)
    dialog.title.setText("Dam brief")
    dialog.place.setText(str(tmp_path / "dam.html"))
    dialog.accept_button.click()
    text = (tmp_path / "dam.html").read_text(encoding="utf-8")
    assert "Time line of C1" in text
    assert "Graph of C1" not in text
    (row,) = kept(session)
    assert row.extra == {"without": ["graph"]}
    assert not dialog.is_edited
    dialog.drawings["graph"].setChecked(True)
    assert dialog.is_edited
    assert dialog.save()
    (row,) = kept(session)
    assert row.extra == {}


@pytest.mark.parametrize("name", ["html", "md", "docx", "pdf", "svg", "aif"])
def test_a_report_is_written_and_its_place_is_said(dialog, tmp_path, name):
    dialog.format.setCurrentIndex(dialog.format.findData(name))
    out = tmp_path / f"report.{name}"
    dialog.place.setText(str(out))
    dialog.accept_button.click()
    assert out.stat().st_size > 1000
    assert str(out) in dialog.remark.text


def test_a_refusal_is_said_and_nothing_is_written(dialog, tmp_path):
    dialog.format.setCurrentIndex(dialog.format.findData("claimreview"))
    assert "denials" in dialog.about.text()
    dialog.claims.all_box.setChecked(False)
    dialog.claims.ticks_button.click()
    tick(dialog, dialog.claims.list.chosen.rowCount() - 1, is_in=True)
    dialog.place.setText(str(tmp_path / "report.jsonld"))
    dialog.accept_button.click()
    assert "verdict" in dialog.remark.text
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_named_after_the_report_until_the_analyst_names_it(dialog, tmp_path):
    dialog.title.setText("Dam brief")
    assert dialog.place.text().endswith("Dam brief.html")
    dialog.place.setText(str(tmp_path / "mine.html"))
    dialog.title.setText("Dam brief 2")
    assert dialog.place.text() == str(tmp_path / "mine.html")


def test_a_text_for_paper_has_every_line_of_the_report(session):
    report = full_report(session.store.snapshot())
    shown = written_out(lines(report)).toPlainText().split("\n")
    assert shown == [text_of(line.runs) for line in lines(report)]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext")
def test_the_words_come_out_of_the_pdf_again(session, tmp_path, qapp):
    report = full_report(session.store.snapshot())
    out = tmp_path / "report.pdf"
    write_pdf(report, out, lambda _: True)
    done = subprocess.run(["pdftotext", "-layout", out, "-"], capture_output=True, text=True, check=True)
    text = "".join(done.stdout.replace("ﬂ", "fl").replace("ﬁ", "fi").replace("ﬀ", "ff").split())
    for claim in report.claims:
        assert "".join(claim.sentence.split()) in text


def test_no_heading_stands_at_the_foot_of_a_page(session):
    text = written_out(text_lines(full_report(session.store)))
    text.setTextWidth(600)
    lines = standing(blocks_of(text))
    heads = {bottom for is_heading, rows in blocks_of(text) if is_heading for _, bottom in rows}
    assert heads
    for height in range(400, 900, 10):
        assert not heads & {page.bottom for page in paged(lines, height)}


def test_a_pdf_that_is_stopped_leaves_no_file(session, tmp_path, qapp):
    report = full_report(session.store.snapshot())
    with pytest.raises(StoppedError):
        write_pdf(report, tmp_path / "report.pdf", lambda page: page < 1)
    assert list(tmp_path.iterdir()) == []


def test_addresses_and_articles_are_followed_by_a_click_in_the_pdf(session, tmp_path):
    report = full_report(session.store)
    write_pdf(report, tmp_path / "brief.pdf", lambda _: True)
    written = (tmp_path / "brief.pdf").read_bytes()
    addresses = {run.address for line in lines(report) for run in line.runs if run.face == "link"}
    outside = {one for one in addresses if not one.startswith("#")}
    assert outside
    assert all(one.encode() in written for one in outside)
    assert written.count(b"/Link") > written.count(b"/URI (")
    assert b"/Dests" in written


@pytest.fixture
def large(session, look, shown, qtbot, monkeypatch):
    """The dialog of a project of which one file tells no more than two claims."""
    monkeypatch.setattr(report_model, "MOST_CLAIMS", 2)
    monkeypatch.setattr(reporting, "FIRST", 2)
    monkeypatch.setattr(report_dialog, "FIRST", 2)
    made = ReportDialog(session, look, read_whole(session, None, "Reading"))
    shown(made)
    new_report(made)
    yield made
    if made.isVisible():
        made.done(0)


def test_of_a_large_report_the_first_claims_are_previewed_and_all_are_listed(large, session, qtbot):
    count = len(session.store.query("SELECT id FROM shown_proposition"))
    assert large.claims.list.chosen.rowCount() == count
    qtbot.waitUntil(lambda: "C1 ·" in large.preview.toPlainText())
    assert "C2 ·" in large.preview.toPlainText()
    assert "C3 ·" not in large.preview.toPlainText()
    assert large.shown.text() == f"Shown are the first 2 of {count} claims."


def test_a_large_report_is_previewed_beside_the_window_and_shows_what_was_asked_last(
    large, qtbot, monkeypatch
):
    qtbot.waitUntil(lambda: "C1 ·" in large.preview.toPlainText())
    readers: list[threading.Thread] = []
    begun, go_on = threading.Event(), threading.Event()
    read = reporting.full_report

    def read_slowly(*given, **more):
        readers.append(threading.current_thread())
        begun.set()
        go_on.wait()
        return read(*given, **more)

    monkeypatch.setattr(reporting, "full_report", read_slowly)
    large.title.setText("First")
    qtbot.waitUntil(begun.is_set)
    large.title.setText("Second")
    large._show_preview()
    go_on.set()
    qtbot.waitUntil(lambda: "Second" in large.preview.toPlainText())
    assert len(readers) == 2
    assert threading.main_thread() not in readers


def test_a_large_report_keeps_no_preview_that_was_read_for_words_of_before(large, qtbot):
    for title in ("First", "Second", "Third"):
        large.title.setText(title)
        qtbot.waitUntil(lambda title=title: title in large.preview.toPlainText())
    qtbot.waitUntil(lambda: not large.findChildren(Work))


def test_a_large_report_says_before_it_is_written_what_it_will_be(large, tmp_path):
    large.place.setText(str(tmp_path / "dam.html"))
    assert "dam.html-parts" in large.about.text()
    large.format.setCurrentIndex(large.format.findData("docx"))
    assert "Choose claims" in large.about.text()
    large.accept()
    assert "Choose claims" in large.remark.text
    assert not list(tmp_path.iterdir())


def test_a_large_report_is_written_in_parts(large, tmp_path):
    large.place.setText(str(tmp_path / "dam.html"))
    large.accept()
    assert "#C1" in (tmp_path / "dam.html").read_text(encoding="utf-8")
    assert "#C1_" in (tmp_path / "dam.html-parts" / "0001.html").read_text(encoding="utf-8")


def test_few_claims_chosen_of_many_are_written_as_one_file(large, tmp_path):
    large.claims.all_box.setChecked(False)
    for row in range(2, large.claims.list.chosen.rowCount()):
        tick(large, row, is_in=False)
    large.place.setText(str(tmp_path / "dam.html"))
    large.accept()
    assert [one.name for one in tmp_path.iterdir()] == ["dam.html"]
    assert 'id="C2"' in (tmp_path / "dam.html").read_text(encoding="utf-8")


def test_writing_a_large_report_is_stopped_between_claims_and_leaves_nothing(large, tmp_path):
    counts = []

    def tell(count: int) -> bool:
        counts.append(count)
        return count < 2

    with ThreadPoolExecutor() as pool, pytest.raises(StoppedError):
        pool.submit(large.whole.write, large.report, "html", tmp_path / "dam.html", tell).result()
    assert counts == [1, 2]
    assert not list(tmp_path.iterdir())

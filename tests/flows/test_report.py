"""A report, from the window to a file that others read, by keys alone."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from annotator.app.segment import NewsSegmenter
from annotator.domain.model import Report
from annotator.domain.resources import resource
from annotator.formats.jsonl import FORMAT
from annotator.store import read
from annotator.store.imports import import_records
from annotator.store.session import Session
from annotator.store.store import Identity, Store
from annotator.ui.dialogs.report_dialog import ReportDialog
from annotator.ui.settings import Settings
from annotator.ui.window import MainWindow
from tests.flows.dialogs import answer


def test_an_analyst_writes_a_lead_and_the_report_is_a_page_with_it(tmp_path, qtbot):
    store = Store.memory(Identity(name="Ada"))
    import_records(store, FORMAT.read(resource("sample", "sample.jsonl"), {}))
    window = MainWindow(Session(store), NewsSegmenter(), Settings(tmp_path / "window.ini"))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    out = tmp_path / "dam.html"
    said = []

    def work(dialog: ReportDialog) -> None:
        for field, words in (
            (dialog.title, "Dam brief"),
            (dialog.lead, "Who opened it?"),
            (dialog.place, out),
        ):
            field.setFocus()
            field.selectAll()
            QTest.keyClicks(field, str(words))
        QTest.keySequence(dialog, QKeySequence("Ctrl+Return"))
        said.append(dialog.remark.text)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    answer(ReportDialog, work)
    window.menus.actions["report"].trigger()
    assert str(out) in said[0]
    text = out.read_text(encoding="utf-8")
    assert "<h1>Dam brief</h1>" in text
    assert "Who opened it?" in text
    (kept,) = [row for row in read.records(store, Report) if row.title == "Dam brief"]
    assert kept.lead == "Who opened it?"

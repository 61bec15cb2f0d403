"""The import dialog: what is found, what is known of it, and what is taken."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QTextCursor
from PySide6.QtWidgets import QDialog, QStyleOptionViewItem

from annotator.domain.ids import is_uuid
from annotator.domain.model import Article, Source
from annotator.formats import registry
from annotator.formats.plain import FORMAT
from annotator.store import lists, read
from annotator.store.imports import import_records
from annotator.store.store import Store
from annotator.ui.dialogs import import_dialog
from annotator.ui.dialogs.import_dialog import ImportDialog
from annotator.ui.dialogs.import_rows import COLUMNS
from annotator.ui.dialogs.progress import Work
from annotator.ui.dialogs.reading import FoundRecords

HARBOUR = "Harbour closed again\n\nThe mayor said\u00a0on Monday that no ship had left. 🚢\n"


@pytest.fixture
def folder(tmp_path) -> Path:
    made = tmp_path / "news"
    (made / "late").mkdir(parents=True)
    (made / "2024-03-01_Gazette_harbour-closed.txt").write_text(HARBOUR, encoding="utf-8")
    (made / "2024-03-02_Courier_ferry.txt").write_text(
        "The ferry sank, the operator denied it.\n", encoding="utf-8"
    )
    (made / "late" / "note.md").write_text(
        "---\ntitle: A note\noutlet: Blog\n---\nNobody knew.\n", encoding="utf-8"
    )
    (made / "scan.txt").write_bytes(b"%PDF-1.7 and so on")
    return made


@pytest.fixture
def open_dialog(look, shown, qtbot):
    def make(*paths: Path) -> ImportDialog:
        dialog = ImportDialog(look, None, list(paths))
        shown(dialog)
        dialog.resize(1100, 640)
        qtbot.waitUntil(lambda: not dialog.is_reading)
        return dialog

    return make


def cell(dialog: ImportDialog, row: int, column: str) -> str:
    return dialog.model.index(row, COLUMNS.index(column)).data()


def articles(dialog: ImportDialog) -> list[Article]:
    return [record for record in dialog.records() if isinstance(record, Article)]


def test_a_folder_is_listed_and_what_is_no_text_is_left_out_with_the_reason(open_dialog, folder):
    dialog = open_dialog(folder)
    assert [cell(dialog, row, "file") for row in range(3)] == [
        "2024-03-01_Gazette_harbour-closed.txt",
        "2024-03-02_Courier_ferry.txt",
        "late/note.md",
    ]
    [left_out] = [dialog.bad_list.item(row).text() for row in range(dialog.bad_list.count())]
    assert "scan.txt" in left_out
    assert "PDF" in left_out
    assert dialog.accept_button.text() == "Import 3 texts"


def test_what_is_left_out_of_a_brat_folder_is_said_before_it_is_brought_in(
    open_dialog, tmp_path, monkeypatch
):
    monkeypatch.setattr(import_dialog, "MOST_LEFT_OUT", 3)
    lines = [f"R{n}\tKnows Arg1:T1 Arg2:T{n + 1}\n" for n in range(1, 6)]
    (tmp_path / "d.txt").write_text("The harbour", encoding="utf-8")
    (tmp_path / "d.ann").write_text("".join(["T1\tclaim 0 3\tThe\n", *lines]), encoding="utf-8")
    dialog = open_dialog(tmp_path)
    told = [dialog.bad_list.item(row).text() for row in range(dialog.bad_list.count())]
    assert len(told) == 4
    assert "R1" in told[0]
    assert "d.ann" in told[0]
    assert told[-1] == "… and 2 more"
    assert dialog.accept_button.isEnabled()


def test_a_brat_folder_is_brought_in_as_one_of_others_and_lines_of_ours_are_not(open_dialog, tmp_path):
    folder, lines = tmp_path / "bob", tmp_path / "ours.jsonl"
    folder.mkdir()
    (folder / "d.txt").write_text("The harbour", encoding="utf-8")
    (folder / "d.ann").write_text("T1\tclaim 0 3\tThe\n", encoding="utf-8")
    lines.write_text('{"type":"source","id":"s","name":"Ruiz"}\n', encoding="utf-8")
    assert open_dialog(folder).are_of_others()
    assert not open_dialog(folder, lines).are_of_others()


def test_the_name_pattern_is_shown_at_work_while_it_is_typed(open_dialog, folder, qtbot):
    dialog = open_dialog(folder)
    qtbot.keyClicks(dialog.about.pattern, "{date}_{outlet}_{title}")
    assert "fits 2 of 3" in dialog.about.pattern_says.accessibleName()
    assert (cell(dialog, 0, "outlet"), cell(dialog, 0, "date")) == ("Gazette", "2024-03-01")
    assert cell(dialog, 2, "outlet") == "Blog"
    dialog.about.pattern.setText("{nonsense}")
    assert "braces" in dialog.about.pattern_says.accessibleName()
    assert cell(dialog, 0, "outlet") == ""


def test_what_is_said_for_all_fills_only_what_nothing_else_says(open_dialog, folder):
    dialog = open_dialog(folder)
    dialog.about.for_all["outlet"].setText("Valley Wire")
    dialog.about.for_all["language"].setText("en")
    assert [cell(dialog, row, "outlet") for row in range(3)] == ["Valley Wire", "Valley Wire", "Blog"]
    assert {article.language for article in articles(dialog)} == {"en"}


def test_a_typed_cell_outlives_a_change_of_the_pattern(open_dialog, folder):
    dialog = open_dialog(folder)
    dialog.model.setData(dialog.model.index(0, COLUMNS.index("title")), "Port shut")
    dialog.about.pattern.setText("{date}_{outlet}_{title}")
    assert cell(dialog, 0, "title") == "Port shut"
    assert cell(dialog, 1, "title") == "ferry"


def test_the_first_line_can_be_the_title(open_dialog, folder, qtbot):
    dialog = open_dialog(folder)
    assert cell(dialog, 0, "title") == "Harbour closed again"
    dialog.about.first_line.click()
    assert cell(dialog, 0, "title") == "2024-03-01 Gazette harbour-closed"


def test_a_manifest_goes_before_names_and_says_what_it_did_not_find(open_dialog, folder):
    (folder / "list.csv").write_text(
        "file,outlet,url\n2024-03-02_Courier_ferry.txt,Courier Weekly,https://courier.example/1\ngone.txt,X,\n"
    )
    dialog = open_dialog(folder)
    dialog.about.pattern.setText("{date}_{outlet}_{title}")
    dialog.about.manifest.setText(str(folder / "list.csv"))
    dialog.about.manifest.editingFinished.emit()
    assert cell(dialog, 1, "outlet") == "Courier Weekly"
    assert cell(dialog, 1, "url") == "https://courier.example/1"
    assert "no text for gone.txt" in dialog.about.manifest_says.accessibleName()


def test_a_list_that_cannot_be_read_stops_the_import_and_says_why(open_dialog, folder, qtbot):
    (folder / "list.csv").write_text("name,paper\na.txt,Gazette\n")
    dialog = open_dialog(folder)
    dialog.about.manifest.setText(str(folder / "list.csv"))
    qtbot.keyClick(dialog.about.manifest, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert "list.csv" in dialog.remark.text
    dialog.about.manifest.clear()
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_the_dialog_takes_the_same_as_the_command_line_with_the_same_options(open_dialog, folder):
    manifest = folder / "list.csv"
    manifest.write_text("file,outlet,tags\nlate/note.md,Weblog,sea;port\n")
    options = {
        "manifest": str(manifest),
        "name_pattern": "{date}_{outlet}_{title}",
        "first_line_title": True,
        "language": "en",
        "date": "2024",
        "report": lambda code, **details: None,
    }
    dialog = open_dialog(folder)
    dialog.about.pattern.setText("{date}_{outlet}_{title}")
    dialog.about.manifest.setText(str(manifest))
    dialog.about.manifest.editingFinished.emit()
    dialog.about.first_line.setChecked(True)
    dialog.about.for_all["language"].setText("en")
    dialog.about.for_all["date"].setText("2024")

    def facts(records):
        return [
            (r.title, r.outlet, r.date, r.language, r.tags, r.text, r.origin, r.original)
            if isinstance(r, Article)
            else r
            for r in records
        ]

    assert facts(dialog.records()) == facts(FORMAT.read(folder, options))


def test_what_is_taken_can_be_stored(open_dialog, folder):
    dialog = open_dialog(folder)
    dialog.about.for_all["outlet"].setText("Gazette")
    store = Store.memory()
    done = import_records(store, dialog.records())
    assert done.added["article"] == 3
    assert read.text(store, done.articles[0]) == HARBOUR
    assert {row.outlet for row in lists.articles(store)} == {"Gazette", "Blog"}
    assert all(is_uuid(row) for row in done.articles)


def test_a_wrong_encoding_can_be_mended_in_its_row(open_dialog, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Übergabe verzögert, Müller bestreitet es.\n".encode("cp1252"))
    dialog = open_dialog(path)
    place = dialog.model.index(0, COLUMNS.index("encoding"))
    assert dialog.model.setData(place, "cp1252")
    assert articles(dialog)[0].text == "Übergabe verzögert, Müller bestreitet es.\n"
    assert not dialog.model.setData(place, "utf-8")
    assert "utf-8" in dialog.remark.text


def test_replaced_control_characters_and_guessed_encodings_are_pointed_out(open_dialog, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"One\x07two, said the mayor.\n")
    (tmp_path / "b.txt").write_bytes(
        ("Министр отверг обвинения и сказал, что это ложь.\n" * 4).encode("cp1251")
    )
    model = open_dialog(tmp_path).model
    tips = [
        [
            model.index(row, COLUMNS.index(name)).data(Qt.ItemDataRole.ToolTipRole)
            for name in ("file", "encoding")
        ]
        for row in (0, 1)
    ]
    assert "�" in tips[0][0]
    guessed = model.index(1, COLUMNS.index("encoding")).data()
    assert tips[1][1].startswith(f"Guessed to be {guessed}:")
    assert tips[0][1] is None
    assert tips[1][0] is None


def test_an_odd_date_is_pointed_out(open_dialog, folder):
    dialog = open_dialog(folder)
    dialog.model.setData(dialog.model.index(0, COLUMNS.index("date")), "1 March")
    assert dialog.remark.text == "One date is not written as 2017-08-24, 2017-08 or 2017."
    dialog.model.setData(dialog.model.index(0, COLUMNS.index("date")), "2024-03")
    assert dialog.remark.text == ""


def test_dropped_files_are_added_once(open_dialog, folder, qtbot):
    dialog = open_dialog(folder)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder / "late" / "note.md")), QUrl("https://news.example/1")])
    drop = QDropEvent(
        QPointF(QPoint(9, 9)),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    dialog.dropEvent(drop)
    qtbot.waitUntil(lambda: not dialog.is_reading)
    assert len(dialog.model.texts) == 3


def test_delete_leaves_the_chosen_texts_out(open_dialog, folder, qtbot):
    dialog = open_dialog(folder)
    dialog.table.selectRow(1)
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Delete)
    assert [article.title for article in articles(dialog)] == ["Harbour closed again", "A note"]


def test_the_beginning_of_the_chosen_text_is_shown_as_plain_text(open_dialog, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("<b>Not bold</b> &amp; so on\n", encoding="utf-8")
    dialog = open_dialog(path)
    assert dialog.preview.document().toRawText().startswith("<b>Not bold</b> &amp;")


def test_many_records_are_listed_with_their_thousands_set_off(open_dialog):
    found = FoundRecords(Path("news.jsonl"), "Lines", [], {"article": 10_000, "mark": 100_000})
    assert open_dialog()._of_other(found) == "news.jsonl · Lines: 10,000 articles, 100,000 marks"


def test_a_project_export_is_counted_and_taken_as_it_is(open_dialog, shown):
    sample = Path(__file__).resolve().parents[3] / "resources" / "sample" / "sample.jsonl"
    dialog = open_dialog(sample)
    assert dialog.model.rowCount() == 0
    assert "3 articles" in dialog.other_list.item(0).text()
    assert dialog.accept_button.isEnabled()
    store = Store.memory()
    assert import_records(store, dialog.records()).added["article"] == 3


def test_reading_can_be_stopped_and_closing_leaves_no_thread(look, tmp_path, qtbot, monkeypatch):
    for number in range(50):
        (tmp_path / f"{number}.txt").write_text("Some words.")
    gate = threading.Event()
    real = registry.guess
    monkeypatch.setattr("annotator.ui.dialogs.reading.guess", lambda path: (gate.wait(10), real(path))[1])
    dialog = ImportDialog(look, None, [tmp_path])
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.is_reading
    assert not dialog.accept_button.isEnabled()
    dialog.stop()
    gate.set()
    qtbot.waitUntil(lambda: not dialog.is_reading)
    assert dialog.model.rowCount() == 0
    dialog.add_paths([tmp_path])
    dialog.reject()
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_what_waits_to_be_read_is_left_unread_when_the_dialog_is_closed(look, folder, qtbot, monkeypatch):
    gate, guess, stop = threading.Event(), registry.guess, Work.stop
    monkeypatch.setattr("annotator.ui.dialogs.reading.guess", lambda path: (gate.wait(10), guess(path))[1])
    monkeypatch.setattr(Work, "stop", lambda work: (stop(work), gate.set()))
    dialog = ImportDialog(look, None, [folder])
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.add_paths([folder])
    dialog.reject()
    qtbot.waitUntil(lambda: not dialog.is_reading)
    assert dialog.model.rowCount() == 0


def test_sources_come_before_the_articles_that_name_them(open_dialog, folder):
    dialog = open_dialog(folder)
    dialog.about.for_all["outlet"].setText("Gazette")
    assert [type(record) for record in dialog.records()[:2]] == [Source, Article]


def test_the_list_of_texts_is_a_sound_model(open_dialog, folder, qtmodeltester):
    qtmodeltester.check(open_dialog(folder).model)


def test_an_arabic_text_begins_at_the_right_and_its_title_has_its_dots_at_the_left(tmp_path, look, qtbot):
    text = "البوابات مفتوحة منذ منتصف الليل\n\nThe gates were shut.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    dialog = ImportDialog(look, None, [tmp_path])
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not dialog.is_reading)
    blocks = [dialog.preview.document().findBlockByNumber(number) for number in (0, 2)]
    arabic, english = (dialog.preview.cursorRect(QTextCursor(block)).x() for block in blocks)
    assert english < dialog.preview.width() / 2 < arabic
    option, table = QStyleOptionViewItem(), dialog.table
    table.itemDelegate().initStyleOption(option, dialog.model.index(0, COLUMNS.index("title")))
    assert option.text.startswith("\u2068")
    dialog.reject()


def test_the_cell_that_is_edited_by_key_is_seen(tmp_path, look, qtbot):
    (tmp_path / "a.txt").write_text("Words.", encoding="utf-8")
    dialog = ImportDialog(look, None, [tmp_path])
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    qtbot.waitUntil(lambda: not dialog.is_reading)
    dialog.table.setFocus()
    outlet = dialog.model.index(0, COLUMNS.index("outlet"))
    dialog.table.setCurrentIndex(outlet)
    frame = dialog.table.visualRect(outlet).topLeft() + QPoint(1, 1)
    shown = dialog.table.viewport().grab().toImage()
    assert shown.pixelColor(frame * shown.devicePixelRatio()) == look.colour("focus")
    dialog.reject()


@pytest.mark.parametrize("width", [900, 1366])
def test_all_columns_are_seen_on_a_small_screen_and_no_name_of_one_is_cut(open_dialog, folder, width, qtbot):
    dialog = open_dialog(folder)
    dialog.resize(width * 9 // 10, 540)
    header = dialog.table.horizontalHeader()
    qtbot.waitUntil(lambda: header.length() == dialog.table.viewport().width())
    for place in range(len(COLUMNS)):
        assert header.sectionSize(place) >= header.sectionSizeHint(place)

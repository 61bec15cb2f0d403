"""Dialogs over the window, and how to fill them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from annotator.domain.resources import resource
from annotator.store import edits, lists, read
from annotator.ui.window import MainWindow
from tests.looks import pinned


def dialog(made: QWidget) -> QWidget:
    """A dialog shown without waiting for it."""
    made.show()
    return made


def paste(window: MainWindow) -> QWidget:
    from annotator.ui.dialogs.paste_dialog import PasteDialog

    made = PasteDialog(window.look, window)
    made.text.take(
        "Ferry Owner Denies Sailing Without Lights\n\nThe owner said on Tuesday that no ferry had left.\n"
    )
    return dialog(made)


def paste_empty(window: MainWindow) -> QWidget:
    from annotator.ui.dialogs.paste_dialog import PasteDialog

    made = PasteDialog(window.look, window)
    made.text.clear()
    return dialog(made)


def import_empty(window: MainWindow) -> QWidget:
    from annotator.ui.dialogs.import_dialog import ImportDialog

    return dialog(ImportDialog(window.look, window))


def import_filled(window: MainWindow) -> QWidget:
    from annotator.ui.dialogs.import_dialog import ImportDialog

    made = ImportDialog(window.look, window, [resource("sample", "sample.jsonl").parent])
    made.show()
    while made.is_reading:
        pinned.settle()
    return made


def export(window: MainWindow) -> QWidget:
    from annotator.ui.dialogs.export_dialog import ExportDialog

    made = ExportDialog(window.session, window.session.store.snapshot(), window.look, window)
    made.choose("csv")
    made.show()
    while made.is_busy:
        pinned.settle()
    made.place.setText("/srv/news/sample-csv")
    return made


def report(window: MainWindow) -> QWidget:
    from annotator.ui.dialogs.report_dialog import ReportDialog
    from annotator.ui.reporting import read_whole

    whole = read_whole(window.session, window, "")
    assert whole is not None
    made = ReportDialog(window.session, window.look, whole, window)
    made.title.setText("What happened at the Tolvar dam")
    made.lead.setPlainText("Five claims are disputed; the paint on the gates is the strongest evidence.")
    made.claims.all_box.setChecked(False)
    made.place.setText("/srv/news/dam.html")
    made.show()
    made.preview.show_report(whole.shown(made.report))
    pinned.settle()
    return made


def new_project(window: MainWindow) -> QWidget:
    from annotator.ui.dialogs.new_project import NewProjectDialog

    return dialog(NewProjectDialog(window.look, window, Path("/srv/news")))


def article_form(window: MainWindow) -> QWidget:
    from annotator.ui.dialogs.article_form import ArticleForm

    article = window.session.focus.article
    assert article is not None
    return dialog(ArticleForm(window.session, article, window.look, window))


def keys_page(window: MainWindow) -> QWidget:
    from annotator.ui.dialogs.keys_page import KeysPage

    return dialog(KeysPage(window.look, window))


def scheme_editor(group: str, row: str, window: MainWindow) -> QWidget:
    """The scheme, with one row in the form; denials have been defined anew."""
    from annotator.domain.scheme_changes import set_codebook
    from annotator.ui.dialogs.scheme.dialog import SchemeDialog

    store = window.session.store
    words = "A source rejects a claim, its basis, its author or the proceedings."
    edits.change_scheme(store, set_codebook(read.scheme(store), "labels", "denial", words))
    made = SchemeDialog(window.session, window.look, window)
    made.rows.stand_on(group, row)
    return dialog(made)


def scheme_split(window: MainWindow) -> QWidget:
    from annotator.ui.dialogs.scheme.split import SplitDialog

    return dialog(SplitDialog(window.session.store, window.look, window, "claim"))


def about(window: MainWindow) -> QWidget:
    from annotator.ui.dialogs.about import AboutDialog

    places = [("Settings", Path("/srv/settings/window.ini"))]
    return dialog(AboutDialog(window.look, window, places))


def source_form(window: MainWindow) -> QWidget:
    from annotator.ui.dialogs.source_form import SourceForm

    row = next(row for row in lists.sources(window.session.store) if row.role)
    return dialog(SourceForm(window.session, window.look, window, row.id))


def undo_question(window: MainWindow) -> QWidget:
    from annotator.ui.dialogs.question import UndoQuestion

    operation = window.session.store.next_undo()
    assert operation is not None
    return dialog(UndoQuestion(window, operation, "Ada Lind", window.session.store))


def progress(window: MainWindow) -> QWidget:
    from annotator.ui.dialogs.progress import ProgressDialog

    return dialog(ProgressDialog(window, window.tr("Importing")))


def opening(window: MainWindow) -> QWidget:
    from annotator.store.stages import Stages
    from annotator.ui.dialogs.opening import OpeningDialog

    made = OpeningDialog(window, Path("harbour-2026.annotator"), Stages())
    made.show_stage("checking", 640_000_000, 1_835_000_000)
    return dialog(made)


def opening_waits(window: MainWindow) -> QWidget:
    from annotator.store.stages import Stages
    from annotator.ui.dialogs.opening import OpeningDialog

    name = "what-was-said-of-the-flood-at-ostrel-and-who-said-that-it-never-came.annotator"
    made = OpeningDialog(window, Path(name), Stages())
    made.show_stage("waiting", 0, 0)
    return dialog(made)

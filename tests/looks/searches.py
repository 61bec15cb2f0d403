"""The search with much, little and nothing found, and the dialogs about what was found."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from annotator.domain.model import SavedSearch
from annotator.domain.saved import Comparison
from annotator.store import edits
from annotator.ui.dialogs.pivot import PivotDialog
from annotator.ui.search.change_marks import ChangeMarksDialog
from annotator.ui.search.kept import KeptSearches
from annotator.ui.search.panel import SearchPanel
from annotator.ui.window import MainWindow
from tests.looks import pinned

KEPT = (
    ("Denials nobody linked", "label=denial and unlinked"),
    ("Disputed claims of the dam", "map state=disputed text=dam"),
    (f"What was {'very ' * 20}certain", 'certainty=certain and source="Northern River Institute"'),
    ("تكذيب", "label=denial"),
)


def search(query: str, group: int, window: MainWindow) -> None:
    """Ask a query, and turn to one of the groups."""
    panel = asked(window, query)
    panel.found.tabs.setCurrentIndex(group)
    pinned.settle()


def offers(window: MainWindow) -> QWidget:
    """What may come next while a query is typed."""
    panel = asked(window, "dam")
    QTest.keyClicks(panel.field, " source=")
    pinned.settle()
    return panel.field.list_of_offers


def kept(window: MainWindow) -> QWidget:
    for name, query in KEPT:
        edits.add_record(window.session.store, SavedSearch(id="", name=name, query=query))
    expression = SavedSearch(
        id="",
        name="Words of water",
        query=r"(dam|lake|dyke)s?",
        extra=Comparison(whole=True, regex=True).within({}),
    )
    edits.add_record(window.session.store, expression)
    return _shown(KeptSearches(window.session.store, window.look, window, "label=claim"))


def change(window: MainWindow) -> QWidget:
    """What a label would do to the marks found: some change, some stay."""
    places = asked(window, "label=denial").found.page_of("mark").chosen()
    dialog = ChangeMarksDialog(window.session.store, window.look, window, places)
    dialog.value.setCurrentIndex(dialog.value.findData("evidence"))
    _wait(lambda: dialog.outlook is not None)
    return _shown(dialog)


def count(window: MainWindow) -> QWidget:
    asked(window, "label=denial").count()
    (dialog,) = window.findChildren(PivotDialog)
    pinned.settle()
    return dialog


def asked(window: MainWindow, query: str) -> SearchPanel:
    panel = window.ways.to_search()
    panel.ask(query)
    _wait(lambda: not any(group.is_waiting for group in panel.found.groups))
    pinned.settle()
    return panel


def _wait(is_done: Callable[[], bool]) -> None:
    """Until what a thread looks for is there."""
    while not is_done():
        QTest.qWait(5)


def _shown(dialog: QWidget) -> QWidget:
    dialog.show()
    pinned.settle()
    return dialog

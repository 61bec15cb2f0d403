"""A window on two articles with marks, sources and a claim, and its search."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.domain.model import Ref
from annotator.store import edits
from annotator.store.store import Identity, Store
from annotator.ui.search.panel import SearchPanel
from tests.store.samples import TEXT, add_article, two_marks


def searched_store() -> Store:
    """Two articles; in the first the ministry claims and the harbour denies, and a claim is made of it."""
    store = Store.memory(Identity(name="Ada"))
    gazette = edits.add_source(store, "The Gazette", kind="outlet")
    first = add_article(store, TEXT, title="Bridge", outlet=gazette, date="2024-05-01")
    add_article(store, "The “Bridge” is open.\nA footbridge too.\n", title="Harbour")
    claim, denial = two_marks(store, first)
    edits.set_source(store, claim, edits.add_source(store, "Ministry of Ports", kind="organisation"))
    edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    return store


def ask(panel: SearchPanel, query: str) -> None:
    """Type a query and press Enter."""
    panel.field.setFocus()
    panel.field.clear()
    QTest.keyClicks(panel.field, query)
    QTest.keyClick(panel.field, Qt.Key.Key_Return)


def settled(panel: SearchPanel, qtbot: QtBot) -> None:
    """Wait until every group says what it found."""
    qtbot.waitUntil(lambda: not any(group.is_waiting for group in panel.found.groups))


def tabs(panel: SearchPanel) -> list[str]:
    return [panel.found.tabs.tabText(at) for at in range(panel.found.tabs.count())]

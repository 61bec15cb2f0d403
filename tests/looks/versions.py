"""Screens of corrected articles, and of links between panes in two directions of writing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.domain.ids import ArticleId, new_id
from annotator.domain.model import Article, Ref
from annotator.store import edits
from annotator.store.imports import import_records
from annotator.store.newer import newer_versions
from annotator.store.store import Store
from annotator.ui.window import MainWindow
from tests.looks import pinned

Key = Qt.Key
_HARBOUR = "The harbour office said on Tuesday that the ferry had left on time."
_OWNER = "“No ferry left that night,” its owner wrote, and the mayor asked for the log."
_SAILORS = "Two sailors, who gave no names, denied that the lights had been out."
_OLDER = "\n".join((_HARBOUR, _OWNER, _SAILORS))
_NEWER = "\n".join(
    (
        "Correction: an earlier version had the wrong day.",
        _HARBOUR.replace("Tuesday", "Monday"),
        _SAILORS,
        _OWNER,
    )
)
_ADDRESS = "https://example.org/ferry"
_LONG = "Unterhaltungselektronikfachgeschäftsinhabervereinigung rejects the report of the whole committee"


def corrected() -> Store:
    """A marked article that others answer, one of them in Hebrew, and its corrected text."""
    store = pinned.empty_store()
    paper = edits.add_source(store, "Lisborn Evening Courier and Shipping Gazette", "outlet")
    old = _bring(store, _OLDER, title=_LONG, outlet=paper, date="2024-03-11", url=_ADDRESS)
    for words, label in (("the ferry had left on time", "claim"), ("on Tuesday", "evidence")):
        start = _OLDER.index(words)
        edits.add_mark(store, old, label, [(start, start + len(words))])
    (claim,) = [row[0] for row in store.query("SELECT id FROM shown_mark WHERE label = 'claim'")]
    for title, text in (
        ("הכחשה", "דובר הנמל הכחיש כי המעבורת יצאה בזמן."),
        (_LONG, "It left late, he said."),
    ):
        article = _bring(store, text, title=title)
        denial = edits.add_mark(store, article, "denial", [(0, len(text) - 1)])
        edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    _bring(store, _NEWER, title=f"{_LONG} (corrected)", outlet=paper, date="2024-03-12", url=_ADDRESS)
    return store


def _bring(store: Store, text: str, **fields: str) -> ArticleId:
    article = ArticleId(new_id())
    import_records(store, [Article(id=article, text=text, **fields)])  # type: ignore[arg-type]
    return article


def _numbered(window: MainWindow, number: int) -> ArticleId:
    rows = window.session.store.query("SELECT id FROM shown_article WHERE number = ?", (number,))
    return ArticleId(rows[0][0])


def choice(window: MainWindow) -> QWidget:
    from annotator.ui.dialogs.version_choice import VersionChoice

    made = VersionChoice(window.session, _numbered(window, 4), window.look, window)
    made.show()
    while not made.is_settled:
        QTest.qWait(10)
    return made


def offer(window: MainWindow) -> QWidget:
    from annotator.ui.dialogs.version_offer import VersionOffer

    found = newer_versions(window.session.store, [_numbered(window, 4)])
    made = VersionOffer(window.session, found, window.look, window)
    made.show()
    return made


def review(window: MainWindow) -> QWidget:
    from annotator.ui.dialogs.version_review import VersionReview

    edits.make_version(window.session.store, _numbered(window, 4), _numbered(window, 1))
    window.session.open_article(_numbered(window, 4))
    window.versions.review()
    return next(one for one in window.findChildren(VersionReview))


def linked_panes(window: MainWindow) -> None:
    """Two panes, a link across them, and one more that looks for its end from the tray."""
    window.session.open_article(_numbered(window, 1))
    window.session.split()
    window.session.open_article(_numbered(window, 2))
    _press(Key.Key_N)
    _press(Key.Key_P)
    _press(Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    _press(Key.Key_D)


def linked_across(window: MainWindow) -> None:
    """Two panes, and the mark in hand with its link to the other one."""
    window.session.open_article(_numbered(window, 1))
    window.session.split()
    window.session.open_article(_numbered(window, 2))
    _press(Key.Key_N)


def _press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifiers)
    pinned.settle()

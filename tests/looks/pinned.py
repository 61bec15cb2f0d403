"""What pictures depend on and tests must not: fonts, scale, clock, time zone."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count

from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.app.segment import NewsSegmenter
from annotator.domain.model import Record
from annotator.domain.resources import resource
from annotator.formats.jsonl import FORMAT
from annotator.store.imports import import_records
from annotator.store.session import Session
from annotator.store.store import Identity, Store
from annotator.ui.settings import Settings
from annotator.ui.theme import ThemeName
from annotator.ui.window import MainWindow

UI_FONT, UI_POINTS = "Noto Sans", 10
READING_FONT, READING_POINTS = "Noto Serif", 13
NOON_MS = 1_710_158_400_000
"""11 March 2024, 12:00 UTC, one hour after the last article of the sample."""


def application() -> QApplication:
    """The application with its fonts pinned; the caller sets QT_QPA_PLATFORM."""
    os.environ["TZ"] = "UTC"
    if hasattr(time, "tzset"):
        time.tzset()
    found = QApplication.instance()
    made = found if isinstance(found, QApplication) else QApplication(["looks"])
    made.setApplicationName("annotator")
    made.setCursorFlashTime(0)
    return made


@contextmanager
def pinned_font(made: QApplication) -> Iterator[None]:
    """The interface font and how dates are written inside the block; other tests get theirs back."""
    before, locale = made.font(), QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    made.setFont(QFont([UI_FONT, "DejaVu Sans", "Noto Sans Arabic", "Noto Sans CJK SC"], UI_POINTS))
    try:
        yield
    finally:
        made.setFont(before)
        QLocale.setDefault(locale)


def clock() -> Callable[[], int]:
    """A wall clock that goes on by a second at every look."""
    seconds = count()
    return lambda: NOON_MS + 1000 * next(seconds)


def empty_store() -> Store:
    return Store.memory(Identity(name="Ada Lind"), clock())


def store_of(records: Iterable[Record]) -> Store:
    store = empty_store()
    import_records(store, records)
    return store


def sample_store() -> Store:
    return store_of(FORMAT.read(resource("sample", "sample.jsonl"), {}))


def window_on(store: Store, look: ThemeName, size: tuple[int, int]) -> MainWindow:
    """A window at work on a store, shown, of the size asked for."""
    settings = Settings(None)
    settings.theme = look
    settings.font_family = READING_FONT
    settings.font_size = READING_POINTS
    made = MainWindow(Session(store), NewsSegmenter(), settings)
    made.resize(*size)
    made.show()
    made.activateWindow()
    settle()
    docks = made.arrangement.by_name.values()
    while any(dock.widget() is None and not dock.visibleRegion().isEmpty() for dock in docks):
        QTest.qWait(5)  # they are filled one after the other
    settle()
    return made


def settle() -> None:
    """Let lay-out and painting come to rest, also of what a thread answers at the last moment."""
    for _ in range(6):
        QCoreApplication.processEvents()
    for _ in range(6):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)


def close(widget: QWidget) -> None:
    """Close and delete a window now."""
    widget.close()
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

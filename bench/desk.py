"""The program as the benchmarks use it: a project on disk, a session, and the window painted."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from time import sleep
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QSize, QThread
from PySide6.QtGui import QFont

from annotator.app.segment import NewsSegmenter
from annotator.domain.ids import ArticleId, MarkId
from annotator.domain.spans import Span
from annotator.store import read
from annotator.store.session import Session
from annotator.store.store import Change, Identity, Store
from annotator.ui.settings import Settings
from annotator.ui.window import MainWindow
from bench.measure import Stopwatch, paint, rest, wall

SIZE = (1440, 1000)
CHECKS_BEGIN_S = 2.5
"""After so long the window checks the whole file in a thread, which takes minutes for a large one."""


class Frame(NamedTuple):
    """How large the text is shown: the window a floor needs to paint the same page."""

    size: QSize
    left: int
    column: int
    font: QFont


class Desk:
    """The window of the program on a project, with the panels a new window shows.

    number: the article that `open` shows; the window opens on the first.
    is_rested: whether to wait until the window has done what it put off to after its first paint.
    """

    def __init__(self, project: Path, number: int = 2, is_rested: bool = True) -> None:
        self.commit = Stopwatch(wall)
        self.store = Store.open(project, Identity())
        _watch_commits(self.store, self.commit)
        self.session = Session(self.store)
        self.window = MainWindow(self.session, NewsSegmenter(), Settings(None))
        self.view, self.hands = self.window.view, self.window.hands
        self.first, self.article = self.numbered(1), self.numbered(number)
        self.window.resize(*SIZE)
        self.window.show()
        paint()
        if is_rested:
            rest(0.5)

    def numbered(self, number: int) -> ArticleId:
        """The article of a handle."""
        return ArticleId(self.store.query("SELECT id FROM shown_article WHERE number = ?", (number,))[0][0])

    def close(self) -> None:
        self.window.close()
        self.session.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.store.close()

    def end_checks(self) -> None:
        """Let the window begin what it does in threads after its first paint, and then stop it."""
        deadline = wall() + CHECKS_BEGIN_S
        while wall() < deadline:
            rest(0.1)
            sleep(0.02)
        for thread in self.window.findChildren(QThread):
            thread.requestInterruption()
            thread.wait()

    @property
    def frame(self) -> Frame:
        columns = self.view.columns
        return Frame(self.view.viewport().size(), columns.left, columns.width, self.view.page.metrics.font)

    def open(self) -> None:
        self.session.open_article(self.article)

    def put_links(self) -> None:
        """What the text does after a paint: the links of the marks in view come beside it."""
        self.view.page.put_rail()
        self.view.viewport().update()

    def go_to(self, part: float) -> None:
        """Bring a place of the article into view, and wait until all is at rest."""
        offset = int(part * len(self.view.page.text))
        self.view.reveal(Span(offset, offset), centre=True)
        paint()
        rest(0.3)

    def free_words(self, place: int) -> Span:
        """Some words in view, other ones for another `place`."""
        words = self.view.words_in_view()
        first = place * 7 % max(1, len(words) - 8)
        return Span(words[first].start, words[min(len(words) - 1, first + 6)].end)

    def add(self) -> MarkId:
        """What the digit of a label does to the selection, before the picker of sources opens."""
        self.begin()
        mark = self.hands.marking.label_with(read.scheme(self.store).labels["claim"])
        if mark is None:
            raise RuntimeError("no mark was made")
        return mark

    def relabel(self) -> None:
        """What the digit of another label does to the mark in hand."""
        self.begin()
        self.hands.marking.label_with(read.scheme(self.store).labels["denial"])

    def move_end(self, mark: MarkId) -> None:
        """What pulling the grip at the end of the mark in hand does, a character back."""
        self.begin()
        span = read.mark(self.store, mark).spans[0]
        self.hands.marking.grip_moved(mark, 0, "end", span.end - 1)

    def remove(self) -> None:
        """What the Del key does to the mark in hand."""
        self.begin()
        self.hands.marking.delete()

    def undo(self) -> None:
        """What Ctrl+Z does."""
        self.begin()
        self._show(self.session.store.undo())

    def redo(self) -> None:
        """What Ctrl+Shift+Z does."""
        self.begin()
        self._show(self.session.store.redo())

    def begin(self) -> None:
        """What every key and button does first: what was said before goes."""
        self.hands.acted.emit()

    def _show(self, change: Change | None) -> None:
        if change is None:
            raise RuntimeError("nothing to undo or redo")
        self.hands.desk.show_change(change)


def _watch_commits(store: Store, watch: Stopwatch) -> None:
    """Let `watch` run over each COMMIT."""
    connection = store._connection
    execute = connection.execute

    def watched(sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        if sql != "COMMIT":
            return execute(sql, parameters)
        with watch.running():
            return execute(sql, parameters)

    connection.execute = watched  # type: ignore[method-assign]

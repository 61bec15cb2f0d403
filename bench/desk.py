"""The program as the benchmarks use it: a project on disk, a session, hands and a painted text view."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.app.segment import NewsSegmenter
from annotator.domain.ids import ArticleId, MarkId
from annotator.domain.spans import Span
from annotator.formats.registry import by_name
from annotator.store import read
from annotator.store.imports import import_records
from annotator.store.session import Session
from annotator.store.store import Change, Identity, Store
from annotator.ui.hands.hands import Hands
from annotator.ui.text.view import TextView
from annotator.ui.theme import reading_font, theme
from bench.measure import Stopwatch, paint, rest, wall

SIZE = (900, 1000)
FONT_PT = 12
COLUMN_CHARS = 70
COLUMN_PX = 640


def font() -> QFont:
    return reading_font(None, FONT_PT)


def make_project(path: Path, lines: Path) -> Path:
    """A project file with what a file in `annotator-jsonl` holds."""
    store = Store.create(path, Identity())
    import_records(store, by_name("annotator-jsonl").read(lines, {}))
    store.close()
    return path


class TextDesk:
    """A window of its own around one text view with its hands, on a project of one article."""

    def __init__(self, project: Path) -> None:
        self.store = Store.open(project, Identity())
        self.session = Session(self.store)
        segmenter = NewsSegmenter()
        self.window = QWidget()
        self.view = TextView(segmenter)
        column = QVBoxLayout(self.window)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        look = theme("light")
        self.hands = Hands(self.session, self.view, segmenter, self.window, look)
        self.view.set_palette(look.text)
        self.view.set_reading(font(), COLUMN_CHARS)
        self.window.resize(*SIZE)
        self.window.show()
        self.article = ArticleId(self.store.query("SELECT id FROM shown_article")[0][0])
        self.commit = Stopwatch(wall)
        self.store._connection = _WatchedCommits(self.store._connection, self.commit)  # type: ignore[assignment]
        paint()
        rest()

    def close(self) -> None:
        rest()
        self.hands.close()
        self.session.close()
        self.window.close()
        self.window.deleteLater()
        self.store.close()

    def open(self) -> None:
        self.session.open_article(self.article)

    def go_to(self, part: float) -> None:
        """Bring a place of the article into view, and wait until all is at rest."""
        offset = int(part * len(self.view.page.text))
        self.view.reveal(Span(offset, offset), centre=True)
        paint()
        rest()

    def free_words(self, place: int) -> Span:
        """Some words in view, other ones for another `place`."""
        words = self.view.words_in_view()
        first = place * 7 % max(1, len(words) - 8)
        return Span(words[first].start, words[min(len(words) - 1, first + 6)].end)

    def add(self) -> MarkId:
        """What the digit of a label does to the selection, before the picker of sources opens."""
        mark = self.hands.marking.label_with(read.scheme(self.store).labels["claim"])
        if mark is None:
            raise RuntimeError("no mark was made")
        return mark

    def remove(self) -> None:
        """What the Del key does to the mark in hand."""
        self.hands.marking.delete()

    def undo(self) -> None:
        """What Ctrl+Z does."""
        self._show(self.session.undo())

    def redo(self) -> None:
        """What Ctrl+Shift+Z does."""
        self._show(self.session.redo())

    def _show(self, change: Change | None) -> None:
        if change is None:
            raise RuntimeError("nothing to undo or redo")
        self.hands.show_change(change)


class _WatchedCommits:
    """A connection whose COMMITs are timed."""

    def __init__(self, connection: Any, watch: Stopwatch) -> None:
        self._connection = connection
        self._watch = watch

    def execute(self, sql: str, *parameters: Any) -> Any:
        if sql != "COMMIT":
            return self._connection.execute(sql, *parameters)
        with self._watch.running():
            return self._connection.execute(sql)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

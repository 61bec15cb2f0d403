"""An analyst who works until killed: `python -m tests.flows.child PROJECT`.

Drives a real window and writes a line of counts to stdout after every key press that returned.
"""

import os
import random
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator.app.segment import NewsSegmenter
from annotator.domain.ids import MarkId
from annotator.domain.spans import Span
from annotator.store import lists
from annotator.store.session import Session
from annotator.store.store import Identity, Store
from annotator.ui.beside import put_threads_second
from annotator.ui.settings import Settings
from annotator.ui.window import MainWindow
from tests.flows.analyst import NONE
from tests.flows.keyboard import Keyboard

TELLING = 5
"""Letters of a word that a search among the marks finds again."""
TABLES = ("operation", "mark", "source", "attribution", "link", "mention")


def counts(store: Store) -> str:
    """How many rows each table holds, as one line."""
    return " ".join(str(store.query(f"SELECT count(*) FROM main.{table}")[0][0]) for table in TABLES)


class Reporter(Keyboard):
    """Acknowledges every key press once the window has done what it stands for."""

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        for _ in range(times):
            super().press(key, modifiers)
            self._acknowledge()

    def type(self, words: str) -> None:
        for char in words:
            super().type(char)
            self._acknowledge()

    def _acknowledge(self) -> None:
        os.write(sys.stdout.fileno(), counts(self.window.session.store).encode() + b"\n")


def work(hand: Reporter) -> None:
    """Label words of the first page, link them, delete and undo now and then, for ever."""
    chance = random.Random(os.getpid())
    made: list[MarkId] = []
    while True:
        word = chance.choice([word for word in hand.view.words_in_view() if word.end - word.start >= TELLING])
        made.append(hand.mark_words(Span(*word), "claim", chance.choice(["Ostrel", "Dobrova", "Velmora"])))
        if len(made) > 1 and chance.random() < 0.5:
            hand.link("undermines", made[-2])
        if chance.random() < 0.3:
            hand.press(Qt.Key.Key_Delete)
            made.pop()
        if chance.random() < 0.3:
            hand.undo(2)
            hand.redo(2)
            made = [row.id for row in lists.marks(hand.window.session.store)]


def main() -> None:
    application = QApplication([])
    put_threads_second(application)
    store = Store.open(Path(sys.argv[1]), Identity(name="analyst"))
    window = MainWindow(Session(store), NewsSegmenter(), Settings(None))
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    application.processEvents()
    work(Reporter(window))


if __name__ == "__main__":
    main()

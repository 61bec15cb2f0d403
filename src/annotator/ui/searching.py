"""The search for proposals in one article, in a thread, so that the text never waits for it."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from threading import Thread
from time import perf_counter, sleep
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.ui.beside import Wanted

if TYPE_CHECKING:  # the rules are loaded by the thread
    from annotator.domain.proposing import Proposal

_AFTER_MS = 150
"""How long after an article was opened and the window answers again its text is looked through."""
_RESTS = 4
"""How often as long as it worked on a sentence the thread rests, so that the window seldom meets it."""
_LONGEST_REST_S = 0.02
_GIVES_WAY_S = 0.4
"""How long after the analyst did something the thread goes on: beside it an edit takes a third longer."""
_LOOKS_MS = 20
"""How often it is looked what has been found."""


class _Task:
    """One text on its way through the rules: filled by its thread, emptied by the window's."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.found: deque[Sequence[Proposal]] = deque()
        self.is_cancelled = False
        self.is_done = False
        self.goes_on_at = 0.0

    def cancel(self) -> None:
        self.is_cancelled = True

    def work(self) -> None:
        """Find what there is, until it is not wanted any more."""
        from annotator.domain.proposing import rule_book

        book, began = rule_book(), perf_counter()
        for some in book.propose(self._text):
            if self.is_cancelled:
                break
            if some:
                self.found.append(some)
            sleep(min(_LONGEST_REST_S, _RESTS * (perf_counter() - began)))
            while perf_counter() < self.goes_on_at and not self.is_cancelled:
                sleep(_LONGEST_REST_S)
            began = perf_counter()
        self.is_done = True


class ProposalSearch(QObject):
    """Looks through one text at a time."""

    found = Signal(object)
    """Proposals found since the last time, in text order."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._wanted: Wanted[_Task] = Wanted(self)
        self._answers = QTimer(self, singleShot=True, interval=0)
        self._start = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._answers.timeout.connect(self._start.start)
        self._start.timeout.connect(self._on_start)
        self._look = QTimer(self, interval=_LOOKS_MS)
        self._look.timeout.connect(self._take)

    @property
    def is_waiting(self) -> bool:
        """Whether more may still be found."""
        return self._wanted.task is not None

    def look_through(self, text: str) -> None:
        """Give up the text at hand and begin with another one."""
        self.cancel()
        self._wanted.task = _Task(text)
        self._answers.start()

    def give_way(self) -> None:
        """Let the analyst, who is at work, have the window alone for a while."""
        if self._wanted.task is not None:
            self._wanted.task.goes_on_at = perf_counter() + _GIVES_WAY_S

    def cancel(self) -> None:
        """Want nothing any more."""
        self._wanted.cancel()
        self._answers.stop()
        self._start.stop()
        self._look.stop()

    def _on_start(self) -> None:
        if self._wanted.task is not None:
            Thread(target=self._wanted.task.work, daemon=True).start()
            self._look.start()

    def _take(self) -> None:
        task = self._wanted.task
        if task is None:
            return
        is_done = task.is_done
        some = [task.found.popleft() for _ in range(len(task.found))]
        if is_done:
            self._look.stop()
            self._wanted.task = None
        if some or is_done:
            self.found.emit([one for proposals in some for one in proposals])

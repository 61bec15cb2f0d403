"""Questions to the project that may take long: asked in a thread, answered on the window's."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from functools import partial
from threading import Thread

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain.errors import UserError
from annotator.store.bounded import ReadingStoppedError
from annotator.store.lists import Places
from annotator.store.store import Store
from annotator.ui.beside import Wanted

Lookup = Callable[[Store], object]
"""Any question to the project; what it answers is not None."""
Question = partial[Places]
"""The order of a list, asked for with a store and, by name, a limit; -1 is all of it."""


def nothing(store: Store, *, limit: int) -> Places:
    """The order of a list that has no rows."""
    del store, limit
    return array("q")


_LOOKS_MS = 10
"""How often it is looked whether an answer has come."""
_AGAIN_MS = 250
"""How long after the store has written a question is asked again."""


class _Task:
    """A question on its way: written by its thread, read by the window's."""

    def __init__(self, look_up: Lookup) -> None:
        self.look_up = look_up
        self.is_cancelled = False
        self.is_done = False
        self.gave_way = False
        """Whether an edit came between, so that it is to be asked again."""
        self.answer: object = None
        self.refusal: UserError | None = None
        self.obstacle: UserError | None = None
        """Why the project could not be read at all."""

    def cancel(self) -> None:
        self.is_cancelled = True

    def work(self, store: Store) -> None:
        """Answer through a connection of its own, which gives way to edits; no answer where it had to."""
        with store.asked():
            self._work(store)

    def _work(self, store: Store) -> None:
        try:
            reader = store.reader(lambda: self.is_cancelled)
        except (UserError, ReadingStoppedError) as error:  # moved away or busy, or closed
            self.obstacle = error if isinstance(error, UserError) else None
            self.is_cancelled = self.is_done = True
            return
        try:
            self.answer = self.look_up(reader)
        except ReadingStoppedError:
            self.gave_way = True
        except UserError as error:
            self.refusal = error
        finally:
            reader.close()
            self.is_done = True


class Reader(QObject):
    """Looks one thing up at a time; a new question takes the place of one that is on its way."""

    answered = Signal(object)
    """The answer to what was asked last."""
    refused = Signal(object)
    """A UserError in place of an answer."""
    hindered = Signal(object)
    """A UserError: the project cannot be read now. The next edit says so to those who only look."""

    def __init__(self, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._wanted: Wanted[_Task] = Wanted(self)
        self._look = QTimer(self, interval=_LOOKS_MS)
        self._look.timeout.connect(self._take)
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(self._start)

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is still to come."""
        return self._wanted.task is not None

    def look_up(self, question: Lookup) -> None:
        """Ask; `answered` tells."""
        self.cancel()
        self._wanted.task = _Task(question)
        self._start()

    def cancel(self) -> None:
        """Want no answer any more."""
        self._wanted.cancel()
        self._look.stop()
        self._again.stop()

    def _start(self) -> None:
        if self._wanted.task is not None:
            task = self._wanted.task = _Task(self._wanted.task.look_up)
            # Not left alone at the end: one that is inside SQLite then comes out to a Python that is gone.
            Thread(target=task.work, args=(self._store,)).start()
            self._look.start()

    def _take(self) -> None:
        task = self._wanted.task
        if task is None or not task.is_done:
            return
        self._look.stop()
        if task.answer is not None:
            self._wanted.task = None
            self.answered.emit(task.answer)
        elif task.refusal is not None:
            self._wanted.task = None
            self.refused.emit(task.refusal)
        elif task.is_cancelled:
            self._wanted.task = None
            if task.obstacle is not None:
                self.hindered.emit(task.obstacle)
        elif task.gave_way:
            self._again.start()
        else:  # a fault, which is told elsewhere; it would fail again and again
            self._wanted.task = None


class Asker(Reader):
    """Asks for the order of lists."""

    def ask(self, question: Question) -> None:
        """Ask for all of a list; `answered` tells."""
        self.look_up(partial(question, limit=-1))

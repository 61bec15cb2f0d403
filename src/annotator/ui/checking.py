"""Checks that nothing was misquoted: an article when it is shown, the whole project in the background."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QObject, QThread, QTimer, Signal

from annotator.domain.errors import UserError
from annotator.domain.ids import ArticleId
from annotator.store.session import Focus, Session
from annotator.store.store import Change, Store
from annotator.store.verify import Damage, article_damage, content_damage

_START_MS = 1500
"""How long after the first paint the whole file begins to be checked."""
_WATCH_MS = 3000
"""How often the place of the file is looked at."""
_FOLLOW_MS = 1000
"""How often it is looked whether another program has written."""
_PAUSE_MS = 2
"""How long it rests after each few marks, so that the window keeps its pace."""
_CACHE_KIB = 512
"""What is read once needs no more pages at hand; 32 MiB took as long, and stayed with the window for good."""


Steps = Callable[[Store], Iterator[Damage | None]]


class _Check(QThread):
    """Reads the file, if there is one, through a connection of its own, in queries far shorter than 50 ms.

    steps: what is wrong, with a pause after each few rows; another one once it is over.
    """

    found = Signal(object)

    def __init__(self, session: Session, steps: Steps, parent: QObject | None) -> None:
        super().__init__(parent)
        self._store = session.store
        self.steps = steps

    def run(self) -> None:
        """Check until done or asked to stop; the first damage ends it."""
        if self._store.path is None:
            return
        try:
            store = self._store.reader()
        except UserError:
            return  # moved away or busy, which the next edit says
        store.when_busy = lambda: not self.isInterruptionRequested()
        try:
            with store.with_cache(_CACHE_KIB):
                self._check(store)
        except UserError:
            return  # asked to stop while another program keeps the file to itself
        finally:
            store.close()

    def _check(self, store: Store) -> None:
        for damage in self.steps(store):
            if self.isInterruptionRequested():
                return
            if damage is not None:
                self.found.emit(damage)
                return
            self.msleep(_PAUSE_MS)


class Checker(QObject):
    """Tells of damage as soon as it is seen, and changes nothing."""

    found = Signal(object)
    """A Damage."""
    moved = Signal()
    """The path of the project leads to another file, or to none; told once."""
    _changed = Signal(object)
    """A Change, brought to the thread of the window."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._seen: set[ArticleId] = set()
        self._shown: list[ArticleId] = []
        """Articles that were shown and are still to be checked; the last one first."""
        self._of_article = _Check(session, content_damage, self)
        self._of_article.found.connect(self.found)
        self._of_article.finished.connect(self._check_article)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._check_article)
        self._whole = _Check(session, content_damage, self)
        self._whole.found.connect(self.found)
        self._later = QTimer(self, singleShot=True, interval=_START_MS)
        self._later.timeout.connect(self._check_whole)
        self._watch = QTimer(self, interval=_WATCH_MS)
        self._watch.timeout.connect(self._look)
        self._follow = QTimer(self, interval=_FOLLOW_MS)
        self._follow.timeout.connect(session.store.notice_others)
        if session.store.path is not None:
            self._watch.start()
            self._follow.start()
        self._changed.connect(self._on_changed)
        self._stop = (session.on_focus(self._on_focus), session.store.subscribe(self._changed.emit))
        self._on_focus(session.focus)
        self._later.start()

    def close(self) -> None:
        """Stop checking; waits for the queries at hand."""
        for stop in self._stop:
            stop()
        for timer in (self._soon, self._later, self._watch, self._follow):
            timer.stop()
        self._shown.clear()
        for check in (self._of_article, self._whole):
            check.requestInterruption()
        for check in (self._of_article, self._whole):
            check.wait()

    def _look(self) -> None:
        """Ask the system, not the file: it may not be opened while it is connected."""
        if not self._session.store.is_in_place:
            self._watch.stop()
            self.moved.emit()

    def _on_changed(self, change: Change) -> None:
        """Check again what another program may have changed: no edit of ours changes a text or a quote."""
        if change.operation.kind == "foreign":
            self._seen.clear()
            for pane in self._session.panes:
                self._on_focus(pane.focus)
            self._later.start()

    def _on_focus(self, focus: Focus) -> None:
        if focus.article and focus.article not in self._seen:
            self._seen.add(focus.article)
            self._shown.append(focus.article)
            self._soon.start()  # its text is painted before the thread begins

    def _check_whole(self) -> None:
        if self._whole.isRunning():
            self._later.start()  # it may be past what was changed
        else:
            self._whole.start()

    def _check_article(self) -> None:
        if self._shown and not self._of_article.isRunning():
            self._of_article.steps = partial(article_damage, article=self._shown.pop())
            self._of_article.start()

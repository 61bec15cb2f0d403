"""When the window looks for loose ends: in pauses of the analyst, and the disk in longer ones."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QWidget

from annotator.domain.errors import UserError
from annotator.store.loose_ends import Backlog, Named, backlog, catch_up, counts, is_much, look, read_ahead
from annotator.store.store import Store
from annotator.store.storing import Storing
from annotator.ui.panels.asking import Reader

IDLE_MS = 400
"""How long after the last edit what it touched is looked at, where that is little."""
PAUSE_S = 2.0
"""How long after anything the analyst did or asked much is looked at, and the disk waited for, in seconds."""
SLICE_S = 0.008
"""How long it looks between two events, in seconds."""
REST_MS = 8
"""The rest between two such times."""
SHOW_S = 1.0
"""How often what was found meanwhile is shown and stored while much is looked at, in seconds."""
SLOW_S = 0.02
"""A file that lets the window wait so long in a slice, in seconds, is not in memory."""
READ_AHEAD = 10
"""How many times in a row rows are read ahead without waiting, until the window reads them itself again."""
FOLLOW_MS = 1000
"""How often a window that only reads looks how far the one that writes has come."""
_TOUCHES = frozenset(
    (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel)
)


class _Ahead:
    """Lets a thread read first what is looked at next, unless the file is in memory.

    It is taken to be as soon as the thread waited for nothing a few times, and until the window waited.
    """

    def __init__(self, store: Store, owner: QObject) -> None:
        self._is_file = store.path is not None
        self._times = READ_AHEAD
        self._reader = Reader(store, owner)
        self._reader.answered.connect(self._on_read)

    @property
    def is_reading(self) -> bool:
        return self._reader.is_waiting

    def cancel(self) -> None:
        """Read nothing any more."""
        self._reader.cancel()

    def read(self, named: Named) -> None:
        """Begin to read what is looked at in some rows, where that may take long."""
        if self._is_file and self._times:
            self._reader.look_up(partial(read_ahead, named=named))

    @contextmanager
    def watching(self) -> Iterator[None]:
        """A block in which the window reads itself, and is not to wait."""
        began_s = time.perf_counter() - time.thread_time()
        yield
        if time.perf_counter() - time.thread_time() - began_s > SLOW_S:
            self._times = READ_AHEAD

    def _on_read(self, waited_s: float) -> None:
        self._times = READ_AHEAD if waited_s > SLOW_S else self._times - 1


class Looker(QObject):
    """Looks at what was touched on the thread of the window, only so long that nobody notices.

    What it found is seen at once and waits for the disk: it goes there with the
    analyst's next edit, in a pause, or when the project is closed. Of a file that is not in memory a
    thread reads first what is looked at next: while the disk was busy the window stood still for up to
    a second. In a window that only reads nothing is looked at: it shows what another one found, which is
    told by no Change.
    owner: what owns this object, in the window that is watched for touches.
    """

    found = Signal()
    """There is more to show, or nothing is left to be looked at."""
    refused = Signal(object)
    """A UserError."""

    def __init__(self, store: Store, owner: QWidget) -> None:
        super().__init__(owner)
        self._store = store
        self._owner = owner
        self._watched: QWindow | None = None
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._idle.timeout.connect(self._begin)
        self._slices = QTimer(self, singleShot=True)
        self._slices.timeout.connect(self._go_on)
        self._following = QTimer(self, singleShot=True, interval=FOLLOW_MS)
        self._following.timeout.connect(self._follow)
        self._followed: tuple[Backlog, dict[bool, dict[str, int]]] | None = None
        """What was shown last in a window that only reads."""
        self._looking: Iterator[Named | None] = iter(())
        self._ahead = _Ahead(store, self)
        self._is_done = True
        self._storing: Storing | None = None
        self._is_due = False
        self._pause_at = self._show_at = 0.0
        self.start()

    @property
    def is_waiting(self) -> bool:
        """Whether anything waits to be looked at or stored."""
        return self._idle.isActive() or self._slices.isActive()

    def start(self) -> None:
        """Look from the start once the analyst pauses; the project was changed or just opened."""
        self._slices.stop()
        self._ahead.cancel()
        self._following.stop()
        self._followed = None
        self.put_off()
        self._idle.start()

    def put_off(self) -> None:
        """Let the analyst have the window for a while."""
        self._pause_at = time.monotonic() + PAUSE_S

    def catch_up(self) -> None:
        """Look at once at what waits for a pause, where it is little."""
        self._slices.stop()
        self._ahead.cancel()
        try:
            catch_up(self._store)
        except UserError as error:
            self.refused.emit(error)
        self._idle.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self.put_off()
        return False

    def _begin(self) -> None:
        if self._store.is_bulk_running:  # it holds the connection; where it is cancelled, nobody is told
            self._idle.start()
            return
        if self._store.readonly:
            self._follow()
            return
        self._watch()
        self._looking = look(self._store)
        self._is_done = False
        self._show_at = time.monotonic() + SHOW_S
        self._slices.start(0)

    def _follow(self) -> None:
        """Show what another window found since, as long as there is something left for it to look at."""
        try:
            left, open_ends = backlog(self._store), counts(self._store)
        except UserError as error:
            self.refused.emit(error)
            return
        if self._followed != (left, open_ends):
            self._followed = left, open_ends
            self.found.emit()
        if left.rows:
            self._following.start()

    def _watch(self) -> None:
        """Follow the owner into the window it is in; a dock may have a window of its own."""
        window = self._owner.window().windowHandle()
        if window is not self._watched and window is not None:
            self._watched = window
            window.installEventFilter(self)

    def _go_on(self) -> None:
        if self._store.is_bulk_running:
            self._idle.start()
            return
        if self._ahead.is_reading:
            self._slices.start(REST_MS)
            return
        if self._store.is_asked:
            self.put_off()
        wait_s = self._pause_at - time.monotonic()
        try:
            if self._is_storing():
                self._slices.start(REST_MS)
            elif wait_s > 0 and (self._is_done or is_much(self._store)):
                self._slices.start(round(1000 * wait_s) + 1)
            elif self._is_done or (self._is_due and wait_s <= 0):
                self._store_kept()
            else:
                self._look_on()
                self._slices.start(REST_MS)
        except UserError as error:
            if error.code == "bulk-running":  # it began meanwhile
                self._idle.start()
            else:
                self.refused.emit(error)

    def _look_on(self) -> None:
        with self._ahead.watching():
            until = time.perf_counter() + SLICE_S
            self._step()
            while not self._is_done and not self._ahead.is_reading and time.perf_counter() < until:
                self._step()
        if self._is_done or time.monotonic() > self._show_at:
            self._show_at = time.monotonic() + SHOW_S
            self._is_due = True
            self.found.emit()

    def _step(self) -> None:
        named = next(self._looking, self)
        self._is_done = named is self
        if isinstance(named, dict):
            self._ahead.read(named)

    def _store_kept(self) -> None:
        """Let a thread wait for the disk; nothing more is looked at meanwhile.

        Not as soon as something was found: what shows it would have to wait for the thread.
        """
        self._is_due = False
        self._storing = self._store.store_kept_beside()
        if self._storing is not None or not self._is_done:
            self._slices.start(REST_MS)

    def _is_storing(self) -> bool:
        """Whether the thread still waits for the disk. Raises what came of it, UserError too, once."""
        if self._storing is None or not self._storing.is_over:
            return self._storing is not None
        over, self._storing = self._storing, None
        over.end()
        return False

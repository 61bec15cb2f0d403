"""Long work beside the window: in a thread of its own, with progress, cancel and its exceptions."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, TypeVar, cast

from PySide6.QtCore import QEventLoop, QObject, Qt, QThread, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from annotator.store.bulk import BulkCancelledError, Progress
from annotator.store.store import Store
from annotator.ui.panels.parts import Words

T = TypeVar("T")
AT_ONCE_MS = 80
"""Work that takes no longer than this shows no dialog."""
TOLD_EVERY_S = 0.05


class StoppedError(Exception):
    """Raised by work that was told to stop."""


class Work(QThread, Generic[T]):
    """One job in a thread; `finished` of QThread comes on the GUI thread when it is over.

    `result` then says what it gave, or raises what it raised. Must be finished
    before it is dropped: `end` stops it and waits.
    """

    progressed = Signal(int)

    def __init__(self, job: Callable[[Progress], T], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job = job
        self._given: T | None = None
        self._error: BaseException | None = None
        self._is_stopped = False
        self._told = 0.0
        self.count = 0

    def run(self) -> None:
        try:
            self._given = self._job(self._tell)
        except (StoppedError, BulkCancelledError) as stopped:
            # The frames where it was raised hold all that was read, in a cycle with this thread.
            self._error = stopped.with_traceback(None)
        except BaseException as error:  # noqa: BLE001 - it is raised again where the result is asked for
            self._error = error

    def stop(self) -> None:
        """Ask the job to stop; it does when it next tells how far it is."""
        self._is_stopped = True

    def end(self) -> None:
        """Stop and wait until nothing runs any more."""
        self.stop()
        self.wait()

    def result(self) -> T:
        """What the job gave. Raises what it raised: StoppedError or its like where it was stopped."""
        if self._error is not None:
            raise self._error
        return cast(T, self._given)

    def _tell(self, count: int) -> bool:
        self.count = count
        now = time.monotonic()
        if now - self._told >= TOLD_EVERY_S or self._is_stopped:
            self._told = now
            self.progressed.emit(count)
        return not self._is_stopped


class ProgressDialog(QDialog):
    """Says what is going on and how much is done; Esc and Cancel ask the work to stop.

    total: how much there is to do, 0 where nobody knows.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None, title: str, total: int = 0) -> None:
        super().__init__(parent)
        self._total = total
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(380)
        self.words = Words(title)
        self.bar = QProgressBar()
        self.bar.setRange(0, total)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(title)
        self.count = Words("", is_quiet=True)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        below = QHBoxLayout()
        below.addWidget(self.count, 1)
        below.addWidget(self.cancel)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 16, 16, 12)
        self._column.setSpacing(10)
        for widget in (self.words, self.bar):
            self._column.addWidget(widget)
        self._column.addLayout(below)

    def tell(self, count: int) -> None:
        """Show how much is done, and of how much where that is known, until it is to stop."""
        if not self.cancel.isEnabled():
            return
        if not self._total:
            self.count.setText(self.tr("{count} so far").format(count=f"{count:,}"))
            return
        done = min(count, self._total)
        self.bar.setValue(done)
        words = self.tr("{count} of {total}")
        self.count.setText(words.format(count=f"{done:,}", total=f"{self._total:,}"))

    def reject(self) -> None:
        self.cancel.setEnabled(False)
        self.count.setText(self.tr("Stopping…"))
        self.cancelled.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.reject()


def run_with_progress(
    parent: QWidget | None, title: str, job: Callable[[Progress], T], total: int = 0
) -> T | None:
    """Do a job beside the window, which takes no input meanwhile; None where it was cancelled.

    job: called with a `Progress`; it stops, by any return or by StoppedError or
    BulkCancelledError, when that says False. Other exceptions are raised here.
    total: the count that it ends with, where that is known.
    """
    work: Work[T] = Work(job)
    dialog: ProgressDialog | None = None
    loop = QEventLoop()
    work.finished.connect(loop.quit)
    work.start()
    try:
        if not work.wait(AT_ONCE_MS):
            dialog = ProgressDialog(parent, title, total)
            work.progressed.connect(dialog.tell)
            dialog.cancelled.connect(work.stop)
            if work.count:
                dialog.tell(work.count)
            dialog.open()
            if not work.isFinished():
                loop.exec()
    finally:
        work.end()
        if dialog is not None:
            dialog.hide()
            dialog.deleteLater()
    try:
        return work.result()
    except (StoppedError, BulkCancelledError):
        return None


def copy_beside(parent: QWidget | None, store: Store, title: str) -> Store | None:
    """A private copy of the project for whoever closes it, made by `run_with_progress`.

    Copying 1.8 GB takes six seconds; one that nobody wants any more is given up on the way.
    """

    def copied(tell: Progress) -> Store:
        copy = store.snapshot(tell)
        if not tell(0):
            copy.close()
            raise StoppedError
        return copy

    return run_with_progress(parent, title, copied)


def change_beside(
    parent: QWidget | None, store: Store, title: str, edit: Callable[[Progress], T], total: int = 0
) -> T | None:
    """`run_with_progress` for a large change of the project: views hear of it at its end, on this thread."""
    with store.telling_later():
        return run_with_progress(parent, title, edit, total)

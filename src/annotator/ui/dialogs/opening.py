"""Opening a project that was not left in order, or packing one, beside the window, until cancelled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QWidget

from annotator.store.packing import Packed, pack
from annotator.store.stages import Stage, Stages
from annotator.store.store import Identity, Store
from annotator.ui.dialogs.progress import ProgressDialog, Work
from annotator.ui.panels.parts import Words, breakable

T = TypeVar("T")
PATIENCE_MS = 300
"""A project that takes no longer than this is opened without a dialog."""
_LOOKS_MS = 50
_MB = 1_000_000


class OpeningDialog(ProgressDialog):
    """Says what is done to a project before it can be used, how far that is, and that it can wait."""

    def __init__(self, parent: QWidget | None, path: Path, stages: Stages, title: str = "") -> None:
        title = title or QCoreApplication.translate("OpeningDialog", "Opening {name}")
        super().__init__(parent, title.format(name=path.name))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)  # the window comes after it
        self.setMinimumWidth(460)
        self._stages = stages
        self._name = path.name
        self._sentences = self._words_of_stages()
        self.comfort = Words(self.tr("Cancelling loses nothing."), is_quiet=True)
        self._column.insertWidget(2, self.comfort)
        self.cancelled.connect(stages.stop)
        self._timer = QTimer(self, interval=_LOOKS_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self._look()

    def _words_of_stages(self) -> dict[Stage, str]:
        return {
            "waiting": self.tr("{name} was just closed. It opens as soon as all is stored and copied."),
            "recovering": self.tr("Taking back what was only half written to {name}."),
            "checking": self.tr("Checking that {name} is whole: it was not closed properly."),
            "checking-older": self.tr("Checking that {name} is whole: it is to get the present format."),
            "comparing": self.tr("Comparing what stands in {name} with its history."),
            "clearing": self.tr("Finishing or taking back what was cut short in {name}."),
            "copying": self.tr("Keeping a copy of {name} as it is: it is to get the present format."),
            "converting": self.tr("Bringing {name} to the present format."),
        }

    def _look(self) -> None:
        if self._stages.now is not None and self.cancel.isEnabled():
            self.show_stage(*self._stages.now)

    def show_stage(self, stage: Stage, done: int, total: int) -> None:
        """Show how far it is: as a bar where that is known, which it is not once all has been read."""
        words = self._sentences[stage].format(name=self._name)
        self.words.setText(breakable(words))
        self.bar.setAccessibleName(words)
        is_known = 0 < done < total
        self.bar.setRange(0, total // _MB if is_known else 0)
        self.bar.setValue(done // _MB)
        amounts = {"done": f"{done // _MB:,}", "total": f"{total // _MB:,}"}
        self.count.setText(self.tr("{done} of {total} MB").format(**amounts) if is_known else "")


class PackingDialog(OpeningDialog):
    """The same of a project that is made smaller; Cancel ends as soon as the file is written anew."""

    def __init__(self, path: Path, stages: Stages) -> None:
        title = QCoreApplication.translate("PackingDialog", "Making {name} smaller")
        super().__init__(None, path, stages, title)

    def _words_of_stages(self) -> dict[Stage, str]:
        return super()._words_of_stages() | {
            "waiting": self.tr("{name} was just closed. Waiting until all is stored and copied."),
            "copying": self.tr("Keeping a copy of {name} as it is."),
            "packing": self.tr("Writing {name} anew without its old history. It cannot be stopped now."),
        }

    def show_stage(self, stage: Stage, done: int, total: int) -> None:
        super().show_stage(stage, done, total)
        is_open = stage != "packing"
        self.cancel.setEnabled(is_open)
        self.comfort.setVisible(is_open)

    def reject(self) -> None:
        if self.cancel.isEnabled():
            super().reject()


def open_beside(
    parent: QWidget | None,
    path: Path,
    identity: Identity,
    *,
    readonly: bool = False,
    after: Work[None] | None = None,
) -> Store:
    """`Store.open`, with a dialog over the window, or in its place, where it takes long.

    after: what has to be over before the file is touched. Raises UserError,
    "opening-stopped" where it was cancelled.
    """
    stages = Stages()

    def job() -> Store:
        return Store.open(path, identity, readonly=readonly, stages=stages)

    return _beside(lambda: OpeningDialog(parent, path, stages), stages, job, after)


def pack_beside(path: Path, identity: Identity, days: int, after: Work[None] | None = None) -> Packed:
    """Pack a project that is not open, with a dialog in the place of its window.

    after: as of `open_beside`. Raises UserError, "packing-stopped" where it was cancelled.
    """
    stages = Stages(stopped="packing-stopped")

    def job() -> Packed:
        store = Store.open(path, identity, stages=stages)
        try:
            return pack(store, days, stages)
        finally:
            store.close()

    return _beside(lambda: PackingDialog(path, stages), stages, job, after)


def _beside(
    make_dialog: Callable[[], OpeningDialog], stages: Stages, job: Callable[[], T], after: Work[None] | None
) -> T:
    """What a job gives, done beside the window once `after` is over; with a dialog where it takes long."""

    def wait_and_do(tell: object) -> T:
        while after is not None and not after.wait(_LOOKS_MS):
            stages.begin("waiting")
        return job()

    work = Work(wait_and_do)
    loop = QEventLoop()
    work.finished.connect(loop.quit)
    work.start()
    dialog = None
    try:
        QTimer.singleShot(PATIENCE_MS, loop.quit)
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if not work.isFinished():
            dialog = make_dialog()
            dialog.open()
            if not work.isFinished():
                loop.exec()
    finally:
        if work.isRunning():  # the program is told to end
            stages.stop()
        work.end()
        if dialog is not None:
            dialog.hide()
            dialog.deleteLater()
    return work.result()

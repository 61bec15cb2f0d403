"""The running program with a window: one project at a time, and the way from one to the next."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from annotator.domain.errors import UserError
from annotator.domain.segment import Segmenter
from annotator.store import edits
from annotator.store.session import Session
from annotator.store.store import Identity, Store
from annotator.ui.beside import put_threads_second
from annotator.ui.icons import window_icon
from annotator.ui.messages import sentence
from annotator.ui.settings import Settings
from annotator.ui.theme import STYLE, apply, system_theme, theme
from annotator.ui.window import MainWindow

if TYPE_CHECKING:  # loaded when a project is closed
    from types import FrameType

    from annotator.ui.faults import Faults
    from annotator.ui.giving_back import GivingBack

_READ_INSTEAD = frozenset({"project-locked", "project-readonly"})
"""Refusals after which the project can still be read."""
_LISTENS_MS = 50
"""When signals are listened to: what that takes is not loaded before the first paint."""


class Installation(NamedTuple):
    """What the window needs of the machine it runs on; `sample` makes the sample project once.

    backups: a folder outside the projects, in which each has a folder of its own.
    failed_copies: the folder for notes of those that failed, made when there is one.
    rename: gives the identity another name and keeps it.
    """

    identity: Identity
    segmenter: Segmenter
    settings: Path
    backups: Path
    failed_copies: Path
    sample: Callable[[], Path]
    rename: Callable[[Identity, str], Identity]


def run(path: Path | None, here: Installation, notices: Sequence[UserError] = ()) -> int:
    """Show a project, the last one or the sample, until the window is closed.

    Raises UserError where the project cannot be opened at all, and KeyboardInterrupt with its number,
    once all is closed in order, where Ctrl+C in a terminal or another signal closed it.
    """
    found = QApplication.instance()
    application = found if isinstance(found, QApplication) else QApplication([*sys.argv[:1], *STYLE])
    application.setApplicationName("annotator")
    application.setDesktopFileName("annotator")
    put_threads_second(application)
    if os.environ.get("ANNOTATOR_WATCHDOG") == "1":
        from annotator.ui.watchdog import Watchdog

        Watchdog(application)
    application.setWindowIcon(window_icon(theme("light")))
    desktop = Desktop(here, [sentence(error) for error in notices])
    apply(application, theme(desktop.settings.theme or system_theme()))
    try:
        desktop.show(path or desktop.last_project())
        QTimer.singleShot(_LISTENS_MS, desktop.listen)
        code = int(application.exec())
    finally:
        desktop.close()
    if desktop.ended_by is not None:
        raise KeyboardInterrupt(desktop.ended_by)
    return code


class Desktop:
    """Keeps the window that is open, and opens another project in its place."""

    def __init__(self, here: Installation, notices: list[str]) -> None:
        self._here = here
        self._notices = notices
        self.settings = Settings(here.settings)
        self.window: MainWindow | None = None
        self._given_back: dict[Path, GivingBack] = {}
        """What is still done to projects whose window is closed, by their real path."""
        self._faults: Faults | None = None
        self.ended_by: int | None = None
        """The signal that told the program to end."""

    def listen(self) -> None:
        """Let Ctrl+C, a logout and the like close the window in order, and end the copy that is made then.

        From now on a fault is told in a window, too.
        """
        from annotator.ui.endings import answer
        from annotator.ui.faults import Faults

        answer(self._on_interrupt)
        self._faults = Faults(lambda: theme(self.settings.theme or system_theme()))

    def _on_interrupt(self, number: int, frame: FrameType | None) -> None:
        self.ended_by = number
        for left in self._given_back.values():
            left.stop()
        QApplication.exit()

    def last_project(self) -> Path:
        """The project opened last if it is still there, otherwise the sample."""
        kept = next((Path(path) for path in self.settings.recent() if Path(path).is_file()), None)
        return kept or self._here.sample()

    def show(self, path: Path) -> None:
        """Open a project in a window, in the place of the one before.

        The project that is open already stays as it is, by whatever name it is asked
        for; one that was moved or replaced meanwhile, or is only read, is closed first.
        Raises UserError, "opening-stopped" where the analyst did not want to wait.
        """
        path = path.absolute()  # it is kept for later starts, which may be in another folder
        if self.window and self._is_open(path):
            there = self.window.session.store
            if there.is_in_place and not there.readonly:
                return
            if path.is_file():
                self._leave()
        store = self._opened(path)
        self._leave()
        window = MainWindow(Session(store), self._here.segmenter, self.settings, self._here.backups)
        window.project_asked.connect(self._on_project_asked)
        window.new_project_asked.connect(self._on_new_project_asked)
        window.packing_asked.connect(self._on_packing_asked)
        window.renamed.connect(self._on_renamed)
        self.window = window
        self.settings.keep_recent(str(path))
        window.show()
        failed = self._missing_copy(path)
        self._notices += [sentence(one) for one in (*store.warnings, failed) if one]
        if self._notices:
            window.notices.say("\n".join(self._notices), "warning")
        self._notices.clear()

    def _is_open(self, path: Path) -> bool:
        there = self.window.session.store.path if self.window else None
        return there is not None and there.resolve() == path.resolve()

    def _opened(self, path: Path) -> Store:
        try:
            return self._in_order(path) or self._beside(path)
        except UserError as error:
            if error.code not in _READ_INSTEAD:
                raise
            self._notices.append(sentence(error))
            return self._beside(path, readonly=True)

    def _in_order(self, path: Path) -> Store | None:
        """The project where nothing has to be done before it is shown; None where it takes `_beside`."""
        is_left = path.resolve() in self._given_back
        return None if is_left else Store.open_in_order(path, self._here.identity)

    def _beside(self, path: Path, *, readonly: bool = False) -> Store:
        from annotator.ui.dialogs.opening import open_beside

        left = self._given_back.get(path.resolve())
        return open_beside(self.window, path, self._here.identity, readonly=readonly, after=left)

    def _on_project_asked(self, path: str) -> None:
        self._guarded(lambda: self.show(Path(path) if path else self._here.sample()))

    def _on_new_project_asked(self, path: str, preset: str) -> None:
        def make() -> None:
            store = Store.create(Path(path), self._here.identity)
            try:
                edits.set_preset(store, preset)
            finally:
                store.close()
            self.show(Path(path))

        self._guarded(make)

    def _on_packing_asked(self, days: int) -> None:
        """Not beside a window: what that reads would have to wait until the file is written anew."""
        store = self.window.session.store if self.window else None
        if store is not None and store.path is not None:
            path = store.path
            self._guarded(lambda: self._pack(path, days))

    def _pack(self, path: Path, days: int) -> None:
        from annotator.domain.sentences import megabytes
        from annotator.ui.dialogs.opening import pack_beside

        QApplication.setQuitOnLastWindowClosed(False)
        told = ""
        try:
            self._leave()
            try:
                done = pack_beside(path, self._here.identity, days, self._given_back.get(path.resolve()))
                details = {"before": megabytes(done.before), "after": megabytes(done.after)}
                told = sentence(
                    UserError("packed", operations=done.operations, backup=str(done.backup), **details)
                )
            except UserError as error:
                self._notices.append(sentence(error))
            if self.ended_by is None:
                self.show(path)
        finally:
            QApplication.setQuitOnLastWindowClosed(True)
        if told and self.window:
            self.window.say(told)

    def _on_renamed(self, name: str) -> None:
        me = self._here.identity.annotator
        if self.window is None or self.window.session.store.identity.annotator != me:
            return  # somebody else goes on in this window, whose name is kept in the project alone

        def act() -> None:
            self._here = self._here._replace(identity=self._here.rename(self._here.identity, name))

        self._guarded(act)

    def _guarded(self, act: Callable[[], None]) -> None:
        try:
            act()
        except UserError as error:
            if error.code == "opening-stopped" and self.window:
                self.window.say(sentence(error))
                return
            from PySide6.QtWidgets import QMessageBox

            box = QMessageBox(QMessageBox.Icon.Warning, "annotator", sentence(error), parent=self.window)
            box.setTextFormat(Qt.TextFormat.PlainText)
            box.exec()

    def close(self) -> None:
        """Close the window and the project in it; on return all that was open is kept and given back."""
        self._leave()
        from PySide6.QtCore import QEventLoop

        loop = QEventLoop()
        while self._given_back:
            loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if self._faults:
            self._faults.close()

    def _leave(self) -> None:
        """Close the window; the project in it is given back beside whatever comes next."""
        if self.window is None:
            return
        window, self.window = self.window, None
        store = window.session.store
        window.close()
        window.deleteLater()
        if store.path is None or not store.is_changed:
            store.close()
            return
        from annotator.ui.giving_back import GivingBack

        place = store.path.resolve()
        self._given_back[place] = left = GivingBack(
            store, store.path, self._here.backups, self._here.failed_copies
        )
        left.finished.connect(partial(self._on_given_back, store.path, place))
        left.start()

    def _on_given_back(self, path: Path, place: Path) -> None:
        """A failure is told in the window that is there, or by the next one of that project."""
        left = self._given_back.pop(place)
        left.end()
        try:
            left.result()
        except UserError as error:
            if self.window and error.code != "copy-stopped":
                self.window.refuse(error)
                self._missing_copy(path)

    def _missing_copy(self, path: Path) -> UserError | None:
        """What is to be told, once, of a copy that failed when the project was closed last."""
        notes = self._here.failed_copies
        if not notes.exists():
            return None
        from annotator.store import failed_copies

        return failed_copies.untold(notes, path)

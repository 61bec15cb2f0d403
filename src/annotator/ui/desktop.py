"""The running program with a window: one project at a time, and the way from one to the next."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator.domain.errors import UserError
from annotator.domain.segment import Segmenter
from annotator.store import edits
from annotator.store.backup import folder_name
from annotator.store.session import Session
from annotator.store.store import Identity, Store
from annotator.ui.beside import put_threads_second
from annotator.ui.icons import window_icon
from annotator.ui.messages import sentence
from annotator.ui.settings import Settings
from annotator.ui.theme import STYLE, apply, system_theme, theme
from annotator.ui.window import MainWindow

_READ_INSTEAD = frozenset({"project-locked", "project-readonly"})
"""Refusals after which the project can still be read."""


class Installation(NamedTuple):
    """What the window needs of the machine it runs on; `sample` makes the sample project once.

    backups: a folder outside the projects, in which each has a folder of its own.
    rename: gives the identity another name and keeps it.
    """

    identity: Identity
    segmenter: Segmenter
    settings: Path
    backups: Path
    sample: Callable[[], Path]
    rename: Callable[[Identity, str], Identity]


def run(path: Path | None, here: Installation, notices: Sequence[UserError] = ()) -> int:
    """Show a project, the last one or the sample, until the window is closed.

    Raises UserError where the project cannot be opened at all.
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
        return int(application.exec())
    finally:
        desktop.close()


class Desktop:
    """Keeps the window that is open, and opens another project in its place."""

    def __init__(self, here: Installation, notices: list[str]) -> None:
        self._here = here
        self._notices = notices
        self.settings = Settings(here.settings)
        self.window: MainWindow | None = None

    def last_project(self) -> Path:
        """The project opened last if it is still there, otherwise the sample."""
        kept = next((Path(path) for path in self.settings.recent() if Path(path).is_file()), None)
        return kept or self._here.sample()

    def show(self, path: Path) -> None:
        """Open a project in a window, in the place of the one before.

        The project that is open already stays as it is, by whatever name it is asked
        for; one that was moved or replaced meanwhile is closed first.
        """
        if self._is_open(path):
            if self.window and self.window.session.store.is_in_place:
                return
            if path.is_file():
                self.close()
        store = self._opened(path)
        self.close()
        window = MainWindow(Session(store), self._here.segmenter, self.settings, self._here.backups)
        window.project_asked.connect(self._on_project_asked)
        window.new_project_asked.connect(self._on_new_project_asked)
        window.renamed.connect(self._on_renamed)
        self.window = window
        self.settings.keep_recent(str(path))
        window.show()
        self._notices += [sentence(warning) for warning in store.warnings]
        for words in self._notices:
            window.notices.say(words, "warning")
        self._notices.clear()

    def _is_open(self, path: Path) -> bool:
        there = self.window.session.store.path if self.window else None
        return there is not None and there.resolve() == path.resolve()

    def _opened(self, path: Path) -> Store:
        try:
            return Store.open(path, self._here.identity, later=True)
        except UserError as error:
            if error.code not in _READ_INSTEAD:
                raise
            self._notices.append(sentence(error))
            return Store.open(path, self._here.identity, readonly=True)

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

    def _on_renamed(self, name: str) -> None:
        def act() -> None:
            self._here = self._here._replace(identity=self._here.rename(self._here.identity, name))

        self._guarded(act)

    def _guarded(self, act: Callable[[], None]) -> None:
        try:
            act()
        except UserError as error:
            from PySide6.QtWidgets import QMessageBox

            box = QMessageBox(QMessageBox.Icon.Warning, "annotator", sentence(error), parent=self.window)
            box.setTextFormat(Qt.TextFormat.PlainText)
            box.exec()

    def close(self) -> None:
        """Close the window and the project in it."""
        if self.window is not None:
            window, self.window = self.window, None
            store = window.session.store
            window.close()
            window.deleteLater()
            self._back_up(store)
            store.close()

    def _back_up(self, store: Store) -> None:
        """Keep a copy now and then; a failure is told in the next window."""
        if store.path is None:
            return
        try:
            store.back_up(self._here.backups / folder_name(store.path))
        except UserError as error:
            self._notices.append(sentence(error))

"""Opening the window on a project; the one place where application and window meet."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from platformdirs import user_config_path
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from annotator.app.identity import installed
from annotator.app.sample import sample_path, sample_project
from annotator.app.segment import NewsSegmenter
from annotator.domain.errors import UserError
from annotator.store import edits
from annotator.store.session import Session
from annotator.store.store import Store
from annotator.ui.messages import sentence
from annotator.ui.settings import Settings
from annotator.ui.theme import apply, system_theme, theme
from annotator.ui.window import MainWindow

_READ_INSTEAD = frozenset({"project-locked", "project-readonly"})
"""Refusals after which the project can still be read."""


def open_window(path: Path | None) -> int:
    """Show a project, the last one, or the sample; returns the exit code of the event loop.

    Raises UserError where the named project cannot be opened.
    """
    application = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(application, QApplication):
        raise TypeError("another kind of Qt application is running")
    application.setApplicationName("annotator")
    application.setDesktopFileName("annotator")
    settings = Settings(user_config_path("annotator", appauthor=False) / "window.ini")
    apply(application, theme(settings.theme or system_theme()))
    desktop = Desktop(settings)
    try:
        desktop.show(path or desktop.last_project())
        return int(application.exec())
    finally:
        desktop.close()


class Desktop:
    """Keeps the window that is open, and opens another project in its place."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._notices: list[str] = []
        self._identity = installed(self._note)
        self.window: MainWindow | None = None

    def _note(self, code: str, **details: object) -> None:
        self._notices.append(sentence(UserError(code, **details)))

    def last_project(self) -> Path:
        """The project opened last if it is still there, otherwise the sample."""
        for kept in self._settings.recent():
            if Path(kept).is_file():
                return Path(kept)
        return self.sample()

    def sample(self) -> Path:
        """The sample project, made when first asked for."""
        path = sample_path()
        if not path.exists():
            sample_project(path, self._identity)
        return path

    def show(self, path: Path) -> None:
        """Open a project in a window, in the place of the one before."""
        store = self._opened(path)
        self.close()
        window = MainWindow(Session(store), NewsSegmenter(), self._settings)
        window.project_asked.connect(self._on_project_asked)
        window.new_project_asked.connect(self._on_new_project_asked)
        self.window = window
        self._settings.keep_recent(str(path))
        window.show()
        for words in self._notices:
            window.notices.say(words, "warning")
        self._notices.clear()

    def _opened(self, path: Path) -> Store:
        try:
            return Store.open(path, self._identity)
        except UserError as error:
            if error.code not in _READ_INSTEAD:
                raise
            self._notices.append(sentence(error))
            return Store.open(path, self._identity, readonly=True)

    def _on_project_asked(self, path: str) -> None:
        self._guarded(lambda: self.show(Path(path) if path else self.sample()))

    def _on_new_project_asked(self, path: str, preset: str) -> None:
        def make() -> None:
            store = Store.create(Path(path), self._identity)
            edits.set_preset(store, preset)
            store.close()
            self.show(Path(path))

        self._guarded(make)

    def _guarded(self, act: Callable[[], None]) -> None:
        try:
            act()
        except UserError as error:
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
            store.close()

"""Asking for files and folders: each kind where one was chosen last, before that beside the project."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.ui.settings import Settings

Kind = Literal["import", "project", "scheme", "exhibit", "table"]


class Files:
    """What an analyst chose, or nothing where none was chosen; the folder of it is kept in the settings.

    project: the file at work, where there is one.
    """

    def __init__(self, settings: Settings | None = None, project: Path | None = None) -> None:
        self._settings = settings or Settings(None)
        self._project = project

    def where(self, kind: Kind) -> Path:
        """The folder in which files of a kind are asked for."""
        kept = self._settings.folder(kind)
        places = [Path(kept)] if kept else []
        places += [self._project.parent] if self._project else []
        return next((place for place in places if place.is_dir()), Path.home())

    def one(self, parent: QWidget, kind: Kind, title: str, filters: str = "") -> Path | None:
        """A file that is there."""
        name, _ = QFileDialog.getOpenFileName(parent, title, str(self.where(kind)), filters)
        return self._chosen(kind, name)

    def some(self, parent: QWidget, kind: Kind, title: str) -> list[Path]:
        """Files that are there, all of one folder."""
        names, _ = QFileDialog.getOpenFileNames(parent, title, str(self.where(kind)))
        for name in names[:1]:
            self._chosen(kind, name)
        return [Path(name) for name in names]

    def folder(self, parent: QWidget, kind: Kind, title: str) -> Path | None:
        """A folder that is there; the next one is asked for beside it."""
        return self._chosen(kind, QFileDialog.getExistingDirectory(parent, title, str(self.where(kind))))

    def new(self, parent: QWidget, kind: Kind, title: str, name: str, filters: str = "") -> Path | None:
        """A file to be written, under a name that is proposed."""
        return self._chosen(kind, ask_place(parent, title, str(self.where(kind) / name), filters))

    def _chosen(self, kind: Kind, name: str) -> Path | None:
        if not name:
            return None
        self._settings.keep_folder(kind, str(Path(name).parent))
        return Path(name)


def ask_place(parent: QWidget, title: str, place: str, filters: str = "", *, confirms: bool = True) -> str:
    """Where a file is to be written, from a place that is proposed; empty where nobody chose one.

    confirms: asks before another file is replaced, which a dialog may say itself.
    """
    options = QFileDialog.Option(0) if confirms else QFileDialog.Option.DontConfirmOverwrite
    return QFileDialog.getSaveFileName(parent, title, place, filters, options=options)[0]


def ask_folder(parent: QWidget, title: str, place: str) -> str:
    """A folder, from one that is proposed; empty where nobody chose one."""
    return QFileDialog.getExistingDirectory(parent, title, place)

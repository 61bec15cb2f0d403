"""What this program is, what it is built of under which licences, and where it keeps things."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFormLayout, QTreeWidget, QTreeWidgetItem, QWidget

from annotator import __version__
from annotator.ui.dialogs.frame import Dialog, plain_button
from annotator.ui.panels.parts import Heading, Words
from annotator.ui.theme import Theme

PARTS = (
    ("PySide6-Essentials", "LGPL-3.0, GPL-2.0, GPL-3.0"),
    ("charset-normalizer", "MIT"),
    ("click", "BSD-3-Clause"),
    ("filelock", "MIT"),
    ("msgspec", "BSD-3-Clause"),
    ("nupunkt", "MIT"),
    ("platformdirs", "MIT"),
    ("python-docx", "MIT"),
    ("regex", "Apache-2.0, CNRI-Python"),
    ("sqlite-utils", "Apache-2.0"),
)
"""The packages we are installed with, with the licences they come under."""


class AboutDialog(Dialog):
    """Facts about this installation; `places` are names of things kept and where they are."""

    def __init__(
        self, look: Theme, parent: QWidget | None = None, places: Sequence[tuple[str, Path]] = ()
    ) -> None:
        super().__init__(look, parent, "", "", (560, 480))
        self.setWindowTitle(self.tr("About annotator"))
        self.accept_button.setText(self.tr("Close"))
        self.cancel_button.hide()
        self._places = places
        self.column.addWidget(Heading(f"annotator {__version__}"))
        self.column.addWidget(
            Words(
                self.tr("Mark in news articles who claims what, who denies it and on which evidence.")
                + " "
                + self.tr("Works without a network and sends nothing anywhere. MIT licence.")
            )
        )
        if places:
            self.column.addWidget(Heading(self.tr("Kept at")))
            self.column.addLayout(_form_of(places))
        self.column.addWidget(Heading(self.tr("Built with")))
        self.parts = self._list_of_parts()
        self.column.addWidget(self.parts, 1)
        self.copy_button = plain_button(self.tr("&Copy"))
        self.copy_button.setToolTip(self.tr("Copy all of this, for a report of something that went wrong"))
        self.copy_button.clicked.connect(self._copy)
        self.buttons.addButton(self.copy_button, self.buttons.ButtonRole.ActionRole)
        self.accept_button.setFocus()

    def _list_of_parts(self) -> QTreeWidget:
        made = QTreeWidget()
        made.setAccessibleName(self.tr("Built with"))
        made.setRootIsDecorated(False)
        made.setHeaderLabels([self.tr("Part"), self.tr("Version"), self.tr("Licence")])
        for row in built_with():
            made.addTopLevelItem(QTreeWidgetItem(list(row)))
        for column in range(3):
            made.resizeColumnToContents(column)
        return made

    def text(self) -> str:
        """All that is shown, as plain text."""
        lines = [f"annotator {__version__}", f"{platform.system()} {platform.release()}"]
        lines += [f"{name}: {path}" for name, path in self._places]
        lines += [" ".join(row[:2]) for row in built_with()]
        return "\n".join(lines) + "\n"

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())


def _form_of(places: Sequence[tuple[str, Path]]) -> QFormLayout:
    """Names with paths that can be selected."""
    form = QFormLayout()
    for name, path in places:
        words = Words(str(path))
        words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        words.setAccessibleName(f"{name}: {path}")
        form.addRow(Words(name, is_quiet=True), words)
    return form


def built_with() -> list[tuple[str, str, str]]:
    """Name, version and licence of each part."""
    rows = [
        ("Python", platform.python_version(), "PSF-2.0"),
        ("Qt", qVersion() or "", "LGPL-3.0, GPL-2.0, GPL-3.0"),
        ("SQLite", sqlite3.sqlite_version, "public domain"),
    ]
    for name, licence in PARTS:
        try:
            rows.append((name, version(name), licence))
        except PackageNotFoundError:
            continue
    return rows

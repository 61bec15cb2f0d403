"""The texts an import dialog lists, with what is known of each, and the table that shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from annotator.domain.dates import is_date
from annotator.domain.errors import UserError
from annotator.domain.model import Record
from annotator.formats.metadata import (
    FIELDS,
    Manifest,
    NamePattern,
    first_line_title,
    readable,
    tags,
    title_regions,
)
from annotator.formats.sources import NamedSources
from annotator.ui import icons
from annotator.ui.dialogs.reading import FoundText, read_in
from annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("file", "title", "outlet", "date", "url", "encoding")
FOR_ALL = ("outlet", "date", "language")


class Known:
    """What is known of texts, from the least to the most certain source.

    The file name as title, what is said for all, the first line, the file name
    by a pattern, the head of a Markdown text, the manifest, and last what was
    typed: the order in which `formats.plain` takes them.
    """

    def __init__(self) -> None:
        self.for_all: dict[str, str] = {}
        self.takes_first_line = True
        self.pattern: NamePattern | None = None
        self.manifest: Manifest | None = None
        self.typed: dict[Path, dict[str, str]] = {}

    def of(self, text: FoundText) -> dict[str, str]:
        """The metadata of a text by the names of FIELDS."""
        known = {"title": readable(text.path.stem), **self.for_all}
        title = first_line_title(text.article.text) if self.takes_first_line else None
        known |= {"title": title} if title else {}
        known |= (self.pattern.metadata(text.path.stem) if self.pattern else None) or {}
        known |= text.head
        known |= (self.manifest.row(text.path, text.base) if self.manifest else None) or {}
        return {name: value for name, value in {**known, **self.typed.get(text.path, {})}.items() if value}


def as_records(texts: Iterable[FoundText], known: Known) -> list[Record]:
    """The articles of texts, each after the sources it is the first to name."""
    sources = NamedSources()
    records: list[Record] = []
    for text in texts:
        fields: dict[str, Any] = dict.fromkeys(FIELDS) | known.of(text)
        for name, kind in (("outlet", "outlet"), ("agency", "organisation")):
            fields[name] = sources.id_of(fields[name], kind) if fields[name] else None
        fields["tags"] = tags(fields["tags"] or "")
        records += sources.new()
        fields["regions"] = title_regions(text.article.text, fields["title"])
        records.append(replace(text.article, **fields))
    return records


class TextsModel(QAbstractTableModel):
    """A row a text; all but the file name can be changed in place."""

    refused = Signal(object)
    """A UserError: the text cannot be read in the encoding chosen."""

    def __init__(self, look: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.texts: list[FoundText] = []
        self.known = Known()
        self._names = {
            "file": self.tr("File"),
            "title": self.tr("Title"),
            "outlet": self.tr("Outlet"),
            "date": self.tr("Date"),
            "url": self.tr("Web address"),
            "encoding": self.tr("Encoding"),
        }

    def add(self, texts: Sequence[FoundText]) -> None:
        """List texts that are not listed yet, after the others."""
        listed = {text.path for text in self.texts}
        new = [text for text in texts if text.path not in listed]
        if new:
            last = len(self.texts)
            self.beginInsertRows(QModelIndex(), last, last + len(new) - 1)
            self.texts += new
            self.endInsertRows()

    def leave_out(self, rows: Iterable[int]) -> None:
        """Take texts off the list."""
        for row in sorted(set(rows), reverse=True):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self.texts[row]
            self.endRemoveRows()

    def renew(self) -> None:
        """Show what `known` says now."""
        if self.texts:
            last = self.index(len(self.texts) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def odd_dates(self) -> int:
        """How many dates are not written as dates are kept."""
        return sum(not is_date(date) for text in self.texts if (date := self.known.of(text).get("date")))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.texts)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._names[COLUMNS[section]]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags if index.column() == 0 else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        text, column = self.texts[index.row()], COLUMNS[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._shown(text, column)
        is_odd = column == "date" and bool(date := self._shown(text, column)) and not is_date(date)
        was_guessed = column == "encoding" and "encoding-guessed" in text.notices
        was_mended = column == "file" and "control-characters-replaced" in text.notices
        if role == Qt.ItemDataRole.DecorationRole and (is_odd or was_guessed or was_mended):
            return icons.icon("warning", self._look, "warning")
        if role == Qt.ItemDataRole.ToolTipRole:
            if is_odd:
                return self.tr("Write 2017-08-24, 2017-08 or 2017")
            if was_guessed:
                words = self.tr("Guessed to be {encoding}: look whether the letters are right")
                return words.format(encoding=self._shown(text, column))
            if was_mended:
                return self.tr("Control characters in it are shown as �")
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        text, column, words = self.texts[index.row()], COLUMNS[index.column()], " ".join(str(value).split())
        if words == self._shown(text, column):
            return False
        if column == "encoding":
            try:
                self.texts[index.row()] = read_in(text, words)
            except UserError as error:
                self.refused.emit(error)
                return False
        else:
            self.known.typed.setdefault(text.path, {})[column] = words
        self.dataChanged.emit(index, index)
        return True

    def _shown(self, text: FoundText, column: str) -> str:
        if column == "file":
            return text.name
        if column == "encoding":
            return text.encoding
        return self.known.of(text).get(column, "")


def unused_rows(manifest: Manifest, texts: Sequence[FoundText]) -> list[str]:
    """The files a manifest names that are not among the texts."""
    checked = Manifest(manifest.path, manifest.rows)
    for text in texts:
        checked.row(text.path, text.base)
    return checked.unused()


def fitting(pattern: NamePattern, texts: Sequence[FoundText]) -> tuple[int, Mapping[str, str] | None]:
    """How many names a pattern fits, and what it says of the first of these."""
    said = [found for text in texts if (found := pattern.metadata(text.path.stem)) is not None]
    return len(said), said[0] if said else None

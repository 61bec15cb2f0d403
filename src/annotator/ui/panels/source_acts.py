"""What is done with sources that are there: one noted as another, put in its place, deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRect

from annotator.domain.errors import UserError
from annotator.domain.ids import SourceId
from annotator.domain.sentences import filled
from annotator.store import edits, lists, read
from annotator.store.lists import SourceRow
from annotator.ui.dialogs.source_picker import SourcePicker

if TYPE_CHECKING:
    from annotator.ui.panels.sources import SourcesPanel


def tr(words: str) -> str:
    """Words about sources in the language of the window."""
    return QCoreApplication.translate("SourcesPanel", words)


class SourceActs:
    """Acts on the source the panel stands on, and asks for another one where it takes two."""

    def __init__(self, panel: SourcesPanel) -> None:
        self._panel = panel
        self._store = panel.store
        self.picker: SourcePicker | None = None

    def delete(self) -> None:
        """Delete the source; where one is named, ask who stands there instead."""
        row = self._panel.current()
        if row is None:
            return
        try:
            edits.delete_source(self._store, row.id)
        except UserError as error:
            self._panel.refused.emit(error)
            if error.code == "source-in-use":
                title = filled(tr("Instead of “{name}” stands…"), {"name": row.name})
                self._ask_other(row, title, "delete", lambda by: self.replace(row.id, by))
        else:
            self._panel.settle()

    def ask_same(self) -> None:
        """Ask which source it is the same as."""
        row = self._panel.current()
        if row is not None:
            title = filled(tr("“{name}” is the same as…"), {"name": row.name})
            self._ask_other(row, title, "same-claim", lambda into: self.merge(into, row.id))

    def _ask_other(
        self, row: SourceRow, title: str, button_name: str, take: Callable[[SourceId], None]
    ) -> None:
        """Ask for another source than that of a row."""
        panel, store = self._panel, self._store
        most_named = lists.sources(store, by_use=True, limit=10)
        picker = SourcePicker(
            panel.look,
            panel.window(),
            scheme=read.scheme(store),
            entries=[other for other in most_named if other.id != row.id][:9],
            search=lambda text: [one for one in lists.sources(store, text=text) if one.id != row.id],
            title=title,
            may_create=False,
        )
        picker.taken.connect(lambda other: take(SourceId(other)))
        button = panel.buttons[button_name]
        self.picker = picker
        picker.open_at(QRect(button.mapTo(panel.window(), button.rect().topLeft()), button.size()))

    def merge(self, into: SourceId, other: SourceId) -> None:
        """Note that two sources are one."""
        words = tr("“{other}” is the same as “{into}” now. Its page parts them again.")
        self._telling(lambda: edits.merge_sources(self._store, into, other), words, into, other)

    def replace(self, source: SourceId, by: SourceId) -> None:
        """Let another source stand wherever one is named, which goes."""
        words = tr("“{into}” stands wherever “{other}” stood — undo brings it back.")
        self._telling(lambda: edits.replace_source(self._store, source, by), words, by, source)

    def part(self, source: str) -> None:
        """Let a source that was found to be another one stand for itself again."""
        self._panel.guarded(lambda: edits.part_source(self._store, SourceId(source)))

    def _telling(self, act: Callable[[], None], words: str, into: SourceId, other: SourceId) -> None:
        """Do what leaves one of two sources, say so, and stand on it."""
        names = {"other": read.source(self._store, other).name, "into": read.source(self._store, into).name}
        if self._panel.telling(lambda: self._panel.guarded(act), filled(words, names)):
            self._panel.stand_on(into)

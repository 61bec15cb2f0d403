"""Several marks at one place, to choose one of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from annotator.domain.handles import handle
from annotator.store.lists import MarkRow
from annotator.ui.dialogs.choices import Entry
from annotator.ui.dialogs.list_popup import ListPopup
from annotator.ui.theme import Theme

DIGITS = 9


class MarkList(ListPopup):
    """The marks of a stack or behind a “+n”; `chosen` carries the id of the mark."""

    def __init__(self, look: Theme, parent: QWidget, marks: Sequence[MarkRow], title: str = "") -> None:
        entries = [
            Entry(
                row.quote,
                row.id,
                row.source or "",
                str(place) if place <= DIGITS else "",
                style=row.label,
                right=handle("mark", row.number),
            )
            for place, row in enumerate(marks, start=1)
        ]
        super().__init__(look, parent, title or self.tr("Marks here"), entries)
        self.list.setMinimumWidth(420)

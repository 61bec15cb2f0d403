"""The labels of the scheme, each with its key."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from annotator.domain.scheme import Scheme
from annotator.ui.dialogs.choices import Entry
from annotator.ui.dialogs.list_popup import ListPopup
from annotator.ui.theme import Theme


class LabelMenu(ListPopup):
    """Labels to choose from; `chosen` carries the id of the label.

    keys: the key of each label id, as the actions table has it; the scheme's own
    keys where none are given. current: the label the mark has now, named so.
    """

    def __init__(
        self,
        look: Theme,
        parent: QWidget,
        scheme: Scheme,
        *,
        keys: Mapping[str, str] | None = None,
        current: str | None = None,
        title: str = "",
    ) -> None:
        shown = keys if keys is not None else scheme.keys
        now = self.tr("now")
        entries = [
            Entry(
                label.name,
                label.id,
                label.codebook,
                shown.get(label.id, ""),
                style=label.id,
                right=now if label.id == current else "",
            )
            for label in scheme.shown_labels()
        ]
        super().__init__(look, parent, title or self.tr("Label"), entries)
        self.list.setMinimumWidth(440)

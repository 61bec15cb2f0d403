"""Which claims a report tells, and in which order."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain.ids import PropositionId
from annotator.ui.dialogs.frame import plain_button
from annotator.ui.dialogs.ordered_claims import OrderedClaims


class ClaimChoice(QWidget):
    """All claims, or those that are ticked in a list.

    titles: what each claim is called. is_large: whether there are very many.
    """

    edited = Signal()

    def __init__(self, titles: Mapping[PropositionId, str], *, is_large: bool) -> None:
        super().__init__()
        self.all_box = QCheckBox(self.tr("&All claims, also those still to come"))
        self.list = OrderedClaims(titles, is_large=is_large)
        self.ticks_button = plain_button("")
        self.up_button = plain_button(self.tr("Move &up"))
        self.down_button = plain_button(self.tr("Move dow&n"))
        self.up_button.setToolTip("Alt+↑")
        self.down_button.setToolTip("Alt+↓")
        self.tools = QHBoxLayout()
        """The buttons below the list; there is room for others beside them."""
        self._lay_out()
        self.all_box.toggled.connect(lambda: self._on_edited())
        self.list.edited.connect(self._on_edited)
        self.ticks_button.clicked.connect(self._tick_all_or_none)
        self.up_button.clicked.connect(lambda: self.list.move_current(-1))
        self.down_button.clicked.connect(lambda: self.list.move_current(1))

    def _lay_out(self) -> None:
        which = QHBoxLayout()
        which.addWidget(self.all_box)
        which.addStretch(1)
        which.addWidget(self.ticks_button)
        self.tools.setSpacing(8)
        self.tools.addWidget(self.up_button)
        self.tools.addWidget(self.down_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(which)
        column.addWidget(self.list, 1)
        column.addLayout(self.tools)

    @property
    def claims(self) -> tuple[PropositionId, ...]:
        """The claims chosen, in their order; none stand for all."""
        return () if self.all_box.isChecked() else self.list.chosen.ticked()

    @property
    def is_none_ticked(self) -> bool:
        """Whether claims are to be ticked and none is."""
        return bool(not self.all_box.isChecked() and self.list.chosen.rowCount() and not self.claims)

    def show_claims(self, told: tuple[PropositionId, ...]) -> None:
        """Show what a report chooses."""
        self.all_box.setChecked(not told)
        self.list.fill(told)
        self._on_edited()

    def _on_edited(self) -> None:
        for part in (self.list, self.ticks_button, self.up_button, self.down_button):
            part.setEnabled(not self.all_box.isChecked())
        is_any = bool(self.list.chosen.ticked())
        self.ticks_button.setText(self.tr("T&ick none") if is_any else self.tr("T&ick all"))
        self.edited.emit()

    def _tick_all_or_none(self) -> None:
        """Tick no claim, since who wants five of many would untick all others; all where none is ticked."""
        chosen = self.list.chosen
        chosen.tick_all(is_in=not chosen.ticked())

"""What can be done with a proposal: take it, with its own label or another one, or drop it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.proposing import Proposal
from annotator.domain.scheme import Scheme
from annotator.ui.dialogs.choices import Entry
from annotator.ui.dialogs.list_popup import ListPopup
from annotator.ui.ghosts import speaker
from annotator.ui.theme import Theme


class ProposalMenu(ListPopup):
    """Labels to take a proposal with, the proposed one first; `chosen` carries the label's id."""

    dropped = Signal()
    """The proposal is not wanted."""

    def __init__(self, look: Theme, parent: QWidget, scheme: Scheme, proposal: Proposal) -> None:
        own = proposal.rule.label
        labels = sorted(scheme.shown_labels(), key=lambda label: label.id != own)
        entries = [
            Entry(
                self.tr("Take as {label}").format(label=label.name),
                label.id,
                speaker(proposal) if label.id == own else "",
                scheme.keys.get(label.id, ""),
                style=label.id,
            )
            for label in labels
            if not label.layer
        ]
        entries.append(Entry(self.tr("Drop it: it does not come back here"), right=self.tr("Delete")))
        title = self.tr("Proposed by the rule “{rule}”").format(rule=proposal.rule.name)
        super().__init__(look, parent, title, entries)
        self.list.setMinimumWidth(400)

    def take(self, entry: Entry) -> None:
        if entry.value is not None:
            super().take(entry)
            return
        with self.leaving():
            self.dropped.emit()

    def on_key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.take(self.list.entries[-1])
            return True
        return super().on_key(event)

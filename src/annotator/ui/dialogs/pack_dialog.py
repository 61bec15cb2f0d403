"""What a smaller file would save and what it costs, before it is made."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFormLayout, QSpinBox, QWidget

from annotator.domain.errors import UserError
from annotator.domain.sentences import megabytes
from annotator.store.packing import KEPT_DAYS, Saving, saving
from annotator.store.store import Store
from annotator.ui.dialogs.frame import Dialog, label_for
from annotator.ui.panels.asking import Reader
from annotator.ui.panels.parts import Words
from annotator.ui.theme import Theme

_MOST_DAYS = 3650
_LEAST_BYTES = 50_000
"""Less than that is said to be nothing: it would be shown as 0.0 MB."""


class PackDialog(Dialog):
    """Says how large the project is and would be; `days` of its history stay whole. Packs nothing."""

    def __init__(self, store: Store, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(look, parent, "", "", (520, 250))
        self.setWindowTitle(self.tr("Make the file smaller"))
        self.accept_button.setText(self.tr("Make it smaller"))
        self.figures = Words()
        self._asked: int | None = None
        self.days_kept = QSpinBox()
        self.days_kept.setRange(0, _MOST_DAYS)
        self.days_kept.setValue(KEPT_DAYS)
        self.days_kept.lineEdit().setAccessibleName(self.tr("Days of history that stay whole"))
        self.days_kept.valueChanged.connect(lambda: self._ask())
        self._reader = Reader(store, self)
        self._reader.answered.connect(self._on_answered)
        self._reader.refused.connect(self._on_refused)
        self._reader.hindered.connect(self._on_refused)
        self.finished.connect(self._reader.cancel)
        self._lay_out()
        self._ask()
        self.days_kept.setFocus()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(label_for(self.tr("&Days of history that stay whole"), self.days_kept), self.days_kept)
        costs = (
            self.tr(
                "What is older stays in the history with who did it and when, but can no longer be undone."
            ),
            self.tr("A copy of the project as it is now is kept beside it."),
            self.tr("The window is closed meanwhile and opens again."),
        )
        self.column.addWidget(self.figures)
        self.column.addLayout(form)
        for words in costs:
            self.column.addWidget(Words(words, is_quiet=True))
        self.column.addStretch(1)

    def days(self) -> int:
        """How many days of history stay whole."""
        return self.days_kept.value()

    def _ask(self) -> None:
        if self.days() == self._asked:  # Enter tells of a value that has not changed
            return
        self._asked = self.days()
        self.say("")
        self.accept_button.setEnabled(False)
        self.figures.setText(self.tr("Looking how much can be saved…"))
        self._reader.look_up(partial(saving, days=self.days()))

    def _on_answered(self, found: Saving) -> None:
        is_some = found.saved >= _LEAST_BYTES
        words = self.tr("The project has {size}. It would have about {left}.")
        if not is_some:
            words = self.tr("The project has {size}. There is nothing to save.")
        left = max(0, found.size - found.saved)
        self.figures.setText(words.format(size=megabytes(found.size), left=megabytes(left)))
        self.accept_button.setEnabled(is_some)

    def _on_refused(self, error: UserError) -> None:
        from annotator.ui.messages import sentence

        self.figures.setText("")
        self.say(sentence(error))

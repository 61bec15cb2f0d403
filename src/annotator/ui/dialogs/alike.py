"""Two claims or two sources that look alike: made one, known as two, or left for later."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QRadioButton, QWidget

from annotator.domain.checks import LooseEnd
from annotator.domain.dispute import dispute_map
from annotator.domain.ids import PropositionId, SourceId
from annotator.domain.model import Proposition, Source
from annotator.store import read
from annotator.store.claim_facts import claim_facts
from annotator.store.naming import handle_of
from annotator.store.store import Store
from annotator.ui.dialogs.frame import Dialog, label_for, plain_button
from annotator.ui.panels.parts import Words
from annotator.ui.panels.words import counted, kind_name
from annotator.ui.theme import Theme

_SIZE = (560, 320)


class AlikeDialog(Dialog):
    """Asks which of two rows stays, the older one unless chosen otherwise.

    Enter makes them one. `reason` is why they are two, where the analyst said so,
    and None otherwise; nothing is changed here.
    """

    def __init__(self, store: Store, look: Theme, parent: QWidget | None, end: LooseEnd) -> None:
        super().__init__(look, parent, "", "", _SIZE)
        self._store = store
        self.reason: str | None = None
        if end.claim is not None:
            self._rows: Sequence[str] = (end.details["other_claim"], end.claim)
            self.setWindowTitle(self.tr("Are these claims one?"))
            described = [self._claim(PropositionId(row)) for row in self._rows]
            such_as = self.tr("such as: said of another year")
        else:
            self._rows = (end.details["other_source"], str(end.source))
            self.setWindowTitle(self.tr("Are these sources one?"))
            described = [self._source(SourceId(row)) for row in self._rows]
            such_as = self.tr("such as: a daughter firm of the other")
        self.accept_button.setText(self.tr("&Make them one"))
        self.column.addWidget(Words(self.tr("Which of them stays?")))
        self.choices = [self._add_choice(*words) for words in described]
        self.choices[0].setChecked(True)
        self.why = QLineEdit()
        self.why.setPlaceholderText(such_as)
        self.column.addSpacing(8)
        self.column.addWidget(label_for(self.tr("Or are they &two, and why?"), self.why))
        self.column.addWidget(self.why)
        self.column.addStretch(1)
        self.two = plain_button(self.tr("They are two"))
        self.two.clicked.connect(self._part)
        self.buttons.addButton(self.two, self.buttons.ButtonRole.ActionRole)
        self.choices[0].setFocus()

    @property
    def kept(self) -> str:
        """The row that stays."""
        return self._rows[int(self.choices[1].isChecked())]

    @property
    def other(self) -> str:
        """The row that becomes part of the one that stays."""
        return self._rows[int(self.choices[0].isChecked())]

    def _add_choice(self, title: str, name: str, details: str) -> QRadioButton:
        choice = QRadioButton(title)
        choice.setAccessibleName(f"{title} {name}")
        choice.setAccessibleDescription(details)
        words = Words(name)
        words.setContentsMargins(24, 0, 0, 0)
        quiet = Words(details, is_quiet=True)
        quiet.setContentsMargins(24, 0, 0, 6)
        for widget in (choice, words, quiet):
            self.column.addWidget(widget)
        return choice

    def _claim(self, claim: PropositionId) -> tuple[str, str, str]:
        row = read.by_id(self._store, Proposition, claim)
        (board,) = dispute_map(claim_facts(self._store, [claim])).only(claim).claims
        parts = [counted("said by %n mark", "said by %n marks", board.saying)]
        if board.deniers:
            parts.append(counted("denied by %n owner", "denied by %n owners", board.deniers))
        return self._title("proposition", claim), row.text, " · ".join(parts)

    def _source(self, source: SourceId) -> tuple[str, str, str]:
        row = read.by_id(self._store, Source, source)
        above = read.by_id(self._store, Source, row.affiliation).name if row.affiliation else None
        parts = [kind_name(read.scheme(self._store), row.kind), row.role, above, row.country, row.note]
        return self._title("source", source), row.name, " · ".join(part for part in parts if part)

    def _title(self, table: str, row: str) -> str:
        return handle_of(self._store, table, row) or row

    def _part(self) -> None:
        self.reason = self.why.text().strip()
        self.reject()

"""The dialog of competing claims: the table, what it says, and the edits it asks for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QWidget

from annotator.domain import ach
from annotator.domain.errors import UserError
from annotator.domain.facts import Facts
from annotator.domain.ids import PropositionId
from annotator.domain.model import Judgement
from annotator.store import edits
from annotator.store.competing import competing_table
from annotator.store.session import Session
from annotator.store.store import Change
from annotator.ui.dialogs.ach_table import AchTable
from annotator.ui.dialogs.ach_words import doubt, ranking, tr
from annotator.ui.dialogs.frame import Dialog, Remark, label_for
from annotator.ui.messages import sentence
from annotator.ui.panels.asking import Reader
from annotator.ui.panels.judgements import Reason
from annotator.ui.panels.parts import Words
from annotator.ui.theme import Theme

_WATCHED = frozenset({"judgement", "link", "mention", "mark", "proposition", "proposition_link", "exhibit"})
_LOW = 460
"""Below this height the table needs the room of the words above it, which its tool tip says as well."""


class AchDialog(Dialog):
    """Which of some competing claims the evidence speaks against least.

    Cells start from the links, in brackets, until they are set by hand; what is set is stored
    at once as a judgement, with the reason where one is written, and changes no link.
    """

    def __init__(self, session: Session, look: Theme, parent: QWidget | None, claim: PropositionId) -> None:
        super().__init__(look, parent, tr("Competing claims"), tr("Done"), (960, 620))
        self.store = session.store
        self.claim = claim
        self.found: ach.Table | None = None
        self.table = AchTable(look)
        self.ranking = Words()
        self.warning = Remark(look)
        self.reason = Reason()
        self.reason.setPlaceholderText(tr("Why? Enter stores it with the value of the cell"))
        self._lay_out()
        self._reader = Reader(self.store, self)
        self._again = QTimer(self, singleShot=True, interval=0)
        self._stop = self.store.subscribe(self._on_change)
        self._connect()
        self._read()

    def _lay_out(self) -> None:
        self.cancel_button.hide()
        self.accept_button.setAutoDefault(False)
        self.accept_button.setDefault(False)
        keys = tr(
            "C consistent, I inconsistent, N neutral; again for very consistent, very inconsistent, not"
            " applicable. 1–6 credibility of the evidence, Delete goes back. In brackets: as the links say."
        )
        self.keys = Words(keys, is_quiet=True)
        self.table.setToolTip(keys)
        self.column.addWidget(self.keys)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(label_for(tr("&Reason"), self.reason))
        self.column.addWidget(self.reason)
        self.column.addWidget(self.ranking)
        self.column.addWidget(self.warning)
        self.copy_button = self.buttons.addButton(tr("Copy as a table"), self.buttons.ButtonRole.ActionRole)
        self.copy_button.setAutoDefault(False)
        self.table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_low = self.height() < _LOW
        self.keys.setVisible(not is_low)
        self.table.be_low(is_low)

    def _connect(self) -> None:
        self._reader.answered.connect(self._show)
        self._again.timeout.connect(self._read)
        self.table.value_asked.connect(self.set_value)
        self.table.credibility_asked.connect(self.set_credibility)
        self.table.withdrawn.connect(self.withdraw)
        self.table.copied.connect(self.copy)
        self.table.currentCellChanged.connect(lambda *_: self._show_reason())
        self.reason.returnPressed.connect(self._store_reason)
        self.reason.given_up.connect(self._leave_reason)
        self.copy_button.clicked.connect(lambda: self.copy())

    @property
    def is_reading(self) -> bool:
        """Whether the table is being read anew."""
        return self._reader.is_waiting or self._again.isActive()

    def _on_change(self, change: Change) -> None:
        if not change.is_whole or {row.table for row in change.rows} & _WATCHED:
            self._again.start()

    def _read(self) -> None:
        self._reader.look_up(partial(competing_table, claim=self.claim))

    def _show(self, answer: tuple[Facts, ach.Table]) -> None:
        facts, self.found = answer
        self.table.show_table(facts, self.found)
        self.ranking.setText(ranking(facts, self.found))
        self.warning.say(doubt(facts, self.found))

    def set_value(self, value: str, reason: str = "") -> None:
        """Set the cell the table stands on."""
        here = self.table.place
        if here is not None:
            evidence = here.row.evidence
            self._edit(
                partial(edits.judge_evidence, self.store, evidence, here.claim, ach.SCALE, value, reason)
            )

    def set_credibility(self, value: str) -> None:
        """Say how credible the evidence of the row is; it weighs its inconsistencies."""
        row = self.table.evidence
        if row is not None and self.found is not None:
            claim = self.found.hypotheses[0]
            self._edit(partial(edits.judge_evidence, self.store, row.evidence, claim, "credibility", value))

    def withdraw(self) -> None:
        """Take back what was set by hand; what was before, or what the links say, is there again."""
        here = self.table.place
        judgement = here.cell.judgement if here else None
        if judgement is None:
            return
        if judgement.annotator == self.store.identity.annotator:
            self._edit(partial(edits.delete_record, self.store, Judgement, judgement.id))
        else:
            self.say(tr("This cell was set by somebody else. Set it yourself beside theirs."), "info")

    def _edit(self, act: Callable[[], object]) -> None:
        self.say("")
        try:
            act()
        except UserError as error:
            self.say(sentence(error))

    def _show_reason(self) -> None:
        here = self.table.place
        judgement = here.cell.judgement if here else None
        self.reason.setText((judgement.reason if judgement else None) or "")
        self.reason.setEnabled(here is not None)

    def _store_reason(self) -> None:
        here = self.table.place
        if here is not None:
            self.set_value(here.cell.value, self.reason.text())
            self.table.setFocus()

    def _leave_reason(self) -> None:
        self._show_reason()
        self.table.setFocus()

    def copy(self) -> None:
        """The table to the clipboard."""
        if self.found is not None:
            QGuiApplication.clipboard().setText(self.table.as_text())
            self.say(tr("Copied: a spreadsheet or a text takes it as a table."), "info")

    def done(self, result: int) -> None:
        """Close, and listen no more."""
        self._stop()
        self._again.stop()
        self._reader.cancel()
        super().done(result)

"""The table of competing hypotheses: claims by evidence, cells set by letters or a menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHeaderView, QMenu, QTableWidget, QTableWidgetItem, QWidget

from annotator.domain import ach
from annotator.domain.errors import UserError
from annotator.domain.facts import Facts
from annotator.domain.ids import PropositionId
from annotator.domain.model import Judgement
from annotator.store import edits
from annotator.store.competing import competing_table
from annotator.store.session import Session
from annotator.store.store import Change
from annotator.ui.dialogs.frame import Dialog, Remark, label_for
from annotator.ui.messages import sentence
from annotator.ui.panels.asking import Reader
from annotator.ui.panels.judgements import Reason
from annotator.ui.panels.parts import Words
from annotator.ui.panels.words import local_time
from annotator.ui.theme import Theme

_LETTERS = {"C": ("C", "CC"), "N": ("N", "NA"), "I": ("I", "II")}
"""What a letter sets, and what it sets where that stands already."""
_WATCHED = frozenset({"judgement", "link", "mention", "mark", "proposition", "proposition_link", "exhibit"})
_EVIDENCE, _CREDIBILITY, _FIRST = range(3)
_HEADER_LINES = 5
_SHORT = 56
"""So many lines and characters of a hypothesis stand above its column; the whole of it is in the ranking."""


def tr(words: str) -> str:
    """Words of the table in the language of the window."""
    return QCoreApplication.translate("AchDialog", words)


def value_words(value: str) -> str:
    """What a value of a cell means."""
    return {
        "CC": tr("very consistent"),
        "C": tr("consistent"),
        "N": tr("neutral"),
        "NA": tr("not applicable"),
        "I": tr("inconsistent"),
        "II": tr("very inconsistent"),
    }[value]


class AchTable(QTableWidget):
    """The cells; letters set them, digits the credibility of the row, Delete goes back."""

    value_asked = Signal(str)
    credibility_asked = Signal(str)
    withdrawn = Signal()
    copied = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Evidence by hypotheses"))
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().upper()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif letter in _LETTERS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.value_asked.emit(letter)
        elif letter in tuple("123456"):
            self.credibility_asked.emit(letter)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.withdrawn.emit()
        else:
            super().keyPressEvent(event)


class AchDialog(Dialog):
    """Which of some competing claims the evidence speaks against least.

    Cells start from the links, in brackets, until they are set by hand; what is set is stored
    at once as a judgement, with the reason where one is written, and changes no link.
    """

    def __init__(self, session: Session, look: Theme, parent: QWidget | None, claim: PropositionId) -> None:
        super().__init__(look, parent, tr("Competing claims"), tr("Done"), (960, 620))
        self.store = session.store
        self.claim = claim
        self.facts: Facts | None = None
        self.found: ach.Table | None = None
        self.table = AchTable()
        self.ranking = Words()
        self.warning = Remark(look)
        self.reason = Reason()
        self.reason.setPlaceholderText(tr("Why? Enter stores it with the value of the cell"))
        self._lay_out()
        self._reader = Reader(self.store, self)
        self._reader.answered.connect(self._show)
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._read)
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
        self.column.addWidget(Words(keys, is_quiet=True))
        self.column.addWidget(self.table, 1)
        self.column.addWidget(label_for(tr("&Reason"), self.reason))
        self.column.addWidget(self.reason)
        self.column.addWidget(self.ranking)
        self.column.addWidget(self.warning)
        self.copy_button = self.buttons.addButton(tr("Copy as a table"), self.buttons.ButtonRole.ActionRole)
        self.copy_button.setAutoDefault(False)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.setFocus()

    def _connect(self) -> None:
        self.table.value_asked.connect(self._press)
        self.table.credibility_asked.connect(self.set_credibility)
        self.table.withdrawn.connect(self.withdraw)
        self.table.copied.connect(self.copy)
        self.table.currentCellChanged.connect(lambda *_: self._show_reason())
        self.table.customContextMenuRequested.connect(
            lambda point: self.menu_at(point).popup(self._at(point))
        )
        self.table.cellDoubleClicked.connect(lambda row, column: self._offer(row, column))
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
        self.facts, self.found = answer
        place = (self.table.currentRow(), self.table.currentColumn())
        found, names = self.found, [_short(self._name(one)) for one in self.found.hypotheses]
        self.table.clear()
        self.table.setRowCount(len(found.rows))
        self.table.setColumnCount(_FIRST + len(names))
        self.table.setHorizontalHeaderLabels([tr("Evidence"), tr("Credibility"), *names])
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        header.setMinimumHeight(_HEADER_LINES * self.fontMetrics().lineSpacing())
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_EVIDENCE, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(_CREDIBILITY, QHeaderView.ResizeMode.ResizeToContents)
        header.resizeSection(_EVIDENCE, 240)
        for number, row in enumerate(found.rows):
            self._show_row(number, row)
        self.table.resizeRowsToContents()
        if found.rows:
            self.table.setCurrentCell(max(0, min(place[0], len(found.rows) - 1)), max(_FIRST, place[1]))
        self._show_ranking()

    def _name(self, claim: PropositionId) -> str:
        assert self.facts is not None  # noqa: S101 - asked only once they are read
        row = self.facts.propositions[claim]
        return f"{self.facts.handle('proposition', claim)} · {row.text}"

    def _show_row(self, number: int, row: ach.Row) -> None:
        assert self.facts is not None  # noqa: S101 - asked only once they are read
        words = ach.name_of(self.facts, row.evidence)
        handle = self.facts.handle(*row.evidence)
        note = "" if row.is_diagnostic else "\n" + tr("no diagnostic value: the same for all")
        texts = [f"{handle} · {words}{note}", _credibility_words(row.credibility)]
        texts += [cell.value if cell.judgement else f"({cell.value})" for cell in row.cells]
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            if column >= _FIRST:
                self._dress(item, row.cells[column - _FIRST])
            if not row.is_diagnostic:
                item.setForeground(self.look.colour("muted"))
            self.table.setItem(number, column, item)

    def _dress(self, item: QTableWidgetItem, cell: ach.Cell) -> None:
        item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        said = tr("as the links say") if cell.judgement is None else _signed(cell.judgement)
        item.setToolTip(f"{value_words(cell.value)} — {said}")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{value_words(cell.value)}, {said}")
        if cell.judgement is not None:
            font = item.font()
            font.setBold(True)
            item.setFont(font)

    def _show_ranking(self) -> None:
        found = self.found
        assert found is not None  # noqa: S101 - asked only once it is read
        if len(found.hypotheses) < 2:
            words = tr(
                "This claim has no competitor. Join another one to it as an alternative, or give both a set."
            )
            self.ranking.setText(words)
        elif not found.rows:
            self.ranking.setText(tr("No evidence bears on these claims yet. Link marks or exhibits to them."))
        else:
            form = tr("{place}. {claim} — inconsistency {score}")
            lines = [
                form.format(place=self._place(found, one), claim=self._name(one), score=found.scores[one])
                for one in found.ranking
            ]
            self.ranking.setText("\n".join(lines))
        self.warning.say(self._doubt(found))

    @staticmethod
    def _place(found: ach.Table, claim: PropositionId) -> int:
        return 1 + sum(score < found.scores[claim] for score in found.scores.values())

    def _doubt(self, found: ach.Table) -> str:
        assert self.facts is not None  # noqa: S101 - asked only once they are read
        if not found.decisive:
            return ""
        names = ", ".join(self.facts.handle(*row.evidence) for row in found.decisive)
        if len(found.decisive) == 1:
            return tr("The ranking hangs on {evidence} alone: without it another claim leads too.").format(
                evidence=names
            )
        return tr("The ranking hangs on each of {evidence}: without any one of them it changes.").format(
            evidence=names
        )

    def current(self) -> tuple[ach.Row, PropositionId, ach.Cell] | None:
        """The row, the hypothesis and the cell the table stands on."""
        place, column = self.table.currentRow(), self.table.currentColumn() - _FIRST
        if self.found is None or not 0 <= place < len(self.found.rows) or column < 0:
            return None
        row = self.found.rows[place]
        return row, self.found.hypotheses[column], row.cells[column]

    def _press(self, letter: str) -> None:
        here = self.current()
        if here is not None:
            first, second = _LETTERS[letter]
            cell = here[2]
            self.set_value(second if cell.judgement is not None and cell.value == first else first)

    def set_value(self, value: str, reason: str = "") -> None:
        """Set the cell the table stands on."""
        here = self.current()
        if here is not None:
            row, claim, _ = here
            self._edit(
                partial(edits.judge_evidence, self.store, row.evidence, claim, ach.SCALE, value, reason)
            )

    def set_credibility(self, value: str) -> None:
        """Say how credible the evidence of the row is; it weighs its inconsistencies."""
        place = self.table.currentRow()
        if self.found is not None and 0 <= place < len(self.found.rows):
            evidence, claim = self.found.rows[place].evidence, self.found.hypotheses[0]
            self._edit(partial(edits.judge_evidence, self.store, evidence, claim, "credibility", value))

    def withdraw(self) -> None:
        """Take back what was set by hand; what was before, or what the links say, is there again."""
        here = self.current()
        judgement = here[2].judgement if here else None
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
        here = self.current()
        judgement = here[2].judgement if here else None
        self.reason.setText((judgement.reason if judgement else None) or "")
        self.reason.setEnabled(here is not None)

    def _store_reason(self) -> None:
        here = self.current()
        if here is not None:
            self.set_value(here[2].value, self.reason.text())
            self.table.setFocus()

    def _leave_reason(self) -> None:
        self._show_reason()
        self.table.setFocus()

    def menu_at(self, point: QPoint) -> QMenu:
        """The values for the cell under the mouse."""
        index = self.table.indexAt(point)
        if index.isValid():
            self.table.setCurrentIndex(index)
        menu = QMenu(self.table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for value in ach.VALUES if self.current() else ():
            action = menu.addAction(f"{value}   {value_words(value)}")
            action.triggered.connect(lambda _=False, value=value: self.set_value(value))
        return menu

    def _at(self, point: QPoint) -> QPoint:
        return self.table.viewport().mapToGlobal(point)

    def _offer(self, row: int, column: int) -> None:
        if column >= _FIRST:
            point = self.table.visualRect(self.table.model().index(row, column)).center()
            self.menu_at(point).popup(self._at(point))

    def copy(self) -> None:
        """The table to the clipboard, with tabs between columns, and the scores below."""
        if self.found is None:
            return
        model, columns = self.table.model(), range(self.table.columnCount())
        header = [tr("Evidence"), tr("Credibility"), *map(self._name, self.found.hypotheses)]
        rows = [
            [str(model.index(row, column).data()) for column in columns] for row in range(model.rowCount())
        ]
        scores = [tr("Inconsistency"), "", *(str(self.found.scores[one]) for one in self.found.hypotheses)]
        lines = ("\t".join(" ".join(cell.split()) for cell in line) for line in (header, *rows, scores))
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.say(tr("Copied: a spreadsheet or a text takes it as a table."), "info")

    def done(self, result: int) -> None:
        """Close, and listen no more."""
        self._stop()
        self._again.stop()
        self._reader.cancel()
        super().done(result)


def _short(name: str) -> str:
    return name if len(name) <= _SHORT else name[: _SHORT - 1].rstrip() + "…"


def _credibility_words(value: str | None) -> str:
    if value is None:
        return "–"
    return tr("6 cannot be judged") if value == "6" else value


def _signed(judgement: Judgement) -> str:
    at = local_time(judgement.at)
    return f"{at} — {judgement.reason}" if judgement.reason else at

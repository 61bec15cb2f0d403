"""The rows of the claims of the map: found by a question, with what is known of each."""

from __future__ import annotations

from array import array
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.domain.answering import Answer
from annotator.domain.briefs import ClaimBrief, MapQuestion, State
from annotator.domain.handles import handle
from annotator.store import lists
from annotator.store.asked_claims import asked_places
from annotator.store.lists import ClaimHead, Places
from annotator.store.store import Store
from annotator.ui.map.asked import state_name
from annotator.ui.map.briefs import BriefReader
from annotator.ui.map.wording import tr, voices
from annotator.ui.panels.asking import Question
from annotator.ui.panels.later import PATIENCE_MS
from annotator.ui.panels.pages import Pages
from annotator.ui.panels.parts import draw_line

Index = QModelIndex | QPersistentModelIndex
_TOLD: tuple[State, ...] = ("disputed", "undenied", "self-contradicted", "silence", "attacked")
_SIFTED = 500
"""How many claims are asked whether they fit, between two events of the window: a few milliseconds."""


class ClaimLine(NamedTuple):
    """A claim of the list; without a brief it has not been counted yet who speaks on it."""

    head: ClaimHead
    brief: ClaimBrief | None

    @property
    def number(self) -> str:
        """Its handle."""
        return handle("proposition", self.head.number)


class ClaimsFound(QAbstractTableModel):
    """The claims that a question asks for.

    Nearly always the file tells which they are, and of these only those that are looked at are read in
    brief. Where boards alone tell, a question is answered as far as claims are read, and all that may be
    asked for are read for it.
    """

    settled = Signal(bool)
    """Other rows are shown, or more of them; whether they answer the question of before."""

    def __init__(self, store: Store, briefs: BriefReader) -> None:
        super().__init__()
        self._briefs = briefs
        self._asked: MapQuestion | None = None
        self._answer: Answer | None = None
        self._waiting: list[int] = []
        self.pages: Pages[ClaimHead] = Pages(store, "proposition", self._question, lists.heads_at)
        self.pages.setParent(self)
        self.pages.found.connect(self._take)
        self._sifting = QTimer(self, interval=0)
        self._sifting.timeout.connect(self._sift)
        self._late = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._late.timeout.connect(lambda: self._show(array("q"), is_same=False))
        briefs.read.connect(self._on_read)
        briefs.listed.connect(self._on_listed)

    @property
    def is_whole(self) -> bool:
        """Whether all that is asked for is among the rows."""
        if self._answer is None:
            return self.pages.is_whole
        return self._briefs.left == 0 and not self._waiting

    @property
    def is_asked(self) -> bool:
        """Whether anything was asked yet."""
        return self._asked is not None

    def is_sifted(self, place: int) -> bool:
        """Whether a claim was looked at for a question that asks of boards."""
        is_waiting = place in self._waiting
        return self._answer is not None and self._briefs.is_known(place) and not is_waiting

    @property
    def looked(self) -> int:
        """How many claims were looked at for a question that asks of boards."""
        return self._briefs.total - (self._briefs.left or 0) - len(self._waiting)

    def ask(self, question: MapQuestion) -> None:
        """Show the claims asked for."""
        if question == self._asked:
            return
        self._asked = question
        self._sifting.stop()
        self._waiting = []
        self._answer = Answer(question) if question.asks_of_boards else None
        is_some = question.state != "all" or question.asks_of_statements
        self._briefs.want(question if self._answer else None, total=is_some)
        if self._answer is None:
            self.pages.reread()
        else:
            self._waiting = self._briefs.places()
            self._sift(is_same=False)

    def reread(self) -> None:
        """Show what is asked for as it is after a change."""
        if self._answer is None:
            self.pages.reread()
        else:
            self.pages.stand(self.pages.order, is_same=True)

    def number_of(self, claim: str) -> int | None:
        """The row of a claim; None where it is not among those found, or not yet."""
        return self.pages.number_of(claim)

    def line(self, row: int) -> ClaimLine | None:
        """What stands in a row; None where the claim is gone meanwhile."""
        head = self.pages.row(row)
        if head is None:
            return None
        brief = self._briefs.claim(self.pages.order[row])
        is_its_own = (
            brief is not None and brief.id == head.id
        )  # the place of a deleted claim may be given anew
        return ClaimLine(head, brief if is_its_own else None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.pages)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return line.head.text or tr("(no sentence yet)")
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{line.head.text}\n{_voices(line)}".strip()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join([line.number, line.head.text, _voices(line), *_states(line)])
        return line if role == Qt.ItemDataRole.UserRole else None

    def _question(self) -> Question:
        return partial(asked_places, question=self._asked or MapQuestion())

    def _sift(self, *, is_same: bool = True) -> None:
        """Ask some more of the claims that are known whether they fit."""
        if self._answer is None:
            return
        some, self._waiting = self._waiting[:_SIFTED], self._waiting[_SIFTED:]
        for place in some:
            self._answer.take(place, self._briefs.claim(place))
        if self._waiting:
            self._sifting.start()
        else:
            self._sifting.stop()
        self.pages.stand(self._answer.places(), is_same)

    def _on_read(self, claims: dict[int, ClaimBrief | None]) -> None:
        if self._answer is not None:
            for place, claim in claims.items():
                self._answer.take(place, claim)
            self.pages.stand(self._answer.places(), is_same=True)
        elif self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))
            self.settled.emit(True)

    def _on_listed(self, places: Places) -> None:
        if self._answer is not None:
            self._answer.keep(set(places))
            self.pages.stand(self._answer.places(), is_same=True)
        else:
            self.settled.emit(True)

    def _take(self, order: Places, is_same: bool) -> None:
        """Show an order; what was asked for before stays a moment where nothing is found at once."""
        if self._asked == MapQuestion() and self.is_whole:
            self._briefs.take_list(order)
        if order or is_same or self.is_whole:
            self._late.stop()
            self._show(order, is_same=is_same)
        else:
            self._late.start()

    def _show(self, order: Places, *, is_same: bool) -> None:
        before = self.pages.order
        if is_same and order[: len(before)] == before:
            if len(order) > len(before):
                self.beginInsertRows(QModelIndex(), len(before), len(order) - 1)
                self.pages.take(order)
                self.endInsertRows()
            self.pages.take(order)
            if order:
                self.dataChanged.emit(self.index(0, 0), self.index(len(order) - 1, 0))
        else:
            self.beginResetModel()
            self.pages.take(order)
            self.endResetModel()
        self.settled.emit(is_same)


def told(line: ClaimLine) -> str:
    """How many independent voices stand on each side of a claim, and what is to be noted of it."""
    if line.brief is None:
        return " · ".join([line.number, tr("not yet counted")])
    counts = tr("{asserting} : {denying}").format(asserting=line.brief.asserting, denying=line.brief.denying)
    return " · ".join([line.number, counts, *_states(line)])


def _voices(line: ClaimLine) -> str:
    return voices(line.brief.asserting, line.brief.denying) if line.brief else tr("not yet counted")


def _states(line: ClaimLine) -> list[str]:
    return [state_name(one) for one in _TOLD if line.brief and one in line.brief.states]


class ClaimLines(QStyledItemDelegate):
    """A sentence, and below it what is to be noted."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del index
        return QSize(0, 2 * option.fontMetrics.height() + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        found: ClaimLine | None = index.data(Qt.ItemDataRole.UserRole)
        widget: QWidget = option.widget
        sentence: str = option.text
        option.text = ""
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        if found is None:
            return
        line = QRect(option.rect).adjusted(8, 4, -8, -4)
        metrics, palette = option.fontMetrics, option.palette
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setLayoutDirection(option.direction)
        line.setHeight(metrics.height())
        font = QFont(option.font)
        font.setBold(found.brief is not None and "disputed" in found.brief.states)
        painter.setFont(font)
        painter.setPen(palette.highlightedText().color() if is_chosen else palette.text().color())
        draw_line(painter, line, sentence)
        painter.setFont(option.font)
        if not is_chosen:
            painter.setPen(palette.placeholderText().color())
        draw_line(painter, line.translated(0, metrics.height() + 2), told(found))
        painter.restore()

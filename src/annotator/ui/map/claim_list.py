"""The claims of the map at its left: found by what is asked of them, in the order asked for."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.briefs import ClaimBrief, MapQuestion, State
from annotator.store.store import Store
from annotator.ui import icons
from annotator.ui.map.asked import AskedClaims, state_name
from annotator.ui.map.wording import tr, voices
from annotator.ui.panels.parts import Elided, Empty, draw_line, tool_button
from annotator.ui.panels.tables import OneColumn
from annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_TOLD: tuple[State, ...] = ("disputed", "undenied", "self-contradicted", "silence", "attacked")


class ClaimsFound(QAbstractListModel):
    """The claims that fit a question."""

    def __init__(self) -> None:
        super().__init__()
        self.claims: list[ClaimBrief] = []

    def take(self, claims: list[ClaimBrief]) -> None:
        """Show other claims."""
        if claims != self.claims:
            self.beginResetModel()
            self.claims = claims
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.claims)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        claim = self.claims[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return claim.text or tr("(no sentence yet)")
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{claim.text}\n{voices(claim.asserting, claim.denying)}".strip()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(claim)
        return claim if role == Qt.ItemDataRole.UserRole else None


def told(claim: ClaimBrief) -> str:
    """How many independent voices stand on each side of a claim, and what is to be noted of it."""
    counts = tr("{asserting} : {denying}").format(asserting=claim.asserting, denying=claim.denying)
    return " · ".join([claim.number, counts, *_states(claim)])


def _spoken(claim: ClaimBrief) -> str:
    """The same as a screen reader says it, who does not see the numbers beside those of the board."""
    return ". ".join([claim.number, claim.text, voices(claim.asserting, claim.denying), *_states(claim)])


def _states(claim: ClaimBrief) -> list[str]:
    return [state_name(one) for one in _TOLD if one in claim.states]


class ClaimLines(QStyledItemDelegate):
    """A sentence, and below it what is to be noted."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del index
        return QSize(0, 2 * option.fontMetrics.height() + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        claim: ClaimBrief = index.data(Qt.ItemDataRole.UserRole)
        widget: QWidget = option.widget
        sentence: str = option.text
        option.text = ""
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        line = QRect(option.rect).adjusted(8, 4, -8, -4)
        metrics, palette = option.fontMetrics, option.palette
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setLayoutDirection(option.direction)
        line.setHeight(metrics.height())
        font = QFont(option.font)
        font.setBold("disputed" in claim.states)
        painter.setFont(font)
        painter.setPen(palette.highlightedText().color() if is_chosen else palette.text().color())
        draw_line(painter, line, sentence)
        painter.setFont(option.font)
        if not is_chosen:
            painter.setPen(palette.placeholderText().color())
        draw_line(painter, line.translated(0, metrics.height() + 2), told(claim))
        painter.restore()


class ClaimList(QWidget):
    """Words to look for, a door to the other questions, and the claims."""

    chosen = Signal(str)
    """The claim the list stands on now."""
    entered = Signal()
    """Enter on a claim: the keys are wanted on its board."""
    failed = Signal(object)

    def __init__(self, store: Store, look: Theme) -> None:
        super().__init__()
        self._all: list[ClaimBrief] | None = None
        self._wanted = ""
        self.text = QLineEdit()
        self.text.setPlaceholderText(tr("Words of a claim"))
        self.text.setAccessibleName(tr("Filter claims of the map"))
        self.text.setClearButtonEnabled(True)
        self.asked = AskedClaims(store, self)
        self.button = tool_button("filter", look, tr("Which claims, in which order…"), self.open_questions)
        self.model = ClaimsFound()
        self.list = OneColumn(tr("Claims of the map"), ClaimLines(self))
        self.list.setModel(self.model)
        self.told = Elided(is_quiet=True)
        self.told.hide()
        self.empty = Empty(tr("Reading…"))
        self.none = Empty(tr("No claim fits."))
        self.none.add_button(tr("Show all"), self.show_all)
        self.stack = QStackedWidget()
        for page in (self.empty, self.none, self.list):
            self.stack.addWidget(page)
        self._lay_out()
        self.text.textChanged.connect(self._on_typed)
        self.asked.changed.connect(self._on_asked)
        self.asked.failed.connect(self.failed)
        self.list.selectionModel().currentRowChanged.connect(self._on_row)
        self.list.opened.connect(lambda: self.entered.emit())

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(8, 6, 4, 4)
        top.setSpacing(4)
        top.addWidget(self.text, 1)
        top.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        told = QHBoxLayout()
        told.setContentsMargins(10, 0, 4, 2)
        told.addWidget(self.told)
        column.addLayout(told)
        column.addWidget(self.stack, 1)
        self.setMinimumWidth(150)

    def set_theme(self, look: Theme) -> None:
        """Wear another theme."""
        self.button.setIcon(icons.icon("filter", look))

    def open_questions(self) -> None:
        """The questions beyond words: what is to be noted, who, where, when, and those that were stored."""
        self.asked.open_below(self.button, self._all or [])

    def question(self) -> MapQuestion:
        """What is asked now."""
        return self.asked.question()

    def show_all(self) -> None:
        """Ask for nothing."""
        self.asked.ask(MapQuestion())

    def take(self, claims: list[ClaimBrief]) -> None:
        """All claims of the project, as they are now."""
        self._all = claims
        self._refresh()

    def stand_on(self, claim: str) -> None:
        """Make a claim the current row, now or when it comes."""
        self._wanted = claim
        self._choose()

    def _on_asked(self) -> None:
        words = self.question().text
        if words != self.text.text().strip():
            self.text.setText(words)
        self._refresh()

    def _on_typed(self, words: str) -> None:
        self.asked.note_text(words.strip())
        self._refresh()

    def _refresh(self) -> None:
        if self._all is None:
            return
        found = self.question().ask(self._all)
        self.model.take(found)
        words = self.asked.told()
        if words:
            words = tr("{question} — {found} of {all}").format(
                question=words, found=len(found), all=len(self._all)
            )
        self.told.setVisible(bool(words))
        self.told.set_whole(words)
        self.empty.say(tr("No claims yet. One is made when a denial is linked to what it denies."))
        self._choose()  # before the list can get the focus: without a current row it would take the first
        self.stack.setCurrentWidget(self.list if found else self.none if self._all else self.empty)

    def _choose(self) -> None:
        """Stand on the wanted claim, else stay, else on the first."""
        places = [at for at, claim in enumerate(self.model.claims) if claim.id == self._wanted]
        if not self.model.claims or (not places and self._wanted and self.list.currentIndex().isValid()):
            return
        index = self.model.index(places[0] if places else 0)
        if not self.list.selectionModel().isSelected(index):
            flags = QItemSelectionModel.SelectionFlag
            self.list.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.list.scrollTo(index)
            self._on_row(index)

    def _on_row(self, index: QModelIndex) -> None:
        if index.isValid():
            self._wanted = self.model.claims[index.row()].id
            self.chosen.emit(self._wanted)

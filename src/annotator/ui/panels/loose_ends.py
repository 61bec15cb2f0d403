"""What is still open: Enter goes there and offers what mends it, or it is left open with a reason."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from annotator.store import edits
from annotator.store.session import Session
from annotator.store.store import Change
from annotator.ui.panels.base import Panel
from annotator.ui.panels.parts import Empty, TickBox
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.store.open_ends import OpenEnd

Index = QModelIndex | QPersistentModelIndex

IDLE_MS = 400
"""How long after the last edit the loose ends are looked for again, at least."""
SLICE_S = 0.008
"""How long it looks between two events, in seconds."""
SHARE = 10
"""The pause is at least this many times what looking took last, so that a large project stays quick."""
TOP = 0
"""The internal id of a group's index; that of a loose end is the number of its group plus one."""


class Group(NamedTuple):
    """The loose ends of one rule."""

    rule: str
    ends: list[OpenEnd]


class LooseEndsModel(QAbstractItemModel):
    """Loose ends below their rules."""

    def __init__(self) -> None:
        super().__init__()
        self.groups: list[Group] = []

    def show_ends(self, ends: list[OpenEnd]) -> None:
        """Show other loose ends; rules in the order in which they are first met."""
        found: dict[str, list[OpenEnd]] = {}
        for one in ends:
            found.setdefault(one.end.rule, []).append(one)
        self.beginResetModel()
        self.groups = [Group(rule, rows) for rule, rows in found.items()]
        self.endResetModel()

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else TOP)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        if not index.isValid() or index.internalId() == TOP:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, TOP)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self.groups)
        return len(self.groups[parent.row()].ends) if parent.internalId() == TOP else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        del parent
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        end = self.end_at(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return end.sentence if end else self._title(self.groups[index.row()])
        if role == Qt.ItemDataRole.ToolTipRole and end is not None:
            return end.sentence
        if role == Qt.ItemDataRole.FontRole and end is None:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None

    def end_at(self, index: Index) -> OpenEnd | None:
        """The loose end an index stands for; None for a rule."""
        if not index.isValid() or index.internalId() == TOP:
            return None
        return self.groups[index.internalId() - 1].ends[index.row()]

    def index_of(self, end: OpenEnd) -> QModelIndex:
        """Where a loose end about the same thing stands; an invalid index where there is none."""
        for place, group in enumerate(self.groups):
            if group.rule == end.end.rule:
                for row, one in enumerate(group.ends):
                    if one.end.target == end.end.target:
                        return self.index(row, 0, self.index(place, 0))
        return QModelIndex()

    def _title(self, group: Group) -> str:
        return f"{self._rule_name(group.rule)} ({len(group.ends)})"

    def _rule_name(self, rule: str) -> str:
        names = {
            "denial_without_target": self.tr("Denies what?"),
            "denies_without_denial": self.tr("Link says denial, label does not"),
            "evidence_without_link": self.tr("Evidence for or against what?"),
            "no_comment_without_target": self.tr("Silent on what?"),
            "mark_without_source": self.tr("Who says it?"),
            "unclear_attribution": self.tr("Unclear who says it"),
            "unclear_target": self.tr("Unclear what it answers"),
            "question_open": self.tr("Open questions"),
            "undefined_label": self.tr("Labels the scheme does not know"),
            "undefined_attribute": self.tr("Values the scheme does not know"),
            "undefined_link_kind": self.tr("Kinds of links the scheme does not know"),
            "corroborates_same_owner": self.tr("No independent support"),
            "relates_to_without_note": self.tr("Relates how?"),
            "article_without_outlet": self.tr("Which outlet?"),
            "claim_without_sentence": self.tr("Claims without a sentence of their own"),
            "source_cycle": self.tr("Sources in a circle"),
            "anonymous_without_ground": self.tr("Why anonymous?"),
        }
        return names.get(rule, rule.replace("_", " "))


class EndsTree(QTreeView):
    """The tree of loose ends; Enter and Delete are told."""

    entered = Signal()
    delete_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit()
        else:
            super().keyPressEvent(event)


class LooseEndsPanel(Panel):
    """Loose ends by rule; those of an article still being read stay quiet.

    find: gives all of them, and a None wherever it can be left for a moment. They
    are counted again in a pause, also while the panel is hidden, because its
    title shows the number; between two events only so long that nobody notices.
    """

    counted = Signal(int)
    """How many are not quiet."""
    jump_asked = Signal(object)
    """The OpenEnd to go to."""

    def __init__(
        self,
        session: Session,
        look: Theme,
        find: Callable[[], Iterable[OpenEnd | None]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, look, parent)
        self._find = find
        self._found: list[OpenEnd] = []
        self.model = LooseEndsModel()
        self.tree = EndsTree()
        self.tree.setModel(self.model)
        self.tree.setAccessibleName(self.tr("Loose ends"))
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.tree.setExpandsOnDoubleClick(True)
        self.quiet = TickBox(self.tr("Also articles still being read"))
        self.leave = QPushButton(self.tr("Leave it open…"))
        self.leave.setToolTip(self.tr("Take it off this list, with a reason"))
        self.empty = Empty("")
        self._lay_out()
        self.setFocusProxy(self.tree)
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._idle.timeout.connect(self._begin)
        self._slices = QTimer(self, singleShot=True, interval=0)
        self._slices.timeout.connect(self._look_on)
        self._looking: Iterator[OpenEnd | None] = iter(())
        self._seen: list[OpenEnd] = []
        self._spent = 0.0
        self.quiet.toggled.connect(lambda: self._show())
        self.leave.clicked.connect(self.ask_reason)
        self.tree.entered.connect(self.jump)
        self.tree.delete_asked.connect(self.ask_reason)
        self.tree.doubleClicked.connect(lambda: self._jump_to(self.current()))
        self.tree.selectionModel().currentChanged.connect(lambda: self._set_enabled())

    def _lay_out(self) -> None:
        self.pages = QStackedWidget()
        self.pages.addWidget(self.tree)
        self.pages.addWidget(self.empty)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.pages, 1)
        tools = QVBoxLayout()
        tools.setContentsMargins(8, 6, 8, 6)
        tools.addWidget(self.quiet)
        tools.addWidget(self.leave)
        tools.addStretch(1)
        row.addLayout(tools)

    def _on_changed(self, change: Change) -> None:
        """Any change may open or close a loose end: look again once the analyst pauses."""
        del change
        self._slices.stop()
        self._idle.start()

    def showEvent(self, event: QShowEvent) -> None:
        if self._is_stale:
            self._is_stale = False
            self._slices.stop()
            self._idle.start()
        super().showEvent(event)

    def refresh(self) -> None:
        self._begin()
        self._slices.stop()
        self._take([row for row in self._looking if row is not None])

    def _begin(self) -> None:
        """Start looking; a change meanwhile starts anew."""
        self._idle.stop()
        self._looking, self._seen, self._spent = iter(self._find()), [], 0.0
        self._slices.start()

    def _look_on(self) -> None:
        """Look for as long as nobody notices, then let the window go first."""
        started = time.perf_counter()
        for row in self._looking:
            if row is not None:
                self._seen.append(row)
            elif time.perf_counter() - started > SLICE_S:
                self._spent += time.perf_counter() - started
                self._slices.start()
                return
        self._spent += time.perf_counter() - started
        self._idle.setInterval(max(IDLE_MS, round(SHARE * 1000 * self._spent)))
        self._take(self._seen)

    def _take(self, found: list[OpenEnd]) -> None:
        self._found = found
        self.counted.emit(sum(not row.end.is_quiet for row in found))
        self._show()

    def settle(self) -> None:
        """Look again at once, if a change waits for a pause or for the end of looking."""
        if self._idle.isActive() or self._slices.isActive():
            self.refresh()

    def found(self) -> list[OpenEnd]:
        """All that is open now, quiet ones too."""
        if self._is_stale:
            self._is_stale = False
            self.refresh()
        self.settle()
        return self._found

    def current(self) -> OpenEnd | None:
        """The loose end the tree stands on."""
        return self.model.end_at(self.tree.currentIndex())

    def jump(self) -> None:
        """Go to where it is open; on a rule, fold it up or open it."""
        end, index = self.current(), self.tree.currentIndex()
        if end is not None:
            self._jump_to(end)
        elif index.isValid():
            self.tree.setExpanded(index, not self.tree.isExpanded(index))

    def ask_reason(self) -> None:
        """Take the loose end off the list, after asking why."""
        end = self.current()
        if end is None:
            self.notice.emit(self.tr("Choose a loose end first."))
            return
        from PySide6.QtWidgets import QInputDialog

        words = self.tr("{what}\n\nWhy can it be left open?").format(what=end.sentence)
        reason, is_given = QInputDialog.getText(self, self.tr("Leave it open"), words)
        if is_given:
            self.dismiss(end, reason)

    def dismiss(self, end: OpenEnd, reason: str) -> None:
        """Take a loose end off the list; undo brings it back."""
        from annotator.domain.model import Dismissal

        record = Dismissal(id="", rule=end.end.rule, target=end.end.target, reason=reason.strip())
        self.guarded(lambda: edits.add_record(self.store, record))

    def _jump_to(self, end: OpenEnd | None) -> None:
        if end is not None:
            self.jump_asked.emit(end)

    def _show(self) -> None:
        current, index = self.current(), self.tree.currentIndex()
        folded = self._folded()
        scroll = self.tree.verticalScrollBar().value()
        rows = [row for row in self._found if self.quiet.isChecked() or not row.end.is_quiet]
        place, parent = index.row(), index.parent().row()
        self.model.show_ends(rows)
        for number, group in enumerate(self.model.groups):
            self.tree.setExpanded(self.model.index(number, 0), group.rule not in folded)
        if current is not None:
            self._stand_on(self.model.index_of(current), parent, place)
        self.tree.verticalScrollBar().setValue(scroll)
        self.pages.setCurrentWidget(self.tree if rows else self.empty)
        self.empty.say(self._nothing())
        self._set_enabled()

    def _stand_on(self, index: QModelIndex, group: int, place: int) -> None:
        """On the same loose end, or on the one that has come into its place."""
        if not index.isValid() and 0 <= group < len(self.model.groups):
            last = len(self.model.groups[group].ends) - 1
            index = self.model.index(min(place, last), 0, self.model.index(group, 0))
        if index.isValid():
            self.tree.setCurrentIndex(index)

    def _folded(self) -> set[str]:
        return {
            group.rule
            for number, group in enumerate(self.model.groups)
            if not self.tree.isExpanded(self.model.index(number, 0))
        }

    def _nothing(self) -> str:
        quiet = sum(row.end.is_quiet for row in self._found)
        if quiet:
            words = self.tr("Nothing is open in articles called done; {count} wait in others.")
            return words.format(count=quiet)
        return self.tr("No loose ends. Each article is checked once its reading is called done.")

    def _set_enabled(self) -> None:
        self.leave.setEnabled(self.current() is not None)

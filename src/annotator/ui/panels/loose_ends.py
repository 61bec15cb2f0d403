"""What is still open: Enter goes there and offers what mends it, or it is dismissed with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.model import Dismissal
from annotator.store import edits
from annotator.store.open_ends import OpenEnd
from annotator.store.session import Session
from annotator.store.store import Change
from annotator.ui.panels.base import Panel
from annotator.ui.panels.parts import Empty
from annotator.ui.theme import Theme, roomy_rows

Index = QModelIndex | QPersistentModelIndex

IDLE_MS = 400
"""How long after the last edit the loose ends are looked for again."""


class LooseEndsModel(QAbstractTableModel):
    """One row for each loose end: what kind, and its sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[OpenEnd] = []

    def show_rows(self, rows: list[OpenEnd]) -> None:
        """Show other loose ends."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self.rows[index.row()]
        return row.sentence if index.column() else self.rule_name(row.end.rule)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Open"), self.tr("What and where"))[section]

    def rule_name(self, rule: str) -> str:
        """A rule in a few words."""
        names = {
            "denial_without_target": self.tr("denies what?"),
            "denies_without_denial": self.tr("label or link?"),
            "evidence_without_link": self.tr("evidence for what?"),
            "no_comment_without_target": self.tr("silent on what?"),
            "mark_without_source": self.tr("who says it?"),
            "unclear_attribution": self.tr("unclear source"),
            "unclear_target": self.tr("unclear target"),
            "question_open": self.tr("question"),
            "corroborates_same_owner": self.tr("one owner"),
            "claim_without_sentence": self.tr("no sentence"),
            "anonymous_without_ground": self.tr("why anonymous?"),
            "source_cycle": self.tr("circle of sources"),
            "article_without_outlet": self.tr("which outlet?"),
            "relates_to_without_note": self.tr("relates how?"),
        }
        return names.get(rule, rule.replace("_", " "))


class LooseEndsPanel(Panel):
    """The list of loose ends; those of an article still being read stay quiet."""

    counted = Signal(int)
    """How many are not quiet."""
    jump_asked = Signal(object)
    """The LooseEnd to go to."""

    def __init__(
        self,
        session: Session,
        look: Theme,
        find: Callable[[], list[OpenEnd]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, look, parent)
        self._find = find
        self._found: list[OpenEnd] = []
        self.model = LooseEndsModel()
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Loose ends"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        roomy_rows(self.table)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnWidth(0, 20 * self.fontMetrics().averageCharWidth() + 18)
        self.quiet = QCheckBox(self.tr("Also articles still being read"))
        self.dismiss = QPushButton(self.tr("Leave it open…"))
        self.dismiss.setToolTip(self.tr("Take it off this list, with a reason"))
        self.empty = Empty(self.tr("No loose ends. Call an article done (Ctrl+Enter) to have it checked."))
        self.pages = QStackedWidget()
        self.pages.addWidget(self.table)
        self.pages.addWidget(self.empty)
        foot = QHBoxLayout()
        foot.setContentsMargins(8, 4, 8, 4)
        foot.addWidget(self.quiet)
        foot.addStretch(1)
        foot.addWidget(self.dismiss)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pages, 1)
        column.addLayout(foot)
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._idle.timeout.connect(self.refresh)
        self.quiet.toggled.connect(lambda: self._show())
        self.dismiss.clicked.connect(self.dismiss_current)
        self.table.doubleClicked.connect(lambda _: self.jump())
        self.table.activated.connect(lambda _: self.jump())

    def on_change(self, change: Change) -> None:
        """Look again once the analyst pauses."""
        del change
        self._idle.start()

    def refresh(self) -> None:
        self._found = self._find()
        self.counted.emit(sum(not row.end.is_quiet for row in self._found))
        self._show()

    def _show(self) -> None:
        current = self.current()
        rows = [row for row in self._found if self.quiet.isChecked() or not row.end.is_quiet]
        self.model.show_rows(rows)
        self.pages.setCurrentWidget(self.table if rows else self.empty)
        self.dismiss.setEnabled(bool(rows))
        if current in rows:
            self.table.selectRow(rows.index(current))

    def current(self) -> OpenEnd | None:
        """The loose end the table stands on."""
        row = self.table.currentIndex().row()
        return self.model.rows[row] if 0 <= row < len(self.model.rows) else None

    def jump(self) -> None:
        """Go to where it is open."""
        row = self.current()
        if row is not None:
            self.jump_asked.emit(row.end)

    def dismiss_current(self) -> None:
        """Take the loose end off the list, after asking why."""
        row = self.current()
        if row is None:
            self.notice.emit(self.tr("Choose a loose end first."))
            return
        reason, is_given = QInputDialog.getText(self, self.tr("Leave it open"), self.tr("Why?"))
        if is_given:
            record = Dismissal(id="", rule=row.end.rule, target=row.end.target, reason=reason.strip())
            self.guarded(lambda: edits.add_record(self.store, record))
            self.refresh()

"""Claim nodes: one sentence each, with the marks that assert, deny, ask or comment below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.handles import handle
from annotator.domain.ids import MarkId, MentionId, PropositionId
from annotator.domain.model import Mention, Proposition, Ref
from annotator.domain.scheme import STANCES
from annotator.store import edits, lists, read
from annotator.store.lists import ClaimRow
from annotator.store.session import Session
from annotator.store.store import Store
from annotator.ui import icons
from annotator.ui.dialogs.popups import TargetSearch
from annotator.ui.dialogs.target_search import Found
from annotator.ui.panels.base import Panel
from annotator.ui.panels.pages import PAGE, Pages
from annotator.ui.panels.parts import Empty, tool_button
from annotator.ui.panels.words import stance_name
from annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
COUNTED = 100_000
"""How many claims are counted at most."""
TOP = 0
"""The internal id of a claim's index; that of a mention is the number of its claim plus one."""


class MentionRow:
    """A mark below a claim: what it does, its words, who says them, where."""

    def __init__(self, store: Store, mention: Mention) -> None:
        self.mention = mention
        row = lists.mark_row(store, mention.mark)
        self.handle = handle("mark", row.number) if row else ""
        self.quote = row.quote if row else ""
        self.source = (row.source if row else None) or ""
        self.article = (row.article_title if row else None) or ""


class ClaimsModel(QAbstractItemModel):
    """Claims a page at a time; the mentions of one are read when it is opened."""

    edited = Signal(str, str)
    """A claim and the sentence typed for it."""

    COLUMNS = 6

    def __init__(self, store: Store, pages: Pages[ClaimRow]) -> None:
        super().__init__()
        self._store = store
        self.pages = pages
        self._mentions: dict[str, list[MentionRow]] = {}

    def reread(self) -> None:
        """Read all that is shown anew."""
        self.beginResetModel()
        self._mentions.clear()
        self.pages.recount()
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
            return len(self.pages)
        if parent.internalId() != TOP or parent.column() > 0:
            return 0
        row = self.pages.row(parent.row())
        return row.support + row.deny + row.query + row.comment if row else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        del parent
        return self.COLUMNS

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and section > 1:
            return Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        names = (
            self.tr("Claim"),
            self.tr("No."),
            self.tr("Assert"),
            self.tr("Deny"),
            self.tr("Ask"),
            self.tr("Comment"),
        )
        return names[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if index.internalId() == TOP:
            row = self.pages.row(index.row())
            return _claim_cell(row, index.column(), role) if row else None
        found = self.mention_at(index)
        return _mention_cell(found, index.column(), role) if found else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        claim = self.claim_at(index)
        sentence = " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or claim is None or not sentence or sentence == claim.text:
            return False
        self.edited.emit(claim.id, sentence)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.internalId() == TOP and index.column() == 0:
            return flags | Qt.ItemFlag.ItemIsEditable
        return flags

    def claim_at(self, index: Index) -> ClaimRow | None:
        """The claim an index stands for; None for a mention."""
        if not index.isValid() or index.internalId() != TOP:
            return None
        return self.pages.row(index.row())

    def mention_at(self, index: Index) -> MentionRow | None:
        """The mention an index stands for; None for a claim."""
        if not index.isValid() or index.internalId() == TOP:
            return None
        claim = self.pages.row(index.internalId() - 1)
        if claim is None:
            return None
        if claim.id not in self._mentions:
            found = read.records(self._store, Mention, "proposition = ?", (claim.id,))
            found.sort(key=lambda one: STANCES.index(one.stance))
            self._mentions[claim.id] = [MentionRow(self._store, one) for one in found]
        rows = self._mentions[claim.id]
        return rows[index.row()] if index.row() < len(rows) else None


def _claim_cell(row: ClaimRow, column: int, role: int) -> Any:
    if role == Qt.ItemDataRole.EditRole:
        return row.text
    if column == 0 and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
        return " ".join(row.text.split()) or "…"
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return row.text if column == 0 else _claim_cell(row, column, Qt.ItemDataRole.DisplayRole)
    if role == Qt.ItemDataRole.DisplayRole:
        counts = (row.support, row.deny, row.query, row.comment)
        return handle("proposition", row.number) if column == 1 else str(counts[column - 2] or "")
    if role == Qt.ItemDataRole.TextAlignmentRole and column > 1:
        return Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
    return None


def _mention_cell(row: MentionRow, column: int, role: int) -> Any:
    if column == 1 and role == Qt.ItemDataRole.DisplayRole:
        return row.handle
    if column:
        return None
    words = f"{row.source or '?'} {stance_name(row.mention.stance)}: “{row.quote}”"
    if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
        return words
    if role == Qt.ItemDataRole.ToolTipRole:
        return "\n".join(part for part in (words, row.article) if part)
    return None


class ClaimTree(QTreeView):
    """The tree of claims: F2 edits a sentence, Enter goes to a mark or opens a claim."""

    entered = Signal()
    delete_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not is_editing:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Delete and not is_editing:
            self.delete_asked.emit()
        else:
            super().keyPressEvent(event)


class ClaimsPanel(Panel):
    """Claims with their mentions: written, merged, deleted, jumped from."""

    WATCHED = frozenset({"proposition", "mention", "mark", "attribution", "source"})
    LAZY_MS = 200

    def __init__(self, session: Session, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, look, parent)
        self.search: TargetSearch | None = None
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Words of a claim"))
        self.filter.setAccessibleName(self.tr("Filter claims"))
        self.filter.setClearButtonEnabled(True)
        self.model = ClaimsModel(self.store, Pages(self._fetch, self._count))
        self.tree = ClaimTree()
        self.tree.setAccessibleName(self.tr("Claims"))
        self.tree.setModel(self.model)
        self.tree.setUniformRowHeights(True)
        self.tree.setAlternatingRowColors(True)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._set_widths()
        self._lay_out()
        self.setFocusProxy(self.tree)
        self.filter.textChanged.connect(lambda: self.refresh())
        self.model.edited.connect(self._rename)
        self.tree.entered.connect(self.open_current)
        self.tree.doubleClicked.connect(lambda: self.open_current(by_mouse=True))
        self.tree.delete_asked.connect(self.delete_current)

    def _set_widths(self) -> None:
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(36)
        for column in range(1, ClaimsModel.COLUMNS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.tree.setColumnWidth(column, 9 * self.fontMetrics().averageCharWidth() + 12)

    def _lay_out(self) -> None:
        look = self.look
        self.buttons: dict[str, QToolButton] = {
            "add": tool_button("add", look, self.tr("New claim"), self.add),
            "note": tool_button("note", look, self.tr("Write the sentence (F2)"), self.edit_current),
            "same-claim": tool_button("same-claim", look, self.tr("Same as another claim…"), self.ask_same),
            "delete": tool_button("delete", look, self.tr("Delete the claim"), self.delete_current),
        }
        top = QHBoxLayout()
        top.setContentsMargins(8, 6, 8, 6)
        top.setSpacing(4)
        top.addWidget(self.filter, 1)
        for button in self.buttons.values():
            top.addWidget(button)
        words = self.tr("No claims yet. One is made when a denial is linked to what it denies.")
        self.empty = Empty(words)
        self.empty.add_button(self.tr("New claim"), self.add)
        self.no_match = Empty(self.tr("No claim matches the filter."))
        self.no_match.add_button(self.tr("Show all"), self.filter.clear)
        self.stack = QStackedWidget()
        for page in (self.tree, self.empty, self.no_match):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.stack, 1)

    def rethemed(self) -> None:
        for name, button in self.buttons.items():
            button.setIcon(icons.icon(name, self.look))

    def refresh(self) -> None:
        self._pause.stop()
        is_editing = self.tree.state() == QAbstractItemView.State.EditingState
        if is_editing:
            self._pause.start()
            return
        current = self._current_ids()
        opened = self._opened()
        scroll = self.tree.verticalScrollBar().value()
        self.model.reread()
        self._restore(current, opened)
        self.tree.verticalScrollBar().setValue(scroll)
        if len(self.model.pages):
            self.stack.setCurrentWidget(self.tree)
        else:
            self.stack.setCurrentWidget(self.no_match if self.filter.text().strip() else self.empty)

    def current(self) -> ClaimRow | None:
        """The claim the tree stands on, or whose mention it stands on."""
        index = self.tree.currentIndex()
        return self.model.claim_at(index.parent() if index.parent().isValid() else index)

    def current_mention(self) -> MentionRow | None:
        """The mention the tree stands on."""
        return self.model.mention_at(self.tree.currentIndex())

    def stand_on(self, claim: str) -> bool:
        """Make a claim the current row; False where it is not near."""
        place = self.model.pages.near(claim, 0)
        if place is None:
            return False
        self.tree.setCurrentIndex(self.model.index(place, 0))
        return True

    def add(self) -> None:
        """A new claim, with its sentence to be written at once."""
        self.filter.clear()
        sentence = self.tr("New claim")
        made = self.guarded(lambda: edits.add_proposition(self.store, sentence, in_no_article=True))
        if made is not None:
            self.refresh()
            last = len(self.model.pages) - 1
            self.tree.setCurrentIndex(self.model.index(last, 0))
            self.edit_current()

    def edit_current(self) -> None:
        """Write the sentence of the current claim in place."""
        claim = self.current()
        if claim is not None and self.stand_on(claim.id):
            self.tree.setFocus()
            self.tree.edit(self.tree.currentIndex())

    def open_current(self, by_mouse: bool = False) -> None:
        """Go to the mark of a mention; open or close a claim (a mouse has done that already)."""
        mention = self.current_mention()
        if mention is not None:
            self.session.leave_here()
            self.guarded(lambda: self.session.hold(MarkId(mention.mention.mark)))
        elif not by_mouse:
            index = self.tree.currentIndex().siblingAtColumn(0)
            self.tree.setExpanded(index, not self.tree.isExpanded(index))

    def delete_current(self) -> None:
        """Take a mark out of its claim, or delete a claim; its marks stay."""
        mention, claim = self.current_mention(), self.current()
        if mention is not None:
            self.guarded(lambda: edits.delete_mention(self.store, MentionId(mention.mention.id)))
        elif claim is not None:
            self.guarded(lambda: edits.delete_proposition(self.store, claim.id))

    def ask_same(self) -> None:
        """Ask which claim the current one is the same as."""
        claim = self.current()
        if claim is None:
            return

        def others(text: str) -> Sequence[Found]:
            return [one for one in lists.claims(self.store, text=text, limit=20) if one.id != claim.id]

        title = self.tr("“{claim}” is the same as…").format(claim=claim.text)
        search = TargetSearch(
            self.look, self.window(), search=others, recent=others(""), may_type=False, title=title
        )
        search.taken.connect(lambda end: self._merge(end, claim.id))
        button = self.buttons["same-claim"]
        self.search = search
        search.open_at(QRect(button.mapTo(self.window(), button.rect().topLeft()), button.size()))

    def _merge(self, into: Ref, other: PropositionId) -> None:
        kept = PropositionId(into.id)
        before = self.store.next_undo()
        self.guarded(lambda: edits.merge_propositions(self.store, kept, other))
        if self.store.next_undo() != before:
            text = read.by_id(self.store, Proposition, kept).text
            self.notice.emit(self.tr("Both are “{claim}” now — undo parts them again.").format(claim=text))
            self.stand_on(kept)

    def _rename(self, claim: str, sentence: str) -> None:
        self.guarded(lambda: edits.edit_proposition(self.store, PropositionId(claim), text=sentence))

    def _current_ids(self) -> tuple[str, str]:
        claim, mention = self.current(), self.current_mention()
        return (claim.id if claim else "", mention.mention.id if mention else "")

    def _opened(self) -> set[str]:
        opened: set[str] = set()
        for place in range(min(len(self.model.pages), PAGE)):
            row = self.model.pages.row(place)
            if row is not None and self.tree.isExpanded(self.model.index(place, 0)):
                opened.add(row.id)
        return opened

    def _restore(self, current: tuple[str, str], opened: set[str]) -> None:
        for claim in opened:
            place = self.model.pages.near(claim, 0)
            if place is not None:
                self.tree.setExpanded(self.model.index(place, 0), True)
        place = self.model.pages.near(current[0], 0) if current[0] else None
        if place is None:
            return
        index = self.model.index(place, 0)
        for row in range(self.model.rowCount(index)) if current[1] else ():
            child = self.model.index(row, 0, index)
            found = self.model.mention_at(child)
            if found is not None and found.mention.id == current[1]:
                index = child
        self.tree.setCurrentIndex(index)

    def _fetch(self, limit: int, offset: int) -> list[ClaimRow]:
        return lists.claims(self.store, text=self.filter.text().strip(), limit=limit, offset=offset)

    def _count(self) -> int:
        text = self.filter.text().strip()
        if not text:
            return read.count(self.store, Proposition)
        return len(lists.claims(self.store, text=text, limit=COUNTED))

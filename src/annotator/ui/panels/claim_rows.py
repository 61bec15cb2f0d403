"""The rows of the claims panel: claim nodes with their mentions below them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal

from annotator.domain.handles import handle
from annotator.domain.ids import MentionId, PropositionId
from annotator.domain.model import Mention
from annotator.domain.scheme import done_by
from annotator.domain.sentences import as_quote
from annotator.store import lists, read
from annotator.store.lists import ClaimRow, MarkRow, Places
from annotator.store.store import Store
from annotator.ui.panels.pages import FIRST, PAGE, PagedModel, Pages
from annotator.ui.panels.parts import wrapped
from annotator.ui.panels.two_levels import TOP, Index, TwoLevels
from annotator.ui.panels.words import stance_name

GROWTH = 100
"""How many claims more are shown when the end of the tree comes into sight."""
COUNTED = 20
"""Claims that are read together: about as many as are in sight, for each takes all that is said on it."""

ROLES = PagedModel.ROLES | {Qt.ItemDataRole.EditRole.value, Qt.ItemDataRole.TextAlignmentRole.value}
_READ = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_WRITTEN = _READ | Qt.ItemFlag.ItemIsEditable


class MentionRow:
    """A mark below a claim: what it does, its words, who says them, where."""

    def __init__(self, mention: Mention, row: MarkRow | None) -> None:
        self.mention = mention
        self.does = done_by(row.label, mention.stance) if row else mention.stance
        self.handle = handle("mark", row.number) if row else ""
        self.quote = row.quote if row else ""
        self.source = (row.source if row else None) or ""
        self.article = (row.article_title if row else None) or ""


class ClaimsModel(TwoLevels):
    """Claims a page at a time; of the mentions of one that is opened, those that are looked at.

    A tree asks for the index of every row it may show, so it is told of more only as it is scrolled.
    """

    edited = Signal(str, str)
    """A claim and the sentence typed for it."""

    COLUMNS = 6

    def __init__(self, store: Store, pages: Pages[ClaimRow]) -> None:
        super().__init__()
        self._store = store
        self.pages = pages
        pages.setParent(self)
        pages.found.connect(self._take)
        self._shown = 0
        self._is_stale = False
        self._mentioned: frozenset[int] = frozenset()
        """The places of those of the first claims that have mentions."""
        self._mentions: dict[PropositionId, list[MentionId]] = {}
        self._mention_rows: dict[MentionId, MentionRow] = {}

    def reread(self) -> None:
        """Read all that is shown anew."""
        self._is_stale = True
        self.pages.reread()

    def _take(self, order: Places, is_same: bool) -> None:
        before = self.pages.order
        if is_same and before and order[: len(before)] == before and not self._is_stale:
            self.pages.lengthen(order)
            return
        self.beginResetModel()
        self._is_stale = False
        self._mentions.clear()
        self._mention_rows.clear()
        self.pages.take(order)
        self._shown = min(len(order), max(FIRST, self._shown if is_same else 0))
        self._mentioned = lists.mentioned(self._store, order[:FIRST])
        self.endResetModel()

    def show_more(self) -> bool:
        """Show some that follow the last one shown; False where there are none.

        Not `fetchMore`: a tree asks for that whenever it lays itself out, and would grow each time.
        """
        before = self._shown
        self.show_to(before + GROWTH)
        return self._shown > before

    def show_to(self, count: int) -> None:
        """Show at least so many claims, if there are."""
        last = min(count, len(self.pages)) - 1
        if last >= self._shown:
            self.beginInsertRows(QModelIndex(), self._shown, last)
            self._shown = last + 1
            self.endInsertRows()

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        """A tree asks this of all its claims, so none is read for it; of many it is not known."""
        if not parent.isValid():
            return self._shown > 0
        if parent.internalId() != TOP or parent.column() > 0:
            return False
        return self._shown > FIRST or self.pages.order[parent.row()] in self._mentioned

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return self._shown
        if parent.internalId() != TOP or parent.column() > 0:
            return 0
        row = self.pages.row(parent.row())
        return row.mentions if row else 0

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and section > 1:
            return Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and section > 1 and orientation is Qt.Orientation.Horizontal:
            return wrapped(
                self.tr(
                    "The marks that do so, themselves or through a link. Those that do it themselves,"
                    " and those that are silent on it, stand below the claim. The dispute map counts voices."
                )
            )
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
        if role not in ROLES or not index.isValid():
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
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _WRITTEN if index.internalId() == TOP and index.column() == 0 else _READ

    def claim_at(self, index: Index) -> ClaimRow | None:
        """The claim an index stands for; None for a mention."""
        if not index.isValid() or index.internalId() != TOP:
            return None
        return self.pages.row(index.row())

    def claim_over(self, index: Index) -> ClaimRow | None:
        """The claim an index stands for, or under which its mention is."""
        return self.claim_at(index.parent() if index.parent().isValid() else index)

    def mention_at(self, index: Index) -> MentionRow | None:
        """The mention an index stands for; None for a claim."""
        if not index.isValid() or index.internalId() == TOP:
            return None
        claim = self.pages.row(index.internalId() - 1)
        if claim is None:
            return None
        if claim.id not in self._mentions:
            self._mentions[claim.id] = lists.mention_ids(self._store, claim.id)
        mentions = self._mentions[claim.id]
        return self._mention_row(mentions, index.row()) if index.row() < len(mentions) else None

    def _mention_row(self, mentions: Sequence[MentionId], number: int) -> MentionRow | None:
        """The row of a mention, read with those around it; None where it is gone meanwhile."""
        if mentions[number] not in self._mention_rows:
            first = number // PAGE * PAGE
            some = read.by_ids(self._store, Mention, mentions[first : first + PAGE])
            rows = lists.marks_of(self._store, [one.mark for one in some])
            self._mention_rows.update((one.id, MentionRow(one, rows.get(one.mark))) for one in some)
        return self._mention_rows.get(mentions[number])


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
    words = f"{row.source or '?'} {stance_name(row.does)}: {as_quote(row.quote)}"
    if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
        return words
    if role == Qt.ItemDataRole.ToolTipRole:
        return "\n".join(part for part in (words, row.article) if part)
    return None

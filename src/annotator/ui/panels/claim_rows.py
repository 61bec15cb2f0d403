"""The rows of the claims panel: claim nodes with the marks below them that do something to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Signal

from annotator.domain.handles import handle
from annotator.domain.ids import PropositionId
from annotator.domain.model import Mention
from annotator.domain.sentences import as_quote
from annotator.store import lists, read
from annotator.store.lists import ClaimRow, MarkRow, Places, Said
from annotator.store.store import Store
from annotator.ui.panels.pages import FIRST, NUMBER, PAGE, PagedModel, Pages
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


class SaidRow:
    """A mark below a claim: what it does, its words, who says them, where.

    mention: the one by which it does so; None where it does so by a link alone.
    """

    def __init__(self, said: Said, mention: Mention | None, row: MarkRow | None) -> None:
        self.mark = said.mark
        self.mention = mention
        self.does = said.stance
        self.handle = handle("mark", row.number) if row else ""
        self.quote = row.quote if row else ""
        self.source = (row.source if row else None) or ""
        self.article = (row.article_title if row else None) or ""


class ClaimsModel(TwoLevels):
    """Claims a page at a time; of the marks below one that is opened, those that are looked at.

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
        self._said: dict[PropositionId, list[Said]] = {}
        self._said_rows: dict[Said, SaidRow] = {}

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
        self._said.clear()
        self._said_rows.clear()
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
        return row.mentions + row.by_link if row else 0

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and section > 1:
            return NUMBER
        if role == Qt.ItemDataRole.ToolTipRole and section > 1 and orientation is Qt.Orientation.Horizontal:
            return wrapped(
                self.tr(
                    "The marks that do so, themselves or through a link. They stand below the claim, after"
                    " them those that are silent on it. The dispute map counts voices."
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
        found = self.said_at(index)
        return _said_cell(found, index.column(), role) if found else None

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
        """The claim an index stands for; None for a mark."""
        if not index.isValid() or index.internalId() != TOP:
            return None
        return self.pages.row(index.row())

    def claim_over(self, index: Index) -> ClaimRow | None:
        """The claim an index stands for, or under which its mark is."""
        return self.claim_at(index.parent() if index.parent().isValid() else index)

    def said_at(self, index: Index) -> SaidRow | None:
        """The mark an index stands for; None for a claim."""
        if not index.isValid() or index.internalId() == TOP:
            return None
        claim = self.pages.row(index.internalId() - 1)
        if claim is None:
            return None
        if claim.id not in self._said:
            self._said[claim.id] = lists.said_on(self._store, claim.id)
        said = self._said[claim.id]
        return self._said_row(said, index.row()) if index.row() < len(said) else None

    def _said_row(self, said: Sequence[Said], number: int) -> SaidRow:
        """The row of a mark, read with those around it."""
        if said[number] not in self._said_rows:
            first = number // PAGE * PAGE
            some = said[first : first + PAGE]
            ids = [one.mention for one in some if one.mention is not None]
            mentions = {one.id: one for one in read.by_ids(self._store, Mention, ids)}
            rows = lists.marks_of(self._store, [one.mark for one in some])
            for one in some:
                mention = mentions.get(one.mention) if one.mention is not None else None
                self._said_rows[one] = SaidRow(one, mention, rows.get(one.mark))
        return self._said_rows[said[number]]


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
        return NUMBER
    return None


def _said_cell(row: SaidRow, column: int, role: int) -> Any:
    if column == 1 and role == Qt.ItemDataRole.DisplayRole:
        return row.handle
    if column:
        return None
    words = f"{row.source or '?'} {stance_name(row.does)}: {as_quote(row.quote)}"
    if row.mention is None:
        words += " · " + QCoreApplication.translate("ClaimsModel", "by its link")
    if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
        return words
    if role == Qt.ItemDataRole.ToolTipRole:
        return "\n".join(part for part in (words, row.article) if part)
    return None

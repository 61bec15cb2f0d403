"""The loose ends that were found, below their rules: read by the page, only so far as they are asked for."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFont

from annotator.domain.checks import FIXES
from annotator.store.loose_ends import OpenEnd, Stop, count_left, counts, left_open, numbers_of, open_ends_of
from annotator.store.store import Store
from annotator.ui.panels.two_levels import TOP, Index, TwoLevels

PAGE = 10
"""Rows that are read together, about as many as are in sight."""
LISTED = 200
"""How many rows a rule has at first, and how many more each time they are asked for."""
SOUGHT = 2_000
"""Among so many of a rule one is looked for that is not in sight."""
LEFT = "left_open"
"""Stands for a rule: what was left open on purpose."""
_PLACES = {rule: place for place, rule in enumerate(FIXES)}


class Group:
    """The loose ends of one rule; `listed` of its `count` have rows, and one more row asks for others."""

    def __init__(self, store: Store, rule: str, count: int, *, quiet: bool, room: int = LISTED) -> None:
        self.rule = rule
        self.count = count
        self.listed = min(room, count)
        self._store = store
        self._quiet = quiet
        self._pages: dict[int, list[OpenEnd]] = {}

    @property
    def rows(self) -> int:
        return self.listed + (self.listed < self.count)

    def end(self, row: int) -> OpenEnd | None:
        """The loose end of a row; None where it went meanwhile."""
        page, place = divmod(row, PAGE)
        if page not in self._pages:
            self._pages[page] = self._read(page)
        rows = self._pages[page]
        return rows[place] if place < len(rows) else None

    def _read(self, page: int) -> list[OpenEnd]:
        return open_ends_of(self._store, self.rule, quiet=self._quiet, limit=PAGE, offset=page * PAGE)

    def near(self, end: OpenEnd, row: int) -> int | None:
        """The row of a loose end about the same thing, in the pages read or in the one around a row."""
        if 0 <= row < self.listed:
            self.end(row)
        for page, rows in self._pages.items():
            for place, one in enumerate(rows):
                if one.end.target == end.end.target:
                    return page * PAGE + place
        return None

    def forget(self) -> list[int]:
        """Read rows anew when they are looked at; returns the pages that were read."""
        pages = sorted(self._pages)
        self._pages.clear()
        return pages


class LeftGroup(Group):
    """What was left open on purpose, the last one first."""

    def _read(self, page: int) -> list[OpenEnd]:
        return left_open(self._store, limit=PAGE, offset=page * PAGE)


class LooseEndsModel(TwoLevels):
    """Rules, and below each its loose ends; `reread` takes over what was found meanwhile."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._is_quiet_shown = False
        self.groups: list[Group] = []

    def reread(self, *, quiet: bool, left: bool = False) -> None:
        """Show what is kept now; `quiet`: also of articles still read, `left`: also what was left open."""
        found = counts(self._store)
        shown = found[False].keys() | (found[True].keys() if quiet else ())
        rules = sorted(shown, key=lambda rule: (_PLACES.get(rule, len(_PLACES)), rule))
        totals = {rule: found[False].get(rule, 0) + quiet * found[True].get(rule, 0) for rule in rules}
        if left and (count := count_left(self._store)):
            totals[LEFT] = count
        if quiet == self._is_quiet_shown and totals == {one.rule: one.count for one in self.groups}:
            self._read_again()
            return
        room = {one.rule: max(one.listed, LISTED) for one in self.groups}
        self.beginResetModel()
        self._is_quiet_shown = quiet
        self.groups = [
            (LeftGroup if rule == LEFT else Group)(
                self._store, rule, count, quiet=quiet, room=room.get(rule, LISTED)
            )
            for rule, count in totals.items()
        ]
        self.endResetModel()

    def _read_again(self) -> None:
        for place, group in enumerate(self.groups):
            parent = self.index(place, 0)
            for page in group.forget():
                last = min((page + 1) * PAGE, group.rows) - 1
                self.dataChanged.emit(self.index(page * PAGE, 0, parent), self.index(last, 0, parent))

    def list_more(self, index: Index) -> bool:
        """Give rows to more loose ends of a rule, if an index is the one that asks for them."""
        if not self._is_more(index):
            return False
        group, parent = self.groups[index.internalId() - 1], self.index(index.internalId() - 1, 0)
        listed = min(group.listed + LISTED, group.count)
        new = listed - group.listed - (listed == group.count)  # the row that asked goes when all have come
        if new:
            self.beginInsertRows(parent, group.listed, group.listed + new - 1)
        group.listed = listed
        if new:
            self.endInsertRows()
        last = self.index(group.rows - 1, 0, parent)
        self.dataChanged.emit(last, last)
        return True

    def _is_more(self, index: Index) -> bool:
        if not index.isValid() or index.internalId() == TOP:
            return False
        return index.row() == self.groups[index.internalId() - 1].listed

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self.groups)
        return self.groups[parent.row()].rows if parent.internalId() == TOP else 0

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(index)
        if role == Qt.ItemDataRole.ToolTipRole and (end := self.end_at(index)) is not None:
            return end.sentence
        if role == Qt.ItemDataRole.FontRole and index.internalId() == TOP:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None

    def _words(self, index: Index) -> str:
        if index.internalId() == TOP:
            return self._title(self.groups[index.row()])
        if self._is_more(index):
            group = self.groups[index.internalId() - 1]
            return self.tr("… and {count} more").format(count=f"{group.count - group.listed:,}")
        end = self.end_at(index)
        return end.sentence if end else ""

    def end_at(self, index: Index) -> OpenEnd | None:
        """The loose end an index stands for; None for a rule and where others can be asked for."""
        if not index.isValid() or index.internalId() == TOP or self._is_more(index):
            return None
        return self.groups[index.internalId() - 1].end(index.row())

    def is_left(self, index: Index) -> bool:
        """Whether an index stands for a loose end that was left open on purpose."""
        parent = index.parent()
        return parent.isValid() and self.groups[parent.row()].rule == LEFT and self.end_at(index) is not None

    def index_of(self, end: OpenEnd, near: int) -> QModelIndex:
        """Where a loose end about the same thing stands, in memory or about `near`; else an invalid index."""
        for place, group in enumerate(self.groups):
            if group.rule == end.end.rule:
                row = group.near(end, near)
                if row is not None and row < group.listed:
                    return self.index(row, 0, self.index(place, 0))
        return QModelIndex()

    def find(self, stop: Stop) -> QModelIndex:
        """Where a loose end stands that is not quiet: given a row, unless very many are before it.

        Then the row that asks for more; an invalid index where its rule has no rows.
        """
        for place, group in enumerate(self.groups):
            if group.rule == stop.row.end.rule:
                parent = self.index(place, 0)
                numbers = numbers_of(self._store, group.rule, SOUGHT)
                row = numbers.index(stop.number) if stop.number in numbers else group.count
                while row >= group.listed and row < group.count:
                    self.list_more(self.index(group.listed, 0, parent))
                return self.index(min(row, group.rows - 1), 0, parent)
        return QModelIndex()

    def _title(self, group: Group) -> str:
        return f"{self._rule_name(group.rule)} ({group.count:,})"

    def _rule_name(self, rule: str) -> str:
        names = {
            LEFT: self.tr("Left open on purpose"),
            "denial_without_target": self.tr("Denies what?"),
            "denies_without_denial": self.tr("Link says denial, label does not"),
            "evidence_without_link": self.tr("Evidence for or against what?"),
            "no_comment_without_target": self.tr("Silent on what?"),
            "mark_without_source": self.tr("Who says it?"),
            "unclear_attribution": self.tr("Unclear who says it"),
            "unclear_target": self.tr("Unclear what it answers"),
            "anaphoric_without_claim": self.tr("Speaks to which claim?"),
            "on_both_sides": self.tr("On both sides of a claim"),
            "date_not_normalised": self.tr("Which date?"),
            "date_none": self.tr("Dates that are none"),
            "half_a_pair": self.tr("Half a pair of quotation marks or brackets"),
            "quote_kind_otherwise": self.tr("Direct or not?"),
            "question_open": self.tr("Open questions"),
            "older_definition": self.tr("Made under an older definition"),
            "not_in_newer_version": self.tr("Not in the newer version"),
            "undefined_label": self.tr("Labels the scheme does not know"),
            "undefined_attribute": self.tr("Values the scheme does not know"),
            "undefined_link_kind": self.tr("Kinds of links the scheme does not know"),
            "corroborates_same_owner": self.tr("No independent support"),
            "relates_to_without_note": self.tr("Relates how?"),
            "attack_on_nobody_heard": self.tr("Attacks on sources that say nothing"),
            "article_without_outlet": self.tr("Which outlet?"),
            "claim_without_sentence": self.tr("Claims without a sentence of their own"),
            "claims_alike": self.tr("Claims that look alike"),
            "disputed_without_ground": self.tr("Disputed without evidence"),
            "circular_voices": self.tr("Voices that have it from one another"),
            "source_cycle": self.tr("Sources in a circle"),
            "anonymous_without_ground": self.tr("Why anonymous?"),
            "speaks_for_whom": self.tr("Speaks for whom?"),
            "sources_alike": self.tr("Sources that look alike"),
        }
        return names.get(rule, rule.replace("_", " "))

"""The claims nearest to a mark: one digit joins, other words find others or make a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.handles import handle
from annotator.domain.sentences import filled
from annotator.store.claim_memory import NearClaim
from annotator.ui.dialogs.choices import Entry
from annotator.ui.dialogs.search_popup import SearchPopup
from annotator.ui.theme import Theme

DIGITS = 9
_NEW = "Shift+Enter"
_NARROW, _WIDE = 360, 680
"""How many pixels the list is wide at least and at most, by the room there is."""


class ClaimPicker(SearchPopup):
    """Offers claims: the nearest ones while nothing is typed, found ones afterwards.

    1 to 9 take the n-th; Enter takes the chosen one; Shift+Enter makes a new claim of
    the words typed, or of those of the mark where none are.

    near: the nearest claims known so far; search: those that hold the words typed.
    """

    taken = Signal(str)
    """The id of the claim."""
    named = Signal(str)
    """The sentence of a new claim; empty for the words of the mark."""

    def __init__(
        self,
        look: Theme,
        parent: QWidget,
        *,
        near: Callable[[], Sequence[NearClaim]],
        search: Callable[[str], Sequence[NearClaim]],
    ) -> None:
        super().__init__(look, parent, self.tr("Which claim is this?"))
        self._nearest = near
        self._search = search
        self.field.setPlaceholderText(self.tr("Which claim is this? Type its words, or a new sentence"))
        self.list.setMinimumWidth(max(_NARROW, min(_WIDE, parent.width() - _NARROW // 4)))

    def entries_for(self, words: str) -> list[Entry]:
        self.hint.setText(self.tr("Enter joins · Shift+Enter makes a new claim of these words"))
        if not words:
            rows = self._nearest()
            self.hint.setText(self.tr("1–9 join · type to find, or a new sentence") if rows else "")
            entries = [self._entry(row, str(place)) for place, row in enumerate(rows[:DIGITS], 1)]
            return [*entries, Entry(self.tr("New claim with the words of the mark"), None, right=_NEW)]
        entries = [self._entry(row) for row in self._search(words)]
        name = filled(self.tr("New claim “{sentence}”"), {"sentence": words})
        return [*entries, Entry(name, None, right=_NEW)]

    def take(self, entry: Entry) -> None:
        """Take a claim, or the words typed as a new one, and go."""
        with self.leaving():
            if isinstance(entry.value, str):
                self.taken.emit(entry.value)
            else:
                self.named.emit(self.words)

    def take_other(self, event: QKeyEvent) -> bool:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not is_enter or not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return False
        self.take(Entry(self.words))
        return True

    def _entry(self, row: NearClaim, key: str = "") -> Entry:
        parts = []
        if row.said == 1:
            parts.append(self.tr("said once"))
        elif row.said:
            parts.append(self.tr("said {count} times").format(count=row.said))
        if row.deniers == 1:
            parts.append(self.tr("denied by 1 owner"))
        elif row.deniers:
            parts.append(self.tr("denied by {count} owners").format(count=row.deniers))
        if row.first:
            parts.append(self.tr("first {date}").format(date=row.first))
        return Entry(row.text, row.id, handle("proposition", row.number), key, right=", ".join(parts))

"""Find the other end of a link by words, over all articles and claims."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.handles import handle
from annotator.domain.model import Ref
from annotator.domain.naming import is_name
from annotator.domain.sentences import filled
from annotator.store.lists import ClaimRow, MarkRow, SourceRow
from annotator.store.lists.exhibits import ExhibitRow
from annotator.store.store import Store
from annotator.ui.dialogs.choices import Entry
from annotator.ui.dialogs.lookup import LookupPopup
from annotator.ui.theme import Theme

_Modifier = Qt.KeyboardModifier
Found = MarkRow | ClaimRow | SourceRow | ExhibitRow
DIGITS = 9


def end_of(row: Found) -> str:
    """What the scheme calls a mark, a claim, a source or an exhibit."""
    if isinstance(row, MarkRow):
        return row.label
    if isinstance(row, ExhibitRow):
        return "exhibit"
    return "proposition" if isinstance(row, ClaimRow) else "source"


class TargetSearch(LookupPopup[Found]):
    """Words find marks, claim nodes, sources and exhibits; Enter takes the top one that was found.

    Something new is made of the words by keys of its own, or where its line was chosen: a word
    that is not found may be mistyped.

    A digit takes the n-th where no word goes on: in an empty line or after a blank,
    so that “MH17” can be typed. With Alt it takes the n-th anywhere. A slash before the
    words, which opens the search from the text, is none of them.

    search: what of a project fits the words, best first; recent: what to offer before any are typed.
    refuse: why a result cannot be the end of this link, or nothing. Typed words that
    should become a claim or a source of their own come as `typed`; `may_type` says which of these they may.
    """

    taken = Signal(object)
    """A Ref to a mark, a proposition, a source or an exhibit."""
    typed = Signal(str, str)
    """"proposition" or "source", and the sentence or the name of the new one."""

    def __init__(
        self,
        look: Theme,
        parent: QWidget,
        *,
        store: Store,
        search: Callable[[Store, str], Sequence[Found]],
        recent: Sequence[Found] = (),
        refuse: Callable[[Found], str] = lambda found: "",
        may_type: Collection[str] = (),
        title: str = "",
    ) -> None:
        super().__init__(look, parent, title or self.tr("Other end of the link"), store, search)
        self._recent = list(recent)
        self._refuse = refuse
        self._may_type = may_type
        self.field.setPlaceholderText(title or self.tr("Words of a mark or claim"))
        self.list.setMinimumWidth(480)

    def found_entries(self, words: str) -> list[Entry]:
        rows = self.found if words else self._recent
        return [self._entry(row, str(place) if place <= DIGITS else "") for place, row in enumerate(rows, 1)]

    def new_entries(self, words: str) -> list[Entry]:
        entries = []
        if words and "proposition" in self._may_type:
            name = filled(self.tr("New claim “{sentence}”"), {"sentence": words})
            entries.append(Entry(name, "proposition", right=self.tr("Shift+Enter")))
        if words and "source" in self._may_type:
            name = filled(self.tr("New source “{name}”"), {"name": words})
            entries.append(Entry(name, "source", right=self.tr("Ctrl+Enter")))
        return entries[::-1] if is_name(words) else entries

    def first_row(self, words: str) -> int | None:
        return next((place for place, row in enumerate(self.found) if not self._refuse(row)), None)

    def entries_for(self, words: str) -> list[Entry]:
        if words and not self.found:
            self.hint.setText(self._nothing())
        elif words:
            self.hint.setText(self.tr("Enter takes the first · space, then 1–9 take the n-th"))
        elif self._recent:
            self.hint.setText(self.tr("1–9 take · type words of the other end"))
        else:
            self.hint.setText(self.tr("Type words of the other end"))
        return super().entries_for(words)

    def _nothing(self) -> str:
        """That nothing was found, and what the words can be made."""
        ways = {
            "proposition": self.tr("Shift+Enter makes a claim"),
            "source": self.tr("Ctrl+Enter makes a source"),
        }
        may = [way for table, way in ways.items() if table in self._may_type]
        return " · ".join([self.tr("Nothing found"), *may])

    @property
    def words(self) -> str:
        return super().words.removeprefix("/").lstrip()

    def take(self, entry: Entry) -> None:
        """Take a result, or the words typed as a new claim or source, and go."""
        with self.leaving():
            if isinstance(entry.value, Ref):
                self.taken.emit(entry.value)
            else:
                self.typed.emit(entry.value, self.words)

    def take_other(self, event: QKeyEvent) -> bool:
        new = {_Modifier.ShiftModifier: "proposition", _Modifier.ControlModifier: "source"}
        table = new.get(event.modifiers() & ~_Modifier.KeypadModifier)
        if table is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.words and table in self._may_type:
                self.take(Entry(self.words, table))
            return True
        if self._takes_nth(event):
            is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            return self.list.take(self.list.with_key(str(event.key() - Qt.Key.Key_0))) or is_alt
        return False

    def asks_list(self, event: QKeyEvent) -> bool:
        return super().asks_list(event) or self._takes_nth(event)

    def _takes_nth(self, event: QKeyEvent) -> bool:
        """Whether a key is a digit that takes the n-th and not one more character of a word."""
        digit = event.key() - Qt.Key.Key_0
        if not 1 <= digit <= DIGITS:
            return False
        text = self.field.text()[: self.field.cursorPosition()]
        is_apart = event.text() == str(digit) and (not text or text.endswith(" "))
        return is_apart or bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)

    def _entry(self, row: Found, key: str) -> Entry:
        why = self._refuse(row)
        if isinstance(row, MarkRow):
            about = " · ".join(part for part in (row.source, row.article_title) if part)
            right = handle("mark", row.number)
            return Entry(row.quote, Ref("mark", row.id), about, key, row.label, right, why)
        if isinstance(row, SourceRow):
            about = ", ".join(part for part in (row.role, row.affiliation) if part)
            return Entry(row.name, Ref("source", row.id), about, key, "", handle("source", row.number), why)
        if isinstance(row, ExhibitRow):
            about = row.captured or row.url if row.title else row.captured
            right = self.tr("exhibit")
            return Entry(row.title or row.url, Ref("exhibit", row.id), about, key, "", right, why)
        counts = self.tr("{support} assert, {deny} deny").format(support=row.support, deny=row.deny)
        right = handle("proposition", row.number)
        return Entry(row.text, Ref("proposition", row.id), counts, key, "", right, why)

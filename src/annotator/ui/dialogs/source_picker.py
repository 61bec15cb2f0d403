"""Who says it: a source by digit, by a few letters of its name, or a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.scheme import Scheme
from annotator.domain.sentences import filled
from annotator.store.lists import SourceRow
from annotator.ui.dialogs.choices import Entry
from annotator.ui.dialogs.search_popup import SearchPopup
from annotator.ui.panels.words import kind_name, plain
from annotator.ui.theme import Theme

DIGITS = 9


class _New(NamedTuple):
    """A source that would be made."""

    name: str


class SourcePicker(SearchPopup):
    """Offers sources: those given while nothing is typed, found ones afterwards.

    A name among `entries`, and what `names` finds in the text for the words typed, stands
    for a source that would be made of it.

    1 to 9 take the n-th; Enter takes the chosen one, or the last source used where
    nothing is typed and chosen; Shift+Enter makes a new source of the words typed.
    With Ctrl the same is done and a relay is wanted after it.
    """

    taken = Signal(str)
    """The id of the source."""
    created = Signal(str)
    """The name of a source to be made."""
    relay_wanted = Signal()
    """Comes after `taken` or `created`: ask for a relay next."""

    def __init__(
        self,
        look: Theme,
        parent: QWidget,
        *,
        scheme: Scheme,
        entries: Sequence[SourceRow | str],
        search: Callable[[str], Sequence[SourceRow]],
        names: Callable[[str], Sequence[str]] = lambda typed: (),
        last: SourceRow | None = None,
        title: str = "",
        may_create: bool = True,
    ) -> None:
        super().__init__(look, parent, title or self.tr("Source"))
        self._scheme = scheme
        self._offered = list(entries)
        self._search = search
        self._names = names
        self._last = last
        self._may_create = may_create
        self._wants_relay = False
        asked = title or self.tr("Who says it?")
        if last is not None:
            asked = self.tr("{question} Enter = {name}").format(question=asked, name=last.name)
        self.field.setPlaceholderText(asked)

    def entries_for(self, words: str) -> list[Entry]:
        if not words:
            self.hint.setText(self.tr("1–9 take · type to find") if self._offered else self.tr("Type a name"))
            return [
                self._entry(row, str(place) if place <= DIGITS else "")
                for place, row in enumerate(self._offered, start=1)
            ]
        known = self._search(words)
        taken = {plain(row.name) for row in known}
        named = [name for name in self._names(words) if plain(name) not in taken]
        offered: list[SourceRow | str] = [*known, *named]
        found = sorted(offered, key=lambda row: _rank(_name(row), words))
        entries = [self._entry(row) for row in found]
        if self._may_create and not any(plain(_name(row)) == plain(words) for row in found):
            name = filled(self.tr("New source “{name}”"), {"name": words})
            entries.append(Entry(name, _New(words), right=self.tr("Shift+Enter")))
        if self._may_create:
            self.hint.setText(self.tr("Enter takes · Ctrl+Enter takes and adds who passed it on"))
        else:
            self.hint.setText(self.tr("Enter takes"))
        return entries

    def take(self, entry: Entry) -> None:
        """Take a source, or make one of the words typed, and go."""
        with self.leaving():
            if isinstance(entry.value, _New):
                self.created.emit(entry.value.name)
            else:
                self.taken.emit(entry.value)
            if self._wants_relay:
                self.relay_wanted.emit()

    def take_empty(self) -> None:
        if self._last is not None:
            self.take(self._entry(self._last))

    def take_other(self, event: QKeyEvent) -> bool:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        has_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if not has_shift and not has_control:
            return False
        self._wants_relay = has_control
        chosen = self.list.current()
        if has_shift and self.words and self._may_create:
            self.take(Entry(self.words, _New(self.words)))
        elif chosen is not None:
            self.take(chosen)
        elif self._last is not None and not self.words:
            self.take(self._entry(self._last))
        return True

    def _entry(self, row: SourceRow | str, key: str = "") -> Entry:
        if isinstance(row, str):
            return Entry(row, _New(row), self.tr("new source"), key)
        about = [row.role or "", row.affiliation or ""]
        if not any(about) and row.kind != "person":
            about = [kind_name(self._scheme, row.kind)]
        detail = ", ".join(part for part in about if part)
        return Entry(row.name, row.id, detail, key, right=f"{row.marks:,} ◆" if row.marks else "")


def _name(row: SourceRow | str) -> str:
    return row if isinstance(row, str) else row.name


def _rank(name: str, words: str) -> int:
    """Names equal to what was typed first, then but for “the”, then those that begin so, then with a word."""
    folded, wanted = plain(name), plain(words)
    if folded == wanted:
        return 0
    if folded.removeprefix("the ") == wanted.removeprefix("the "):
        return 1
    if folded.startswith(wanted):
        return 2
    return 3 if f" {wanted}" in folded else 4

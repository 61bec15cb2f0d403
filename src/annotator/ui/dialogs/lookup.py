"""A popup whose entries are looked up in a thread: typing never waits, no key means what is not shown yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.errors import UserError
from annotator.store.store import Store
from annotator.ui.dialogs.choices import Entry
from annotator.ui.dialogs.search_popup import SearchPopup
from annotator.ui.panels.later import PageReader
from annotator.ui.panels.parts import breakable
from annotator.ui.theme import Theme

R = TypeVar("R")
_OF_THE_LIST = tuple(
    Qt.Key[f"Key_{name}"] for name in ("Return", "Enter", "Up", "Down", "PageUp", "PageDown")
)


class LookupPopup(SearchPopup, Generic[R]):
    """Entries for the words typed, as soon as they are found; until then those found before stay.

    Entries that stand for the words themselves, below them, always have the words typed.
    Keys that mean an entry wait for those of the words typed, and are then done in their order;
    typing on takes them back. A project that lives in memory, which no thread reads, is asked at once.

    search: what of a project fits some words; asked in a thread.
    """

    def __init__(
        self,
        look: Theme,
        parent: QWidget,
        name: str,
        store: Store,
        search: Callable[[Store, str], Sequence[R]],
    ) -> None:
        super().__init__(look, parent, name)
        self._store = store
        self._search = search
        self.found: Sequence[R] = ()
        """What was found for the words that entries are shown for."""
        self._wanted = self._shown = ""
        self._new = 0
        """How many entries, the last ones, stand for the words typed."""
        self._held: list[QKeyEvent] = []
        self._reader = PageReader(store, self)
        self._reader.answered.connect(self._on_found)
        self._reader.refused.connect(self._on_refused)
        self._reader.hindered.connect(self._on_refused)
        self._reader.late.connect(self._on_late)
        self.closed.connect(self._reader.cancel)

    def found_entries(self, words: str) -> list[Entry]:
        """What was found for some words, or is offered before any are typed."""
        raise NotImplementedError

    def new_entries(self, words: str) -> list[Entry]:
        """What the words themselves can become."""
        raise NotImplementedError

    def entries_for(self, words: str) -> list[Entry]:
        new = self.new_entries(words)
        self._new = len(new)
        return [*self.found_entries(words), *new]

    def asks_list(self, event: QKeyEvent) -> bool:
        """Whether a key means an entry of the list."""
        plain = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
        return event.key() in _OF_THE_LIST and event.modifiers() in plain

    @property
    def is_waiting(self) -> bool:
        """Whether the entries are not yet those of the words typed."""
        return self._wanted != self._shown

    def fill(self) -> None:
        """Offer what fits what was typed, now or as soon as it is found."""
        self._held.clear()
        if self.is_waiting and self.words == self._wanted:
            return
        self._wanted = self.words
        if self.is_waiting and self.words and self._store.path is not None:
            self._ask()
            self._reword()
            return
        self._reader.cancel()
        if self.is_waiting:
            self.found = self._search(self._store, self.words) if self.words else ()
        self._shown = self._wanted
        super().fill()

    def on_key(self, event: QKeyEvent) -> bool:
        if not self.is_waiting or not self.asks_list(event):
            return super().on_key(event)
        self._held.append(QKeyEvent(QEvent.Type.KeyPress, event.key(), event.modifiers(), event.text()))
        if not self._reader.is_waiting:  # the project could not be read before
            self._ask()
        return True

    def _reword(self) -> None:
        """Let the entries that stand for the words have those typed, so that a click takes what it says."""
        entries, current = self.list.entries, self.list.currentIndex().row()
        found = entries[: len(entries) - self._new]
        new = self.new_entries(self.words)
        self._new = len(new)
        self.offer([*found, *new], None if current < 0 else current)

    def _ask(self) -> None:
        self._reader.look_up(partial(_found, search=self._search, words=self._wanted))

    def _on_found(self, found: Sequence[R]) -> None:
        self.found, self._shown = found, self._wanted
        super().fill()
        held, self._held = self._held, []
        for key in held:
            if self.isVisible():
                super().on_key(key)

    def _on_late(self) -> None:
        if self._reader.is_waiting:
            self.hint.setText(self.tr("Looking…"))

    def _on_refused(self, error: UserError) -> None:
        from annotator.ui.messages import sentence

        self._held.clear()
        self.hint.setWordWrap(True)
        self.hint.setText(breakable(sentence(error)))
        self.replace()


def _found(store: Store, *, search: Callable[[Store, str], Sequence[R]], words: str) -> Sequence[R]:
    return search(store, words)

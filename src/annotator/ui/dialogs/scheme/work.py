"""What all forms of the scheme editor share: the scheme in force and the one way to change it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cached_property

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.domain.errors import UserError
from annotator.domain.scheme import Scheme
from annotator.domain.scheme_changes import SchemeChange
from annotator.domain.sentences import in_quotes
from annotator.store import edits, read
from annotator.store.scheme_searches import orphaned
from annotator.store.scheme_use import Touched, touched_by
from annotator.store.store import Store
from annotator.ui.actions import ACTIONS
from annotator.ui.dialogs.progress import change_beside, run_with_progress
from annotator.ui.messages import sentence
from annotator.ui.panels.words import count_of_links, count_of_marks, counted
from annotator.ui.theme import Theme, for_scheme, theme
from annotator.ui.theme.colours import INKS

Make = Callable[[Scheme], SchemeChange]
NAMED_SEARCHES = 5
"""How many saved searches are named in a sentence."""
COLOURS = tuple(INKS["light"])
"""The names of the colours a label can have."""


class SchemeWork(QObject):
    """Makes changes of the scheme from what forms ask for, carries them out, and says what came of it."""

    said = Signal(str, str)
    """A sentence and its role: warning for what was refused, success for what was done."""
    older_asked = Signal(str)
    """A label whose marks were made under an older definition."""

    def __init__(self, store: Store, look: Theme, window: QWidget) -> None:
        super().__init__(window)
        self.store = store
        self.look = look
        self._window = window
        self._foreseen: Hashable = None

    @property
    def scheme(self) -> Scheme:
        """The scheme in force."""
        return read.scheme(self.store)

    @property
    def dressed(self) -> Theme:
        """The theme with the labels as they are now."""
        scheme = self.scheme
        letters = {label.id: label.letter for label in scheme.labels.values()}
        return for_scheme(theme(self.look.name), scheme.colours, letters)

    @cached_property
    def taken_keys(self) -> dict[str, str]:
        """The keys of the text that actions have, with their words."""
        return {key: action.text.rstrip("…") for action in ACTIONS if action.in_text for key in action.keys}

    def do(self, make: Make) -> bool:
        """Change the scheme; False where that was refused, which has been said."""
        self._foreseen = None
        try:
            change = make(self.scheme)
            if change.touches_rows:
                touched = change_beside(
                    self._window,
                    self.store,
                    self.tr("Changing what uses it"),
                    lambda progress: edits.change_scheme(self.store, change, progress),
                )
            else:
                touched = edits.change_scheme(self.store, change)
        except UserError as error:
            self.said.emit(sentence(error), "warning")
            return False
        if touched is None:
            self.said.emit(self.tr("Stopped; nothing was changed."), "warning")
            return False
        words = self.tr("Done: {what} changed. Undo takes it back.") if any(touched) else ""
        self.said.emit(words.format(what=amounts(touched)), "success")
        return True

    def do_foreseen(self, what: Hashable, make: Make, words: Callable[[str], str]) -> bool:
        """Change the scheme, but where something is lost say so first; asked for once more, do it.

        what: tells one such change from another. words: a sentence on how much changes.
        """
        if self._foreseen != what:
            touched = self.foresee(make)
            if touched is None:
                return False
            lost = [words(amounts(touched))] if any(touched) else []
            if lost := [*lost, *self._searches_lost(make)]:
                self._foreseen = what
                self.said.emit(" ".join(lost), "warning")
                return False
        return self.do(make)

    def _searches_lost(self, make: Make) -> list[str]:
        """A sentence on the saved searches that would ask for what is gone; none where none would."""
        names = orphaned(self.store, make(self.scheme))
        told = ", ".join(in_quotes(name) for name in names[:NAMED_SEARCHES])
        told += ", …" * (len(names) > NAMED_SEARCHES)
        words = self.tr("Saved searches ask for it: {names}. Delete again to do it all the same.")
        return [words.format(names=told)] if names else []

    def foresee(self, make: Make) -> Touched | None:
        """What a change would change; None where it would be refused, which has been said."""
        try:
            change = make(self.scheme)
            if not change.moves:
                return Touched()
            reader = self.store.reader()
            try:
                return run_with_progress(
                    self._window, self.tr("Counting"), lambda tell: touched_by(reader, change)
                )
            finally:
                reader.close()
        except UserError as error:
            self.said.emit(sentence(error), "warning")
            return None


def amounts(touched: Touched) -> str:
    """How many marks, links and so on, in words; marks where there is nothing."""
    named = (
        (touched.marks, count_of_marks(touched.marks)),
        (touched.links, count_of_links(touched.links)),
        (touched.sources, counted("%n source", "%n sources", touched.sources)),
        (touched.articles, counted("%n article", "%n articles", touched.articles)),
        (touched.claim_links, counted("%n link of claims", "%n links of claims", touched.claim_links)),
        (touched.searches, counted("%n saved search", "%n saved searches", touched.searches)),
    )
    return ", ".join(words for count, words in named if count) or count_of_marks(0)

"""A session: the store and what the analyst is looking at; views meet here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from annotator.domain.ids import ArticleId, MarkId
from annotator.store import read
from annotator.store.bulk import Progress
from annotator.store.journal import Operation
from annotator.store.store import Change, Store

REMEMBERED_PLACES = 200


class Focus(NamedTuple):
    """Where the analyst is: an article, an offset in it, and the mark in hand, if any."""

    article: ArticleId | None = None
    offset: int = 0
    mark: MarkId | None = None


FocusListener = Callable[[Focus], None]


class Session:
    """Focus, places to go back to, and undo with its one question.

    Views subscribe to `on_focus` and to `store.subscribe`; they change things
    through edits and move through the methods here, never through one another.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.focus = Focus()
        self._listeners: list[FocusListener] = []
        self._back: list[Focus] = []
        self._forward: list[Focus] = []
        self._asked: set[str] = set()
        self._forget = store.subscribe(self._on_changed)

    def close(self) -> None:
        """Stop listening to the store."""
        self._forget()

    def on_focus(self, listener: FocusListener) -> Callable[[], None]:
        """Tell a view of every move of the focus; call what is returned to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def open_article(self, article: ArticleId, offset: int = 0) -> None:
        """Show an article at an offset; the place left is remembered for `back`."""
        self._move(Focus(article, offset), remember=True)

    def hold(self, mark: MarkId | None) -> None:
        """Take a mark in hand, going to its article if need be; None lets go."""
        if mark is None:
            self._move(Focus(self.focus.article, self.focus.offset), remember=False)
            return
        found = read.mark(self.store, mark)
        target = Focus(found.article, found.spans[0].start, mark)
        self._move(target, remember=target.article != self.focus.article)

    def moved_to(self, offset: int) -> None:
        """Note where the caret is, without telling anyone: it is part of the place only."""
        self.focus = Focus(self.focus.article, offset, self.focus.mark)

    def leave_here(self) -> None:
        """Remember the present place before a jump within the article."""
        self._remember()

    def back(self) -> bool:
        """Go to the place before this one; False where there is none."""
        return self._travel(self._back, self._forward)

    def forward(self) -> bool:
        """Go where `back` came from; False where there is none."""
        return self._travel(self._forward, self._back)

    def question_before_undo(self) -> Operation | None:
        """The operation undo would reverse, where the analyst must be asked about it first.

        That is an operation of an earlier session or of somebody else, and only
        the first time: `allow` notes the answer.
        """
        found = self.store.next_undo()
        if found is None or self.store.is_from_this_session(found):
            return None
        return None if self._key(found) in self._asked else found

    def allow(self, operation: Operation) -> None:
        """Note that operations like this one (same session, same annotator) may be undone."""
        self._asked.add(self._key(operation))

    def undo(self, progress: Progress | None = None) -> Change | None:
        """Reverse the last operation."""
        return self.store.undo(progress)

    def redo(self, progress: Progress | None = None) -> Change | None:
        """Bring back what the last undo took."""
        return self.store.redo(progress)

    def _key(self, operation: Operation) -> str:
        is_mine = operation.annotator == self.store.identity.annotator
        return "earlier" if is_mine else f"by {operation.annotator}"

    def _move(self, target: Focus, remember: bool) -> None:
        if remember and target.article != self.focus.article:
            self._remember()
        self.focus = target
        for listener in list(self._listeners):
            listener(target)

    def _remember(self) -> None:
        if self.focus.article is not None:
            if self._back[-1:] != [self.focus]:  # a jump that was announced by `leave_here` is one step back
                self._back.append(self.focus)
            del self._back[:-REMEMBERED_PLACES]
            self._forward.clear()

    def _travel(self, away: list[Focus], behind: list[Focus]) -> bool:
        while away:
            target = away.pop()
            if target.article and read.is_there(self.store, "article", target.article):
                behind.append(self.focus)
                mark = target.mark if target.mark and read.is_there(self.store, "mark", target.mark) else None
                self._move(Focus(target.article, target.offset, mark), remember=False)
                return True
        return False

    def _on_changed(self, change: Change) -> None:
        focus = self.focus
        if focus.article and self._takes_away(change, "article", focus.article):
            self._move(Focus(), remember=False)
        elif focus.mark and self._takes_away(change, "mark", focus.mark):
            self._move(Focus(focus.article, focus.offset), remember=False)

    def _takes_away(self, change: Change, table: str, row: str) -> bool:
        if change.is_whole and not any((one.table, one.id) == (table, row) for one in change.rows):
            return False
        return not read.is_there(self.store, table, row)

"""A session: the store and what the analyst is looking at; views meet here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from annotator.domain.errors import UserError
from annotator.domain.ids import ArticleId, MarkId
from annotator.store import read
from annotator.store.store import Change, Store

REMEMBERED_PLACES = 200


class Focus(NamedTuple):
    """Where the analyst is: an article, an offset in it, and the mark in hand, if any."""

    article: ArticleId | None = None
    offset: int = 0
    mark: MarkId | None = None


FocusListener = Callable[[Focus], None]


class Pane:
    """One of the at most two places an analyst looks at side by side."""

    def __init__(self, focus: Focus) -> None:
        self.focus = focus


class Visit(NamedTuple):
    """A place that was left, and the pane it was seen in."""

    pane: Pane
    focus: Focus


StillThere = Callable[[Focus], Focus | None]
"""What is left of a place seen before; None where its article is gone."""


class Visits:
    """Places that were left: those behind, to go back to, and those ahead, which going back left."""

    def __init__(self) -> None:
        self.behind: list[Visit] = []
        self.ahead: list[Visit] = []

    def leave(self, here: Visit) -> None:
        """Remember a place before going on from it; nothing is ahead then."""
        if here.focus.article is not None:
            if self.behind[-1:] != [here]:  # a jump announced by `leave_here` is one step back
                self.behind.append(here)
            del self.behind[:-REMEMBERED_PLACES]
            self.ahead.clear()

    def back(self, here: Visit, steps: int, still_there: StillThere) -> Visit | None:
        """The place so many steps behind, as it is now, with `here` ahead of it; None where there is none."""
        return _travelled(self.behind, self.ahead, here, steps, still_there)

    def forward(self, here: Visit, steps: int, still_there: StillThere) -> Visit | None:
        """Likewise ahead."""
        return _travelled(self.ahead, self.behind, here, steps, still_there)


def _travelled(
    away: list[Visit], left: list[Visit], here: Visit, steps: int, still_there: StillThere
) -> Visit | None:
    passed: list[Visit] = []
    while away:
        visit = away.pop()
        focus = still_there(visit.focus)
        if focus is None:
            continue
        steps -= 1
        if not steps:
            left += [here, *passed]
            return Visit(visit.pane, focus)
        passed.append(visit)
    away += passed[::-1]
    return None


class Session:
    """Focus, panes, and places to go back to.

    Views subscribe to `on_focus` and to `store.subscribe`; they change things
    through edits and move through the methods here, never through one another.
    `pane` is the one of `panes` that the analyst works in; its focus is that of the session.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.pane = Pane(Focus())
        self.panes = [self.pane]
        self.closed: Focus | None = None
        """Where a second pane was when it was closed."""
        self._listeners: dict[object, FocusListener] = {}
        self._visits = Visits()
        self.has_lost = False
        """Whether the last change took away an article that was shown."""
        self._forget = store.subscribe(self._on_changed)

    def close(self) -> None:
        """Stop listening to the store."""
        self._forget()

    @property
    def focus(self) -> Focus:
        """Where the analyst is, in the pane at work."""
        return self.pane.focus

    @property
    def other_pane(self) -> Pane | None:
        """The pane beside the one at work, while there are two."""
        return next((pane for pane in self.panes if pane is not self.pane), None)

    def on_focus(self, listener: FocusListener) -> Callable[[], object]:
        """Tell a view of every move of focus or panes; call what is returned to stop, once or more."""
        self._listeners[key := object()] = listener
        return lambda: self._listeners.pop(key, None)

    def split(self, focus: Focus | None = None) -> None:
        """Open a second pane and go there; without a place where one was closed, or at the present place."""
        if self.other_pane is None:
            place = focus or self.closed
            self.panes.append(Pane(self._still_there(place) or self.focus))
            self.turn_to(self.panes[-1])

    def turn_to(self, pane: Pane) -> None:
        """Work in a pane; nothing is told where that is so already."""
        if pane is not self.pane and pane in self.panes:
            self.pane = pane
            self._announce()

    def close_pane(self, pane: Pane) -> None:
        """Go on with the other pane alone."""
        kept = next((one for one in self.panes if one is not pane), None)
        if kept is not None:
            self.closed = pane.focus
            self.pane, self.panes = kept, [kept]
            self._announce()

    def open_article(self, article: ArticleId, offset: int = 0) -> None:
        """Show an article at an offset; the place left is remembered for `back`."""
        self._move(Focus(article, offset), remember=True)

    def hold(self, mark: MarkId | None, start: int | None = None) -> None:
        """Take a mark in hand, going to its article if need be; None lets go.

        An article that stands in the other pane is not opened a second time.
        start: where the words of a mark of the present article begin, if that is known: nothing is read then.
        """
        if mark is None:
            self._move(Focus(self.focus.article, self.focus.offset), remember=False)
            return
        if start is not None:
            self._move(Focus(self.focus.article, start, mark), remember=False)
            return
        article, offset = self._place_of(mark)
        target = Focus(article, offset, mark)
        here, other = self.focus.article == article, self.other_pane
        is_beside = not here and other is not None and other.focus.article == article
        self._move(target, remember=not here, pane=other if is_beside else None)

    def _place_of(self, mark: MarkId) -> tuple[ArticleId, int]:
        """Where a mark begins. Where it is gone, views hear what others did before UserError is raised."""
        try:
            article, spans = read.mark_place(self.store, mark)
        except UserError:
            self.store.notice_others()
            raise
        return article, spans[0].start

    def go_to(self, mark: MarkId) -> None:
        """Take a mark in hand wherever it is; `back` leads here again."""
        self.leave_here()
        self.hold(mark)

    def moved_to(self, offset: int) -> None:
        """Note where the caret is, without telling anyone: it is part of the place only."""
        self.pane.focus = Focus(self.focus.article, offset, self.focus.mark)

    def leave_here(self) -> None:
        """Remember the present place before a jump within the article."""
        self._visits.leave(self._here())

    @property
    def visits(self) -> tuple[Sequence[Visit], Sequence[Visit]]:
        """The places to go back to and those to go forward to, the nearest first."""
        return self._visits.behind[::-1], self._visits.ahead[::-1]

    def back(self, steps: int = 1) -> bool:
        """Go to the place before this one, or further; False where there is none."""
        return self._return_to(self._visits.back(self._here(), steps, self._still_there))

    def forward(self, steps: int = 1) -> bool:
        """Go where `back` came from; False where there is none."""
        return self._return_to(self._visits.forward(self._here(), steps, self._still_there))

    def _move(self, target: Focus, remember: bool, pane: Pane | None = None) -> None:
        if remember and target.article != self.focus.article:
            self.leave_here()
        self.pane = pane or self.pane
        self.pane.focus = target
        self._announce()

    def _announce(self) -> None:
        for listener in list(self._listeners.values()):
            listener(self.focus)

    def _here(self) -> Visit:
        return Visit(self.pane, self.focus)

    def _return_to(self, visit: Visit | None) -> bool:
        if visit is not None:
            self._move(visit.focus, remember=False, pane=visit.pane if visit.pane in self.panes else None)
        return visit is not None

    def _still_there(self, focus: Focus | None) -> Focus | None:
        """A place seen before, without a mark that is gone; None where its article is gone."""
        if focus is None or not focus.article or not read.is_there(self.store, "article", focus.article):
            return None
        is_held = focus.mark is not None and read.is_there(self.store, "mark", focus.mark)
        return focus if is_held else focus._replace(mark=None)

    def _on_changed(self, change: Change) -> None:
        """Let go in all panes of what is gone before any view hears of it."""
        before = [pane.focus for pane in self.panes]
        for pane in self.panes:
            pane.focus = self._left(pane.focus, change)
        emptied = [
            pane
            for pane, old in zip(self.panes, before, strict=True)
            if old.article and not pane.focus.article
        ]
        self.has_lost = bool(emptied)
        if emptied and len(self.panes) > 1:
            self.close_pane(emptied[0])
        elif [pane.focus for pane in self.panes] != before:
            self._announce()

    def _left(self, focus: Focus, change: Change) -> Focus:
        """What is left of a place after a change."""
        if focus.article and self._takes_away(change, "article", focus.article):
            return Focus()
        if focus.mark and self._takes_away(change, "mark", focus.mark):
            return Focus(focus.article, focus.offset)
        return focus

    def _takes_away(self, change: Change, table: str, row: str) -> bool:
        if not change.is_whole:
            return not read.is_there(self.store, table, row)
        touched = [one for one in change.rows if (one.table, one.id) == (table, row)]
        return bool(touched) and touched[-1].new is None

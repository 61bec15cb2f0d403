"""Hands on links: a kind first and then its end, or an end first and then the kinds that fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect

from annotator.domain.handles import handle
from annotator.domain.ids import MarkId, Ref
from annotator.domain.scheme import LinkKind, Scheme
from annotator.domain.sentences import filled
from annotator.store import edits, lists, read
from annotator.ui.actions import action_for
from annotator.ui.hands.desk import Desk, tr
from annotator.ui.hands.floating import Floating
from annotator.ui.hands.modes import Hinting
from annotator.ui.hands.sought import Sought, ends_found, ends_in_view
from annotator.ui.hands.sourcing import find_or_add

if TYPE_CHECKING:  # a popup is loaded when it is opened
    from annotator.domain.model import Mark
    from annotator.ui.dialogs.target_search import Found

_DIGITS = 9
_NEW_ENDS = ("proposition", "source")
"""What typed words may become as the end of a link."""


class Linking:
    """Draws links from the mark in hand."""

    def __init__(self, desk: Desk, floating: Floating) -> None:
        self._desk = desk
        self._floating = floating

    def press(self, key: str, mark: MarkId | None = None) -> bool:
        """Start the link a key stands for, from the mark in hand or another; False where it means none."""
        scheme = self._scheme
        for kind in scheme.link_kinds.values():
            letter = scheme.keys.get(kind.id)
            if letter and key in (letter, f"Shift+{letter}"):
                self.start(kind, reverse=key != letter, mark=mark)
                return True
        return False

    def start(self, kind: LinkKind | None, reverse: bool = False, mark: MarkId | None = None) -> None:
        """Letters at every mark in view that the link may end at, in both panes.

        "/" searches all articles, a digit takes a pinned mark, a click takes a mark too,
        Enter the mark in hand where the link comes from another one: a pinned `mark`.
        Marks that the scheme forbids are crossed out.
        Without a kind, the end is chosen first and then the kinds that fit are offered.
        """
        desk, held = self._desk, self._desk.held_mark()
        origin = read.mark(desk.store, mark) if mark else held
        why = self.refusal_at(origin, kind, reverse)
        if origin is None or why:
            desk.notice.emit(why)
            return
        sought = Sought(desk.session.pane, kind, origin, reverse)
        also = {"/": lambda: self._search(sought)} | self._pinned(sought)
        words = tr("{kind} — type the letters at the other end, / to search")
        if held is not None and held.id != origin.id:
            also["Return"] = partial(self._on_clicked, sought, [held.id])
            words = tr("{kind} — type the letters at the other end, Enter for the mark in hand, / to search")
        mode = Hinting(
            words.format(kind=self._named(sought)),
            lambda: [pane.view for pane in desk.panes.all],
            lambda before: ends_in_view(desk, sought, before),
            lambda target: self._chosen(sought, str(target)),
            also,
            clicked=lambda marks: self._on_clicked(sought, marks),
            refusal=lambda label: sought.refusal(self._scheme, label),
        )
        desk.enter(mode)
        if not mode.things and "Return" not in also:
            self._search(sought)

    def refusal_at(self, mark: Mark | None, kind: LinkKind | None, reverse: bool = False) -> str:
        """Why a link of this kind, or of any, cannot start at a mark or at none; empty where it can."""
        if mark is None:
            return tr("Label first: a link starts at a mark in hand.")
        if kind is None or (kind.ends_at(mark.label) if reverse else kind.starts_at(mark.label)):
            return ""
        name = kind.passive if reverse else kind.name
        return filled(tr("“{kind}” cannot start at this label."), {"kind": name})

    def start_pinned(self) -> None:
        """Ask for the pinned mark that a link is to start at."""
        desk = self._desk
        rows = lists.pinned(desk.store)
        if not rows:
            desk.notice.emit(tr("Nothing is pinned yet: P pins the mark in hand."))
            return
        self._ask_which(
            rows,
            self._floating.near(desk.view.caret()),
            lambda mark: self.start(None, mark=MarkId(mark)),
            tr("From which pinned mark?"),
        )

    def take_pinned(self, mark: str) -> None:
        """A mark of the tray was chosen: the end of a link under way, otherwise a place to go to."""
        desk = self._desk
        desk.view.setFocus()
        if desk.mode is None or not desk.mode.click([mark]):
            desk.session.go_to(MarkId(mark))

    def link_pinned(self, mark: str, key: str) -> None:
        """A key over a mark of the tray starts a link from it, L one of any kind."""
        action = action_for(key, has_held=True)
        if action is not None and action.id == "link":
            self._desk.view.setFocus()
            self.start(None, mark=MarkId(mark))
        elif self.press(key, MarkId(mark)):
            self._desk.view.setFocus()

    def _named(self, sought: Sought) -> str:
        """The kind, and the handle of the mark the link comes from where that is not in hand."""
        name = sought.name or tr("link")
        row = None if sought.mark.id == self._desk.held else lists.mark_row(self._desk.store, sought.mark.id)
        if row is None:
            return name
        return tr("{mark} {kind}").format(mark=handle("mark", row.number), kind=name)

    def _pinned(self, sought: Sought) -> dict[str, Callable[[], None]]:
        """The digits of pinned marks."""
        rows = lists.pinned(self._desk.store)[:_DIGITS]
        return {str(n): partial(self._on_clicked, sought, [row.id]) for n, row in enumerate(rows, 1)}

    @property
    def _scheme(self) -> Scheme:
        return read.scheme(self._desk.store)

    def _on_clicked(self, sought: Sought, marks: Sequence[str]) -> None:
        """A mark was clicked while a link looks for its end; of a stack only those that fit are offered."""
        rows = [row for row in self._rows(marks) if row.id != sought.mark.id]
        fits = [row for row in rows if not sought.refusal(self._scheme, row.label)]
        if not rows:
            self._desk.notice.emit(tr("Click another mark, or press Esc."))
        elif not fits:
            self._desk.notice.emit(sought.refusal(self._scheme, rows[0].label))
        elif len(fits) == 1:
            self._chosen(sought, fits[0].id)
        else:
            place = self._floating.near(self._desk.view.caret())
            self._ask_which(fits, place, lambda end: self._chosen(sought, end))

    def _rows(self, marks: Sequence[str]) -> list[lists.MarkRow]:
        return list(lists.marks_of(self._desk.store, [MarkId(mark) for mark in marks]).values())

    def _ask_which(
        self,
        rows: Sequence[lists.MarkRow],
        place: QRect,
        then: Callable[[str], object],
        title: str = "",
    ) -> None:
        from annotator.ui.dialogs.mark_list import MarkList

        popup = MarkList(self._floating.look, self._floating.over, rows, title or tr("Which mark?"))
        popup.chosen.connect(then)
        self._floating.open(popup, place)

    def _beside(self, sought: Sought) -> QRect:
        """The end of the mark a link comes from, where its article is in front; else the caret."""
        is_here = sought.mark.article == self._desk.article
        return self._floating.near(sought.mark.spans[-1].end if is_here else self._desk.view.caret())

    def _chosen(self, sought: Sought, target: str) -> None:
        """Draw the link and go on at the mark it was drawn from."""
        desk = self._desk
        desk.leave_mode()
        place = self._floating.near(desk.view.caret())
        desk.session.turn_to(sought.pane)
        self._take(sought, Ref("mark", target), place)

    def _take(self, sought: Sought, target: Ref, place: QRect) -> None:
        if sought.kind is None:
            self.offer_kinds(*sought.ends(target), place)
        else:
            self._draw(sought.kind.id, *sought.ends(target))

    def _draw(self, kind: str, origin: Ref, target: Ref) -> None:
        desk = self._desk
        desk.guarded(lambda: edits.add_link(desk.store, kind, origin, target))

    def _search(self, sought: Sought) -> None:
        """Look for the end by words; before any are typed the pinned marks are offered."""
        from annotator.ui.dialogs.target_search import TargetSearch, end_of

        desk, mark = self._desk, sought.mark
        desk.leave_mode()
        desk.session.turn_to(sought.pane)
        scheme = self._scheme

        def refuse(row: Found) -> str:
            return sought.refusal(scheme, end_of(row))

        popup = TargetSearch(
            self._floating.look,
            self._floating.over,
            store=desk.store,
            search=lambda store, words: ends_found(store, sought, scheme, words),
            recent=[row for row in lists.at_hand(desk.store, desk.held) if row.id != mark.id],
            refuse=refuse,
            may_type=[one for one in _NEW_ENDS if not sought.refusal(scheme, one)],
            title=tr("{kind}: words of the other end").format(kind=self._named(sought)),
        )
        popup.taken.connect(lambda target: self._take(sought, target, self._beside(sought)))
        popup.typed.connect(lambda table, words: self._take_new(sought, table, words))
        self._floating.open(popup, self._beside(sought))

    def _take_new(self, sought: Sought, table: str, words: str) -> None:
        """A new claim or source becomes the end; where the kind is still open it is made with the link."""
        from annotator.ui.dialogs.link_kinds import KindChips

        origin = Ref("mark", sought.mark.id)
        if sought.kind is not None:
            self._make_end(sought.kind.id, origin, table, words)
            return
        floating = self._floating
        popup = KindChips(floating.look, floating.over, self._scheme, sought.mark.label, table)
        popup.chosen.connect(lambda kind: self._make_end(kind, origin, table, words))
        floating.open(popup, self._beside(sought))

    def _make_end(self, kind: str, origin: Ref, table: str, words: str) -> None:
        desk = self._desk

        def act() -> None:
            with desk.store.operation("add-link", kind=kind, origin=tuple(origin)):
                made = (
                    edits.add_proposition(desk.store, words)
                    if table == "proposition"
                    else find_or_add(desk, words)
                )
                edits.add_link(desk.store, kind, origin, Ref(table, made))

        desk.guarded(act)

    def refusal(self, mark: str, target: str, reverse: bool) -> str:
        """Why no kind of link fits from one mark to another, or the other way; empty where one does."""
        rows = self._rows([mark, target])
        if len(rows) < 2:
            return ""
        first, second = (row.label for row in (rows[::-1] if reverse else rows))
        kinds = self._scheme.shown_link_kinds()
        if any(kind.starts_at(first) and kind.ends_at(second) for kind in kinds):
            return ""
        labels = self._scheme.labels
        words = tr("No kind of link runs from {origin} to {target}.")
        return words.format(origin=labels[first].name, target=labels[second].name)

    def drop(self, mark: str, targets: Sequence[str], point: QPoint, reverse: bool = False) -> None:
        """A link was pulled from the port of a mark and let go over others, at a global point."""
        ends = [target for target in targets if target != mark]
        place = self._floating.at(point)

        def offer(end: str) -> None:
            refs = (Ref("mark", mark), Ref("mark", end))
            self.offer_kinds(*(refs[::-1] if reverse else refs), place)

        if not ends:
            self._desk.notice.emit(tr("Let the link go over another mark."))
        elif len(ends) == 1:
            offer(ends[0])
        else:
            self._ask_which(self._rows(ends), place, offer)

    def offer_kinds(self, origin: Ref, target: Ref, place: QRect) -> None:
        """The kinds that fit both ends, best first, others greyed with why; none where an end is gone."""
        from annotator.store.edits.links import end_name
        from annotator.ui.dialogs.link_kinds import KindChips

        desk, floating = self._desk, self._floating
        names = desk.guarded(lambda: (end_name(desk.store, origin), end_name(desk.store, target)))
        if names is None:
            return
        popup = KindChips(floating.look, floating.over, self._scheme, *names)
        popup.chosen.connect(lambda kind: self._draw(kind, origin, target))
        floating.open(popup, place)

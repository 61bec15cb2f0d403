"""Hands on links: a kind first and then its end, or an end first and then the kinds that fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

from annotator.domain.ids import MarkId, Ref
from annotator.domain.scheme import LinkKind, Scheme
from annotator.store import edits, lists, picking, read
from annotator.store.session import Pane
from annotator.ui.hands.codes import coded
from annotator.ui.hands.desk import Desk
from annotator.ui.hands.marking import tr
from annotator.ui.hands.modes import Hinting, Spot
from annotator.ui.hands.sourcing import near
from annotator.ui.theme import Theme

if TYPE_CHECKING:  # a popup is loaded when it is opened
    from annotator.domain.model import Mark
    from annotator.ui.dialogs.popups import KindChips, MarkList, Popup, TargetSearch
    from annotator.ui.dialogs.target_search import Found


_DIGITS = 9
_ASIDE = 3
"""How many characters further on the letters of a mark stand that starts where another one does."""


class _Sought(NamedTuple):
    """The other end of a link from a mark that was in hand in a pane."""

    pane: Pane
    kind: LinkKind | None
    mark: Mark
    reverse: bool

    def refusal(self, scheme: Scheme, end: str) -> str:
        """Why the link cannot end at a label or table; empty where it can."""
        from annotator.ui.dialogs.link_kinds import reason

        first, second = (end, self.mark.label) if self.reverse else (self.mark.label, end)
        kinds = [self.kind] if self.kind else scheme.shown_link_kinds()
        reasons = [reason(scheme, kind, first, second) for kind in kinds]
        return "" if "" in reasons else next(iter(reasons), "")


def _end_of(row: Found) -> str:
    """What the scheme calls a mark, a claim or a source."""
    if isinstance(row, lists.MarkRow):
        return row.label
    return "proposition" if isinstance(row, lists.ClaimRow) else "source"


class Linking:
    """Draws links from the mark in hand."""

    def __init__(self, desk: Desk, over: QWidget, look: Theme) -> None:
        self._desk = desk
        self._over = over
        self.look = look
        self.popup: KindChips | TargetSearch | MarkList | None = None

    def start(self, kind: LinkKind | None, reverse: bool = False) -> None:
        """Letters at every mark in view that the link may end at, in both panes.

        "/" searches all articles, a digit takes a pinned mark, a click takes a mark too.
        Marks that the scheme forbids are crossed out.
        Without a kind, the end is chosen first and then the kinds that fit are offered.
        """
        desk, mark = self._desk, self._desk.held_mark()
        if mark is None:
            desk.notice.emit(tr("Label first: a link starts at a mark in hand."))
            return
        if kind and not self._may_start(kind, mark, reverse):
            desk.notice.emit(
                tr("“{kind}” cannot start at this label.").format(kind=kind.passive if reverse else kind.name)
            )
            return
        sought = _Sought(desk.session.pane, kind, mark, reverse)
        targets, barred = self._targets_in_view(sought)
        codes = coded(targets, [self._distance(spot, mark) for _, spot in targets])
        name = tr("link") if kind is None else kind.passive if reverse else kind.name
        mode = Hinting(
            tr("{kind} — type the letters at the other end, / to search").format(kind=name),
            {code: target[0] for code, target in codes.items()},
            {code: target[1] for code, target in codes.items()},
            lambda target: self._chosen(sought, str(target)),
            also={"/": lambda: self._search(sought)} | self._pinned(sought),
            clicked=lambda marks: self._on_clicked(sought, marks),
            barred=barred,
            refusal=lambda label: sought.refusal(self._scheme, label),
        )
        desk.enter(mode)
        if not targets:
            self._search(sought)

    def _may_start(self, kind: LinkKind, mark: Mark, reverse: bool) -> bool:
        return kind.ends_at(mark.label) if reverse else kind.starts_at(mark.label)

    def _targets_in_view(self, sought: _Sought) -> tuple[list[tuple[str, Spot]], list[Spot]]:
        """Marks in view of both panes that fit, and the places of those that do not.

        Marks that start together get places side by side.
        """
        found: list[tuple[str, Spot]] = []
        barred: list[Spot] = []
        for pane in self._desk.panes.all:
            if pane.article is None:
                continue
            seen = set[int]()
            low, high = pane.view.visible_span()
            for row in lists.shapes(self._desk.store, pane.article, low, high):
                if row.id == sought.mark.id:
                    continue
                at = max(row.spans[0].start, low)
                while at in seen and at + _ASIDE < row.spans[-1].end:
                    at += _ASIDE
                seen.add(at)
                if sought.refusal(self._scheme, row.label):
                    barred.append(Spot(pane.view, at))
                else:
                    found.append((row.id, Spot(pane.view, at)))
        return found, barred

    def _pinned(self, sought: _Sought) -> dict[str, Callable[[], None]]:
        """The digits of pinned marks."""
        rows = lists.pinned(self._desk.store)[:_DIGITS]
        return {str(n): partial(self._on_clicked, sought, [row.id]) for n, row in enumerate(rows, 1)}

    def _distance(self, spot: Spot, mark: Mark) -> int:
        """How far a place is from a mark; all of the pane at work is nearer than the other one."""
        beside = 0 if spot.view is self._desk.view else len(self._desk.text)
        return beside + abs(spot.offset - mark.spans[0].start)

    @property
    def _scheme(self) -> Scheme:
        return read.scheme(self._desk.store)

    def _on_clicked(self, sought: _Sought, marks: Sequence[str]) -> None:
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
            self._ask_which(fits, self._place(self._desk.view.caret()), lambda end: self._chosen(sought, end))

    def _rows(self, marks: Sequence[str]) -> list[lists.MarkRow]:
        return [row for mark in marks if (row := lists.mark_row(self._desk.store, MarkId(mark)))]

    def _ask_which(self, rows: Sequence[lists.MarkRow], place: QRect, then: Callable[[str], object]) -> None:
        from annotator.ui.dialogs.mark_list import MarkList

        popup = MarkList(self.look, self._over, rows, tr("Which mark?"))
        popup.chosen.connect(then)
        self._open(popup, place)

    def _place(self, offset: int) -> QRect:
        return near(self._desk, self._over, offset)

    def _chosen(self, sought: _Sought, target: str) -> None:
        """Draw the link and go on at the mark it was drawn from."""
        desk = self._desk
        desk.leave_mode()
        place = self._place(desk.view.caret())
        desk.session.turn_to(sought.pane)
        self._take(sought, Ref("mark", target), place)

    def _take(self, sought: _Sought, target: Ref, place: QRect) -> None:
        origin = Ref("mark", sought.mark.id)
        if sought.kind is None:
            self.offer_kinds(*(target, origin) if sought.reverse else (origin, target), place)
        else:
            self._draw(sought.kind.id, origin, target, sought.reverse)

    def _draw(self, kind: str, origin: Ref, target: Ref, reverse: bool) -> bool:
        desk = self._desk
        first, second = (target, origin) if reverse else (origin, target)

        def act() -> bool:
            edits.add_link(desk.store, kind, first, second)
            return True

        return bool(desk.guarded(act))

    def _search(self, sought: _Sought) -> None:
        """Look for the end by words; before any are typed the pinned marks are offered."""
        from annotator.ui.dialogs.target_search import TargetSearch

        desk, kind, mark = self._desk, sought.kind, sought.mark
        desk.leave_mode()
        desk.session.turn_to(sought.pane)
        self.close()

        def refuse(row: Found) -> str:
            return sought.refusal(self._scheme, _end_of(row))

        def search(words: str) -> list[Found]:
            rows: list[Found] = [*picking.targets(desk.store, words, lambda row: not refuse(row))]
            return [row for row in rows if row.id != mark.id]

        name = tr("link") if kind is None else kind.passive if sought.reverse else kind.name
        popup = TargetSearch(
            self.look,
            self._over,
            search=search,
            recent=[row for row in lists.pinned(desk.store) if row.id != mark.id],
            refuse=refuse,
            may_type=not sought.refusal(self._scheme, "proposition"),
            title=tr("{kind}: words of the other end").format(kind=name),
        )
        popup.taken.connect(lambda target: self._take(sought, target, self._place(mark.spans[-1].end)))
        popup.typed.connect(lambda words: self._take_claim(sought, words))
        self._open(popup, self._place(mark.spans[-1].end))

    def _take_claim(self, sought: _Sought, text: str) -> None:
        """A new claim becomes the end; where the kind is still open it is made with the link."""
        from annotator.ui.dialogs.link_kinds import KindChips

        origin = Ref("mark", sought.mark.id)
        if sought.kind is not None:
            self._make_claim(sought.kind.id, origin, text)
            return
        popup = KindChips(self.look, self._over, self._scheme, sought.mark.label, "proposition")
        popup.chosen.connect(lambda kind: self._make_claim(kind, origin, text))
        self._open(popup, self._place(sought.mark.spans[-1].end))

    def _make_claim(self, kind: str, origin: Ref, text: str) -> None:
        desk = self._desk

        def act() -> None:
            with desk.store.operation("add-link", kind=kind, origin=tuple(origin)):
                node = edits.add_proposition(desk.store, text)
                edits.add_link(desk.store, kind, origin, Ref("proposition", node))

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
        place = QRect(self._over.mapFromGlobal(point), QSize(1, 1))

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
        """The kinds that fit both ends, the best first, the others greyed with the reason."""
        from annotator.store.edits.links import end_name
        from annotator.ui.dialogs.link_kinds import KindChips

        store = self._desk.store
        first, second = end_name(store, origin), end_name(store, target)
        popup = KindChips(self.look, self._over, self._scheme, first, second)
        popup.chosen.connect(lambda kind: self._draw(kind, origin, target, reverse=False))
        self._open(popup, place)

    def _open(self, popup: KindChips | TargetSearch | MarkList, place: QRect) -> None:
        self.close()
        self.popup = popup
        popup.closed.connect(lambda: self._on_closed(popup))
        popup.open_at(place)
        self._desk.state_changed.emit()

    def close(self) -> None:
        """Take an open popup away."""
        if self.popup is not None:
            self.popup.dismiss()

    def _on_closed(self, popup: Popup) -> None:
        if self.popup is popup:
            self.popup = None
        self._desk.state_changed.emit()

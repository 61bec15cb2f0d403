"""Hands on links: a kind first and then its end, or an end first and then the kinds that fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

from annotator.domain.ids import MarkId, Ref
from annotator.domain.scheme import LinkKind
from annotator.store import edits, lists, picking, read
from annotator.ui.hands.codes import coded
from annotator.ui.hands.desk import Desk
from annotator.ui.hands.marking import tr
from annotator.ui.hands.modes import Hinting
from annotator.ui.hands.sourcing import near
from annotator.ui.theme import Theme

if TYPE_CHECKING:  # a popup is loaded when it is opened
    from annotator.domain.model import Mark
    from annotator.ui.dialogs.popups import KindChips, MarkList, Popup, TargetSearch
    from annotator.ui.dialogs.target_search import Found


class Linking:
    """Draws links from the mark in hand."""

    def __init__(self, desk: Desk, over: QWidget, look: Theme) -> None:
        self._desk = desk
        self._over = over
        self.look = look
        self.popup: KindChips | TargetSearch | MarkList | None = None

    def start(self, kind: LinkKind | None, reverse: bool = False) -> None:
        """Letters at every mark in view that the link may end at; "/" searches all articles.

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
        targets = self._targets_in_view(kind, mark, reverse)
        codes = coded(targets, [abs(place - mark.spans[0].start) for _, place in targets])
        name = kind.name if kind else tr("link")
        mode = Hinting(
            desk.view,
            tr("{kind} — type the letters at the other end, / to search").format(kind=name),
            {code: target[0] for code, target in codes.items()},
            {code: target[1] for code, target in codes.items()},
            lambda target: self._chosen(kind, mark.id, str(target), reverse),
            also={"/": lambda: self._search(kind, mark, reverse)},
        )
        desk.enter(mode)
        if not targets:
            self._search(kind, mark, reverse)

    def _may_start(self, kind: LinkKind, mark: Mark, reverse: bool) -> bool:
        return kind.ends_at(mark.label) if reverse else kind.starts_at(mark.label)

    def _fits(self, kind: LinkKind | None, label: str, reverse: bool) -> bool:
        if kind is None:
            return True
        return kind.starts_at(label) if reverse else kind.ends_at(label)

    def _targets_in_view(self, kind: LinkKind | None, mark: Mark, reverse: bool) -> list[tuple[str, int]]:
        """(id, offset) of marks in view; marks that start together get places side by side."""
        view, seen = self._desk.view, set[int]()
        low, high = view.visible_span()
        found: list[tuple[str, int]] = []
        for row in lists.shapes(self._desk.store, mark.article, low, high):
            if row.id == mark.id or not self._fits(kind, row.label, reverse):
                continue
            at = max(row.spans[0].start, low)
            while at in seen and at + 3 < row.spans[-1].end:
                at += 3
            seen.add(at)
            found.append((row.id, at))
        return found

    def _chosen(self, kind: LinkKind | None, mark: MarkId, target: str, reverse: bool) -> None:
        self._desk.leave_mode()
        if kind is None:
            place = near(self._desk, self._over, self._desk.view.caret())
            self.offer_kinds(Ref("mark", mark), Ref("mark", target), place)
            return
        self._draw(kind.id, Ref("mark", mark), Ref("mark", target), reverse)

    def _draw(self, kind: str, origin: Ref, target: Ref, reverse: bool) -> bool:
        desk = self._desk
        first, second = (target, origin) if reverse else (origin, target)

        def act() -> bool:
            edits.add_link(desk.store, kind, first, second)
            return True

        return bool(desk.guarded(act))

    def _search(self, kind: LinkKind | None, mark: Mark, reverse: bool) -> None:
        from annotator.ui.dialogs.target_search import TargetSearch

        desk = self._desk
        desk.leave_mode()
        self.close()
        ends = kind.targets if kind and not reverse else kind.origins if kind else None
        allowed = frozenset(ends) if ends is not None else None

        def search(words: str) -> list[Found]:
            rows: list[Found] = [*picking.targets(desk.store, words, allowed)]
            return [row for row in rows if row.id != mark.id]

        popup = TargetSearch(
            self.look,
            self._over,
            search=search,
            may_type=not reverse and (allowed is None or "proposition" in allowed) and kind is not None,
            title=tr("{kind}: words of the other end").format(kind=kind.name if kind else tr("link")),
        )
        popup.taken.connect(lambda target: self._take_target(kind, mark, target, reverse))
        popup.typed.connect(lambda words: self._make_claim(kind, Ref("mark", mark.id), words))
        self._open(popup, near(desk, self._over, mark.spans[-1].end))

    def _take_target(self, kind: LinkKind | None, mark: Mark, target: Ref, reverse: bool) -> None:
        origin = Ref("mark", mark.id)
        if kind is None:
            self.offer_kinds(origin, target, near(self._desk, self._over, mark.spans[-1].end))
        else:
            self._draw(kind.id, origin, target, reverse)

    def _make_claim(self, kind: LinkKind | None, origin: Ref, text: str) -> None:
        desk = self._desk
        if kind is None:
            return

        def act() -> None:
            with desk.store.operation("add-link", kind=kind.id, origin=tuple(origin)):
                node = edits.add_proposition(desk.store, text)
                edits.add_link(desk.store, kind.id, origin, Ref("proposition", node))

        desk.guarded(act)

    def drop(self, mark: str, targets: Sequence[str], point: QPoint) -> None:
        """A link was pulled from the port of a mark and let go over others, at a global point."""
        ends = [target for target in targets if target != mark]
        place = QRect(self._over.mapFromGlobal(point), QSize(1, 1))
        if not ends:
            self._desk.notice.emit(tr("Let the link go over another mark."))
        elif len(ends) == 1:
            self.offer_kinds(Ref("mark", mark), Ref("mark", ends[0]), place)
        else:
            from annotator.ui.dialogs.mark_list import MarkList

            rows = [row for end in ends if (row := lists.mark_row(self._desk.store, MarkId(end)))]
            popup = MarkList(self.look, self._over, rows, tr("Which mark?"))
            popup.chosen.connect(lambda end: self.offer_kinds(Ref("mark", mark), Ref("mark", end), place))
            self._open(popup, place)

    def offer_kinds(self, origin: Ref, target: Ref, place: QRect) -> None:
        """The kinds that fit both ends, the best first, the others greyed with the reason."""
        from annotator.store.edits.links import end_name
        from annotator.ui.dialogs.link_kinds import KindChips

        desk = self._desk
        scheme = read.scheme(desk.store)
        first, second = end_name(desk.store, origin), end_name(desk.store, target)
        popup = KindChips(self.look, self._over, scheme, first, second)
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

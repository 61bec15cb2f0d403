"""The other end of a link that is being drawn: what may be it, and where that stands in view."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from annotator.domain.ids import Ref
from annotator.domain.scheme import LinkKind, Scheme
from annotator.store import lists, picking, read
from annotator.store.session import Pane
from annotator.ui.hands.codes import coded
from annotator.ui.hands.desk import Desk
from annotator.ui.hands.modes import Offer, Spot

if TYPE_CHECKING:
    from annotator.domain.model import Mark
    from annotator.store.store import Store
    from annotator.ui.dialogs.target_search import Found

_ASIDE = 3
"""How many characters further on the letters of a mark stand that starts where another one does."""


class Sought(NamedTuple):
    """The other end of a link from a mark; `pane` is where the hands go on when it is found.

    The mark is the one that was in hand in that pane, or a pinned one.
    """

    pane: Pane
    kind: LinkKind | None
    mark: Mark
    reverse: bool

    @property
    def name(self) -> str:
        """The kind as it is said in this direction; empty while it is open."""
        return "" if self.kind is None else self.kind.passive if self.reverse else self.kind.name

    def ends(self, end: Ref) -> tuple[Ref, Ref]:
        """Where the link starts and where it ends; an exhibit is always where it starts."""
        mark = Ref("mark", self.mark.id)
        return (end, mark) if self._starts_at(end.table) else (mark, end)

    def refusal(self, scheme: Scheme, end: str) -> str:
        """Why the link cannot have a label or table as its other end; empty where it can."""
        from annotator.ui.dialogs.link_kinds import reason

        first, second = (end, self.mark.label) if self._starts_at(end) else (self.mark.label, end)
        kinds = [self.kind] if self.kind else scheme.shown_link_kinds()
        reasons = [reason(scheme, kind, first, second) for kind in kinds]
        return "" if "" in reasons else next(iter(reasons), "")

    def rank(self, end: str) -> int:
        """Which place a label has among the ends that the scheme names for the kind, the usual one first."""
        ends = self.kind and (self.kind.origins if self.reverse else self.kind.targets)
        return ends.index(end) if ends and end in ends else 0

    def _starts_at(self, end: str) -> bool:
        return self.reverse or (self.kind is None and end == "exhibit")


def ends_found(store: Store, sought: Sought, scheme: Scheme, words: str) -> list[Found]:
    """What holds the words and may be the other end, the usual ends of the kind first; then what may not."""
    from annotator.ui.dialogs.target_search import end_of

    rows = picking.targets(
        store,
        words,
        lambda row: not sought.refusal(scheme, end_of(row)),
        with_exhibits=True,
        rank=lambda row: sought.rank(row.label),
    )
    return [row for row in rows if row.id != sought.mark.id]


def ends_in_view(desk: Desk, sought: Sought, before: Offer | None = None) -> Offer:
    """Letters for the marks in view of both panes that fit, and the places of those that do not.

    What had letters before keeps them where that is possible. Marks that start
    together get places side by side.
    """
    scheme = read.scheme(desk.store)
    ends = list(_seen(desk, sought))
    fits = [(mark, spot) for mark, label, spot in ends if not sought.refusal(scheme, label)]
    known = {code: (str(mark), spot.view) for code, mark, spot in before.coded()} if before else {}
    names = [(mark, spot.view) for mark, spot in fits]
    codes = coded(names, [_distance(desk, sought, spot) for _, spot in fits], known)
    places = dict(zip(names, (spot for _, spot in fits), strict=True))
    return Offer(
        {code: name[0] for code, name in codes.items()},
        {code: places[name] for code, name in codes.items()},
        [spot for _, label, spot in ends if sought.refusal(scheme, label)],
    )


def _seen(desk: Desk, sought: Sought) -> Iterable[tuple[str, str, Spot]]:
    """The marks in view besides the one the link comes from: id, label and where letters can stand."""
    for pane in desk.panes.all:
        if pane.article is None:
            continue
        taken = set[int]()
        low, high = pane.view.visible_span()
        for row in lists.shapes(desk.store, pane.article, low, high):
            if row.id == sought.mark.id:
                continue
            at = max(row.start, low)
            while at in taken and at + _ASIDE < row.end:
                at += _ASIDE
            taken.add(at)
            yield row.id, row.style, Spot(pane.view, at)


def _distance(desk: Desk, sought: Sought, spot: Spot) -> int:
    """How far a place is from where the link comes from; all of the pane at work is nearer than the other."""
    here = sought.mark.spans[0].start if sought.mark.article == desk.article else desk.view.caret()
    beside = 0 if spot.view is desk.view else len(desk.text)
    return beside + abs(spot.offset - here)

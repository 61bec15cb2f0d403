"""A link under way: pulled with the mouse from a mark to whatever mark is under the pointer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

_EDGE_PX = 24
"""So near its upper or lower edge a text scrolls under a link that comes from beside it."""
_WAIT_MS = 300
"""Before it begins to: a pull that only comes in over the edge moves nothing."""
_STEP_MS = 40


@runtime_checkable
class LinkGoal(Protocol):
    """A widget over whose marks a link may be let go."""

    def link_ends(self, place: QPoint) -> list[str]:
        """The marks at a global point, the likeliest first."""
        ...

    def show_target(self, mark: str | None) -> None:
        """Outline the mark a link would end at."""
        ...


class LinkPull:
    """Pulls a link from a mark, over any widget of the window that is a LinkGoal.

    over: the widget that has the mouse; points are in its coordinates.
    refusal: why no link runs from a mark to another one, or the other way; empty where one does.
    dropped: told of the mark, the marks under the pointer, the global point, and whether Shift turns
    the link round.
    """

    def __init__(
        self,
        over: QWidget,
        mark: str,
        refusal: Callable[[str, str, bool], str],
        dropped: Callable[[str, list[str], QPoint, bool], object],
    ) -> None:
        self._over = over
        self.mark = mark
        self._refusal = refusal
        self._dropped = dropped
        self.goal: LinkGoal | None = None

    def move(self, point: QPoint, exact: bool) -> None:
        place = self._over.mapToGlobal(point)
        self._aim(self._goal_at(place))
        ends = self._ends(place)
        refused = [self._refusal(self.mark, end, exact) for end in ends]
        is_barred = bool(refused) and all(refused)
        if self.goal is not None:
            self.goal.show_target(ends[0] if ends and not is_barred else None)
        shape = Qt.CursorShape.ForbiddenCursor if is_barred else Qt.CursorShape.CrossCursor
        self._over.setCursor(shape)
        QToolTip.showText(place, refused[0] if is_barred else "", self._over)

    def finish(self, point: QPoint, exact: bool) -> None:
        place = self._over.mapToGlobal(point)
        self._aim(self._goal_at(place))
        ends = self._ends(place)
        self.cancel()
        if ends:
            self._dropped(self.mark, ends, place, exact)

    def cancel(self) -> None:
        self._aim(None)
        self._over.unsetCursor()
        QToolTip.hideText()

    def _ends(self, place: QPoint) -> list[str]:
        if self.goal is None:
            return []
        return [mark for mark in self.goal.link_ends(place) if mark != self.mark]

    def _aim(self, goal: LinkGoal | None) -> None:
        if self.goal is not None and goal is not self.goal:
            self.goal.show_target(None)
        self.goal = goal

    def _goal_at(self, place: QPoint) -> LinkGoal | None:
        window = self._over.window()
        found: QWidget | None = window.childAt(window.mapFromGlobal(place))
        while found is not None and not isinstance(found, LinkGoal):
            found = found.parentWidget()
        return found


class EnteringPull(LinkPull):
    """A link pulled from beside the texts: at the edges of the text it comes to, that scrolls by itself.

    It scrolls within both edges, faster the nearer to them, and above the upper one; below the lower
    one may be where the link comes from.
    """

    def __init__(
        self,
        over: QWidget,
        mark: str,
        refusal: Callable[[str, str, bool], str],
        dropped: Callable[[str, list[str], QPoint, bool], object],
    ) -> None:
        super().__init__(over, mark, refusal, dropped)
        self._text: QAbstractScrollArea | None = None
        self._at = (QPoint(), False)
        self._timer = QTimer(over)
        self._timer.timeout.connect(self._on_timeout)

    def move(self, point: QPoint, exact: bool) -> None:
        super().move(point, exact)
        self._at = point, exact
        under = self._under()
        if isinstance(under, QAbstractScrollArea):
            self._text = under
        if not self._step():
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start(_WAIT_MS)

    def cancel(self) -> None:
        super().cancel()
        self._timer.stop()

    def _under(self) -> object:
        return self.goal

    def _on_timeout(self) -> None:
        self._timer.setInterval(_STEP_MS)
        if self._text is not None:
            bar = self._text.verticalScrollBar()
            bar.setValue(bar.value() + self._step())
            self.move(*self._at)

    def _step(self) -> int:
        """How far the text scrolls in a step, in pixels; negative towards its beginning."""
        if self._text is None:
            return 0
        area = self._text.viewport()
        at = area.mapFromGlobal(self._over.mapToGlobal(self._at[0]))
        is_beside = not 0 <= at.x() < area.width() or at.y() >= area.height()
        if is_beside or (self._under() is not self._text and at.y() >= 0):
            return 0
        below = at.y() - (area.height() - _EDGE_PX)
        return below + 1 if below >= 0 else min(0, at.y() - _EDGE_PX)

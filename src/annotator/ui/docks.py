"""The places around the text: where panels stand at first, when they are filled, how they come back."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

LEFT = Qt.DockWidgetArea.LeftDockWidgetArea
RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
BOTTOM = Qt.DockWidgetArea.BottomDockWidgetArea
_WIDTHS = {LEFT: 220, RIGHT: 264}
_NARROW = {LEFT: 1000, RIGHT: 560}
"""Widths of the window below which the panels of a side make way for the text, which has half of it then."""
_HEIGHT, _LOW, _SHARE = 160, 768, 0.45
"""The height of the foot at first in a low window, how low that is, its share of what others have more."""
_LEAST = 80
"""The height that every panel can do with, whatever it would like, so that others can be made large."""
_LARGE, _SMALL = 0.6, 0.48
"""The share of the window that panels at the foot have where they are made large, and the most below that."""


_ROUNDED = 16
"""Pixels by which a height may differ from that asked for, as it does while a new window is laid out."""


_Following = Callable[[int], float]
"""The height of the panels at the foot, with their tabs, by the height of the window."""


def _share(window_height: int) -> float:
    """The height of panels at the foot that nobody has changed."""
    return _HEIGHT + _SHARE * max(0, window_height - _LOW)


def _following(height: int, window_height: int) -> _Following:
    """How panels at the foot follow the window that were given a height in it.

    Those that have most of the window keep their share of it, so that the text keeps its own.
    """
    if abs(height - _share(window_height)) <= _ROUNDED:
        return _share
    if height > window_height * _SMALL:
        return lambda now: height * now / window_height
    return lambda now: min(height, now * _SMALL)


class Place(NamedTuple):
    """Room for a panel, what it is called, and the side of the window it belongs to."""

    name: str
    title: str
    area: Qt.DockWidgetArea
    is_dear: bool = False
    """Whether its panel is dear to load: it is filled after the others, seen or not."""


class _Lent(NamedTuple):
    """What was in front at the foot when room was lent, and whether the foot was made larger for it."""

    front: QDockWidget | None
    is_enlarged: bool


class _Dock(QDockWidget):
    """A dock that tells of each size it gets."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class Docks:
    """The docks of one window by the names of their panels; those at the foot share tabs.

    panel: gives the panel of a name; asked when its dock is first seen, but not before `fill_seen`,
    so that the text does not wait for what is around it.
    """

    def __init__(self, window: QMainWindow, places: Sequence[Place], panel: Callable[[str], QWidget]) -> None:
        self._window = window
        self._places = places
        self._panel = panel
        self._seen: set[str] = set()
        self._waiting = {place.name for place in places}
        self.by_name = {place.name: self._dock(place) for place in places}
        self._foot = [self.by_name[place.name] for place in places if place.area == BOTTOM]
        for before, after in itertools.pairwise(self._foot):
            window.tabifyDockWidget(before, after)
        self._foot[0].raise_()
        self._first = self._kept = QByteArray()
        self._asked = 0
        """The height that the foot was last asked to have, with its tabs."""
        self._sized: int | None = None
        """The height without tabs that Qt gave it since then, in a window as high as `_followed`."""
        self._follows: _Following = _share
        self._follows_small: _Following = _share
        """As the foot followed the window before it was made large."""
        self._followed = 0
        self._is_restored = False
        self._lent: _Lent | None = None
        self._large: set[QDockWidget] = set()
        self._is_enlarged_for_them = False
        self._aside: set[QDockWidget] = set()
        """Docks that make way for the text until the window is wide enough."""
        self._insisted: set[QDockWidget] = set()
        """Docks that were asked for while the window was narrow."""

    def _dock(self, place: Place) -> QDockWidget:
        dock = _Dock(place.title, self._window)
        dock.setObjectName(place.name)
        features = QDockWidget.DockWidgetFeature
        dock.setFeatures(features.DockWidgetMovable | features.DockWidgetClosable)
        if place.area == BOTTOM:
            dock.setTitleBarWidget(QWidget())
            dock.resized.connect(partial(self._on_resized, dock))
        self._window.addDockWidget(place.area, dock)
        dock.visibilityChanged.connect(partial(self._on_seen, place))
        dock.toggleViewAction().triggered.connect(partial(self._insist, dock))
        return dock

    def _on_resized(self, dock: QDockWidget) -> None:
        if dock is self._front() and self._window.height() == self._followed:
            self._sized = dock.height()

    def _on_seen(self, place: Place, is_seen: bool) -> None:
        if not is_seen:
            self._seen.discard(place.name)
            return
        self._seen.add(place.name)
        if place.name not in self._waiting:
            self._fill(place.name)
        if place.area == BOTTOM and self.by_name[place.name] not in self._large:
            self.make_small()

    def fill_seen(self) -> None:
        """Fill the docks that are seen, and from now on each when it is; those that are dear still wait."""
        self._waiting = {place.name for place in self._places if place.is_dear}
        for name in sorted(self._seen - self._waiting):
            self._fill(name)

    def fill_dear(self) -> None:
        """Fill the docks whose panels are dear to load."""
        waiting, self._waiting = self._waiting, set()
        for name in sorted(waiting):
            self._fill(name)

    def _fill(self, name: str) -> None:
        """Put the panel into its dock, if it is not there yet."""
        dock = self.by_name[name]
        if dock.widget() is None:
            panel = self._panel(name)
            panel.setMinimumHeight(_LEAST)
            dock.setWidget(panel)

    def bring(self, name: str) -> None:
        """Show a panel in front of the others."""
        self._insist(self.by_name[name])
        self.by_name[name].show()
        self.by_name[name].raise_()
        self._fill(name)

    def bring_large(self, name: str) -> None:
        """Show a panel of the foot in front of the others, with most of the height.

        One that comes to the front without asking for it makes the foot small again.
        """
        self._large.add(self.by_name[name])
        self.bring(name)
        if not self.is_foot_large:
            self.toggle_foot()
            self._is_enlarged_for_them = True

    def make_small(self) -> None:
        """Give the foot the height it had before a panel asked for more, if it still has that."""
        if self._is_enlarged_for_them and self.is_foot_large:
            self.toggle_foot()
        self._is_enlarged_for_them = False

    def _insist(self, dock: QDockWidget) -> None:
        """A panel was asked for, or closed, by the analyst: it makes way no more."""
        self._aside.discard(dock)
        self._insisted.add(dock)

    def _make_way(self) -> None:
        """Let panels at the sides make way for the text in a narrow window, and come back in a wide one."""
        width = self._window.width()
        for dock in self.by_name.values():
            is_narrow = width < _NARROW.get(self._window.dockWidgetArea(dock), 0)
            if not is_narrow:
                self._insisted.discard(dock)
                if dock in self._aside:
                    self._aside.discard(dock)
                    dock.show()
            elif not dock.isHidden() and dock not in self._insisted:
                self._aside.add(dock)
                dock.hide()

    def bring_back(self) -> None:
        """Show what made way for the text, before the layout is kept."""
        for dock in self._aside:
            dock.show()
        self._aside.clear()

    def share_room(self) -> None:
        """Give the panels their first sizes, most of the window being text, and note that layout."""
        sides = [place for place in self._places if place.area in _WIDTHS]
        self._window.resizeDocks(
            [self.by_name[place.name] for place in sides],
            [_WIDTHS[place.area] for place in sides],
            Qt.Orientation.Horizontal,
        )
        self._followed = self._window.height()
        self._give(self._foot[0], _share)
        self._first = self._kept = self._window.saveState()

    def reset(self) -> None:
        """Put the panels back where they were at first."""
        self._window.restoreState(self._first)
        self._aside.clear()
        self._insisted.clear()
        self._make_way()
        self._give(self._front() or self._foot[0], _share)

    def restore(self, geometry: QByteArray, state: QByteArray) -> None:
        """Take over a layout kept before; a window that would be off screen is brought back."""
        self._window.restoreGeometry(geometry)
        self._window.restoreState(state)
        self._is_restored = True
        screen = self._window.screen().availableGeometry()
        if not screen.intersects(self._window.frameGeometry()):
            self._window.move(screen.topLeft())

    @property
    def is_foot_large(self) -> bool:
        """Whether the panels at the foot have most of the height."""
        front = self._front()  # those behind it keep the height they had when they were last in front
        return front is not None and front.height() > self._window.height() * _SMALL

    def toggle_foot(self) -> None:
        """Give the panels at the foot most of the height, or the height they had before."""
        front = self._front() or self._foot[0]
        window = self._window.height()
        self._is_enlarged_for_them = False
        if self.is_foot_large:
            follows = _following(round(min(self._follows_small(window), window * _SMALL)), window)
        else:
            if front.isVisible():
                self._follows_small = _following(self._height(front), window)
            follows = _following(round(window * _LARGE), window)
        front.show()
        front.raise_()
        self._give(front, follows)

    def _give(self, front: QDockWidget, follows: _Following) -> None:
        """Give the panels at the foot the height that follows from that of the window."""
        self._follows = follows
        self._asked, self._sized = round(follows(self._window.height())), None
        self._window.resizeDocks([front], [self._asked], Qt.Orientation.Vertical)

    def lend_room(self, name: str) -> None:
        """Bring a panel of the foot to the front with most of the height, until `take_room_back`."""
        front, is_large = self._front(), self.is_foot_large
        if front is not self.by_name[name] or not is_large:
            self._lent = _Lent(front, not is_large)
        self.bring_large(name)

    def take_room_back(self) -> None:
        """Let the foot be as it was when room was lent, what was in front of it included."""
        lent, self._lent = self._lent, None
        if lent is None:
            return
        if lent.is_enlarged and self.is_foot_large:
            self.toggle_foot()
        if lent.front is not None:
            lent.front.show()
            lent.front.raise_()
        else:
            for dock in self._foot:
                dock.hide()

    def _front(self) -> QDockWidget | None:
        return next((dock for dock in self._foot if not dock.visibleRegion().isEmpty()), None)

    def follow_window(self) -> None:
        """Let the foot follow a window of another height, and the sides make way in a narrow one."""
        self._make_way()
        before, self._followed = self._followed, self._window.height()
        front = self._front()
        if front is None:
            if not self._is_restored:
                self._give(self._foot[0], _share)
        elif before != self._followed:
            grown = max(0, self._followed - before)
            if self._was_given_another(grown):
                self._follows = _following(self._had(), before)
            is_squeezed = grown and self._height(front) < self._asked - _ROUNDED
            if is_squeezed or round(self._follows(self._followed)) != self._asked:
                self._give(front, self._follows)

    def _was_given_another(self, grown: int) -> bool:
        """Whether the analyst changed the height of the foot, not Qt, where no more room is above it.

        grown: pixels by which the window is higher than it was; all of them are above the foot.
        """
        window = self._window
        sides = [dock for dock in self.by_name.values() if window.dockWidgetArea(dock) != BOTTOM]
        above = [one for one in (window.centralWidget(), *sides) if one and one.isVisible()]
        was_least = any(one.height() - grown <= one.minimumSizeHint().height() for one in above)
        had = self._had()
        return abs(had - self._asked) > _ROUNDED and not (was_least and had < self._asked)

    def _had(self) -> int:
        """The height of the foot before Qt laid out a window of another height, of which we hear after."""
        return self._asked if self._sized is None else self._sized + self._tabs_height()

    def _height(self, dock: QDockWidget) -> int:
        """The height of a dock at the foot as it is asked for, with its tabs."""
        return dock.height() + self._tabs_height()

    def _tabs_height(self) -> int:
        from PySide6.QtWidgets import QTabBar

        bars = self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return max((bar.height() for bar in bars if bar.isVisible()), default=0)

    def toggle_all(self) -> None:
        """Hide every panel, or bring back those that were there."""
        if any(dock.isVisible() for dock in self.by_name.values()):
            self.bring_back()
            self._kept = self._window.saveState()
            for dock in self.by_name.values():
                dock.hide()
        else:
            self._window.restoreState(self._kept)
            self._make_way()

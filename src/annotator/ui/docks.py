"""The places around the text: where panels stand at first, when they are filled, how they come back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow

from annotator.ui.foot import Foot, FootDock

if TYPE_CHECKING:
    from annotator.ui.panels.base import Panel

LEFT = Qt.DockWidgetArea.LeftDockWidgetArea
RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
BOTTOM = Qt.DockWidgetArea.BottomDockWidgetArea
_WIDTHS = {LEFT: 220, RIGHT: 264}
_NARROW = {LEFT: 1000, RIGHT: 560}
"""Widths of the window below which the panels of a side make way for the text, which has half of it then."""
_LEAST = 80
"""The height that every panel can do with, whatever it would like, so that others can be made large."""


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


class Docks:
    """The docks of one window by the names of their panels; those at the foot share tabs.

    panel: gives the panel of a name; asked when its dock is first seen, but not before `fill_seen`,
    so that the text does not wait for what is around it.
    """

    def __init__(self, window: QMainWindow, places: Sequence[Place], panel: Callable[[str], Panel]) -> None:
        self._window = window
        self._places = places
        self._panel = panel
        self._leaving = QTimer(window, singleShot=True, interval=0)
        """Runs out as soon as the panel is in front that comes after one that is seen no more."""
        self._leaving.timeout.connect(self._hand_keys_on)
        self._filled: dict[str, Panel] = {}
        self._seen: set[str] = set()
        self._waiting = {place.name for place in places}
        self.by_name = {place.name: self._dock(place) for place in places}
        docks = self.by_name.values()
        foot = [dock for dock in docks if isinstance(dock, FootDock)]
        self.foot = Foot(window, foot, [dock for dock in docks if dock not in foot])
        self._first = self._kept = QByteArray()
        self._lent: _Lent | None = None
        self._aside: set[QDockWidget] = set()
        """Docks that make way for the text until the window is wide enough."""
        self._insisted: set[QDockWidget] = set()
        """Docks that were asked for while the window was narrow."""

    def _dock(self, place: Place) -> QDockWidget:
        dock = (FootDock if place.area == BOTTOM else QDockWidget)(place.title, self._window)
        dock.setObjectName(place.name)
        features = QDockWidget.DockWidgetFeature
        dock.setFeatures(features.DockWidgetMovable | features.DockWidgetClosable)
        self._window.addDockWidget(place.area, dock)
        dock.visibilityChanged.connect(partial(self._on_seen, place))
        dock.toggleViewAction().triggered.connect(partial(self._insist, dock))
        return dock

    def _on_seen(self, place: Place, is_seen: bool) -> None:
        if place.name in self._filled:
            self._filled[place.name].set_behind(not is_seen)
        if not is_seen:
            self._seen.discard(place.name)
            if self._window.isVisible():
                self._leaving.start()
            return
        self._seen.add(place.name)
        if place.name not in self._waiting:
            self._fill(place.name)
        if place.area == BOTTOM:
            self.foot.make_way_for(self.by_name[place.name])

    def _hand_keys_on(self) -> None:
        """Give the panel in front the keys that one behind it has: nobody would see what they do there."""
        keys = QApplication.focusWidget()
        if keys is None or not self._window.isVisible():
            return
        behind = {name for name, panel in self._filled.items() if panel.isAncestorOf(keys)} - self._seen
        for dock in [one for name in behind for one in self._window.tabifiedDockWidgets(self.by_name[name])]:
            if dock.objectName() in self._seen & self._filled.keys():
                self._filled[dock.objectName()].take_keys()

    def fill_seen(self) -> Iterator[str]:
        """Fill the docks that are seen, and from now on each when it is; those that are dear still wait.

        Gives the name of each before it is filled.
        """
        self._waiting = {place.name for place in self._places if place.is_dear}
        yield from self._fill_all(self._seen - self._waiting)

    def fill_dear(self) -> Iterator[str]:
        """Fill the docks whose panels are dear to load; gives the name of each before it is filled."""
        yield from self._fill_all(self._waiting)
        self._waiting = set()

    def _fill_all(self, names: Set[str]) -> Iterator[str]:
        for name in sorted(names):
            yield name
            self._fill(name)

    def _fill(self, name: str) -> None:
        """Put the panel into its dock, if it is not there yet."""
        dock = self.by_name[name]
        if dock.widget() is None:
            panel = self._filled[name] = self._panel(name)
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
        self.foot.asking.add(self.by_name[name])
        self.bring(name)
        self.foot.enlarge_for_them()

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
        self.foot.share_room()
        self._first = self._kept = self._window.saveState()

    def reset(self) -> None:
        """Put the panels back where they were at first."""
        self._window.restoreState(self._first)
        self._aside.clear()
        self._insisted.clear()
        self._make_way()
        self.foot.share_room()

    def restore(self, geometry: QByteArray, state: QByteArray) -> None:
        """Take over a layout kept before; a window that would be off screen is brought back."""
        self._window.restoreGeometry(geometry)
        self._window.restoreState(state)
        self.foot.is_restored = True
        screen = self._window.screen().availableGeometry()
        if not screen.intersects(self._window.frameGeometry()):
            self._window.move(screen.topLeft())

    def lend_room(self, name: str) -> None:
        """Bring a panel of the foot to the front with most of the height, until `take_room_back`."""
        front, is_large = self.foot.front, self.foot.is_large
        if front is not self.by_name[name] or not is_large:
            self._lent = _Lent(front, not is_large)
        self.bring_large(name)

    def take_room_back(self) -> None:
        """Let the foot be as it was when room was lent, what was in front of it included."""
        lent, self._lent = self._lent, None
        if lent is None:
            return
        if lent.is_enlarged and self.foot.is_large:
            self.foot.toggle()
        if lent.front is not None:
            lent.front.show()
            lent.front.raise_()
        else:
            self.foot.hide()

    def follow_window(self) -> None:
        """Let the foot follow a window of another height, and the sides make way in a narrow one."""
        self._make_way()
        self.foot.follow_window()

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

"""The foot of the window: one height for all panels there, and how it follows the window."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

_HEIGHT, _LOW, _SHARE = 160, 768, 0.45
"""The height of the foot at first in a low window, how low that is, its share of what others have more."""
_LARGE, _SMALL = 0.6, 0.48
"""The share of the window that the foot has where it is made large, and the most below that."""
_AREA = Qt.DockWidgetArea.BottomDockWidgetArea
_ROUNDED = 16
"""Pixels by which a height may differ from that asked for, as it does while a new window is laid out."""

_Following = Callable[[int], float]
"""The height of the foot, with its tabs, by the height of the window; in pixels, as all heights here."""


def _share(window_height: int) -> float:
    """The height of a foot that nobody has changed."""
    return _HEIGHT + _SHARE * max(0, window_height - _LOW)


def _following(height: int, window_height: int) -> _Following:
    """How a foot follows the window that was given a height in it.

    One that has most of the window keeps its share of it, so that the text keeps its own.
    """
    if abs(height - _share(window_height)) <= _ROUNDED:
        return _share
    if height > window_height * _SMALL:
        return lambda now: height * now / window_height
    return lambda now: min(height, now * _SMALL)


class FootDock(QDockWidget):
    """A dock without a title of its own, its tab being one, that tells of each size it gets."""

    resized = Signal()

    def __init__(self, title: str, window: QMainWindow) -> None:
        super().__init__(title, window)
        self.setTitleBarWidget(QWidget())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class Foot:
    """The docks at the foot of one window, which share tabs and height.

    sides: docks that begin at its sides, where the analyst may leave them or not.
    """

    def __init__(self, window: QMainWindow, docks: Sequence[FootDock], sides: Sequence[QDockWidget]) -> None:
        self._window = window
        self._docks = docks
        self._sides = sides
        self._asked = 0
        """The height that it was last asked to have, with its tabs."""
        self._sized: int | None = None
        """The height without tabs that Qt gave it since then, in a window as high as `_followed`."""
        self._follows: _Following = _share
        self._follows_small: _Following = _share
        """As it followed the window before it was made large."""
        self._followed = 0
        self.is_restored = False
        """Whether its height is that of a layout kept before."""
        self.asking: set[QDockWidget] = set()
        """Docks whose panels ask for most of the height while they are in front."""
        self._is_enlarged_for_them = False
        for before, after in itertools.pairwise(docks):
            window.tabifyDockWidget(before, after)
        docks[0].raise_()
        for dock in docks:
            dock.resized.connect(partial(self._on_resized, dock))

    def _on_resized(self, dock: QDockWidget) -> None:
        if dock is self.front and self._window.height() == self._followed:
            self._sized = dock.height()

    @property
    def front(self) -> QDockWidget | None:
        """The dock whose panel is seen."""
        return next((dock for dock in self._docks if not dock.visibleRegion().isEmpty()), None)

    def share_room(self) -> None:
        """Take the height that nobody has changed."""
        self._followed = self._window.height()
        self._give(self.front or self._docks[0], _share)

    def hide(self) -> None:
        """Leave its room to the text."""
        for dock in self._docks:
            dock.hide()

    @property
    def is_large(self) -> bool:
        """Whether it has most of the height."""
        front = self.front  # those behind it keep the height they had when they were last in front
        return front is not None and front.height() > self._window.height() * _SMALL

    def toggle(self) -> None:
        """Take most of the height, or the height it had before."""
        front = self.front or self._docks[0]
        window = self._window.height()
        self._is_enlarged_for_them = False
        if self.is_large:
            follows = _following(round(min(self._follows_small(window), window * _SMALL)), window)
        else:
            if front.isVisible():
                self._follows_small = _following(self._height(front), window)
            follows = _following(round(window * _LARGE), window)
        front.show()
        front.raise_()
        self._give(front, follows)

    def enlarge_for_them(self) -> None:
        """Take most of the height until a dock is in front that does not ask for it."""
        if not self.is_large:
            self.toggle()
            self._is_enlarged_for_them = True

    def make_way_for(self, dock: QDockWidget) -> None:
        """A dock came to the front: give back what another had asked for."""
        if dock not in self.asking:
            self.make_small()

    def make_small(self) -> None:
        """Take the height it had before a panel asked for more, if it still has that."""
        if self._is_enlarged_for_them and self.is_large:
            self.toggle()
        self._is_enlarged_for_them = False

    def _give(self, front: QDockWidget, follows: _Following) -> None:
        """Take the height that follows from that of the window."""
        self._follows = follows
        self._asked, self._sized = round(follows(self._window.height())), None
        self._window.resizeDocks([front], [self._asked], Qt.Orientation.Vertical)

    def follow_window(self) -> None:
        """Follow a window of another height."""
        before, self._followed = self._followed, self._window.height()
        front = self.front
        if front is None:
            if not self.is_restored:
                self._give(self._docks[0], _share)
        elif before != self._followed:
            grown = max(0, self._followed - before)
            if self._was_given_another(grown):
                self._follows = _following(self._had(), before)
            is_squeezed = grown and self._height(front) < self._asked - _ROUNDED
            if is_squeezed or round(self._follows(self._followed)) != self._asked:
                self._give(front, self._follows)

    def _was_given_another(self, grown: int) -> bool:
        """Whether the analyst changed the height, not Qt, where no more room is above it.

        grown: pixels by which the window is higher than it was; all of them are above the foot.
        """
        window = self._window
        sides = [dock for dock in self._sides if window.dockWidgetArea(dock) != _AREA]
        above = [one for one in (window.centralWidget(), *sides) if one and one.isVisible()]
        was_least = any(one.height() - grown <= one.minimumSizeHint().height() for one in above)
        had = self._had()
        return abs(had - self._asked) > _ROUNDED and not (was_least and had < self._asked)

    def _had(self) -> int:
        """The height before Qt laid out a window of another height, of which we hear after."""
        return self._asked if self._sized is None else self._sized + self._tabs_height()

    def _height(self, dock: QDockWidget) -> int:
        """The height of a dock as it is asked for, with its tabs."""
        return dock.height() + self._tabs_height()

    def _tabs_height(self) -> int:
        from PySide6.QtWidgets import QTabBar

        bars = self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return max((bar.height() for bar in bars if bar.isVisible()), default=0)

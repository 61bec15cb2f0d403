"""A figure as assistive technology sees it: a list of boxes that say what they are and where lines lead."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QAccessibleObject

from annotator.domain.model import Ref
from annotator.ui.leaf import Leaf, no_interface

if TYPE_CHECKING:
    from annotator.ui.map.shown import ShownFigure


class BoxAccess(Leaf):
    """A box: an item that can be chosen. Its name says what it stands for, its description its lines."""

    def __init__(self, view: ShownFigure, key: Ref, parent: FigureAccess) -> None:
        super().__init__(parent)
        self._view = view
        self.key = key

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        box = self._view.box(self.key)
        is_current = box is not None and self._view.current == self.key
        state.focusable = state.selectable = box is not None
        state.selected = is_current
        state.focused = is_current and self._view.hasFocus()
        state.invisible = box is None
        state.offscreen = box is not None and not self._view.rect().intersects(self._rect())
        return state

    def text(self, t: QAccessible.Text) -> str:
        if t == QAccessible.Text.Name:
            return self._view.told(self.key)
        return self._view.lines_told(self.key) if t == QAccessible.Text.Description else ""

    def rect(self) -> QRect:
        rect = self._rect()
        return QRect(self._view.mapToGlobal(rect.topLeft()), rect.size())

    def _rect(self) -> QRect:
        return self._view.rect_of(self.key).toRect() if self._view.box(self.key) else QRect()


class FigureAccess(QAccessibleObject):
    """The figure itself; its boxes are its children in reading order, seen or not."""

    def __init__(self, view: ShownFigure) -> None:
        super().__init__(view)
        self._view = view
        self.children: dict[Ref, BoxAccess] = {}

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.List

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.focusable = state.readOnly = True
        state.focused = self._view.hasFocus()
        return state

    def text(self, t: QAccessible.Text) -> str:
        if t == QAccessible.Text.Name:
            return self._view.accessibleName()
        return self._view.accessibleDescription() if t == QAccessible.Text.Description else ""

    def parent(self) -> QAccessibleInterface:
        above = self._view.parentWidget()
        return QAccessible.queryAccessibleInterface(above) if above else None  # type: ignore[return-value]

    def rect(self) -> QRect:
        return QRect(self._view.mapToGlobal(QPoint(0, 0)), self._view.size())

    def child(self, index: int) -> QAccessibleInterface:
        keys = self._view.keys
        return self._of(keys[index]) if 0 <= index < len(keys) else None  # type: ignore[return-value]

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        box = self._view.box_at(QPointF(self._view.mapFromGlobal(QPoint(x, y))))
        return self._of(box.key) if box else None  # type: ignore[return-value]

    def childCount(self) -> int:
        return len(self._view.keys)

    def focusChild(self) -> QAccessibleInterface:
        return self._of(self._view.current) if self._view.current else self

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        keys = self._view.keys
        return keys.index(child.key) if isinstance(child, BoxAccess) and child.key in keys else -1

    def interface_cast(self, t: QAccessible.InterfaceType) -> Any:
        return no_interface()

    def _of(self, key: Ref) -> BoxAccess:
        """The child of a box. It lives as long as the view, because a client may hold on to it."""
        known = self.children.get(key)
        if known is None:
            known = self.children[key] = BoxAccess(self._view, key, self)
        return known


_REGISTERED: set[FigureAccess] = set()
"""Qt knows an interface by its address: it must not be collected before the view is destroyed."""


def _unregister(interface: FigureAccess, *_: object) -> None:
    for child in interface.children.values():
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(child))
    interface.children.clear()
    _REGISTERED.discard(interface)


class FigureTelling:
    """Registers a figure with Qt's accessibility and tells of what changes in it."""

    def __init__(self, view: ShownFigure) -> None:
        self._view = view
        interface = FigureAccess(view)
        QAccessible.registerAccessibleInterface(interface)
        _REGISTERED.add(interface)
        view.destroyed.connect(partial(_unregister, interface))

    def figure_changed(self) -> None:
        """Other boxes are shown."""
        self._tell(QAccessible.Event.ObjectReorder, None)

    def moved(self) -> None:
        """The keys act on another box."""
        keys = self._view.keys
        if self._view.current in keys:
            at = keys.index(self._view.current)
            self._tell(QAccessible.Event.Selection, at)
            if self._view.hasFocus():
                self._tell(QAccessible.Event.Focus, at)

    def _tell(self, kind: QAccessible.Event, child: int | None) -> None:
        event = QAccessibleEvent(self._view, kind)
        if child is not None:
            event.setChild(child)
        QAccessible.updateAccessibility(event)

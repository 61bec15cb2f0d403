"""The text view as assistive technology sees it: a text with a caret, its visible marks as children."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAccessibleInterface,
    QAccessibleObject,
    QAccessibleTextCursorEvent,
    QAccessibleTextInterface,
    QAccessibleTextSelectionEvent,
)

from annotator.domain.shapes import Shape
from annotator.domain.spans import Span
from annotator.ui.leaf import Leaf, no_interface

if TYPE_CHECKING:
    from annotator.ui.text.view import TextView

_QUOTE = 80


class ArticleText(QAccessibleTextInterface):
    """The text with its caret; offsets are code points.

    `selection` and `attributes` are not bound by PySide6 (6.12) and would
    answer garbage, so no selection is counted; selecting sends an event.
    """

    def __init__(self, view: TextView) -> None:
        super().__init__()
        self._view = view

    def characterCount(self) -> int:
        return len(self._view.page.text)

    def cursorPosition(self) -> int:
        return self._view.caret()

    def text(self, start: int, end: int) -> str:
        return self._view.page.text[max(0, start) : end]

    def selectionCount(self) -> int:
        return 0

    def characterRect(self, offset: int) -> QRect:
        rects = self._view.rects_of(Span(offset, offset + 1))
        return _global(self._view, rects[0] if rects else QRect())

    def offsetAtPoint(self, point: QPoint) -> int:
        offset = self._view.character_at(self._view.viewport().mapFromGlobal(point))
        return -1 if offset is None else offset

    def addSelection(self, start: int, end: int) -> None:
        self._view.select(Span(start, end))

    def setSelection(self, index: int, start: int, end: int) -> None:
        self._view.select(Span(start, end))

    def removeSelection(self, index: int) -> None:
        self._view.select(None)

    def setCursorPosition(self, position: int) -> None:
        self._view.set_caret(position)

    def scrollToSubstring(self, start: int, end: int) -> None:
        self._view.reveal(Span(start, end))


class MarkAccess(Leaf):
    """A visible mark: a child of the text named "label: quote"."""

    def __init__(self, view: TextView, shape: Shape, parent: ArticleAccess) -> None:
        super().__init__(parent)
        self._view = view
        self.shape = shape

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.StaticText

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.readOnly = True
        return state

    def text(self, t: QAccessible.Text) -> str:
        if t != QAccessible.Text.Name:
            return ""
        quote = " … ".join(self._view.page.text[span.start : span.end] for span in self.shape.spans)
        return f"{self.shape.label}: {_short(quote)}"

    def rect(self) -> QRect:
        whole = QRect()
        for span in self.shape.spans:
            for rect in self._view.rects_of(span):
                whole = whole.united(rect)
        return _global(self._view, whole)


class ArticleAccess(QAccessibleObject):
    """The view itself: a read-only document."""

    def __init__(self, view: TextView) -> None:
        super().__init__(view)
        self._view = view
        self._text = ArticleText(view)
        self.children: dict[str, MarkAccess] = {}

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.Document

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        for name in ("focusable", "readOnly", "multiLine", "selectableText"):
            setattr(state, name, True)
        state.focused = self._view.hasFocus()
        return state

    def text(self, t: QAccessible.Text) -> str:
        if t == QAccessible.Text.Description:
            return self._regions()
        return self._view.accessibleName() if t == QAccessible.Text.Name else ""

    def _regions(self) -> str:
        """The parts of the article in view that are no running text, each with its words."""
        seen = self._view.visible_span()
        shown = self._view.regions.within(*seen) if self._view.regions is not None else ()
        return "; ".join(f"{one.name}: {_short(self._view.page.text[slice(*one.span)])}" for one in shown)

    def parent(self) -> QAccessibleInterface:
        above = self._view.parentWidget()
        return QAccessible.queryAccessibleInterface(above) if above else None  # type: ignore[return-value]

    def rect(self) -> QRect:
        return _global(self._view, self._view.viewport().rect())

    def child(self, index: int) -> QAccessibleInterface:
        shapes = self._view.shapes_in_view()
        return self._of(shapes[index]) if 0 <= index < len(shapes) else None  # type: ignore[return-value]

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        under = self._view.stack_at(self._view.viewport().mapFromGlobal(QPoint(x, y)))
        shapes = {shape.id: shape for shape in self._view.shapes_in_view()}
        return self._of(shapes[under[0]]) if under and under[0] in shapes else None  # type: ignore[return-value]

    def childCount(self) -> int:
        return len(self._view.shapes_in_view())

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        ids = self._view.mark_ids_in_view()
        return ids.index(child.shape.id) if isinstance(child, MarkAccess) and child.shape.id in ids else -1

    def interface_cast(self, t: QAccessible.InterfaceType) -> Any:
        return self._text if t == QAccessible.InterfaceType.TextInterface else no_interface()

    def _of(self, shape: Shape) -> MarkAccess:
        """The child of a mark. It lives as long as the view, because a client may hold on to it."""
        known = self.children.get(shape.id)
        if known is None:
            known = self.children[shape.id] = MarkAccess(self._view, shape, self)
        known.shape = shape
        return known


def _short(words: str) -> str:
    from annotator.domain.sentences import shortened  # a window is painted before it is loaded

    return shortened(words, _QUOTE)


def _global(view: TextView, rect: QRect) -> QRect:
    return QRect(view.viewport().mapToGlobal(rect.topLeft()), rect.size())


def _forget(children: dict[str, MarkAccess], *_: object) -> None:
    """Tell Qt that the marks of a view are gone, before Python frees them."""
    for child in children.values():
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(child))
    children.clear()


_REGISTERED: set[ArticleAccess] = set()
"""Qt knows an interface by its address: it must not be collected before the view is destroyed."""


def _unregister(interface: ArticleAccess, *_: object) -> None:
    _forget(interface.children)
    _REGISTERED.discard(interface)


class TextAccess:
    """Registers a view with Qt's accessibility and tells it of changes, as long as anybody listens.

    Qt would drop what nobody listens to by itself; making it takes 1 % of opening another article.
    """

    def __init__(self, view: TextView) -> None:
        self._view = view
        view.setAccessibleName(view.tr("Article text"))
        self._interface = ArticleAccess(view)
        QAccessible.registerAccessibleInterface(self._interface)
        _REGISTERED.add(self._interface)
        view.destroyed.connect(partial(_unregister, self._interface))

    def caret_moved(self) -> None:
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleTextCursorEvent(self._view, self._view.caret()))

    def selection_changed(self) -> None:
        if QAccessible.isActive():
            span = self._view.selection() or Span(self._view.caret(), self._view.caret())
            QAccessible.updateAccessibility(QAccessibleTextSelectionEvent(self._view, *span))

    def text_changed(self) -> None:
        if QAccessible.isActive():
            event = QAccessibleEvent(self._view, QAccessible.Event.VisibleDataChanged)
            QAccessible.updateAccessibility(event)

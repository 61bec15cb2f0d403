"""How a screen is reached without a mouse and without eyes: the way of Tab, names, and rows that are told."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, pairwise, takewhile

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDockWidget,
    QHeaderView,
    QWidget,
)

from annotator.ui.tabbing import takes_tab

SLACK = 4
MOST_ROWS = 20
"""Rows of a list that are asked what they say."""


def failings(shown: QWidget) -> list[str]:
    """What a screen lacks for those who use keys or a screen reader; empty where all is well."""
    return [*_nameless(shown), *_backwards(shown), *_untold(shown)]


def stops(shown: QWidget) -> list[QWidget]:
    """What Tab comes to and is seen, in its order."""
    found, widget = [], shown.nextInFocusChain()
    while widget is not None and widget is not shown:
        is_stop = takes_tab(widget) and widget.isEnabled() and widget.focusProxy() is None
        if is_stop and shown.isAncestorOf(widget) and not widget.visibleRegion().isEmpty():
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def _nameless(shown: QWidget) -> Iterator[str]:
    for widget in stops(shown):
        told = QAccessible.queryAccessibleInterface(widget)
        if not told.text(QAccessible.Text.Name).strip():
            yield f"{_called(widget)} has no name"
        if told.role() is QAccessible.Role.NoRole:
            yield f"{_called(widget)} has no role"


def _backwards(shown: QWidget) -> Iterator[str]:
    """Where Tab goes up or back inside one dock or dialog; it goes round once in a dialog."""
    found = stops(shown)
    jumps = []
    for one, other in pairwise(found):
        if _place(one) is _place(other) is not None and _is_back(_rect(one, shown), _rect(other, shown)):
            jumps.append(f"from {_called(one)} Tab goes back to {_called(other)}")
    yield from jumps[1:] if isinstance(shown, QDialog) else jumps


def _place(widget: QWidget) -> QWidget | None:
    place: QWidget | None = widget
    while place is not None and not isinstance(place, (QDockWidget, QDialog)):
        place = place.parentWidget()
    return place


def _rect(widget: QWidget, shown: QWidget) -> QRect:
    return widget.visibleRegion().boundingRect().translated(widget.mapTo(shown, QPoint()))


def _is_back(one: QRect, other: QRect) -> bool:
    is_above = other.bottom() <= one.top() + SLACK and other.left() <= one.left() + SLACK
    is_before = abs(one.top() - other.top()) < SLACK and other.right() <= one.left() + SLACK
    return is_above or is_before


def _untold(shown: QWidget) -> Iterator[str]:
    """Lists of whose rows no cell says anything."""
    for view in shown.findChildren(QAbstractItemView):
        if isinstance(view, QHeaderView) or view.visibleRegion().isEmpty():
            continue
        model, root = view.model(), view.rootIndex()
        for row in range(min(MOST_ROWS, model.rowCount(root))):
            if not any(map(_says, _cells(model.index(row, 0, root)))):
                yield f"row {row + 1} of {_called(view)} says nothing"


def _cells(first: QModelIndex) -> Iterator[QModelIndex]:
    return takewhile(QModelIndex.isValid, map(first.siblingAtColumn, count()))


def _says(cell: QModelIndex) -> bool:
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
    return any(str(cell.data(role) or "").strip() for role in roles)


def _called(widget: QWidget) -> str:
    return f"{type(widget).__name__} “{widget.accessibleName()}”"

"""What things that are painted, and are no widgets, have in common for assistive technology."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from shiboken6 import Shiboken


def no_interface() -> Any:
    """What `interface_cast` answers for an interface that is not there.

    WORKAROUND: None or 0 crash the process as soon as a client looks (PySide6 6.11 and 6.12).
    """
    return Shiboken.VoidPtr(0)


class Leaf(QAccessibleInterface):
    """A child without children of a widget that paints it; its name is not written from outside."""

    def __init__(self, parent: QAccessibleInterface) -> None:
        super().__init__()
        self._parent = parent

    def isValid(self) -> bool:
        return True

    def object(self) -> QObject:
        return None  # type: ignore[return-value]

    def parent(self) -> QAccessibleInterface:
        return self._parent

    def child(self, index: int) -> QAccessibleInterface:
        return None  # type: ignore[return-value]

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        return None  # type: ignore[return-value]

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def setText(self, t: QAccessible.Text, text: str) -> None:
        """Nothing is changed by this."""

    def interface_cast(self, t: QAccessible.InterfaceType) -> Any:
        return no_interface()

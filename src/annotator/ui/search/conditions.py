"""The fields of the search by name, for whoever does not know how a query is written."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton

from annotator.domain.query import ATTRIBUTE
from annotator.domain.scheme import Scheme


class ConditionButton(QPushButton):
    """A menu of conditions; what is chosen is told as a query has it, up to its value."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setText(self.tr("Add a condition"))
        self.setAutoDefault(False)
        self._menu = QMenu(self)
        self._attributes = QMenu(self.tr("Value of a mark"), self._menu)
        self.setMenu(self._menu)

    def take_scheme(self, scheme: Scheme) -> None:
        """Offer the attributes that there are now."""
        for menu in (self._menu, self._attributes):
            menu.clear()
        for words, written in self._fields():
            self._add(words, written)
        self._menu.addMenu(self._attributes)
        for row in scheme.attributes.values():
            self._add(row.name, f"{ATTRIBUTE}{row.id}=", self._attributes)
        self._menu.addSeparator()
        for words, written in self._flags():
            self._add(words, written)

    def _add(self, words: str, written: str, menu: QMenu | None = None) -> None:
        action = (menu or self._menu).addAction(words)
        action.triggered.connect(lambda: self.chosen.emit(written))

    def _fields(self) -> tuple[tuple[str, str], ...]:
        return (
            (self.tr("Label"), "label="),
            (self.tr("Who says it"), "source="),
            (self.tr("For whom, in the end"), "owner="),
            (self.tr("Outlet"), "outlet="),
            (self.tr("Article"), "article="),
            (self.tr("Date, from"), "date>"),
            (self.tr("Stance to a claim"), "stance="),
            (self.tr("Claim"), "claim="),
            (self.tr("Certainty"), "certainty="),
            (self.tr("Status of mark or article"), "status="),
            (self.tr("Kind of link or source"), "kind="),
            (self.tr("Annotator"), "annotator="),
            (self.tr("Words of the mark"), "text~"),
        )

    def _flags(self) -> tuple[tuple[str, str], ...]:
        return (
            (self.tr("Linked"), "linked"),
            (self.tr("Not linked"), "unlinked"),
            (self.tr("Linked across articles"), "across"),
            (self.tr("With a note"), "has_note"),
            (self.tr("With a question"), "question"),
        )

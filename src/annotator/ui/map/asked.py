"""Questions to the map: which claims, in which order; stored ones are asked again by a click."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from annotator.domain.briefs import ORDERS, STATES, ClaimBrief, MapQuestion, Order, State
from annotator.domain.errors import UserError
from annotator.domain.model import SavedSearch
from annotator.domain.saved import map_question
from annotator.store import edits, read
from annotator.store.store import Store
from annotator.ui.map.wording import tr

_STORED = 200
"""How many stored questions are offered at most."""


def state_name(state: State) -> str:
    """What is to be noted of a claim."""
    names: dict[State, str] = {
        "all": tr("all claims"),
        "disputed": tr("disputed"),
        "undenied": tr("undenied"),
        "self-contradicted": tr("self-contradicted"),
        "silence": tr("no comment"),
        "attacked": tr("source attacked, not answered"),
    }
    return names[state]


def order_name(order: Order) -> str:
    """An order of claims."""
    names: dict[Order, str] = {
        "number": tr("as they were made"),
        "voices": tr("most voices first"),
        "first": tr("first said first"),
        "last": tr("last said first"),
        "text": tr("by their words"),
    }
    return names[order]


class AskedClaims(QFrame):
    """A form below a button; every change asks at once."""

    changed = Signal()
    failed = Signal(object)
    """A UserError: a question could not be stored."""

    def __init__(self, store: Store, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._store = store
        self._text = ""
        self._is_filling = False
        self.setObjectName("popup")
        self.setAccessibleName(tr("Which claims"))
        self.state, self.order = QComboBox(), QComboBox()
        for state in STATES:
            self.state.addItem(state_name(state), state)
        for order in ORDERS:
            self.order.addItem(order_name(order), order)
        self.source, self.outlet = QComboBox(), QComboBox()
        self.since, self.until, self.name = QLineEdit(), QLineEdit(), QLineEdit()
        self.stored = QComboBox()
        self.save = QPushButton(tr("Keep this question"))
        self.forget = QPushButton(tr("Forget it"))
        self._lay_out()
        for box in (self.source, self.outlet):
            box.setLineEdit(QLineEdit(placeholderText=tr("Any, or a part of a name")))
            box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            box.editTextChanged.connect(lambda: self._on_changed())
        for box in (self.state, self.order):
            box.currentIndexChanged.connect(lambda: self._on_changed())
        for line in (self.since, self.until):
            line.setPlaceholderText(tr("2024-05-31"))
            line.setToolTip(tr("A day, a month or a year: 2024-05-31, 2024-05, 2024"))
            line.textChanged.connect(lambda: self._on_changed())
        self.name.setPlaceholderText(tr("Its name"))
        self.name.textChanged.connect(lambda: self._fit_buttons())
        self.stored.activated.connect(lambda: self._ask_stored())
        self.save.clicked.connect(lambda: self.keep())
        self.forget.clicked.connect(lambda: self.drop())

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(12, 10, 12, 10)
        dates, keeping, kept = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row, widgets in (
            (dates, (self.since, self.until)),
            (keeping, (self.name, self.save)),
            (kept, (self.stored, self.forget)),
        ):
            for at, widget in enumerate(widgets):
                row.addWidget(widget, 0 if at and isinstance(widget, QPushButton) else 1)
        for words, field in (
            (tr("Show"), self.state),
            (tr("Source"), self.source),
            (tr("Outlet"), self.outlet),
        ):
            form.addRow(_label(words), field)
            field.setAccessibleName(words)
        form.addRow(_label(tr("Said between")), dates)
        form.addRow(_label(tr("Order")), self.order)
        form.addRow(_label(tr("Kept questions")), kept)
        form.addRow(_label(tr("Keep")), keeping)
        for widget, words in (
            (self.since, tr("Said since")),
            (self.until, tr("Said until")),
            (self.order, tr("Order")),
            (self.stored, tr("Kept questions")),
            (self.name, tr("Name of the question")),
        ):
            widget.setAccessibleName(words)
        self.setMinimumWidth(380)

    def question(self) -> MapQuestion:
        """What the form asks."""
        return MapQuestion(
            text=self._text,
            state=self.state.currentData(),
            source=self.source.currentText().strip(),
            outlet=self.outlet.currentText().strip(),
            since=self.since.text().strip(),
            until=self.until.text().strip(),
            order=self.order.currentData(),
        )

    def ask(self, question: MapQuestion) -> None:
        """Fill the form with a question."""
        self._is_filling = True
        self._text = question.text
        self.state.setCurrentIndex(STATES.index(question.state))
        self.order.setCurrentIndex(ORDERS.index(question.order))
        self.source.setEditText(question.source)
        self.outlet.setEditText(question.outlet)
        self.since.setText(question.since)
        self.until.setText(question.until)
        self._is_filling = False
        self.changed.emit()

    def told(self) -> str:
        """The question in words; empty where all is asked for."""
        asked = self.question()
        parts = [state_name(asked.state)] if asked.state != "all" else []
        for template, value in (
            (tr("source {name}"), asked.source),
            (tr("outlet {name}"), asked.outlet),
            (tr("since {name}"), asked.since),
            (tr("until {name}"), asked.until),
        ):
            if value:
                parts.append(template.format(name=value))
        return ", ".join(parts)

    def open_below(self, button: QWidget, claims: Iterable[ClaimBrief]) -> None:
        """Open under a button, with the names that the claims hold."""
        rows = list(claims)
        self._offer(self.source, (name for claim in rows for name in claim.sources))
        self._offer(self.outlet, (name for claim in rows for name in claim.outlets))
        self._read_stored()
        self.adjustSize()
        corner = button.mapToGlobal(QPoint(0, button.height()))
        room = self.screen().availableGeometry()
        left = min(corner.x(), room.right() - self.width())
        top = min(corner.y(), room.bottom() - self.height())
        self.move(max(left, room.left()), max(top, room.top()))
        self.show()
        self.state.setFocus()

    def keep(self) -> None:
        """Store the question under its name; one of that name is replaced."""
        name = self.name.text().strip()
        if not name:
            return
        line = self.question().written()
        same = [row for row in self._kept() if row.name == name]
        try:
            if same:
                edits.edit_record(self._store, SavedSearch, same[0].id, query=line)
            else:
                edits.add_record(self._store, SavedSearch(id="", name=name, query=line))
        except UserError as error:
            self.failed.emit(error)
            return
        self.name.clear()
        self._read_stored()
        self.stored.setCurrentIndex(self.stored.findText(name))
        self._fit_buttons()

    def drop(self) -> None:
        """Delete the stored question that is shown."""
        row: SavedSearch | None = self.stored.currentData()
        if row is not None:
            try:
                edits.delete_record(self._store, SavedSearch, row.id)
            except UserError as error:
                self.failed.emit(error)
            self._read_stored()

    def note_text(self, text: str) -> None:
        """The words asked for beside the form, so that they are stored with it."""
        self._text = text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.name.hasFocus():
                self.keep()
            else:
                self.hide()
        else:
            super().keyPressEvent(event)

    def _kept(self) -> list[SavedSearch]:
        rows = read.records(self._store, SavedSearch, limit=_STORED)
        return [row for row in rows if map_question(row) is not None]

    def _read_stored(self) -> None:
        shown: SavedSearch | None = self.stored.currentData()
        self.stored.clear()
        self.stored.addItem(tr("choose one…"), None)
        for row in sorted(self._kept(), key=lambda one: one.name.casefold()):
            self.stored.addItem(row.name, row)
            if shown is not None and row.id == shown.id:
                self.stored.setCurrentIndex(self.stored.count() - 1)
        self._fit_buttons()

    def _ask_stored(self) -> None:
        row: SavedSearch | None = self.stored.currentData()
        question = map_question(row) if row else None
        if question is not None:
            self.ask(question)
        self._fit_buttons()

    def _fit_buttons(self) -> None:
        self.forget.setEnabled(self.stored.currentData() is not None)
        self.save.setEnabled(bool(self.name.text().strip()))

    def _offer(self, box: QComboBox, names: Iterable[str]) -> None:
        before = box.currentText()
        self._is_filling = True
        box.clear()
        box.addItems(sorted(set(names), key=str.casefold))
        box.setEditText(before)
        self._is_filling = False

    def _on_changed(self) -> None:
        if not self._is_filling:
            self.changed.emit()


def _label(words: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(words)
    return label

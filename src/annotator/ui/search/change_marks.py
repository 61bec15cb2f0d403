"""A label, a value or a status for many marks: what it would do is said before it is done."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from annotator.domain.errors import UserError
from annotator.store import edits, read
from annotator.store.bulk import LARGE, Progress
from annotator.store.edits.many import MarkChange, Outlook, foresee
from annotator.store.finding import marks_at_places
from annotator.store.lists import Places
from annotator.store.store import Store
from annotator.ui.dialogs.frame import Dialog, label_for
from annotator.ui.dialogs.progress import change_beside
from annotator.ui.messages import sentence
from annotator.ui.panels.asking import Reader
from annotator.ui.panels.parts import Words
from annotator.ui.panels.words import count_of_marks, counted, mark_status_name
from annotator.ui.theme import Theme

STATUSES = ("open", "checked", "final")
"""The states of marks that are offered; another one can be typed."""
_LABEL, _STATUS = "label", "status"
_STAYS = {
    "frozen": (
        "%n stays: it is in an older version of an article.",
        "%n stay: they are in an older version of an article.",
    ),
    "breaks-link": (
        "%n stays: a link of it could not end at this label.",
        "%n stay: a link of theirs could not end at this label.",
    ),
    "other-label": ("%n stays: its label has no such value.", "%n stay: their label has no such value."),
}
"""Of one mark that stays as it is and of several, by why."""


class ChangeMarksDialog(Dialog):
    """Choose what to change and to what; the sentence below says how many marks would."""

    done_with = Signal(str, str)
    """A sentence about what was done, and its role."""

    def __init__(self, store: Store, look: Theme, parent: QWidget | None, places: Places) -> None:
        super().__init__(look, parent, "", "", (520, 300))
        self.setWindowTitle(self.tr("Change marks"))
        self._store = store
        self._places = places
        self._scheme = read.scheme(store)
        self.outlook: Outlook | None = None
        self.what, self.value = QComboBox(), QComboBox()
        self.what.addItem(self.tr("Label"), (_LABEL, ""))
        self.what.addItem(self.tr("Status"), (_STATUS, ""))
        for attribute in self._scheme.attributes.values():
            if attribute.values and not attribute.computed:
                self.what.addItem(attribute.name, ("attribute", attribute.id))
        self.preview = Words("")
        form = QFormLayout()
        form.addRow(label_for(self.tr("&Change"), self.what), self.what)
        form.addRow(label_for(self.tr("&to"), self.value), self.value)
        self.column.addLayout(form)
        self.column.addWidget(self.preview)
        self.column.addStretch(1)
        self._reader = Reader(store, self)
        self._reader.answered.connect(self._show)
        self.what.currentIndexChanged.connect(lambda: self._offer_values())
        self.value.currentIndexChanged.connect(lambda: self._foresee())
        self.value.editTextChanged.connect(lambda: self._foresee())
        self._offer_values()
        self.what.setFocus()

    def _offer_values(self) -> None:
        field, name = self.what.currentData()
        self.value.blockSignals(True)
        self.value.clear()
        self.value.setEditable(field == _STATUS)
        for words, value in self._values(field, name):
            self.value.addItem(words, value)
        self.value.blockSignals(False)
        self._foresee()

    def _values(self, field: str, name: str) -> list[tuple[str, str | None]]:
        if field == _LABEL:
            return [(label.name, label.id) for label in self._scheme.labels.values()]
        if field == _STATUS:
            return [(mark_status_name(status), status) for status in STATUSES]
        attribute = self._scheme.attributes[name]
        values = [(attribute.value_name(value), value) for value in attribute.values or ()]
        return [*values, (self.tr("no value"), None)]

    def change(self) -> MarkChange:
        """What is chosen."""
        field, name = self.what.currentData()
        value = self.value.currentData()
        if field == _STATUS:
            typed = self.value.currentText().strip()
            known = {mark_status_name(status): status for status in STATUSES}
            value = known.get(typed, typed)
        return MarkChange(field, value, name)

    def _foresee(self) -> None:
        self.outlook = None
        self.preview.setText(self.tr("Looking at the marks…"))
        self._tell_button()
        self._reader.look_up(partial(_foreseen, places=self._places, change=self.change()))

    def _show(self, outlook: Outlook | UserError) -> None:
        if isinstance(outlook, UserError):
            self.preview.setText(sentence(outlook))
            return
        self.outlook = outlook
        self.preview.setText(self._told(outlook))
        self._tell_button()

    def _told(self, outlook: Outlook) -> str:
        lines = [counted("%n mark changes.", "%n marks change.", len(outlook.marks))]
        if outlook.same:
            lines.append(counted("%n is so already.", "%n are so already.", outlook.same))
        lines += [counted(*_STAYS[why], number) for why, number in outlook.left.items()]
        return "\n".join(lines)

    def _tell_button(self) -> None:
        marks = self.outlook.marks if self.outlook else ()
        self.accept_button.setText(self.tr("Change {marks}").format(marks=count_of_marks(len(marks))))
        self.accept_button.setEnabled(bool(marks) and bool(self.what.currentData()))

    def accept(self) -> None:
        """Change what the sentence says, as one step of undo."""
        if self.outlook is None or not self.outlook.marks:
            return
        marks, change = self.outlook.marks, self.change()

        def work(progress: Progress | None) -> Outlook:
            return edits.change_marks(self._store, marks, change, progress)

        try:
            if len(marks) > LARGE:
                done = change_beside(self, self._store, self.tr("Changing"), work, len(marks))
            else:
                done = work(None)
        except UserError as error:
            self.say(sentence(error))
            return
        if done is None:
            self.say(self.tr("Stopped; nothing was changed."))
        else:
            words = self.tr("Changed {marks}. Undo takes it back.")
            self.done_with.emit(words.format(marks=count_of_marks(len(done.marks))), "success")
            super().accept()


def _foreseen(store: Store, *, places: Places, change: MarkChange) -> Outlook | UserError:
    try:
        return foresee(store, marks_at_places(store, places), change)
    except UserError as error:
        return error

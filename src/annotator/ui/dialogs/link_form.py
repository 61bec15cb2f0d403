"""What is noted about one link: how it works, whether the text says so itself, and a note; or its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QWidget

from annotator.domain.errors import UserError
from annotator.domain.ids import LinkId
from annotator.domain.model import Ref
from annotator.domain.sentences import as_quote
from annotator.store import edits, lists, read
from annotator.store.session import Session
from annotator.ui.dialogs.frame import Dialog, NoteField, label_for, plain_button
from annotator.ui.messages import sentence
from annotator.ui.panels.parts import Words
from annotator.ui.panels.words import value_name
from annotator.ui.theme import Theme


class LinkForm(Dialog):
    """Edits one link; what was changed is one operation, and nothing changed is none."""

    def __init__(self, session: Session, look: Theme, parent: QWidget | None, link: LinkId) -> None:
        super().__init__(look, parent, "", "", (480, 300))
        self.setWindowTitle(self.tr("About the link"))
        self.accept_button.setText(self.tr("Save"))
        self._store = session.store
        self._link = read.link(self._store, link)
        self._kind = read.scheme(self._store).link_kinds.get(self._link.kind)
        self.how = QComboBox()
        self.inferred = QCheckBox(self.tr("The text does not say so: the link is &mine"))
        self.note = NoteField()
        self.turn = plain_button(self.tr("&Turn it round"))
        self.delete = plain_button(self.tr("&Delete it"))
        self._lay_out()
        self._fill()
        self.note.setFocus()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(Words(self._sentence()))
        form.addRow(label_for(self.tr("&How"), self.how), self.how)
        form.setRowVisible(self.how, bool(self._hows()))
        form.addRow(self.inferred)
        form.addRow(label_for(self.tr("&Note"), self.note), self.note)
        self.column.addLayout(form)
        ends = (self._link.origin.table, self._link.target.table)
        is_symmetric = self._kind is not None and self._kind.symmetric
        self.turn.setVisible(ends == ("mark", "mark") and not is_symmetric)
        self.turn.clicked.connect(self._turn)
        self.delete.clicked.connect(self._delete)
        for button in (self.turn, self.delete):
            self.buttons.addButton(button, self.buttons.ButtonRole.ActionRole)

    def _sentence(self) -> str:
        """Both ends and what the link does between them."""
        name = self._kind.name if self._kind else self._link.kind
        return f"{self._words_of(self._link.origin)} {name} {self._words_of(self._link.target)}"

    def _words_of(self, end: Ref) -> str:
        words, *_, number = lists.describe(self._store, end)
        return f"{number} {as_quote(words)}"

    def _hows(self) -> tuple[str, ...]:
        return self._kind.how if self._kind else ()

    def _fill(self) -> None:
        self.how.addItem("–", None)
        for how in dict.fromkeys((*self._hows(), *filter(None, [self._link.how]))):
            self.how.addItem(value_name(how), how)
        self.how.setCurrentIndex(max(0, self.how.findData(self._link.how)))
        self.inferred.setChecked(self._link.inferred)
        self.note.setPlainText(self._link.note or "")

    def accept(self) -> None:
        """Store what was changed; what is refused is said, and the form stays."""
        values: dict[str, Any] = {
            "how": self.how.currentData(),
            "inferred": self.inferred.isChecked(),
            "note": self.note.toPlainText().strip() or None,
        }
        changes = {name: value for name, value in values.items() if value != getattr(self._link, name)}
        if not changes or self._is_done(lambda: edits.edit_link(self._store, self._link.id, **changes)):
            super().accept()

    def _turn(self) -> None:
        """Let the link run the other way, where the scheme allows it."""
        if self._is_done(lambda: edits.reverse_link(self._store, self._link.id)):
            self.accept()

    def _delete(self) -> None:
        """Take the link away, and what was typed with it; undo brings it back."""
        if self._is_done(lambda: edits.delete_link(self._store, self._link.id)):
            super().accept()

    def _is_done(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except UserError as error:
            self.say(sentence(error))
            return False
        return True

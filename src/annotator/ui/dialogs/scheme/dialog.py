"""The window of the scheme: a list, a form, and what was done or refused below."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QInputDialog,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.domain import scheme_changes, scheme_files
from annotator.domain.errors import UserError
from annotator.domain.scheme import Scheme
from annotator.domain.scheme_changes import SchemeChange
from annotator.store.session import Session
from annotator.store.store import Change
from annotator.ui import icons
from annotator.ui.dialogs.frame import Dialog, plain_button
from annotator.ui.dialogs.scheme.attribute_form import AttributeForm
from annotator.ui.dialogs.scheme.form import Form
from annotator.ui.dialogs.scheme.groups import LISTS, PRESETS, added, deleted, ids_of, words_of
from annotator.ui.dialogs.scheme.kind_form import KindForm
from annotator.ui.dialogs.scheme.label_form import LabelForm
from annotator.ui.dialogs.scheme.list_form import ListForm
from annotator.ui.dialogs.scheme.preset_form import PresetForm
from annotator.ui.dialogs.scheme.rows import SchemeRows
from annotator.ui.dialogs.scheme.work import SchemeWork
from annotator.ui.files import Files
from annotator.ui.messages import sentence
from annotator.ui.panels.parts import Words
from annotator.ui.tabbing import takes_tab
from annotator.ui.theme import Theme

FILES = "*.json *.jsonl"
_LEAST_ROWS_CHARACTERS = 34
"""How wide the list of the scheme is at least: a name is told from another one beside key and count."""


class _Forms(dict[str, Form]):
    """The form of each group, made when it is first asked for: all of them take as long as the window."""

    def __init__(self, work: SchemeWork, pages: QStackedWidget) -> None:
        super().__init__()
        self._work = work
        self._pages = pages

    def __missing__(self, group: str) -> Form:
        form = ListForm(self._work, group) if group in LISTS else _OF_GROUP[group](self._work)
        self[group] = form
        self._pages.addWidget(form)
        return form

    def forget(self) -> None:
        """Let each be made anew when it is next asked for."""
        for form in self.values():
            self._pages.removeWidget(form)
            form.deleteLater()
        self.clear()


_OF_GROUP: Mapping[str, Callable[[SchemeWork], Form]] = {
    "labels": LabelForm,
    "attributes": AttributeForm,
    "link_kinds": KindForm,
    PRESETS: PresetForm,
}


class SchemeDialog(Dialog):
    """Stays open beside the text, where every change is seen at once."""

    undo_asked = Signal()
    redo_asked = Signal()
    older_asked = Signal(str)
    """A label whose marks were made under an older definition are to be shown."""
    _changed = Signal(object)
    """A Change, brought to the thread of the window."""

    def __init__(
        self, session: Session, look: Theme, parent: QWidget | None = None, files: Files | None = None
    ) -> None:
        super().__init__(look, parent, "", "", (940, 680))
        self.setWindowTitle(self.tr("Scheme"))
        self.setModal(False)
        self.accept_button.setText(self.tr("Close"))
        self.cancel_button.hide()
        self.store = session.store
        self._files = files or Files(project=session.store.path)
        self.work = SchemeWork(session.store, look, self)
        self.rows = SchemeRows(self.work)
        self.pages = QStackedWidget()
        self.forms = _Forms(self.work, self.pages)
        self.blank = Words(is_quiet=True)
        self.blank.setContentsMargins(16, 12, 16, 12)
        self.blank.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self.pages.addWidget(self.blank)
        self._lay_out()
        self._connect()
        self.rows.reread()
        self._show_form(*self.rows.current)
        self.rows.setFocus()

    def _lay_out(self) -> None:
        self.add, self.delete = plain_button(self.tr("Add…")), plain_button(self.tr("Delete"))
        self.bring, self.replace = (
            plain_button(self.tr("Add from a file…")),
            plain_button(self.tr("Replace by a file…")),
        )
        self.save = plain_button(self.tr("Save as a file…"))
        self.undo, self.redo = plain_button(self.tr("Undo")), plain_button(self.tr("Redo"))
        self._draw_icons()
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.rows, 1)
        buttons = QGridLayout()
        for place, button in enumerate((self.add, self.delete, self.undo, self.redo)):
            buttons.addWidget(button, place // 2, place % 2)
        column.addLayout(buttons)
        split = QSplitter()
        split.addWidget(left)
        split.addWidget(self.pages)
        split.setStretchFactor(1, 1)
        left.setMinimumWidth(_LEAST_ROWS_CHARACTERS * self.fontMetrics().averageCharWidth())
        split.setSizes([360, 560])
        split.setChildrenCollapsible(False)
        self.column.addWidget(split, 1)
        files = QHBoxLayout()
        for button in (self.bring, self.replace, self.save):
            files.addWidget(button)
        files.addStretch(1)
        self.column.addLayout(files)

    def _draw_icons(self) -> None:
        buttons = {"add": self.add, "delete": self.delete, "undo": self.undo, "redo": self.redo}
        for name, button in buttons.items():
            button.setIcon(icons.icon(name, self.look))

    def set_look(self, look: Theme) -> None:
        """Wear another theme; what is being written is saved, and forms are made anew."""
        if look.name == self.look.name:
            return
        self._leave_form()
        self.look = self.work.look = look
        self._draw_icons()
        self.pages.setCurrentWidget(self.blank)
        self.forms.forget()
        self.rows.reread()
        self._show_form(*self.rows.current)

    def _connect(self) -> None:
        self.work.said.connect(self.say)
        self.work.older_asked.connect(self.older_asked)
        self.rows.row_shown.connect(self._show_form)
        self.rows.opened.connect(lambda: self._form_to_fill().setFocus())
        self.rows.add_asked.connect(self.ask_new)
        self.rows.delete_asked.connect(self.delete_current)
        self.rows.move_asked.connect(self._move)
        acts: tuple[tuple[QPushButton, Callable[[], object]], ...] = (
            (self.add, self.ask_new),
            (self.delete, self.delete_current),
            (self.bring, lambda: self._ask_file(scheme_files.merge_scheme)),
            (self.replace, lambda: self._ask_file(scheme_files.replace_scheme)),
            (self.save, self._ask_out),
            (self.undo, self.undo_asked.emit),
            (self.redo, self.redo_asked.emit),
        )
        for button, act in acts:
            button.clicked.connect(lambda _checked=False, act=act: act())
        for keys, signal in (("Ctrl+Z", self.undo_asked), ("Ctrl+Shift+Z", self.redo_asked)):
            QShortcut(QKeySequence(keys), self).activated.connect(signal)
        self._changed.connect(self._on_changed)
        self.destroyed.connect(self.store.subscribe(self._changed.emit))

    def _on_changed(self, change: Change) -> None:
        if not self.isVisible():
            return
        self.rows.reread()
        group, row_id = self.rows.current
        if row_id and (not change.is_whole or any(row.table in ("scheme", "mark") for row in change.rows)):
            self.forms[group].show_row(row_id)

    def _show_form(self, group: str, row_id: str) -> None:
        shown = self.pages.currentWidget()
        if isinstance(shown, Form) and shown.row_id in self._known(shown.group):
            shown.leave()
        self.delete.setEnabled(bool(row_id))
        if not row_id:
            self.blank.setText(words_of(group).about)
            self.pages.setCurrentWidget(self.blank)
            return
        form = self.forms[group]
        form.show_row(row_id)
        self.pages.setCurrentWidget(form)
        self._put_files_after(form)

    def _put_files_after(self, form: Form) -> None:
        """Let Tab come to the buttons below a form after it, though it was made later than they."""
        last: QWidget = self.redo
        widget = form.nextInFocusChain()
        while widget is not None and form.isAncestorOf(widget):
            last = widget if takes_tab(widget) else last
            widget = widget.nextInFocusChain()
        for before, after in pairwise((last, self.bring, self.replace, self.save)):
            QWidget.setTabOrder(before, after)

    def _known(self, group: str) -> set[str]:
        """The ids there are of a group."""
        return set(ids_of(self.work.scheme, group))

    def _form_to_fill(self) -> QWidget:
        shown = self.pages.currentWidget()
        return shown.first() if isinstance(shown, Form) else self.rows

    def ask_new(self) -> None:
        """Ask for a name and add a row like the current one to its group."""
        group, row_id = self.rows.current
        name, is_given = QInputDialog.getText(self, words_of(group).new, self.tr("Name:"))
        if is_given:
            self.add_row(group, name, like=row_id or None)

    def add_row(self, group: str, name: str, like: str | None = None) -> None:
        """Add a row, and stand on it."""
        before = self._known(group)
        if self.work.do(lambda scheme: added(scheme, group, name, like)):
            for row_id in self._known(group) - before:
                self.rows.stand_on(group, row_id)

    def delete_current(self) -> None:
        """Delete the current row, unless something uses it."""
        group, row_id = self.rows.current
        if not row_id:
            return
        words = self.tr("{what} would lose it. Delete again to do it.")
        self.work.do_foreseen(
            (group, row_id),
            lambda scheme: deleted(scheme, group, row_id),
            lambda what: words.format(what=what),
        )

    def _move(self, step: int) -> None:
        group, row_id = self.rows.current
        if row_id and group != PRESETS:
            place = ids_of(self.work.scheme, group).index(row_id) + step
            self.work.do(lambda s: scheme_changes.reorder(s, group, row_id, place))

    def _ask_file(self, change: Callable[[Scheme, dict[str, object]], SchemeChange]) -> None:
        title = self.tr("Scheme from a file")
        schemes = self.tr("Schemes ({files})").format(files=FILES)
        path = self._files.one(self, "scheme", title, schemes)
        if path:
            self.take_file(path, change)

    def take_file(self, path: Path, change: Callable[[Scheme, dict[str, object]], SchemeChange]) -> None:
        """Add a scheme of a file to this one, or replace this one by it."""
        from annotator.formats.scheme_file import read_scheme

        try:
            data = read_scheme(path)
        except UserError as error:
            self.say(sentence(error))
            return
        self.work.do(lambda scheme: change(scheme, data))

    def _ask_out(self) -> None:
        title = self.tr("Save the scheme")
        path = self._files.new(self, "scheme", title, "scheme.json", self.tr("Schemes (*.json)"))
        if path:
            self.write_file(path)

    def write_file(self, path: Path) -> None:
        """Write the scheme as a file of its own."""
        from annotator.formats.scheme_file import write_scheme

        try:
            write_scheme(path, self.work.scheme.data)
        except UserError as error:
            self.say(sentence(error))
        else:
            self.say(self.tr("Saved {path}.").format(path=path), "success")

    def done(self, result: int) -> None:
        """Save what is being written, and close."""
        self._leave_form()
        super().done(result)

    def _leave_form(self) -> None:
        shown = self.pages.currentWidget()
        if isinstance(shown, Form):
            shown.leave()

"""The form of a preset: what it shows, and working with it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from annotator.domain import scheme_changes
from annotator.domain.errors import UserError
from annotator.store import edits
from annotator.ui.dialogs.frame import plain_button
from annotator.ui.dialogs.scheme.form import Form
from annotator.ui.dialogs.scheme.groups import SHOWN, ids_of, row_name, words_of
from annotator.ui.dialogs.scheme.parts import TickList
from annotator.ui.dialogs.scheme.work import SchemeWork
from annotator.ui.messages import sentence
from annotator.ui.panels.parts import Words


class PresetForm(Form):
    """What is not shown keeps its data."""

    group = "presets"

    def __init__(self, work: SchemeWork) -> None:
        super().__init__(work)
        self.use = plain_button(self.tr("Work with this preset"))
        self.use.clicked.connect(self._use)
        self.in_use = Words(self.tr("The project works with this preset."))
        self.lists = {group: TickList(words_of(group).name, 11) for group in SHOWN}
        self.add_part("", self.in_use, self.use)
        for group, ticks in self.lists.items():
            ticks.ticked.connect(partial(self._show, group))
            self.add_part(words_of(group).name, ticks)
        self.end()

    def first(self) -> QWidget:
        return self.use if self.use.isVisible() else self.lists["labels"]

    def refresh(self) -> None:
        scheme = self.work.scheme
        is_used = self.row_id == scheme.preset_name
        self.use.setVisible(not is_used)
        self.in_use.setVisible(is_used)
        preset = scheme.data["presets"][self.row_id]
        for group, ticks in self.lists.items():
            rows = [(one, row_name(scheme, group, one)) for one in ids_of(scheme, group)]
            listed = preset.get(group)
            ticks.show_rows(rows, [row_id for row_id, _ in rows] if listed is None else listed)

    def _show(self, group: str, row_id: str, is_on: bool) -> None:
        self.work.do(lambda s: scheme_changes.show(s, self.row_id, group, row_id, is_shown=is_on))

    def _use(self) -> None:
        try:
            edits.set_preset(self.work.store, self.row_id)
        except UserError as error:
            self.work.said.emit(sentence(error), "warning")

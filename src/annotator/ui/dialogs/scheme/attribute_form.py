"""The form of an attribute."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from annotator.domain import scheme_values
from annotator.domain.scheme import Attribute
from annotator.domain.sentences import filled
from annotator.ui.dialogs.scheme.form import NamedForm
from annotator.ui.dialogs.scheme.parts import MergeRow, TickList
from annotator.ui.dialogs.scheme.value_list import ValueList
from annotator.ui.dialogs.scheme.work import SchemeWork
from annotator.ui.panels.parts import Words


class AttributeForm(NamedForm):
    """Name, labels, values, what new marks start with, definition."""

    def __init__(self, work: SchemeWork) -> None:
        super().__init__(work, "attributes")
        self.labels = TickList(self.tr("Labels that have it"))
        self.values = ValueList(work.look)
        self.default = TickList(self.tr("New marks start with"))
        self.merge = MergeRow(self.tr("Merge the value with"))
        self.free = Words(self.tr("It takes any words. With a first value it takes the listed ones only."))
        self._connect()
        self.add_fields((self.tr("Name"), self.name), (self.tr("Shown in"), self.presets))
        self.add_part(self.tr("On marks labelled"), self.labels)
        self.add_part(self.tr("Values"), self.free, self.values)
        self.closed: list[QWidget] = []
        self._add_closed(self.tr("Merge the current value into"), self.merge)
        self._add_closed(self.tr("New marks start with"), self.default)
        self.add_definition()
        self.end()

    def _add_closed(self, heading: str, widget: QWidget) -> None:
        """A part that is there for closed values only."""
        self.closed += [self.add_part(heading, widget), widget]

    def _connect(self) -> None:
        act, values = scheme_values, self.values
        self.labels.ticked.connect(self._set_labels)
        self.default.ticked.connect(self._set_default)
        values.added.connect(lambda name: self.do(lambda s: act.add_value(s, self.row_id, name)))
        values.renamed.connect(
            lambda value, name: self.do(lambda s: act.rename_value(s, self.row_id, value, name))
        )
        values.moved.connect(
            lambda value, place: self.do(lambda s: act.reorder_value(s, self.row_id, value, place))
        )
        values.delete_asked.connect(self._delete)
        values.chosen.connect(self._show_merge)
        self.merge.foreseen.connect(
            lambda into: self.foresee_merge(
                self.merge, lambda s: act.merge_values(s, self.row_id, values.current or "", into)
            )
        )
        self.merge.asked.connect(
            lambda into: self.do(lambda s: act.merge_values(s, self.row_id, values.current or "", into))
        )

    @property
    def _row(self) -> Attribute:
        return self.work.scheme.attributes[self.row_id]

    def refresh(self) -> None:
        scheme, row = self.work.scheme, self._row
        self.refresh_named(row.name, row.codebook)
        labels = [(label.id, label.name) for label in scheme.labels.values()]
        self.labels.show_rows(labels, (label for label in scheme.labels if row.fits(label)))
        self.values.show_values(row)
        self.free.setVisible(row.values is None)
        for part in self.closed:
            part.setVisible(bool(row.values))
        default = row.default if isinstance(row.default, tuple) else (row.default,)
        self.default.show_rows(
            [(value, row.value_name(value)) for value in row.values or ()], [one for one in default if one]
        )
        self._show_merge()

    def _show_merge(self) -> None:
        row = self._row
        others = [value for value in row.values or () if value != self.values.current]
        self.merge.show_rows([(value, row.value_name(value)) for value in others])

    def _set_labels(self, label: str, is_on: bool) -> None:
        del label, is_on
        labels = self.labels.on()
        self.do(lambda s: scheme_values.set_labels(s, self.row_id, labels))

    def _set_default(self, value: str, is_on: bool) -> None:
        values = self.default.on() if self._row.several else [value] if is_on else []
        self.do(lambda s: scheme_values.set_default(s, self.row_id, values))

    def _delete(self, value: str) -> None:
        words = self.tr("{what} have “{value}” and would get the default instead. Delete again to do it.")
        done = self.work.do_foreseen(
            (self.row_id, value),
            lambda s: scheme_values.delete_value(s, self.row_id, value),
            lambda what: filled(words, {"what": what, "value": self._row.value_name(value)}),
        )
        if not done:
            self.refresh()

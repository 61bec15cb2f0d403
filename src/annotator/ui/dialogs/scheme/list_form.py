"""The form of a flag, a kind of source or of region, or a kind of link between claims."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox

from annotator.domain import scheme_names
from annotator.domain.scheme_names import CLAIM_LINKS
from annotator.ui.dialogs.scheme.form import NamedForm
from annotator.ui.dialogs.scheme.groups import SHOWN, ids_of, row_name, row_of
from annotator.ui.dialogs.scheme.parts import MergeRow
from annotator.ui.dialogs.scheme.work import SchemeWork


class ListForm(NamedForm):
    """Name, whether a link says the same from either end, merge, definition."""

    def __init__(self, work: SchemeWork, group: str) -> None:
        super().__init__(work, group)
        self.merge = MergeRow(self.tr("Merge into"))
        self.symmetric = QCheckBox(self.tr("It says the same from either end"))
        self._connect()
        fields = [(self.tr("Name"), self.name)]
        self.add_fields(*fields, *([(self.tr("Shown in"), self.presets)] if group in SHOWN else []))
        if group == CLAIM_LINKS:
            self.add_part("", self.symmetric)
        self.add_part(self.tr("Merge into another one"), self.merge)
        self.add_definition()
        self.end()

    def _connect(self) -> None:
        act = scheme_names
        self.symmetric.clicked.connect(self._set_symmetric)  # no lambda, as for presets
        self.merge.foreseen.connect(
            lambda into: self.foresee_merge(
                self.merge, lambda s: act.merge_names(s, self.group, self.row_id, into)
            )
        )
        self.merge.asked.connect(
            lambda into: self.do(lambda s: act.merge_names(s, self.group, self.row_id, into))
        )

    def _set_symmetric(self, is_on: bool) -> None:
        self.do(lambda s: scheme_names.set_symmetric(s, self.row_id, is_on))

    def refresh(self) -> None:
        scheme = self.work.scheme
        row = row_of(scheme, self.group, self.row_id)
        self.refresh_named(row_name(scheme, self.group, self.row_id), row.get("codebook", ""))
        self.symmetric.setChecked(bool(row.get("symmetric")))
        others = (one for one in ids_of(scheme, self.group) if one != self.row_id)
        self.merge.show_rows([(one, row_name(scheme, self.group, one)) for one in others])

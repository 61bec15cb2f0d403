"""The form of a kind of link."""

from __future__ import annotations

from functools import partial

from annotator.domain import scheme_kinds, scheme_signs
from annotator.domain.scheme import LinkKind
from annotator.ui.dialogs.scheme.form import NamedForm
from annotator.ui.dialogs.scheme.parts import Line, MergeRow, Sign, TickList
from annotator.ui.dialogs.scheme.work import SchemeWork


class KindForm(NamedForm):
    """Name from either end, key, where it may start and end, definition, merge."""

    def __init__(self, work: SchemeWork) -> None:
        super().__init__(work, "link_kinds")
        self.passive, self.key = Line(), Sign()
        self.ends = {"from": TickList(self.tr("May start at"), 9), "to": TickList(self.tr("May end at"), 9)}
        self.merge = MergeRow(self.tr("Merge into"))
        self._connect()
        self.add_fields(
            (self.tr("Name"), self.name),
            (self.tr("From the other end"), self.passive),
            (self.tr("Key"), self.key),
            (self.tr("Shown in"), self.presets),
        )
        self.add_part(self.tr("Merge into another kind"), self.merge)
        self.add_part(self.tr("May start at"), self.ends["from"])
        self.add_part(self.tr("May end at"), self.ends["to"])
        self.add_definition()
        self.end()

    def _connect(self) -> None:
        self.passive.edited.connect(
            lambda words: self.do(lambda s: scheme_kinds.set_passive(s, self.row_id, words))
        )
        self.key.edited.connect(
            lambda key: self.do(lambda s: scheme_signs.set_key(s, self.row_id, key, self.work.taken_keys))
        )
        for side, ends in self.ends.items():
            ends.ticked.connect(partial(self._set_ends, side))
        self.merge.foreseen.connect(
            lambda into: self.foresee_merge(
                self.merge, lambda s: scheme_kinds.merge_kinds(s, self.row_id, into)
            )
        )
        self.merge.asked.connect(
            lambda into: self.do(lambda s: scheme_kinds.merge_kinds(s, self.row_id, into))
        )

    @property
    def _row(self) -> LinkKind:
        return self.work.scheme.link_kinds[self.row_id]

    def refresh(self) -> None:
        scheme, row = self.work.scheme, self._row
        self.refresh_named(row.name, row.codebook)
        self.passive.show_text(row.passive)
        self.key.show_text(scheme.keys.get(row.id, ""))
        for side, allowed in (("from", row.starts_at), ("to", row.ends_at)):
            every = scheme_kinds.every_end(scheme, side)
            named = [(end, self._end_name(end)) for end in every]
            self.ends[side].show_rows(named, (end for end in every if allowed(end)))
        self.merge.show_rows([(one.id, one.name) for one in scheme.link_kinds.values() if one.id != row.id])

    def _end_name(self, end: str) -> str:
        label = self.work.scheme.labels.get(end)
        tables = {
            "exhibit": self.tr("an exhibit"),
            "proposition": self.tr("a claim of the project"),
            "source": self.tr("a source"),
        }
        return label.name if label else tables[end]

    def _set_ends(self, side: str, end: str, is_on: bool) -> None:
        del end, is_on
        ends = self.ends[side].on()
        self.do(lambda s: scheme_kinds.set_ends(s, self.row_id, side, ends))

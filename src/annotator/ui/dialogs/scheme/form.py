"""What the forms of all groups have in common."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QFormLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.domain import scheme_changes
from annotator.store.scheme_use import decided_before
from annotator.ui.dialogs.frame import label_for, plain_button
from annotator.ui.dialogs.scheme.groups import LOOKED_AT_AGAIN, row_of
from annotator.ui.dialogs.scheme.parts import Codebook, Line, MergeRow, TickList
from annotator.ui.dialogs.scheme.work import Make, SchemeWork, amounts
from annotator.ui.panels.asking import Reader
from annotator.ui.panels.parts import Heading, Words, scroll_down_only
from annotator.ui.panels.words import count_of_links, count_of_marks

COUNTED = 10_000
"""Beyond so many that were decided under an older definition they are not counted."""


class Form(QScrollArea):
    """Everything about one row of a group of the scheme; a change of a field is at once in force."""

    group = ""

    def __init__(self, work: SchemeWork) -> None:
        super().__init__()
        self.work = work
        self.row_id = ""
        self._page = QWidget()
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(14, 8, 14, 8)
        self._column.setSpacing(8)
        self.setWidget(self._page)
        scroll_down_only(self)

    def show_row(self, row_id: str) -> None:
        """Show another row, or what became of this one."""
        self.row_id = row_id
        self.refresh()

    def refresh(self) -> None:
        """Read everything shown anew."""
        raise NotImplementedError

    def first(self) -> QWidget:
        """The field that keys go to first."""
        raise NotImplementedError

    def leave(self) -> None:
        """Save what is being written, before another row is shown."""

    def add_fields(self, *fields: tuple[str, QWidget], beside: Sequence[tuple[str, QWidget]] = ()) -> None:
        """Fields, one below the other, with their names before them; some stand beside the last one."""
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeading)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        *above, (words, last) = fields
        for named, field in above:
            form.addRow(label_for(named, field), field)
        row = QHBoxLayout()
        row.addWidget(last, 0 if beside else 1)
        for named, field in beside:
            row.addWidget(label_for(named, field))
            row.addWidget(field, 1 if (named, field) == beside[-1] else 0)
        form.addRow(label_for(words, last), row)
        self._column.addLayout(form)

    def add_part(self, heading: str, *widgets: QWidget) -> QWidget:
        """Widgets below a heading, which is returned."""
        head = Heading(heading)
        for widget in (head, *widgets):
            is_button = isinstance(widget, QAbstractButton)
            beside = Qt.AlignmentFlag.AlignLeading if is_button else Qt.AlignmentFlag(0)
            self._column.addWidget(widget, 0, beside)
        head.setVisible(bool(heading))  # within the form, or it would be a window for a moment
        return head

    def end(self) -> None:
        """No more parts: what room is left stays below, and none is cut off at the side."""
        self._column.addStretch(1)
        self.setMinimumWidth(
            self._page.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        )


class NamedForm(Form):
    """The form of what has a name, a definition and a place in presets, and can be merged with its like."""

    def __init__(self, work: SchemeWork, group: str) -> None:
        super().__init__(work)
        self.group = group
        self.name = Line()
        self.name.edited.connect(
            lambda words: self.do(lambda s: scheme_changes.rename(s, self.group, self.row_id, words))
        )
        self.presets = TickList(self.tr("Presets that show it"), 3)
        self.presets.ticked.connect(self._show_in)  # no lambda: what stands in no form would keep it
        self.codebook = Codebook(self.tr("Definition"), is_asking=group in LOOKED_AT_AGAIN)
        self.codebook.edited.connect(self._define)
        self.older = Words()
        self.recheck = plain_button(self.tr("Show them among the loose ends"))
        self.recheck.clicked.connect(lambda: self.work.older_asked.emit(self.row_id))
        self._reader = Reader(work.store, self)
        self._reader.answered.connect(self._tell_older)

    def add_definition(self) -> None:
        """The definition, and what was decided before it, as the last part but for what follows."""
        self.add_part(self.tr("Definition"), self.codebook, self.older, self.recheck)

    def do(self, make: Make) -> None:
        """Change the scheme; what was refused is shown as it is in force."""
        if not self.work.do(make):
            self.refresh()

    def first(self) -> QWidget:
        return self.name

    def show_row(self, row_id: str) -> None:
        if row_id != self.row_id:
            self.leave()
            self.name.setModified(False)
        super().show_row(row_id)

    def leave(self) -> None:
        if self.row_id:
            self.codebook.commit()

    @property
    def is_reading(self) -> bool:
        """Whether it is being counted what was decided before."""
        return self._reader.is_waiting

    def _show_in(self, preset: str, is_on: bool) -> None:
        self.do(lambda s: scheme_changes.show(s, preset, self.group, self.row_id, is_shown=is_on))

    def _define(self, words: str, means_more: bool) -> None:
        row_id = self.row_id
        self.do(lambda s: scheme_changes.set_codebook(s, self.group, row_id, words, is_definition=means_more))

    def refresh_named(self, name: str, codebook: str) -> None:
        """Show what all these forms have."""
        scheme = self.work.scheme
        self.name.show_text(name)
        self.codebook.show_text(codebook)
        self._count_older()
        presets = scheme.data.get("presets", {})
        shown = [one for one in presets if self._is_shown(one)]
        self.presets.show_rows([(one, one) for one in presets], shown)

    def _count_older(self) -> None:
        """Look, beside the window, for what was decided before the row meant what it means."""
        self._tell_older(0)
        since = self._since()
        if since:
            self._reader.look_up(
                partial(decided_before, group=self.group, row_id=self.row_id, version=since, limit=COUNTED)
            )
        else:
            self._reader.cancel()

    def _since(self) -> int:
        if self.group not in LOOKED_AT_AGAIN:
            return 0
        return int(row_of(self.work.scheme, self.group, self.row_id).get("since", 0))

    def _tell_older(self, count: int) -> None:
        words = self.tr("{what} made before version {version} wait for a second look.")
        what = count_of_links(count) if self.group == "link_kinds" else count_of_marks(count)
        self.older.setText(words.format(what=what, version=self._since()) if count else "")
        for part in (self.older, self.recheck):
            part.setVisible(bool(count))

    def _is_shown(self, preset: str) -> bool:
        listed = self.work.scheme.data["presets"][preset].get(self.group)
        return listed is None or self.row_id in listed

    def foresee_merge(self, row: MergeRow, make: Make) -> None:
        """Say what merging would change."""
        touched = self.work.foresee(make)
        row.tell("" if touched is None else self.tr("{what} would change.").format(what=amounts(touched)))

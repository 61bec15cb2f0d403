"""What the forms of labels, attributes, kinds of links and presets have in common."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from annotator.domain import scheme_changes
from annotator.ui.dialogs.frame import label_for
from annotator.ui.dialogs.scheme.parts import Codebook, Line, MergeRow, TickList
from annotator.ui.dialogs.scheme.work import Make, SchemeWork, amounts
from annotator.ui.panels.parts import Heading


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
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

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

    def add_fields(self, *fields: tuple[str, QWidget]) -> None:
        """Fields, one below the other, with their names beside them."""
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeading)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for words, field in fields:
            form.addRow(label_for(words, field), field)
        self._column.addLayout(form)

    def add_part(self, heading: str, *widgets: QWidget) -> QWidget:
        """Widgets below a heading, which is returned."""
        head = Heading(heading)
        head.setVisible(bool(heading))
        for widget in (head, *widgets):
            is_button = isinstance(widget, QPushButton)
            beside = Qt.AlignmentFlag.AlignLeading if is_button else Qt.AlignmentFlag(0)
            self._column.addWidget(widget, 0, beside)
        return head

    def end(self) -> None:
        """No more parts: what room is left stays below, and none is cut off at the side."""
        self._column.addStretch(1)
        self.setMinimumWidth(
            self._page.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        )


class NamedForm(Form):
    """The form of what has a name, a definition and a place in presets, and can be merged with its like."""

    def __init__(self, work: SchemeWork) -> None:
        super().__init__(work)
        self.name = Line()
        self.name.edited.connect(
            lambda words: self.do(lambda s: scheme_changes.rename(s, self.group, self.row_id, words))
        )
        self.presets = TickList(self.tr("Presets that show it"), 3)
        self.presets.ticked.connect(
            lambda preset, is_on: self.do(
                lambda s: scheme_changes.show(s, preset, self.group, self.row_id, is_shown=is_on)
            )
        )
        self.codebook = Codebook(self.tr("Definition"))
        self.codebook.edited.connect(self._define)

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

    def _define(self, words: str, means_more: bool) -> None:
        row_id = self.row_id
        self.do(lambda s: scheme_changes.set_codebook(s, self.group, row_id, words, is_definition=means_more))

    def refresh_named(self, name: str, codebook: str) -> None:
        """Show what all these forms have."""
        scheme = self.work.scheme
        self.name.show_text(name)
        self.codebook.show_text(codebook)
        presets = scheme.data.get("presets", {})
        shown = [one for one in presets if self._is_shown(one)]
        self.presets.show_rows([(one, one) for one in presets], shown)

    def _is_shown(self, preset: str) -> bool:
        listed = self.work.scheme.data["presets"][preset].get(self.group)
        return listed is None or self.row_id in listed

    def foresee_merge(self, row: MergeRow, make: Make) -> None:
        """Say what merging would change."""
        touched = self.work.foresee(make)
        row.tell("" if touched is None else self.tr("{what} would change.").format(what=amounts(touched)))

"""The values of a mark as the preset shows them, each with where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.defaults import hedges
from annotator.domain.model import Mark
from annotator.domain.quoting import quote_kind
from annotator.domain.scheme import Attribute, Scheme
from annotator.domain.scheme_rows import codebook_of
from annotator.store import edits, read
from annotator.store.lists.proposals import RULE, rule_name
from annotator.ui.panels.mark_parts import Group, Owner
from annotator.ui.panels.parts import Elided, ElidedButton, TickBox, Words, wrapped
from annotator.ui.panels.value_box import ValueBox
from annotator.ui.panels.words import flag_name, value_name
from annotator.ui.tabbing import takes_tab

QUOTE = "quote"
CERTAINTY = "certainty"
FIRST_FLAGS = ("unclear_attribution", "unclear_target", "implicit_source")
"""The flags that are ticked with one click; the others stand in a menu."""
_FIELD_WIDTH = 60
_SMALLER = 0.85


class Several(QPushButton):
    """Values of which several may be ticked, in a menu."""

    picked = Signal(list)

    def __init__(
        self,
        name: str,
        values: Sequence[str],
        chosen: Sequence[str],
        names: Callable[[str], str] = value_name,
    ) -> None:
        super().__init__()
        self.setStyleSheet("text-align: left")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self._values = [*values, *(value for value in chosen if value not in values)]
        self._chosen = list(chosen)
        menu = QMenu(self)
        for value in self._values:
            action = menu.addAction(names(value))
            action.setCheckable(True)
            action.setChecked(value in chosen)
            action.toggled.connect(partial(self._toggle, value))
        self.setMenu(menu)
        self.setText(", ".join(map(names, chosen)) or self.tr("none"))

    def _toggle(self, value: str, is_on: bool) -> None:
        wanted = {*self._chosen, value} if is_on else set(self._chosen) - {value}
        self.picked.emit([one for one in self._values if one in wanted])


class Folded(ElidedButton):
    """A value in place of its list, which a click or an arrow key opens; the list is made only then."""

    picked = Signal(object)

    def __init__(self, name: str, offered: Sequence[tuple[str, Any]], value: Any) -> None:
        """offered: the values, each behind its words; value: the one that is shown."""
        super().__init__(name)
        self.setFlat(True)
        self.set_whole(next(words for words, one in offered if one == value))
        self._offered, self._value = offered, value
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        menu.triggered.connect(lambda action: self.picked.emit(action.data()))
        self.setMenu(menu)

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        for words, value in self._offered:
            action = menu.addAction(words.replace("&", "&&"))
            action.setData(value)
            if value == self._value:
                action.setCheckable(True)
                action.setChecked(True)
                menu.setActiveAction(action)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.showMenu()
        else:
            super().keyPressEvent(event)


class ValueGroup(Group):
    """Attributes and flags; nothing where the preset shows none.

    How certain a source is stays folded away where no word of the mark weakens it.
    """

    def __init__(self, owner: Owner) -> None:
        super().__init__(owner, "")
        self.heading.setText(self.tr("Values"))

    def show_mark(self, mark: Mark) -> None:
        """Show the values of a mark."""
        scheme = read.scheme(self.store)
        shown = scheme.preset().attributes
        rows = [
            row
            for row in scheme.attributes.values()
            if row.fits(mark.label) and (shown is None or row.id in shown)
        ]
        flags = _shown_flags(scheme)
        self.setVisible(bool(rows or flags))
        if self.is_shown_already(
            (mark.id, rows, mark.attributes, mark.origins, mark.flags, flags, mark.spans, mark.hedges)
        ):
            return
        with self.rows_anew():
            self._add_grid(mark, rows, flags)

    def field(self, attribute: str | None) -> QWidget | None:
        """The field of an attribute, or the first one; None where it is not shown."""
        fields = (field for row in self.rows for field in row.findChildren(QWidget) if takes_tab(field))
        return next((field for field in fields if attribute in (None, field.objectName())), None)

    def _add_grid(self, mark: Mark, rows: Sequence[Attribute], flags: Sequence[str]) -> None:
        grid = QWidget()
        lines = QGridLayout(grid)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setHorizontalSpacing(8)
        lines.setVerticalSpacing(3)
        lines.setColumnStretch(1, 1)
        for number, row in enumerate(rows):
            title = _named(row.name, self._origin(mark, row))
            title.setToolTip(wrapped(row.codebook))
            lines.addWidget(title, number, 0)
            lines.addWidget(self._field(mark, row), number, 1)
        others = [flag for flag in flags if flag not in FIRST_FLAGS]
        if others:
            name = self.tr("Other flags")
            held = [flag for flag in mark.flags if flag not in FIRST_FLAGS]
            several = Several(name, others, held, partial(flag_name, read.scheme(self.store)))
            several.picked.connect(lambda chosen: self._set_flags(mark, others, chosen))
            lines.addWidget(_quiet(name), len(rows), 0)
            lines.addWidget(several, len(rows), 1)
        for widget in (grid, *(self._tick(mark, flag) for flag in FIRST_FLAGS if flag in flags)):
            self.rows.append(widget)
            self.column.addWidget(widget)

    def _tick(self, mark: Mark, flag: str) -> TickBox:
        scheme = read.scheme(self.store)
        box = TickBox(flag_name(scheme, flag))
        box.setToolTip(wrapped(codebook_of(scheme, "flags", flag)))
        box.setAccessibleName(box.text())
        box.setChecked(flag in mark.flags)
        box.clicked.connect(lambda is_on: self._set_flags(mark, [flag], [flag] if is_on else []))
        return box

    def _is_folded(self, mark: Mark, row: Attribute) -> bool:
        """Whether nothing asks for a value: it is the default, and no word of the mark is a hedge."""
        if row.id != CERTAINTY or mark.hedges:
            return False
        return mark.origins.get(row.id) == "default" and hedges().weakest(" ".join(mark.quotes)) is None

    def _field(self, mark: Mark, row: Attribute) -> QWidget:
        value = mark.attributes.get(row.id)
        if row.values is None:
            return self._line(mark, row, value)
        if row.several:
            chosen = value if isinstance(value, (list, tuple)) else [value] if value else []
            several = Several(row.name, row.values, chosen, row.value_name)
            several.picked.connect(lambda found: self._set(mark, row, found or None))
            return several
        offered = [(self._without(mark, row), None), *((row.value_name(one), one) for one in row.values)]
        if value is not None and value not in row.values:
            offered.append((value_name(str(value)), value))
        if not self._is_folded(mark, row):
            return self._combo(mark, row, offered, value)
        folded = Folded(row.name, offered, value)
        folded.setObjectName(row.id)
        folded.picked.connect(partial(self._set, mark, row))
        return folded

    def _combo(self, mark: Mark, row: Attribute, offered: Sequence[tuple[str, Any]], value: Any) -> ValueBox:
        combo = ValueBox(5)
        combo.setAccessibleName(row.name)
        combo.setObjectName(row.id)
        combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for words, one in offered:
            combo.addItem(words, one)
        combo.setCurrentIndex(next(at for at, (_, one) in enumerate(offered) if one == value))
        combo.activated.connect(lambda: self._set(mark, row, combo.currentData()))
        return combo

    def _line(self, mark: Mark, row: Attribute, value: Any) -> QLineEdit:
        line = QLineEdit("" if value is None else str(value))
        line.setMinimumWidth(_FIELD_WIDTH)
        line.setAccessibleName(row.name)
        line.setObjectName(row.id)
        line.editingFinished.connect(lambda: self._set_line(mark, row, line))
        return line

    def _set_line(self, mark: Mark, row: Attribute, line: QLineEdit) -> None:
        """Keep what was typed; what is refused is taken back."""
        before = mark.attributes.get(row.id)
        if not self._set(mark, row, line.text().strip() or None):
            line.setText("" if before is None else str(before))

    def _without(self, mark: Mark, row: Attribute) -> str:
        if row.id == QUOTE and row.computed:
            kind = quote_kind(read.text(self.store, mark.article), mark.spans)
            return value_name(kind)
        return "–"

    def _origin(self, mark: Mark, row: Attribute) -> str:
        if row.id not in mark.attributes:
            return self.tr("computed") if row.computed else ""
        origin = mark.origins.get(row.id, "")
        names = {
            "default": self.tr("default"),
            "hand": self.tr("by hand"),
            "bulk": self.tr("in bulk"),
        }
        if origin.startswith(RULE):
            return self.tr("by rule “{name}”").format(name=rule_name(origin))
        return names.get(origin, origin)

    def _set(self, mark: Mark, row: Attribute, value: Any) -> bool:
        """Store a value; False where it was refused."""

        def act() -> bool:
            edits.set_attribute(self.store, mark.id, row.id, value)
            return True

        return value == mark.attributes.get(row.id) or bool(self.owner.guarded(act))

    def _set_flags(self, mark: Mark, asked: Sequence[str], chosen: Sequence[str]) -> None:
        """Of the flags that were asked about, the mark has those that were chosen; the others stay."""
        kept = [flag for flag in mark.flags if flag not in asked]
        self.owner.guarded(lambda: edits.edit_mark(self.store, mark.id, flags=(*kept, *chosen)))


def _named(name: str, origin: str) -> QWidget:
    """The name of a value and, in smaller letters below, where the value comes from."""
    if not origin:
        return _quiet(name)
    named = QWidget()
    lines = QVBoxLayout(named)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(0)
    lines.addWidget(_quiet(name))
    below = Elided(origin, is_quiet=True)
    font = below.font()
    font.setPointSizeF(font.pointSizeF() * _SMALLER)
    below.setFont(font)
    lines.addWidget(below)
    return named


def _quiet(text: str) -> Words:
    words = Words(text, is_quiet=True)
    words.setWordWrap(False)
    return words


def _shown_flags(scheme: Scheme) -> tuple[str, ...]:
    """The flags of the project's preset; all where it does not say."""
    preset = scheme.data.get("presets", {}).get(scheme.preset_name, {})
    shown = preset.get("flags")
    return scheme.flags if shown is None else tuple(flag for flag in scheme.flags if flag in shown)

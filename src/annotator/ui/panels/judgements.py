"""Judgements of one thing: a row for each scale, with the value in force, who, when and why."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.domain import judging
from annotator.domain.judging import Grade, Scale
from annotator.domain.model import Judgement, Ref
from annotator.store import edits, read
from annotator.store.lists.judgements import JudgementRow, judgements
from annotator.store.session import Session
from annotator.ui.dialogs.choices import ChoiceList, Entry
from annotator.ui.panels.base import Panel
from annotator.ui.panels.parts import Elided, Words
from annotator.ui.panels.value_box import ValueBox
from annotator.ui.panels.words import local_time, value_name
from annotator.ui.tabbing import Handing, tab_before
from annotator.ui.theme import Theme


def tr(words: str) -> str:
    """Words of judgements in the language of the window."""
    return QCoreApplication.translate("Judgements", words)


def grade_words(grade: Grade) -> str:
    """A grade as it is offered and shown: what says that it is no judgement stands with it."""
    return f"{grade.name} — {grade.detail}" if grade.detail else grade.name


def signature(row: JudgementRow) -> str:
    """Who judged, when and why."""
    signed = tr(", ").join(part for part in (row.by or tr("unsigned"), local_time(row.at)) if part)
    return f"{signed} — {row.reason}" if row.reason else signed


_LEAST_CHARACTERS = 14


class _Values(ValueBox):
    """The values of a scale."""

    def __init__(self, scale: Scale) -> None:
        super().__init__(22)
        self.setAccessibleName(scale.name)
        self.addItem(tr("not judged"), "")
        for number, grade in enumerate(scale.ordered):
            if grade.is_apart and number:
                self.insertSeparator(self.count())
            self.addItem(grade_words(grade), grade.id)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(
            min(hint.width(), _LEAST_CHARACTERS * self.fontMetrics().averageCharWidth()), hint.height()
        )


class Reason(QLineEdit):
    """Why: Enter stores the judgement and presses no button, Esc leaves things as they were."""

    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                event.accept()


class ScaleRow(Handing):
    """One scale: the value in force, by whom it was given, and the reason while one is being given."""

    judged = Signal(str, str)
    """A value and its reason."""

    def __init__(self, scale: Scale) -> None:
        super().__init__()
        self.scale = scale
        self.values = _Values(scale)
        self.signed = Elided(is_quiet=True)
        self.reason = Reason()
        self.reason.setPlaceholderText(tr("Why? Enter stores it, Esc does not; it may stay empty"))
        self.reason.setAccessibleName(tr("Reason: {scale}").format(scale=scale.name))
        self.reason.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.values)
        row.addWidget(self.reason, 1)
        row.addWidget(self.signed, 1)
        self.main_part = self.values
        self._shown = ""
        self.values.activated.connect(self._ask)
        self.reason.returnPressed.connect(self.commit)
        self.reason.given_up.connect(self.give_up)

    @property
    def is_asking(self) -> bool:
        """Whether a value was chosen whose reason is being given."""
        return not self.reason.isHidden()

    def show_rows(self, rows: Sequence[JudgementRow]) -> None:
        """Show the annotator's own judgement in force, and how the others' differ."""
        mine = next((one for one in rows if one.is_mine and one.is_in_force), None)
        others = [one for one in rows if one.is_in_force and not one.is_mine]
        self._shown = mine.value if mine else ""
        if self.values.findData(self._shown) < 0:
            self.values.addItem(value_name(self._shown), self._shown)
        if not self.is_asking:
            self.values.setCurrentIndex(self.values.findData(self._shown))
        parts = [signature(mine)] if mine else []
        parts += [f"{self._name(one.value)}: {signature(one)}" for one in others]
        self.signed.set_whole(" · ".join(parts))

    def _name(self, value: str) -> str:
        grade = self.scale.grade(value)
        return grade.name if grade else value_name(value)

    def _ask(self) -> None:
        if not self.values.currentData():
            self.give_up()
            return
        self._set_asking(True)
        self.reason.setFocus()

    def commit(self) -> None:
        """Give the judgement that was begun, with the reason as far as it is written."""
        if self.is_asking:
            value, reason = self.values.currentData(), self.reason.text()
            self._set_asking(False)
            self.values.setFocus()
            self.judged.emit(value, reason)

    def give_up(self) -> None:
        """Show again what was in force."""
        self._set_asking(False)
        self.values.setCurrentIndex(self.values.findData(self._shown))
        self.values.setFocus()

    def _set_asking(self, is_asking: bool) -> None:
        self.reason.clear()
        self.reason.setVisible(is_asking)
        self.signed.setVisible(not is_asking)


class History(ChoiceList):
    """All judgements of a target; Delete withdraws one's own."""

    delete_asked = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entry = self.current()
        if event.key() == Qt.Key.Key_Delete and entry is not None and entry.value is not None:
            self.delete_asked.emit(entry.value)
        else:
            super().keyPressEvent(event)


class JudgementStrip(Panel):
    """What is thought of a claim, a mention, a source or an article; to be put beside what shows it.

    A value that is chosen asks for its reason and is stored with it. Earlier judgements
    stay, and are listed where they are asked for.
    """

    WATCHED = frozenset({"judgement", "annotator", "scheme"})

    def __init__(
        self, session: Session, look: Theme, target: Ref | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, look, parent)
        self.target = target
        self.rows: dict[str, ScaleRow] = {}
        self._scales: tuple[Scale, ...] = ()
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self.none = Words(tr("No scale of this preset is for it."), is_quiet=True)
        self.earlier = QToolButton()
        self.earlier.setCheckable(True)
        self.more = QToolButton()
        self.more.setText(tr("Scales"))
        self.more.setToolTip(tr("Which scales this preset shows"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self.more)
        self.more.setMenu(self._menu)
        self.history = History(look)
        self.history.setAccessibleName(tr("All judgements, newest first"))
        self.history.hide()
        below = QHBoxLayout()
        below.addWidget(self.earlier)
        below.addStretch(1)
        below.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)
        column.addWidget(self.none)
        column.addLayout(below)
        column.addWidget(self.history, 1)
        self.earlier.toggled.connect(self.history.setVisible)
        self.history.delete_asked.connect(self.withdraw)

    def show_target(self, target: Ref | None) -> None:
        """Judge something else; what was begun is stored first."""
        if target != self.target:
            self.commit()
            self.target = target
            self.refresh()

    def commit(self) -> None:
        """Store a judgement whose reason is being written."""
        for row in list(self.rows.values()):
            row.commit()

    def rethemed(self) -> None:
        self.history.set_look(self.look)

    def refresh(self) -> None:
        target = self.target
        self.setVisible(target is not None)
        if target is None:
            return
        scheme = read.scheme(self.store)
        shown = judging.shown_scales(scheme, target.table)
        if shown != self._scales:
            self._make_rows(shown)
        found = judgements(self.store, target)
        for row in self.rows.values():
            row.show_rows([one for one in found if one.scale == row.scale.id])
        self._fill_menu(shown, judging.switchable(scheme, target.table))
        self._fill_history(found)

    def judge(self, scale: str, value: str, reason: str = "") -> None:
        """Store a judgement of the target."""
        target = self.target
        if target is not None:
            self.guarded(lambda: edits.judge(self.store, target, scale, value, reason))

    def withdraw(self, row: JudgementRow) -> None:
        """Take back one's own judgement; the one before it is in force again."""
        if row.is_mine:
            self.guarded(lambda: edits.delete_record(self.store, Judgement, row.id))
        else:
            words = tr("This judgement is {name}’s. Give your own beside it.")
            self.notice.emit(words.format(name=row.by or tr("somebody else")))

    def _make_rows(self, shown: tuple[Scale, ...]) -> None:
        self.commit()
        while item := self._grid.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.rows = {scale.id: ScaleRow(scale) for scale in shown}
        self._scales = shown
        for number, row in enumerate(self.rows.values()):
            label = QLabel(row.scale.name)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setBuddy(row.values)
            self._grid.addWidget(label, number, 0)
            self._grid.addWidget(row, number, 1)
            row.judged.connect(partial(self.judge, row.scale.id))
        tab_before(self.earlier, self.rows.values())
        self.main_part = next(iter(self.rows.values()), self.more)
        self.none.setVisible(not self.rows)

    def _fill_menu(self, shown: tuple[Scale, ...], may_be: tuple[Scale, ...]) -> None:
        menu = self._menu
        menu.clear()
        for scale in may_be:
            action = menu.addAction(scale.name)
            action.setCheckable(True)
            action.setChecked(scale in shown)
            action.toggled.connect(partial(self._switch, scale))
        self.more.setVisible(bool(may_be))

    def _switch(self, scale: Scale, is_on: bool) -> None:
        change = judging.switched(read.scheme(self.store), scale, is_on)
        self.guarded(lambda: edits.change_scheme(self.store, change))

    def _fill_history(self, found: Sequence[JudgementRow]) -> None:
        known = judging.scales(read.scheme(self.store))
        count = len(found)
        words = tr("1 judgement so far") if count == 1 else tr("{count} judgements so far")
        self.earlier.setText(words.format(count=count))
        self.earlier.setVisible(bool(found))
        entries = []
        for row in found:
            scale = known.get(row.scale)
            grade = scale.grade(row.value) if scale else None
            name = scale.name if scale else value_name(row.scale)
            words = f"{name}: {grade_words(grade) if grade else value_name(row.value)}"
            right = tr("in force") if row.is_in_force else tr("earlier")
            entries.append(Entry(words, row, signature(row), right=right))
        self.history.set_entries(entries)
        self.history.setVisible(bool(found) and self.earlier.isChecked())

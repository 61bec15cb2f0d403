"""Judgements in place: a line that says what is thought of something, and the strip that opens below it."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from annotator.domain import judging
from annotator.domain.judging import Scale
from annotator.domain.model import Ref
from annotator.store import read
from annotator.store.lists.judgements import judgements
from annotator.store.session import Session
from annotator.ui import icons
from annotator.ui.panels.base import Panel
from annotator.ui.panels.judgements import JudgementStrip, grade_words, tr
from annotator.ui.panels.parts import Elided, scroll_down_only
from annotator.ui.panels.words import value_name
from annotator.ui.theme import Theme


class _Room(QScrollArea):
    """As high as what is in it, or lower with a scroll bar where there is little height."""

    def __init__(self, strip: JudgementStrip) -> None:
        super().__init__()
        self.strip = strip
        self.setWidget(strip)
        scroll_down_only(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        strip.installEventFilter(self)

    def sizeHint(self) -> QSize:
        return self.strip.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self.sizeHint().height(), 2 * self.fontMetrics().lineSpacing()))

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class Judged(Panel):
    """What the annotator thinks of a claim, a mention, a source or an article, to be said there and then.

    The strip reads nothing until it is opened; Esc closes it.
    is_named: its heading names what is judged; where little room is left beside it, it need not.
    """

    WATCHED = frozenset({"judgement", "scheme"})

    closed = Signal()
    """The strip was closed by a key: the keys go back to where it was opened from."""

    def __init__(
        self, session: Session, look: Theme, parent: QWidget | None = None, *, is_named: bool = True
    ) -> None:
        super().__init__(session, look, parent)
        self.target: Ref | None = None
        self._is_named = is_named
        self.toggle = QToolButton()
        self.toggle.setCheckable(True)
        self.toggle.setAutoRaise(True)
        self.toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toggle.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.summary = Elided(is_quiet=True)
        line = QHBoxLayout()
        line.addWidget(self.toggle)
        line.addWidget(self.summary, 1)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(2)
        column.addLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.main_part = self.toggle
        self.toggle.toggled.connect(self._on_toggled)
        self._show_arrow()

    @cached_property
    def room(self) -> _Room:
        """Where the strip lies, made with it when it is first opened."""
        strip = JudgementStrip(self.session, self.look)
        strip.refused.connect(self.refused)
        strip.notice.connect(self.notice)
        room = _Room(strip)
        self._column.addWidget(room)
        # Qt puts what is made late behind everything else.
        for before, after in pairwise((self.toggle, strip.earlier, strip.more, strip.history)):
            QWidget.setTabOrder(before, after)
        return room

    @property
    def strip(self) -> JudgementStrip:
        """A row for each scale."""
        return self.room.strip

    def commit(self) -> None:
        """Store what was begun."""
        if "room" in vars(self):
            self.strip.commit()

    def show_target(self, target: Ref | None) -> None:
        """Say what is thought of something else; what was begun is stored first."""
        if target != self.target:
            self.commit()
            self.target = target
            self.refresh()

    def judge(self, target: Ref) -> None:
        """Open the strip on something, with the keys on its first scale."""
        self.show_target(target)
        self.toggle.setChecked(True)
        first = next(iter(self.strip.rows.values()), None)
        (first or self.strip).setFocus()

    def rethemed(self) -> None:
        if "room" in vars(self):
            self.strip.set_theme(self.look)
        self._show_arrow()

    def refresh(self) -> None:
        self.setVisible(self.target is not None)
        if self.target is not None:
            self.toggle.setText(_heading(self.target) if self._is_named else tr("Judgements"))
            self.summary.set_whole(self._summed_up(self.target))
            if self.toggle.isChecked():
                self.strip.show_target(self.target)

    def _summed_up(self, target: Ref) -> str:
        known = judging.scales(read.scheme(self.store))
        parts = []
        found = reversed(judgements(self.store, target))
        for row in sorted(found, key=lambda one: not one.is_mine):
            scale = known.get(row.scale)
            if row.is_in_force and scale is not None:
                words = f"{scale.name}: {_short(scale, row.value)}"
                parts.append(words if row.is_mine else f"{words} ({row.by or tr('unsigned')})")
        return " · ".join(parts) or tr("not judged")

    def _on_toggled(self, is_open: bool) -> None:
        self._show_arrow()
        if is_open:
            self.strip.show_target(self.target)
        else:
            self.commit()
        self.room.setVisible(is_open)

    def _show_arrow(self) -> None:
        """An icon, since styles draw an arrow over the words where these run from right to left."""
        is_leftward = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        name = "down" if self.toggle.isChecked() else "previous" if is_leftward else "next"
        self.toggle.setIcon(icons.icon(name, self.look))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._show_arrow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.toggle.isChecked():
            self.toggle.setChecked(False)
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _short(scale: Scale, value: str) -> str:
    """A value by its name; one that says that there is no judgement is not taken for one."""
    grade = scale.grade(value)
    if grade is None:
        return value_name(value)
    return grade_words(grade) if grade.is_apart else grade.name


def _heading(target: Ref) -> str:
    return {
        "proposition": tr("Judgements of the claim"),
        "mention": tr("Judgements of this mention"),
        "source": tr("Judgements of the source"),
        "article": tr("Judgements of the article"),
    }[target.table]

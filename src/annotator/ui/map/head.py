"""Above a claim of the map: its sentence, how disputed it is, and the ways to look at it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from annotator.ui import icons
from annotator.ui.map.wording import tr
from annotator.ui.panels.parts import Elided, tool_button
from annotator.ui.theme import Theme

WAYS = ("board", "graph", "time-line")
BOARD, GRAPH, TIME_LINE = range(3)


class ClaimHead(QWidget):
    """Two lines; one where there is little height, without the sentence, which the list beside it shows."""

    turned = Signal(int)
    """BOARD, GRAPH or TIME_LINE was chosen."""
    asked = Signal()
    """More or less is to be shown of the same claim."""
    judge_asked = Signal()
    room_asked = Signal()

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self._number = self._text = self._said = ""
        self._is_low = False
        self.sentence, self.verdict = Elided(), Elided(is_quiet=True)
        font = self.sentence.font()
        font.setBold(True)
        self.sentence.setFont(font)
        self.switch = QButtonGroup(self)
        for number, words in enumerate((tr("Board"), tr("Graph"), tr("Time line"))):
            self.switch.addButton(_ticked(words), number)
        self.switch.button(BOARD).setChecked(True)
        self.steps = QComboBox()
        for words in (tr("This claim"), tr("Claims beside it"), tr("Two steps away")):
            self.steps.addItem(words)
        self.steps.setToolTip(tr("How far the graph goes"))
        self.steps.setAccessibleName(tr("How far the graph goes"))
        self.apart = _ticked(tr("Repeats"))
        self.apart.setToolTip(tr("Show every statement of voices that only pass on what others say"))
        self.larger = tool_button("focus-mode", look, tr("More room for the map (F9)"), self.room_asked.emit)
        self.judge = tool_button("judge", look, tr("Judge the claim…"), self.judge_asked.emit)
        self._lay_out()
        self.switch.idToggled.connect(self._on_turned)
        self.steps.currentIndexChanged.connect(lambda: self.asked.emit())
        self.apart.toggled.connect(lambda: self.asked.emit())
        self._fit_ways(BOARD)

    def _lay_out(self) -> None:
        ways = QHBoxLayout()
        ways.setSpacing(2)
        # What one way alone has stands before the switch, which so stays where it is clicked.
        for widget in (self.steps, self.apart, *self.switch.buttons(), self.judge, self.larger):
            ways.addWidget(widget)
        first = QHBoxLayout()
        first.setContentsMargins(8, 6, 8, 0)
        first.setSpacing(8)
        self._below = QHBoxLayout()
        self._below.setContentsMargins(8, 0, 8, 4)
        first.addWidget(self.sentence, 1)
        first.addLayout(ways)
        self._below.addWidget(self.verdict)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(first)
        column.addLayout(self._below)

    @property
    def reach(self) -> int:
        """How far the graph goes, from 1."""
        return self.steps.currentIndex() + 1

    def set_theme(self, look: Theme) -> None:
        """Wear another theme."""
        self.larger.setIcon(icons.icon("focus-mode", look))
        self.judge.setIcon(icons.icon("judge", look))

    def show_claim(self, number: str, text: str, verdict: str) -> None:
        """Say which claim is shown; all three empty for none."""
        self._number, self._text, self._said = number, text, verdict
        self._say()

    def make_low(self, is_low: bool) -> None:
        """Take one line only, or two again."""
        if is_low != self._is_low:
            self._is_low = is_low
            self.verdict.setVisible(not is_low)
            self._below.setContentsMargins(8, 0, 8, 0 if is_low else 4)
            self._say()

    def _say(self) -> None:
        self.sentence.set_whole(self._joined(self._said if self._is_low else self._text))
        if self._is_low:
            self.sentence.setToolTip(self._joined(self._text))
        self.verdict.set_whole(self._said)

    def _joined(self, words: str) -> str:
        return " · ".join(filter(None, (self._number, words)))

    def _on_turned(self, number: int, is_on: bool) -> None:
        if is_on:
            self._fit_ways(number)
            self.turned.emit(number)

    def _fit_ways(self, number: int) -> None:
        self.steps.setVisible(number == GRAPH)
        self.apart.setVisible(number != BOARD)


def _ticked(words: str) -> QToolButton:
    button = QToolButton()
    button.setText(words)
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button

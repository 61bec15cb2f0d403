"""The board of one claim: who asserts, denies, asks and is silent, on which grounds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from annotator.domain.dispute import ClaimBoard, Entry
from annotator.domain.facts import Facts
from annotator.domain.model import Ref
from annotator.ui.map.cards import Card
from annotator.ui.map.wording import Statement, Wording, tr
from annotator.ui.panels.parts import Heading, Words, breakable
from annotator.ui.theme import Theme

SHOWN = 30
"""Cards of one section that are made at first, and how many more each time they are asked for."""
_COLUMN = 190
"""Pixels a column has at least; where there is less room, columns stand below one another too."""
_LOW = 240
"""Pixels of height below which who is counted stands under the cards, not above them."""
_TOLD_SHARE = 0.33
"""The share of the height that who is counted takes above the cards at most."""


class Section(NamedTuple):
    """Statements under one heading; `style` is the label or kind of link whose look they have."""

    heading: str
    style: str
    statements: Sequence[Statement]
    nothing: str = ""
    """What is said where there are none; empty leaves the heading out too."""


class _Place(NamedTuple):
    """Where a board was left: at a card, and so far down."""

    ref: Ref | None
    scroll: int


def sections(facts: Facts, board: ClaimBoard, *, is_narrowed: bool = False) -> list[list[Section]]:
    """The columns of a board, each of sections; a column without any is left out.

    is_narrowed: some statements are hidden, so that an empty column does not say that nobody speaks.
    """
    words = Wording(facts)
    hidden = tr("None of those asked for.") if is_narrowed else ""
    unnamed = {
        stance: [words.statement(board, entry) for said, entry in board.without_source if said == stance]
        for stance in ("support", "deny", "query", "comment", "silence")
    }

    def said(heading: str, style: str, entries: Iterable[Entry], stance: str, nothing: str = "") -> Section:
        rows = [words.statement(board, entry) for entry in entries]
        return Section(heading, style, rows + unnamed[stance], nothing)

    columns = [
        [said(tr("Asserts"), "claim", board.asserts, "support", hidden or tr("Nobody asserts it."))],
        [said(tr("Denies"), "denial", board.denies, "deny", hidden or tr("Nobody denies it."))],
        [
            said(tr("Asks"), "elaborates", board.queries, "query"),
            said(tr("Comments"), "elaborates", board.comments, "comment"),
            said(tr("No comment"), "no_comment", board.silent, "silence"),
        ],
        [
            Section(tr("Grounds for"), "supports", list(map(words.ground, board.grounds_for))),
            Section(tr("Grounds against"), "undermines", list(map(words.ground, board.grounds_against))),
            Section(tr("Attacks on its sources"), "undermines", words.attacks(board)),
        ],
    ]
    kept = [[one for one in column if one.statements or one.nothing] for column in columns]
    return [column for column in kept if column]


class BoardView(QScrollArea):
    """Columns of cards, as many beside one another as there is room for.

    Arrows walk, Enter or a click goes to the words, J judges what is said there.
    """

    opened = Signal(object)
    """The Ref of a mark or an exhibit."""
    judge_asked = Signal(object)
    """The Ref of a mark whose statement is to be judged."""

    def __init__(self, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._columns: list[list[Card]] = []
        self._shown: tuple[Facts, ClaimBoard] | None = None
        self._is_narrowed = False
        self._room: dict[str, int] = {}
        self._at: tuple[int, int] | None = None
        self._kept: _Place | None = None
        """Where to be when the cards of another claim are made."""
        self._counted = Words()
        self._fitted = (0, False)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Board of the claim"))

    @property
    def current(self) -> Card | None:
        """The card that keys act on."""
        return None if self._at is None else self._columns[self._at[0]][self._at[1]]

    @property
    def cards(self) -> list[Card]:
        """All cards, column by column."""
        return [card for column in self._columns for card in column]

    def set_theme(self, look: Theme) -> None:
        """Paint the cards in another theme; what is in them follows the style of the program."""
        self._look = look
        for card in self.cards:
            card.set_look(look)

    def show_board(self, facts: Facts, board: ClaimBoard, *, is_narrowed: bool = False) -> None:
        """Show a claim; where it is the one that was shown, place and current card stay.

        Its cards are made when it is seen. is_narrowed: not all of its statements are among them.
        """
        self._is_narrowed = is_narrowed
        is_same = self._shown is not None and self._shown[1].id == board.id
        if self._shown is not None and is_same and self._shown[1] == board and self._shown[0] is facts:
            return
        if not is_same:
            self._room.clear()
            self._kept = _Place(None, 0)
        elif self._kept is None:  # its cards are there, not those of the claim before it
            self._kept = _Place(self.current.ref if self.current else None, self.verticalScrollBar().value())
        self._shown = (facts, board)
        if self.isVisible():
            self._fill_anew()

    def _fill_anew(self) -> None:
        """Make cards of what is shown now, and come to where it was left."""
        kept, self._kept = self._kept, None
        if kept is not None:
            self._fill(kept.ref)
            self.verticalScrollBar().setValue(kept.scroll)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fill_anew()

    def clear(self) -> None:
        """Show nothing."""
        self._shown, self._columns, self._at, self._kept = None, [], None, None
        self.setWidget(QWidget())

    def _fill(self, kept: Ref | None = None) -> None:
        assert self._shown is not None  # noqa: S101 - only called with something to show
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(8, 0, 8, 8)
        told = Wording(self._shown[0]).counted(self._shown[1])
        counted = self._counted = Words(breakable(told), is_quiet=True)
        beside, is_low = self._fitted = self._fitting()
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        whole.addLayout(grid, 1)
        if told:
            whole.insertWidget(1 if is_low else 0, counted)
        self._columns, self._at = [], None
        for number, column in enumerate(self._sections()):
            cards: list[Card] = []
            place = QVBoxLayout()
            place.setSpacing(4)
            for section in column:
                self._add(section, place, cards)
            place.addStretch(1)
            held = QWidget()
            place.setContentsMargins(0, 0, 0, 0)
            held.setLayout(place)
            grid.addWidget(held, *divmod(number, beside))
            grid.setColumnStretch(number % beside, 1)
            self._columns.append(cards)
        self.setWidget(inside)
        places = [(c, r) for c, cards in enumerate(self._columns) for r in range(len(cards))]
        same = [at for at in places if self._columns[at[0]][at[1]].ref == kept]
        self._stand(*(same or places[:1]), quietly=True)

    def _sections(self) -> list[list[Section]]:
        return sections(*self._shown, is_narrowed=self._is_narrowed) if self._shown else []

    def _fitting(self) -> tuple[int, bool]:
        """How many columns stand beside one another, and whether the height is low for what stands above."""
        width, height = self.viewport().width(), self.viewport().height()
        columns = len(self._sections())
        room = max(1, width // _COLUMN)
        rows = -(-columns // room)
        is_low = height < max(_LOW, self._counted.heightForWidth(width) / _TOLD_SHARE)
        return max(1, -(-columns // max(rows, 1))), is_low

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._shown and self._kept is None and self._fitting() != self._fitted:
            self._fill(self.current.ref if self.current else None)

    def _add(self, section: Section, place: QVBoxLayout, cards: list[Card]) -> None:
        count = len(section.statements)
        heading = f"{section.heading} · {count}" if count else section.heading
        place.addWidget(Heading(heading))
        if not section.statements:
            place.addWidget(Words(section.nothing, is_quiet=True))
        room = self._room.get(section.heading, SHOWN)
        for statement in section.statements[:room]:
            card = Card(statement, section.style, self._look)
            card.clicked.connect(lambda card=card: self._on_clicked(card))
            cards.append(card)
            place.addWidget(card)
        if count > room:
            more = QPushButton(tr("{count} more").format(count=f"{count - room:,}"))
            more.clicked.connect(lambda: self._show_more(section.heading, room))
            place.addWidget(more)

    def _show_more(self, heading: str, room: int) -> None:
        self._room[heading] = room + SHOWN
        scroll = self.verticalScrollBar().value()
        self._fill(self.current.ref if self.current else None)
        self.verticalScrollBar().setValue(scroll)

    def _on_clicked(self, card: Card) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        for number, column in enumerate(self._columns):
            if card in column:
                self._stand((number, column.index(card)))
        self.opened.emit(card.ref)

    def _stand(self, at: tuple[int, int] | None = None, *, quietly: bool = False) -> None:
        self._at = at
        self._outline()
        card = self.current
        if card is None:
            return
        self.setAccessibleDescription(card.spoken)
        if not quietly:
            self.ensureWidgetVisible(card, 12, 12)

    def _outline(self) -> None:
        for card in self.cards:
            card.set_current(card is self.current, self.hasFocus())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._outline()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._outline()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        onward = -1 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 1
        steps = {
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
            Qt.Key.Key_Left: (-onward, 0),
            Qt.Key.Key_Right: (onward, 0),
        }
        key = Qt.Key(event.key())
        card = self.current
        if card is not None and key in steps and not event.modifiers():
            self._walk(*steps[key])
        elif card is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(card.ref)
        elif card is not None and key == Qt.Key.Key_J and not event.modifiers():
            self.judge_asked.emit(card.ref)
        elif event.type() == QEvent.Type.KeyPress:
            super().keyPressEvent(event)

    def _walk(self, across: int, down: int) -> None:
        """One card down or up its column, or to the card of the next column at the same height."""
        assert self._at is not None  # noqa: S101 - there is a current card
        column, row = self._at
        if down:
            self._walk_down(column, row, down)
            return
        beside = column + across
        while 0 <= beside < len(self._columns) and not self._columns[beside]:
            beside += across
        if 0 <= beside < len(self._columns):
            top = self._top(self._columns[column][row])
            tops = [abs(self._top(card) - top) for card in self._columns[beside]]
            self._stand((beside, tops.index(min(tops))))

    def _walk_down(self, column: int, row: int, down: int) -> None:
        """One card down or up its column, and on into the column that stands below or above it."""
        next_column = column + down * self._fitted[0]
        if 0 <= row + down < len(self._columns[column]):
            self._stand((column, row + down))
        elif 0 <= next_column < len(self._columns) and self._columns[next_column]:
            self._stand((next_column, 0 if down > 0 else len(self._columns[next_column]) - 1))

    def _top(self, card: Card) -> int:
        inside = self.widget()
        return card.mapTo(inside, QPoint(0, 0)).y() if inside else 0

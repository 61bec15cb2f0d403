"""The claims of the map at its left: found by what is asked of them, in the order asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.briefs import MapQuestion
from annotator.store.lists import place_of
from annotator.store.store import Store
from annotator.ui import icons
from annotator.ui.map.asked import AskedClaims
from annotator.ui.map.briefs import AT_ONCE, BriefReader
from annotator.ui.map.claim_rows import ClaimLines, ClaimsFound
from annotator.ui.map.wording import tr
from annotator.ui.panels.parts import Elided, Empty, tool_button
from annotator.ui.panels.tables import OneColumn
from annotator.ui.theme import Theme

_UNCOUNTED_MS = 150
"""How long the first claims wait for what is said on them: in small projects it is there by then."""
_FEW = 200
"""A list of so many claims is read whole, so that questions are answered at once: half a second."""


class _Sight(NamedTuple):
    """What stands at the top of the list: a claim by its place, and how far of it is above the edge."""

    place: int
    hidden_px: int


class ClaimList(QWidget):
    """Words to look for, a door to the other questions, and the claims."""

    chosen = Signal(str)
    """The claim the list stands on now."""
    entered = Signal()
    """Enter on a claim: the keys are wanted on its board."""
    failed = Signal(object)

    def __init__(self, store: Store, look: Theme, gives_way: Callable[[], bool] = lambda: False) -> None:
        super().__init__()
        self._store = store
        self._wanted = ""
        self._sight: _Sight | None = None
        self._is_whole_told = False
        self.briefs = BriefReader(store, self, gives_way)
        self.text = QLineEdit()
        self.text.setPlaceholderText(tr("Words of a claim"))
        self.text.setAccessibleName(tr("Filter claims of the map"))
        self.text.setClearButtonEnabled(True)
        self.asked = AskedClaims(store, self)
        self.button = tool_button("filter", look, tr("Which claims, in which order…"), self.open_questions)
        self.model = ClaimsFound(store, self.briefs)
        self.list = OneColumn(tr("Claims of the map"), ClaimLines(self))
        self.list.setModel(self.model)
        self.told = Elided(is_quiet=True)
        self.told.hide()
        self.empty = Empty(tr("Reading…"))
        self.none = Empty(tr("No claim fits."))
        self.none.add_button(tr("Show all"), self.show_all)
        self.stack = QStackedWidget()
        for page in (self.empty, self.none, self.list):
            self.stack.addWidget(page)
        self._lay_out()
        self.text.textChanged.connect(self._on_typed)
        self.asked.changed.connect(self._on_asked)
        self.asked.failed.connect(self.failed)
        self.list.selectionModel().currentRowChanged.connect(self._on_row)
        self.list.opened.connect(lambda: self.entered.emit())
        self._late = QTimer(self, singleShot=True, interval=_UNCOUNTED_MS)
        self._late.timeout.connect(self._show_page)
        self.model.modelAboutToBeReset.connect(self._note_sight)
        self.model.settled.connect(self._on_settled)
        bar = self.list.verticalScrollBar()
        bar.valueChanged.connect(self._look)
        self.briefs.refused.connect(self.failed)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(8, 6, 4, 4)
        top.setSpacing(4)
        top.addWidget(self.text, 1)
        top.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        told = QHBoxLayout()
        told.setContentsMargins(10, 0, 4, 2)
        told.addWidget(self.told)
        column.addLayout(told)
        column.addWidget(self.stack, 1)
        self.setMinimumWidth(150)

    def set_theme(self, look: Theme) -> None:
        """Wear another theme."""
        self.button.setIcon(icons.icon("filter", look))

    def open_questions(self) -> None:
        """The questions beyond words: what is to be noted, who, where, when, and those that were stored."""
        self.asked.open_below(self.button, self.briefs.claims())

    def question(self) -> MapQuestion:
        """What is asked now."""
        return self.asked.question()

    def show_all(self) -> None:
        """Ask for nothing."""
        self.asked.ask(MapQuestion())

    @property
    def is_settled(self) -> bool:
        """Whether all that is asked for stands here, with what is to be said of it."""
        return self.model.is_whole and not self.briefs.is_reading and not self._late.isActive()

    def reread(self) -> None:
        """Show the claims as they are now."""
        self.briefs.renew()
        if self.model.is_asked:
            self.model.reread()
        else:
            self.model.ask(self.question())

    def stand_on(self, claim: str) -> None:
        """Make a claim the current row, now or when it comes."""
        self._wanted = claim
        self._choose()
        self._look()

    def _on_asked(self) -> None:
        words = self.question().text
        if words != self.text.text().strip():
            self.text.setText(words)
        self.model.ask(self.question())

    def _on_typed(self, words: str) -> None:
        self.asked.note_text(words.strip())
        self.model.ask(self.question())

    def _on_settled(self, is_same: bool) -> None:
        self._choose()  # before the list can get the focus: without a current row it would take the first
        self._keep_sight(is_same)
        self._look()
        self._tell(is_same)
        if self.model.rowCount() and self.stack.currentWidget() is self.empty and not self._is_seen_known():
            if not self._late.isActive():
                self._late.start()
        else:
            self._show_page()

    def _show_page(self) -> None:
        self._late.stop()
        if self.model.rowCount():
            self.stack.setCurrentWidget(self.list)
        elif not self.model.is_whole:
            self.empty.say(tr("Reading…"))
            self.stack.setCurrentWidget(self.empty)
        elif self.question() == MapQuestion():
            self.empty.say(tr("No claims yet. One is made when a denial is linked to what it denies."))
            self.stack.setCurrentWidget(self.empty)
        else:
            self.stack.setCurrentWidget(self.none)

    def _tell(self, is_same: bool) -> None:
        """Say what is asked for, how much was found, and of how many where not all were looked at yet."""
        words, left = self.asked.told(), self.briefs.left
        is_nearly = left is None or (left <= AT_ONCE and self._is_whole_told)
        is_uncounted = bool(words) and self.model.is_whole and not self.briefs.is_counted
        if is_uncounted or (is_same and not self.model.is_whole and is_nearly):
            return  # in a moment all is known
        self._is_whole_told = self.model.is_whole
        if self.model.is_whole:
            template = tr("{question} — {found} of {all}") if words else ""
        else:
            so_far = tr("{found} found, {share} % read…") if left else ""
            template = " — ".join(filter(None, ("{question}" if words else "", so_far)))
        total = self.briefs.total
        self.told.set_whole(
            template.format(
                question=words,
                found=f"{self.model.rowCount():,}",
                share=100 * self.model.looked // max(total, 1),
                all=f"{total:,}",
            )
        )
        self.told.setVisible(bool(template))

    def _choose(self) -> None:
        """Stand on the wanted claim, else stay, else on the first."""
        row = self.model.number_of(self._wanted) if self._wanted else None
        is_standing = self.list.currentIndex().isValid()
        if not self.model.rowCount() or (
            row is None and self._wanted and (is_standing or not self._is_out())
        ):
            return
        index = self.model.index(row or 0, 0)
        if not self.list.selectionModel().isSelected(index):
            flags = QItemSelectionModel.SelectionFlag
            self.list.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.list.scrollTo(index)
            self._on_row(index)

    def _is_out(self) -> bool:
        """Whether the wanted claim is not among those asked for, nor can come."""
        place = place_of(self._store, "proposition", self._wanted)
        return self.model.is_whole or place is None or self.model.is_sifted(place)

    def _on_row(self, index: QModelIndex) -> None:
        line = self.model.line(index.row()) if index.isValid() else None
        if line is not None:
            self._wanted = line.head.id
            self.chosen.emit(self._wanted)

    def _seen(self) -> range:
        """The rows in view; where the list is not shown yet, those that will be."""
        height = self.list.verticalHeader().defaultSectionSize()
        first = self.list.verticalScrollBar().value() // height
        return range(first, min(first + self.stack.height() // height + 2, self.model.rowCount()))

    def _is_seen_known(self) -> bool:
        return all(self.briefs.is_known(self.model.pages.order[row]) for row in self._seen())

    def _look(self) -> None:
        """Have the claims in view read, the chosen one first, then as many below and above them."""
        seen, rows = self._seen(), self.model.rowCount()
        chosen = self.list.currentIndex().row()
        around = (
            [chosen] if 0 <= chosen < rows else [],
            seen,
            range(seen.stop, min(seen.stop + len(seen), rows)),
            range(max(0, seen.start - len(seen)), seen.start),
            range(rows if rows <= _FEW else 0),
        )
        order = self.model.pages.order
        self.briefs.look_at(order[row] for some in around for row in some)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look()

    def _note_sight(self) -> None:
        seen, value = self._seen(), self.list.verticalScrollBar().value()
        height = self.list.verticalHeader().defaultSectionSize()
        is_kept = bool(seen) and (value > 0 or self.list.viewport().underMouse())
        self._sight = _Sight(self.model.pages.order[seen.start], value % height) if is_kept else None

    def _keep_sight(self, is_same: bool) -> None:
        """Where the same question has another order leave the rows where they are under the pointer."""
        sight, self._sight = self._sight, None
        if sight is not None and is_same and sight.place in self.model.pages.order:
            self.list.updateGeometries()
            height = self.list.verticalHeader().defaultSectionSize()
            row = self.model.pages.order.index(sight.place)
            self.list.verticalScrollBar().setValue(row * height + sight.hidden_px)

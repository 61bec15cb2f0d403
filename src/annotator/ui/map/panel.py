"""The dispute map: the claims at the left, beside them the board, the graph or the time line of one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.figure import Box
from annotator.domain.ids import ArticleId, MarkId, PropositionId, SourceId
from annotator.domain.model import Ref
from annotator.store.session import Session
from annotator.ui.map.board import BoardView
from annotator.ui.map.claim_list import ClaimList
from annotator.ui.map.figures import FigureView
from annotator.ui.map.head import WAYS, ClaimHead
from annotator.ui.map.kinds import kind_name
from annotator.ui.map.reading import ClaimView, Shown, claim_view
from annotator.ui.map.wording import tr
from annotator.ui.panels.asking import Reader
from annotator.ui.panels.base import Panel
from annotator.ui.panels.judged import Judged
from annotator.ui.panels.parts import Empty
from annotator.ui.theme import Theme

_LOW = 320
"""Pixels of height below which the head takes one line only."""

_LIST_PX, _LIST_SHARE = 290, 0.28
"""The width of the list of claims, at most that much of the panel, until it is dragged."""


class DisputeMapPanel(Panel):
    """Claims and what is said on them, read beside the window; every statement leads to its words."""

    source_asked = Signal(str)
    """A source was chosen in the graph."""
    exhibit_asked = Signal(str)
    """An exhibit was chosen; it stands in no article."""
    room_asked = Signal()
    """More room is wanted, or less again."""

    WATCHED = frozenset(
        {
            "proposition",
            "proposition_link",
            "mention",
            "mark",
            "attribution",
            "source",
            "link",
            "article",
            "exhibit",
            "scheme",
        }
    )
    LAZY_MS = 300

    def __init__(self, session: Session, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, look, parent)
        self.claim: PropositionId | None = None
        self.view: ClaimView | None = None
        self._list_px: int | None = None
        one = self._one = Reader(self.store, self)
        self.claims = ClaimList(self.store, look, lambda: one.is_waiting)
        self.head = ClaimHead(look)
        self.judged = Judged(session, look)
        self.judged.setContentsMargins(8, 0, 0, 0)
        self.judged.hide()
        self.board = BoardView(look)
        words = (self._kind_name, self._spoken)
        self.graph = FigureView(look, tr("Graph of the claim"), *words, is_about_current=True)
        self.timeline = FigureView(look, tr("Time line of the claim"), *words)
        self.empty = Empty(tr("What is said on the claim chosen at the left stands here."))
        self.pages = QStackedWidget()
        for page in (self.board, self.graph, self.timeline, self.empty):
            self.pages.addWidget(page)
        self._lay_out()
        self.main_part = self.claims.list
        self._connect()

    def _lay_out(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.judged)
        column.addWidget(self.pages, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self.parts = QSplitter(Qt.Orientation.Horizontal)
        whole.addWidget(self.parts)  # while it is empty: all that is in it would be styled once more
        self.parts.addWidget(self.claims)
        self.parts.addWidget(right)
        self.parts.setStretchFactor(1, 1)
        self.parts.setChildrenCollapsible(False)

    def _connect(self) -> None:
        self._one.answered.connect(self._show)
        self.claims.chosen.connect(lambda claim: self.show_claim(PropositionId(claim)))
        self.claims.entered.connect(self._to_page)
        self.claims.failed.connect(self.refused)
        self.claims.asked.changed.connect(self._ask_one)
        self.head.turned.connect(self._turn_to)
        self.head.asked.connect(self._ask_one)
        self.head.judge_asked.connect(self.judge_claim)
        self.board.judge_asked.connect(self.judge_statement)
        self.judged.closed.connect(self._leave_judging)
        self.judged.refused.connect(self.refused)
        self.judged.notice.connect(self.notice)
        self.head.room_asked.connect(self.room_asked)
        for view in (self.board, self.graph, self.timeline):
            view.opened.connect(self.open)

    def rethemed(self) -> None:
        self.head.set_theme(self.look)
        self.judged.set_theme(self.look)
        self.claims.set_theme(self.look)
        for view in (self.board, self.graph, self.timeline):
            view.set_theme(self.look)

    def refresh(self) -> None:
        self._pause.stop()
        self._ask_one()
        self.claims.reread()

    @property
    def is_settled(self) -> bool:
        """Whether all that is shown is what the project holds."""
        return not self._pause.isActive() and not self._one.is_waiting and self.claims.is_settled

    def to_copy(self) -> Ref | None:
        card = self.board.current if self.board.hasFocus() else None
        if card is not None and card.statement.target.table == "mark":
            return card.statement.target
        return Ref("proposition", self.claim) if self.claim is not None else None

    def show_claim(self, claim: PropositionId) -> None:
        """Show what is said on a claim."""
        if claim != self.claim:
            self.claim = claim
            self.judged.show_target(None)
            self.claims.stand_on(claim)
            self._is_stale = self._is_stale or not self.isVisible()
            self._ask_one()

    def show_as(self, way: str) -> None:
        """Turn to "board", "graph" or "time-line" and give it the keys."""
        number = WAYS.index(way)
        self.head.switch.button(number).setChecked(True)
        (self.board, self.graph, self.timeline)[number].setFocus()

    def open(self, ref: Ref) -> None:
        """Go to the words of a mark, to a source, an exhibit, or another claim."""
        if ref.table == "mark":
            self.go_to(ref.id)
        elif ref.table == "proposition":
            self.show_claim(PropositionId(ref.id))
        elif ref.table == "article":
            self.session.leave_here()
            self.guarded(lambda: self.session.open_article(ArticleId(ref.id)))
        elif ref.table == "source":
            self.source_asked.emit(SourceId(ref.id))
        else:
            self.exhibit_asked.emit(ref.id)

    def judge_claim(self) -> None:
        """Say what you think of the claim that is shown; asked again, close its judgements."""
        target = Ref("proposition", self.claim or "")
        if self.claim is None or self.judged.target == target:
            self._leave_judging()
        else:
            self.judged.judge(target)

    def judge_statement(self, ref: Ref) -> None:
        """Say what you think of what a mark says on the claim."""
        mentions = self.view.facts.mentions_by_mark.get(MarkId(ref.id), ()) if self.view else ()
        found = next((one for one in mentions if one.proposition == self.claim), None)
        if found is None:
            self.notice.emit(tr("This stands here through a link. Only what a mark says itself is judged."))
        else:
            self.judged.judge(Ref("mention", found.id))

    def _leave_judging(self) -> None:
        """Close the judgements, and go on at what is shown."""
        self.judged.show_target(None)
        self._to_page()

    def _ask_one(self) -> None:
        if self.claim is not None and self.isVisible():
            asked = Shown(
                self.claim, self.head.reach, not self.head.apart.isChecked(), self.claims.question()
            )
            self._one.look_up(partial(claim_view, shown=asked))
            self.claims.briefs.give_way()
        elif self.claim is None:
            self.pages.setCurrentWidget(self.empty)

    def _show(self, view: ClaimView) -> None:
        self.view = view
        board = view.board
        if board is None:
            self.claim = None
            self.board.clear()
            self.head.show_claim("", "", "")
            self.pages.setCurrentWidget(self.empty)
            return
        number = view.facts.handle("proposition", board.id)
        self.head.show_claim(number, board.text or tr("(no sentence yet)"), view.verdict)
        self.board.show_board(view.facts, board, is_narrowed=view.is_narrowed)
        self.graph.show_figure(view.graph, Ref("proposition", board.id))
        self.timeline.show_figure(view.timeline)
        self._turn_to(self.head.switch.checkedId())

    def _turn_to(self, number: int) -> None:
        if self.claim is not None:
            self.pages.setCurrentIndex(number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._list_px is None or self.parts.sizes()[0] == self._list_px:
            self._list_px = round(min(_LIST_PX, _LIST_SHARE * self.width()))
            self.parts.setSizes([self._list_px, self.width() - self._list_px])
        self.head.make_low(self.height() < _LOW)

    def _to_page(self) -> None:
        page = self.pages.currentWidget()
        if page is not None:
            page.setFocus()

    def _spoken(self, box: Box) -> str:
        return self.view.told.get(box.key, box.text) if self.view else box.text

    def _kind_name(self, kind: str) -> str:
        return kind_name(kind, self.view.facts.scheme) if self.view else kind

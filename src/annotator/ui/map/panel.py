"""The dispute map: the claims at the left, beside them the board, the graph or the time line of one."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.briefs import ClaimBrief, briefs
from annotator.domain.dispute import ClaimBoard, dispute_map
from annotator.domain.facts import Facts
from annotator.domain.figure import NOTHING, Figure
from annotator.domain.ids import ExhibitId, MarkId, PropositionId, SourceId
from annotator.domain.model import Ref
from annotator.domain.neighbours import neighbourhood
from annotator.layout.figures import graph_figure, timeline_figure
from annotator.store import open_ends
from annotator.store.claim_facts import claim_facts, with_copies
from annotator.store.session import Session
from annotator.store.store import Store
from annotator.ui import icons
from annotator.ui.map.board import BoardView
from annotator.ui.map.claim_list import ClaimList
from annotator.ui.map.figures import FigureView
from annotator.ui.map.kinds import kind_name
from annotator.ui.map.wording import Wording, tr
from annotator.ui.panels.asking import Reader
from annotator.ui.panels.base import Panel
from annotator.ui.panels.parts import Elided, Empty, tool_button
from annotator.ui.theme import Theme

DEPTHS = 2
_REST, _LONGEST_REST_MS = 4, 20_000
"""How many times as long as it took the whole map rests after a change, so that edits keep their time."""


class ClaimView(NamedTuple):
    """All that is shown of one claim; without a board it is gone."""

    facts: Facts
    board: ClaimBoard | None
    graph: Figure
    timeline: Figure


def claim_view(store: Store, claim: PropositionId, depth: int) -> ClaimView:
    """Read and compute what is shown of a claim."""
    facts = claim_facts(store, [claim])
    if depth > 1:
        facts = claim_facts(store, facts.propositions)
    facts = with_copies(store, facts, [claim])
    disputes = dispute_map(facts)
    board = next((one for one in disputes.claims if one.id == claim), None)
    if board is None:
        return ClaimView(facts, None, NOTHING, NOTHING)
    name = Wording(facts).name
    graph = neighbourhood(facts, disputes, claim, depth)
    return ClaimView(
        facts,
        board,
        graph_figure(facts, graph, name),
        timeline_figure(facts, board, name, tr("undated"), _later),
    )


def _later(days: int) -> str:
    return tr("a day later") if days == 1 else tr("{days} days later").format(days=f"{days:,}")


def _all_briefs(store: Store) -> object:
    facts = open_ends.facts(store)
    return briefs(facts, dispute_map(facts))


class DisputeMapPanel(Panel):
    """Claims and what is said on them, read beside the window; every statement leads to its words."""

    source_asked = Signal(str)
    """A source was chosen in the graph."""
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
        self._depth = 1
        self._rest = QTimer(self, singleShot=True, interval=0)
        self._asked_at = 0.0
        self._whole, self._one = Reader(self.store, self), Reader(self.store, self)
        self.claims = ClaimList(self.store, look)
        self.sentence, self.verdict = Elided(), Elided(is_quiet=True)
        font = self.sentence.font()
        font.setBold(True)
        self.sentence.setFont(font)
        self.board = BoardView(look)
        self.graph = FigureView(look, tr("Graph of the claim"), self._kind_name, is_about_current=True)
        self.timeline = FigureView(look, tr("Time line of the claim"), self._kind_name)
        self.empty = Empty(tr("Choose a claim at the left."))
        self.pages = QStackedWidget()
        for page in (self.board, self.graph, self.timeline, self.empty):
            self.pages.addWidget(page)
        self._lay_out()
        self.setFocusProxy(self.claims.list)
        self._connect()

    def _lay_out(self) -> None:
        self.switch = QButtonGroup(self)
        ways = QHBoxLayout()
        ways.setSpacing(2)
        for number, words in enumerate((tr("Board"), tr("Graph"), tr("Time line"))):
            button = QToolButton()
            button.setText(words)
            button.setCheckable(True)
            button.setChecked(number == 0)
            self.switch.addButton(button, number)
            ways.addWidget(button)
        self.wider = QToolButton()
        self.wider.setText(tr("Wider"))
        self.wider.setToolTip(tr("Also what is said on the claims beside it"))
        self.wider.setCheckable(True)
        self.wider.hide()
        self.larger = tool_button(
            "focus-mode", self.look, tr("More room for the map (F9)"), self.room_asked.emit
        )
        self.judge = tool_button("judge", self.look, tr("Judge the claim…"), self.judge_claim)
        ways.addWidget(self.wider)
        ways.addWidget(self.judge)
        ways.addWidget(self.larger)
        head = QHBoxLayout()
        head.setContentsMargins(8, 6, 8, 0)
        head.addWidget(self.sentence, 1)
        head.addLayout(ways)
        below = QHBoxLayout()
        below.setContentsMargins(8, 0, 8, 4)
        below.addWidget(self.verdict)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(below)
        column.addWidget(self.pages, 1)
        self.parts = QSplitter(Qt.Orientation.Horizontal)
        self.parts.addWidget(self.claims)
        self.parts.addWidget(right)
        self.parts.setStretchFactor(1, 1)
        self.parts.setSizes([290, 900])
        self.parts.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.parts)

    def _connect(self) -> None:
        self._rest.timeout.connect(self._ask_all)
        self._whole.answered.connect(self._take_all)
        self._one.answered.connect(self._show)
        self.claims.chosen.connect(lambda claim: self.show_claim(PropositionId(claim)))
        self.claims.entered.connect(self._to_page)
        self.claims.failed.connect(self.refused)
        self.switch.idToggled.connect(lambda number, is_on: self._turn_to(number) if is_on else None)
        self.wider.toggled.connect(self._on_depth)
        for view in (self.board, self.graph, self.timeline):
            view.opened.connect(self.open)

    def rethemed(self) -> None:
        self.larger.setIcon(icons.icon("focus-mode", self.look))
        self.judge.setIcon(icons.icon("judge", self.look))
        self.claims.set_theme(self.look)
        for view in (self.board, self.graph, self.timeline):
            view.set_theme(self.look)

    def refresh(self) -> None:
        self._pause.stop()
        self._ask_one()
        self._rest.start()

    def _ask_all(self) -> None:
        self._asked_at = monotonic()
        self._whole.look_up(_all_briefs)

    def _take_all(self, claims: list[ClaimBrief]) -> None:
        took_ms = 1000 * (monotonic() - self._asked_at)
        self._rest.setInterval(min(_LONGEST_REST_MS, round(_REST * took_ms)))
        self.claims.take(claims)

    @property
    def is_settled(self) -> bool:
        """Whether all that is shown is what the project holds."""
        is_resting = self._pause.isActive() or self._rest.isActive()
        return not (is_resting or self._whole.is_waiting or self._one.is_waiting)

    def to_copy(self) -> Ref | None:
        card = self.board.current if self.board.hasFocus() else None
        if card is not None and card.statement.target.table == "mark":
            return card.statement.target
        return Ref("proposition", self.claim) if self.claim is not None else None

    def show_claim(self, claim: PropositionId) -> None:
        """Show what is said on a claim."""
        if claim != self.claim:
            self.claim = claim
            self.claims.stand_on(claim)
            self._is_stale = self._is_stale or not self.isVisible()
            self._ask_one()

    def open(self, ref: Ref) -> None:
        """Go to the words of a mark, to a source, or to another claim; an exhibit says where it is."""
        if ref.table == "mark":
            self.session.leave_here()
            self.guarded(lambda: self.session.hold(MarkId(ref.id)))
        elif ref.table == "proposition":
            self.show_claim(PropositionId(ref.id))
        elif ref.table == "source":
            self.source_asked.emit(SourceId(ref.id))
        elif self.view is not None:
            row = self.view.facts.exhibits[ExhibitId(ref.id)]
            place = row.archive_url or row.url or tr("it has no address")
            self.notice.emit(tr("An exhibit stands in no article: {place}").format(place=place))

    def judge_claim(self) -> None:
        """Say what you think of the claim that is shown."""
        from annotator.ui.dialogs.judging import JudgingDialog

        if self.claim is not None:
            target = Ref("proposition", self.claim)
            JudgingDialog(self.session, self.look, self.window(), [target]).exec()

    def _ask_one(self) -> None:
        if self.claim is not None and self.isVisible():
            self._one.look_up(partial(claim_view, claim=self.claim, depth=self._depth))
        elif self.claim is None:
            self.pages.setCurrentWidget(self.empty)

    def _show(self, view: ClaimView) -> None:
        self.view = view
        board = view.board
        if board is None:
            self.claim = None
            self.board.clear()
            self.sentence.set_whole("")
            self.verdict.set_whole("")
            self.pages.setCurrentWidget(self.empty)
            return
        words = Wording(view.facts)
        number = view.facts.handle("proposition", board.id)
        self.sentence.set_whole(f"{number} · {board.text or tr('(no sentence yet)')}")
        self.verdict.set_whole(words.verdict(board))
        self.board.show_board(view.facts, board)
        self.graph.show_figure(view.graph, Ref("proposition", board.id))
        self.timeline.show_figure(view.timeline)
        self._turn_to(self.switch.checkedId())

    def _turn_to(self, number: int) -> None:
        self.wider.setVisible(number == 1)
        if self.claim is not None:
            self.pages.setCurrentIndex(number)

    def _on_depth(self, is_wider: bool) -> None:
        self._depth = DEPTHS if is_wider else 1
        self._ask_one()

    def _to_page(self) -> None:
        page = self.pages.currentWidget()
        if page is not None:
            page.setFocus()

    def _kind_name(self, kind: str) -> str:
        return kind_name(kind, self.view.facts.scheme) if self.view else kind

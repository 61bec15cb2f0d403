"""Claim nodes: one sentence each, with the marks that assert, deny, ask or comment below it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QSplitter, QToolButton, QWidget

from annotator.domain.ids import MentionId, PropositionId
from annotator.domain.model import Ref
from annotator.store import edits, lists
from annotator.store.lists import ClaimRow
from annotator.store.session import Session
from annotator.ui import icons
from annotator.ui.panels import listing
from annotator.ui.panels.asking import Question
from annotator.ui.panels.base import Panel
from annotator.ui.panels.claim_acts import ClaimActs
from annotator.ui.panels.claim_page import ClaimPage
from annotator.ui.panels.claim_rows import COUNTED, ClaimsModel, SaidRow
from annotator.ui.panels.claim_tree import ClaimTree
from annotator.ui.panels.later import Later
from annotator.ui.panels.pages import Pages
from annotator.ui.panels.parts import Empty, tool_button
from annotator.ui.theme import Theme

_ICONS = {"move": "next", "split": "hole-cut"}
"""The icons of buttons that are not called like them."""


class ClaimsPanel(Panel):
    """Claims with their mentions: written, merged, deleted, jumped from."""

    WATCHED = frozenset(
        {"proposition", "proposition_link", "mention", "mark", "attribution", "source", "article"}
    )
    LAZY_MS = 200

    def __init__(self, session: Session, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, look, parent)
        self._to_write: PropositionId | None = None
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Words of a claim"))
        self.filter.setAccessibleName(self.tr("Filter claims"))
        self.filter.setClearButtonEnabled(True)
        self.model = ClaimsModel(
            self.store, Pages(self.store, "proposition", self._question, lists.claims_at, COUNTED)
        )
        self.tree = ClaimTree(self.model)
        self.page = ClaimPage(session, look)
        self._beside = Later(self._show_page, self.page)
        self.acts = ClaimActs(self)
        self._lay_out()
        self.main_part = self.tree
        self._connect()

    def _connect(self) -> None:
        self.filter.textChanged.connect(lambda: self.refresh())
        self.model.edited.connect(self._rename)
        self.model.pages.found.connect(lambda order, is_same: self._show_found())
        self.tree.entered.connect(self.open_current)
        self.tree.doubleClicked.connect(lambda: self.open_current(by_mouse=True))
        self.tree.delete_asked.connect(self.delete_current)
        self.tree.key_pressed.connect(self._press)
        self.tree.dropped.connect(self._drop)
        self.tree.selectionModel().currentChanged.connect(lambda: self._beside.ask())
        self.page.mark_asked.connect(self.go_to)
        self.page.claim_asked.connect(self.stand_on)
        self.page.unrelate_asked.connect(self.acts.unrelate)
        self.page.mention_edited.connect(self._edit_mention)
        self.page.refused.connect(self.refused)
        self.page.judged.notice.connect(self.notice)

    def _lay_out(self) -> None:
        look = self.look
        rows = (
            ("add", "N", self.tr("New claim (N)"), self.add),
            ("note", "", self.tr("Write the sentence (F2)"), self.edit_current),
            ("same-claim", "E", self.tr("Same as another claim… (E)"), self.acts.ask_same),
            ("link", "R", self.tr("How it stands to another claim… (R)"), self.acts.ask_relation),
            ("move", "M", self.tr("Move the marks to another claim… (M)"), self.acts.ask_move),
            ("split", "S", self.tr("Give the marks a claim of their own (S)"), self.acts.split_chosen),
            ("judge", "J", self.tr("Judge the claim or mention… (J)"), self.judge_current),
            ("delete", "", self.tr("Delete the claim"), self.delete_current),
        )
        self.buttons: dict[str, QToolButton] = {
            name: tool_button(_ICONS.get(name, name), look, words, act) for name, _, words, act in rows
        }
        self._keys = {key: act for _, key, _, act in rows if key}
        words = self.tr("No claims yet. One is made when a denial is linked to what it denies.")
        self.empty = Empty(words)
        self.empty.add_button(self.tr("New claim"), self.add)
        words = self.tr("No claim matches the filter.")
        self.no_match = listing.no_match(words, self.tr("Show all"), self.filter)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.addWidget(self.tree)
        self.split.addWidget(self.page)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        self.split.setChildrenCollapsible(False)
        top = listing.tools(self.filter, self.buttons.values())
        self.stack = listing.laid_out(self, top, self.split, self.empty, self.no_match)

    def rethemed(self) -> None:
        for name, button in self.buttons.items():
            button.setIcon(icons.icon(_ICONS.get(name, name), self.look))
        self.page.set_look(self.look)

    def refresh(self) -> None:
        self._pause.stop()
        is_editing = self.tree.state() == QAbstractItemView.State.EditingState
        if is_editing:
            self._pause.start()
            return
        self.model.reread()

    def _show_found(self) -> None:
        has_rows = len(self.model.pages) > 0 or not self.model.pages.is_whole
        listing.fit_buttons(self.buttons, has_rows)
        if has_rows:
            self.stack.setCurrentWidget(self.split)
            if not self.tree.currentIndex().isValid():
                self.tree.setCurrentIndex(self.model.index(0, 0))
        else:
            self.stack.setCurrentWidget(self.no_match if self.filter.text().strip() else self.empty)
        self._beside.ask()
        if self._to_write is not None and self.stand_on(self._to_write):
            self._to_write = None
            self.edit_current()

    def settle(self) -> None:
        super().settle()
        self._beside.settle()

    def current(self) -> ClaimRow | None:
        """The claim the tree stands on, or whose mark it stands on."""
        return self.model.claim_over(self.tree.currentIndex())

    def to_copy(self) -> Ref | None:
        claim, said = self.current(), self.current_mark()
        if said is not None:
            return Ref("mark", said.mark)
        return Ref("proposition", claim.id) if claim is not None else None

    def current_mark(self) -> SaidRow | None:
        """The mark the tree stands on."""
        return self.model.said_at(self.tree.currentIndex())

    def stand_on(self, claim: str) -> bool:
        """Make a claim the current row; False where the list has no such row, or not yet."""
        return self.tree.stand_on(claim)

    def add(self) -> None:
        """A new claim, with its sentence to be written at once."""
        sentence = self.tr("New claim")
        node = self.guarded(lambda: edits.add_proposition(self.store, sentence, in_no_article=True))
        if node is not None:
            self.write_next(node)

    def write_next(self, claim: PropositionId) -> None:
        """Let the sentence of a claim be written as soon as the list shows it."""
        self.filter.clear()
        self._to_write = claim
        self.refresh()

    def edit_current(self) -> None:
        """Write the sentence of the current claim in place."""
        claim = self.current()
        if claim is not None and self.stand_on(claim.id):
            self.tree.setFocus()
            self.tree.edit(self.tree.currentIndex())

    def open_current(self, by_mouse: bool = False) -> None:
        """Go to a mark; open or close a claim (a mouse has done that already)."""
        said = self.current_mark()
        if said is not None:
            self.go_to(said.mark)
        elif not by_mouse:
            index = self.tree.currentIndex().siblingAtColumn(0)
            self.tree.setExpanded(index, not self.tree.isExpanded(index))

    def judge_current(self) -> None:
        """Say what you think of the claim, or of the mention, that the list stands on."""
        self._beside.settle()
        self.page.judge()

    def delete_current(self) -> None:
        """Take a mark out of its claim, or delete a claim; its marks stay."""
        said, claim = self.current_mark(), self.current()
        if said is not None and said.mention is not None:
            mention = MentionId(said.mention.id)
            self.guarded(lambda: edits.delete_mention(self.store, mention))
        elif not self.tells_link() and claim is not None:
            self.guarded(lambda: edits.delete_proposition(self.store, claim.id))

    def tells_link(self) -> bool:
        """Whether the mark that the tree stands on speaks to its claim by a link alone, which is told."""
        said = self.current_mark()
        if said is None or said.mention is not None:
            return False
        self.notice.emit(self.tr("This mark stands here by its link alone: delete the link to take it out."))
        return True

    def _press(self, key: str) -> None:
        if key in self._keys:
            self._keys[key]()

    def _drop(self, index: QModelIndex) -> None:
        """Marks dragged onto a claim move there; a claim dragged onto another is the same."""
        target = self.model.claim_over(index)
        claim, mentions = self.current(), self.tree.chosen()
        if target is None or claim is None or target.id == claim.id:
            return
        if mentions:
            self.acts.move_mentions(mentions, target.id)
        elif self.current_mark() is None:
            self.acts.merge(target.id, claim.id)
        else:
            self.tells_link()

    def _edit_mention(self, mention: str, field: str, value: object) -> None:
        self.guarded(lambda: edits.edit_mention(self.store, MentionId(mention), **{field: value}))

    def _show_page(self) -> None:
        claim, row = self.current(), self.current_mark()
        self.page.show_claim(claim.id if claim else None, row.mention if row else None)

    def _rename(self, claim: str, sentence: str) -> None:
        self.guarded(lambda: edits.edit_proposition(self.store, PropositionId(claim), text=sentence))

    def _question(self) -> Question:
        return partial(lists.claim_places, text=self.filter.text().strip())

"""The mark in hand, or the proposal that keys decide about, or what to do next where there is neither."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.ids import LinkId, MarkId
from annotator.store import lists, read
from annotator.store.session import Focus, Session
from annotator.store.store import Change
from annotator.ui.panels.base import Panel
from annotator.ui.panels.parts import Heading, Words, scroll_down_only
from annotator.ui.theme import Theme

if TYPE_CHECKING:  # loaded with the first mark in hand
    from annotator.domain.proposing import Proposal
    from annotator.ui.panels.mark_page import MarkPage
    from annotator.ui.panels.proposal_page import ProposalPage

Hints = Callable[[], Sequence[str]]


class MarkInspector(Panel):
    """Everything about the held mark; without one, what can be done next.

    hints: the lines shown without a mark, asked for each time, so that keys are
    those in force.
    """

    source_asked = Signal(str)
    """The mark whose source is to be chosen."""
    relay_asked = Signal(str)
    """The mark that is to get one more relay."""
    possible_asked = Signal(str)
    """The mark that somebody else may have said."""
    link_asked = Signal(str)
    """The link whose note is to be written."""
    claim_asked = Signal(str)
    """The mark that is to be put under a claim."""

    WATCHED = frozenset(
        {"mark", "attribution", "link", "mention", "proposition", "source", "scheme", "article", "annotator"}
    )
    FOLLOWS_FOCUS = True

    def __init__(self, session: Session, look: Theme, hints: Hints, parent: QWidget | None = None) -> None:
        super().__init__(session, look, parent)
        self._hints = hints
        self._offer: tuple[Proposal, Sequence[str]] | None = None
        self.hints = Words(is_quiet=True)
        self.hints.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._page_without_mark())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)

    def _page_without_mark(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(8)
        column.addWidget(Heading(self.tr("No mark in hand")))
        column.addWidget(self.hints, 1)
        scroll = QScrollArea()
        scroll_down_only(scroll)
        scroll.setWidget(page)
        return scroll

    @cached_property
    def page(self) -> MarkPage:
        """What is shown of a mark, made for the first one."""
        from annotator.ui.panels.mark_page import MarkPage

        made = MarkPage(self)
        self.stack.addWidget(made)
        return made

    @cached_property
    def proposal(self) -> ProposalPage:
        """What is shown of a proposal, made for the first one."""
        from annotator.ui.panels.proposal_page import ProposalPage

        made = ProposalPage()
        self.stack.addWidget(made)
        return made

    @property
    def _mark(self) -> MarkId | None:
        """The mark the page shows, where it has been made."""
        mark = self.page.mark if "page" in vars(self) else None
        return mark.id if mark else None

    def rethemed(self) -> None:
        if "page" in vars(self):
            self.page.set_theme(self.look)
        self.refresh()

    def refresh(self) -> None:
        held = self.session.focus.mark
        if self._mark is not None and self._mark != held:
            self.commit()
        if held is None:
            if self._mark is not None:
                self.page.mark = None
            self._show_without_mark()
            return
        self.page.show_mark(read.mark(self.store, held))
        self.stack.setCurrentWidget(self.page)

    def _show_without_mark(self) -> None:
        if self._offer is None:
            self.hints.setText("\n\n".join(self._hints()))
            self.stack.setCurrentIndex(0)
            return
        proposal, quotes = self._offer
        label = read.scheme(self.store).labels[proposal.rule.label]
        self.proposal.show_proposal(proposal, quotes, label.name, self.look.text.style(label.id))
        self.stack.setCurrentWidget(self.proposal)

    def offer(self, proposal: Proposal | None, quotes: Sequence[str]) -> None:
        """Show a proposal while no mark is in hand, with its words; None shows it no more."""
        self._offer = (proposal, quotes) if proposal else None
        self.refresh()

    def on_focus(self, focus: Focus) -> None:
        if focus.mark is None or focus.mark != self._mark:
            self.refresh()

    def on_change(self, change: Change) -> None:
        """A mark that was just deleted is let go by the session; until then there is nothing to read."""
        del change
        held = self.session.focus.mark
        if held is None or lists.mark_row(self.store, held) is not None:
            self.refresh()

    def commit(self) -> None:
        """Save the note as it stands, if it was changed."""
        if self._mark is not None:
            self.page.commit()

    def hideEvent(self, event: QHideEvent) -> None:
        self.commit()
        super().hideEvent(event)

    def stand_on(self, attribute: str | None) -> None:
        """Put the cursor into the field of an attribute of the mark in hand, or into its first one."""
        self.refresh()
        if self._mark is not None:
            self.page.take_keys(attribute)

    def ask_source(self) -> None:
        """Ask for the picker."""
        if self._mark is not None:
            self.source_asked.emit(self._mark)

    def ask_relay(self) -> None:
        """Ask for the picker, for one more relay."""
        if self._mark is not None:
            self.relay_asked.emit(self._mark)

    def ask_possible(self) -> None:
        """Ask for the picker, for who else may have said it."""
        if self._mark is not None:
            self.possible_asked.emit(self._mark)

    def ask_link(self, link: LinkId) -> None:
        """Ask for the form of a link."""
        self.link_asked.emit(link)

    def ask_claim(self) -> None:
        """Ask for the nearest claims."""
        if self._mark is not None:
            self.claim_asked.emit(self._mark)

    def hear(self, panel: Panel) -> None:
        """Hand on what a part says and refuses."""
        panel.refused.connect(self.refused)
        panel.notice.connect(self.notice)

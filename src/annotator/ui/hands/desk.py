"""What all hands share: the session, the text in front of the analyst, and how to speak up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Signal

from annotator.domain.errors import UserError
from annotator.domain.ids import ArticleId, MarkId
from annotator.domain.segment import Segmenter
from annotator.domain.spans import Span
from annotator.store import read
from annotator.store.session import Session
from annotator.store.touched import article_of_change

if TYPE_CHECKING:
    from annotator.domain.model import Mark
    from annotator.store.store import Change
    from annotator.ui.hands.modes import Mode
    from annotator.ui.panes import Panes
    from annotator.ui.text.view import TextView

T = TypeVar("T")


def tr(words: str) -> str:
    """Words of the hands in the language of the window."""
    return QCoreApplication.translate("Hands", words)


class Desk(QObject):
    """The pane at work: its text view, and the focused article of the session in it."""

    refused = Signal(object)
    """A UserError, to be shown as a notice."""
    notice = Signal(str)
    """A sentence about what was done, or what to do first."""
    offered = Signal(object)
    """The Proposal that keys decide about from now on, or None."""
    state_changed = Signal()
    """Mode, held mark, selection or caret are not what they were."""

    def __init__(self, session: Session, panes: Panes, segmenter: Segmenter) -> None:
        super().__init__(panes)
        self.session = session
        self.store = session.store
        self.panes = panes
        self.segmenter = segmenter
        self.mode: Mode | None = None

    @property
    def view(self) -> TextView:
        """The text of the pane at work."""
        return self.panes.active.view

    @property
    def pieces(self) -> tuple[Span, ...]:
        """What is selected besides the selection itself."""
        return self.view.shown.pieces

    @property
    def article(self) -> ArticleId | None:
        return self.session.focus.article

    @property
    def held(self) -> MarkId | None:
        return self.session.focus.mark

    @property
    def text(self) -> str:
        """The text of the article in front, empty where there is none."""
        return self.panes.active.text

    def hold(self, mark: str) -> None:
        """Take a mark of the text in front in hand; one in view without a look into the file."""
        spans = self.view.spans_in_view(mark)
        self.session.hold(MarkId(mark), spans[0].start if spans else None)

    def held_mark(self) -> Mark | None:
        """The mark in hand as it stands now."""
        return read.mark(self.store, self.held) if self.held else None

    def ask_for_mark(self) -> None:
        """Say that a mark has to be in hand, and how one is taken."""
        self.notice.emit(tr("Take a mark in hand first: Space at the caret, or click it."))

    def selected(self) -> tuple[Span, ...]:
        """All that is selected: the pieces gathered so far and the selection itself."""
        selection = self.view.selection()
        return (*self.pieces, selection) if selection else self.pieces

    def drop_selection(self) -> None:
        """Select nothing, and forget gathered pieces."""
        self.view.select_pieces(())
        self.view.select(None)

    def enter(self, mode: Mode) -> None:
        """Start a state, leaving the one before."""
        self.leave_mode()
        self.mode = mode
        mode.begin()
        self.state_changed.emit()

    def moved(self) -> None:
        """Other words are in view than before: tell the present state, if there is one."""
        if self.mode is not None:
            self.mode.moved()

    def leave_mode(self) -> bool:
        """Leave the present state; False where there was none."""
        if self.mode is None:
            return False
        mode, self.mode = self.mode, None
        mode.leave()
        self.state_changed.emit()
        return True

    def refusal(self) -> Callable[[str], str] | None:
        """Why a label cannot be the end of the link that looks for one; None where none does."""
        return self.mode.refusal if self.mode is not None else None

    def show_change(self, change: Change) -> None:
        """Go to what undo or redo changed, and let it be seen."""
        place = article_of_change(self.store, change, self.article)
        if place is None:
            return
        article, spans = place
        if article != self.article:
            self.session.open_article(article, spans[0].start if spans else 0)
        if spans:
            self.view.reveal(spans[0])
            self.view.flash(spans)

    def did(self, act: Callable[[], object]) -> bool:
        """Do what the store may refuse; whether it was done. A refusal is shown."""
        return self.guarded(lambda: (act(),)) is not None

    def guarded(self, act: Callable[[], T]) -> T | None:
        """Do what the store may refuse; a refusal is shown and None comes back."""
        try:
            return act()
        except UserError as error:
            self.refused.emit(error)
            return None

"""Hands on proposals: standing on one after the other, taking them or dropping them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.domain.ids import MarkId
from annotator.domain.spans import Span
from annotator.store import edits, read
from annotator.ui.ghosts import speaker, tr
from annotator.ui.hands.desk import Desk
from annotator.ui.hands.modes import Mode

if TYPE_CHECKING:  # the rules are loaded when an article is looked through
    from annotator.domain.proposing import Proposal


class Proposing:
    """What keys and the menu of a ghost do to the proposals of the pane at work."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def step(self, direction: int) -> None:
        """Stand on the open proposal under the caret or selection, on the next (1) or the one before (-1)."""
        desk, mode = self._desk, self._desk.mode
        ghosts = desk.panes.active.ghosts
        is_back = direction < 0
        found = None
        if isinstance(mode, Choosing):
            offset = mode.proposal.start + (not is_back)
        else:
            offset = desk.view.caret()
            found = None if is_back else ghosts.under(*(desk.view.selection() or (offset, offset)))
        found = found or ghosts.next(offset, backwards=is_back)
        if found is not None:
            self.stand_on(found)
        elif ghosts.is_waiting and isinstance(mode, Choosing):
            desk.notice.emit(tr("Still looking for reported speech: press the key again in a moment."))
        elif ghosts.is_waiting:
            if not isinstance(mode, Awaiting):
                desk.enter(Awaiting(self, desk, direction))
        elif is_back:
            desk.notice.emit(tr("No further proposal above."))
        else:
            desk.notice.emit(tr("No further proposal below."))

    def stand_on(self, proposal: Proposal) -> None:
        """Show a proposal and let the next keys decide about it."""
        desk = self._desk
        desk.drop_selection()
        desk.session.hold(None)
        desk.enter(Choosing(self, desk, proposal))
        desk.view.set_caret(proposal.start)
        desk.view.reveal(Span(proposal.start, proposal.spans[0].end))

    def take(self, proposal: Proposal, label: str | None = None) -> None:
        """Make it a mark and go on to the next one; after the last, the mark is taken in hand."""
        desk, article = self._desk, self._desk.article
        if article is None:
            return
        mark = desk.guarded(lambda: edits.take_proposal(desk.store, article, proposal, label))
        if mark is not None:
            self._go_on(proposal, mark)

    def drop(self, proposal: Proposal) -> None:
        """Never propose it again in this article, and go on to the next one."""
        desk, article = self._desk, self._desk.article
        if article is not None and desk.did(lambda: edits.drop_proposal(desk.store, article, proposal)):
            self._go_on(proposal, None)

    def _go_on(self, done: Proposal, mark: MarkId | None) -> None:
        desk = self._desk
        following = desk.panes.active.ghosts.next(done.start + 1)
        if following is not None:
            self.stand_on(following)
            return
        desk.leave_mode()
        if mark is not None:
            desk.session.hold(mark)
        desk.notice.emit(tr("No further proposal below."))

    def label_for(self, key: str) -> str | None:
        """The label that a key stands for, if the preset shows it."""
        scheme = read.scheme(self._desk.store)
        return next((one.id for one in scheme.shown_labels() if scheme.keys.get(one.id) == key), None)

    def status(self, proposal: Proposal) -> str:
        """What the status line says while keys decide about a proposal."""
        label = read.scheme(self._desk.store).labels[proposal.rule.label].name
        words = tr("proposal · {label} · {who} · rule “{rule}” — Enter takes, a digit labels, Delete drops")
        return words.format(label=label, who=speaker(proposal), rule=proposal.rule.name)


class Awaiting(Mode):
    """A proposal was asked for before it was found: it is stood on then, unless anything else is done."""

    lets_digits_pass = True

    def __init__(self, proposing: Proposing, desk: Desk, direction: int) -> None:
        self._proposing = proposing
        self._desk = desk
        self._direction = direction
        self._ghosts = desk.panes.active.ghosts
        self._place = self._here

    @property
    def _here(self) -> tuple[object, ...]:
        desk = self._desk
        return desk.article, desk.view.caret(), desk.selected(), desk.held

    @property
    def name(self) -> str:
        return tr("looking for reported speech: the next proposal is shown when it is found — Esc gives up")

    def begin(self) -> None:
        self._ghosts.looked.connect(self._on_looked)

    def press(self, stroke: str) -> bool:
        """Whatever key it is, it does what it always does."""
        del stroke
        self._desk.leave_mode()
        return False

    def leave(self) -> None:
        self._ghosts.looked.disconnect(self._on_looked)

    def _on_looked(self) -> None:
        if self._here != self._place:
            self._desk.leave_mode()
        else:
            self._proposing.step(self._direction)
            if not self._ghosts.is_waiting and self._desk.mode is self:
                self._desk.leave_mode()


class Choosing(Mode):
    """One proposal is outlined; the next keys decide about it."""

    lets_digits_pass = False

    def __init__(self, proposing: Proposing, desk: Desk, proposal: Proposal) -> None:
        self.proposal = proposal
        self._proposing = proposing
        self._desk = desk
        self._view = desk.view

    @property
    def name(self) -> str:
        return self._proposing.status(self.proposal)

    def begin(self) -> None:
        self._view.show_preview(self.proposal.spans)
        self._desk.offered.emit(self.proposal)

    def press(self, stroke: str) -> bool:
        """Decide; a key that means nothing here leaves the proposal and does what it always does."""
        proposing, proposal = self._proposing, self.proposal
        if stroke == "Return":
            proposing.take(proposal)
        elif stroke in ("Del", "Backspace"):
            proposing.drop(proposal)
        elif stroke in ("G", "Shift+G"):
            proposing.step(1 if stroke == "G" else -1)
        elif (label := proposing.label_for(stroke)) is not None:
            proposing.take(proposal, label)
        else:
            self._desk.leave_mode()
            return False
        return True

    def moved(self) -> None:
        """Nothing has a label any more that the scheme has lost meanwhile."""
        if self.proposal.rule.label not in read.scheme(self._desk.store).labels:
            self._desk.leave_mode()

    def leave(self) -> None:
        self._view.show_preview(())
        self._desk.offered.emit(None)

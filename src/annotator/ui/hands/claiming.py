"""Hands on claims: the mark in hand joins a claim of the project, or gets one of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from annotator.domain.ids import MarkId, PropositionId
from annotator.store import edits, lists, read
from annotator.ui.hands.desk import Desk
from annotator.ui.hands.floating import Floating

if TYPE_CHECKING:  # loaded when claims are first asked for
    from annotator.domain.model import Mark
    from annotator.store.claim_memory import ClaimMemory, NearClaim
    from annotator.ui.dialogs.claim_picker import ClaimPicker


class Claiming:
    """Opens the nearest claims for the mark in hand and writes what is taken there."""

    def __init__(self, desk: Desk, floating: Floating) -> None:
        self._desk = desk
        self._floating = floating
        self._memory: ClaimMemory | None = None

    def pick(self) -> None:
        """Ask which claim the held mark speaks to."""
        from annotator.store.claim_memory import told
        from annotator.ui.dialogs.claim_picker import ClaimPicker

        desk, mark = self._desk, self._desk.held_mark()
        if mark is None:
            desk.ask_for_mark()
            return
        picker = ClaimPicker(
            self._floating.look,
            self._floating.over,
            near=lambda: self._nearest(mark),
            search=lambda words: told(desk.store, lists.claims(desk.store, text=words, limit=9)),
        )
        picker.taken.connect(lambda claim: self._join(mark.id, PropositionId(claim)))
        picker.named.connect(lambda sentence: self._name(mark, sentence))
        self._floating.open(picker, self._floating.near(mark.spans[-1].end))
        self._fill(picker, self.memory.taken)

    def finish(self) -> None:
        """Listen to the project no more."""
        if self._memory is not None:
            self._memory.stop()

    @property
    def memory(self) -> ClaimMemory:
        """The claims of the project by their words."""
        if self._memory is None:
            from annotator.store.claim_memory import ClaimMemory

            self._memory = ClaimMemory(self._desk.store)
            self._memory.fill()
        return self._memory

    def _nearest(self, mark: Mark) -> list[NearClaim]:
        own = [mention.proposition for mention in read.mentions_of(self._desk.store, mark.id)]
        return self.memory.nearest(" ".join(mark.quotes), besides=own)

    def _fill(self, picker: ClaimPicker, asked: int) -> None:
        """Take in the claims of a large project between keys; what is offered grows meanwhile.

        asked: how many were there when the nearest were last looked for, which is done again
        when twice as many are: it takes longer than to take some in.
        """
        memory = self.memory
        if self._floating.popup is not picker or memory.is_whole:
            return
        if memory.fill() or memory.taken >= 2 * asked:
            asked = memory.taken
            if not picker.words and picker.list.currentIndex().row() < 0:
                picker.fill()
        QTimer.singleShot(0, picker, lambda: self._fill(picker, asked))

    def _join(self, mark: MarkId, claim: PropositionId) -> None:
        self._desk.guarded(lambda: edits.add_mention(self._desk.store, mark, claim))

    def _name(self, mark: Mark, sentence: str) -> None:
        store = self._desk.store

        def act() -> None:
            with store.operation("name-claim", mark=mark.id):
                node = edits.add_proposition(store, sentence or " … ".join(mark.quotes))
                edits.add_mention(store, mark.id, node)

        self._desk.guarded(act)

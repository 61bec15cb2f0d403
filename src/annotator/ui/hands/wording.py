"""Hands on thin layers: the selected words are the cue, the name, a hedge or the date of the mark in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.store import edits
from annotator.ui.hands.desk import Desk, tr
from annotator.ui.hands.sourcing import Sourcing

if TYPE_CHECKING:
    from annotator.store.edits.wording import Layer

_OUTERMOST = -1


class Wording:
    """What keys do with a selection while a mark is in hand."""

    def __init__(self, desk: Desk, sourcing: Sourcing) -> None:
        self._desk = desk
        self._sourcing = sourcing

    def cue(self, *, relay: bool = False) -> None:
        """These words attribute: to the speaker, or to the outermost relay."""
        self._set("cue", relay=relay)

    def mention(self, *, relay: bool = False) -> None:
        """These words name the source; where the mark has none yet, they become it."""
        desk, mark = self._desk, self._desk.held_mark()
        span = desk.view.selection()
        if mark is not None and mark.source is None and span is not None and not relay:
            self._sourcing.from_words(span)
        else:
            self._set("mention", relay=relay)

    def hedge(self) -> None:
        """These words weaken what is said."""
        self._set("hedge")

    def date(self) -> None:
        """These words say when; a date that they say whole is kept normalised too."""
        desk, held, spans = self._desk, self._desk.held, self._desk.selected()
        if held is None or not spans:
            self._ask()
            return
        is_whole = desk.guarded(lambda: edits.set_date_words(desk.store, held, spans))
        if is_whole is None:
            return
        desk.drop_selection()
        if not is_whole:
            desk.notice.emit(
                tr("Kept as it is written. Write the date itself under Values (V), as 2017-08-14.")
            )

    def _set(self, layer: Layer, *, relay: bool = False) -> None:
        desk, mark, spans = self._desk, self._desk.held_mark(), self._desk.selected()
        if mark is None or not spans:
            self._ask()
            return
        if relay and len(mark.attribution) < 2:
            desk.notice.emit(tr("The mark has no relay yet: Shift+Enter adds one."))
            return
        level = _OUTERMOST if relay else 0
        if desk.did(lambda: edits.set_words(desk.store, mark.id, layer, spans, level)):
            desk.drop_selection()

    def _ask(self) -> None:
        self._desk.notice.emit(tr("Take a mark in hand (Space or click), then select the words."))

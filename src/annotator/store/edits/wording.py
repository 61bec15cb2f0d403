"""Edits of the thin layers under a mark: its cue, the words that name its source, its hedges, its date."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from annotator.domain import spans as span_rules
from annotator.domain.dates import normalised
from annotator.domain.errors import UserError
from annotator.domain.ids import MarkId
from annotator.domain.model import Attribution
from annotator.domain.spans import Span
from annotator.store import read
from annotator.store.edits.marks import edit_mark, placed, set_attribute, set_attribution
from annotator.store.store import Store

Layer = Literal["cue", "mention", "hedge"]
_READ = "rule:date@1"
"""The origin of a date that was read from its words."""


def set_words(
    store: Store, mark: MarkId, layer: Layer, spans: Iterable[tuple[int, int]], level: int = 0
) -> None:
    """Say of words what they are to a mark; words that are that already are so no more.

    level: the step of the chain a cue or mention belongs to; -1 is the outermost relay.
    Raises UserError for words outside the text.
    """
    with store.operation("set-words", mark=mark, layer=layer):
        before = read.mark(store, mark)
        words = placed(read.text(store, before.article), spans)["spans"]
        if layer == "hedge":
            edit_mark(store, mark, hedges=_toggled(before.hedges, words))
            return
        steps = list(before.attribution or (Attribution(None),))
        step = steps[level]
        if layer == "cue":
            steps[level] = step._replace(cue=_toggled(step.cue, words))
        else:
            steps[level] = step._replace(mention=_toggled(step.mention, words))
        set_attribution(store, mark, () if steps == [Attribution(None)] else steps)


def set_date_words(store: Store, mark: MarkId, spans: Iterable[tuple[int, int]]) -> bool:
    """Take words as the date of a mark; whether they say it whole, so that it is kept normalised too.

    Where they do not, a date that was read from other words before goes; one given by hand stays.
    """
    with store.operation("set-words", mark=mark, layer="date"):
        before = read.mark(store, mark)
        quotes = placed(read.text(store, before.article), spans)["quotes"]
        written = " ".join(" ".join(quotes).split())
        set_attribute(store, mark, "date_written", written)
        try:
            kept = normalised(written)
        except UserError:
            if before.origins.get("date") == _READ:
                set_attribute(store, mark, "date", None)
            return False
        set_attribute(store, mark, "date", kept, _READ)
    return True


def _toggled(there: tuple[Span, ...], words: tuple[Span, ...]) -> tuple[Span, ...]:
    if set(words) <= set(there):
        return tuple(span for span in there if span not in words)
    return span_rules.normalise([*there, *words])

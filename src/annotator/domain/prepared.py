"""What takes long to find out of a text and its marks, and can be before anybody stores them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from annotator.domain.anchors import contexts, extent
from annotator.domain.copies import LONGEST, sketch
from annotator.domain.errors import UserError
from annotator.domain.model import Attribution
from annotator.domain.spans import Span
from annotator.domain.text import normalise_text, text_sha256

_HELD_AGAINST_TEXT = ("spans", "quotes", "hedges", "attribution")


class Prepared(NamedTuple):
    """Of a text that will be stored as it is: its hash, and its sketch as `sketched` gives it."""

    sha256: str
    sketch: Sequence[int]


class Placed(NamedTuple):
    """Of marks whose words are where they say: the columns a project finds them by."""

    start: Sequence[int]
    end: Sequence[int]
    reach: Sequence[int]
    contexts: Sequence[str]


def prepared(text: str) -> Prepared | None:
    """None for a text that would be changed on its way in, or refused."""
    try:
        stored, _ = normalise_text(text)
    except UserError:
        return None
    return Prepared(text_sha256(text), sketched(text)) if stored == text else None


def placed(texts: Iterable[str], columns: Mapping[str, Sequence[Any]]) -> Placed | None:
    """None unless all marks are pieces in order with their quotes, and what belongs to them is in their text.

    texts: in which the marks stand, of each mark; columns: of the marks, by field.
    """
    found = [*map(_place, texts, *(columns[name] for name in _HELD_AGAINST_TEXT))]
    return Placed(*zip(*found, strict=True)) if all(found) else None


def _place(
    text: str,
    spans: tuple[Span, ...],
    quotes: tuple[str, ...],
    hedges: tuple[Span, ...],
    attribution: tuple[Attribution, ...],
) -> tuple[int, int, int, str] | None:
    if len(spans) != len(quotes):
        return None
    reached = -1
    for (start, end), quote in zip(spans, quotes, strict=True):
        if not reached < start < end or text[start:end] != quote:
            return None
        reached = end
    if not 0 < reached <= len(text):
        return None
    for step in attribution:
        hedges += step.cue + step.mention
    if hedges and not all(0 <= start < end <= len(text) for start, end in hedges):
        return None
    return *extent(spans), contexts(text, spans)


def sketched(text: str) -> Sequence[int]:
    """The sketch of a text; nothing of one that is too long to be compared."""
    return sketch(text) if len(text) <= LONGEST else ()

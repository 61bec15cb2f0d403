"""What takes long to find out of a text, and can be before anybody stores it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from annotator.domain.copies import LONGEST, sketch
from annotator.domain.errors import UserError
from annotator.domain.text import normalise_text, text_sha256


class Prepared(NamedTuple):
    """Of a text that will be stored as it is: its hash, and its sketch as `sketched` gives it."""

    sha256: str
    sketch: Sequence[int]


def prepared(text: str) -> Prepared | None:
    """None for a text that would be changed on its way in, or refused."""
    try:
        stored, _ = normalise_text(text)
    except UserError:
        return None
    return Prepared(text_sha256(text), sketched(text)) if stored == text else None


def sketched(text: str) -> Sequence[int]:
    """The sketch of a text; nothing of one that is too long to be compared."""
    return sketch(text) if len(text) <= LONGEST else ()

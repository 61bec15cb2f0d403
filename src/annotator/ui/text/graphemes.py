"""Offsets that never fall into the middle of what a reader sees as one character."""

from __future__ import annotations

import re

from annotator.domain.segment import Segmenter

_APART = (
    "[\t\n -\u02ff\u0370-\u0482\u048a-\u058f\u05d0-\u05ea\u0620-\u064a\u0671-\u06d3\u1e00-\u1fff"
    "\u2010-\u2027\u3001-\u3029\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uff01-\uff60]{2}"
)
"""Two characters of which none ever joins the other: most of Latin, Greek, Cyrillic, Hebrew, Arabic, Han.

Not compiled here: no page needs it to be painted.
"""


def grapheme_start(segmenter: Segmenter, text: str, offset: int) -> int:
    """The start of the grapheme an offset lies in; the offset itself when it stands between two."""
    if not 0 < offset < len(text) or re.match(_APART, text[offset - 1 : offset + 1]):
        return offset
    start = segmenter.grapheme_before(text, offset)
    return offset if segmenter.grapheme_after(text, start) == offset else start


def grapheme_end(segmenter: Segmenter, text: str, offset: int) -> int:
    """The end of the grapheme an offset lies in; the offset itself when it stands between two."""
    start = grapheme_start(segmenter, text, offset)
    return offset if start == offset else segmenter.grapheme_after(text, start)

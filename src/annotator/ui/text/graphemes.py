"""Offsets that never fall into the middle of what a reader sees as one character."""

from __future__ import annotations

from annotator.domain.segment import Segmenter


def grapheme_start(segmenter: Segmenter, text: str, offset: int) -> int:
    """The start of the grapheme an offset lies in; the offset itself when it stands between two."""
    if not 0 < offset < len(text) or text[offset - 1 : offset + 1].isascii():
        return offset
    start = segmenter.grapheme_before(text, offset)
    return offset if segmenter.grapheme_after(text, start) == offset else start


def grapheme_end(segmenter: Segmenter, text: str, offset: int) -> int:
    """The end of the grapheme an offset lies in; the offset itself when it stands between two."""
    start = grapheme_start(segmenter, text, offset)
    return offset if start == offset else segmenter.grapheme_after(text, start)

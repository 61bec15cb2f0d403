"""What the program asks of a segmenter; the one that answers is handed in from above."""

from __future__ import annotations

from typing import Protocol

from annotator.domain.spans import Span


class Segmenter(Protocol):
    """Graphemes, words and sentences around an offset.

    Nothing looks beyond the paragraph around the offset, except that the caret
    steps over the line feed into the next one. Offsets outside the text are
    taken as its nearest end.
    """

    def graphemes(self, text: str, start: int, end: int) -> list[int]:
        """Boundaries between the characters a reader sees in `text[start:end]`, both ends included."""
        ...

    def grapheme_before(self, text: str, offset: int) -> int:
        """Where the grapheme that ends at the offset, or around it, starts; 0 at the start of the text."""
        ...

    def grapheme_after(self, text: str, offset: int) -> int:
        """Where the grapheme that starts at the offset, or around it, ends; the end at the end."""
        ...

    def word_at(self, text: str, offset: int) -> Span:
        """The word around the offset, else the one that ends there.

        Away from words, the run of blanks or the one character at the offset; empty
        only in an empty paragraph.
        """
        ...

    def word_after(self, text: str, offset: int) -> int:
        """The end of the next word, so that what is selected up to there has no blank at its end.

        After the last word the end of the paragraph, from there the start of the
        next one that is not blank.
        """
        ...

    def word_before(self, text: str, offset: int) -> int:
        """The start of the word before; the mirror image of `word_after`."""
        ...

    def sentence_at(self, text: str, offset: int) -> Span:
        """The sentence around the offset, without blanks at its ends.

        Between two sentences the later one; empty in a blank paragraph.
        """
        ...

"""An answer to a question to the map, as far as claims were shown to it."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection

from annotator.domain.briefs import ClaimBrief, MapQuestion

_Line = tuple[tuple[object, ...], int]


class Answer:
    """The places of the claims that fit a question, in its order; it grows as claims become known.

    A claim is shown to it again where it has changed, and stays as it was until then.
    """

    def __init__(self, question: MapQuestion) -> None:
        self._question = question
        self._lines: list[_Line] = []
        self._places = array("q")
        self._line_of: dict[int, _Line] = {}

    def take(self, place: int, claim: ClaimBrief | None) -> None:
        """Take in a claim as it is now; None where it is gone."""
        old = self._line_of.pop(place, None)
        if old is not None:
            at = bisect_left(self._lines, old)
            del self._lines[at], self._places[at]
        if claim is not None and self._question.fits(claim):
            line = self._line_of[place] = (self._question.place(claim), place)
            at = bisect_left(self._lines, line)
            self._lines.insert(at, line)
            self._places.insert(at, place)

    def keep(self, places: Collection[int]) -> None:
        """Let go of the claims that stand at none of these places."""
        for gone in self._line_of.keys() - places:
            self.take(gone, None)

    def places(self) -> array[int]:
        """The places of what was found so far, in order."""
        return self._places[:]

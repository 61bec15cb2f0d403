"""Saved searches: what they ask, and how the words in them are compared with the texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from annotator.domain.briefs import MapQuestion
from annotator.domain.model import SavedSearch

WORDS = "words"
"""The further field of a saved search that lists the options which are on."""


class Comparison(NamedTuple):
    """How the words of a search are compared; options as in `domain.fold.Finder`.

    regex: what is asked is one expression and no query.
    """

    whole: bool = False
    exact: bool = False
    regex: bool = False

    def within(self, extra: Mapping[str, Any]) -> dict[str, Any]:
        """The further fields of a saved search with these options."""
        others = {name: value for name, value in extra.items() if name != WORDS}
        chosen = [name for name, is_on in self._asdict().items() if is_on]
        return others | ({WORDS: chosen} if chosen else {})


def comparison(search: SavedSearch) -> Comparison:
    """How the words of a saved search are compared; options that are not known are passed over."""
    given = search.extra.get(WORDS)
    return (
        Comparison(*(name in given for name in Comparison._fields))
        if isinstance(given, list)
        else Comparison()
    )


def map_question(search: SavedSearch) -> MapQuestion | None:
    """What a saved search asks of the dispute map; None for other searches."""
    return None if comparison(search).regex else MapQuestion.read(search.query)

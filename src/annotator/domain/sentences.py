"""Sentences with names in them: names cut short, and within quotation marks that they do not hold."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PAIRS = (("“", "”"), ("«", "»"), ("‘", "’"))
_MARKS = "\"'“”„‟«»‘’‚‹›"
_PLACE = re.compile(r"\{\{|\}\}|([“„«‹‘]?)\{(\w+)\}([”“»›’]?)")


def in_quotes(words: str) -> str:
    """Words in quotation marks that they do not have themselves; not one of them is changed.

    Words that have all of them get the usual ones.
    """
    opening, closing = next((pair for pair in _PAIRS if not _meet(*pair, words)), _PAIRS[0])
    return f"{opening}{words}{closing}"


def _meet(opening: str, closing: str, words: str) -> bool:
    """Whether the words have these marks, or straight ones that would stand beside double ones."""
    is_beside = opening in "“„" and '"' in (words[:1], words[-1:])
    return is_beside or not {opening, closing}.isdisjoint(words)


def as_quote(words: str) -> str:
    """Words of an article on one line, in quotation marks unless they bring their own."""
    line = " ".join(words.split())
    has_marks = len(line) > 1 and line[0] in _MARKS and line[-1] in _MARKS
    return line if has_marks else in_quotes(line)


def shortened(words: str, most: int) -> str:
    """Words on one line of at most so many characters; what is cut off leaves an ellipsis.

    Cut between words, unless that left less than two thirds of the room.
    """
    line = " ".join(words.split())
    if len(line) <= most:
        return line
    end = line.rfind(" ", most * 2 // 3, most)
    return line[: end if end > 0 else most - 1].rstrip() + "…"


def filled(form: str, details: Mapping[str, object]) -> str:
    """A form with its details in the places of their names in braces; doubled braces stand for one.

    Where quotation marks stand about a place and also in what is put there, others
    take their place: “{label}” and the label “Fog” make «“Fog”».
    """

    def put(place: re.Match[str]) -> str:
        opening, name, closing = place.groups()
        if name is None:
            return place[0][0]
        words = str(details[name])
        if opening and closing and _meet(opening, closing, words):
            return in_quotes(words)
        return f"{opening}{words}{closing}"

    return _PLACE.sub(put, form)


def megabytes(size: int) -> str:
    """A size in the words of people: 12.3 MB."""
    return f"{size / 1_000_000:,.1f} MB"

"""Which claims and which sources may be one, by keys of their words.

Two rows are alike if one says what the other says, or what the other says
short of one word, or shorter as names are shortened. So nothing is compared
with everything: a row is looked up by its keys. Letters are folded, but never
carried from one script to another.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from annotator.domain.ids import SourceId
from annotator.domain.model import Source
from annotator.domain.source_kinds import NAMELESS_KINDS

MOST = 20
"""How many rows that are alike are looked at, by their ids; more of one wording are no help."""

_LONGEST = 40
"""Words of a claim from which on none is left out on trial."""
_SHORTEST = 5
"""Words of a claim of which one may be missing in another."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_EMPTY = frozenset(
    {"a", "an", "the", "that", "is", "are", "was", "were", "be", "been",
     "has", "have", "had", "did", "do", "does"}
)  # fmt: skip
_NEGATIONS = frozenset(
    {"no", "not", "never", "none", "neither", "nor", "nobody", "nothing", "without", "cannot"}
)  # fmt: skip
_TITLES = frozenset(
    {"mr", "mrs", "ms", "dr", "prof", "professor", "the"}
)  # fmt: skip
_SMALL = frozenset(
    {"a", "an", "and", "de", "des", "du", "for", "in", "la", "le", "of", "on", "the", "to", "und", "von"}
)  # fmt: skip
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_ACRONYM = 3
"""Letters that an acronym has at least."""
_MANY = ("group",)
"""Kinds of sources of which two may well have one name: some officials are not some officials."""


class Keys(NamedTuple):
    """What a row says, and what it would say with a little left out."""

    whole: frozenset[str]
    near: frozenset[str]


def are_alike(one: Keys, other: Keys) -> bool:
    """Whether one of them says what the other says whole or with a little left out."""
    return bool(one.whole & (other.whole | other.near) or one.near & other.whole)


def claim_keys(text: str) -> Keys:
    """The words in their order, without those that carry nothing; none less that denies or is a number."""
    words = [_singular(word) for word in _words(text) if word not in _EMPTY]
    whole = frozenset({" ".join(words)} if words else ())
    if not _SHORTEST <= len(words) <= _LONGEST:
        return Keys(whole, frozenset())
    near = (
        " ".join(words[:at] + words[at + 1 :])
        for at, word in enumerate(words)
        if word not in _NEGATIONS and not any(char.isdigit() for char in word)
    )
    return Keys(whole, frozenset(near))


def source_keys(source: Source) -> Keys:
    """Its names; near them surname, initials and acronym. None where nobody in particular is named."""
    if source.kind in NAMELESS_KINDS or source.kind in _MANY:
        return Keys(frozenset(), frozenset())
    sort = "person" if source.kind == "person" else "other"
    whole: set[str] = set()
    near: set[str] = set()
    for name in _names(source):
        words = _name_words(name, sort)
        if words:
            whole.add(" ".join(words))
            near |= set(_shorter(words) if sort == "person" else _acronym(words))
        if name.isupper() and len(words) == 1:
            whole.add(f"{words[0]}.")
    return Keys(*(frozenset(f"{sort} {key}" for key in keys) for keys in (whole, near)))


def name_keys(name: str) -> frozenset[str]:
    """What any source of this name says whole, whatever its kind; in brackets may be whom it speaks for."""
    alone = _IN_BRACKETS.sub(" ", name).strip()
    kinds = ("person", "organisation")
    return frozenset().union(
        *(source_keys(Source(id=SourceId(""), name=alone, kind=one)).whole for one in kinds)
    )


class Likeness:
    """Rows by the keys they have."""

    def __init__(self, keys: Mapping[str, Keys]) -> None:
        self._keys = keys
        self._having: dict[str, list[str]] = {}
        for row in sorted(keys):
            for key in keys[row].whole | keys[row].near:
                self._having.setdefault(key, []).append(row)

    def before(self, row: str) -> list[str]:
        """The first rows of smaller ids that are alike, in the order of their ids."""
        own = self._keys[row]
        met = {one for key in own.whole | own.near for one in self._having[key] if one < row}
        return sorted(one for one in met if are_alike(own, self._keys[one]))[:MOST]


def _words(text: str) -> list[str]:
    """The words of a text, folded: no case, no accents, “n't” as a word of its own."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    found = (word.replace("’", "'") for word in _WORD.findall(plain.casefold()))
    return [part for word in found for part in _parts(word)]


def _parts(word: str) -> Iterable[str]:
    if word.endswith("n't"):
        return (word[:-3], "not")
    return (word.removesuffix("'s").replace("'", ""),)


def _singular(word: str) -> str:
    if len(word) <= 3 or not word.isascii() or word.endswith("ss"):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def _names(source: Source) -> Iterator[str]:
    for name in (source.name, *source.aliases):
        yield _IN_BRACKETS.sub(" ", name).strip()
        yield from _IN_BRACKETS.findall(name)


def _name_words(name: str, sort: str) -> list[str]:
    if sort == "person" and name.count(",") == 1:
        family, given = name.split(",")
        name = f"{given} {family}"
    words = _words(name)
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    return words


def _shorter(words: list[str]) -> Iterator[str]:
    """The ways to write a person's name shorter: Elleman, M. Elleman, Michael Elleman for Michael F."""
    if len(words) > 1:
        yield words[-1]
        yield f"{words[0][0]} {words[-1]}"
        yield f"{words[0]} {words[-1]}"


def _acronym(words: list[str]) -> Iterator[str]:
    letters = "".join(word[0] for word in words if word not in _SMALL)
    if len(letters) >= _ACRONYM:
        yield f"{letters}."

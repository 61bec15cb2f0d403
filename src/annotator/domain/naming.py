"""Names in running text that may be sources, without any model: capitals and cues."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection

from annotator.domain.cues import CueWords, cue_words
from annotator.domain.paragraphs import stretch_at
from annotator.domain.spans import Span

_PART = r"(?:(?:[A-Z]\.)+|[A-ZÀ-ÖØ-ÞЀ-Я][\w’'\-]*)"
_NAME = re.compile(rf"{_PART}(?:\s+(?:(?:of|for|and|de|von|van|der|al)\s+(?:the\s+)?)?{_PART})*")
_FIRST_WORDS = frozenset(
    {
        "A", "According", "An", "And", "April", "As", "Asked", "At", "August", "But", "By", "Citing",
        "December", "February", "First", "For", "Friday", "From", "He", "Her", "His", "However", "I", "If",
        "In", "It", "Its", "January", "July", "June", "Later", "March", "Meanwhile", "Monday", "Moreover",
        "No", "Not", "November", "October", "On", "One", "Our", "Saturday", "Second", "September", "She",
        "So", "Some", "Speaking", "Sunday", "That", "The", "Their", "Then", "There", "These", "They",
        "Third", "This", "Those", "Thursday", "To", "Today", "Tuesday", "Under", "We", "Wednesday", "What",
        "When", "Who", "With", "Yesterday", "You",
    }
)  # fmt: skip
"""Words with a capital that are no part of a name: those that begin sentences, days and months."""
_SHORTEST = 3
_LONG = 4
_MOST = 0.6
_NEARBY = 50_000
_PLACES = 12
_CALLED = 3


def names_in(paragraph: str, near: int = 0, cues: CueWords | None = None) -> list[str]:
    """Capitalised runs of a paragraph, without those that only begin a sentence.

    Those beside a cue come first, then those nearest to `near`; each once,
    the longest form where a later one is its surname. None in a headline.
    """
    start, end = stretch_at(paragraph, min(near, len(paragraph)))
    if is_headline(paragraph[start:end]):
        return []
    words = cue_words() if cues is None else cues
    places = [(cue.start, cue.end) for cue in words.find(paragraph, start, end)]
    found: dict[str, tuple[bool, int]] = {}
    for match in _NAME.finditer(paragraph, start, end):
        name, at = _without_first_word(match[0], match.start())
        if (len(name) < _SHORTEST and not name.isupper()) or not name:
            continue
        is_beside = any(0 <= a - (at + len(name)) <= 3 or 0 <= at - b <= 3 for a, b in places)
        rank = (not is_beside, abs(at - near))
        found[name] = min(rank, found.get(name, rank))
    return sorted(_longest(found), key=lambda name: found[name])


def names_called(text: str, typed: str, near: int) -> list[str]:
    """Names of a text that have a word, or words, beginning as what is typed, the nearest first.

    A name that is given in full elsewhere stands in full. Looks at some places in `_NEARBY`
    characters on each side of `near`, so that it may be asked at every key.
    """
    words = re.sub(r"\Athe\s+", "", typed.strip(), flags=re.IGNORECASE).split()
    if not words:
        return []
    begins = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words)), re.IGNORECASE)
    hits = begins.finditer(text, max(0, near - _NEARBY), near + _NEARBY)
    places = sorted(
        (hit.start() for hit in hits if text[hit.start()].isupper()), key=lambda at: abs(at - near)
    )
    found: dict[str, None] = {}
    stretches: dict[Span, int] = {}
    for at in places[:_PLACES]:
        stretches.setdefault(stretch_at(text, at), at)
    for (start, end), at in stretches.items():
        names = (name for name in names_in(text[start:end], at - start) if begins.search(name))
        found.update(dict.fromkeys(names))
    return [name for name in found if not any(_is_part(name, other) for other in found)][:_CALLED]


def is_name(words: str) -> bool:
    """Whether some words are a name of several words and nothing else; “the” may stand before it."""
    name = re.sub(r"\A[Tt]he\s+", "", words)
    return " " in name and _NAME.fullmatch(name) is not None


def is_headline(words: str) -> bool:
    """Whether capitals mean nothing here: no final stop, and nearly every long word has one."""
    if words.rstrip()[-1:] in ".!?:”\"'":
        return False
    long = [word for word in words.split() if len(word) >= _LONG and word[0].isalpha()]
    return len(long) > 2 and sum(word[0].isupper() for word in long) > len(long) * _MOST


def _without_first_word(name: str, at: int) -> tuple[str, int]:
    """Drop words that are capitalised only because they begin a sentence, and possessive endings."""
    while name and name.split(maxsplit=1)[0] in _FIRST_WORDS:
        first, _, rest = name.partition(" ")
        at += len(first) + 1
        name = rest.lstrip()
    return re.sub(r"(?:['’]s?|\.)$", "", name) if not re.search(r"\b[A-Z]\.$", name) else name, at


def _longest(names: Collection[str]) -> list[str]:
    """The names that are neither the first nor the last words of others, nor others in capitals.

    Of those in capitals, as at the head of a report, one that is written so alone is kept.
    In order, forwards and backwards, those that begin or end as a name stand behind it: a list of
    a thousand people is one paragraph, and no name is held against all the others.
    """
    forwards, backwards = sorted(names), sorted(name[::-1] for name in names)
    alike = Counter(name.casefold() for name in names)
    return [
        name
        for name in names
        if not (
            _begins_one(f"{name} ", forwards)
            or _begins_one(f"{name[::-1]} ", backwards)
            or (name.isupper() and alike[name.casefold()] > 1)
        )
    ]


def _begins_one(words: str, ordered: list[str]) -> bool:
    at = bisect_left(ordered, words)
    return at < len(ordered) and ordered[at].startswith(words)


def _is_part(name: str, other: str) -> bool:
    return name != other and (other.endswith(f" {name}") or other.startswith(f"{name} "))

"""Searching a text as a reader would, with exact offsets into the text as it stands.

The needle, not the text, is folded: it becomes a regular expression that accepts
every spelling of it. So nothing is copied, and a match is a span of the original.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby, islice

from annotator.domain.errors import UserError
from annotator.domain.letters import UNSEEN, cases, combining_marks, expansions, fold
from annotator.domain.sieve import REACH, Sieve
from annotator.domain.spans import Span

_FIRST_WINDOW = 4096
_UNSEEN = f"[{UNSEEN}]{{0,3}}"
_WITHIN_WORDS = "\u00ad\u2060"
"""What may stand unseen within a word, not between two."""


class Finder:
    """Finds words in one text.

    Unless `exact`, these are equal: upper and lower case of any alphabet, ’ and ',
    “ « and ", any run of white space, composed and decomposed letters; square
    brackets of editorial inserts are passed over and covered by the match, soft
    hyphens and other characters that nobody sees are passed over (`letters.UNSEEN`).
    `regex` takes the needle as a regular expression (case counts only if `exact`).
    `whole_words` refuses matches that touch a letter or digit. Empty matches are none.
    Raises UserError "search-regex" (at, reason) for a regular expression with an error.
    sieve: of the same text, if a far first match is to be found fast.
    """

    def __init__(self, text: str, sieve: Sieve | None = None) -> None:
        self._text = text
        self._sieve = sieve
        self._has_brackets = "[" in text

    def find(
        self,
        needle: str,
        start: int = 0,
        backwards: bool = False,
        *,
        exact: bool = False,
        whole_words: bool = False,
        regex: bool = False,
    ) -> Span | None:
        """The first match at or after `start`; backwards, the last one that ends at or before it.

        Does not wrap around.
        """
        search = self._search(needle, exact, whole_words, regex)
        if search is None:
            return None
        if backwards:
            return search.last(min(start, len(self._text)))
        start, end = max(0, start), len(self._text)
        parts: Iterable[tuple[int, int]] = [(start, end)]
        if self._sieve is not None and not (exact or regex):
            parts = self._sieve.parts(needle, start)
        for first, last in parts:
            found = next(search.matches(first, min(last + REACH, end)), None)
            if found is not None and found.start < last:
                return found
        return None

    def find_all(
        self,
        needle: str,
        limit: int | None = None,
        *,
        exact: bool = False,
        whole_words: bool = False,
        regex: bool = False,
    ) -> list[Span]:
        """Matches in order that do not overlap, at most `limit`."""
        search = self._search(needle, exact, whole_words, regex)
        return [] if search is None else list(islice(search.matches(0, len(self._text)), limit))

    def count(
        self, needle: str, *, exact: bool = False, whole_words: bool = False, regex: bool = False
    ) -> int:
        """How many matches there are that do not overlap."""
        search = self._search(needle, exact, whole_words, regex)
        return 0 if search is None else sum(1 for _ in search.matches(0, len(self._text)))

    def _search(
        self, needle: str, exact: bool, whole_words: bool, regex: bool
    ) -> _PlainSearch | _PatternSearch | None:
        if not needle:
            return None
        if exact and not (whole_words or regex):
            return _PlainSearch(self._text, needle)
        skips = self._has_brackets and not (exact or regex or "[" in needle or "]" in needle)
        return _PatternSearch(self._text, pattern(needle, exact, whole_words, regex, skips), skips)


class _PlainSearch:
    """The needle as it is, by `str.find`."""

    def __init__(self, text: str, needle: str) -> None:
        self._text = text
        self._needle = needle

    def matches(self, start: int, end: int) -> Iterator[Span]:
        while (start := self._text.find(self._needle, start, end)) >= 0:
            yield Span(start, start + len(self._needle))
            start += len(self._needle)

    def last(self, end: int) -> Span | None:
        start = self._text.rfind(self._needle, 0, end)
        return Span(start, start + len(self._needle)) if start >= 0 else None


class _PatternSearch:
    """A regular expression; `skips` says that its matches may hold one bracket of a pair."""

    def __init__(self, text: str, wanted: re.Pattern[str], skips: bool) -> None:
        self._text = text
        self._wanted = wanted
        self._skips = skips

    def matches(self, start: int, end: int) -> Iterator[Span]:
        for match in self._wanted.finditer(self._text, start, end):
            if match.start() < match.end():
                yield self._covering(*match.span()) if self._skips else Span(*match.span())

    def last(self, end: int) -> Span | None:
        """Search ever larger windows before `end`: near matches are found at once, far ones in linear time.

        A window shows one character more than it searches, for what may not follow a match.
        """
        width = _FIRST_WINDOW
        while True:
            start = max(0, end - width)
            last = None
            for span in self.matches(start, min(end + 1, len(self._text))):
                last = span if span.end <= end else last
            if last or start == 0:
                return last
            width *= 4

    def _covering(self, start: int, end: int) -> Span:
        """The match and the bracket right beside it whose partner it holds."""
        inside = [char for char in self._text[start:end] if char in "[]"]
        if inside and inside[0] == "]" and start > 0 and self._text[start - 1] == "[":
            start -= 1
        if inside and inside[-1] == "[" and self._text.startswith("]", end):
            end += 1
        return Span(start, end)


@lru_cache(maxsize=32)
def pattern(
    needle: str,
    exact: bool = False,
    whole_words: bool = False,
    regex: bool = False,
    skip_brackets: bool = True,
) -> re.Pattern[str]:
    """The regular expression that finds a needle; options as in Finder.

    skip_brackets: whether square brackets may stand between the characters of a match.
    """
    flags = re.MULTILINE | (re.IGNORECASE if regex and not exact else re.NOFLAG)
    if regex:
        source = _valid(needle, flags)
    elif exact:
        source = re.escape(needle)
    else:
        seen = needle.translate(dict.fromkeys(map(ord, UNSEEN))) or needle
        between = _UNSEEN + (rf"[\[\]]?{_UNSEEN}" if skip_brackets else "")
        source = _folded(unicodedata.normalize("NFC", seen), between)
    if whole_words:
        source = rf"(?<!\w)(?<!\w[{_WITHIN_WORDS}])(?:{source})(?![{_WITHIN_WORDS}]?\w)"
    return re.compile(source, flags)


def _valid(expression: str, flags: re.RegexFlag) -> str:
    try:
        re.compile(expression, flags)
    except re.error as error:
        raise UserError("search-regex", at=error.pos, reason=error.msg) from None
    return expression


def _folded(needle: str, between: str) -> str:
    return between.join(_units(needle, between)) + f"(?![{combining_marks()}])"


def _units(needle: str, between: str) -> Iterator[str]:
    """One expression for each letter with its marks, each run of blanks, each folding such as ss for ß."""
    for blank, run in groupby(needle, str.isspace):
        if blank:
            yield r"\s+"
        else:
            yield from _folded_word("".join(run), between)


def _folded_word(word: str, between: str) -> Iterator[str]:
    at = 0
    while at < len(word):
        letters = _expansion_at(word, at)
        if letters:
            apart = between.join(_one_of(char) for char in letters)
            yield f"(?:{apart}|{_any(expansions()[letters])})"
            at += 1 if fold(word[at]) == letters else len(letters)
        else:
            end = _after_marks(word, at + 1)
            folded = fold(word[at])
            letter = _letter(folded[0], folded[1:] + word[at + 1 : end])
            yield letter if len(folded) == 1 else f"(?:{re.escape(word[at:end])}|{letter})"
            at = end


def _expansion_at(word: str, at: int) -> str:
    """The longest sequence of letters here that a single character may stand for, or "".

    The word may have the sequence (ss) or the character (ß).
    """
    if fold(word[at]) in expansions():
        return fold(word[at]) if _after_marks(word, at + 1) == at + 1 else ""
    possible = [
        letters
        for letters in expansions()
        if "".join(map(fold, word[at : at + len(letters)])) == letters
        and _after_marks(word, at + len(letters)) == at + len(letters)
    ]
    return max(possible, key=len, default="")


def _after_marks(text: str, at: int) -> int:
    while at < len(text) and unicodedata.combining(text[at]):
        at += 1
    return at


def _letter(base: str, marks: str) -> str:
    """A letter in either case, with its marks composed, decomposed or partly composed."""
    if not marks and len(unicodedata.normalize("NFD", base)) == 1:
        return _one_of(base) + ("\u0307?" if base == "i" else "")
    forms = set()
    for variant in cases(base):
        decomposed = unicodedata.normalize("NFD", variant + marks)
        forms |= {decomposed, unicodedata.normalize("NFC", decomposed)}
        for index in range(1, len(decomposed)):
            partly = unicodedata.normalize("NFC", decomposed[0] + decomposed[index])
            forms.add(partly + decomposed[1:index] + decomposed[index + 1 :])
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return f"(?:{'|'.join(re.escape(form) for form in longest_first)})"


def _one_of(char: str) -> str:
    return _any(cases(char))


def _any(chars: str) -> str:
    return f"[{re.escape(chars)}]" if len(chars) > 1 else re.escape(chars)

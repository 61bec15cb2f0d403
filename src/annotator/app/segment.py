"""The program's segmenter: Unicode graphemes, words as news writes them, trained sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import regex  # type: ignore[import-untyped]

from annotator.domain.paragraphs import line_bounds, stretch_at
from annotator.domain.spans import Span
from annotator.domain.trimming import strip

_GRAPHEME = regex.compile(r"\X")
_SAFE = regex.compile(r"\p{Grapheme_Cluster_Break=Other}{2}")
_RUN_ON = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_WORD = regex.compile(
    rf"""(?xV1)
    (?:\p{{L}}\.){{2,}}(?!\w)                                             # U.S.  a.m.
    | \p{{RI}}\p{{RI}} | (?=\p{{Extended_Pictographic}})\X                # flags, emoji
    | [\p{{Han}}々〇]\p{{M}}*
    | [\p{{Hiragana}}ー]+ | [\p{{Katakana}}ー]+
    | [\p{{Thai}}]+ | [\p{{Lao}}]+ | [\p{{Khmer}}]+ | [\p{{Myanmar}}]+
    | (?![\p{{M}}\u200c\u200d]) (?:\[\p{{L}}+\])?                                                   # [t]he
      [\w--[{_RUN_ON}]]+
      (?: (?: ['’ʼ.·\-\u2010\u2011\u00ad]                                 # don’t  e-mail  27.5
            | (?<=\d)[,:](?=\d) )                                         # 1,000  12:30
          [\w--[{_RUN_ON}]]+
        | \[\p{{L}}+\] )*                                                 # speak[s]
    """
)
_WIDE_STOP = regex.compile(r"[。！？｡][。！？｡…]*[”’」』）】\"']*")
_ENDS_ABBREVIATED = regex.compile(r"(?<!\w)(?:\p{Lu}\.){2}\s*\Z")
_STARTERS = (
    "A|An|And|As|At|But|By|For|He|Her|His|However|I|If|In|It|Its|No|On|She|So|That|The|Their|Then|There|"
    "They|This|We|When|While|You"
)
_GOES_ON = regex.compile(rf"(?!(?:{_STARTERS})(?!\w))\p{{Lu}}\p{{Ll}}")
_BLANKS = regex.compile(r"\s+")
_WRITTEN = regex.compile(r"\S")

_LOOK_BACK = 256


class NewsSegmenter:
    """A `Segmenter` for news in any script.

    Words: "U.S.", "e-mail", "don’t" and "1,000" are whole, as are inserts within a
    word ("[t]he"); without a dictionary, a Han character is a word of its own, and
    so is each run of hiragana, katakana, Thai, Lao, Khmer or Burmese letters. An emoji is a
    word. Sentences come from nupunkt, which is loaded when first asked, and end
    at full-width stops too.
    """

    def graphemes(self, text: str, start: int, end: int) -> list[int]:
        """See `Segmenter`."""
        if start >= end:
            return [start]
        return [start, *(match.end() for match in _GRAPHEME.finditer(text, start, end))]

    def grapheme_before(self, text: str, offset: int) -> int:
        """See `Segmenter`."""
        offset = min(offset, len(text))
        return _grapheme_of(text, offset - 1)[0] if offset > 0 else 0

    def grapheme_after(self, text: str, offset: int) -> int:
        """See `Segmenter`."""
        offset = max(offset, 0)
        return _grapheme_of(text, offset)[1] if offset < len(text) else len(text)

    def word_at(self, text: str, offset: int) -> Span:
        """See `Segmenter`."""
        offset = min(max(offset, 0), len(text))
        first, last = line_bounds(text, offset)
        before = None
        for word in _words(text, *_window(text, offset, first, last)):
            if word.start <= offset < word.end:
                return word
            if word.end == offset:
                before = word
        if before:
            return before
        at = min(offset, last - 1)
        if at < first:
            return Span(first, first)
        if text[at].isspace():
            return _blanks_around(text, at, first, last)
        return Span(*_grapheme_of(text, at))

    def word_after(self, text: str, offset: int) -> int:
        """See `Segmenter`."""
        offset = min(max(offset, 0), len(text))
        first, last = line_bounds(text, offset)
        if offset == last:
            return _start_of_next_paragraph(text, last)
        start = _window(text, offset, first, last)[0]
        return next((word.end for word in _words(text, start, last) if word.end > offset), last)

    def word_before(self, text: str, offset: int) -> int:
        """See `Segmenter`."""
        offset = min(max(offset, 0), len(text))
        first, last = line_bounds(text, offset)
        if offset == first:
            return _end_of_paragraph_before(text, first)
        end = _window(text, offset, first, last)[1]
        reach = 0
        while True:
            start = _window(text, max(first, offset - reach), first, last)[0]
            starts = [word.start for word in _words(text, start, end) if word.start < offset]
            if starts or start == first:
                return starts[-1] if starts else first
            reach = 4 * reach + _LOOK_BACK

    def sentence_at(self, text: str, offset: int) -> Span:
        """See `Segmenter`."""
        offset = min(max(offset, 0), len(text))
        stretch = stretch_at(text, offset)
        start, end = _grapheme_of(text, stretch.start)[0], _grapheme_end(text, stretch.end)
        sentences = [Span(start + a, start + b) for a, b in _sentences(text[start:end])]
        if not sentences:
            return Span(offset, offset)
        return next((sentence for sentence in sentences if offset < sentence.end), sentences[-1])


def _words(text: str, start: int, end: int) -> Iterator[Span]:
    """Words in order, each made of whole graphemes."""
    for match in _WORD.finditer(text, start, end):
        first, last = match.span()
        if not text[max(0, first - 1) : first + 1].isascii():
            first = _grapheme_of(text, first)[0]
        yield Span(first, _grapheme_end(text, last))


def _grapheme_end(text: str, offset: int) -> int:
    """The end of the grapheme that goes on across an offset; the offset itself between two."""
    return offset if text[offset : offset + 1].isascii() else _grapheme_of(text, offset - 1)[1]


def _grapheme_of(text: str, offset: int) -> tuple[int, int]:
    """The grapheme of the character at `offset`."""
    for match in _GRAPHEME.finditer(text, _safe_start(text, offset)):
        if match.end() > offset:
            return match.start(), match.end()
    return offset, offset + 1


def _safe_start(text: str, offset: int) -> int:
    """An offset at or before this one where a grapheme surely starts, looking back a bounded way.

    Characters of some scripts join their neighbours, so only the gap between two that
    never do is trusted.
    """
    stop = max(0, offset - _LOOK_BACK)
    at = offset
    while at > stop and text[at - 1] != "\n" and not _SAFE.match(text, at - 1):
        at -= 1
    return at


def _window(text: str, offset: int, first: int, last: int) -> tuple[int, int]:
    """The stretch between blanks around an offset, at most `_LOOK_BACK` characters to each side.

    Cut inside a run without blanks (Han, or a word of monstrous length) at a grapheme.
    """
    start = max(first, offset - _LOOK_BACK)
    for at in range(offset - 1, start - 1, -1):
        if text[at].isspace():
            start = at + 1
            break
    else:
        start = _safe_start(text, start) if start > first else first
    blank = _BLANKS.search(text, offset, min(last, offset + _LOOK_BACK))
    return max(start, first), blank.start() if blank else min(last, offset + _LOOK_BACK)


def _blanks_around(text: str, at: int, first: int, last: int) -> Span:
    start = end = at
    while start > first and text[start - 1].isspace():
        start -= 1
    while end < last and text[end].isspace():
        end += 1
    return Span(_grapheme_of(text, start)[0], _grapheme_end(text, end))


def _start_of_next_paragraph(text: str, offset: int) -> int:
    written = _WRITTEN.search(text, offset)
    return line_bounds(text, written.start())[0] if written else len(text)


def _end_of_paragraph_before(text: str, offset: int) -> int:
    at = offset
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return line_bounds(text, at)[1] if at else 0


@lru_cache(maxsize=64)
def _sentences(paragraph: str) -> tuple[Span, ...]:
    """The sentences of one stretch of a paragraph, blanks between them left out."""
    if not paragraph.strip():
        return ()
    import nupunkt

    found = []
    for start, end in _whole_sentences(paragraph, nupunkt.sent_spans(paragraph)):
        for stop in [match.end() for match in _WIDE_STOP.finditer(paragraph, start, end)] + [end]:
            sentence = strip(paragraph, (start, stop))
            if sentence.start < sentence.end:
                found.append(sentence)
            start = max(start, stop)
    return tuple(found)


def _whole_sentences(paragraph: str, split: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Joins what was split after the abbreviation in "U.N. Ambassador": no new sentence starts so."""
    joined: list[tuple[int, int]] = []
    for start, end in split:
        if joined and _ENDS_ABBREVIATED.search(paragraph, *joined[-1]) and _GOES_ON.match(paragraph, start):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined

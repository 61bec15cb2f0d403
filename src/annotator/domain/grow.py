"""Growing a selection by steps that mean something, shrinking it again, snapping it to words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from annotator.domain.cues import DENIAL_ACTS, Cue, CueWords, cue_words
from annotator.domain.paragraphs import REACH, line_bounds, stretches_at_ends
from annotator.domain.quoting import Pair, pairs
from annotator.domain.segment import Segmenter
from annotator.domain.spans import Span, contains, hull
from annotator.domain.trimming import balance, strip, trim

_PUNCTUATION = re.compile(r"(?<!\d)[,;:]|[,;:](?!\d)|[，、；：،؛()（）]|\s--?\s|--|—|\s–\s")
_LEADING_DASH = re.compile(r"(?:--?|—|–)\s+")
_TRAILING_DASH = re.compile(r"\s(?:--?|—|–)\Z")
_CONTENT = re.compile(r"[^\W_]")


class _Gap(NamedTuple):
    """A stretch between two contents: one ends where it starts, the next starts where it ends."""

    start: int
    end: int


def grow(
    text: str,
    selection: Span | Iterable[Span],
    segmenter: Segmenter,
    cues: CueWords | None = None,
) -> Span:
    """The next larger selection: word, phrase, content of a cue or quotation, sentence, paragraph.

    selection: a span, a caret (a span without characters) or the pieces of a mark,
    taken from the first to the last. A phrase ends at commas, dashes, cues and
    quotation marks. Up to the sentence only content is taken: no cue and no "that",
    no quotation marks around it, no final stop. Always longer than before; a
    whole paragraph, or several, stay as they are. cues: English if None.
    """
    selected = _as_span(selection)
    word = _word(text, selected, segmenter)
    if word.start == word.end:
        return selected
    core = _core(text, selected)
    core = core if core.start < core.end else word
    candidates = [
        candidate
        for candidate in (word, *_candidates(text, core, segmenter, cue_words() if cues is None else cues))
        if contains(candidate, core) and _size(candidate) > _size(selected)
    ]
    return min(candidates, key=_size, default=selected)


def shrink(
    text: str,
    selection: Span | Iterable[Span],
    anchor: int,
    segmenter: Segmenter,
    cues: CueWords | None = None,
) -> Span:
    """The largest step of growing from `anchor` that is smaller than the selection and within it.

    The caret at the anchor if there is none.
    """
    selected = _as_span(selection)
    smaller = Span(anchor, anchor)
    while True:
        step = grow(text, smaller, segmenter, cues)
        too_large = _size(step) >= _size(selected) or not contains(selected, _core(text, step))
        if step == smaller or too_large:
            return smaller
        smaller = step


def snap(text: str, span: tuple[int, int], segmenter: Segmenter) -> Span:
    """A selection made with the mouse, as it is meant: whole words, trimmed to their content.

    A caret stays as it is, a selection of nothing but blanks becomes one.
    """
    inner = strip(text, span)
    if inner.start == inner.end:
        return inner
    return trim(text, _to_words(text, inner, segmenter))


def _as_span(selection: Span | Iterable[Span]) -> Span:
    return selection if isinstance(selection, Span) else hull(selection)


def _size(span: Span) -> int:
    return span.end - span.start


def _core(text: str, span: Span) -> Span:
    """From the first to the last letter or digit: what a larger selection must hold."""
    inner = strip(text, span)
    start, end = inner
    while start < end and not _CONTENT.match(text, start):
        start += 1
    while end > start and not _CONTENT.match(text, end - 1):
        end -= 1
    return Span(start, end) if start < end else inner


def _candidates(text: str, core: Span, segmenter: Segmenter, cues: CueWords) -> Iterator[Span]:
    """All steps around a core but the word, in no order; some do not hold it."""
    first, last = _paragraphs(text, core)
    region = hull([segmenter.sentence_at(text, core.start), segmenter.sentence_at(text, core.end - 1)])
    quotations = [pair for stretch in stretches_at_ends(text, core) for pair in pairs(text, *stretch)]
    around = [pair for pair in quotations if pair[0] < core.start and core.end <= pair[1]]
    for content in (*_contents(text, core, region, quotations, cues), *_interiors(around)):
        yield from _tried(trim, text, content)
    yield from _tried(balance, text, region)
    yield strip(text, (first, last))


def _tried(shorten: Callable[[str, Span], Span], text: str, span: Span) -> Iterator[Span]:
    """The span shortened, unless there is nothing in it."""
    start, end = strip(text, span)
    dash = _LEADING_DASH.match(text, start, end)
    start = dash.end() if dash else start
    dash = _TRAILING_DASH.search(text, max(start, end - 3), end)
    end = dash.start() if dash else end
    if text[start:end].strip():
        yield shorten(text, Span(start, end))


def _word(text: str, selected: Span, segmenter: Segmenter) -> Span:
    """The selection extended to whole words; at a caret the word there, the next or the one before."""
    inner = strip(text, selected)
    if inner.start < inner.end:
        return _to_words(text, inner, segmenter)
    first, last = line_bounds(text, selected.start)
    at = selected.start
    after = segmenter.word_after(text, at) if at < last else last
    before = segmenter.word_before(text, at) if at > first else first
    for offset in (at, max(first, after - 1), before):
        word = segmenter.word_at(text, offset)
        if not _is_gap(text[word.start : word.end]):
            return word
    return Span(at, at)


def _is_gap(words: str) -> bool:
    """Whether there are only blanks and punctuation."""
    return all(char.isspace() or unicodedata.category(char)[0] in "PZC" for char in words)


def _to_words(text: str, span: Span, segmenter: Segmenter) -> Span:
    """The span with the words that it begins or ends inside of, but not the one it follows."""
    words = (segmenter.word_at(text, span.start), segmenter.word_at(text, span.end - 1))
    return hull([span, *(word for word in words if word.end > span.start)])


def _paragraphs(text: str, span: Span) -> Pair:
    return line_bounds(text, span.start)[0], line_bounds(text, span.end - 1)[1]


def _edges(region: Span, core: Span) -> list[Span]:
    """The region around a core without the inside of a very long one, which cannot bound a content."""
    if _size(core) <= 2 * REACH:
        return [region]
    return [Span(region.start, core.start + REACH), Span(core.end - REACH, region.end)]


def _interiors(around: Iterable[Pair]) -> Iterator[Span]:
    for opening, closing in around:
        yield Span(opening + 1, closing)


def _contents(
    text: str, core: Span, region: Span, quotations: Iterable[Pair], cues: CueWords
) -> Iterator[Span]:
    """Stretches of the sentence around the core that end at ever fewer kinds of gaps.

    Each comes in two kinds: without the cue before it, and with it if it is a denial ("denied
    selling arms"), whose verb belongs to what is denied.
    """
    edges = _edges(region, core)
    found = [cue for edge in edges for cue in cues.find(text, *edge)]
    inside = [cue for cue in found if cue.end <= core.start or core.end <= cue.start]
    marks = [_Gap(at, at + 1) for pair in quotations for at in pair if region.start <= at < region.end]
    commas = [_Gap(*match.span()) for edge in edges for match in _PUNCTUATION.finditer(text, *edge)]
    kept = [_before_denial(cue) for cue in inside]
    for of_cues in ([_Gap(cue.start, cue.content) for cue in inside], kept):
        yield _between(core, region, [*of_cues, *marks, *commas])
    clauses = [_clause(cue, core, [*commas, *marks]) for cue in inside]
    denials = [_clause(cue, core, [*commas, *marks], denial=True) for cue in inside]
    for of_cues in (clauses, denials):
        yield _between(core, region, [*of_cues, *marks])
        yield _between(core, region, of_cues)


def _before_denial(cue: Cue) -> _Gap:
    """The gap that leaves the verb of a denial to what follows it."""
    return _Gap(cue.start, cue.start if cue.act in DENIAL_ACTS else cue.content)


def _clause(cue: Cue, core: Span, breaks: Iterable[_Gap], *, denial: bool = False) -> _Gap:
    """A cue with its speaker: "…, the mayor said" from the comma on, "According to X, …" up to it."""
    gap = _before_denial(cue) if denial else _Gap(cue.start, cue.content)
    if core.end <= cue.start:
        before = [other.start for other in breaks if core.end <= other.start < cue.start]
        return _Gap(max(before, default=gap.start), gap.end)
    if cue.act is None:
        after = [other.end for other in breaks if cue.end <= other.start and other.end <= core.start]
        return _Gap(gap.start, min(after, default=gap.end))
    return gap


def _between(core: Span, region: Span, gaps: Iterable[_Gap]) -> Span:
    """The stretch around the core between the nearest gaps."""
    listed = list(gaps)
    start = max([region.start, *(gap.end for gap in listed if gap.end <= core.start)])
    end = min([region.end, *(gap.start for gap in listed if gap.start >= core.end)])
    return Span(start, end)

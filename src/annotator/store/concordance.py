"""Every place where some words stand in the texts of a project, with what is around them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from annotator.domain.errors import UserError
from annotator.domain.fold import Finder, pattern
from annotator.domain.ids import ArticleId
from annotator.domain.query import Query
from annotator.domain.spans import Span
from annotator.store import finding
from annotator.store.bulk import Progress
from annotator.store.store import Store

CONTEXT = 80
"""Characters shown on either side."""
OPENING = 60
"""Characters of a text that stand for a missing title."""
MOST = 20_000
"""Places that are listed at most."""
PATIENCE_S = 2.0
"""How long a regular expression may take for one text."""
_TEXTS_AT_ONCE = 20


class Wanted(NamedTuple):
    """What is looked for, any of some words; options as in `domain.fold.Finder`."""

    words: tuple[str, ...]
    exact: bool = False
    whole_words: bool = False
    regex: bool = False


class Place(NamedTuple):
    """One match: its article, its characters, and the words before, in and after it, on one line.

    title: the first words of the text where the article has none.
    """

    article: ArticleId
    number: int
    title: str
    span: Span
    left: str
    words: str
    right: str


class Concordance(NamedTuple):
    """The places in the order of articles and texts; `is_whole` is False where there are more."""

    places: list[Place]
    is_whole: bool


def concordance(
    store: Store, wanted: Wanted, progress: Progress | None = None, among: Query | None = None
) -> Concordance:
    """Look through every text, or those of the articles a query finds.

    progress: told the number of texts, its False ends the search where it is.
    Reads text by text; give it a `Store.reader` of its own thread. Raises UserError
    "search-regex" for a regular expression with an error and "search-too-slow" (title) for
    one that takes too long on a text.
    """
    found: list[Place] = []
    if not any(wanted.words):
        return Concordance(found, is_whole=True)
    articles = None if among is None else frozenset(finding.found(store, among, "article"))
    for count, (place, article, number, title, text) in enumerate(_texts(store), 1):
        if articles is not None and place not in articles:
            continue
        for span in _matches(wanted, text, title):
            if len(found) == MOST:
                return Concordance(found, is_whole=False)
            found.append(Place(article, number, title, span, *_around(text, span)))
        if progress and count % _TEXTS_AT_ONCE == 0 and not progress(count):
            return Concordance(found, is_whole=False)
    return Concordance(found, is_whole=True)


def _texts(store: Store) -> Iterator[tuple[int, ArticleId, int, str, str]]:
    last = -1
    while page := store.query(
        "SELECT a.rowid, a.id, a.number, a.title, c.text FROM shown_article a"
        " CROSS JOIN main.content c ON c.sha256 = a.sha256"
        " WHERE a.number > ? ORDER BY a.number LIMIT ?",
        (last, _TEXTS_AT_ONCE),
    ):
        for place, article, number, title, text in page:
            yield place, article, number, title or _opening(text), text
        last = page[-1][2]


def _opening(text: str) -> str:
    words = " ".join(text[: 2 * OPENING].split())
    return words if len(words) <= OPENING else words[:OPENING].rsplit(" ", 1)[0] + "…"


def _matches(wanted: Wanted, text: str, title: str) -> Iterator[Span]:
    """The matches in the order of the text; of two that overlap the first."""
    found = sorted(span for words in wanted.words for span in _matches_of(words, wanted, text, title))
    end = 0
    for span in found:
        if span.start >= end:
            yield span
            end = span.end


def _matches_of(words: str, wanted: Wanted, text: str, title: str) -> Iterator[Span]:
    if not wanted.regex:
        yield from Finder(text).find_all(words, exact=wanted.exact, whole_words=wanted.whole_words)
        return
    import regex  # type: ignore[import-untyped]

    checked = pattern(words, wanted.exact, wanted.whole_words, regex=True)
    case = 0 if wanted.exact else regex.IGNORECASE
    patient = regex.compile(checked.pattern, regex.MULTILINE | case)
    try:
        for match in patient.finditer(text, timeout=PATIENCE_S):
            if match.start() < match.end():
                yield Span(*match.span())
    except TimeoutError:
        raise UserError("search-too-slow", title=title) from None


def _around(text: str, span: Span) -> tuple[str, str, str]:
    left, right = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
    return _line(left), _line(text[span.start : span.end]), _line(right)


def _line(words: str) -> str:
    return words.replace("\n", " ⏎ " if "\n" in words.strip() else " ")

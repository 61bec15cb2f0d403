"""What the hands ask for: neighbours in the text, the newest mark, sources and targets to offer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from annotator.domain.ids import ArticleId, MarkId, SourceId
from annotator.store import lists, read
from annotator.store.store import Store

if TYPE_CHECKING:
    from annotator.domain.model import Mark
    from annotator.domain.spans import Span
    from annotator.store.lists.exhibits import ExhibitRow

    Target = lists.MarkRow | lists.ClaimRow | lists.SourceRow | ExhibitRow


def neighbour(
    store: Store, article: ArticleId, offset: int, held: Mark | None, backwards: bool = False
) -> MarkId | None:
    """The next mark in text order after the held one, or after an offset; None at the end.

    Text order is by start, then the longer one first, then by id.
    """
    after = '(start, -"end", id) > (:start, :end, :id)'
    before = '(start, -"end", id) < (:start, :end, :id)'
    bare = "start < :start" if backwards else "start >= :start"
    test = bare if held is None else before if backwards else after
    order = 'start DESC, -"end" DESC, id DESC' if backwards else 'start, -"end", id'
    rows = store.query(
        f"SELECT id FROM shown_mark WHERE article = :article AND {test} ORDER BY {order} LIMIT 1",
        {
            "article": article,
            "start": held.spans[0].start if held else offset,
            "end": -held.spans[-1].end if held else 0,
            "id": held.id if held else "",
        },
    )
    return MarkId(rows[0][0]) if rows else None


def first_article(store: Store) -> ArticleId | None:
    """The article that was brought in first."""
    rows = store.query("SELECT id FROM shown_article ORDER BY number LIMIT 1")
    return ArticleId(rows[0][0]) if rows else None


def next_article(store: Store, article: ArticleId | None, backwards: bool = False) -> ArticleId | None:
    """The article after another by number, or the one before; from none, the first or last."""
    rows = store.query("SELECT number FROM shown_article WHERE id = ?", (article,))
    if not rows:
        return None if backwards else first_article(store)
    sign, order = ("<", "DESC") if backwards else (">", "ASC")
    found = store.query(
        f"SELECT id FROM shown_article WHERE number {sign} ? ORDER BY number {order} LIMIT 1", rows[0]
    )
    return ArticleId(found[0][0]) if found else None


def source_named(store: Store, name: str) -> SourceId | None:
    """The source with exactly this name, the oldest of several."""
    rows = store.query("SELECT id FROM shown_source WHERE name = ? ORDER BY id LIMIT 1", (name,))
    return SourceId(rows[0][0]) if rows else None


def newest_mark(store: Store, besides: MarkId | None = None, attributed: bool = False) -> Mark | None:
    """The mark made last; attributed: of those that were given their sources lately.

    By its number: ids that another program made need not sort by time.
    """
    if not attributed:
        sql = "SELECT number, id FROM shown_mark WHERE id IS NOT ? ORDER BY number DESC LIMIT 1"
    else:
        sql = (
            "SELECT m.number, m.id FROM (SELECT mark FROM main.attribution WHERE source IS NOT NULL"
            f" ORDER BY rowid DESC LIMIT {_LATELY}) b CROSS JOIN shown_mark m ON m.id = b.mark"
            " WHERE m.id IS NOT ?"
        )
    newest = max(store.query(sql, (besides,)), default=None)
    return read.mark(store, newest[1]) if newest else None


_LATELY = 200
"""How many of the last attributions are looked at."""


def last_source(store: Store) -> SourceId | None:
    """The source that was given to a mark last."""
    rows = store.query(
        "SELECT source FROM shown_attribution WHERE source IS NOT NULL ORDER BY id DESC LIMIT 1"
    )
    return SourceId(rows[0][0]) if rows else None


def speakers_beside(store: Store, mark: Mark, paragraph: Span) -> list[lists.SourceRow]:
    """Who says the marks around a mark in its paragraph, a few of them, the nearest first."""
    rows = store.query(
        "SELECT b.source FROM ("
        " SELECT * FROM (SELECT id, start FROM shown_mark WHERE article = :article AND start <= :at"
        f" AND start >= :first ORDER BY start DESC LIMIT {_AROUND}) UNION ALL"
        " SELECT * FROM (SELECT id, start FROM shown_mark WHERE article = :article AND start > :at"
        f" AND start < :last ORDER BY start LIMIT {_AROUND})"
        ") m CROSS JOIN shown_attribution b ON b.mark = m.id"
        " WHERE m.id <> :mark AND b.level = 0 AND b.source IS NOT NULL ORDER BY abs(m.start - :at)",
        {
            "article": mark.article,
            "at": mark.spans[0].start,
            "first": paragraph.start,
            "last": paragraph.end,
            "mark": mark.id,
        },
    )
    voices = dict.fromkeys(SourceId(row[0]) for row in rows)
    return lists.sources_of(store, list(voices)[:_VOICES])


_AROUND = 8
"""How many marks on each side are asked who says them."""
_VOICES = 3


def offered_sources(
    store: Store,
    article: ArticleId,
    paragraph: str,
    near: int,
    beside: Sequence[lists.SourceRow] = (),
    limit: int = 9,
) -> list[lists.SourceRow | str]:
    """Who may be speaking, likeliest first: named in the paragraph, then `beside`, then used lately.

    Names of the paragraph that are no sources yet are offered too, as bare
    names after those known and `beside`, first those at a cue such as "said". `near`
    is where the mark starts in the paragraph.
    """
    from annotator.domain.introducing import without_titles
    from annotator.domain.naming import names_in

    known = _named_in(store, paragraph)
    offers: dict[str, lists.SourceRow | str] = {}
    for name in without_titles(names_in(paragraph, near)):
        match = next((row for row in known if _is_same(row.name, name)), None)
        offers.setdefault(match.name if match else name, match or name)
    for row in (*known, *beside):
        offers.setdefault(row.name, row)
    recent = {row.name: row for row in lists.recent_sources(store, article)}
    few = dict(sorted(offers.items(), key=lambda offer: isinstance(offer[1], str))[: limit - 3])
    return list((few | recent | offers).values())[:limit]


def sources_for(store: Store, typed: str, limit: int = 9) -> list[lists.SourceRow]:
    """The sources that hold typed words, most used first, after those so called but for “the” or a title."""
    from annotator.store.loose_ends.likeness import sources_called

    called = lists.sources_of(store, sources_called(store, typed))
    found = lists.sources(store, text=typed, by_use=True, limit=limit)
    return list(dict.fromkeys([*called, *found]))[:limit]


def _is_same(known: str, name: str) -> bool:
    """Whether a name in the text means a source: equal, or its surname alone."""
    return known == name or known.rsplit(maxsplit=1)[-1] == name


def _named_in(store: Store, paragraph: str) -> list[lists.SourceRow]:
    words = {word.strip(".,;:!?\"'()[]“”’") for word in paragraph.split()}
    rows = store.query(
        "SELECT * FROM (SELECT id, name, named = 1 AND kind = 'person' AS is_person, instr(:text, name) > 0"
        " OR EXISTS (SELECT 1 FROM json_each(aliases) WHERE instr(:text, value) > 0) AS is_named"
        " FROM shown_source) WHERE is_person OR is_named ORDER BY name, id",
        {"text": paragraph},
    )
    return lists.sources_of(
        store,
        [
            row_id
            for row_id, name, is_person, is_named in rows
            if is_named or (is_person and name.split()[-1] in words)
        ],
    )


def targets(
    store: Store,
    words: str,
    fits: Callable[[Target], bool],
    limit: int = 9,
    with_exhibits: bool = False,
    rank: Callable[[lists.MarkRow], int] = lambda row: 0,
) -> list[Target]:
    """Marks, claims and sources that hold the words, first those that fit, with room for each kind.

    Of marks that hold the words in the same way those of the lower rank come first.
    Exhibits are asked for by a link that may start at one.
    """
    found_marks = lists.some_marks(store, words, limit * 3)
    marks: list[Target] = [*sorted(found_marks, key=lambda row: (row.farness(words), rank(row)))]
    others: list[Target] = [
        *lists.claims(store, text=words, limit=3),
        *lists.sources(store, text=words, limit=3),
    ]
    if with_exhibits:
        from annotator.store.lists.exhibits import exhibits

        others += exhibits(store, words, limit=3)
    fitting = [row for row in marks if fits(row)]
    found = [*fitting[: limit - 3], *(row for row in others if fits(row)), *fitting[limit - 3 :]][:limit]
    barred = [row for row in (*others, *marks) if not fits(row)]
    return [*found, *barred[: max(limit - len(found), _BARRED)]]


_BARRED = 2
"""How many that do not fit are told of even where others do."""


def source_row(store: Store, source: SourceId) -> lists.SourceRow | None:
    """One source as lists show it."""
    return next(iter(lists.sources_of(store, [source])), None)

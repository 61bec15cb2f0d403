"""Marks as tables show them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Literal, NamedTuple, TypedDict, Unpack

from annotator.domain.ids import ArticleId, MarkId, SourceId
from annotator.domain.spans import Span
from annotator.store.bounded import ReadingTooLongError
from annotator.store.json_columns import dump, spans_of
from annotator.store.lists import filters
from annotator.store.lists.places import Places, place_of, places, rows_at
from annotator.store.store import Store


class MarkRow(NamedTuple):
    """A mark in a table; `number` gives its handle (M41)."""

    id: MarkId
    number: int
    article: ArticleId
    article_title: str | None
    label: str
    spans: tuple[Span, ...]
    quote: str
    source: str | None
    note: str | None
    created: str | None

    def farness(self, text: str) -> int:
        """0 for a mark of just these words, 1 for one that holds them, 2 for one known by them otherwise."""
        words, quote = text.strip().casefold(), self.quote.casefold()
        return 0 if quote == words else 1 if words in quote else 2


class MarkFilter(TypedDict, total=False):
    """Marks of one article or of all, whose quote, source or note holds `text`, of a label, of a speaker."""

    article: ArticleId | None
    text: str
    label: str | None
    source: SourceId | None


MarkOrder = Literal["text", "label", "source", "created", "article"]

_SPEAKER = "SELECT 1 FROM shown_attribution b WHERE b.mark = m.id AND b.level = 0"


def mark_places(
    store: Store,
    *,
    order: MarkOrder = "text",
    descending: bool = False,
    limit: int = -1,
    **asked: Unpack[MarkFilter],
) -> Places:
    """The places of the marks that a filter lets through.

    Where it finds few, these are sorted; otherwise the list is walked in
    its order until there are enough.
    """
    article, text = asked.get("article"), asked.get("text", "")
    label, source = asked.get("label"), asked.get("source")
    values: dict[str, Any] = {"article": article, "label": label, "source": source}
    values |= filters.parameters(text) | {"number": filters.number("mark", text)}
    values["few"] = _few(store, text, label, source, values)
    conditions = [
        *(["m.rowid IN (SELECT value FROM json_each(:few))"] if values["few"] is not None else []),
        *(["m.article = :article"] if article else []),
        *(["m.label = :label"] if label else []),
        *([f"EXISTS ({_SPEAKER} AND b.source = :source)"] if source else []),
        *([_holding(text)] if text else []),
    ]
    where = " AND ".join(conditions) or "1"
    is_walked = values["few"] is None and article is None
    return places(store, _statements(order, descending, is_walked, where), values, limit)


def some_marks(store: Store, text: str, limit: int) -> list[MarkRow]:
    """Marks that hold `text`, as many of them as are found at once.

    First those with just these words, then those that quote them, then those known by them
    otherwise (a number, a note, a speaker); each in text order.
    """
    values = filters.parameters(text) | {"number": filters.number("mark", text)}
    walked = f"SELECT m.rowid FROM shown_mark m WHERE {_holding(text)} ORDER BY m.number DESC"
    ways = {_known_by(text): limit // 2, _quoted(text): limit} if values["phrase"] else {walked: limit}
    found: dict[int, None] = {}
    with suppress(ReadingTooLongError), store.at_once():
        for way, most in ways.items():
            for (place,) in store.iterate(way, values):
                found[place] = None
                if len(found) >= most:
                    break
    (sql,) = _statements("text", False, False, "m.rowid IN (SELECT value FROM json_each(:few))")
    rows = [row for row in marks_at(store, places(store, [sql], {"few": dump(list(found))})) if row]
    return sorted(rows, key=lambda row: row.farness(text))


def _few(
    store: Store, text: str, label: str | None, source: SourceId | None, values: dict[str, Any]
) -> str | None:
    """The marks that the narrowest filter finds, where they are few."""
    phrase = values["phrase"]
    found = [
        *([(phrase, _found(text))] if phrase else []),
        *([("", "SELECT rowid FROM main.mark WHERE label = :label")] if label else []),
        *([("", _spoken(":source"))] if source else []),
    ]
    some = (filters.few(store, *one, values) for one in found)
    return next((one for one in some if one is not None), None)


def _found(text: str) -> str:
    """A statement for the places of all marks that hold the words, some of them twice.

    It reads the tables themselves, where an index holds all it needs; what is not shown is left out later.
    """
    return f"{_known_by(text)} UNION ALL {_quoted(text)}"


def _known_by(text: str) -> str:
    return (
        "SELECT rowid FROM main.mark WHERE number = :number"
        f" UNION ALL SELECT rowid FROM main.mark WHERE note IS NOT NULL AND {filters.holds(text, 'note')}"
        f" UNION ALL {_spoken(_named(text))}"
    )


def _quoted(text: str) -> str:
    return (
        "SELECT m.rowid FROM (SELECT rowid FROM main.content_search WHERE content_search MATCH :phrase) f"
        " CROSS JOIN main.content c ON c.id = f.rowid CROSS JOIN main.article a ON a.sha256 = c.sha256"
        f" CROSS JOIN main.mark m ON m.article = a.id WHERE {_quoting(text)}"
    )


def _spoken(sources: str) -> str:
    return (
        "SELECT m.rowid FROM main.attribution b CROSS JOIN main.mark m ON m.id = b.mark"
        f" WHERE b.level = 0 AND b.source IN ({sources})"
    )


def _quoting(text: str) -> str:
    """A condition: the mark quotes the words. What SQLite can see by itself is not asked of Python."""
    quoting = "quoting(m.quotes, :text)"
    stands_as_it_is = text.isascii() and dump(text)[1:-1] == text
    return f"({filters.holds(text, 'm.quotes')} AND {quoting})" if stands_as_it_is else quoting


def _named(text: str) -> str:
    return f"SELECT id FROM main.source WHERE {filters.holds(text, 'name')}"


def _holding(text: str) -> str:
    return (
        f"({_quoting(text)} OR {filters.holds(text, 'm.note')} OR m.number = :number"
        f" OR EXISTS ({_SPEAKER} AND b.source IN ({_named(text)})))"
    )


def _statements(order: MarkOrder, descending: bool, is_walked: bool, where: str) -> list[str]:
    """Statements that list marks one after the other.

    is_walked: no filter says where to begin, so the tables are read in the order of the list.
    """
    join = "CROSS JOIN" if is_walked else "JOIN"
    turn = " DESC" if descending else ""
    in_articles = f"SELECT m.rowid FROM shown_article a {join} shown_mark m ON m.article = a.id WHERE {where}"
    of_marks = f"SELECT m.rowid FROM shown_mark m WHERE {where}"
    named = (
        f"SELECT m.rowid FROM shown_source s {join} shown_attribution b ON b.source = s.id AND b.level = 0"
        f" {join} shown_mark m ON m.id = b.mark WHERE {where}"
    )
    in_text = 'm.start, m."end", m.id'
    if order == "text":
        return [f"{in_articles} ORDER BY a.number{turn}, a.rowid{turn}, {in_text}"]
    if order == "article":
        title = filters.ordered("a.title COLLATE NOCASE", f"a.rowid{turn}", descending)
        return [f"{in_articles} ORDER BY {title}, {in_text}"]
    if order == "label":
        return [f"{of_marks} ORDER BY m.label{turn}, m.number{turn}, m.rowid{turn}"]
    if order == "created":
        rest = f"m.number{turn}, m.rowid{turn}"
        return [f"{of_marks} ORDER BY {filters.ordered('m.created', rest, descending)}"]
    return [
        f"{named} ORDER BY s.name COLLATE NOCASE{turn}, s.rowid{turn}, b.rowid",
        f"{of_marks} AND NOT EXISTS ({_SPEAKER} AND b.source IS NOT NULL) ORDER BY m.number, m.rowid",
    ]


def marks_at(store: Store, some: Sequence[int]) -> list[MarkRow | None]:
    """The marks at some places; None where one is gone."""
    return rows_at(
        store,
        some,
        "m.id, m.number, m.article, a.title, m.label, m.spans, m.quotes, s.name, m.note, m.created"
        " FROM here CROSS JOIN shown_mark m ON m.rowid = here.value JOIN shown_article a ON a.id = m.article"
        " LEFT JOIN shown_attribution b ON b.mark = m.id AND b.level = 0"
        " LEFT JOIN shown_source s ON s.id = b.source",
        _mark_row,
    )


def mark_ids(store: Store, some: Sequence[int]) -> list[MarkId]:
    """The ids of the marks at some places, without those that are gone: 100,000 in a tenth of a second."""
    sql = "SELECT m.id FROM json_each(?) e CROSS JOIN shown_mark m ON m.rowid = e.value"
    return [MarkId(row) for (row,) in store.query(sql, (dump(list(some)),))]


def marks_of(store: Store, ids: Sequence[MarkId]) -> dict[MarkId, MarkRow]:
    """The marks with some ids that are there."""
    sql = "SELECT m.rowid FROM json_each(:ids) i CROSS JOIN shown_mark m ON m.id = i.value"
    found = [row[0] for row in store.query(sql, {"ids": dump(list(ids))})]
    return {row.id: row for row in marks_at(store, found) if row}


def _mark_row(row: tuple[Any, ...]) -> MarkRow:
    fields: list[Any] = [*row[:5], spans_of(row[5]), " … ".join(json.loads(row[6])), *row[7:]]
    return MarkRow(*fields)


def marks(
    store: Store,
    *,
    order: MarkOrder = "text",
    descending: bool = False,
    limit: int = 200,
    offset: int = 0,
    **asked: Unpack[MarkFilter],
) -> list[MarkRow]:
    """A stretch of the marks that `mark_places` lists."""
    found = mark_places(store, order=order, descending=descending, limit=offset + limit, **asked)
    return [row for row in marks_at(store, found[offset:]) if row]


def count_marks(store: Store, **asked: Unpack[MarkFilter]) -> int:
    """How many marks `mark_places` lists."""
    return len(mark_places(store, **asked))


def mark_row(store: Store, mark: MarkId) -> MarkRow | None:
    """One mark as tables show it."""
    place = place_of(store, "mark", mark)
    return marks_at(store, [place])[0] if place is not None else None

"""Articles just brought in that seem to be newer versions of articles that were there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal, NamedTuple

from annotator.domain.copies import resemblance
from annotator.domain.facts import CARRIED_FROM
from annotator.domain.ids import ArticleId, LinkId, MarkId, Ref
from annotator.domain.sameness import address_key, title_key
from annotator.store import read
from annotator.store.json_columns import dump
from annotator.store.store import Store

LEAST = 0.2
"""So much of the wording stays at least; a page that shows something else every day is no version."""
LEAST_OF_FILES = 0.5
"""The same where only the name of the file says so: many files are called alike."""
_LONGEST = 200_000
"""Characters beyond which texts are not compared: by then they are no articles any more."""
Why = Literal["address", "title", "file"]


@dataclass(frozen=True, slots=True)
class Newer:
    """An article, whose newer version it seems to be, by what, and how alike the texts are, 0 to 1."""

    article: ArticleId
    older: ArticleId
    why: Why
    resemblance: float


class _Row(NamedTuple):
    id: ArticleId
    number: int
    sha256: str
    when: str
    version_of: str | None
    address: str
    title: tuple[str, str]
    file: tuple[str, str]


def newer_versions(store: Store, articles: Iterable[str]) -> list[Newer]:
    """Which of some articles seem to be newer versions of others with another text, by number.

    The same address, or of the same outlet the same title or name of the file; an article that is
    dated before the other one is none, nor is one that is a version already. Of a work with several
    versions the last one is named, be it one of these articles. Reads the metadata of
    all articles once, and the texts of those that are compared.
    """
    wanted = set(articles)
    rows = _rows(store)
    after = {row.version_of: row.id for row in reversed(rows) if row.version_of}
    by_id, known, found = {row.id: row for row in rows}, dict[tuple[Why, object], _Row](), list[Newer]()
    for row in rows:
        if row.id in wanted and not row.version_of and (one := _older(store, row, known, after, by_id)):
            found.append(one)
            after[one.older] = row.id
        for name in _names(row):
            known[name] = row
    return found


def _rows(store: Store) -> Sequence[_Row]:
    sql = (
        "SELECT id, number, sha256, coalesce(updated, date, ''), version_of, url, coalesce(outlet, ''),"
        " title, coalesce(origin ->> 'file', '') FROM shown_article ORDER BY number"
    )
    return [
        _Row(
            ArticleId(row_id), number, sha256, when, version_of, address_key(url),
            (outlet, title_key(title)), (outlet, PurePosixPath(file).name.casefold()),
        )
        for row_id, number, sha256, when, version_of, url, outlet, title, file in store.query(sql)
    ]  # fmt: skip


def _names(row: _Row) -> list[tuple[Why, object]]:
    """Under what an article is looked for."""
    names: list[tuple[Why, object, object]] = [
        ("address", row.address, row.address),
        ("title", row.title, row.title[1]),
        ("file", row.file, row.file[1]),
    ]
    return [(why, name) for why, name, is_there in names if is_there]


def _older(
    store: Store,
    row: _Row,
    known: dict[tuple[Why, object], _Row],
    after: dict[str, ArticleId],
    by_id: dict[ArticleId, _Row],
) -> Newer | None:
    for name in _names(row):
        if name not in known:
            continue
        older = known[name].id
        passed = {row.id}
        while older in after and older not in passed:
            passed.add(older)
            older = after[older]
        there = by_id[older]
        if older in passed or there.sha256 == row.sha256 or _is_before(row.when, there.when):
            continue
        alike = _alike(store, row.id, older)
        if alike >= (LEAST_OF_FILES if name[0] == "file" else LEAST):
            return Newer(row.id, older, name[0], alike)
    return None


def _is_before(when: str, other: str) -> bool:
    """Whether one date is before another, as far as both say it."""
    shared = min(len(when), len(other))
    return when[:shared] < other[:shared]


def _alike(store: Store, one: ArticleId, other: ArticleId) -> float:
    if max(read.text_length(store, one), read.text_length(store, other)) > _LONGEST:
        return 0.0
    return resemblance(read.text(store, one), read.text(store, other))


def mark_counts(store: Store, articles: Iterable[ArticleId]) -> dict[str, int]:
    """How many marks some articles have."""
    sql = (
        "SELECT m.article, count(*) FROM json_each(?) e CROSS JOIN shown_mark m ON m.article = e.value"
        " GROUP BY m.article"
    )
    return dict(store.query(sql, (dump(list(articles)),)))


class LinkLeft(NamedTuple):
    """A link from elsewhere that ends at a mark of an older version, and the mark carried over from that.

    is_double: whether the carried mark has the same link already.
    """

    link: LinkId
    kind: str
    origin: Ref
    older: MarkId
    newer: MarkId
    is_double: bool


def links_left(store: Store, new: ArticleId) -> list[LinkLeft]:
    """The links from other articles, and from exhibits, that answer words of older versions, in text order.

    Only those are named whose mark was carried over, from version to version.
    """
    rows = store.query(_LINKS_LEFT, (new,))
    return [
        LinkLeft(
            LinkId(row[0]), row[1], _origin(row[2], row[3]), MarkId(row[4]), MarkId(row[5]), bool(row[6])
        )
        for row in rows
    ]


def _origin(mark: str | None, exhibit: str | None) -> Ref:
    return Ref("mark", mark) if mark is not None else Ref("exhibit", str(exhibit))


_LINKS_LEFT = f"""
WITH RECURSIVE work(id) AS (
    SELECT ?1 UNION SELECT a.version_of FROM work w JOIN shown_article a ON a.id = w.id
    WHERE a.version_of IS NOT NULL
), carried(mark, start, older) AS (
    SELECT id, start, json_extract(extra, '$.{CARRIED_FROM}') FROM shown_mark
    WHERE article = ?1 AND json_extract(extra, '$.{CARRIED_FROM}') IS NOT NULL
    UNION SELECT c.mark, c.start, json_extract(o.extra, '$.{CARRIED_FROM}')
    FROM carried c JOIN shown_mark o ON o.id = c.older
    WHERE json_extract(o.extra, '$.{CARRIED_FROM}') IS NOT NULL
)
SELECT l.id, l.kind, l.from_mark, l.from_exhibit, c.older, c.mark, EXISTS (
    SELECT 1 FROM shown_link t WHERE t.to_mark = c.mark AND t.kind = l.kind
    AND t.from_mark IS l.from_mark AND t.from_exhibit IS l.from_exhibit)
FROM carried c JOIN shown_link l ON l.to_mark = c.older LEFT JOIN shown_mark o ON o.id = l.from_mark
WHERE o.article IS NULL OR o.article NOT IN work
ORDER BY c.start, c.mark, l.id
"""

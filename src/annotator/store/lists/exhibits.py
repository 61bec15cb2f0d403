"""Exhibits as their panel lists them, and what each is a ground of."""

from __future__ import annotations

from typing import NamedTuple

from annotator.domain.ids import ExhibitId, LinkId
from annotator.domain.model import Link, Ref
from annotator.store import read
from annotator.store.lists.links import describe
from annotator.store.store import Store

SHOWN = 500
"""How many exhibits are listed at once; words find the others."""


class ExhibitRow(NamedTuple):
    """An exhibit; `links`: of how many marks, claims and sources it is a ground."""

    id: ExhibitId
    title: str
    url: str
    archive_url: str
    sha256: str
    captured: str
    note: str
    links: int


class GroundRow(NamedTuple):
    """A link from an exhibit, with the words, the label and the handle of its other end."""

    id: LinkId
    kind: str
    target: Ref
    words: str
    label: str
    handle: str


def exhibits(store: Store, text: str = "", limit: int = SHOWN) -> list[ExhibitRow]:
    """The exhibits whose title, addresses or note hold some words, the newest first."""
    rows = store.query(
        "SELECT e.id, coalesce(e.title, ''), coalesce(e.url, ''), coalesce(e.archive_url, ''),"
        " coalesce(e.sha256, ''), coalesce(e.captured, ''), coalesce(e.note, ''),"
        " (SELECT count(*) FROM shown_link l WHERE l.from_exhibit = e.id)"
        " FROM shown_exhibit e WHERE ?1 = '' OR instr(lower(coalesce(e.title, '') || ' ' ||"
        " coalesce(e.url, '') || ' ' || coalesce(e.archive_url, '') || ' ' || coalesce(e.note, '')),"
        " lower(?1)) ORDER BY e.id DESC LIMIT ?2",
        (text, limit),
    )
    return [ExhibitRow(ExhibitId(row[0]), *row[1:]) for row in rows]


def grounds(store: Store, exhibit: ExhibitId) -> list[GroundRow]:
    """What an exhibit is a ground of, in the order the links were drawn."""
    found = []
    for link in read.records(store, Link, "from_exhibit = ?", (exhibit,)):
        words, *_, label, handle = describe(store, link.target)
        found.append(GroundRow(link.id, link.kind, link.target, words, label or "", handle))
    return found

"""Loose ends that were left open on purpose, to be looked through and taken up again."""

from __future__ import annotations

from dataclasses import replace

from annotator.domain.checks import LooseEnd, ends_at
from annotator.domain.facts import Facts
from annotator.domain.ids import ArticleId, LinkId, MarkId, PropositionId, SourceId
from annotator.domain.model import Dismissal, Ref
from annotator.domain.remarks import message, row_words
from annotator.store.by_column import named
from annotator.store.loose_ends.found import OpenEnd, named_by
from annotator.store.loose_ends.gathering import facts_at, facts_named
from annotator.store.store import Store

MOST = 1000
"""How many are counted; whoever left more open does not look through them all."""

_OURS = "shown_dismissal WHERE substr(rule, 1, 5) <> 'rule:'"  # the others are proposals that were dropped


def count_left(store: Store) -> int:
    """How many there are, at most `MOST`."""
    return int(store.query(f"SELECT count(*) FROM (SELECT 1 FROM {_OURS} LIMIT ?)", (MOST,))[0][0])


def left_open(store: Store, *, limit: int, offset: int = 0) -> list[OpenEnd]:
    """Some of them, the last one first, each with its reason; none has a fix."""
    rows = store.query(f"SELECT id FROM {_OURS} ORDER BY rowid DESC LIMIT ? OFFSET ?", (limit, offset))
    ids = [row[0] for row in rows]
    records = {record.id: record for record in named(store, Dismissal, ids)}
    kept = [records[one] for one in ids if one in records]
    places = {record.id: _place(store, record.target) for record in kept}
    facts: dict[str, Facts] = {}
    for table in {place.table for place in places.values()}:
        there = facts_at(store, table, [place.id for place in places.values() if place.table == table])
        facts[table] = replace(there, dismissals={})
    return [_told(store, record, facts[places[record.id].table], places[record.id]) for record in kept]


def dismissals_of(store: Store, end: LooseEnd) -> list[str]:
    """The records that keep a loose end off the list."""
    table, row = end.target
    return [record.id for record in named(store, Dismissal, [row], f"on_{table}") if record.rule == end.rule]


def _place(store: Store, target: Ref) -> Ref:
    """The row whose rules find what hangs on a target: a link goes with the mark it starts at."""
    if target.table != "link":
        return target
    rows = store.query("SELECT from_mark FROM shown_link WHERE id = ?", (target.id,))
    return Ref("mark", rows[0][0]) if rows and rows[0][0] else target


def _told(store: Store, record: Dismissal, facts: Facts, place: Ref) -> OpenEnd:
    found = [end for end in ends_at(facts, place) if (end.rule, end.target) == (record.rule, record.target)]
    end = replace(found[0], fix="") if found else _closed(record)
    named_rows = facts_named(store, named_by(end))
    sentence = message(end, named_rows) if found else row_words(named_rows, record.target)
    return OpenEnd(end, f"{sentence} — {record.reason}" if record.reason else sentence)


def _closed(record: Dismissal) -> LooseEnd:
    """A loose end that would not be open any more, were it not left so."""
    table, row = record.target
    return LooseEnd(
        rule=record.rule,
        message_code=record.rule,
        fix="",
        mark=MarkId(row) if table == "mark" else None,
        source=SourceId(row) if table == "source" else None,
        claim=PropositionId(row) if table == "proposition" else None,
        article=ArticleId(row) if table == "article" else None,
        link=LinkId(row) if table == "link" else None,
    )

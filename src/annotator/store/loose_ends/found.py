"""Reading the loose ends that were found: how many by rule, and some of one rule."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from annotator.domain.checks import FIXES, NAMED, LooseEnd
from annotator.domain.model import Ref
from annotator.domain.remarks import message
from annotator.store.loose_ends.gathering import facts_named
from annotator.store.store import Store

SELECTED = "tbl, row, rule, message_code, article, link, details, quiet"
"""The columns that a loose end is made of."""


class OpenEnd(NamedTuple):
    """A loose end and what it says."""

    end: LooseEnd
    sentence: str


def counts(store: Store) -> dict[bool, dict[str, int]]:
    """By whether they are quiet, how many loose ends of each rule there are, in the order of the rules."""
    found = store.query("SELECT quiet, rule, count FROM main.loose_end_count WHERE count > 0")
    places = {rule: place for place, rule in enumerate(FIXES)}
    found.sort(key=lambda row: places.get(row[1], len(places)))
    return {
        quiet: {rule: count for is_quiet, rule, count in found if bool(is_quiet) == quiet}
        for quiet in (False, True)
    }


def open_ends_of(store: Store, rule: str, *, quiet: bool, limit: int, offset: int = 0) -> list[OpenEnd]:
    """Some loose ends of a rule by article and place in it; with quiet ones, those come last."""
    rows = store.query(
        f"SELECT {SELECTED} FROM main.loose_end INDEXED BY loose_end_rule WHERE rule = ? AND quiet <= ?"
        " ORDER BY quiet, article, place, id LIMIT ? OFFSET ?",
        (rule, int(quiet), limit, offset),
    )
    return _said(store, [_end(row) for row in rows])


def numbers_of(store: Store, rule: str, limit: int) -> list[int]:
    """The numbers of the first loose ends of a rule that are not quiet, in the order of `open_ends_of`."""
    rows = store.query(
        "SELECT id FROM main.loose_end INDEXED BY loose_end_rule WHERE rule = ? AND quiet = 0"
        " ORDER BY article, place, id LIMIT ?",
        (rule, limit),
    )
    return [number for (number,) in rows]


def open_end(store: Store, row: tuple[Any, ...]) -> OpenEnd:
    """The loose end a row of `SELECTED` holds."""
    return _said(store, [_end(row)])[0]


def _end(row: tuple[Any, ...]) -> LooseEnd:
    table, row_id, rule, code, article, link, details, quiet = row
    at = {table: row_id}
    return LooseEnd(
        rule=rule,
        message_code=code,
        fix=FIXES.get(rule, ""),
        mark=at.get("mark"),
        source=at.get("source"),
        claim=at.get("proposition"),
        article=article,
        link=link,
        details=json.loads(details),
        is_quiet=bool(quiet),
    )


def _said(store: Store, ends: list[LooseEnd]) -> list[OpenEnd]:
    found = facts_named(store, (ref for end in ends for ref in named_by(end)))
    return [OpenEnd(end, message(end, found)) for end in ends]


def named_by(end: LooseEnd) -> Iterator[Ref]:
    """The rows that its sentence names."""
    for table, row in (
        ("mark", end.mark),
        ("source", end.source),
        ("proposition", end.claim),
        ("article", end.article),
        ("link", end.link),
        *((table, end.details.get(name)) for name, table in NAMED.items()),
    ):
        if row is not None:
            yield Ref(table, row)

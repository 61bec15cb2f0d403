"""The dispute map as JSON for scripts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from annotator.domain.dispute import ClaimBoard, Entry
from annotator.domain.facts import Facts
from annotator.domain.grounds import Ground
from annotator.domain.model import Identified, Ref

NameOf = Callable[[str, str], str]
"""Table and id in, the id that is printed out."""


def map_pieces(claims: Iterable[tuple[ClaimBoard, NameOf]], without_source: Iterable[str]) -> Iterator[str]:
    """The map in the stable form of `map --format json`, in the order of ids, as the lines have it.

    claims: each with the names of what is told on it. without_source: the marks, as printed. Both are
    gone through once, so that not all of a project has to be in memory.
    """
    yield '{\n  "claims": '
    yield from _array(_claim_json(board, name) for board, name in claims)
    yield ',\n  "without_source": '
    yield from _array(without_source)
    yield "\n}\n"


def printed_ids(facts: Facts, shared: Mapping[str, Collection[str]] | None = None) -> NameOf:
    """Ids as printed: what a foreign file called the row where only one row has that name.

    shared: for each table the names that several rows of the project have, where the facts are not all of it.
    """
    names: dict[tuple[str, str], str] = {}
    for table, rows in facts.tables.items():
        several = _shared(rows.values()) if shared is None else shared.get(table, ())
        for row in rows.values():
            origin = row.origin_id
            names[table, row.id] = origin if origin and origin not in several else row.id
    return lambda table, row: names.get((table, row), row)


def _shared(rows: Iterable[Identified]) -> set[str]:
    times = Counter(row.origin_id or row.id for row in rows)
    return {name for name, count in times.items() if count > 1}


def _array(items: Iterable[object]) -> Iterator[str]:
    """An array in an object, an item a piece, as `json.dumps` with an indent of two writes it."""
    count = 0
    for count, item in enumerate(items, 1):
        text = json.dumps(item, ensure_ascii=False, indent=2).replace("\n", "\n    ")
        yield f"{',' if count > 1 else '['}\n    {text}"
    yield "\n  ]" if count else "[]"


def _claim_json(board: ClaimBoard, name: NameOf) -> dict[str, Any]:
    def entry(one: Entry) -> dict[str, Any]:
        return {
            "source": name("source", one.source or ""),
            "owner": name("source", one.owner or ""),
            "mark": name("mark", one.mark),
        }

    def entries(some: Iterable[Entry]) -> list[dict[str, Any]]:
        return [entry(one) for one in sorted(some, key=lambda one: one.mark)]

    def grounds(some: Iterable[Ground]) -> list[str]:
        return [name(*one) for one in sorted((ground.origin for ground in some), key=_by_id)]

    return {
        "id": name("proposition", board.id),
        "text": board.text,
        "disputed": board.is_disputed,
        "asserts": entries(board.asserts),
        "denies": entries(board.denies),
        "queries": entries(board.queries),
        "comments": entries(board.comments),
        "silent": [
            {"source": name("source", one.source or ""), "mark": name("mark", one.mark)}
            for one in sorted(board.silent, key=lambda one: one.mark)
        ],
        "independent": {"asserts": len(board.asserting.counted), "denies": len(board.denying.counted)},
        "grounds": {"for": grounds(board.grounds_for), "against": grounds(board.grounds_against)},
        "attacks_on_sources": [
            {"mark": name(*one.origin), "source": name("source", one.source)}
            for one in sorted(board.attacks, key=lambda one: (_by_id(one.origin), one.source))
        ],
    }


def _by_id(end: Ref) -> tuple[str, str]:
    return end.id, end.table

"""The dispute map as JSON for scripts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from annotator.domain.dispute import ClaimBoard, DisputeMap, Entry
from annotator.domain.facts import Facts
from annotator.domain.grounds import Ground
from annotator.domain.model import Ref

NameOf = Callable[[str, str], str]
"""Table and id in, the id that is printed out."""


def map_json(facts: Facts, disputes: DisputeMap) -> str:
    """The map in the stable form of `map --format json`."""
    data = to_json(disputes, printed_ids(facts))
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def printed_ids(facts: Facts) -> NameOf:
    """Ids as printed: what a foreign file called the row where only one row has that name."""
    names: dict[tuple[str, str], str] = {}
    for table, rows in facts.tables.items():
        times = Counter(row.origin_id or row.id for row in rows.values())
        for row in rows.values():
            origin = row.origin_id
            names[table, row.id] = origin if origin and times[origin] == 1 else row.id
    return lambda table, row: names.get((table, row), row)


def to_json(disputes: DisputeMap, name: NameOf) -> dict[str, Any]:
    """The map as plain data, in the shape of the contract and in the order of ids, as the lines have it."""
    return {
        "claims": [_claim_json(board, name) for board in disputes.claims],
        "without_source": [name("mark", mark) for mark in disputes.without_source],
    }


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

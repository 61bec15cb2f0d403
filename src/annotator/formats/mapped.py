"""The dispute map as JSON for scripts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from annotator.domain.dispute import ClaimBoard, DisputeMap, Entry
from annotator.domain.facts import Facts

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
    """The map as plain data, in the shape and order of the contract."""
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

    return {
        "id": name("proposition", board.id),
        "text": board.text,
        "disputed": board.is_disputed,
        "asserts": [entry(one) for one in board.asserts],
        "denies": [entry(one) for one in board.denies],
        "queries": [entry(one) for one in board.queries],
        "comments": [entry(one) for one in board.comments],
        "silent": [
            {"source": name("source", one.source or ""), "mark": name("mark", one.mark)}
            for one in board.silent
        ],
        "independent": {"asserts": len(board.asserting.counted), "denies": len(board.denying.counted)},
        "grounds": {
            "for": [name(*one.origin) for one in board.grounds_for],
            "against": [name(*one.origin) for one in board.grounds_against],
        },
        "attacks_on_sources": [
            {"mark": name(*one.origin), "source": name("source", one.source)} for one in board.attacks
        ],
    }

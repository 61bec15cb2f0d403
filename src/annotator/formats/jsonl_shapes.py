"""What a line of each type looks like in `annotator-jsonl`, worked out from the records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, NamedTuple

from annotator.domain.model import RECORD_TYPES, Record

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "project": ("format",),
    "annotator": ("id",),
    "source": ("id", "name"),
    "article": ("id", "text"),
    "exhibit": ("id",),
    "mark": ("id", "article", "label", "spans", "quotes"),
    "proposition": ("id", "text"),
    "mention": ("mark", "proposition", "stance"),
    "link": ("id", "kind", "from", "to"),
    "proposition_link": ("from", "kind", "to"),
    "judgement": ("target", "scale", "value"),
    "dismissal": ("rule", "target"),
    "saved_search": ("name", "query"),
    "pin": ("mark",),
}
"""The fields of each type that have to be there on the way in."""

ENDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "link": {"from": ("mark", "exhibit"), "to": ("mark", "proposition", "source")},
    "judgement": {"target": ("source", "proposition", "mention", "article")},
    "dismissal": {"target": ()},
}
"""Fields of the form {table: id}, with the tables they may name; empty for any."""

_INTERNAL = ("extra", "line", "path", "original")
_ENDS_RENAMED = {"origin": "from", "target": "to"}
RENAMED = {"link": _ENDS_RENAMED, "proposition_link": _ENDS_RENAMED}
_STEP = ("source", "cue", "mention")
_REGION = ("kind", "span")
ROWS: Mapping[str, Mapping[str, tuple[tuple[str, ...], tuple[Any, ...]]]] = {
    "mark": {"attribution": (_STEP, (None, (), ()))},
    "article": {"regions": (_REGION, ())},
}
"""Fields that hold objects: the names in them, and defaults where they may be left out."""


def _names(record_type: type[Record]) -> dict[str, str]:
    """Names in files by attribute, in the order of the file."""
    own = [one.name for one in fields(record_type) if one.name not in _INTERNAL]
    renamed = RENAMED.get(record_type.type, {})
    return {name: renamed.get(name, name) for name in own}


class Shape(NamedTuple):
    """What a line of one type looks like, worked out once."""

    record: type[Record]
    required: frozenset[str]
    known: frozenset[str]
    is_named: bool
    """Whether it must have an id, which is not empty."""
    ends: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, tuple[tuple[str, ...], tuple[Any, ...]]]
    renamed: Mapping[str, str]


TYPES = {record_type.type: record_type for record_type in RECORD_TYPES}
NAMES = {name: _names(record_type) for name, record_type in TYPES.items()}
SHAPES = {
    name: Shape(
        record_type,
        frozenset(REQUIRED.get(name, ())),
        frozenset(NAMES[name].values()),
        "id" in REQUIRED.get(name, ()),
        ENDS.get(name, {}),
        ROWS.get(name, {}),
        RENAMED.get(name, {}),
    )
    for name, record_type in TYPES.items()
}

"""Lines of `annotator-jsonl` in which all is as it should be, decoded without a look at each field.

Whatever is out of the ordinary is left to `jsonl`, which knows what to say of it. That both
roads give the same record is a law of the tests.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import MISSING, Field, fields
from functools import reduce
from itertools import starmap
from operator import or_
from typing import Any, NamedTuple, get_type_hints

import msgspec
from msgspec.structs import asdict, astuple

from annotator.domain.model import Attribution, Record, Ref, Region
from annotator.formats.jsonl_shapes import NAMES, SHAPES
from annotator.formats.nesting import DEEPEST

_TYPES = ("source", "article", "mark", "proposition", "mention", "link")
"""Types of which files have many lines."""
_OBJECTS: dict[str, type[NamedTuple]] = {"attribution": Attribution, "regions": Region}


def plain(raw: bytes, number: int) -> Record | None:
    """The record of a line, `number` in its file; None where anything about it is unusual."""
    if raw.count(b"[") + raw.count(b"{") > DEEPEST:
        return None
    try:
        line = _decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return _READINGS[type(line)].record_of(line, number)


class _Reading(NamedTuple):
    """How lines of one type become records; `ends` and `objects` are fields that are more than values."""

    record: type[Record]
    is_named: bool
    ends: Sequence[tuple[str, Set[str]]]
    objects: Sequence[str]

    def record_of(self, line: msgspec.Struct, number: int) -> Record | None:
        # A frozen __init__ sets field by field, which would take half of the time.
        record = object.__new__(self.record)
        values = vars(record)
        values.update(asdict(line))
        values["line"], values["extra"] = number, {}
        if self.is_named and not values["id"]:
            return None
        for name, tables in self.ends:
            end = values[name]
            if len(end) != 1 or not end.keys() <= tables:
                return None
            values[name] = Ref(*next(iter(end.items())))
        for name in self.objects:
            if values[name]:
                values[name] = tuple(starmap(_OBJECTS[name], map(astuple, values[name])))
        return record


def _line_type(kind: str) -> type[msgspec.Struct]:
    """What lines of a type are decoded as: the fields of its record, and no others."""
    shape, hints = SHAPES[kind], get_type_hints(SHAPES[kind].record)
    members = []
    for field in fields(shape.record):
        wire = NAMES[kind].get(field.name)
        if wire is None:
            continue
        hint = hints[field.name]
        if wire in shape.ends:
            hint = dict[str, str]
        elif wire in shape.rows:
            hint = tuple[_object_type(wire, *shape.rows[wire]), ...]  # type: ignore[misc]
        members.append((field.name, hint, *([] if wire in shape.required else [_default(field)])))
    return msgspec.defstruct(
        f"{kind}_line",
        members,
        tag_field="type",
        tag=kind,
        rename=NAMES[kind],
        forbid_unknown_fields=True,
        kw_only=True,
        gc=False,
    )


def _default(field: Field[Any]) -> Any:
    """What a field is where a line leaves it out; an id is given later."""
    if field.default_factory is not MISSING:
        return msgspec.field(default_factory=field.default_factory)
    return "" if field.default is MISSING else field.default


def _object_type(field: str, names: Sequence[str], defaults: Sequence[Any]) -> type[msgspec.Struct]:
    hints = get_type_hints(_OBJECTS[field])
    members = [(name, hints[name], *defaults[place : place + 1]) for place, name in enumerate(names)]
    return msgspec.defstruct(f"{field}_object", members, forbid_unknown_fields=True, gc=False)


def _reading(kind: str) -> _Reading:
    shape, names = SHAPES[kind], NAMES[kind]
    ends = [(name, frozenset(shape.ends[wire])) for name, wire in names.items() if wire in shape.ends]
    return _Reading(shape.record, shape.is_named, ends, [*shape.rows])


_LINES = {kind: _line_type(kind) for kind in _TYPES}
_READINGS = {line: _reading(kind) for kind, line in _LINES.items()}
_decode = msgspec.json.Decoder(reduce(or_, _LINES.values())).decode

"""Lines of `annotator-jsonl` in which all is as it should be, decoded without a look at each of them.

Whatever is out of the ordinary is left to `jsonl`, which knows what to say of it. That both
roads give the same records is a law of the tests.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import MISSING, Field, fields
from functools import partial, reduce
from itertools import chain, groupby, islice, starmap
from operator import lt, or_
from typing import Any, NamedTuple, get_type_hints

import msgspec
from msgspec.structs import astuple

from annotator.domain.model import Attribution, Mark, Record, Ref, Region
from annotator.domain.runs import Run
from annotator.domain.scheme_form import LARGEST
from annotator.formats.jsonl_shapes import NAMES, SHAPES

_TYPES = ("source", "article", "mark", "proposition", "mention", "link")
"""Types of which files have many lines."""
_OBJECTS: dict[str, type[NamedTuple]] = {"attribution": Attribution, "regions": Region}
_VALUE = None | bool | int | float | str
_FLAT = dict[str, _VALUE | list[_VALUE]]
_HINTS: Mapping[Any, Any] = {Mapping[str, Any]: _FLAT, Mapping[str, Any] | None: _FLAT | None}
"""Where anything may stand, plain values do: nothing plain is nested deeply."""
_two_in_a_line = re.compile(rb"\}[ \t\r]*\{").search
Columns = dict[str, Sequence[Any]]


def plain(lines: bytes, number: int) -> list[Run[Record]] | None:
    """The records of whole lines, by runs; None where anything about them is unusual.

    number: where the first line stands in its file.
    """
    try:
        found = _decode(lines)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    # Objects may go over lines or stand together in one; there are as many as lines where both happens.
    if len(found) != lines.count(b"\n") + (not lines.endswith(b"\n")) or _two_in_a_line(lines):
        return None
    runs = []
    for kind, some in groupby(found, type):
        run = _READINGS[kind].run_of([*some], number)
        if run is None:
            return None
        runs.append(run)
        number += len(run)
    return runs


class _Reading(NamedTuple):
    """How lines of one type become records; `ends` and `objects` are fields that are more than values."""

    record: type[Record]
    names: Sequence[str]
    is_named: bool
    ends: Sequence[tuple[str, Set[str]]]
    objects: Sequence[str]

    def run_of(self, lines: Sequence[msgspec.Struct], number: int) -> Run[Record] | None:
        columns: Columns = dict(zip(self.names, zip(*map(astuple, lines), strict=True), strict=True))
        columns["line"] = range(number, number + len(lines))
        if self.is_named and not all(columns["id"]):
            return None
        if self.record is Mark and not _has_words(columns):
            return None
        for name, tables in self.ends:
            ends = [*chain.from_iterable(map(dict.items, columns[name]))]
            if (
                not all(columns[name])
                or len(ends) != len(lines)
                or not {table for table, _ in ends} <= tables
            ):
                return None
            columns[name] = [*starmap(Ref, ends)]
        for name in self.objects:
            columns[name] = _rows(_OBJECTS[name], columns[name])
        return Run(self.record, columns)


def _has_words(marks: Columns) -> bool:
    """Whether all marks have spans of one character or more, each with a quote, and a version that fits."""
    spans, versions = marks["spans"], {*marks["scheme_version"]} - {None}
    if not all(spans) or [*map(len, spans)] != [*map(len, marks["quotes"])]:
        return False
    starts, ends = zip(*chain.from_iterable(spans), strict=True)
    return (
        min(starts) >= 0
        and all(map(lt, starts, ends))
        and all(0 <= version <= LARGEST for version in versions)
    )


def _rows(kind: type[NamedTuple], column: Sequence[Sequence[msgspec.Struct]]) -> Sequence[Any]:
    """A column of objects as tuples of rows."""
    made = map(partial(tuple.__new__, kind), map(astuple, chain.from_iterable(column)))
    return [tuple(islice(made, len(objects))) if objects else () for objects in column]


def _line_type(kind: str) -> type[msgspec.Struct]:
    """What lines of a type are decoded as: the fields of its record, and no others."""
    shape, hints = SHAPES[kind], get_type_hints(SHAPES[kind].record)
    members = []
    for field in fields(shape.record):
        wire = NAMES[kind].get(field.name)
        if wire is None:
            continue
        hint = _HINTS.get(hints[field.name], hints[field.name])
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
    return _Reading(shape.record, _LINES[kind].__struct_fields__, shape.is_named, ends, [*shape.rows])


_LINES = {kind: _line_type(kind) for kind in _TYPES}
_READINGS = {line: _reading(kind) for kind, line in _LINES.items()}
_decode = msgspec.json.Decoder(reduce(or_, _LINES.values())).decode_lines

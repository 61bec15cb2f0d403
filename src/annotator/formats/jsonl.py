"""`annotator-jsonl`, the lossless format: one record a line (docs/file-format-jsonl.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from itertools import compress
from operator import attrgetter
from pathlib import Path
from typing import Any, Literal, NoReturn

import msgspec

from annotator.domain import scheme
from annotator.domain.errors import UserError
from annotator.domain.model import FORMAT as VERSION
from annotator.domain.model import OFFSETS, Article, Mark, ProjectLine, Record, Ref, SchemeLine
from annotator.domain.runs import Records, Run, in_runs
from annotator.domain.scheme_form import LARGEST
from annotator.domain.summary import Summary
from annotator.formats.files import MAX_BYTES, reading
from annotator.formats.jsonl_plain import plain
from annotator.formats.jsonl_shapes import ENDS, NAMES, RENAMED, REQUIRED, ROWS, SHAPES, TYPES, Shape
from annotator.formats.nesting import DEEPEST, depth
from annotator.formats.registry import Loss, Options, Report, reporter

_HALF_CHARACTER = re.compile(
    rb"(?<!\\u[dD][89abAB]..)\\u([dD][c-fC-F][0-9a-fA-F]{2})|"
    rb"\\u([dD][89abAB][0-9a-fA-F]{2})(?!\\u[dD][c-fC-F])"
)
"""A surrogate without the other half of its pair."""
_WIRES = {name: ("type", *names.values()) for name, names in NAMES.items()}
_VALUES = {name: attrgetter(*names) for name, names in NAMES.items() if len(names) > 1}
LONGEST = 8 * MAX_BYTES
"""Bytes of the longest line that is read; room for the largest text, all of it escaped."""
TOGETHER = 64 * 1024
"""Bytes of lines that are decoded together: some two hundred marks."""

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


class JsonlFormat:
    """One object a line, UTF-8, LF; nothing of a project is missing."""

    name = "annotator-jsonl"
    suffixes: tuple[str, ...] = (".jsonl",)
    title = "annotator JSON lines (lossless)"
    reads = True
    writes = True
    extent: Literal["file", "folder"] = "file"

    def read(self, path: Path, options: Options) -> Records:
        """Records in the order of the file, some lines in memory at a time.

        Zero-width marks are left out, each told to `options["report"]`.
        Raises UserError("jsonl-...") with `path` and `line`.
        """
        return Records(in_runs(_read(path, reporter(options))))

    def write(self, records: Iterable[Record], out: Path, options: Options) -> None:
        """Write records in the order given."""
        with out.open("wb") as file:
            for record in records:
                file.write(to_line(record))

    def losses(self, summary: Summary) -> list[Loss]:
        return []


FORMAT = JsonlFormat()


def to_line(record: Record) -> bytes:
    """A record as it stands in a file, with its line feed."""
    if isinstance(record, SchemeLine):
        first = {name: record.data[name] for name in scheme.FIELDS if name in record.data}
        return _encode({"type": "scheme", **first, **record.data, **record.extra, **first}) + b"\n"
    kind = record.type
    line = dict(zip(_WIRES[kind], (kind, *_VALUES[kind](record)), strict=True))
    if isinstance(record, Mark):
        line["attribution"] = [step._asdict() for step in record.attribution]
    elif isinstance(record, Article):
        line["regions"] = [region._asdict() for region in record.regions]
    for name in ENDS.get(kind, ()):
        line[name] = dict([line[name]])
    if line.get("origin_id", "") is None:
        del line["origin_id"]
    if record.extra:
        line = {**line, **record.extra, **line}
    return _encode(line) + b"\n"


def _read(path: Path, report: Report) -> Iterator[Record | Run[Record]]:
    number, start = 1, 0
    with reading(path) as file:
        while some := file.read(TOGETHER):
            lines = some + file.readline(LONGEST + 1)
            runs = plain(lines, number) if len(lines) <= LONGEST else None
            yield from runs or _one_by_one(lines, path, number, start, report)
            number += lines.count(b"\n")
            start += len(lines)


def _one_by_one(lines: bytes, path: Path, first: int, start: int, report: Report) -> Iterator[Record]:
    """The records of lines some of which are unusual, by number and by offset of the first."""
    for number, raw in enumerate(BytesIO(lines), first):
        if len(raw) > LONGEST:
            raise UserError("jsonl-line-too-long", path=str(path), line=number, limit=LONGEST)
        line = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        if not line.isspace():
            record = _Line(path, number, start).record(line)
            if isinstance(record, Mark):
                yield from _with_words(record, path, report)
            else:
                yield record
        start += len(raw)


class _Line:
    """One line of a file, and how to refuse it: `start` is the offset of its first byte."""

    def __init__(self, path: Path, number: int, start: int) -> None:
        self.path = path
        self.number = number
        self.start = start

    def record(self, raw: bytes) -> Record:
        for run in plain(raw, self.number) or ():
            return run.records[0]
        record = self._record_by_fields(raw)
        if isinstance(record, ProjectLine):
            self._check_declaration(record)
        elif isinstance(record, Mark):
            self._check_spans(record)
        return record

    def _record_by_fields(self, raw: bytes) -> Record:
        """A record whose line is checked field by field, so that a refusal names what is wrong."""
        data = self._object(raw)
        kind = data.pop("type", None)
        if not isinstance(kind, str):
            self.refuse("jsonl-without-type")
        if kind == "scheme":
            return SchemeLine(data=data, line=self.number)
        shape = SHAPES.get(kind)
        if shape is None:
            self.refuse("jsonl-unknown-type", type=kind, types=list(TYPES))
        if not shape.required <= data.keys():
            missing = next(name for name in REQUIRED[kind] if name not in data)
            self.refuse("jsonl-missing-field", type=kind, field=missing)
        if shape.is_named and data["id"] == "":
            self.refuse("jsonl-missing-field", type=kind, field="id")
        return self._converted(kind, shape, self._renamed(kind, shape, data))

    def refuse(self, code: str, **details: object) -> NoReturn:
        raise UserError(code, path=str(self.path), line=self.number, **details)

    def _object(self, raw: bytes) -> dict[str, Any]:
        try:
            data = _decode(raw)
        except UnicodeDecodeError:
            self._refuse_bytes(raw)
        except msgspec.MsgspecError as error:
            self._refuse_bytes(raw, str(error))
        except RecursionError:
            self.refuse("jsonl-too-deep")
        if not isinstance(data, dict):
            self.refuse("jsonl-not-an-object")
        if raw.count(b"[") + raw.count(b"{") > DEEPEST and depth(data) > DEEPEST:
            self.refuse("jsonl-too-deep")
        return data

    def _refuse_bytes(self, raw: bytes, reason: str = "") -> NoReturn:
        try:
            raw.decode()
        except UnicodeDecodeError as error:
            byte = raw[error.start]
            self.refuse("jsonl-not-utf8", offset=self.start + error.start, byte=f"0x{byte:02x}")
        if half := _HALF_CHARACTER.search(raw):
            self.refuse("jsonl-half-character", char=f"U+{half[half.lastindex or 0].decode().upper()}")
        self.refuse("jsonl-not-json", reason=reason)

    def _renamed(self, kind: str, shape: Shape, data: dict[str, Any]) -> dict[str, Any]:
        """The fields under their names in the record, with objects as the arrays msgspec takes for tuples."""
        extra = {}
        if not data.keys() <= shape.known:
            extra = {name: data.pop(name) for name in [*data] if name not in shape.known}
        for name, allowed in shape.ends.items():
            data[name] = self._end(name, data[name], allowed)
        for name, (names, defaults) in shape.rows.items():
            if data.get(name):
                data[name] = self._rows(name, data[name], names, defaults)
        for attribute, wire in shape.renamed.items():
            data[attribute] = data.pop(wire)
        if kind != "project":
            data.setdefault("id", "")
        if kind == "annotator":
            data.setdefault("name", data["id"])
        data["line"] = self.number
        data["extra"] = extra
        return data

    def _end(self, name: str, value: Any, allowed: tuple[str, ...]) -> Ref:
        if not isinstance(value, dict) or len(value) != 1:
            self.refuse("jsonl-wrong-type", field=f"$.{name}", reason="Expected `object` with one key")
        table, target = next(iter(value.items()))
        if allowed and table not in allowed:
            self.refuse("jsonl-wrong-end", field=f"$.{name}", table=table, tables=list(allowed))
        if not isinstance(target, str):
            self.refuse("jsonl-wrong-type", field=f"$.{name}.{table}", reason="Expected `str`")
        return Ref(table, target)

    def _rows(self, field: str, value: Any, names: tuple[str, ...], defaults: tuple[Any, ...]) -> Any:
        """Objects as lists of their values; what is not a list of objects is refused by the conversion."""
        if not isinstance(value, list):
            return value
        rows = []
        for number, row in enumerate(value):
            place = f"$.{field}[{number}]"
            if not isinstance(row, dict):
                self.refuse("jsonl-wrong-type", field=place, reason="Expected `object`")
            for name in row:
                if name not in names:
                    self.refuse("jsonl-unknown-field", field=f"{place}.{name}", fields=list(names))
            if not defaults and len(row) < len(names):
                self.refuse("jsonl-missing-field", type=field, field=place)
            rows.append([*map(row.get, names, defaults or names)])
        return rows

    def _converted(self, kind: str, shape: Shape, data: dict[str, Any]) -> Record:
        try:
            return msgspec.convert(data, shape.record)
        except msgspec.ValidationError as error:
            reason, _, place = str(error).partition(" - at ")
            self.refuse("jsonl-wrong-type", field=_place(kind, place.strip("`") or "$"), reason=reason)

    def _check_declaration(self, project: ProjectLine) -> None:
        if project.format != VERSION:
            self.refuse("jsonl-wrong-format", found=project.format, expected=VERSION)
        if project.offsets != OFFSETS:
            self.refuse("jsonl-wrong-offsets", found=project.offsets, expected=OFFSETS)

    def _check_spans(self, mark: Mark) -> None:
        if len(mark.quotes) != len(mark.spans):
            self.refuse("jsonl-quotes-count", id=mark.id, spans=len(mark.spans), quotes=len(mark.quotes))
        if mark.scheme_version is not None and not 0 <= mark.scheme_version <= LARGEST:
            reason = f"Expected a number from 0 to {LARGEST}"
            self.refuse("jsonl-wrong-type", field="$.scheme_version", reason=reason)
        for start, end in mark.spans:
            if not 0 <= start <= end:
                self.refuse("jsonl-bad-span", id=mark.id, start=start, end=end)


def _place(kind: str, place: str) -> str:
    """A path in the record as a path in the line: fields in place of positions of tuples."""
    for field, (names, _) in ROWS.get(kind, {}).items():
        for position, name in enumerate(names):
            place = re.sub(rf"^(\$\.{field}\[\d+\])\[{position}\]", rf"\1.{name}", place)
    for attribute, wire in RENAMED.get(kind, {}).items():
        place = re.sub(rf"^\$\.{attribute}\b", f"$.{wire}", place)
    return place


def _with_words(mark: Mark, path: Path, report: Report) -> Iterator[Mark]:
    """A mark without those of its pieces that hold no words; nothing where none does."""
    whole = [start < end for start, end in mark.spans]
    if not any(whole):
        report("zero-width-mark", path=str(path), line=mark.line, id=mark.id)
    elif all(whole):
        yield mark
    else:
        report("empty-piece", path=str(path), line=mark.line, id=mark.id)
        spans, quotes = compress(mark.spans, whole), compress(mark.quotes, whole)
        yield replace(mark, spans=tuple(spans), quotes=tuple(quotes))

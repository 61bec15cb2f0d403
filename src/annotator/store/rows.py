"""Records and rows: how every field of a record stands in its table, as one table of columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, fields
from itertools import repeat
from operator import attrgetter
from typing import Any, NamedTuple

from annotator.domain import model
from annotator.domain.errors import UserError
from annotator.domain.model import Record, Ref, Region
from annotator.domain.runs import Run
from annotator.domain.spans import Span
from annotator.store.json_columns import dump, dump_names, dump_spans, load, spans_of


def _names_of(text: str) -> tuple[str, ...]:
    if text == "[]":
        return ()
    names = tuple(load(text))
    "".join(names)  # a TypeError where one is no text
    return names


def _map_of(text: str) -> dict[str, Any]:
    if text == "{}":
        return {}
    value = load(text)
    if not isinstance(value, dict):
        raise TypeError(text)
    return value


def _same(value: Any) -> Any:
    return value


def _optional_map(text: str | None) -> Any:
    return None if text is None else _map_of(text)


def _regions(text: str) -> tuple[Region, ...]:
    return tuple(Region(kind, Span(*span)) for kind, span in load(text))


class Kind(NamedTuple):
    """How one sort of value is written to a column and read from it."""

    to_row: Callable[[Any], Any]
    from_row: Callable[[Any], Any]
    varies: bool = False
    """Whether it differs from row to row where it is not at its default."""


TEXT = Kind(_same, _same)
FLAG = Kind(int, bool)
NAMES = Kind(dump_names, _names_of)
MAP = Kind(lambda value: dump(dict(value)) if value else "{}", _map_of)
OPTIONAL_MAP = Kind(lambda value: None if value is None else dump(dict(value)), _optional_map)
SPANS = Kind(dump_spans, spans_of, varies=True)
QUOTES = Kind(dump_names, _names_of, varies=True)
REGIONS = Kind(dump, _regions)


class Column(NamedTuple):
    """A column and the field of the record it holds."""

    name: str
    field: str
    kind: Kind


def _columns(*names: str, **kinds: Kind) -> list[Column]:
    plain = [Column(name, name, TEXT) for name in names]
    return plain + [Column(name, name, kind) for name, kind in kinds.items()]


class Table(NamedTuple):
    """Where the records of one type are kept.

    `ends` maps a field that is a `Ref` to the columns of which exactly one is filled.
    `references` names the fields that hold an id or several, and the table they point to.
    """

    name: str
    record: type[Record]
    columns: tuple[Column, ...]
    ends: Mapping[str, Mapping[str, str]] = {}
    references: Mapping[str, str] = {}
    numbered: bool = False

    def to_row(self, record: Record, instead: Mapping[str, Any] = {}) -> dict[str, Any]:
        """The columns of a record, without those only its table knows; `instead` replaces fields of it."""
        return dict(zip(self.names, self.to_values(record, instead), strict=True))

    def to_values(self, record: Record, instead: Mapping[str, Any]) -> list[Any]:
        """`to_row` without the names, which are `names`."""
        get, places, converted = _WRITING[self.record]
        row = list(get(record))
        for field, value in instead.items():
            if field in places:
                row[places[field]] = value
        for place, to_row in converted:
            row[place] = to_row(row[place])
        for field, columns in self.ends.items():
            end: Ref = instead.get(field) or getattr(record, field)
            row += [end.id if table == end.table else None for table in columns]
        return row

    def to_columns(self, columns: Mapping[str, Sequence[Any]]) -> list[Sequence[Any]]:
        """The columns of records in the order of `names`, from their fields by name."""
        own = [_written(columns[column.field], column.kind) for column in self.columns]
        for field, tables in self.ends.items():
            ends: Sequence[Ref] = columns[field]
            own += [[end.id if table == end.table else None for end in ends] for table in tables]
        return own

    def to_run(self, rows: Sequence[Sequence[Any]], **beside: Sequence[Any]) -> Run[Record]:
        """The run of some rows of `selected`, at least one, and of columns of what other tables say of them.

        Raises UserError("row-unreadable") where another program put something else in a row.
        """
        columns = iter(zip(*rows, strict=True))
        found: dict[str, Sequence[Any]] = {}
        for reading, column in zip(_READING[self.record], columns, strict=False):
            if column[0] != reading.usual or column.count(reading.usual) < len(rows):
                is_plain = reading.is_plain
                found[reading.field] = column if is_plain else self._read(column, reading, found["id"])
        found |= {field: _ends(tables, columns) for field, tables in self.ends.items()}
        return Run(self.record, found | beside)

    def _read(self, column: Sequence[Any], reading: _Reading, ids: Sequence[str]) -> Sequence[Any]:
        """The values of a column: what stands in it several times, as most do, is read once, and shared."""
        read, texts = reading.from_row, column if reading.varies else [*set(column)]
        values: list[Any] = []
        try:
            for text in texts:
                values.append(read(text))  # noqa: PERF401 - how many there are says which one cannot be read
        except (ValueError, TypeError, RecursionError):
            row = ids[column.index(texts[len(values)])]
            raise UserError("row-unreadable", table=self.name, row=row) from None
        if reading.varies:
            return values
        value_of = dict(zip(texts, values, strict=True))
        return [value_of[text] for text in column]

    @property
    def names(self) -> list[str]:
        """The columns of a record."""
        own = [column.name for column in self.columns]
        return [*own, *(name for columns in self.ends.values() for name in columns.values())]

    @property
    def selected(self) -> str:
        """The column list of a SELECT that `to_run` reads."""
        return ", ".join(f'"{name}"' for name in self.names)


_COMMON = _columns("id", "origin_id", extra=MAP)
_ON = {name: f"on_{name}" for name in ("source", "proposition", "mention", "article")}
_DISMISSED = {name: f"on_{name}" for name in ("mark", "source", "proposition", "article", "link")}

TABLES: dict[type[Record], Table] = {
    table.record: table
    for table in (
        Table("annotator", model.Annotator, (*_COMMON, *_columns("name"))),
        Table(
            "source",
            model.Source,
            (
                *_COMMON,
                *_columns("name", "kind", "role", "affiliation", "country", "anonymity", "author"),
                *_columns("publisher", "same_as", "wikidata", "note"),
                *_columns(aliases=NAMES, named=FLAG, confidential=FLAG),
            ),
            references={
                "affiliation": "source",
                "author": "source",
                "publisher": "source",
                "same_as": "source",
            },
            numbered=True,
        ),
        Table(
            "article",
            model.Article,
            (
                *_COMMON,
                *_columns("title", "byline", "outlet", "agency", "date", "updated", "retrieved", "url"),
                *_columns("archive_url", "language", "rights", "status", "version_of", "sha256", "note"),
                *_columns(tags=NAMES, regions=REGIONS, origin=OPTIONAL_MAP),
            ),
            references={"outlet": "source", "agency": "source", "version_of": "article"},
            numbered=True,
        ),
        Table(
            "exhibit",
            model.Exhibit,
            (*_COMMON, *_columns("title", "url", "archive_url", "sha256", "captured", "note")),
        ),
        Table(
            "mark",
            model.Mark,
            (
                *_COMMON,
                *_columns("article", "label", "annotator", "possible_source", "status", "question"),
                *_columns("proposed_by", "scheme_version", "created", "note"),
                *_columns(spans=SPANS, quotes=QUOTES, attributes=MAP, origins=MAP, hedges=SPANS),
                *_columns(flags=NAMES, sure=FLAG),
            ),
            references={"article": "article", "annotator": "annotator", "possible_source": "source"},
            numbered=True,
        ),
        Table(
            "proposition",
            model.Proposition,
            (*_COMMON, *_columns("text", "place", "time", "topic", "set", "note", in_no_article=FLAG)),
            numbered=True,
        ),
        Table(
            "mention",
            model.Mention,
            (*_COMMON, *_columns("mark", "proposition", "stance", "certainty", "annotator", "note")),
            references={"mark": "mark", "proposition": "proposition", "annotator": "annotator"},
        ),
        Table(
            "link",
            model.Link,
            (*_COMMON, *_columns("kind", "how", "annotator", "created", "note", inferred=FLAG)),
            ends={
                "origin": {"mark": "from_mark", "exhibit": "from_exhibit"},
                "target": {"mark": "to_mark", "proposition": "to_proposition", "source": "to_source"},
            },
            references={"annotator": "annotator"},
        ),
        Table(
            "proposition_link",
            model.PropositionLink,
            (*_COMMON, *_columns("origin", "kind", "target", "annotator", "note")),
            references={"origin": "proposition", "target": "proposition", "annotator": "annotator"},
        ),
        Table(
            "judgement",
            model.Judgement,
            (*_COMMON, *_columns("scale", "value", "annotator", "at", "reason")),
            ends={"target": _ON},
            references={"annotator": "annotator"},
        ),
        Table(
            "dismissal",
            model.Dismissal,
            (*_COMMON, *_columns("rule", "reason", "annotator", "at")),
            ends={"target": _DISMISSED},
            references={"annotator": "annotator"},
        ),
        Table("saved_search", model.SavedSearch, (*_COMMON, *_columns("name", "query", "note"))),
        Table("pin", model.Pin, (*_COMMON, *_columns("mark", "note")), references={"mark": "mark"}),
        Table(
            "report",
            model.Report,
            (*_COMMON, *_columns("title", "lead", "note", claims=NAMES)),
            references={"claims": "proposition"},
        ),
    )
}
"""The table of every record type that has an identity, in the order of the file."""


class _Writing(NamedTuple):
    """Reads the fields of a record in the order of columns, says where each stands and how it is written."""

    get: Callable[[Record], tuple[Any, ...]]
    places: Mapping[str, int]
    converted: Sequence[tuple[int, Callable[[Any], Any]]]


_WRITING = {
    record: _Writing(
        attrgetter(*(column.field for column in table.columns)),
        {column.field: place for place, column in enumerate(table.columns)},
        [(place, column.kind.to_row) for place, column in enumerate(table.columns) if column.kind != TEXT],
    )
    for record, table in TABLES.items()
}


class _Reading(NamedTuple):
    """How a field is read from its column, unless it is plain, and what says it is at its default."""

    field: str
    from_row: Callable[[Any], Any]
    usual: Any
    is_plain: bool
    varies: bool


_NOTHING = object()


def _usual(field: Field[Any], kind: Kind) -> Any:
    if field.default_factory is not MISSING:
        return kind.to_row(field.default_factory())
    return _NOTHING if field.default is MISSING else kind.to_row(field.default)


def _readings(table: Table) -> list[_Reading]:
    of = {field.name: field for field in fields(table.record)}
    return [
        _Reading(name, kind.from_row, _usual(of[name], kind), kind is TEXT, kind.varies)
        for _, name, kind in table.columns
    ]


_READING = {record: _readings(table) for record, table in TABLES.items()}


def _written(values: Sequence[Any], kind: Kind) -> Sequence[Any]:
    """A column as it is stored; what is empty in every row, as most are, is written once."""
    if kind is TEXT:
        return values
    if any(values) or values.count(values[0]) < len(values):
        return [*map(kind.to_row, values)]
    return [kind.to_row(values[0])] * len(values)


def _ends(tables: Iterable[str], columns: Iterator[Sequence[str | None]]) -> Sequence[Ref | None]:
    """Of each row the one end that is filled; takes a column for each table."""
    found: Iterable[Ref | None] = repeat(None)
    for table, column in zip(tables, columns, strict=False):
        found = [Ref(table, row_id) if row_id else end for row_id, end in zip(column, found, strict=False)]
    return list(found)


_FIELDS = {record: [field.name for field in fields(record)] for record in TABLES}
_VALUES = {record: attrgetter(*names) for record, names in _FIELDS.items()}


def values(record: Record) -> dict[str, Any]:
    """The fields of a record by name; `vars` may lack those that are at their default."""
    kind = type(record)
    return dict(zip(_FIELDS[kind], _VALUES[kind](record), strict=True))

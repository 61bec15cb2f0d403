"""Records of one type that follow one another, by the column and one by one.

Reading and writing many records costs a fraction by the column of what it costs
record by record, where most of their fields are at their defaults (decision 55).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, fields
from functools import cached_property
from itertools import chain, compress
from operator import attrgetter
from typing import Any, Generic, Self, TypeVar

from annotator.domain.errors import UserError
from annotator.domain.model import RECORD_TYPES, Article, Record, SchemeLine
from annotator.domain.prepared import Placed, Prepared

R_co = TypeVar("R_co", bound=Record, covariant=True)

AT_ONCE = 200
"""Records that come one by one in a run at most, so that memory stays flat and progress is told often."""
CHARACTERS = 1_000_000
"""Characters of their texts, likewise: a record that goes beyond is the last of its run."""


class Run(Generic[R_co]):
    """Some records of one type, made of their columns only where somebody asks for them."""

    def __init__(
        self,
        record: type[R_co],
        columns: Mapping[str, Sequence[Any]],
        prepared: Sequence[Prepared | None] | Placed | None = None,
    ) -> None:
        """columns: values by field, all equally long; a field that is left out is at its default in all.

        prepared: of articles, where whoever read them had the time; of marks if all stand in texts that
        will be stored as they are.
        """
        self.record = record
        self.prepared = prepared
        self._given = columns
        self._count = len(next(iter(columns.values())))

    @classmethod
    def of(cls, records: Sequence[R_co]) -> Self:
        """The run of some records of one type, at least one."""
        record = type(records[0])
        names, get = _FIELDS[record], _VALUES[record]
        run = cls(record, dict(zip(names, zip(*map(get, records), strict=True), strict=True)))
        run.records = records
        return run

    def __reduce__(self) -> str | tuple[Any, ...]:
        """Another process gets the columns; what was made of them can be made there. `PAUSE` stays itself."""
        if self is PAUSE:
            return "PAUSE"
        return Run, (self.record, self._given, self.prepared)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[R_co]:
        return iter(self.records)

    @cached_property
    def columns(self) -> Mapping[str, Sequence[Any]]:
        """The values of every field, by its name."""
        given = self._given
        return {name: given[name] if name in given else self._usual(name) for name in _FIELDS[self.record]}

    def _usual(self, name: str) -> Sequence[Any]:
        return [_default(_FIELDS[self.record][name])] * self._count

    @cached_property
    def records(self) -> Sequence[R_co]:
        """The records themselves; of fields that are left out, their class holds most defaults."""
        columns = {name: self._usual(name) for name in _FRESH[self.record]} | {**self._given}
        names = [*columns]
        return [self._made(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)]

    def _made(self, values: Iterable[tuple[str, Any]]) -> R_co:
        # A frozen __init__ sets field by field, which would take half of the time.
        record = object.__new__(self.record)
        vars(record).update(values)
        return record

    def rows(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """The values of some fields, record by record."""
        return zip(*[self.columns[name] for name in names], strict=True)

    def is_usual(self, *names: str) -> bool:
        """Whether these fields were left out, so that they are at their defaults in all records."""
        return self._given.keys().isdisjoint(names)

    def some(self, chosen: Sequence[bool]) -> Run[R_co] | None:
        """The run of those records that are chosen; None if none is."""
        if all(chosen):
            return self
        if not any(chosen):
            return None
        return Run(self.record, {name: [*compress(column, chosen)] for name, column in self._given.items()})


PAUSE: Run[Record] = Run(SchemeLine, {"data": ()})
"""Nothing yet: a reader that works for long before its first record lets whoever waits stop it."""


class Records(Iterable[Record]):
    """Records that come by runs, for whoever takes them one by one; `in_runs` finds the runs again."""

    def __init__(self, runs: Iterable[Run[Record]]) -> None:
        self.runs = runs

    def __iter__(self) -> Iterator[Record]:
        return chain.from_iterable(self.runs)


def in_runs(records: Iterable[Record | Run[Record]]) -> Iterator[Run[Record]]:
    """What a reader gives, by runs: its own as they are, records one by one `AT_ONCE` at most together.

    Empty runs are left out, but for `PAUSE`. What was read before an error comes out before it.
    """
    if isinstance(records, Records):
        yield from (run for run in records.runs if run or run is PAUSE)
        return
    some: list[Record] = []
    characters = 0
    try:
        for one in records:
            is_full = len(some) >= AT_ONCE or characters > CHARACTERS
            if some and (is_full or type(one) is not type(some[0])):
                yield Run.of(some)
                some, characters = [], 0
            if not isinstance(one, Run):
                some.append(one)
                characters += len(one.text) if isinstance(one, Article) else 0
            elif one or one is PAUSE:
                yield one
    except UserError:
        if some:
            yield Run.of(some)
        raise
    if some:
        yield Run.of(some)


def _default(field: Field[Any]) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()


_FIELDS: Mapping[type[Record], Mapping[str, Field[Any]]] = {
    record: {field.name: field for field in fields(record)} for record in RECORD_TYPES
}
_FRESH = {
    record: [name for name, field in fields.items() if field.default_factory is not MISSING]
    for record, fields in _FIELDS.items()
}
"""Fields whose default a class does not hold; the records of a run share one."""
_VALUES = {record: attrgetter(*names) for record, names in _FIELDS.items()}

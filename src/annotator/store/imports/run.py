"""Records of one type that follow one another, also by column."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from annotator.domain.ids import is_uuid
from annotator.domain.model import Identified, Mark, Ref
from annotator.store.rows import TABLES, columns_of

Value = TypeVar("Value", bound=Hashable)
Given = TypeVar("Given")


class UnusualError(Exception):
    """A record of a run has to be looked at on its own."""


def each(values: Sequence[Value], of: Callable[[Value], Given]) -> list[Given]:
    """What a function gives for each value; it is asked once for those that are equal."""
    found = {one: of(one) for one in set(values)}
    return [found[one] for one in values]


class Run:
    """Some records of one type; `columns` holds their values by field."""

    def __init__(self, records: Sequence[Identified]) -> None:
        self.records = records
        self.type = records[0].type
        self.table = TABLES[type(records[0])]
        self.columns: Mapping[str, Sequence[Any]] = columns_of(records)
        self.foreign = [one for one in self.columns["id"] if one and not is_uuid(one)]
        """Their ids that are none of this program's."""

    def __len__(self) -> int:
        return len(self.records)

    def named(self) -> set[tuple[str, str]]:
        """The tables and ids of what the records refer to, annotators aside."""
        return {(table, given) for table, given in self._references() if given is not None}

    def _references(self) -> Iterator[tuple[str, str | None]]:
        for name, target in self.table.references.items():
            if target != "annotator":
                for given in set(self.columns[name]):
                    yield from ((target, one) for one in (given if isinstance(given, tuple) else [given]))
        for name, ends in self.table.ends.items():
            named: set[Ref] = set(self.columns[name])
            yield from (end for end in named if end.table in ends)
        if self.table.record is Mark:
            chains = set(self.columns["attribution"])
            yield from (("source", step.source) for chain in chains for step in chain)

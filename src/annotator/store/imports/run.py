"""What a run of records names, and what is asked once of what is equal in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence, Set
from typing import TypeVar

from annotator.domain.ids import is_uuid
from annotator.domain.model import Identified, Mark, Ref
from annotator.domain.runs import Run
from annotator.store.rows import TABLES

Value = TypeVar("Value", bound=Hashable)
Given = TypeVar("Given")


class UnusualError(Exception):
    """A record of a run has to be looked at on its own."""


def each(values: Sequence[Value], of: Callable[[Value], Given]) -> list[Given]:
    """What a function gives for each value; it is asked once for those that are equal."""
    found = {one: of(one) for one in set(values)}
    return [found[one] for one in values]


def foreign(run: Run[Identified]) -> list[str]:
    """The ids of a run that are none of this program's."""
    return [one for one in run.columns["id"] if one and not is_uuid(one)]


def named(run: Run[Identified]) -> Mapping[str, Set[str]]:
    """The ids that the records of a run refer to, by table, annotators aside."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for table, given in _references(run):
        if given is not None:
            found[table].add(given)
    return found


def _references(run: Run[Identified]) -> Iterator[tuple[str, str | None]]:
    table = TABLES[run.record]
    for name, target in table.references.items():
        if target != "annotator":
            for given in set(run.columns[name]):
                yield from ((target, one) for one in (given if isinstance(given, tuple) else [given]))
    for name, ends in table.ends.items():
        found: set[Ref] = set(run.columns[name])
        yield from (end for end in found if end.table in ends)
    if run.record is Mark:
        chains = set(run.columns["attribution"])
        yield from (("source", step.source) for chain in chains for step in chain)

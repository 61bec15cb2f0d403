"""Looking again at what was touched: rows out of `unchecked`, what is open there into `loose_end`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from time import perf_counter, thread_time
from typing import Any, TypeVar, cast

from annotator.domain import checks
from annotator.domain.checks import LooseEnd, ends_at, is_quiet, relies_on
from annotator.domain.facts import Facts, carried_from
from annotator.domain.ids import MarkId
from annotator.domain.model import Ref
from annotator.domain.steps import Steps, at_once, pause_after
from annotator.store.json_columns import dump
from annotator.store.loose_ends.gathering import gathered
from annotator.store.loose_ends.keeping import Seen, before, keep
from annotator.store.loose_ends.likeness import keys_at
from annotator.store.loose_ends.unchecked import ROWS, has_few_rows, name_rows, note_rules, take, take_out
from annotator.store.store import Store

T = TypeVar("T")
Named = dict[str, dict[str, None]]
"""Rows by their table, in order."""
STEP_S = 0.006
"""About how long one step takes, in seconds, whatever its rows bring with them."""
AT_FIRST, AT_ONCE = 2, 30
"""Rows that are looked at in one step, before it is known how long they take and at most."""
KEPT_AT_FIRST, KEPT_AT_ONCE = 30, 120
"""The same of rows whose loose ends are stored together."""
STEPS_AT_ONCE = 100
"""How many steps are taken at most while the analyst waits."""


class _Pace:
    """How many rows go into a step: as many as filled its time when the last ones were done."""

    def __init__(self, first: int, most: int) -> None:
        self.rows = first
        self._most = most
        self._longest_s = 0.0

    @contextmanager
    def step(self) -> Iterator[None]:
        """Time a step, but for its wait for the disk, which is as long for one row."""
        started = thread_time()
        try:
            yield
        finally:
            self._longest_s = max(self._longest_s, thread_time() - started)

    def each(self, work: Steps[T]) -> Steps[T]:
        """Time each step of some work, and nothing that is done in its pauses."""
        while True:
            try:
                with self.step():
                    next(work)
            except StopIteration as end:
                return cast("T", end.value)
            yield

    def done(self, rows: int) -> None:
        """The end of a step of so many rows."""
        fitting = int(rows * STEP_S / max(self._longest_s, 1e-6))
        self.rows = max(1, min(fitting, 2 * self.rows, self._most))
        self._longest_s = 0.0


def look(store: Store) -> Iterator[Named | None]:
    """Look at all that was touched, with a pause wherever the caller may do something else first.

    In a pause it is said which rows are looked at next, where these are others than before.
    The project must not change before the end: begin anew where it did, what was
    stored by then stays. Raises UserError where nothing can be written; does
    nothing while an operation of many rows is not done.
    """
    if store.readonly or _is_half_done(store):
        return
    note_rules(store)
    while name_rows(store):
        yield None
    looking = {table: _Pace(AT_FIRST, AT_ONCE) for table in ROWS}
    keeping = _Pace(KEPT_AT_FIRST, KEPT_AT_ONCE)
    while (taken := take(store, keeping.rows)) is not None:
        yield taken.rows
        seen = []
        for table, rows in taken.rows.items():
            pace, rest = looking[table], iter(rows)
            while some := list(islice(rest, pace.rows)):
                seen.append((yield from pace.each(_look_at(store, table, some))))
                pace.done(len(some))
                yield None
        with keeping.step(), store.keeping(at_once=False):
            take_out(store, taken)
            keep(store, seen)
        keeping.done(sum(map(len, taken.rows.values())))
        yield None


def catch_up(store: Store) -> None:
    """Look at what was touched just now, where the analyst asks for it; many rows are left for a pause.

    A row may stand for all of a table, so the steps are counted too: a small project is looked through.
    """
    if has_few_rows(store):
        for _ in islice(look(store), STEPS_AT_ONCE):
            pass


def read_ahead(store: Store, named: Named) -> float:
    """Read what is read when these rows are looked at, so that the file is in memory by then.

    Returns for how many seconds the disk, or others at work, kept it waiting.
    """
    began_s = perf_counter() - thread_time()
    for table, rows in named.items():
        rest = iter(rows)
        while some := list(islice(rest, AT_ONCE)):
            before(store, at_once(_look_at(store, table, some)))
    return perf_counter() - thread_time() - began_s


def _is_half_done(store: Store) -> bool:
    return bool(
        store.query("SELECT 1 FROM main.operation WHERE sealed = 0 UNION ALL SELECT 1 FROM main.unfinished")
    )


def _look_at(store: Store, table: str, rows: list[str]) -> Steps[Seen]:
    """Look at some rows of a table, with pauses where they are claims, on which very much may be said."""
    facts = yield from gathered(store, table, rows)
    if table == "proposition":
        yield from checks.looked_through(facts)
        yield from pause_after(facts.marks)
    places = [Ref(table, row) for row in rows]
    found = [_row(facts, place, end) for place in places for end in ends_at(facts, place)]
    yield from pause_after(facts.marks)
    quiet = [(int(is_quiet(one)), int(not is_quiet(one)), one.id) for one in facts.articles.values()]
    return Seen(
        table,
        rows,
        found,
        [(*other, *place) for place in places for other in relies_on(facts, place)],
        quiet if table == "article" else [],
        keys_at(facts, table, rows),
        {
            row: carried_from(facts.marks[MarkId(row)])
            for row in rows
            if table == "mark" and row in facts.marks
        },
    )


def _row(facts: Facts, place: Ref, end: LooseEnd) -> tuple[Any, ...]:
    mark = facts.marks.get(end.mark) if end.mark else None
    start = mark.spans[0].start if mark and mark.spans else -1
    details = dump(dict(end.details))
    return (*place, end.rule, end.message_code, end.article, start, end.link, details, int(end.is_quiet))

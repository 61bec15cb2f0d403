"""Looking again at what was touched: rows out of `unchecked`, what is open there into `loose_end`.

Triggers of the file put into `unchecked` what was touched, in the transaction
that touched it. A row there is

- one row of the project, by its table;
- `marks`: all marks of an article, of which those up to `after` have been done;
- `every`: all rows of a table, of which those up to `after` stand here one by one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from time import thread_time
from typing import Any, NamedTuple, TypeVar, cast

from annotator.domain import checks
from annotator.domain.checks import LooseEnd, ends_at, is_quiet, relies_on
from annotator.domain.facts import Facts, carried_from
from annotator.domain.ids import ArticleId, MarkId
from annotator.domain.model import Ref
from annotator.domain.steps import Steps, pause_after
from annotator.store.format_2_ends import everything
from annotator.store.json_columns import dump
from annotator.store.loose_ends.gathering import gathered
from annotator.store.loose_ends.likeness import Key, keep_keys, keys_at
from annotator.store.store import Store

T = TypeVar("T")
STEP_S = 0.006
"""About how long one step takes, in seconds, whatever its rows bring with them."""
AT_FIRST, AT_ONCE = 2, 30
"""Rows that are looked at in one step, before it is known how long they take and at most."""
KEPT_AT_FIRST, KEPT_AT_ONCE = 30, 120
"""The same of rows whose loose ends are stored together."""
NAMED_AT_ONCE = 500
"""Rows of a whole table that are named one by one in one step."""
LITTLE = 100
STEPS_AT_ONCE = 100
"""How much may be looked at while the analyst waits: rows named, and steps."""
MOST_COUNTED = 10_000
"""What is left is counted so far, while the window waits."""
ROWS = ("mark", "link", "article", "source", "proposition")


class Backlog(NamedTuple):
    """What is still to be looked at: all that is named in `unchecked`, and how many articles as a whole.

    Neither is counted beyond `MOST_COUNTED` + 1.
    """

    rows: int
    articles: int


class _Taken(NamedTuple):
    """Rows to look at together, each once, by table, and what takes them out of `unchecked` afterwards."""

    rows: dict[str, dict[str, None]]
    done: list[tuple[str, tuple[Any, ...]]]


class _Seen(NamedTuple):
    """What was found at some rows of a table, as rows of `loose_end`, `relied_on`, `alike` and `carried`."""

    table: str
    rows: list[str]
    open: list[tuple[Any, ...]]
    relied_on: list[tuple[str, ...]]
    quiet: list[tuple[int, int, ArticleId]]
    keys: dict[str, set[Key]]
    carried: dict[str, MarkId | None]


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


def backlog(store: Store) -> Backlog:
    """How much was touched since it was last looked at."""
    counted = (
        f"SELECT count(*) FROM ({rows} LIMIT {MOST_COUNTED + 1})" for rows in (_ROWS_LEFT, _ARTICLES_LEFT)
    )
    return Backlog(*(store.query(sql)[0][0] for sql in counted))


_ROWS_LEFT = "SELECT 1 FROM main.unchecked"
_ARTICLES_LEFT = (
    "SELECT 1 FROM main.unchecked WHERE tbl = 'marks' UNION ALL"
    " SELECT 1 FROM main.unchecked u CROSS JOIN main.article a ON a.id > u.after"
    " WHERE u.tbl = 'every' AND u.row = 'article'"
)
"""Those that are named, and those that are to be looked at with all others and are not named yet."""


def look(store: Store) -> Iterator[None]:
    """Look at all that was touched, with a pause wherever the caller may do something else first.

    The project must not change before the end: begin anew where it did, what was
    stored by then stays. Raises UserError where nothing can be written; does
    nothing while an operation of many rows is not done.
    """
    if store.readonly or _is_half_done(store):
        return
    _note_rules(store)
    while _name_rows(store):
        yield
    looking = {table: _Pace(AT_FIRST, AT_ONCE) for table in ROWS}
    keeping = _Pace(KEPT_AT_FIRST, KEPT_AT_ONCE)
    while (taken := _take(store, keeping.rows)) is not None:
        seen = []
        for table, rows in taken.rows.items():
            pace, rest = looking[table], iter(rows)
            while some := list(islice(rest, pace.rows)):
                seen.append((yield from pace.each(_look_at(store, table, some))))
                pace.done(len(some))
                yield
        with keeping.step():
            _keep_all(store, seen, taken)
        keeping.done(sum(map(len, taken.rows.values())))
        yield


def is_much(store: Store) -> bool:
    """Whether more waits to be looked at than what a few edits by hand touch."""
    waiting = store.query(_WAITING, (LITTLE + 1, LITTLE + 1))[0][0]
    return bool(waiting > LITTLE)


_WAITING = (
    "SELECT coalesce(sum(CASE tbl WHEN 'every' THEN ? WHEN 'marks'"
    " THEN 1 + (SELECT coalesce(sum(marks), 0) FROM main.tally WHERE article = row) ELSE 1 END), 0)"
    " FROM (SELECT tbl, row FROM main.unchecked LIMIT ?)"
)


def catch_up(store: Store) -> None:
    """Look at what was touched just now, where the analyst asks for it; many rows are left for a pause.

    A row may stand for all of a table, so the steps are counted too: a small project is looked through.
    """
    rows = store.query("SELECT count(*) FROM (SELECT 1 FROM main.unchecked LIMIT ?)", (LITTLE + 1,))[0][0]
    if rows <= LITTLE:
        for _ in islice(look(store), STEPS_AT_ONCE):
            pass


def _is_half_done(store: Store) -> bool:
    return bool(
        store.query("SELECT 1 FROM main.operation WHERE sealed = 0 UNION ALL SELECT 1 FROM main.unfinished")
    )


def _note_rules(store: Store) -> None:
    """What older rules found is looked at again."""
    if store.query("SELECT 1 FROM main.checked WHERE rules <> ?", (checks.VERSION,)):
        with store.keeping(at_once=False):
            store.execute(everything())
            store.execute("UPDATE main.checked SET rules = ?", (checks.VERSION,))


def _name_rows(store: Store) -> bool:
    """Name some rows of a table that is to be looked at as a whole; False where there is none."""
    every = store.query("SELECT row, after FROM main.unchecked WHERE tbl = 'every' LIMIT 1")
    for table, after in every:
        found = _rows_after(store, table, after)
        ids = json.dumps([row[0] for row in found])
        with store.keeping(at_once=False):
            store.execute(_NAMED, (table, ids))
            if table == "article":
                store.execute(_NAMED, ("marks", ids))
            if found:
                store.execute(
                    "UPDATE main.unchecked SET after = ? WHERE tbl = 'every' AND row = ?",
                    (found[-1][1], table),
                )
            else:
                store.execute(_TAKEN, ("every", table))
    return bool(every)


def _rows_after(store: Store, table: str, after: str) -> list[tuple[str, str]]:
    """The next rows of a table, each with what it leaves `after` it.

    Of links only those from exhibits, which no mark names: by their own index, since there may be none
    among very many.
    """
    if table == "link":
        exhibit, _, link = after.rpartition(" ")
        return store.query(_OF_EXHIBITS, (exhibit, link, NAMED_AT_ONCE))
    sql = f"SELECT id, id FROM shown_{table} WHERE id > ? ORDER BY id LIMIT ?"
    return store.query(sql, (after, NAMED_AT_ONCE))


_OF_EXHIBITS = (
    "SELECT id, from_exhibit || ' ' || id FROM shown_link"
    " WHERE from_exhibit >= ?1 AND (from_exhibit, id) > (?1, ?2) ORDER BY from_exhibit, id LIMIT ?3"
)
_NAMED = (
    "INSERT INTO main.unchecked (tbl, row) SELECT ?, value FROM json_each(?) WHERE true"
    " ON CONFLICT DO UPDATE SET after = ''"
)
_TAKEN = "DELETE FROM main.unchecked WHERE tbl = ? AND row = ?"


def _take(store: Store, room: int) -> _Taken | None:
    """What is to be looked at next, about so many rows; None where nothing is."""
    taken = _Taken({}, [])
    for table in ROWS:
        found = store.query("SELECT row FROM main.unchecked WHERE tbl = ? LIMIT ?", (table, room))
        for (row,) in found:
            taken.rows.setdefault(table, {})[row] = None
            taken.done.append((_TAKEN, (table, row)))
        room -= len(found)
    whole = store.query("SELECT row, after FROM main.unchecked WHERE tbl = 'marks' LIMIT ?", (room,))
    for article, after in whole:
        if room > 0:
            room -= _take_marks(store, taken, article, after, room)
    return taken if taken.done else None


def _take_marks(store: Store, taken: _Taken, article: str, after: str, room: int) -> int:
    """The next marks of an article, in the order of its text; returns how many."""
    start, end, mark = json.loads(after) if after else (-1, -1, "")
    found = store.query(
        'SELECT start, "end", id FROM shown_mark WHERE article = ? AND (start, "end", id) > (?, ?, ?)'
        ' ORDER BY start, "end", id LIMIT ?',
        (article, start, end, mark, room),
    )
    taken.rows.setdefault("mark", {}).update((row[2], None) for row in found)
    if len(found) < room:
        taken.rows.setdefault("article", {})[article] = None
        taken.done.append((_TAKEN, ("marks", article)))
    else:
        moved = "UPDATE main.unchecked SET after = ? WHERE tbl = 'marks' AND row = ?"
        taken.done.append((moved, (json.dumps(found[-1]), article)))
    return len(found) + 1


def _look_at(store: Store, table: str, rows: list[str]) -> Steps[_Seen]:
    """Look at some rows of a table, with pauses where they are claims, on which very much may be said."""
    facts = yield from gathered(store, table, rows)
    if table == "proposition":
        yield from checks.looked_through(facts)
        yield from pause_after(facts.marks)
    places = [Ref(table, row) for row in rows]
    found = [_row(facts, place, end) for place in places for end in ends_at(facts, place)]
    yield from pause_after(facts.marks)
    quiet = [(int(is_quiet(one)), int(not is_quiet(one)), one.id) for one in facts.articles.values()]
    return _Seen(
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


def _keep_all(store: Store, seen: Sequence[_Seen], taken: _Taken) -> None:
    """Store what was found in one transaction with the note that nothing is to be looked at there."""
    with store.keeping(at_once=False):
        for one in seen:
            _keep(store, one)
        for sql, parameters in taken.done:
            store.execute(sql, parameters)
        keep_keys(store, ((one.table, one.keys) for one in seen))
        for one in seen:
            _keep_carried(store, one.carried)


def _keep(store: Store, seen: _Seen) -> None:
    """Put what is open at some rows in the place of what was."""
    ids = json.dumps(seen.rows)
    store.execute(
        "DELETE FROM main.loose_end WHERE row IN (SELECT value FROM json_each(?)) AND tbl = ?",
        (ids, seen.table),
    )
    store.execute(
        "DELETE FROM main.relied_on WHERE by_row IN (SELECT value FROM json_each(?)) AND by_tbl = ?",
        (ids, seen.table),
    )
    store.execute_many(_OPEN, seen.open)
    store.execute_many(_RELIED_ON, seen.relied_on)
    store.execute_many(_QUIET, seen.quiet)


def _keep_carried(store: Store, carried: dict[str, MarkId | None]) -> None:
    """Note which marks of older versions were taken over, and look at these again where that is new."""
    ids = dump(sorted(carried))
    rows = store.query(
        "SELECT mark, origin FROM main.carried WHERE mark IN (SELECT value FROM json_each(?))", (ids,)
    )
    before = dict(rows)
    for mark, origin in carried.items():
        if origin != before.get(mark):
            store.execute("DELETE FROM main.carried WHERE mark = ?", (mark,))
            if origin is not None:
                store.execute("INSERT INTO main.carried (mark, origin) VALUES (?, ?)", (mark, origin))
            store.execute(_THERE, (dump([origin, before.get(mark)]),))


_THERE = (
    "INSERT INTO main.unchecked (tbl, row) SELECT 'mark', m.id FROM json_each(?) e"
    " CROSS JOIN main.mark m ON m.id = e.value WHERE true ON CONFLICT DO NOTHING"
)
_OPEN = (
    "INSERT INTO main.loose_end (tbl, row, rule, message_code, article, place, link, details, quiet)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_QUIET = (
    "UPDATE main.loose_end SET quiet = ? WHERE quiet = ? AND article = ?"
    f" AND rule NOT IN ({', '.join(map(repr, checks.LOUD))})"
)
_RELIED_ON = "INSERT INTO main.relied_on (tbl, row, by_tbl, by_row) VALUES (?, ?, ?, ?)"


def _row(facts: Facts, place: Ref, end: LooseEnd) -> tuple[Any, ...]:
    mark = facts.marks.get(end.mark) if end.mark else None
    start = mark.spans[0].start if mark and mark.spans else -1
    details = dump(dict(end.details))
    return (*place, end.rule, end.message_code, end.article, start, end.link, details, int(end.is_quiet))

"""What is still to be looked at: the table `unchecked`, put into order and taken out in pieces.

Triggers of the file put into it what was touched, in the transaction that touched it. A row there is

- one row of the project, by its table;
- `marks`: all marks of an article, of which those up to `after` have been done;
- `every`: all rows of a table, of which those up to `after` stand here one by one.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from annotator.domain import checks
from annotator.store.format_2_ends import everything
from annotator.store.store import Store

NAMED_AT_ONCE = 500
"""Rows of a whole table that are named one by one in one step."""
LITTLE = 100
"""Rows that a few edits by hand touch."""
MOST_COUNTED = 10_000
"""What is left is counted so far, while the window waits."""
ROWS = ("mark", "link", "article", "source", "proposition")


class Backlog(NamedTuple):
    """What is still to be looked at: all that is named in `unchecked`, and how many articles as a whole.

    Neither is counted beyond `MOST_COUNTED` + 1.
    """

    rows: int
    articles: int


class Taken(NamedTuple):
    """Rows to look at together, each once, by table, and the statements that take them out afterwards."""

    rows: dict[str, dict[str, None]]
    done: list[tuple[str, tuple[Any, ...]]]


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


def is_much(store: Store) -> bool:
    """Whether more waits to be looked at than what a few edits by hand touch."""
    waiting = store.query(_WAITING, (LITTLE + 1, LITTLE + 1))[0][0]
    return bool(waiting > LITTLE)


_WAITING = (
    "SELECT coalesce(sum(CASE tbl WHEN 'every' THEN ? WHEN 'marks'"
    " THEN 1 + (SELECT coalesce(sum(marks), 0) FROM main.tally WHERE article = row) ELSE 1 END), 0)"
    " FROM (SELECT tbl, row FROM main.unchecked LIMIT ?)"
)


def has_few_rows(store: Store) -> bool:
    """Whether few rows stand here, unlike `is_much` whatever each of them stands for."""
    rows = store.query("SELECT count(*) FROM (SELECT 1 FROM main.unchecked LIMIT ?)", (LITTLE + 1,))[0][0]
    return bool(rows <= LITTLE)


def note_rules(store: Store) -> None:
    """What older rules found is looked at again."""
    if store.query("SELECT 1 FROM main.checked WHERE rules <> ?", (checks.VERSION,)):
        with store.keeping(at_once=False):
            store.execute(everything())
            store.execute("UPDATE main.checked SET rules = ?", (checks.VERSION,))


def name_rows(store: Store) -> bool:
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


def take(store: Store, room: int) -> Taken | None:
    """What is to be looked at next, about so many rows; None where nothing is."""
    taken = Taken({}, [])
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


def _take_marks(store: Store, taken: Taken, article: str, after: str, room: int) -> int:
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


def take_out(store: Store, taken: Taken) -> None:
    """Note that they were looked at, inside a transaction; what is found there may bring them back."""
    for sql, parameters in taken.done:
        store.execute(sql, parameters)

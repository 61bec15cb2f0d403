"""Whether a project found after an accident holds all that was acknowledged, and nothing half done."""

import hashlib
import sqlite3
from contextlib import closing

from annotator.domain.checks import loose_ends
from annotator.domain.errors import UserError
from annotator.store import foreign
from annotator.store.loose_ends import look
from annotator.store.open_ends import facts_with_copies
from annotator.store.schema import JOURNALED
from annotator.store.store import Identity, Store
from annotator.store.verify import damage
from tests.store.test_loose_ends_law import in_any_order, kept

NOTHING = {"operations": 0, "tables": None}
"""Acknowledged before anything was: whatever is found then is as good."""


def digest(rows):
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def state(store):
    """How many operations there are, and a fingerprint of every row that is shown."""
    return {"operations": operations(store), "tables": digest(shown(store))}


def shown(store):
    """Every row a reader sees, without its rowid: those of operations that came to their end."""
    return {
        table: store.query(f"SELECT {_columns(store, table)} FROM shown_{table} ORDER BY id")
        for table in JOURNALED
    }


def _columns(store, table):
    return ", ".join(f'"{row[1]}"' for row in store.query(f"PRAGMA main.table_info({table})"))


def operations(store):
    return store.query("SELECT count(*) FROM main.operation WHERE sealed = 1")[0][0]


def losses(path, acknowledged, ahead=1):
    """What is wrong with a project after an accident; empty where all is well.

    acknowledged: the `state` that was said to be stored last. One operation more may be
    there, whole, which was stored but not said to be; `ahead=0` allows none.
    """
    try:
        store = Store.open(path, Identity())
    except UserError as error:
        if acknowledged["tables"] is None and error.code in ("project-missing", "project-empty"):
            return []
        return [f"cannot be opened: {error}"]
    found = []
    with closing(store):
        try:
            found += _unsound(store)
            found += _missing(store, acknowledged, ahead)
        except (UserError, sqlite3.DatabaseError) as error:
            found.append(f"cannot be read: {error}")
    return found


def unfound(path):
    """What is wrong with the loose ends of a sound project, once all that was touched was looked at again."""
    with closing(Store.open(path, Identity())) as store:
        for _ in look(store):
            pass
        is_right = in_any_order(kept(store)) == in_any_order(loose_ends(facts_with_copies(store)))
    return [] if is_right else ["a loose end was lost, or none any more"]


def _unsound(store):
    yield from (f"warning: {warning}" for warning in store.warnings)
    yield from (f"damage: {one.code} {one.details}" for one in damage(store.snapshot()))
    differing = foreign.differences(store._connection, store._journal)
    yield from (f"journal and table differ: {table} {row}" for table, row, *_ in differing)
    for question, what in _NEVER.items():
        if store.query(question):
            yield what


_NEVER = {
    "SELECT 1 FROM main.operation WHERE sealed = 0": "an operation is half done",
    "SELECT 1 FROM main.operation WHERE kind = 'foreign'": "own work is taken for another program's",
    "SELECT 1 FROM main.operation GROUP BY site, seq HAVING count(*) > 1": "two operations of one number",
}


def _missing(store, acknowledged, ahead):
    found, said = operations(store), acknowledged["operations"]
    if acknowledged["tables"] is None:
        return
    if not said <= found <= said + ahead:
        yield f"{found} operations, {said} were acknowledged"
        return
    kept = digest(shown(store))
    last = store.query("SELECT max(rowid), kind FROM main.operation")[0][1]
    if found > said and last != "migration":
        (store.redo if last == "undo" else store.undo)()
    if digest(shown(store)) != acknowledged["tables"]:
        yield f"after {found} operations ({said} acknowledged) the tables are not as they were"
    elif found > said and last != "migration":
        (store.undo if last == "undo" else store.redo)()
    elif store.next_undo():
        store.undo()
        store.redo()
    if digest(shown(store)) != kept:
        yield "undo and redo do not lead back"


def file_losses(path, good):
    """What is wrong with a file that is one of several wholes (SHA-256), or not there (None)."""
    found = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None
    if found in good:
        return []
    return [f"{path.name} is {'gone' if found is None else 'not whole'}"]


def copy_losses(path):
    """What is wrong with a copy of a project that must be there and whole."""
    if not path.exists():
        return [f"{path.name} is not there"]
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        try:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        except sqlite3.DatabaseError as error:
            found = str(error)
    return [] if found == "ok" else [f"{path.name}: {found}"]

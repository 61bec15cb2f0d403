"""Articles and marks for the tests of the store, and pictures of whole tables."""

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from annotator.domain.ids import ArticleId, MarkId, new_id
from annotator.domain.model import Article
from annotator.store import edits, lists
from annotator.store.imports import import_records
from annotator.store.lock import ProjectLock
from annotator.store.schema import JOURNALED
from annotator.store.store import Store

Rows = dict[str, list[tuple[Any, ...]]]
"""Rows by their table."""

TEXT = (
    "The ministry said on Monday that the bridge had been closed. 🌉 “It was never closed,” "
    "a spokesman for the harbour answered.\n\n"
    "Полиция сообщила, что мост открыт. 导弹试验没有发生。 A photograph shows 100% of the deck_plates.\n"
)

_KILLED = """
import os, signal, sys
from pathlib import Path
from annotator.store import edits, lists
from annotator.store.store import Identity, Store
store = Store.open(Path(sys.argv[1]), Identity())
edits.add_source(store, "Harbour Office")
os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
"""


def add_article(store: Store, text: str = TEXT, **fields: Any) -> ArticleId:
    """An article, stored as a file brings it."""
    record = Article(id=ArticleId(new_id()), text=text, **fields)
    import_records(store, [record])
    return record.id


def articles_with(store: Store, words: str) -> list[ArticleId]:
    """The articles a list shows that is filtered by words."""
    return [row.id for row in lists.articles(store, text=words)]


def place(text: str, words: str) -> tuple[int, int]:
    """Where words stand in a text."""
    start = text.index(words)
    return start, start + len(words)


def two_marks(store: Store, article: ArticleId | None = None) -> tuple[MarkId, MarkId]:
    """A claim and the denial that answers it."""
    article = article or add_article(store)
    claim = edits.add_mark(store, article, "claim", [place(TEXT, "the bridge had been closed")])
    denial = edits.add_mark(store, article, "denial", [place(TEXT, "It was never closed")])
    return claim, denial


def dump(store: Store) -> Rows:
    """Every row of every journaled table, unsealed ones too."""
    return {
        table: sorted(store.query(f"SELECT * FROM main.{table}"), key=lambda row: row[0])
        for table in JOURNALED
    }


def dump_file(path: Path) -> Rows:
    """The same, read by a program that knows nothing of ours."""
    connection = sqlite3.connect(f"{Path(path).as_uri()}?mode=ro", uri=True)
    try:
        return {
            table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=lambda row: row[0])
            for table in JOURNALED
        }
    finally:
        connection.close()


def by_another_program(path: Path, *statements: str) -> None:
    """Change a project file as any SQLite tool would."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for statement in statements:
            connection.execute(statement)
    finally:
        connection.close()


def killed_after_writing(path: Path) -> Path:
    """The same path, after a program that had written to the project was killed."""
    source = Path(__file__).resolve().parents[2] / "src"
    subprocess.run(
        [sys.executable, "-c", _KILLED, str(path)],
        env=os.environ | {"PYTHONPATH": str(source)},
        check=False,
        timeout=60,
    )
    assert ProjectLock(path).has_body
    return path


def names(store: Store) -> list[tuple[Any, ...]]:
    """The names of all operations, oldest first, with their kinds."""
    return store.query("SELECT name, kind FROM main.operation ORDER BY rowid")


def sha256(path: Path) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def fill(store: Store, article: ArticleId, text: str, count: int, *, after: int = 0, **columns: Any) -> None:
    """`count` marks behind an offset, and a link between each and the next, written in bulk."""
    from annotator.store.edits.marks import derived, placed

    with store.bulk("fill") as bulk:
        last = None
        number = store.query("SELECT coalesce(max(number), 0) FROM main.mark")[0][0]
        for index in range(count):
            start = after + index * 7 % (len(text) - after - 12)
            row: dict[str, Any] = {
                "id": new_id(),
                "number": number + index + 1,
                "article": article,
                "label": "claim",
            }
            where = placed(text, [(start, start + 3 + index % 9)])
            row |= {"spans": json.dumps(where["spans"]), "quotes": json.dumps(where["quotes"])}
            row |= derived(where) | {"operation": bulk.operation} | columns
            bulk.insert(
                f"INSERT INTO main.mark ({', '.join(map(repr, row))})",
                [tuple(row.values())],
            )
            if last:
                bulk.insert(
                    "INSERT INTO main.link (id, kind, from_mark, to_mark, operation)",
                    [(new_id(), "supports", row["id"], last, bulk.operation)],
                )
            last = row["id"]


@contextmanager
def asked_of(store: Store) -> Iterator[list[str]]:
    """The statements that run on a store's connection in a block, as they come."""
    statements: list[str] = []
    store._connection.set_trace_callback(statements.append)
    try:
        yield statements
    finally:
        store._connection.set_trace_callback(None)


def price(store: Store, act: Callable[[], object]) -> tuple[int, int]:
    """How many statements an act runs, and how many steps SQLite's machine makes for them."""
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    store._connection.set_progress_handler(step, 1)
    try:
        with asked_of(store) as statements:
            act()
    finally:
        store._connection.set_progress_handler(None, 0)
    return len(statements), steps


def tally(store: Store) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """The counters as they stand: (article, part, label) to marks and links."""
    return {tuple(row[:3]): tuple(row[3:]) for row in store.query("SELECT * FROM main.tally")}


def counted(store: Store) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """What `tally` must hold, counted one by one."""
    found: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    rows = store.query(
        "SELECT m.article, m.start, m.label, c.length, (SELECT count(*) FROM link WHERE from_mark = m.id)"
        " FROM main.mark m JOIN article a ON a.id = m.article JOIN content c ON c.sha256 = a.sha256"
    )
    for article, start, label, length, links in rows:
        parts = min(512, length // 2048) if length >= 65536 else 1
        key = (article, start * parts // length, label)
        marks, linked = found.get(key, (0, 0))
        found[key] = (marks + 1, linked + links)
    return found

"""The bulk road measured: `python -m bench.bulk [MARKS]` prints seconds, a reader's waits, bytes a mark."""

from __future__ import annotations

import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from annotator.domain.ids import ArticleId, LinkId, MarkId, SourceId, new_id
from annotator.domain.model import Article, Attribution, Link, Mark, Record, Ref, Source
from annotator.domain.spans import Span
from annotator.store import edits
from annotator.store.imports import import_records
from annotator.store.packing import pack, saving
from annotator.store.store import Identity, Store

WORDS = "The ministry said on Monday that the bridge had been closed. "
PER_ARTICLE = 1000
LABELLED = 20_000
BIG = 10_000
MOMENT_S = 0.01


def text(number: int, marks: int) -> str:
    return f"Article {number}. " + WORDS * (marks // 2 + 2)


def marks_of(article: str, count: int, source: SourceId) -> Iterator[Mark]:
    """Marks of four words, one after the other; every fourth has a source."""
    for number in range(count):
        start = 30 * number
        chain = (Attribution(source),) if number % 4 == 0 else ()
        yield Mark(
            id=MarkId(new_id()), article=ArticleId(article), label="claim",
            spans=(Span(start, start + 24),), attribution=chain,
        )  # fmt: skip


def corpus(marks: int, big: int = BIG) -> Iterator[Record]:
    """Articles of a thousand marks, but a first one of so many, whose marks are linked one to the next."""
    source = Source(id=SourceId(new_id()), name="Ministry", kind="state")
    yield source
    sizes = [big, *[PER_ARTICLE] * max(1, (marks - big) // PER_ARTICLE)]
    ids = [new_id() for _ in sizes]
    for number, (row_id, size) in enumerate(zip(ids, sizes, strict=True)):
        yield Article(id=ArticleId(row_id), text=text(number, size), title=f"Article {number}")
    first = list(marks_of(ids[0], big, source.id))
    yield from first
    for row_id in ids[1:]:
        yield from marks_of(row_id, PER_ARTICLE, source.id)
    for one, other in pairwise(first):
        origin, target = Ref("mark", one.id), Ref("mark", other.id)
        yield Link(id=LinkId(new_id()), kind="relates_to", origin=origin, target=target)


class Reader:
    """Asks for the first articles again and again over a connection of its own; notes the longest wait."""

    def __init__(self, store: Store) -> None:
        self._store = store.reader()
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._read)
        self.longest = 0.0

    def __enter__(self) -> Reader:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()
        self._store.close()

    def _read(self) -> None:
        while not self._is_over.wait(MOMENT_S):
            started = perf_counter()
            self._store.query("SELECT id, title FROM shown_article ORDER BY number LIMIT 50")
            self.longest = max(self.longest, perf_counter() - started)


def measure(store: Store, name: str, act: Callable[[], object]) -> None:
    """Do something and print what it took, and what it left in the history."""
    started = perf_counter()
    with Reader(store) as reader:
        act()
    seconds = perf_counter() - started
    counted = "SELECT coalesce(sum(length(old)), 0) + coalesce(sum(length(new)), 0), count(*) FROM change"
    images, rows = store.query(counted)[0]
    size = store.path.stat().st_size if store.path else 0
    print(f"{name:<34}{seconds:>9.1f} s{reader.longest * 1000:>9.0f} ms{size / 1e6:>10.1f} MB"
          f"{rows:>11,} changes{images / 1e6:>9.1f} MB")  # fmt: skip


def main(marks: int) -> None:
    with tempfile.TemporaryDirectory(prefix="bulk-") as folder:
        path = Path(folder, "bulk.annotator")
        store = Store.create(path, Identity())
        print(f"{'what':<34}{'took':>11}{'reader':>12}{'file':>13}{'history':>19}{'images':>12}")
        measure(store, f"import of {marks:,} marks", lambda: import_records(store, corpus(marks)))
        count = store.query("SELECT count(*) FROM mark")[0][0]
        print(f"{path.stat().st_size / count:,.0f} bytes a mark, texts among them")
        measure(store, "undo", store.undo)
        measure(store, "redo", store.redo)
        print(f"{path.stat().st_size / count:,.0f} bytes a mark with the images of undo and redo")
        articles = [row[0] for row in store.query("SELECT id FROM article ORDER BY number")]
        each = LABELLED // len(articles[1:21])
        places = [(article, [(30 * n + 4, 30 * n + 12)]) for article in articles[1:21] for n in range(each)]
        measure(store, f"label-all of {len(places):,}", lambda: edits.label_places(store, "denial", places))
        measure(store, "undo", store.undo)
        measure(store, "redo", store.redo)
        measure(store, f"deletion of {BIG:,} marks", lambda: edits.delete_article(store, articles[0]))
        measure(store, "undo", store.undo)
        measure(store, "redo", store.redo)
        could = saving(store, 0)
        started = perf_counter()
        done = pack(store, 0)
        print(f"packing: {could.saved / 1e6:,.1f} MB promised, {done.before / 1e6:,.1f} MB before,"
              f" {done.after / 1e6:,.1f} MB after, {perf_counter() - started:.1f} s")  # fmt: skip
        store.close()
        started = perf_counter()
        Store.open(path, Identity()).close()
        print(f"opening: {perf_counter() - started:.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)

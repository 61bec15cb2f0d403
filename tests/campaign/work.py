"""Work that accidents interrupt: `python -m tests.campaign.work TASK FOLDER [STEPS|ready] [careless]`.

Says on stdout, one JSON object a line, what is stored: {"project": state} or
{"file": NAME, "sha256": HASH}, once the call that stored it has returned.
With `ready` it says that first, and works until it is killed.
"""

import hashlib
import itertools
import json
import os
import random
import sys
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from annotator.app.project import Project
from annotator.domain.ids import new_id
from annotator.domain.model import Ref, Source
from annotator.store import connection, edits, lists, read, remains, schema
from annotator.store import large as large_operations
from annotator.store import store as stores
from annotator.store.backup import regular_copy
from annotator.store.bulk import Bulk
from annotator.store.edits import articles
from annotator.store.imports import import_records
from annotator.store.loose_ends import look
from annotator.store.salvage import salvage
from annotator.store.store import Identity, Store
from tests.campaign.soundness import state
from tests.store.samples import TEXT, add_article

PROJECT = "news.annotator"
COPY = "copy.annotator"
COPIES = (COPY,)
"""Files that are watched as a whole, not as projects of their own."""
SMALL_BATCH = 40
"""Rows of one commit of a bulk operation here, so that an import takes several."""
FEW_PAGES = 10
"""Pages kept in memory where loose ends wait, so that some are written before the COMMIT."""


def prepare(folder):
    """A project with two articles and some marks, closed; its path."""
    path = folder / PROJECT
    with closing(Store.create(path, Identity(name="Ada"))) as store:
        for number in range(2):
            article = add_article(store, f"Article {number}. {TEXT * 3}")
            for start in range(0, 60, 12):
                edits.add_mark(store, article, "claim", [(start, start + 9)])
    return path


def said(store):
    return {"project": state(store)}


def whole(path, folder):
    return {
        "file": path.relative_to(folder).as_posix(),
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }


def edit(folder, between=lambda store, chance: None):
    """Every sort of edit, undo and redo, imports of several commits, copies, closing and opening again.

    between: done after each.
    """
    chance = random.Random(11)
    Bulk.BATCH = SMALL_BATCH
    me = Identity(name="Ada")
    store = Store.open(folder / PROJECT, me)
    try:
        yield said(store)
        for number in itertools.count(1):
            if number % 9 == 0:
                store.close()
                store = Store.open_in_order(folder / PROJECT, me) or Store.open(folder / PROJECT, me)
            elif number % 13 == 0:
                copy = folder / COPY
                store.save_copy(copy)
                yield whole(copy, folder)
            else:
                chance.choice(ACTS)(store, chance)
            between(store, chance)
            yield said(store)
    finally:
        store.close()


def _look(store, chance):
    """What is found waits for the next edit, copy or end, now and then half of it, or goes to the disk."""
    store.query(f"PRAGMA cache_size = {FEW_PAGES}")
    for _ in itertools.islice(look(store), chance.choice([2, 10, None])):
        pass
    if chance.random() < 0.2:
        store.store_kept()


def _pair(store, chance):
    with store.operation("both"):
        edits.add_source(store, f"Source {chance.random()}")
        _mark(store, chance)


def _mark(store, chance):
    start = chance.randrange(100)
    article = chance.choice(lists.articles(store)).id
    edits.add_mark(store, article, chance.choice(["claim", "denial"]), [(start, start + 9), (150, 160)])


def _link(store, chance):
    marks = _marks(store)
    if len(marks) < 2:
        return
    first, second = chance.sample(marks, 2)
    if not lists.links(store, [first]):
        edits.add_link(store, "relates_to", Ref("mark", first), Ref("mark", second))


def _delete(store, chance):
    marks = _marks(store)
    edits.delete_marks(store, chance.sample(marks, min(1, len(marks))))


def _marks(store):
    return [mark for article in lists.articles(store) for mark in read.mark_ids(store, article.id)]


def _import(store, chance):
    names = (f"Imported {chance.random()}" for _ in range(3 * SMALL_BATCH))
    import_records(store, (Source(id=new_id(), name=name) for name in names))


def _import_article(store, chance):
    add_article(store, f"{chance.random()} {TEXT * 20}")


def _undo(store, _chance):
    store.undo()


def _redo(store, _chance):
    store.redo()


ACTS = (_pair, _mark, _mark, _link, _delete, _import, _import_article, _undo, _undo, _redo)


def imports(folder):
    """Imports of many commits each."""
    Bulk.BATCH = SMALL_BATCH
    with closing(Store.open(folder / PROJECT, Identity())) as store:
        while True:
            yield said(store)
            names = (f"Imported {number}" for number in range(30 * SMALL_BATCH))
            import_records(store, (Source(id=new_id(), name=name) for name in names))


def large(folder):
    """Labels in bulk, undone and brought back, and an article deleted, undone and brought back."""
    Bulk.BATCH = SMALL_BATCH
    stores.LARGE, articles.MANY = 20, 5
    large_operations.BATCH = large_operations.ROOTS = remains.FINISHED_AT_ONCE = SMALL_BATCH // 4
    with closing(Store.open(folder / PROJECT, Identity())) as store:
        while True:
            yield said(store)
            article = add_article(store, f"{new_id()} {TEXT * 20}")
            yield said(store)
            places = [(article, [(10 * number, 10 * number + 9)]) for number in range(3 * SMALL_BATCH)]
            edits.label_places(store, "claim", places)
            for act in (store.undo, store.redo, partial(edits.delete_article, store, article)):
                yield said(store)
                act()
            for act in (store.undo, store.redo):
                yield said(store)
                act()


def export(folder):
    """Exports over an export; the project stays as it is."""
    while True:
        yield from export_once(folder / PROJECT, folder)


def export_once(path, folder):
    with Project.open(path, readonly=True) as project:
        project.export(folder / "out.jsonl", format="annotator-jsonl")
    yield whole(folder / "out.jsonl", folder)


def back_up(folder):
    """Copies that are kept by themselves, and one made by hand over the last one."""
    for number in itertools.count():
        store = Store.open(folder / PROJECT, Identity())
        copy = regular_copy(folder / "backups" / str(new_id()), store.path)
        try:
            edits.add_source(store, f"Ministry {number}")
            yield said(store)
            store.save_copy(folder / COPY)
            yield whole(folder / COPY, folder)
        finally:
            store.close(copy)
        yield whole(copy.finish(), folder)


def migrate(folder):
    """The project brought to a newer format, then an edit."""
    with next_format(), closing(Store.open(folder / PROJECT, Identity())) as store:
        yield said(store) | {"format": 2}
        edits.add_source(store, "Ministry")
        yield said(store)


def create(folder):
    """New projects, each with one edit."""
    for number in itertools.count():
        with closing(Store.create(folder / f"new{number}.annotator", Identity())) as store:
            yield said(store) | {"new": store.path.name}
            edits.add_source(store, "Ministry")
            yield said(store) | {"new": store.path.name}


def save_the_rest(folder):
    """Salvage into one new file after the other."""
    for number in itertools.count():
        saved = folder / f"saved{number}.annotator"
        salvage(folder / PROJECT, saved)
        with closing(Store.open(saved, Identity(), readonly=True)) as store:
            yield said(store) | {"new": saved.name}


TASKS = {
    "edit": edit,
    "loose ends": partial(edit, between=_look),
    "import": imports,
    "large": large,
    "export": export,
    "back-up": back_up,
    "migrate": migrate,
    "create": create,
    "salvage": save_the_rest,
}

LOOKING = ("loose ends",)
"""Tasks after which the loose ends are to be those that looking at everything finds."""


@contextmanager
def next_format():
    """Be a program whose format has one more step, which changes no row."""

    def _next_index(db):
        db.execute("CREATE INDEX mark_label_again ON mark (label)")

    kept = schema.STEPS, schema.FORMAT_VERSION
    schema.STEPS, schema.FORMAT_VERSION = (*schema.STEPS, _next_index), schema.FORMAT_VERSION + 1
    try:
        yield
    finally:
        schema.STEPS, schema.FORMAT_VERSION = kept


def be_careless():
    """Never wait for the disk: the campaign must notice that."""

    def careless(opened, _path):
        opened.execute("PRAGMA journal_mode = TRUNCATE")
        opened.execute("PRAGMA synchronous = OFF")

    connection._use_rollback_journal = careless


def main(task, folder, steps=None, manner=None):
    if manner == "careless":
        be_careless()
    if steps == "ready":
        os.write(1, b"ready\n")
        steps = None
    with closing(TASKS[task](Path(folder))) as stored:
        for one in itertools.islice(stored, int(steps) if steps else None):
            os.write(1, json.dumps(one).encode() + b"\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

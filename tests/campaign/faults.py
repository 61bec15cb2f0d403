"""Work on a disk that fails: `python -m tests.campaign.faults SITTING PROJECT [RESCUED]`.

Run under `strace -e inject`. Each act is done again where it was refused. One JSON object a line on stdout:
{"project": state} of what is stored, {"refused": code}, {"wrong": what}.
"""

import json
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from annotator.domain.errors import UserError
from annotator.domain.ids import new_id
from annotator.domain.messages import SENTENCES
from annotator.domain.model import Ref, Source
from annotator.store import edits, lists, read
from annotator.store.bulk import Bulk
from annotator.store.imports import import_records
from annotator.store.loose_ends import look
from annotator.store.project_file import GIVEN_UP, MOST_ERRORS
from annotator.store.store import Identity, Store
from tests.campaign.soundness import copy_losses, digest, shown, state
from tests.store.samples import dump, dump_file

STANDING = ("disk-unsure", GIVEN_UP)
"""Refusals after which the act may stand in the file."""


def _add(store):
    edits.add_source(store, "Ministry")


def _mark(store):
    with store.operation("both"):
        edits.add_source(store, "Harbour")
        edits.add_mark(store, lists.articles(store)[0].id, "denial", [(3, 9)])


def _link(store):
    first, second = read.mark_ids(store, lists.articles(store)[0].id)[:2]
    edits.add_link(store, "relates_to", Ref("mark", first), Ref("mark", second))


def _import(store):
    import_records(store, (Source(id=new_id(), name=f"Imported {number}") for number in range(45)))


def _undo(store):
    store.undo()


def _redo(store):
    store.redo()


def _look(store):
    """What is found waits for the disk."""
    for _ in look(store):
        pass


def _pause(store):
    store.store_kept()


def _copy(store):
    store.save_copy(copy := store.path.with_name(COPY))
    for what in copy_losses(copy) or ([] if dump_file(copy) == dump(store) else ["the copy differs"]):
        say(wrong=what)


def _read_apart(store):
    with closing(store.snapshot()) as snapshot:
        if dump(snapshot) != dump(store):
            say(wrong="the snapshot differs")


COPY = "kept.annotator"
SITTINGS = {
    "edits": (_add, _mark, _link, _undo, _redo, _import, _undo, _mark),
    "loose ends": (
        *(_look, _mark, _look, _link, _look, _undo, _look, _pause, _redo, _look, _copy),
        *(_mark, _look, _read_apart, _add, _look, _import, _look, _undo, _mark, _look),
    ),
}
"""What is done in turn. Among the loose ends each look leaves what it found to the act behind it."""


def main(sitting, path, rescued=None):
    """rescued: where a copy is saved once the store has given up."""
    Bulk.BATCH = 20
    work(SITTINGS[sitting], Path(path), rescued and Path(rescued))
    if not rescued:
        reopen(Path(path))


def work(acts, path, rescued):
    try:
        store = Store.open(path, Identity())
    except UserError as error:
        say(refused=error.code)
        return
    with closing(store):
        say_stored(store)
        for act in acts:
            attempt(store, act)
        if rescued:
            for _ in range(MOST_ERRORS):
                attempt(store, _add)
            say(given_up=store.readonly)
            store.save_copy(rescued)


def reopen(path):
    """The project was given back, and can be written at the second try at the latest."""
    for is_last in (False, True):
        try:
            Store.open(path, Identity()).close()
        except UserError as error:
            say(**{"wrong" if is_last else "refused": error.code})
        else:
            return


def attempt(store, act):
    """Do it; where it is refused all must be as before, and the second time it must work."""
    before, told = seen(store), []
    stop = store.subscribe(told.append)
    try:
        act(store)
    except UserError as error:
        say(refused=error.code)
        is_done = examine(store, error, before, told)
        if is_done:
            say_stored(store)
        elif error.code != GIVEN_UP:
            again(store, act)
    else:
        say_stored(store)
    finally:
        stop()


def again(store, act):
    try:
        act(store)
    except UserError as error:
        say(refused=error.code, again=True)
    else:
        say_stored(store)


def examine(store, error, before, told):
    """What the program holds, what the file holds and what views were told is one; whether it is done."""
    if error.code not in SENTENCES:
        say(wrong=f"no sentence for {error.code}")
    now = seen(store)
    if None in (before, now):
        return False
    is_done = now != before
    if is_done and (not told or error.code not in STANDING):
        say(wrong=f"{error.code}: refused, but done; views told: {bool(told)}")
    try:
        in_file = dump_file(store.path)
    except sqlite3.DatabaseError as trouble:
        say(wrong=f"the file cannot be read: {trouble}")
    else:
        if in_file != dump(store):
            say(wrong=f"{error.code}: the file differs from what is shown")
    return is_done


def say_stored(store):
    """Say what is stored, where the disk is not too far gone for reading it."""
    try:
        say(project=state(store))
    except UserError as error:
        say(refused=error.code)


def seen(store):
    """What a view would read; None where the disk is too far gone for that."""
    try:
        return digest(shown(store))
    except UserError as error:
        say(refused=error.code)
        return None


def say(**what):
    os.write(1, json.dumps(what).encode() + b"\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

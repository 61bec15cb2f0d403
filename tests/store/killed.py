"""A program that edits a project until it is killed; says on stdout what was acknowledged.

Every step makes a source and a mark that belong together, so that half a step shows.
Run as: python -m tests.store.killed PROJECT
"""

import sys
from pathlib import Path
from typing import NoReturn

from annotator.domain.ids import SourceId, new_id
from annotator.domain.model import Source
from annotator.store import edits, lists, read
from annotator.store.imports import import_records
from annotator.store.store import Identity, Store


def main(path: Path) -> NoReturn:
    store = Store.open(path, Identity())
    article = lists.articles(store)[0].id
    number = store.query("SELECT count(*) FROM operation")[0][0]
    print("open", flush=True)
    while True:
        number += 1
        if number % 7 == 0:
            import_records(
                store, (Source(id=SourceId(new_id()), name=f"batch {n}") for n in range(6)), name="pairs"
            )
        elif number % 5 == 0:
            store.undo()
        elif number % 11 == 0 and lists.sources(store, text="pair"):
            marks = read.mark_ids(store, article)
            with store.operation("both"):
                edits.delete_marks(store, marks[:1])
                edits.delete_source(store, lists.sources(store, text="pair")[0].id)
        else:
            with store.operation("both"):
                edits.add_source(store, f"pair {number}")
                edits.add_mark(store, article, "claim", [(0, 3)])
        print(store.query("SELECT max(rowid) FROM operation")[0][0], flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

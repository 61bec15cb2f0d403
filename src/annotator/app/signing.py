"""Under whose name a project is worked on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from annotator.domain.ids import AnnotatorId, new_id
from annotator.store import naming, read
from annotator.store.store import Store


def work_as(store: Store, name: str | None) -> None:
    """Take a name for all that follows, or that of this installation.

    The rows or the history of the project say whose id it is; a name they do not know gets a new one.
    """
    mine = store.identity
    if name is None or name == mine.name:
        called = read.annotators(store).get(mine.annotator, mine.name)
        store.work_as(mine.annotator, called)
        return
    store.work_as(naming.annotator_named(store, name) or AnnotatorId(new_id()), name)


@contextmanager
def working_as(store: Store, name: str | None) -> Iterator[None]:
    """The same for as long as the block lasts; without a name nothing changes."""
    mine = store.identity
    try:
        if name is not None:
            work_as(store, name)
        yield
    finally:
        store.work_as(mine.annotator, mine.name)

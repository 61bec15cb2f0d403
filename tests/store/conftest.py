"""Stores to test with: in memory, in a file, and opened again."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.ids import AnnotatorId, new_id
from annotator.store.store import Identity, Store
from tests.store.samples import two_marks


@pytest.fixture
def me() -> Identity:
    return Identity(site=new_id(), annotator=AnnotatorId(new_id()), name="Ada")


@pytest.fixture
def store(me: Identity) -> Iterator[Store]:
    store = Store.memory(me)
    yield store
    store.close()


@pytest.fixture
def project(tmp_path: Path, me: Identity) -> Path:
    """The path of a new project file."""
    path = tmp_path / "news.annotator"
    Store.create(path, me).close()
    return path


@pytest.fixture
def opened(project: Path, me: Identity) -> Iterator[Callable[..., Store]]:
    """Open the project, as often as wanted; every store that is left open is closed at the end.

    later: one in order is opened as the window does it.
    """
    stores: list[Store] = []

    def open_it(identity: Identity = me, *, later: bool = False, **options: Any) -> Store:
        in_order = Store.open_in_order(project, identity) if later else None
        stores.append(in_order or Store.open(project, identity, **options))
        return stores[-1]

    yield open_it
    for store in stores:
        store.close()


@pytest.fixture
def filled(opened: Callable[..., Store], project: Path) -> Path:
    """A project with two marks, closed."""
    store = opened()
    two_marks(store)
    store.close()
    return project


@pytest.fixture
def reopen(opened: Callable[..., Store]) -> Callable[..., Store]:
    """Close a store and open its file again."""

    def again(store: Store, **options: Any) -> Store:
        store.close()
        return opened(**options)

    return again

"""Stores to test with: in memory, in a file, and opened again."""

import pytest

from annotator.domain.ids import AnnotatorId, new_id
from annotator.store.store import Identity, Store


@pytest.fixture
def me():
    return Identity(site=new_id(), annotator=AnnotatorId(new_id()), name="Ada")


@pytest.fixture
def store(me):
    store = Store.memory(me)
    yield store
    store.close()


@pytest.fixture
def project(tmp_path, me):
    """The path of a new project file."""
    path = tmp_path / "news.annotator"
    Store.create(path, me).close()
    return path


@pytest.fixture
def opened(project, me):
    """Open the project, as often as wanted; every store that is left open is closed at the end.

    later: one in order is opened as the window does it.
    """
    stores = []

    def open_it(identity=me, *, later=False, **options):
        in_order = Store.open_in_order(project, identity) if later else None
        stores.append(in_order or Store.open(project, identity, **options))
        return stores[-1]

    yield open_it
    for store in stores:
        store.close()


@pytest.fixture
def reopen(opened):
    """Close a store and open its file again."""

    def again(store, **options):
        store.close()
        return opened(**options)

    return again

"""Values are offered as the project has them."""

import pytest

from annotator.domain.completing import wish_at
from annotator.store import edits
from annotator.store.store import Identity, Store
from annotator.store.suggesting import suggestions
from tests.store.samples import TEXT, add_article


@pytest.fixture
def store():
    store = Store.memory(Identity(name="Ada"))
    edits.add_source(store, "Ministry of Ports")
    add_article(store, TEXT, title="The bridge")
    edits.add_proposition(store, "The bridge was closed.")
    yield store
    store.close()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("lab", ["label="]),
        ("label=den", ["denial"]),
        ("source=min", ["Ministry of Ports"]),
        ("article=brid", ["A1"]),
        ("claim=closed", ["C1"]),
        ("stance=", ["support", "deny", "query", "comment", "silence"]),
        ("stance=deny", []),
        ("status=d", ["done"]),
        ("kind=stat", ["state"]),
        ("attr.denial_kind=so", ["source"]),
        ("certainty=cert", ["certain"]),
        ("attr.nothing=x", []),
        ("date=20", []),
    ],
)
def test_values_are_offered_as_the_project_has_them(store, typed, offered):
    found = [one.written for one in suggestions(store, wish_at(typed, len(typed)))]
    assert found[: len(offered) or None] == offered

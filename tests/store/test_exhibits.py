"""Exhibits: what can be noted of them, what they are a ground of, and undo to the exact tables."""

import hashlib

import pytest

from annotator.domain.dispute import dispute_map
from annotator.domain.errors import UserError
from annotator.domain.model import Exhibit, Ref
from annotator.store import edits, read
from annotator.store.claim_facts import claim_facts
from annotator.store.edits.exhibits import file_sha256, web_address
from annotator.store.lists.exhibits import exhibits, grounds
from tests.store.samples import dump, two_marks


def test_undo_of_each_edit_of_an_exhibit_restores_the_exact_tables(store):
    claim, _ = two_marks(store)
    states = [dump(store)]
    photo = edits.add_exhibit(store, title="Photo of the deck", url="https://example.org/1")
    states.append(dump(store))
    edits.edit_exhibit(store, photo, captured="2024-03", note="Taken from the north")
    states.append(dump(store))
    edits.add_link(store, "supports", Ref("exhibit", photo), Ref("mark", claim))
    states.append(dump(store))
    edits.delete_exhibit(store, photo)
    for state in reversed(states):
        store.undo()
        assert dump(store) == state


def test_an_exhibit_is_listed_with_what_it_is_a_ground_of(store):
    claim, denial = two_marks(store)
    photo = edits.add_exhibit(store, title="Photo of the deck")
    edits.add_exhibit(store, url="https://example.org/film")
    edits.add_link(store, "supports", Ref("exhibit", photo), Ref("mark", claim))
    edits.add_link(store, "undermines", Ref("exhibit", photo), Ref("mark", denial))
    assert [(row.title or row.url, row.links) for row in exhibits(store)] == [
        ("https://example.org/film", 0),
        ("Photo of the deck", 2),
    ]
    assert [row.title for row in exhibits(store, "DECK")] == ["Photo of the deck"]
    assert [(row.kind, row.target.id) for row in grounds(store, photo)] == [
        ("supports", claim),
        ("undermines", denial),
    ]


def test_an_exhibit_is_a_ground_on_the_board_of_a_claim(store):
    node = edits.add_proposition(store, "The bridge was closed")
    photo = edits.add_exhibit(store, title="Photo of the deck")
    edits.add_link(store, "supports", Ref("exhibit", photo), Ref("proposition", node))
    board = next(one for one in dispute_map(claim_facts(store, [node])).claims if one.id == node)
    assert [one.origin for one in board.grounds_for] == [Ref("exhibit", photo)]


def test_an_exhibit_starts_no_link_the_scheme_forbids(store):
    claim, _ = two_marks(store)
    photo = edits.add_exhibit(store, title="Photo of the deck")
    with pytest.raises(UserError) as refused:
        edits.add_link(store, "denies", Ref("exhibit", photo), Ref("mark", claim))
    assert refused.value.code == "link-origin-refused"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, "exhibit-without-name"),
        ({"note": "only a note"}, "exhibit-without-name"),
        ({"title": "x", "url": "javascript:alert(1)"}, "exhibit-address"),
        ({"title": "x", "archive_url": "file:///etc/hosts"}, "exhibit-address"),
        ({"title": "x", "url": "https://"}, "exhibit-address"),
        ({"title": "x", "captured": "2024-02-31"}, "exhibit-date"),
        ({"title": "x", "sha256": "abc"}, "exhibit-hash"),
    ],
)
def test_what_is_no_address_date_or_hash_is_refused_and_nothing_is_written(store, values, code):
    before = dump(store)
    with pytest.raises(UserError) as refused:
        edits.add_exhibit(store, **values)
    assert refused.value.code == code
    assert dump(store) == before


@pytest.mark.parametrize("captured", ["2024", "2024-03", "2024-03-05", "2024-03-05T10:00:00+01:00"])
def test_a_date_may_be_as_exact_as_it_is_known(store, captured):
    photo = edits.add_exhibit(store, title="x", captured=captured)
    assert read.by_id(store, Exhibit, photo).captured == captured


def test_only_pages_of_the_web_may_be_opened():
    assert web_address(" https://example.org/a ") == "https://example.org/a"
    for words in (
        "",
        "ftp://example.org",
        "file:///x",
        "data:text/html,x",
        "https://a b",
        "http://[",
        "example.org",
    ):
        assert web_address(words) is None


def test_the_hash_is_that_of_the_file_and_a_missing_file_is_named(tmp_path):
    file = tmp_path / "photo.jpg"
    file.write_bytes(b"x" * 3_000_000)
    assert file_sha256(file) == hashlib.sha256(b"x" * 3_000_000).hexdigest()
    assert file_sha256(file, lambda: True) is None
    with pytest.raises(UserError) as refused:
        file_sha256(tmp_path / "gone.jpg")
    assert refused.value.code == "exhibit-file-unreadable"

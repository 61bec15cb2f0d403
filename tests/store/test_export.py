"""Nothing misquoted leaves a project."""

import sqlite3

import pytest

from annotator.domain.errors import UserError
from annotator.store import export
from tests.store.samples import two_marks


def exported_after(opened, sql):
    """What an export says once another program has changed the file."""
    store = opened()
    two_marks(store)
    path = store.path
    store.close()
    connection = sqlite3.connect(path)
    connection.execute(sql)
    connection.commit()
    connection.close()
    with pytest.raises(UserError) as refused:
        list(export.records(opened().snapshot()))
    return refused.value


def test_a_text_that_is_not_the_imported_one_is_not_exported(opened):
    changed = "UPDATE content SET text = replace(text, 'bridge', 'fridge')"
    assert exported_after(opened, changed).code == "text-damaged"


def test_a_mark_that_does_not_quote_its_text_is_not_exported(opened):
    assert exported_after(opened, "UPDATE mark SET quotes = '[\"never said\"]'").code == "quote-differs"


def test_a_mark_with_a_quote_too_many_is_not_exported(opened):
    changed = "UPDATE mark SET quotes = json_insert(quotes, '$[#]', 'more')"
    assert exported_after(opened, changed).code == "quotes-count-differs"


def test_a_row_that_cannot_be_read_is_named_by_its_table_and_id(opened):
    changed = "UPDATE mark SET id = 'm2', spans = '[[1,' WHERE number = 2"
    refused = exported_after(opened, changed)
    assert (refused.code, refused.details) == ("row-unreadable", {"table": "mark", "row": "m2"})


def test_a_copy_for_an_export_leaves_the_project_as_quick_as_it_was(opened):
    store = opened()
    usual = store.query("PRAGMA cache_size")
    store.snapshot().close()
    assert store.query("PRAGMA cache_size") == usual

"""Copies that are made now and then: sound, apart, and not too many."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from annotator.domain.errors import UserError
from annotator.store import backup, edits
from annotator.store.store import Store
from tests.store.samples import names


def sources_in(path):
    connection = sqlite3.connect(path)
    try:
        return connection.execute("SELECT count(*) FROM source").fetchone()[0]
    finally:
        connection.close()


def put(folder, *times):
    """Empty backups of the given times."""
    folder.mkdir(parents=True, exist_ok=True)
    for time in times:
        (folder / f"news.{time.strftime('%Y%m%dT%H%M%SZ')}.regular.annotator").touch()


def test_a_session_that_changed_something_leaves_a_copy_of_all_of_it(opened, tmp_path):
    store = opened()
    edits.add_source(store, "Ministry")
    assert sources_in(store.back_up(tmp_path / "kept")) == 1


def test_a_session_that_changed_nothing_leaves_none(opened, tmp_path):
    assert opened().back_up(tmp_path / "kept") is None


def test_within_half_an_hour_no_second_copy_is_made(opened, tmp_path):
    store = opened()
    edits.add_source(store, "Ministry")
    store.back_up(tmp_path / "kept")
    edits.add_source(store, "Harbour Office")
    assert store.back_up(tmp_path / "kept") is None


def test_old_copies_are_thinned_to_days_and_weeks(opened, tmp_path):
    folder, now = tmp_path / "kept", datetime.now(UTC)
    put(folder, *(now - timedelta(hours=hours) for hours in range(1, 24 * 120, 5)))
    store = opened()
    edits.add_source(store, "Ministry")
    store.back_up(folder)
    kept = sorted(folder.iterdir(), reverse=True)
    assert 20 <= len(kept) <= 12 + 10 + 10
    ages = [
        (now - datetime.strptime(file.name.split(".")[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)).days
        for file in kept
    ]
    assert max(ages) > 50


def test_other_files_in_the_folder_are_left_alone(opened, tmp_path):
    folder = tmp_path / "kept"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    (folder / "news.20200101T000000Z.before-format-2.annotator").touch()
    store = opened()
    edits.add_source(store, "Ministry")
    store.back_up(folder)
    assert {"notes.txt", "news.20200101T000000Z.before-format-2.annotator"} <= {
        file.name for file in folder.iterdir()
    }


def test_a_copy_can_be_saved_after_the_file_was_taken_away(opened, project, me, tmp_path):
    store = opened()
    edits.add_source(store, "Ministry")
    project.unlink()
    assert not store.is_in_place
    with pytest.raises(UserError, match="project-moved"):
        edits.add_source(store, "Harbour Office")
    store.save_copy(tmp_path / "saved.annotator")
    saved = Store.open(tmp_path / "saved.annotator", me)
    assert saved.query("SELECT name FROM shown_source") == [("Ministry",)]
    saved.close()


def test_a_copy_that_cannot_be_written_says_so_and_leaves_nothing(opened, tmp_path):
    with pytest.raises(UserError, match="backup-failed"):
        opened().save_copy(tmp_path / "no such folder" / "saved.annotator")


def test_two_projects_of_one_name_have_folders_of_their_own(tmp_path):
    names = {backup.folder_name(tmp_path / place / "news.annotator") for place in "ab"}
    assert len(names) == 2


def test_a_copy_never_takes_the_place_of_the_file_that_is_open(opened):
    store = opened()
    edits.add_source(store, "Ministry")
    with pytest.raises(UserError, match="project-exists"):
        store.save_copy(store.path)
    edits.add_source(store, "Harbour Office")
    assert store.is_in_place


def test_a_copy_is_gone_on_with_where_the_file_stood(opened, tmp_path, me):
    store = opened()
    edits.add_source(store, "Ministry")
    store.save_copy(tmp_path / "saved.annotator")
    copy = Store.open(tmp_path / "saved.annotator", me)
    assert [kind for _, kind in names(copy)] == ["edit"]
    assert copy.undo().operation.name == "add-source"
    copy.close()

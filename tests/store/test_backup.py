"""Copies that are made now and then: sound, apart, and not too many."""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from annotator.domain.errors import UserError
from annotator.store import backup, edits
from annotator.store.lock import ProjectLock
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


def closed(store, folder):
    """Close a store as the window does; where its copy is kept, None where there is none."""
    copy = backup.regular_copy(folder, store.path)
    store.close(copy)
    kept = copy and copy.finish()
    backup.thin_out(folder)
    return kept


def test_a_session_that_changed_something_leaves_a_copy_of_all_of_it(opened, tmp_path):
    store = opened()
    edits.add_source(store, "Ministry")
    kept = closed(store, tmp_path / "kept")
    assert sources_in(kept) == 1
    assert list(kept.parent.iterdir()) == [kept]


def test_a_session_that_changed_nothing_leaves_none(opened, tmp_path):
    assert closed(opened(), tmp_path / "kept") is None
    assert not (tmp_path / "kept").exists()


def test_a_session_that_only_looked_for_loose_ends_leaves_no_copy(opened, tmp_path):
    store = opened()
    with store.keeping(at_once=False):
        store.execute("UPDATE main.head SET closed = 0")
    assert closed(store, tmp_path / "kept") is None


def test_a_copy_is_brought_once_the_project_is_in_order_and_still_ours(opened, tmp_path, project):
    store = opened()
    edits.add_source(store, "Ministry")
    seen = []

    class Looked(backup.Copy):
        def bring_file(self, path):
            seen.append((ProjectLock(project).is_held(), Path(f"{project}-journal").exists()))
            super().bring_file(path)

    store.close(Looked(tmp_path / "copy.annotator"))
    assert seen == [(True, False)]
    assert not ProjectLock(project).is_held()
    assert opened(later=True)


def test_a_program_that_knows_no_lock_cannot_write_while_a_copy_is_brought(opened, tmp_path, project):
    store = opened()
    edits.add_source(store, "Ministry")

    class Disturbed(backup.Copy):
        def bring_file(self, path):
            other = sqlite3.connect(project, timeout=0, isolation_level=None)
            with closing(other), pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("UPDATE source SET role = 'host'")
            super().bring_file(path)

    copy = Disturbed(tmp_path / "copy.annotator")
    store.close(copy)
    assert sources_in(copy.finish()) == 1


def test_a_project_whose_copy_fails_is_given_back_in_order_all_the_same(opened, tmp_path, project):
    (tmp_path / "kept").write_text("in the way")
    store = opened()
    edits.add_source(store, "Ministry")
    with pytest.raises(UserError, match="backup-failed"):
        store.close(backup.regular_copy(tmp_path / "kept", store.path))
    assert not ProjectLock(project).is_held()
    assert opened(later=True).query("SELECT name FROM shown_source") == [("Ministry",)]


def test_a_project_that_was_taken_away_is_kept_as_a_copy(opened, tmp_path, project):
    store = opened()
    edits.add_source(store, "Ministry")
    project.unlink()
    assert sources_in(closed(store, tmp_path / "kept")) == 1


def test_a_copy_that_turns_out_damaged_takes_no_place_among_the_others(opened, tmp_path):
    store = opened()
    edits.add_source(store, "Ministry")
    copy = backup.regular_copy(tmp_path / "kept", store.path)
    store.close(copy)
    (part,) = (tmp_path / "kept").iterdir()
    with part.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(bytes(4096))
    with pytest.raises(UserError, match="backup-failed"):
        copy.finish()
    assert list((tmp_path / "kept").iterdir()) == []


def test_within_half_an_hour_no_second_copy_is_made(opened, reopen, tmp_path):
    store = opened()
    edits.add_source(store, "Ministry")
    closed(store, tmp_path / "kept")
    store = opened()
    edits.add_source(store, "Harbour Office")
    assert closed(store, tmp_path / "kept") is None


def test_a_copy_made_while_the_clock_was_years_ahead_keeps_no_other_from_being_made(opened, tmp_path):
    put(tmp_path / "kept", datetime.now(UTC) + timedelta(days=1000))
    store = opened()
    edits.add_source(store, "Ministry")
    assert sources_in(closed(store, tmp_path / "kept")) == 1


def test_old_copies_are_thinned_to_days_and_weeks(tmp_path):
    folder, now = tmp_path / "kept", datetime.now(UTC)
    put(folder, *(now - timedelta(hours=hours) for hours in range(1, 24 * 120, 5)))
    backup.thin_out(folder)
    kept = sorted(folder.iterdir(), reverse=True)
    assert 20 <= len(kept) <= 12 + 10 + 10
    ages = [
        (now - datetime.strptime(file.name.split(".")[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)).days
        for file in kept
    ]
    assert max(ages) > 50


@pytest.mark.parametrize(("free", "kept"), [(1_000, 12), (180, 7), (0, 3)])
def test_copies_take_a_quarter_of_the_disk_at_most_but_three_are_kept(tmp_path, monkeypatch, free, kept):
    put(tmp_path, *(datetime(2020, 1, 1, hour, tzinfo=UTC) for hour in range(12)))
    for file in tmp_path.iterdir():
        file.write_bytes(b"0123456789")
    monkeypatch.setattr(backup.shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    backup.thin_out(tmp_path)
    assert sorted(int(file.name[14:16]) for file in tmp_path.iterdir()) == list(range(12 - kept, 12))


def test_a_copy_that_a_killed_program_did_not_finish_goes_later(tmp_path):
    old = tmp_path / ".news.20200101T000000Z.regular.annotator.part"
    journal = old.with_name(f"{old.name}-journal")
    new = tmp_path / ".news.20200101T010000Z.regular.annotator.part"
    for part in (old, journal, new):
        part.touch()
    for part in (old, journal):
        os.utime(part, (0, 0))
    backup.thin_out(tmp_path)
    assert list(tmp_path.iterdir()) == [new]


def test_what_a_killed_program_left_of_a_copy_gets_into_no_other_one(opened, project, tmp_path):
    store = opened()
    edits.add_source(store, "Ministry")
    store.close()
    part = tmp_path / ".copy.annotator.part"
    shutil.copy(project, part)
    with closing(sqlite3.connect(part, isolation_level=None)) as killed:
        killed.execute("PRAGMA cache_size = 1")
        killed.execute("BEGIN")
        killed.execute("DELETE FROM source")
        killed.execute("CREATE TABLE more AS SELECT zeroblob(100000)")
        journal = Path(f"{part}-journal").read_bytes()
    with closing(opened()) as store:
        edits.add_source(store, "Harbour Office")
    Path(f"{part}-journal").write_bytes(journal)
    backup.save_remains(project, tmp_path / "copy.annotator")
    assert sources_in(tmp_path / "copy.annotator") == 2


def test_other_files_in_the_folder_are_left_alone(tmp_path):
    names = {"notes.txt", "news.20200101T000000Z.before-format-2.annotator"}
    for name in names:
        (tmp_path / name).touch()
    put(tmp_path, *(datetime(2020, 1, 1, hour, tzinfo=UTC) for hour in range(20)))
    backup.thin_out(tmp_path)
    assert names < {file.name for file in tmp_path.iterdir()}


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

"""What opening does first to a project that was not left in order is told, and can be ended."""

import shutil
import threading
from contextlib import closing

import pytest

from annotator.domain.errors import UserError
from annotator.domain.model import Source
from annotator.store import edits, lists, schema
from annotator.store.backup import backup_folder
from annotator.store.bulk import Bulk
from annotator.store.imports import import_records
from annotator.store.lock import ProjectLock
from annotator.store.stages import Stages
from annotator.store.store import Store
from tests.store.samples import by_another_program, dump_file, killed_after_writing, names, sha256, two_marks


@pytest.fixture
def project(tmp_path, me):
    """One that was worked with and left in order."""
    store = Store.create(tmp_path / "news.annotator", me)
    two_marks(store)
    store.close()
    return store.path


@pytest.fixture
def killed(project):
    """A project whose program was killed after it had written."""
    return killed_after_writing(project)


@pytest.fixture
def older(project, monkeypatch):
    """A project of the format before that of this program."""
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, lambda connection: None))
    monkeypatch.setattr(schema, "FORMAT_VERSION", len(schema.STEPS))
    return project


class Heard(Stages):
    """Keeps what is told; stops at the first word of a stage."""

    def __init__(self, stop_at=None):
        super().__init__(self.hear)
        self.told = []
        self._stop_at = stop_at

    def hear(self, stage, done, total):
        self.told.append((stage, done, total))
        if stage == self._stop_at:
            self.stop()

    @property
    def names(self):
        return list(dict.fromkeys(stage for stage, _, _ in self.told))


def stopped(opened, stage):
    """Open a project, cancel that when a stage begins; what was told."""
    heard = Heard(stage)
    with pytest.raises(UserError, match="opening-stopped"):
        opened(stages=heard)
    assert heard.names[-1] == stage
    return heard


def test_a_project_left_in_order_has_nothing_done_to_it(project, opened):
    heard = Heard()
    opened(stages=heard)
    assert heard.told == []


def test_a_project_whose_program_was_killed_is_read_through_and_checked(killed, opened):
    heard = Heard()
    size = killed.stat().st_size
    store = opened(stages=heard)
    assert (heard.told[0], heard.told[-1]) == (("checking", 0, size), ("checking", size, size))
    assert len(lists.marks(store)) == 2


def test_the_window_asks_for_a_project_that_is_not_in_order_in_another_way(killed, me):
    assert Store.open_in_order(killed, me) is None
    assert ProjectLock(killed).has_body


def test_a_check_that_is_cancelled_changes_nothing_and_comes_again(killed, opened):
    before = sha256(killed)
    stopped(opened, "checking")
    assert sha256(killed) == before
    assert not ProjectLock(killed).is_held()
    heard = Heard()
    assert len(lists.sources(opened(stages=heard))) == 1
    assert heard.names == ["checking"]


def test_what_a_killed_program_copied_in_part_goes_and_whole_copies_stay(killed, opened):
    folder = backup_folder(killed)
    folder.mkdir()
    whole = folder / "news.20260101T000000Z.before-packing.annotator"
    part = folder / ".news.20260101T010000Z.before-packing.annotator.part"
    for file in (whole, part, part.with_name(f"{part.name}-journal")):
        file.touch()
    opened()
    assert list(folder.iterdir()) == [whole]


def test_a_statement_at_work_ends_when_opening_is_cancelled(opened):
    stages, store = Stages(), opened()
    threading.Timer(0.05, stages.stop).start()
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
    with pytest.raises(UserError, match="opening-stopped"), stages.over(store._connection):
        store._connection.execute(endless).fetchall()


def test_a_project_that_a_window_writes_to_is_read_without_a_check(opened, project):
    writing, heard = opened(), Heard()
    edits.add_source(writing, "Ministry")
    reading = opened(readonly=True, stages=heard)
    assert heard.told == []
    assert len(lists.sources(reading)) == 1


def test_an_older_project_is_checked_copied_and_converted(older, opened):
    heard = Heard()
    opened(stages=heard)
    assert heard.names == ["checking-older", "copying", "converting", "comparing"]
    size = next(total for stage, _, total in heard.told if stage == "copying")
    assert max(done for stage, done, _ in heard.told if stage == "copying") == size


@pytest.mark.parametrize("stage", ["checking-older", "copying", "converting"])
def test_an_older_project_is_still_one_when_opening_is_cancelled(older, opened, stage):
    before = dump_file(older)
    stopped(opened, stage)
    assert dump_file(older) == before
    left = sorted(backup_folder(older).iterdir()) if backup_folder(older).exists() else []
    assert [dump_file(copy) for copy in left] == [before] * (stage == "converting")
    assert opened().query("PRAGMA user_version") == [(schema.FORMAT_VERSION,)]


def test_what_another_program_changed_is_looked_for_also_after_a_cancelled_attempt(opened, project):
    by_another_program(project, "UPDATE article SET title = 'Changed'")
    stopped(opened, "comparing")
    assert "foreign" in {kind for _, kind in names(opened())}


def test_an_import_cut_short_is_taken_back_also_after_a_cancelled_attempt(
    opened, project, me, tmp_path, monkeypatch
):
    store = opened()
    moment = tmp_path / "moment.annotator"
    flush = Bulk.flush

    def keep(self):
        flush(self)
        if not moment.exists():
            shutil.copy(project, moment)

    monkeypatch.setattr(Bulk, "BATCH", 1)
    monkeypatch.setattr(Bulk, "flush", keep)
    import_records(store, [Source(id=f"s{number}", name=f"Source {number}") for number in range(5)])
    heard = Heard("clearing")
    with pytest.raises(UserError, match="opening-stopped"):
        Store.open(moment, me, stages=heard)
    with closing(Store.open(moment, me)) as again:
        assert lists.sources(again) == []
        assert len(lists.marks(again)) == 2


class Given(Heard):
    """The one who waits sees the other give the project back."""

    def __init__(self, holder):
        super().__init__()
        self._holder = holder

    def hear(self, stage, done, total):
        super().hear(stage, done, total)
        self._holder.release()


@pytest.fixture
def closing_elsewhere(project):
    """A program that has noted the end of its session and still copies the project."""
    holder = ProjectLock(project)
    holder.acquire()
    holder.say_closing()
    yield holder
    holder.release()


def test_a_project_that_is_just_being_closed_is_waited_for(closing_elsewhere, opened):
    heard = Given(closing_elsewhere)
    store = opened(stages=heard)
    assert heard.names == ["waiting"]
    edits.add_source(store, "Ministry")


def test_nobody_has_to_wait_for_a_project_that_is_just_being_closed(closing_elsewhere, opened):
    stopped(opened, "waiting")
    assert closing_elsewhere.is_taken


def test_a_project_that_is_opened_again_after_the_wait_says_no_more_that_it_is_closing(
    closing_elsewhere, opened
):
    opened(stages=Given(closing_elsewhere))
    with pytest.raises(UserError, match="project-locked"):
        opened()

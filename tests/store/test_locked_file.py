"""A file that one process at a time has, whatever the system."""

import errno
import os
import sys

import filelock
import pytest

from annotator.store import locked_file
from annotator.store.locked_file import lock_file

posix = pytest.mark.skipif(sys.platform == "win32", reason="no flock")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "news.annotator.lock"


def test_one_at_a_time_has_a_file(path):
    give_back = lock_file(path)
    assert lock_file(path) is None
    give_back()
    again = lock_file(path)
    assert again is not None
    again()


def test_what_stands_in_a_file_stays_when_it_is_locked(path):
    path.write_text("body", encoding="utf-8")
    give_back = lock_file(path)
    give_back()
    assert path.read_text(encoding="utf-8") == "body"


def test_programs_that_lock_with_the_library_are_seen_and_see_us(path):
    library = filelock.FileLock(path)
    with library:
        assert lock_file(path) is None
    give_back = lock_file(path)
    with pytest.raises(filelock.Timeout):
        library.acquire(timeout=0)
    give_back()


@posix
@pytest.mark.filterwarnings("ignore:flock not supported")
@pytest.mark.parametrize("is_left", [True, False])
def test_a_folder_whose_system_knows_no_flock_is_left_to_the_library(path, monkeypatch, is_left):
    def unknown(*_):
        raise OSError(errno.ENOSYS, "Function not implemented")

    monkeypatch.setattr("fcntl.flock", unknown)
    give_back = lock_file(path)
    assert give_back is not None
    assert lock_file(path) is None
    if is_left:
        path.unlink()  # as `ProjectLock.release` does
    give_back()
    assert not path.exists()


@posix
@pytest.mark.parametrize("number", [errno.EAGAIN, errno.EACCES])
def test_systems_differ_in_how_they_say_that_somebody_has_a_file(path, monkeypatch, number):
    def refuse(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("fcntl.flock", refuse)
    assert lock_file(path) is None


@posix
def test_a_file_that_is_taken_away_while_it_is_locked_is_made_again(path, monkeypatch):
    flock, taken_away = locked_file.fcntl.flock, []

    def too_late(file, how):
        if not taken_away:
            taken_away.append(path.unlink())
        flock(file, how)

    monkeypatch.setattr("fcntl.flock", too_late)
    give_back = lock_file(path)
    assert path.exists()
    assert lock_file(path) is None
    give_back()


@posix
def test_a_disk_that_fails_is_told_and_nothing_new_is_left(path, monkeypatch):
    def fail(*_):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("fcntl.flock", fail)
    with pytest.raises(OSError, match="Input/output"):
        lock_file(path)
    assert not path.exists()


@posix
def test_what_a_link_leads_to_is_not_locked(path, tmp_path):
    (tmp_path / "other").write_text("of somebody else", encoding="utf-8")
    path.symlink_to(tmp_path / "other")
    with pytest.raises(OSError, match="symbolic links"):
        lock_file(path)


@posix
def test_a_file_that_nobody_may_write_is_told(path):
    path.mkdir()
    with pytest.raises(IsADirectoryError):
        lock_file(path)

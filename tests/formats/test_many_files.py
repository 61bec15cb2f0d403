"""Very many files are made by a process of their own, whole or with the reason why not."""

import io
import shutil

import pytest

from annotator.domain.errors import UserError
from annotator.domain.model import Article
from annotator.formats import appending
from annotator.formats.many_files import ManyFiles
from annotator.formats.registry import by_name, export_to

MANY = 300
"""More than one process adds to by itself."""


@pytest.fixture(autouse=True)
def two_processors(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 2)


def articles():
    return (Article(id=f"{number:03}", text="The port is open.") for number in range(MANY))


def process(files):
    return files._other._process


def test_files_hold_what_was_added_to_them_in_that_order(tmp_path):
    with ManyFiles(tmp_path) as files:
        for word in (b"The port ", b"is open.\n"):
            for number in range(MANY):
                files.add(f"{number}.txt", word)
        child = process(files)
    assert child.returncode == 0
    assert {path.read_bytes() for path in tmp_path.iterdir()} == {b"The port is open.\n"}
    assert len(list(tmp_path.iterdir())) == MANY


def test_what_was_added_can_be_read_at_once(tmp_path):
    with ManyFiles(tmp_path) as files:
        for number in range(MANY):
            files.add(f"{number}.txt", b"The port")
            assert files.read(f"{number}.txt") == b"The port"


def test_what_the_system_refuses_is_said_with_its_reason(tmp_path):
    def fill():
        with ManyFiles(tmp_path / "gone") as files:
            (tmp_path / "gone").mkdir()
            for number in range(MANY):
                files.add(f"{number}.txt", b"x")
            assert files.read("1.txt") == b"x"
            shutil.rmtree(tmp_path / "gone")
            for number in range(MANY):
                files.add(f"{number}.txt", b"x")

    with pytest.raises(FileNotFoundError):
        fill()


def test_what_the_system_refused_is_said_where_a_file_is_read(tmp_path):
    def fill():
        with ManyFiles(tmp_path) as files:
            for number in range(MANY):
                files.add(f"{number}.txt", b"x")
            files.add("no such folder/1.txt", b"x")
            files.read("1.txt")

    with pytest.raises(FileNotFoundError):
        fill()


@pytest.mark.parametrize("command", ["no-such-program", ""])
def test_where_no_process_is_to_be_had_files_are_made_all_the_same(tmp_path, monkeypatch, command):
    monkeypatch.setattr("sys.executable", command)
    with ManyFiles(tmp_path) as files:
        for number in range(MANY):
            files.add(f"{number}.txt", b"x")
    assert len(list(tmp_path.iterdir())) == MANY


@pytest.mark.parametrize("at_the_end", [True, False])
def test_files_of_which_some_were_not_made_are_refused(tmp_path, at_the_end):
    def fill():
        with ManyFiles(tmp_path) as files:
            for number in range(MANY):
                files.add(f"{number}.txt", b"x")
            process(files).kill()
            process(files).wait()
            if not at_the_end:
                files.read("1.txt")

    with pytest.raises(BrokenPipeError):
        fill()


def test_nothing_more_is_made_once_it_is_not_wanted(tmp_path):
    class StoppedError(Exception):
        pass

    files = ManyFiles(tmp_path)

    def fill():
        with files:
            for number in range(MANY):
                files.add(f"{number}.txt", b"x")
            raise StoppedError

    with pytest.raises(StoppedError):
        fill()
    assert process(files).returncode is not None


def test_an_export_that_is_broken_off_leaves_nothing_of_its_many_files(tmp_path):
    def breaking():
        yield from articles()
        raise UserError("text-damaged")

    with pytest.raises(UserError, match="text-damaged"):
        export_to(by_name("brat"), breaking(), tmp_path / "out", {})
    assert list(tmp_path.iterdir()) == []


def test_a_message_cut_short_by_a_kill_is_not_obeyed(tmp_path):
    given = appending.message("1.txt", b"The port") + appending.message("2.txt", b"is open")[:-1]
    appending.obey(str(tmp_path), io.BytesIO(given), io.BytesIO())
    assert [path.name for path in tmp_path.iterdir()] == ["1.txt"]

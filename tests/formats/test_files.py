"""Many files are read in their order, some of them opened before their turn."""

import sys
from pathlib import Path

import pytest

from annotator.domain.errors import UserError
from annotator.formats import files
from annotator.formats.brat import FORMAT as BRAT
from annotator.formats.files import AHEAD, read_bytes, read_each


def written(folder: Path, count: int) -> list[str]:
    paths = [folder / f"{number}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_bytes(b"x" * number)
    return [*map(str, paths)]


def handles() -> int:
    return len([*Path("/proc/self/fd").iterdir()])


@pytest.mark.parametrize("count", [0, 1, AHEAD, AHEAD + 1, 3 * AHEAD])
def test_each_file_comes_in_its_turn_as_it_does_alone(tmp_path, count):
    paths = written(tmp_path, count)
    assert [*read_each(paths, {})] == [read_bytes(path, {}) for path in paths]


def test_no_more_than_some_files_are_asked_for_ahead(tmp_path):
    paths = iter(written(tmp_path, 3 * AHEAD))
    contents = read_each(paths, {})
    next(contents)
    assert len([*paths]) == 2 * AHEAD - 1


def test_a_file_that_cannot_be_read_is_refused_in_its_turn(tmp_path):
    paths = [*written(tmp_path, 3), str(tmp_path / "none.txt"), *written(tmp_path, 2)]
    contents = read_each(paths, {})
    assert [next(contents) for _ in range(3)] == [b"", b"x", b"xx"]
    with pytest.raises(UserError, match="file-unreadable"):
        next(contents)


def test_a_file_that_is_too_large_is_refused_in_its_turn(tmp_path):
    contents = read_each(written(tmp_path, 3), {"max_bytes": 1})
    assert [next(contents) for _ in range(2)] == [b"", b"x"]
    with pytest.raises(UserError, match="file-too-large"):
        next(contents)


@pytest.mark.skipif(sys.platform != "linux", reason="counts what /proc lists")
def test_whoever_stops_early_leaves_no_file_open(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "AHEAD", 4)
    before = handles()
    contents = read_each([*written(tmp_path, 6), str(tmp_path)], {})
    next(contents)
    assert handles() == before + 4
    contents.close()
    assert handles() == before


@pytest.mark.skipif(sys.platform != "linux", reason="counts what /proc lists")
def test_a_brat_folder_that_is_refused_leaves_no_file_open(tmp_path):
    for number in range(9):
        (tmp_path / f"{number}.txt").write_text("The harbour closed.")
        (tmp_path / f"{number}.ann").write_text("T1\tclaim 0 3\tThe\n" if number else "T1\tclaim 0 x\n")
    before = handles()
    records = iter(BRAT.read(tmp_path, {}))
    next(records)
    with pytest.raises(UserError, match="brat-bad-line"):
        next(records)
    assert handles() == before

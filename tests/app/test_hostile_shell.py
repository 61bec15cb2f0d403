"""A shell that closes, fills or garbles what the program reads and writes never gets a traceback."""

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.store.imports.rows import Rows
from annotator.store.journal import Journal
from tests.app import files
from tests.app.done import tables

pytestmark = pytest.mark.skipif(os.name == "nt", reason="of shells with file descriptors")
NO_UTF8 = os.fsdecode(b"\xff\xfe")
NOTHING_CLOSED = 9


def shell(*arguments, closed=NOTHING_CLOSED, before=lambda: None, **options):
    """Run the program in a process of its own; returns exit code and stderr."""

    def prepare():
        if closed != NOTHING_CLOSED:
            os.close(closed)
        before()

    command = [sys.executable, "-m", "annotator", *map(os.fsencode, map(str, arguments))]
    piped = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    done = subprocess.run(command, preexec_fn=prepare, timeout=60, check=False, **piped)
    err = (done.stderr or b"").decode(errors="replace")
    assert "Traceback" not in err
    assert "Exception ignored" not in err
    return done.returncode, err


@pytest.mark.parametrize("closed", [0, 1, 2])
def test_a_closed_stream_changes_nothing_of_the_work(closed, project, tmp_path):
    lines = files.write(tmp_path / "in.jsonl", *files.LINES)
    assert shell("import", project, lines, closed=closed)[0] == 0
    assert len(tables(project)["mark"]) == 2


def test_an_output_without_space_is_told(full):
    with Path("/dev/full").open("wb") as nowhere:
        code, err = shell("stats", full, stdout=nowhere)
    assert code == 1
    assert "The output could not be written: No space left on device." in err


@pytest.mark.parametrize("command", [["stats"], ["export", "out.jsonl", "--format", "annotator-jsonl"]])
def test_no_locale_and_no_home_are_enough(command, full, tmp_path):
    names = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    env = {"PATH": os.environ["PATH"], "HOME": "/dev/null", "XDG_DATA_HOME": "/dev/null", **names}
    assert shell(command[0], full, *command[1:], env=env, cwd=tmp_path)[0] == 0


def test_a_file_that_may_not_grow_keeps_what_it_held(full, tmp_path, run):
    articles = [{"type": "article", "id": f"n{n}", "text": f"word {n} " * 300} for n in range(200)]
    lines = files.write(tmp_path / "big.jsonl", *articles)
    run("export", full, tmp_path / "before.jsonl", "--format", "annotator-jsonl")

    def limit(size):
        return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    code, err = shell("import", full, lines, before=limit(60_000))
    assert (code, str(full) in err) == (3, True)
    run("export", full, tmp_path / "after.jsonl", "--format", "annotator-jsonl")
    assert (tmp_path / "after.jsonl").read_bytes() == (tmp_path / "before.jsonl").read_bytes()
    code, err = shell("export", full, tmp_path / "x.jsonl", "--format", "annotator-jsonl", before=limit(100))
    assert (code, "could not be written: File too large" in err) == (3, True)
    assert not [path for path in tmp_path.iterdir() if "x.jsonl" in path.name]


@pytest.mark.parametrize("arguments", [["check"], ["stats", "--json"], ["map"], ["history"], ["undo"]])
def test_who_reads_no_more_of_the_output_is_not_told_of_damage(arguments, full):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as unread:
        assert shell(arguments[0], full, *arguments[1:], stdout=unread) == (141, "")


def test_what_reads_no_more_of_the_sentences_leaves_no_half_import(full, tmp_path):
    (tmp_path / "caf\xe9.txt").write_bytes("Le café a été fermé à l’été, où l’on voit Noël.".encode("cp1252"))
    before = tables(full)
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as unread:
        assert shell("import", full, tmp_path / "caf\xe9.txt", stderr=unread)[0] == 141
    assert tables(full) == before


def test_an_export_whose_losses_nobody_reads_is_not_called_refused_and_leaves_nothing(full, tmp_path):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as unread:
        assert shell("export", full, tmp_path / "out", "--format", "brat", stderr=unread)[0] == 141
    assert not [path for path in tmp_path.iterdir() if "out" in path.name]


def test_a_full_folder_for_temporary_files_is_not_taken_for_the_disk_of_the_project(full, tmp_path, run):
    (tmp_path / "long.txt").write_text("The tide was high. " * 200_000)
    assert run("import", full, tmp_path / "long.txt").code == 0
    code, err = shell("check", full, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)))
    assert code == 3
    assert err.startswith("Temporary files could not be written (")
    assert str(full) not in err


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGHUP, 129)]
)
def test_an_import_that_is_stopped_at_any_step_takes_itself_back(
    number, code, full, tmp_path, monkeypatch, run
):
    lines = files.write(
        tmp_path / "more.jsonl",
        *({"type": "source", "id": f"n{n}", "name": f"Office {n}"} for n in range(60)),
    )
    before = tables(full)
    insert = Rows.insert

    def stopping(self, record, *rest):
        insert(self, record, *rest)
        if record.name == "Office 40":
            signal.raise_signal(number)

    monkeypatch.setattr(Rows, "insert", stopping)
    done = run("import", full, lines)
    assert (done.code, done.err.strip()) == (code, "Stopped; what was not finished was taken back.")
    assert tables(full) == before


def test_a_signal_that_is_to_be_ignored_stops_nothing(full, tmp_path, monkeypatch, run):
    lines = files.write(tmp_path / "more.jsonl", {"type": "source", "id": "n", "name": "Office"})
    insert = Rows.insert

    def hanging_up(self, *given):
        signal.raise_signal(signal.SIGHUP)
        return insert(self, *given)

    monkeypatch.setattr(Rows, "insert", hanging_up)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as `nohup` does
    try:
        assert run("import", full, lines).code == 0
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_signal_inside_a_function_of_the_database_is_a_stop_and_no_bug(full, tmp_path, monkeypatch, run):
    lines = files.write(tmp_path / "more.jsonl", {"type": "source", "id": "n", "name": "Office"})
    before = tables(full)
    here = Journal._current_here
    asked = []

    def stopping(self):
        asked.append(1)
        if len(asked) == 1:
            signal.raise_signal(signal.SIGINT)
        return here(self)

    monkeypatch.setattr(Journal, "_current_here", stopping)
    assert run("import", full, lines).code == 130
    assert asked
    assert tables(full) == before


@pytest.mark.parametrize("name", ["csv", "brat", "annotator-jsonl"])
def test_an_export_that_is_stopped_leaves_nothing(name, full, tmp_path, monkeypatch, run):
    there = {path.name for path in tmp_path.iterdir()}
    monkeypatch.setattr("annotator.formats.files._sync", lambda path: signal.raise_signal(signal.SIGTERM))
    assert run("export", full, tmp_path / "out", "--format", name).code == 143
    assert {path.name for path in tmp_path.iterdir()} == there


@pytest.mark.parametrize(
    "arguments",
    [
        ["history", "PROJECT", "--mark", NO_UTF8],
        ["map", "PROJECT", "--claim", NO_UTF8],
        ["export", "PROJECT", "x", "--format", "annotator-jsonl", "--where", f"text~{NO_UTF8}"],
        ["export", "PROJECT", "x", "--format", NO_UTF8],
        ["import", "PROJECT", "x", "--annotator", NO_UTF8],
        ["map", "PROJECT", "--claim", "C" + "9" * 5000],
        ["history", "PROJECT", "--mark", "M" + "9" * 30],
    ],
)
def test_an_argument_nothing_can_be_called_is_wrong_usage(arguments, full, run):
    done = run(*(full if one == "PROJECT" else one for one in arguments))
    assert done.code == 2


@pytest.mark.parametrize(
    "scheme",
    [
        "[" * 100_000,
        '{"x":' + "[" * 900 + "]" * 900 + "}",
        '{"labels": 5}',
        '{"version": NaN}',
        '{"labels": [{"id": "a", "name": "\\ud800"}]}',
        "[]",
    ],
)
def test_a_project_with_an_impossible_scheme_is_never_made(scheme, tmp_path, run):
    path = tmp_path / "scheme.json"
    path.write_text(scheme, encoding="utf-8")
    done = run("new", tmp_path / "new.annotator", "--scheme", path)
    assert done.code == 3
    assert done.err
    assert list(tmp_path.iterdir()) == [path]


def test_no_export_replaces_the_project_it_comes_from(full, tmp_path, run):
    plain = full.rename(tmp_path / "work")
    (tmp_path / "link.jsonl").symlink_to(plain)
    os.link(plain, tmp_path / "second.jsonl")
    before = plain.read_bytes()
    for out in (plain, tmp_path / "link.jsonl", tmp_path / "second.jsonl"):
        assert run("export", plain, out, "--format", "annotator-jsonl").code == 3
        assert run("map", plain, "-o", out).code == 3
    assert plain.read_bytes() == before
    assert (tmp_path / "link.jsonl").is_symlink()

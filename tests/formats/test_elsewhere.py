"""What another process reads comes as if this one had read it; that process never outlives the reading."""

import os
import select
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain import runs
from annotator.domain.errors import UserError
from annotator.domain.ids import ArticleId
from annotator.domain.messages import sentence
from annotator.domain.model import Article, Mark
from annotator.domain.prepared import Placed, prepared
from annotator.domain.runs import AT_ONCE, PAUSE, Run, in_runs
from annotator.domain.spans import Span
from annotator.formats import elsewhere
from annotator.formats.brat import FORMAT as BRAT
from annotator.formats.brat_types import RELATION_COLUMNS, RELATIONS
from annotator.formats.elsewhere import MANY, is_large, records_of
from annotator.formats.jsonl import FORMAT as JSONL
from annotator.formats.plain import FORMAT as TEXT
from annotator.formats.registry import export_to
from tests import LIMIT_MS
from tests.formats.odd import OddFormat
from tests.formats.records import small_project

posix = pytest.mark.skipif(os.name == "nt", reason="signals and groups of processes are others there")
ODD = OddFormat()


def forget(code, **details):
    pass


@pytest.fixture
def children(monkeypatch):
    """Whatever is read is read elsewhere, by our formats and the odd one; the processes that were started."""
    started = []

    class Child(subprocess.Popen):
        def __init__(self, *arguments, **options):
            super().__init__(*arguments, **options)
            started.append(self)

    monkeypatch.setattr(elsewhere, "is_large", lambda path: True)
    monkeypatch.setattr(elsewhere, "OURS", ("annotator.", "tests."))
    monkeypatch.setattr(elsewhere.subprocess, "Popen", Child)
    yield started
    assert None not in [child.returncode for child in started]


def came(format_, path, read, **options):
    """What came, in its order: runs of records, reports, and how it ended."""
    found = []
    given = {"report": lambda code, **details: found.append((code, details)), **options}
    try:
        for run in in_runs(read(format_, path, given)):
            found.append([run.record, *run])
            found += [one.original for one in run if isinstance(one, Article)]
    except UserError as error:
        found.append((type(error), error.code, error.details, str(error)))
    return found


def read_here(format_, path, options):
    return format_.read(path, options)


def read_elsewhere(format_, path, options):
    with records_of(format_, path, options) as records:
        yield from in_runs(records)


def without_new_ids(found):
    """Texts get a new id each time they are read."""
    return [
        [replace(one, id=ArticleId("")) for one in some[1:]]
        if isinstance(some, list) and some[0] is Article
        else some
        for some in found
    ]


def as_here(format_, path, **options):
    here, there = (came(format_, path, read, **options) for read in (read_here, read_elsewhere))
    return without_new_ids(here) == without_new_ids(there)


@pytest.mark.parametrize("folder", ["brat-tutorial-news", "litbank-entities", "somesci-sentences"])
def test_folders_of_others_come_as_if_they_were_read_here(children, shared, folder):
    assert as_here(BRAT, shared / "fixtures" / "brat" / folder)
    assert len(children) == 1


@pytest.mark.parametrize("format_", [BRAT, JSONL])
def test_our_own_exports_come_as_if_they_were_read_here(children, tmp_path, format_):
    export_to(format_, small_project(), tmp_path / "out", {})
    assert as_here(format_, tmp_path / "out")
    assert len(children) == 1


def texts(folder: Path) -> Path:
    (folder / "below").mkdir(parents=True)
    (folder / "a.md").write_text("---\ntitle: Harbour\noutlet: Post\n---\nIt is safe 🚢.\n", encoding="utf-8")
    (folder / "below" / "b.txt").write_bytes("Déjà vu, encore une fois, à l'été.\r\n".encode("latin-1"))
    (folder / "c.txt").write_bytes(b"a\x01b\n")
    (folder / "d.txt").write_bytes(b"")
    (folder.parent / "list.csv").write_text(
        "file,title,outlet\nc.txt,Cranes,Post\nz.txt,Z,\n", encoding="utf-8"
    )
    return folder


def test_texts_come_with_what_a_manifest_and_options_say(children, tmp_path):
    folder = texts(tmp_path / "in")
    assert as_here(TEXT, folder, manifest=tmp_path / "list.csv", language="en", first_line_title=False)
    assert as_here(TEXT, folder, max_bytes=10)
    assert as_here(TEXT, tmp_path / "nowhere")
    assert len(children) == 3


def test_a_file_that_cannot_be_read_is_refused_as_it_is_here(children, tmp_path):
    export_to(BRAT, small_project(), tmp_path / "out", {})
    (tmp_path / "out" / "0.txt").touch()
    first = min((tmp_path / "out").glob("*.ann"))
    first.unlink()
    first.symlink_to("nowhere")
    assert came(BRAT, tmp_path / "out", read_elsewhere)[-1][1] == "file-unreadable"
    assert as_here(BRAT, tmp_path / "out")


@pytest.mark.parametrize("read", [read_here, read_elsewhere])
def test_whoever_waits_can_stop_while_links_beside_documents_are_read(children, tmp_path, read):
    export_to(BRAT, small_project(), tmp_path / "out", {})
    rows = [",".join(RELATION_COLUMNS), *[f"l{n},denies,x/T1,,y/T1,,,," for n in range(50 * AT_ONCE)]]
    (tmp_path / "out" / RELATIONS).write_text("\n".join(rows), encoding="utf-8")
    came = [*in_runs(read(BRAT, tmp_path / "out", {}))]
    assert [run is PAUSE for run in came[:51]] == [True] * 50 + [False]


@pytest.mark.parametrize("read", [read_here, read_elsewhere])
def test_whoever_waits_hears_how_many_files_of_how_many_were_looked_at(children, tmp_path, monkeypatch, read):
    monkeypatch.setattr(runs, "AT_ONCE", 2)
    for name in "abcde":
        (tmp_path / f"{name}.txt").write_text(name, encoding="utf-8")
        (tmp_path / f"{name}.ann").write_text("", encoding="utf-8")
    told = []
    came = read(BRAT, tmp_path, {"looking": lambda done, total: told.append((done, total))})
    assert Article in {run.record for run in in_runs(came)}
    assert told == [(2, 5), (4, 5), (5, 5)]
    assert len(children) == (read is read_elsewhere)


def test_where_no_large_pipe_is_allowed_a_small_one_serves_and_nothing_stays_open(
    children, tmp_path, monkeypatch
):
    fcntl = pytest.importorskip("fcntl")

    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(fcntl, "fcntl", refuse)
    before = {*Path("/dev/fd").iterdir()}
    assert not is_read_here(odd(tmp_path, "fine"))
    assert {*Path("/dev/fd").iterdir()} == before


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damaged_files_are_refused_and_told_as_they_are_here(children, tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("damaged")
    format_ = data.draw(st.sampled_from([BRAT, JSONL]))
    export_to(format_, small_project(), folder / "out", {})
    files = [folder / "out"] if format_ is JSONL else sorted((folder / "out").glob("*.*"))
    for _ in range(data.draw(st.integers(1, 3))):
        file = data.draw(st.sampled_from(files))
        content = bytearray(file.read_bytes())
        at = data.draw(st.integers(0, max(len(content) - 1, 0)))
        content[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=8))
        file.write_bytes(content)
    assert as_here(format_, folder / "out")


def test_a_run_comes_with_its_columns_alone(children, tmp_path):
    export_to(JSONL, small_project(), tmp_path / "out", {})
    [child] = [run for run in read_elsewhere(JSONL, tmp_path / "out", {}) if run.record is Article]
    assert isinstance(child, Run)
    assert not vars(child).keys() & {"records", "columns"}


def test_articles_come_with_what_takes_long_to_find_out_of_their_texts(children, tmp_path):
    texts(tmp_path / "in")
    runs = [*read_elsewhere(TEXT, tmp_path / "in", {"report": forget})]
    [found] = [run for run in runs if run.record is Article]
    assert found.prepared == [prepared(one.text) for one in found]
    assert any(found.prepared)
    export_to(JSONL, small_project(), tmp_path / "out", {})
    assert {run.prepared for run in read_elsewhere(JSONL, tmp_path / "out", {})} == {None}


def odd(tmp_path, name: str) -> Path:
    (tmp_path / name).mkdir()
    return tmp_path / name


@pytest.mark.parametrize(
    ("text", "quote", "places"),
    [
        ("The port closed.", "The", Placed((0,), (3,), (16,), ('[[""," port closed."]]',))),
        ("The port closed.", "One", None),
        ("The port\r\nclosed.", "The", None),
    ],
)
def test_marks_come_placed_where_they_are_right_in_a_text_that_stays_as_it_is(
    children, tmp_path, text, quote, places
):
    marks = [Mark(id="m", article="a", label="claim", spans=(Span(0, 3),), quotes=(quote,))]
    export_to(JSONL, [Article(id="a", text=text), *marks], tmp_path / "out", {})
    runs = [*read_elsewhere(JSONL, tmp_path / "out", {"report": forget})]
    assert [run.prepared for run in runs if run.record is Mark] == [places]


def test_reports_come_where_they_would_between_the_same_records(children, tmp_path):
    path = odd(tmp_path, "fine")
    found = came(ODD, path, read_elsewhere)
    assert int(found[1][1].name) == children[0].pid
    assert [found[0], found[2]] == [("text-empty", {"path": path}), ("text-empty", {"path": "behind"})]
    assert [found[1][2].name, found[3][1].text] == ["Port office", "x"]


def test_a_refusal_comes_with_its_details_behind_what_was_read_before(children, tmp_path):
    path = odd(tmp_path, "refused")
    found = came(ODD, path, read_elsewhere)
    assert [one.name for one in found[1][2:]] == ["Port office"]
    assert found[2][:3] == (UserError, "file-missing", {"path": path, "line": 3})


def test_a_bug_in_a_reader_comes_as_what_it_is_and_says_where_it_was(children, tmp_path):
    with pytest.raises(ZeroDivisionError, match="of the reader") as caught:
        came(ODD, odd(tmp_path, "bug"), read_elsewhere)
    assert "odd.py" in caught.value.__notes__[0]


def test_a_bug_that_cannot_travel_comes_in_words(children, tmp_path):
    with pytest.raises(RuntimeError, match="_OwnError: 1 and 2"):
        came(ODD, odd(tmp_path, "own-bug"), read_elsewhere)


@pytest.mark.parametrize("what", [pytest.param("killed", marks=posix), "memory", "memory-to-send"])
def test_a_process_that_dies_is_told_in_a_sentence(children, tmp_path, what):
    path = odd(tmp_path, what)
    ended = came(ODD, path, read_elsewhere)[-1]
    assert ended[1:3] == ("reading-broke-off", {"path": str(path)})
    assert str(path) in sentence(UserError(ended[1], **ended[2]))


def stop_reading(path):
    with records_of(ODD, path, {"report": forget}) as records:
        next(iter(records))
        raise KeyboardInterrupt


def test_whoever_stops_taking_leaves_no_process_behind(children, tmp_path):
    with records_of(ODD, odd(tmp_path, "endless"), {"report": forget}) as records:
        next(iter(records))
        assert children[0].poll() is None
    assert children[0].returncode is not None
    with pytest.raises(KeyboardInterrupt):
        stop_reading(tmp_path / "endless")
    assert children[1].returncode is not None


def test_a_process_whose_records_nobody_asks_for_ends(children, tmp_path):
    with records_of(ODD, odd(tmp_path, "fine"), {"report": forget}):
        pass
    assert len(children) == 1


@posix
def test_ctrl_c_in_a_terminal_is_for_the_program_alone(children, tmp_path):
    with records_of(ODD, odd(tmp_path, "endless"), {"report": forget}) as records:
        next(iter(records))
        assert os.getpgid(children[0].pid) != os.getpgid(0)


KILLED = """
import os, signal, sys
from pathlib import Path
from annotator.formats import elsewhere
from tests.formats.odd import OddFormat
elsewhere.is_large, elsewhere.OURS = lambda path: True, ("tests.",)
with elsewhere.records_of(OddFormat(), Path(sys.argv[1]), {"report": lambda *_, **__: None}) as records:
    print(next(iter(records)).name, flush=True)
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs Linux, to wait for the process of another")
def test_a_process_ends_by_itself_when_the_program_is_killed(tmp_path):
    command = [sys.executable, "-c", KILLED, odd(tmp_path, "endless")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as program:
        reader = os.pidfd_open(int(program.stdout.readline()))
        try:
            program.stdin.close()
            assert program.wait() == -signal.SIGKILL
            assert select.select([reader], [], [], LIMIT_MS / 1000)[0]
        finally:
            os.close(reader)


NAMED = """
import sys
from pathlib import Path
from annotator.formats import elsewhere
from annotator.formats.plain import FORMAT
elsewhere.is_large = lambda path: True
with elsewhere.records_of(FORMAT, Path(sys.argv[1]), {}) as records:
    sys.stdout.buffer.write(next(iter(records)).text.encode())
"""


@posix
@pytest.mark.parametrize("mode", "01")
def test_names_of_files_mean_the_same_to_both_processes(tmp_path, mode):
    (tmp_path / "Élysée").mkdir()
    (tmp_path / "Élysée" / "a.txt").write_text("It is safe.", encoding="utf-8")
    command = [sys.executable, "-X", f"utf8={mode}", "-c", NAMED, tmp_path / "Élysée"]
    plain = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    environment = os.environ | plain | {"PYTHONPATH": os.pathsep.join(sys.path)}
    assert (
        subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout == b"It is safe."
    )


def is_read_here(path, options=None) -> bool:
    reader = next(iter(read_elsewhere(ODD, path, {"report": forget, **(options or {})})))
    return next(iter(reader)).name == str(os.getpid())


@pytest.mark.parametrize("executable", ["", None, "/usr/bin/editor", "/nowhere/python3"])
def test_where_no_python_can_be_started_it_is_read_here(children, tmp_path, monkeypatch, executable):
    monkeypatch.setattr(sys, "executable", executable)
    assert is_read_here(odd(tmp_path, "fine"))


def test_a_program_with_python_inside_reads_by_itself(children, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert is_read_here(odd(tmp_path, "fine"))
    assert children == []


def test_a_python_that_cannot_load_the_reader_leaves_it_to_this_one(children, tmp_path, monkeypatch):
    monkeypatch.setattr(elsewhere, "_PROGRAM", "raise ImportError")
    assert is_read_here(odd(tmp_path, "fine"))
    assert len(children) == 1


def test_formats_of_other_packages_are_read_here(children, tmp_path, monkeypatch):
    monkeypatch.setattr(elsewhere, "OURS", ("annotator.",))
    assert is_read_here(odd(tmp_path, "fine"))


def test_options_travel_where_they_are_plain_and_are_read_here_where_not(children, tmp_path):
    given = {"encoding": "utf-8", "max_bytes": 7, "manifest": Path("list.csv"), "title": None, "flag": True}
    found = came(ODD, odd(tmp_path, "options"), read_elsewhere, **given)
    assert found[1][3].name == repr(sorted(given.items()))
    assert is_read_here(tmp_path / "options", {"more": (1,)})


def test_a_folder_is_large_by_what_is_in_it_at_any_depth(tmp_path):
    (tmp_path / "below").mkdir()
    for number in range(MANY - 2):
        (tmp_path / ("below" if number % 2 else ".") / f"{number}.txt").touch()
    assert not is_large(tmp_path)
    (tmp_path / "below" / "last.txt").touch()
    assert is_large(tmp_path)
    assert not is_large(tmp_path / "below")


def test_a_file_or_what_is_not_there_is_not_large(tmp_path):
    (tmp_path / "a.jsonl").touch()
    assert not is_large(tmp_path / "a.jsonl")
    assert not is_large(tmp_path / "nowhere")

"""Whole tasks on the command line, each command a process of its own as scripts run it."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import pytest

from annotator.store.store import Identity, Store
from tests.app import files
from tests.app.done import tables

COMMAND = (sys.executable, "-m", "annotator")
posix = pytest.mark.skipif(os.name == "nt", reason="POSIX signals and file names")


def annotator(*arguments, code=0, **environment):
    done = subprocess.run(
        [*COMMAND, *map(os.fspath, arguments)],
        capture_output=True,
        timeout=100,
        check=False,
        env={**os.environ, **environment},
    )
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return done.stdout.decode()


@pytest.fixture
def project(tmp_path):
    annotator("new", tmp_path / "p.annotator")
    return tmp_path / "p.annotator"


def texts(shared):
    return sorted((shared / "fixtures" / "torture").rglob("*.txt"))


def many(path, count):
    """A file of many marks in one article."""
    text = "The tide was high. " * count
    marks = (
        {
            "type": "mark", "id": f"t{n}", "article": "t", "label": "claim",
            "spans": [[n * 19, n * 19 + 17]], "quotes": ["The tide was high"],
        }
        for n in range(count)
    )  # fmt: skip
    return files.write(path, {"type": "article", "id": "t", "text": text}, *marks)


def test_a_first_corpus_from_texts_to_tables(project, tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"Report {number}.\n\nThe harbour was closed, the office said.")
    annotator("import", project, folder)
    labelled = files.write(tmp_path / "labelled.jsonl", *files.LINES)
    annotator("import", project, labelled, "--annotator", "Ina")
    assert json.loads(annotator("stats", project, "--json"))["marks"]["total"] == 2
    annotator("export", project, tmp_path / "tables", "--format", "csv")
    annotator("export", project, tmp_path / "brat", "--format", "brat")
    annotator("undo", project)
    assert json.loads(annotator("stats", project, "--json"))["marks"]["total"] == 0
    annotator("redo", project)
    other = tmp_path / "other.annotator"
    annotator("new", other)
    annotator("import", other, tmp_path / "brat")
    assert json.loads(annotator("stats", other, "--json"))["marks"]["by_label"] == {"claim": 1, "denial": 1}


def test_a_brat_folder_brings_what_marks_say_of_claims_also_into_the_project_it_came_from(project, tmp_path):
    second = {"type": "article", "id": "a2", "text": "They stood, said Ruiz. He saw it.", "title": "Later"}
    mark = {"type": "mark", "article": "a2", "attribution": [{"source": "office"}]}
    lines = [
        *files.LINES[:-2],
        second,
        files.changed(files.DENIAL, article="a1"),
        {**mark, "id": "m3", "label": "claim", "spans": [[0, 10]], "quotes": ["They stood"]},
        {**mark, "id": "m4", "label": "evidence", "spans": [[23, 32]], "quotes": ["He saw it"]},
        {"type": "proposition", "id": "p1", "text": "The cranes stood still.", "in_no_article": True},
        {"type": "proposition", "id": "p2", "text": "The strike was over."},
        {"type": "mention", "mark": "m1", "proposition": "p1", "stance": "support"},
        {"type": "mention", "mark": "m3", "proposition": "p1", "stance": "support", "note": "as in May"},
        {"type": "mention", "mark": "m3", "proposition": "p2", "stance": "query"},
        files.LINK,
        {"type": "link", "id": "l2", "kind": "undermines", "from": {"mark": "m4"}, "to": {"mark": "m1"}},
        {
            "type": "link",
            "id": "l3",
            "kind": "undermines",
            "from": {"mark": "m4"},
            "to": {"proposition": "p2"},
        },
    ]
    annotator("import", project, files.write(tmp_path / "in.jsonl", *lines))
    said = board(project)
    assert said == {"The cranes stood still.": (2, 1, 1, True), "The strike was over.": (0, 0, 1, False)}
    annotator("export", project, tmp_path / "brat", "--format", "brat")
    other = tmp_path / "other.annotator"
    annotator("new", other)
    annotator("import", other, tmp_path / "brat")
    assert board(other) == said
    annotator("import", other, tmp_path / "brat")
    assert board(other) == said
    annotator("import", project, tmp_path / "brat")
    assert board(project) == {
        "The cranes stood still.": (4, 2, 2, True), "The strike was over.": (0, 0, 2, False)
    }  # fmt: skip


def board(project):
    """How many assert and deny each claim, how much speaks against it, and whether it is disputed."""
    claims = json.loads(annotator("map", project, "--format", "json"))["claims"]
    return {
        one["text"]: (
            len(one["asserts"]), len(one["denies"]), len(one["grounds"]["against"]), one["disputed"]
        )
        for one in claims
    }  # fmt: skip


def test_texts_that_torture_come_through_export_and_import_unchanged(project, tmp_path, shared):
    found = texts(shared)
    assert found
    subprocess.run([*COMMAND, "import", project, *found], check=False, capture_output=True, timeout=100)
    count = json.loads(annotator("stats", project, "--json"))["articles"]
    assert count >= len(found) - 3
    first, second, other = tmp_path / "1.jsonl", tmp_path / "2.jsonl", tmp_path / "o.annotator"
    annotator("export", project, first, "--format", "annotator-jsonl", "--strict")
    annotator("new", other)
    annotator("import", other, first)
    annotator("export", other, second, "--format", "annotator-jsonl", "--strict")
    assert first.read_bytes() == second.read_bytes()
    annotator("check", other)


@pytest.mark.parametrize("name", ["000_ccd6115b62aa84ff.txt", "003_9dc362e3430c4140.txt"])
def test_a_real_article_is_kept_character_for_character(project, tmp_path, shared, name):
    annotator("import", project, shared / "articles" / name)
    annotator("export", project, tmp_path / "out.jsonl", "--format", "annotator-jsonl")
    (article,) = [line for line in files.read(tmp_path / "out.jsonl") if line["type"] == "article"]
    assert article["text"] == (shared / "articles" / name).read_text(encoding="utf-8")


def test_labelled_data_of_others_comes_in_and_checks_out(project, shared):
    done = subprocess.run(
        [*COMMAND, "import", project, shared / "fixtures" / "brat"],
        capture_output=True,
        timeout=100,
        check=False,
    )
    assert done.returncode in (0, 1)
    assert b"Traceback" not in done.stderr
    assert json.loads(annotator("stats", project, "--json"))["marks"]["total"] > 0
    annotator("check", project)


KILLED_IN = """
import os, signal, sys
from annotator.store import bulk
flush, count = bulk.Bulk.flush, [0]
def killing(self):
    flush(self)
    count[0] += 1
    if count[0] == 1:
        os.kill(os.getpid(), signal.{signal})
bulk.Bulk.flush = killing
from annotator.app.cli import main
sys.exit(main(sys.argv[1:]))
"""


@posix
def test_a_killed_import_leaves_nothing_that_any_command_shows(project, tmp_path):
    annotator("import", project, files.write(tmp_path / "a.jsonl", *files.LINES))
    before = tables(project)
    big = many(tmp_path / "b.jsonl", 9000)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_IN.format(signal="SIGKILL"), "import", project, big],
        capture_output=True,
        timeout=100,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert json.loads(annotator("stats", project, "--json"))["marks"]["total"] == 2
    checked = subprocess.run([*COMMAND, "check", project], capture_output=True, timeout=100, check=False)
    assert checked.returncode == 0
    assert b"never came to its end" in checked.stderr
    assert len(json.loads(annotator("history", project, "--json"))) == 1
    annotator("undo", project)
    annotator("redo", project)
    after = tables(project)
    assert after["content"] == before["content"]
    assert sorted(row[0] for row in after["mark"]) == sorted(row[0] for row in before["mark"])


@posix
def test_an_interrupted_import_leaves_nothing_and_says_130(project, tmp_path):
    before = tables(project)
    big = many(tmp_path / "b.jsonl", 9000)
    done = subprocess.run(
        [sys.executable, "-c", KILLED_IN.format(signal="SIGINT"), "import", project, big],
        capture_output=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 130
    assert b"Traceback" not in done.stderr
    assert tables(project) == before


@posix
def test_a_killed_export_leaves_the_earlier_one_whole(project, tmp_path):
    annotator("import", project, files.write(tmp_path / "a.jsonl", *files.LINES))
    out = tmp_path / "out.jsonl"
    annotator("export", project, out, "--format", "annotator-jsonl")
    before = out.read_bytes()
    program = """
import os, signal, sys
from annotator.formats import jsonl
count, to_line = [0], jsonl.to_line
def killing(record):
    count[0] += 1
    if count[0] == 4:
        os.kill(os.getpid(), signal.SIGKILL)
    return to_line(record)
jsonl.to_line = killing
from annotator.app.cli import main
main(sys.argv[1:])
"""
    arguments = ["export", project, out, "--format", "annotator-jsonl"]
    killed = subprocess.run([sys.executable, "-c", program, *arguments], timeout=100, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert out.read_bytes() == before


def test_a_window_that_has_the_project_open_is_named_and_does_not_stop_reading(project, tmp_path):
    annotator("import", project, files.write(tmp_path / "a.jsonl", *files.LINES))
    store = Store.open(project, Identity())
    try:
        done = subprocess.run(
            [*COMMAND, "import", project, tmp_path / "a.jsonl"], capture_output=True, timeout=100, check=False
        )
        assert done.returncode == 3
        assert f"process {os.getpid()}" in done.stderr.decode()
        for command in ("stats", "check", "map", "history"):
            annotator(command, project)
        annotator("export", project, tmp_path / "out.jsonl", "--format", "annotator-jsonl")
    finally:
        store.close()


@posix
def test_a_reader_that_goes_away_is_no_error_worth_a_traceback(project, tmp_path):
    annotator("import", project, many(tmp_path / "a.jsonl", 500))
    writer = subprocess.Popen(
        [*COMMAND, "map", project, "--format", "md"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    writer.stdout.close()
    errors = writer.stderr.read()
    writer.stderr.close()
    writer.wait(100)
    assert errors == b""


@posix
def test_a_file_whose_name_is_not_utf_8_can_be_taken_in(project, tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(path)).write_bytes(b"The harbour was closed.")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    annotator("import", project, path)
    counts = json.loads(annotator("stats", project, "--json"))
    assert counts["by_article"][0]["title"] == "Caf\ufffd"
    annotator("history", project)
    annotator("import", project, os.fsencode(tmp_path) + b"/missing\xe9.txt", code=2)


def test_output_is_utf_8_whatever_the_locale(project, tmp_path):
    article = files.changed(files.ARTICLE, title="Порт 港")
    annotator("import", project, files.write(tmp_path / "a.jsonl", article))
    out = annotator(
        "stats", project, PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"
    )
    assert "Порт 港" in out


def test_a_format_of_another_package_is_there_like_our_own(project, tmp_path):
    site = tmp_path / "site"
    info = site / "lines-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: lines\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[annotator.formats]\nlines = lines:FORMAT\nbroken = lines:NOTHING\n"
    )
    (site / "lines.py").write_text(
        textwrap.dedent("""
            from annotator.domain.model import Article
            from annotator.formats.registry import Loss

            class Lines:
                name, suffixes, title = "lines", (".lines",), "One article a line"
                reads = writes = True
                extent = "file"

                def read(self, path, options):
                    for number, line in enumerate(path.read_text().splitlines(), 1):
                        yield Article(id=f"{path.stem}-{number}", text=line, line=number)

                def write(self, records, out, options):
                    texts = [record.text for record in records if isinstance(record, Article)]
                    out.write_text("".join(text + "\\n" for text in texts))

                def losses(self, summary):
                    return [Loss("marks", summary["marks"])] if summary["marks"] else []

            FORMAT = Lines()
            """)
    )
    path = {"PYTHONPATH": str(site)}
    rows = {row["name"]: row for row in json.loads(annotator("formats", "--json", **path))}
    assert rows["lines"] == {
        "name": "lines", "suffixes": [".lines"], "reads": True, "writes": True, "loses": ["marks"],
        "beside": {},
    }  # fmt: skip
    given = tmp_path / "two.lines"
    given.write_text("The tide was high.\nThe tide was low.\n")
    annotator("import", project, given, **path)
    out = tmp_path / "again.lines"
    annotator("export", project, out, "--format", "lines", "--strict", **path)
    assert out.read_text() == given.read_text()


@posix
def test_commands_work_where_nothing_can_be_kept_about_the_person(project, tmp_path):
    nowhere = tmp_path / "nowhere"
    nowhere.write_text("a file where a folder should be")
    given = files.write(tmp_path / "a.jsonl", *files.LINES)
    annotator("import", project, given, XDG_DATA_HOME=str(nowhere), HOME=str(nowhere))
    annotator("stats", project, XDG_DATA_HOME=str(nowhere), HOME=str(nowhere), DISPLAY="", WAYLAND_DISPLAY="")


AS_NOBODY = """
import os, sys
from annotator.app import checking, commands, importing, words
from annotator.app.cli import main
import annotator.formats.jsonl, annotator.formats.mapped, annotator.formats.reports.markdown
import annotator.store.backup, encodings.idna, filelock, getpass, socket, sqlite_utils
for name in ("setegid", "seteuid"):
    if os.geteuid() == 0:
        getattr(os, name)(65534)
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def entered_by_all():
    """A folder nobody else's tests are in: pytest closes the one around all others to other people again."""
    with tempfile.TemporaryDirectory(prefix="annotator-read-only-") as name:
        Path(name).chmod(0o755)
        yield Path(name)
        Path(name).chmod(0o755)


@posix
def test_a_project_that_can_only_be_read_is_read_and_not_written(entered_by_all):
    project = entered_by_all / "p.annotator"
    annotator("new", project)
    annotator("import", project, files.write(entered_by_all / "a.jsonl", *files.LINES))
    project.chmod(0o444)
    entered_by_all.chmod(0o555)

    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-c", AS_NOBODY, *arguments], capture_output=True, timeout=100, check=False
        )

    for command in ("stats", "check", "history", "map"):
        done = run(command, project)
        assert done.returncode == 0, done.stderr.decode()
    for command in ("undo", "redo"):
        done = run(command, project)
        assert done.returncode == 3, done.stderr.decode()
        assert b"can only be read" in done.stderr


def test_no_qt_is_loaded_for_commands_without_a_window(project):
    program = (
        "import sys; from annotator.app.cli import main; main(sys.argv[1:]);"
        " print([name for name in sys.modules if name.startswith('PySide6')])"
    )
    for arguments in (["stats", project], ["check", project], ["map", project], ["formats"]):
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments],
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
        assert done.stdout.splitlines()[-1] == "[]"


def test_a_file_beside_a_command_of_the_same_name_is_reached_by_its_path(tmp_path):
    done = subprocess.run(
        [*COMMAND, "new"], capture_output=True, text=True, timeout=100, check=False, cwd=tmp_path
    )
    assert done.returncode == 2
    assert "PROJECT" in done.stderr


def test_the_sample_survives_every_lossless_road(tmp_path):
    annotator("demo", tmp_path / "demo")
    demo = Path(tmp_path, "demo")
    other = tmp_path / "other.annotator"
    annotator("new", other)
    annotator("import", other, demo / "exports" / "annotator-jsonl.jsonl")
    annotator("export", other, tmp_path / "again.jsonl", "--format", "annotator-jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == (
        demo / "exports" / "annotator-jsonl.jsonl"
    ).read_bytes()
    one = json.loads(annotator("map", other, "--format", "json"))
    assert one == json.loads((demo / "map.json").read_text(encoding="utf-8"))

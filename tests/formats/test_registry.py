"""Formats are found by one road, and exports appear whole or not at all."""

import errno
import subprocess
import sys
from importlib.metadata import EntryPoint

import pytest

from annotator.domain.errors import UserError
from annotator.domain.model import Annotator
from annotator.formats import registry
from annotator.formats.files import MARKER
from annotator.formats.registry import Format, by_name, export_to, formats, guess


class Folder:
    name = "folder"
    suffixes = (".fol",)
    title = "A folder"
    reads = False
    writes = True
    extent = "folder"

    def read(self, path, options):
        raise NotImplementedError

    def write(self, records, out, options):
        for record in records:
            (out / f"{record.id}.fol").write_text(record.name)

    def losses(self, summary):
        return []


class File(Folder):
    name = "file"
    extent = "file"

    def write(self, records, out, options):
        with out.open("w") as file:
            for record in records:
                file.write(record.name)


ONE = [Annotator(id="one", name="1")]


def breaking(error):
    yield from ONE
    raise error


@pytest.fixture
def entry_points(monkeypatch):
    def install(*points):
        monkeypatch.setattr(registry, "_points", lambda: list(points))
        registry._load.cache_clear()

    yield install
    registry._load.cache_clear()


def test_our_formats_are_found_like_those_of_others():
    assert set(formats()) >= {"annotator-jsonl", "brat", "csv", "text"}
    assert all(isinstance(one, Format) for one in formats().values())
    assert registry.broken_formats() == []


def test_a_broken_format_of_others_is_named_and_harms_nobody(entry_points):
    entry_points(
        EntryPoint("folder", "tests.formats.test_registry:Folder", registry.GROUP),
        EntryPoint("gone", "no.such.module:FORMAT", registry.GROUP),
        EntryPoint("hollow", "tests.formats.test_registry:ONE", registry.GROUP),
        EntryPoint("twice", "tests.formats.test_registry:Folder", registry.GROUP),
    )
    assert list(formats()) == ["folder"]
    assert [bad.name for bad in registry.broken_formats()] == ["gone", "hollow", "twice"]
    with pytest.raises(UserError, match="format-broken"):
        by_name("gone")


def test_a_small_export_waits_for_no_other_format_and_no_reader():
    code = (
        "import sys; from annotator.formats.registry import by_name; by_name('brat')\n"
        "from annotator.formats import brat_write\n"
        "found = {'msgspec', 'annotator.formats.tabular', 'annotator.formats.brat_read'} & {*sys.modules}\n"
        "print(sorted(found))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_an_unknown_name_is_refused_with_the_names_there_are():
    with pytest.raises(UserError) as caught:
        by_name("docx")
    assert caught.value.code == "format-unknown"
    assert "brat" in caught.value.details["names"]


@pytest.mark.parametrize(
    ("files", "name"),
    [
        (["a.jsonl"], "annotator-jsonl"),
        (["a.txt"], "text"),
        (["a.MD"], "text"),
        (["a.ann"], "brat"),
        (["d/a.txt", "d/b.md"], "text"),
        (["d/a.txt", "d/a.ann", "d/annotation.conf"], "brat"),
        (["d/deep/a.ann", "d/deep/a.txt"], "brat"),
    ],
)
def test_the_format_is_guessed_by_suffix_and_by_what_a_folder_holds(tmp_path, files, name):
    for file in files:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("x")
    assert guess(tmp_path / files[0].split("/")[0]).name == name


def test_what_cannot_be_guessed_is_refused(tmp_path):
    (tmp_path / "a.docx").touch()
    with pytest.raises(UserError, match="format-not-guessed"):
        guess(tmp_path / "a.docx")
    (tmp_path / "lines").mkdir()
    (tmp_path / "lines" / "a.jsonl").touch()
    with pytest.raises(UserError, match="format-not-guessed"):
        guess(tmp_path / "lines")
    with pytest.raises(UserError, match="file-missing"):
        guess(tmp_path / "none.txt")


@pytest.mark.parametrize("format_", [File(), Folder()])
def test_an_export_that_fails_leaves_nothing_and_keeps_what_was_there(tmp_path, format_):
    out = tmp_path / "out"
    with pytest.raises(RuntimeError):
        export_to(format_, breaking(RuntimeError()), out, {})
    assert list(tmp_path.iterdir()) == []
    export_to(format_, ONE, out, {})
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    with pytest.raises(UserError) as caught:
        export_to(format_, breaking(OSError(errno.ENOSPC, "No space left on device")), out, {})
    assert caught.value.code == "export-failed"
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before


def test_an_earlier_export_is_replaced_whole(tmp_path):
    out = tmp_path / "out"
    export_to(Folder(), ONE, out, {})
    export_to(Folder(), [Annotator(id="two", name="2")], out, {})
    assert sorted(file.name for file in out.iterdir()) == [MARKER, "two.fol"]
    assert [file.name for file in tmp_path.iterdir()] == ["out"]
    export_to(File(), ONE, tmp_path / "file", {})
    export_to(File(), [], tmp_path / "file", {})
    assert (tmp_path / "file").read_bytes() == b""


def test_a_folder_with_files_of_others_is_never_replaced(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    export_to(Folder(), ONE, out, {})
    (out / "mine.doc").touch()
    with pytest.raises(UserError) as caught:
        export_to(Folder(), ONE, out, {})
    assert (caught.value.code, caught.value.details["example"]) == ("export-folder-not-ours", "mine.doc")
    other = tmp_path / "other"
    other.mkdir()
    (other / MARKER).write_text("[]")
    (other / "x.fol").touch()
    with pytest.raises(UserError, match="export-folder-not-ours"):
        export_to(Folder(), ONE, other, {})


def test_places_that_cannot_take_an_export_are_refused(tmp_path):
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    for format_, out, code in (
        (Folder(), "file", "export-not-a-folder"),
        (File(), "folder", "export-not-a-file"),
        (File(), "none/file", "export-without-folder"),
        (File(), "p.annotator", "export-over-project"),
    ):
        with pytest.raises(UserError, match=code):
            export_to(format_, ONE, tmp_path / out, {})


def test_a_link_to_a_file_stays_a_link(tmp_path):
    (tmp_path / "real").touch()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    export_to(File(), ONE, tmp_path / "link", {})
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "1"

"""Files and folders made to hang, to mislead or to break the reader: refused in a sentence, or read."""

import json
import os
from pathlib import Path

import pytest

from annotator.domain.errors import UserError
from annotator.domain.messages import sentence
from annotator.formats import jsonl
from annotator.formats.brat import FORMAT as BRAT
from annotator.formats.files import reading, write_file, write_folder
from annotator.formats.metadata import read_manifest
from annotator.formats.plain import FORMAT as TEXT

WORDS = "The harbour 🚢 is safe, she said.\n"
SAID = "T1\tclaim 23 31\tshe said\n"
RELATIONS = "id,kind,from,from_text,to,to_text,how,inferred,note\n"


def brat(folder: Path, **files: str) -> list:
    (folder / "a.txt").write_text(WORDS, encoding="utf-8")
    (folder / "a.ann").write_text(SAID, encoding="utf-8")
    for name, content in files.items():
        (folder / name.replace("_DOT_", ".")).write_text(content, encoding="utf-8")
    return list(BRAT.read(folder, {}))


def refusal(action) -> UserError:
    with pytest.raises(UserError) as caught:
        action()
    assert caught.value.code not in sentence(caught.value)
    return caught.value


@pytest.mark.skipif(os.name == "nt", reason="pipes have no names there")
def test_a_pipe_in_the_place_of_a_file_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text(WORDS, encoding="utf-8")
    told = []
    found = list(
        TEXT.read(tmp_path, {"report": lambda code, **details: told.append((code, details["path"]))})
    )
    assert [record.title for record in found] == ["B"]
    assert told == [("file-not-regular", str(tmp_path / "a.txt"))]
    os.mkfifo(tmp_path / "a.ann")
    assert refusal(lambda: list(BRAT.read(tmp_path, {}))).code == "file-not-regular"


@pytest.mark.skipif(os.name == "nt", reason="devices have no names there")
def test_a_device_is_not_read_to_its_end(tmp_path):
    (tmp_path / "a.jsonl").symlink_to("/dev/zero")

    def read() -> None:
        with reading(tmp_path / "a.jsonl"):
            pass

    assert refusal(read).code == "file-not-regular"


def test_a_line_longer_than_any_text_is_refused_before_it_fills_the_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(jsonl, "LONGEST", 1000)
    path = tmp_path / "in.jsonl"
    path.write_text('{"type":"project","format":"annotator/1"}\n' + "x" * 5000, encoding="utf-8")
    error = refusal(lambda: list(jsonl.FORMAT.read(path, {})))
    assert (error.code, error.details["line"]) == ("jsonl-line-too-long", 2)


@pytest.mark.parametrize("value", ["[" * 100_000 + "]" * 100_000, "[" * 900 + "]" * 900, "NaN", "1e999", "{"])
def test_what_is_no_plain_value_in_a_brat_note_stays_text(tmp_path, value):
    records = brat(tmp_path, a_DOT_ann=f"{SAID}#1\tAttribute T1\tplace:={value}\n")
    mark = next(record for record in records if record.type == "mark")
    assert mark.attributes == {"place": value}


def test_links_beside_brat_documents_may_quote_at_length(tmp_path):
    row = f"x,supports,a/T1,{'y' * 200_000},a/T2,,,,\n"
    two = SAID + "T2\tclaim 0 3\tThe\n"
    records = brat(tmp_path, a_DOT_ann=two, relations_DOT_csv=RELATIONS + row)
    assert [record.kind for record in records if record.type == "link"] == ["supports"]


def test_broken_links_beside_brat_documents_are_refused_with_their_line(tmp_path):
    error = refusal(lambda: brat(tmp_path, relations_DOT_csv=RELATIONS + 'x,"supports\n'))
    assert (error.code, error.details["path"]) == ("csv-unreadable", str(tmp_path / "relations.csv"))
    assert error.details["line"] == 2


def test_rows_and_columns_a_spreadsheet_left_empty_beside_brat_documents_are_passed_over(tmp_path, told):
    brat(tmp_path, a_DOT_ann=SAID + "T2\tclaim 0 3\tThe\n")
    head = RELATIONS.replace("\n", ",,\n")
    (tmp_path / "relations.csv").write_text(f"{head},,,,,,,,,,\n\nx,supports,a/T1,,a/T2,,,,,,\n,,,,\n")
    links = [one for one in BRAT.read(tmp_path, {"report": told}) if one.type == "link"]
    assert ([(one.kind, one.line) for one in links], told) == ([("supports", 4)], [])


def test_words_behind_the_last_column_beside_brat_documents_are_refused_with_their_line(tmp_path):
    row = "x,supports,a/T1,,a/T2,,,,Doubtful, says Bell\n"
    error = refusal(lambda: brat(tmp_path, relations_DOT_csv=RELATIONS + row))
    assert (error.code, error.details["line"]) == ("csv-row-too-long", 2)


def test_a_text_beside_a_folder_called_like_its_annotations_is_told(tmp_path, told):
    (tmp_path / "b.ann").mkdir()
    (tmp_path / "b.txt").write_text("The port is open.")
    brat(tmp_path)
    assert told == []
    list(BRAT.read(tmp_path, {"report": told}))
    assert told == [("brat-text-without-annotations", {"path": str(tmp_path / "b.txt")})]


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(";", "utf-8-sig"), ("\t", "utf-16"), (",", "utf-8-sig")]
)
def test_links_beside_brat_documents_survive_a_spreadsheet(tmp_path, delimiter, encoding):
    brat(tmp_path, a_DOT_ann=SAID + "T2\tclaim 0 3\tThe\n")
    table = f"{RELATIONS}x,supports,a/T1,,a/T2,,,,é\n".replace(",", delimiter).replace("\n", "\r\n")
    (tmp_path / "relations.csv").write_bytes(table.encode(encoding))
    records = list(BRAT.read(tmp_path, {}))
    assert [(one.kind, one.note) for one in records if one.type == "link"] == [("supports", "é")]


@pytest.mark.parametrize("rows", [0, 5, 40_000])
def test_links_beside_brat_documents_in_an_encoding_of_old_are_refused_with_their_line(tmp_path, rows):
    """What Excel saves as plain CSV: any guess would change letters of claims."""
    brat(tmp_path, a_DOT_ann=SAID + "T2\tclaim 0 3\tThe\n")
    plain = "x;supports;a/T1;;a/T2;;;;The port is closed\r\n" * rows
    table = f"{RELATIONS.replace(',', ';')}{plain}x;supports;a/T1;;a/T2;;;;Le port est fermé.\r\n{plain}"
    (tmp_path / "relations.csv").write_bytes(table.encode("cp1252"))
    error = refusal(lambda: list(BRAT.read(tmp_path, {})))
    assert error.code == "table-not-utf8"
    assert error.details == {"path": str(tmp_path / "relations.csv"), "line": rows + 2}


def test_a_text_of_a_brat_folder_that_is_read_otherwise_than_it_stands_there_is_told(tmp_path):
    (tmp_path / "a.txt").write_bytes(
        "Le port est ferm\xe9, a dit le ministre \xe0 la t\xe9l\xe9.\x01".encode("latin-1")
    )
    (tmp_path / "a.ann").write_text("", encoding="utf-8")
    told = []
    list(BRAT.read(tmp_path, {"report": lambda code, **details: told.append((code, details["path"]))}))
    path = str(tmp_path / "a.txt")
    assert told == [("control-characters-replaced", path), ("encoding-guessed", path)]


@pytest.mark.parametrize(
    "content", [b"", b"from,to\na/T1,a/T2\n", b"\0" * 5000, "von;nach;Begründung\n".encode("cp1252")]
)
def test_a_table_beside_brat_documents_that_cannot_be_read_is_not_passed_over_in_silence(tmp_path, content):
    brat(tmp_path)
    (tmp_path / "relations.csv").write_bytes(content)
    told = []
    records = list(BRAT.read(tmp_path, {"report": lambda code, **details: told.append((code, details))}))
    assert [one.id for one in records if one.type == "mark"] == ["a/T1"]
    ((code, details),) = told
    assert (code, details["path"]) == ("brat-relations-unread", str(tmp_path / "relations.csv"))


def test_every_record_of_a_brat_folder_knows_its_file(tmp_path):
    records = brat(tmp_path, a_DOT_ann=SAID + "T2\tclaim 0 3\tThe\nR1\tsupports Arg1:T1 Arg2:T2\n")
    places = [(record.type, Path(record.path).name, record.line) for record in records if record.path]
    assert places == [
        ("article", "a.txt", None), ("mark", "a.ann", 1), ("mark", "a.ann", 2), ("link", "a.ann", 3),
    ]  # fmt: skip


def test_a_brat_text_that_is_no_text_is_named(tmp_path):
    brat(tmp_path)
    (tmp_path / "a.txt").write_bytes(bytes(range(256)) * 50)
    error = refusal(lambda: list(BRAT.read(tmp_path, {})))
    assert error.details["path"] == str(tmp_path / "a.txt")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('file,title\na.txt,"Harbour closed\nb.txt,Port open\n', "csv-unreadable"),
        ("file,title,title\na.txt,one,two\n", "manifest-columns"),
        (b"PK\x03\x04\x00\x00\x00\xff\xff", "not-a-text"),
        (b"file,title\na.txt,\x81\x8d\n" + bytes(range(128, 256)) * 3, "encoding-not-found"),
        ("file,title\na.txt,one,two\n", "csv-row-too-long"),
    ],
)
def test_a_manifest_that_would_mislead_is_refused_by_its_name(tmp_path, content, code):
    path = tmp_path / "list.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    error = refusal(lambda: read_manifest(path))
    assert (error.code, error.details["path"]) == (code, str(path))


@pytest.mark.parametrize(
    ("content", "line"),
    [('file,title\na.txt,A\n\nb.txt,"B" c\nc.txt,C\n', 4), ('file,title\na.txt,"A\nb.txt,B\n', 2)],
)
def test_a_manifest_that_cannot_be_read_on_is_refused_with_the_line_of_that_row(tmp_path, content, line):
    path = tmp_path / "list.csv"
    path.write_text(content, encoding="utf-8")
    error = refusal(lambda: read_manifest(path))
    assert (error.code, error.details["line"]) == ("csv-unreadable", line)


@pytest.mark.parametrize(
    "content",
    [
        "\n\nfile,title\na.txt,A\n",
        "file,title,,\n,,,\na.txt,A,,\n,\n",
        "file,,title\na.txt,,A\n",
        "file,title" + "," * 10_000 + "\na.txt,A" + "," * 20_000 + "\n",
    ],
)
def test_rows_and_columns_a_spreadsheet_left_empty_in_a_manifest_are_passed_over(tmp_path, content):
    path = tmp_path / "list.csv"
    path.write_text(content, encoding="utf-8")
    assert {name: row["title"] for name, row in read_manifest(path).rows.items()} == {"a.txt": "A"}


def test_words_in_a_column_of_a_manifest_without_a_name_are_refused_with_their_line(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("file,,title\na.txt,,A\nb.txt,words,B\n", encoding="utf-8")
    error = refusal(lambda: read_manifest(path))
    assert (error.code, error.details["line"]) == ("csv-row-too-long", 3)


def test_of_ten_thousand_columns_of_a_manifest_the_first_are_named(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(",".join(["file", *(f"c{number}" for number in range(10_000))]), encoding="utf-8")
    error = refusal(lambda: read_manifest(path))
    assert len(sentence(error)) < 500


def test_control_characters_in_a_manifest_are_told(tmp_path, told):
    path = tmp_path / "list.csv"
    path.write_bytes(b"file,title\na.txt,A\0B\x1b[31m\n")
    read_manifest(path, told)
    assert [(code, details["count"]) for code, details in told] == [("control-characters-replaced", 2)]


def test_a_manifest_names_texts_by_whole_paths_and_accents_in_either_form(tmp_path, monkeypatch):
    path = tmp_path / "list.csv"
    path.write_text(f"file,title\n{tmp_path}/in/a.txt,A\nre\u0301sume\u0301.txt,B\n", encoding="utf-8")
    manifest, folder = read_manifest(path), Path("in")
    monkeypatch.chdir(tmp_path)
    found = [manifest.row(folder / name, folder) for name in ("a.txt", "r\u00e9sum\u00e9.txt", "c.txt")]
    assert [row and row["title"] for row in found] == ["A", "B", None]
    assert manifest.unused() == []


def test_a_manifest_may_hold_long_cells(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("file,title\na.txt," + "x" * 200_000 + "\n", encoding="utf-8")
    assert len(read_manifest(path).rows["a.txt"]["title"]) == 200_000


def fill(part: Path) -> None:
    part.write_text("words", encoding="utf-8")


@pytest.mark.parametrize(
    "name", ["p.ANNOTATOR", "p.annotator-journal", "p.annotator.lock", "p.annotator-wal"]
)
def test_no_export_takes_the_name_of_a_project_or_of_what_belongs_to_one(tmp_path, name):
    assert refusal(lambda: write_file(tmp_path / name, fill)).code == "export-over-project"
    assert list(tmp_path.iterdir()) == []


def test_no_export_replaces_a_database_whatever_it_is_called(tmp_path):
    path = tmp_path / "marks.jsonl"
    path.write_bytes(b"SQLite format 3\0" + bytes(100))
    before = path.read_bytes()
    assert refusal(lambda: write_file(path, fill)).code == "export-over-project"
    assert path.read_bytes() == before


def test_no_export_opens_a_file_that_is_locked_as_a_project(tmp_path, monkeypatch):
    path = tmp_path / "project"
    path.touch()
    (tmp_path / "project.lock").touch()
    monkeypatch.setattr(Path, "open", lambda *_args, **_how: pytest.fail("opened"))
    assert refusal(lambda: write_file(path, fill)).code == "export-over-project"


def test_a_name_the_system_refuses_is_refused_in_a_sentence(tmp_path):
    assert refusal(lambda: write_file(tmp_path / ("x" * 300), fill)).code == "export-failed"


def test_a_folder_with_links_of_others_is_never_replaced(tmp_path):
    (tmp_path / "kept").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "link").symlink_to(tmp_path / "kept")
    error = refusal(lambda: write_folder(tmp_path / "out", lambda part: None, "csv"))
    assert error.code == "export-folder-not-ours"
    assert (tmp_path / "out" / "link").is_symlink()


def test_a_record_in_a_file_does_not_say_where_it_stood():
    assert "path" not in json.loads(jsonl.to_line(next(iter([jsonl.ProjectLine(path="x", line=4)]))))


def test_what_is_no_text_is_named_where_it_stands_in_a_brat_folder(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"%PDF-1.4\x00\x01\xff" * 50)
    (tmp_path / "a.ann").write_text("", encoding="utf-8")
    error = refusal(lambda: list(BRAT.read(tmp_path, {})))
    assert (error.code, error.details["kind"]) == ("not-a-text", "PDF")

"""Names from a foreign file or a slip of a script: none commands the terminal, none means another place."""

import pytest

from annotator.app.console import show_json
from tests.app import files

ORDERS = "\x1b[2J\x07\x9b5m\x7f"


@pytest.fixture
def ordering(project, tmp_path, run):
    """A project whose names try to command the terminal."""
    lines = [
        files.changed(files.OFFICE, name=f"Office{ORDERS}"),
        files.DRIVER,
        files.changed(files.ARTICLE, title=f"Cranes{ORDERS}"),
        files.CLAIM,
        files.DENIAL,
        {"type": "proposition", "id": "p1", "text": f"The cranes stood still{ORDERS}."},
        {"type": "mention", "mark": "m1", "proposition": "p1", "stance": "support"},
    ]
    assert run("import", project, files.write(tmp_path / f"in{ORDERS}.jsonl", *lines)).code == 0
    return project


@pytest.mark.parametrize("command", [["stats"], ["check"], ["history"], ["undo"], ["map", "--claim", "C9"]])
def test_no_title_and_no_name_commands_the_terminal(command, ordering, run):
    done = run(command[0], ordering, *command[1:])
    assert done.out + done.err
    for char in ORDERS:
        if not char.isprintable():
            assert char not in done.out + done.err


def test_a_file_that_is_refused_does_not_command_the_terminal(project, tmp_path, run):
    done = run("import", project, tmp_path / f"gone{ORDERS}.txt", "--json")
    assert "gone" in done.err
    assert "\x1b" not in done.out + done.err
    assert done.json["failed"][0]["path"].endswith(f"gone{ORDERS}.txt")


def test_what_scripts_read_is_exact(capfd):
    show_json({"title": f"Cranes{ORDERS}\n"})
    assert capfd.readouterr().out.count("\\u001b") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["import", "PROJECT", ""],
        ["export", "PROJECT", "", "--format", "brat"],
        ["import", "", "x.txt"],
        ["stats", ""],
        ["check", "PROJECT", "--salvage", ""],
        ["map", "PROJECT", "-o", ""],
        ["demo", ""],
    ],
)
def test_a_place_without_a_name_is_not_the_folder_one_stands_in(arguments, full, tmp_path, monkeypatch, run):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    files.write(tmp_path / "here" / "in.jsonl", files.ARTICLE)
    done = run(*(full if one == "PROJECT" else one for one in arguments))
    assert (done.code, "empty" in done.err) == (2, True)
    assert [path.name for path in (tmp_path / "here").iterdir()] == ["in.jsonl"]


@pytest.mark.parametrize("name", ["", " \t", "\n"])
def test_an_annotator_has_a_name(name, full, tmp_path, run):
    done = run("import", full, files.write(tmp_path / "in.jsonl", files.ARTICLE), "--annotator", name)
    assert done.code == 2
    assert list(run("stats", full, "--json").json["annotators"].values()) == [2]


@pytest.mark.parametrize("place", [".", "../here"])
def test_an_export_does_not_take_the_folder_away_one_stands_in(place, full, tmp_path, monkeypatch, run):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    done = run("export", full, place, "--format", "csv")
    assert (done.code, "folder you are in" in done.err) == (3, True)
    assert run("export", full, "marks", "--format", "csv").code == 0
    assert (tmp_path / "here" / "marks" / "marks.csv").is_file()

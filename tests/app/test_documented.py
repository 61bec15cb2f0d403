"""The page about the command line says what the commands say."""

import re
import shlex

from annotator.app.cli import cli
from tests.app import files
from tools import build_command_line


def page():
    return build_command_line.PAGE.read_text(encoding="utf-8")


def test_the_page_shows_the_help_of_every_command_as_it_is():
    assert build_command_line.content(page()) == page()
    shown = set(re.findall(r"<!-- help: ?([a-z]*) -->", page()))
    assert shown == {"", *cli.commands}


def test_help_fits_a_terminal_of_80_columns():
    for name in ("", *cli.commands):
        assert all(len(line) <= 80 for line in build_command_line.help_of(name).splitlines()), name


def test_every_option_says_what_it_does():
    for command in cli.commands.values():
        assert command.help
        for parameter in command.params:
            if parameter.param_type_name == "option":
                assert parameter.help, (command.name, parameter.name)


def test_the_five_minutes_of_the_page_can_be_typed_as_they_stand(tmp_path, monkeypatch, run):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("The port is closed.")
    (tmp_path / "texts.csv").write_text("file,title\na.txt,Port closed\n")
    files.write(tmp_path / "labelled.jsonl", *files.LINES)
    typed = re.search(r"## Five minutes\s+```sh\n(.*?)```", page(), re.DOTALL)[1].splitlines()
    assert len(typed) > 5
    for line in typed:
        assert run(*shlex.split(line)[1:]).code == 0, line


def test_the_query_that_help_gives_as_an_example_is_one(full, tmp_path, run):
    help_ = " ".join(build_command_line.help_of("export").split())
    query = re.search(r"example of a QUERY: '(.*?)'", help_)[1]
    done = run("export", full, tmp_path / "out.jsonl", "--format", "annotator-jsonl", "--where", query)
    assert done.code == 0, done.err


def test_a_file_without_records_is_not_said_to_be_there_already(project, tmp_path, run):
    (tmp_path / "empty.jsonl").touch()
    assert run("import", project, tmp_path / "empty.jsonl").out == "Nothing was there to take in.\n"

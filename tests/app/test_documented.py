"""The page about the command line says what the commands say."""

import re

from annotator.app.cli import cli
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

"""Write the help of every command into docs/command-line.md, between the marks `help:` and `end`.

Run `python tools/build_command_line.py` after changing a command.
"""

from __future__ import annotations

import re
from pathlib import Path

import click

from annotator.app.cli import cli

PAGE = Path(__file__).resolve().parents[1] / "docs" / "command-line.md"
_HELP = re.compile(r"(<!-- help: ?([a-z]*) -->\n).*?(<!-- end -->)", re.DOTALL)
WIDTH = 78
"""What click uses of a terminal of 80 columns."""


def help_of(name: str) -> str:
    """The help of a command, or of the whole where the name is empty, as a terminal shows it."""
    whole = click.Context(
        cli, info_name="annotator", terminal_width=WIDTH, help_option_names=["-h", "--help"]
    )
    if not name:
        return cli.get_help(whole)
    command = cli.commands[name]
    return command.get_help(click.Context(command, whole, info_name=name, terminal_width=WIDTH))


def content(page: str) -> str:
    """The page with every help as it is now."""
    return _HELP.sub(lambda found: f"{found[1]}```text\n{help_of(found[2])}\n```\n{found[3]}", page)


if __name__ == "__main__":
    PAGE.write_text(content(PAGE.read_text(encoding="utf-8")), encoding="utf-8")

"""What the commands have in common: how words are read, which word is a project, how work is stopped."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from annotator.app.console import UnreadError, stoppable
from annotator.app.main import SUFFIX, show


class Words(click.ParamType[str]):
    """A text in UTF-8, whatever the locale says; any other could not be stored or compared."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return os.fsencode(value).decode("utf-8")
        except UnicodeError:
            self.fail("It is not UTF-8. Type it again.", param, ctx)


class Name(Words):
    """`Words` of which something can be seen."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        name = super().convert(value, param, ctx).strip()
        return name or self.fail("It is empty. Say a name.", param, ctx)


class Place(click.Path):
    """A path; "" would be the folder one stands in, where a script's variable is not set."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        if not os.fspath(value):
            self.fail("It is empty. Name a file or folder.", param, ctx)
        return super().convert(value, param, ctx)


WORDS = Words()
NAME = Name()
PLACE = Place(path_type=Path)
PROJECT = click.argument("project", type=PLACE)
JSON = click.option("--json", "as_json", is_flag=True, help="Write JSON to stdout, for scripts.")
FILE = Place(path_type=Path, exists=True)
STEPS = click.option(
    "--steps", metavar="N", type=click.IntRange(min=1), default=1, show_default=True, help="How many."
)


@click.command("annotator")
@PROJECT
def open_project(project: Path) -> int:
    """Open the window with a project."""
    return show(project)


class Work(click.Command):
    """A command without a window, which ends in order when it is stopped."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with stoppable():
                return super().invoke(ctx)
        except BrokenPipeError as error:  # click would end with 1, which says that work was left undone
            raise UnreadError from error


class Commands(click.Group):
    """Commands, and a window for what is none of their names: `annotator ./new` opens a project."""

    command_class = Work

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return ["[PROJECT]\n      ", ctx.command_path, "COMMAND [ARGS]..."]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name in self.commands or name.startswith("-"):
            return super().resolve_command(ctx, args)
        path = Path(name)
        if len(args) > 1 or not (path.exists() or path.suffix == SUFFIX):
            near = get_close_matches(name, self.commands, 1)
            hint = f" Did you mean “{near[0]}”?" if near else ""
            raise click.UsageError(f"There is no command “{name}”, nor a project of that name.{hint}", ctx)
        return name, open_project, args

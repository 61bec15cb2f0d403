"""`annotator demo`: what the program makes, in one folder, for whoever wants to look before trying."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.app import words
from annotator.app.console import DONE, complain
from annotator.app.identity import installed
from annotator.app.project import Project, printable
from annotator.app.sample import sample_project
from annotator.domain.remarks import message
from annotator.formats import registry
from annotator.formats.files import write_folder
from annotator.formats.mapped import map_json, map_markdown

PROJECT = "sample.annotator"


def demonstrate(out: Path) -> int:
    """Write the folder in place of an earlier demonstration; any other full folder is refused."""
    write_folder(out, _fill, "demo")
    click.echo(f"Wrote {printable(out)}.", err=True)
    return DONE


def _fill(folder: Path) -> None:
    sample_project(folder / PROJECT, installed(complain))
    with Project.open(folder / PROJECT, readonly=True) as project:
        _export(project, folder / "exports")
        facts, disputes = project.facts(), project.map()
        (folder / "map.md").write_text(map_markdown(facts, disputes), encoding="utf-8")
        (folder / "map.json").write_text(map_json(facts, disputes), encoding="utf-8")
        (folder / "report.md").write_text(_report(project), encoding="utf-8")


def _export(project: Project, folder: Path) -> None:
    folder.mkdir()
    for name, writer in registry.formats().items():
        if writer.writes:
            suffix = writer.suffixes[0] if writer.extent == "file" else ""
            project.export(folder / f"{name}{suffix}", name)


def _report(project: Project) -> str:
    """What the project holds and what it leaves open, as Markdown."""
    checked = project.check()
    lines = ["# The sample project", "", "```", *words.statistics(project.stats()), "```", ""]
    lines += ["## Loose ends", ""]
    lines += [f"- {message(one, checked.facts)}" for one in checked.loose_ends if checked.facts]
    return "\n".join(lines) + "\n"

"""`annotator demo`: what the program makes, in one folder, for whoever wants to look before trying."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from annotator.app import words
from annotator.app.console import DONE, complain, say
from annotator.app.identity import installed
from annotator.app.project import Project
from annotator.app.sample import sample_project
from annotator.app.taking import printable
from annotator.domain.ids import MarkId
from annotator.domain.model import Link
from annotator.domain.remarks import message
from annotator.domain.resources import resource
from annotator.formats import registry
from annotator.formats.files import write_folder
from annotator.formats.jsonl import FORMAT
from annotator.formats.reports import writers
from annotator.store import read
from annotator.store.imports import import_records
from annotator.store.store import Store

PROJECT = "sample.annotator"
MAPS = ("html", "pdf", "md", "docx", "svg", "aif")
LOOKS: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def demonstrate(out: Path) -> int:
    """Write the folder in place of an earlier demonstration; any other full folder is refused."""
    write_folder(out, _fill, "demo")
    say(f"Wrote {printable(out)}.")
    return DONE


def _fill(folder: Path) -> None:
    sample_project(folder / PROJECT, installed(complain))
    with Project.open(folder / PROJECT, readonly=True) as project:
        _export(project, folder / "exports")
        _write_maps(project, folder)
        (folder / "map.json").write_text(project.map_json(), encoding="utf-8")
        (folder / "report.md").write_text(_report(project), encoding="utf-8")
    _take_pictures(folder)


def _export(project: Project, folder: Path) -> None:
    folder.mkdir()
    for name, writer in registry.formats().items():
        if writer.writes:
            suffix = writer.suffixes[0] if writer.extent == "file" else ""
            project.export(folder / f"{name}{suffix}", name)


def _write_maps(project: Project, folder: Path) -> None:
    """The dispute map as a report, in every format that shows it to readers or to other programs."""
    from annotator.ui.application import application
    from annotator.ui.reporting import write_report

    application()
    report = project.report()
    for name in MAPS:
        suffix = ".pdf" if name == writers.PDF else writers.by_name(name).suffix
        write_report(report, name, folder / f"map{suffix}", lambda _: True)


def _report(project: Project) -> str:
    """What the project holds and what it leaves open, as Markdown."""
    checked = project.check()
    lines = ["# The sample project", "", "```", *words.statistics(project.stats()), "```", ""]
    lines += ["## Loose ends", ""]
    lines += [f"- {message(one, checked.facts)}" for one in checked.loose_ends if checked.facts]
    return "\n".join(lines) + "\n"


def _take_pictures(folder: Path) -> None:
    """The window in light and dark, on a denial that is linked to the claim it denies."""
    from annotator.app.segment import NewsSegmenter
    from annotator.ui.pictures import take_picture

    store = Store.memory()
    import_records(store, FORMAT.read(resource("sample", "sample.jsonl"), {}))
    links = read.records(store, Link, "kind = 'denies' AND to_mark IS NOT NULL")
    shown = MarkId(links[0].origin.id) if links else None
    for look in LOOKS:
        take_picture(store, NewsSegmenter(), look, shown, folder / f"window-{look}.png")
    store.close()

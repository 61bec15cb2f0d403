"""The command line: what it takes; the modules beside it do the work, loaded once they are asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

import click

from annotator import __version__
from annotator.app.console import DONE, PARTLY, UNREAD, UnreadError, complain, exit_code, interrupted
from annotator.app.grammar import FILE, JSON, NAME, PLACE, PROJECT, STEPS, WORDS, Commands
from annotator.app.main import show
from annotator.domain.errors import UserError


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    epilog="Exit codes: 0 done; 1 damage found, or only part of the work done; 2 wrong usage; "
    "3 refused, nothing written.",
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> int | None:
    """Mark in news articles who claims what, who denies it and on which evidence.

    Without a command the window opens, with PROJECT or with the one that was
    open last; the first time, with a sample.
    """
    return show(None) if ctx.invoked_subcommand is None else None


@cli.command()
@PROJECT
@click.option(
    "--preset",
    type=WORDS,
    metavar="NAME",
    help="What the window shows at first: quick (claim, denial, evidence), analyst or corpus.",
)
@click.option("--scheme", type=FILE, metavar="FILE", help="Labels and kinds of links of your own, as JSON.")
def new(project: Path, preset: str | None, scheme: Path | None) -> int:
    """Make an empty project.

    PROJECT is the file to make; names of projects end in .annotator.
    """
    from annotator.app import commands

    return commands.new(project, preset, scheme)


@cli.command("import")
@PROJECT
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=PLACE)
@click.option(
    "--format", "format_", type=WORDS, metavar="NAME", help="How to read the files; guessed without it."
)
@click.option(
    "--annotator", type=NAME, metavar="NAME", help="Who made the marks that name nobody; you without it."
)
@click.option(
    "--manifest", type=FILE, metavar="CSV", help="What is known of texts: columns file, title, outlet, date…"
)
@click.option(
    "--title",
    type=WORDS,
    metavar="TITLE",
    help="Of one text; without it, its headline or the name of its file.",
)
@JSON
@click.option("--reanchor", is_flag=True, help="Look near its offset for a quote that is not at it.")
@click.option(
    "--link-versions",
    is_flag=True,
    help="Make a changed text of an article that is there its newer version, and carry marks over.",
)
def import_(
    project: Path,
    paths: tuple[Path, ...],
    format_: str | None,
    annotator: str | None,
    manifest: Path | None,
    title: str | None,
    as_json: bool,
    reanchor: bool,
    link_versions: bool,
) -> int:
    """Take texts or labelled data into a project.

    Each PATH is a file or folder. Each file is taken in whole or not at all; one
    that is refused does not stop the others. `annotator formats` lists what can
    be read.
    """
    from annotator.app import importing

    if title is not None and (len(paths) > 1 or paths[0].is_dir()):
        raise click.UsageError("--title is for one text. Say the titles of several in a --manifest.")
    return importing.import_(
        project, paths, format_, annotator, manifest, title, as_json, reanchor, link_versions
    )


@cli.command()
@PROJECT
@click.argument("out", type=PLACE)
@click.option(
    "--format", "format_", type=WORDS, metavar="NAME", required=True, help="A name from `annotator formats`."
)
@click.option("--where", type=WORDS, metavar="QUERY", help="Only marks the query finds, with all they need.")
@click.option("--strict", is_flag=True, help="Write nothing if the format would lose anything.")
def export(project: Path, out: Path, format_: str, where: str | None, strict: bool) -> int:
    """Write a project to a file or folder.

    Names what the format cannot express before it writes. An example of a
    QUERY: 'label=denial and source="Ministry of Ports" and across'.
    """
    from annotator.app import commands

    return commands.export(project, out, format_, where, strict)


@cli.command()
@JSON
def formats(as_json: bool) -> int:
    """List the formats: which they read and write, what they lose."""
    from annotator.app import commands

    return commands.formats(as_json)


@cli.command()
@PROJECT
@JSON
def stats(project: Path, as_json: bool) -> int:
    """Count articles, marks, links, sources and claims."""
    from annotator.app import commands

    return commands.stats(project, as_json)


@cli.command("map")
@PROJECT
@click.option("--claim", type=WORDS, metavar="ID", help="One claim only: its handle (C12) or id.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["md", "html", "svg", "json"]),
    default="md",
    show_default=True,
    help="svg draws the graph and the time line of each claim.",
)
@click.option("-o", "out", metavar="OUT", type=PLACE, help="A file instead of stdout.")
def map_(project: Path, claim: str | None, format_: str, out: Path | None) -> int:
    """Show the dispute map: who asserts and denies each claim.

    Every statement comes with its words, its place, its evidence, and the
    number of independent voices on each side. A file of more than 500 claims or 10,000
    statements is an overview with parts in a folder beside it, as of `report`.
    """
    from annotator.app import reports

    return reports.map_(project, claim, format_, out)


@cli.command()
@PROJECT
@click.argument("out", type=PLACE)
@click.option("--name", type=WORDS, metavar="TITLE", help="A report of the project: its title or id.")
@click.option(
    "--claim", "claims", type=WORDS, metavar="ID", multiple=True, help="These claims only, in this order."
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["html", "pdf", "md", "docx", "svg", "claimreview", "aif"]),
    help="Told by the suffix of OUT without it: .html, .pdf, .md, .docx, .svg, .jsonld, .aif.json.",
)
@click.option(
    "--without",
    type=click.Choice(["graph", "timeline"]),
    multiple=True,
    help="Leave out the graphs or the time lines.",
)
@click.option("--strict", is_flag=True, help="Write nothing if the format would lose anything of the report.")
@JSON
def report(
    project: Path,
    out: Path,
    name: str | None,
    claims: tuple[str, ...],
    format_: str | None,
    without: tuple[str, ...],
    strict: bool,
    as_json: bool,
) -> int:
    """Write a report for readers.

    Each claim stands with its statements, grounds and judgements. Every quote
    comes with its context, speaker, chain, outlet, date and the hashes of its
    article. Each claim has its graph and its time line; those of a Markdown file
    are in a folder beside it. Title, text and choice of claims are those of the report named by
    --name, made in the window; without it all claims are told.

    As a web page or Markdown, a report of more than 500 claims or 10,000 statements is an overview; what is
    said on the claims stands in parts in a folder beside it.
    """
    from annotator.app import reports

    return reports.report(project, out, name, claims, format_, without, strict, as_json)


@cli.command()
@PROJECT
@click.option(
    "--salvage",
    "out",
    type=PLACE,
    metavar="NEW",
    help="Save what can be read into a new project.",
)
@click.option("--pack", is_flag=True, help="Make the file smaller; undo stops at what was packed.")
@click.option(
    "--keep-days",
    metavar="N",
    type=click.IntRange(0, 36_500),
    default=90,
    show_default=True,
    help="Days of history that --pack leaves whole.",
)
@JSON
def check(project: Path, out: Path | None, pack: bool, keep_days: int, as_json: bool) -> int:
    """Verify the file and list loose ends.

    Checks pages, references, texts, quotes and links. Loose ends are what
    the analysis leaves open; they do not change the exit code.
    """
    from annotator.app import checking

    if out and pack:
        raise click.UsageError("Give --salvage or --pack, not both.")
    days = keep_days if pack else None
    return checking.salvage(project, out) if out else checking.check(project, as_json, days)


@cli.command()
@PROJECT
@click.option("--mark", type=WORDS, metavar="ID", help="Only what touched one mark: its handle (M41) or id.")
@JSON
def history(project: Path, mark: str | None, as_json: bool) -> int:
    """List who did what, newest first."""
    from annotator.app import commands

    return commands.history(project, mark, as_json)


@cli.command()
@PROJECT
@STEPS
def undo(project: Path, steps: int) -> int:
    """Reverse the last actions.

    Whoever took them, and whenever: each is named. `annotator redo` brings them back.
    """
    from annotator.app import commands

    return commands.undo(project, steps)


@cli.command()
@PROJECT
@STEPS
def redo(project: Path, steps: int) -> int:
    """Bring back what undo took."""
    from annotator.app import commands

    return commands.redo(project, steps)


@cli.command()
@click.argument("out", type=PLACE)
def demo(out: Path) -> int:
    """Write a demonstration into a folder.

    The sample project, its exports and dispute map, and pictures of the window.
    """
    from annotator.app.demo import demonstrate

    return demonstrate(out)


def _nowhere() -> TextIO:
    """For what is still buffered, which must not fail again at exit."""
    return open(os.devnull, "w")  # noqa: PTH123


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    try:
        result: Any = cli.main(arguments, prog_name="annotator", standalone_mode=False)
        if sys.stdout:  # None where the caller closed it
            sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt) as stop:
        return interrupted(stop)
    except UserError as error:
        complain(error.code, **error.details)
        return exit_code(error)
    except (UnreadError, BrokenPipeError):
        sys.stdout = sys.stderr = _nowhere()
        return UNREAD
    except OSError as error:
        if error.filename is not None:  # of a file, not of an output
            raise
        complain("output-failed", reason=error.strerror)
        sys.stdout = _nowhere()
        return PARTLY
    return result if isinstance(result, int) else DONE

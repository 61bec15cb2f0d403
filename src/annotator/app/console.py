"""What the command line says: sentences and progress on stderr, results on stdout, exit codes."""

from __future__ import annotations

import json
import re
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, Self

import click

from annotator.domain.errors import UserError
from annotator.domain.messages import sentence

if TYPE_CHECKING:  # what complains needs none of it
    from annotator.app.project import Project
    from annotator.store.stages import Stage

DONE, PARTLY, USAGE, REFUSED = 0, 1, 2, 3
"""Exit codes: all done; damage found or part of the work done; wrong usage; nothing written."""
_TOLD_OF_A_KIND = 20
"""So many sentences of one kind fit on a terminal beside what else an import says."""
_ENDED = 128
"""Added to the number of the signal that ended the work, as shells do: 130 for Ctrl+C, 143 for SIGTERM."""

_STOPS = (signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else []))
UNREAD = _ENDED + 13
"""Nobody read the output any more: as after SIGPIPE, whose number Windows does not know."""
_obeyed = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_obeyed_bytes = re.compile(b"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]")

WRONG_USAGE = frozenset(
    {
        "claim-ambiguous",
        "claim-unknown",
        "file-missing",
        "format-read-only",
        "format-unknown",
        "format-write-only",
        "manifest-columns",
        "mark-ambiguous",
        "mark-unknown",
        "only-of-texts",
        "preset-unknown",
        "project-missing",
        "query-field-unknown",
        "query-syntax",
        "query-too-large",
        "report-ambiguous",
        "report-format-unknown",
        "report-unknown",
    }
)
"""Errors in what was typed; every other one is a refusal of what a file or the system holds."""

NOTICES = frozenset(
    {
        "article-date-none",
        "brat-configuration-unreadable",
        "control-characters-replaced",
        "encoding-guessed",
        "files-no-texts",
        "judgement-not-shown",
        "manifest-row-without-text",
        "mark-reanchored",
        "marks-repeat-others",
        "name-pattern-does-not-fit",
        "query-condition-unknown",
        "query-finds-nothing",
        "text-nearly-there",
        "text-there-already",
        "text-without-manifest-row",
        "texts-not-compared",
    }
)
"""What a reader reports without leaving anything out of what it reads."""


class UnreadError(Exception):
    """Whoever read the output went away, such as `head`."""


def exit_code(error: UserError) -> int:
    """2 where the words of the command are wrong, 3 where the work was refused."""
    return USAGE if error.code in WRONG_USAGE else REFUSED


def interrupted(stop: BaseException) -> int:
    """Say that the work ended before its end; returns the exit code.

    stop: a KeyboardInterrupt with the number of its signal, or what click made of it; Ctrl+C without one.
    """
    say("Stopped; what was not finished was taken back.")
    return _ENDED + int(next(iter((stop.__cause__ or stop).args), signal.SIGINT))


def complain(code: str, **details: object) -> None:
    """Say what is wrong or worth knowing on stderr; also serves as a `Report`."""
    say(sentence(UserError(code, **details)))


class Complaints:
    """`complain` of many rows: a terminal gets the first of each kind, then the number of the others.

    Where stderr goes to a file or another program, all are said: scripts rely on that.
    """

    def __init__(self) -> None:
        self._met: Counter[str] = Counter()

    def add(self, code: str, **details: object) -> None:
        """Say it, where this kind was not said often enough."""
        self._met[code] += 1
        if self._met[code] <= _TOLD_OF_A_KIND or not _is_terminal():
            end_line()
            complain(code, **details)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        """Say how many more of each kind there were, also where the work was refused or stopped."""
        end_line()
        for code, number in self._met.items():
            if number > _TOLD_OF_A_KIND and _is_terminal():
                more = number - _TOLD_OF_A_KIND
                there = "There is 1" if more == 1 else f"There are {more:,}"
                say(f"{there} more of the same kind ({code}). To read all, write stderr to a file (2> FILE).")


def say(text: str) -> None:
    """Write a sentence to stderr, where no name in it commands the terminal.

    Raises UnreadError where nobody reads it: an OSError would be taken for one of the file at work.
    """
    try:
        click.echo(_obeyed.sub("�", text), err=True)
    except BrokenPipeError as error:
        raise UnreadError from error


def show(text: str) -> None:
    """Write to stdout as UTF-8, whatever the locale says; no name in it commands the terminal."""
    show_exactly(_obeyed.sub("�", text))


def show_exactly(text: str) -> None:
    """Write what other programs read to stdout as it is."""
    click.echo(text.encode("utf-8", "replace"))


def show_piece(data: bytes) -> None:
    """Write a piece of a text in UTF-8 to stdout; it may end inside a character."""
    click.echo(_obeyed_bytes.sub("�".encode(), data), nl=False)


def show_json(data: Any) -> None:
    """Write data to stdout in the stable form that scripts read."""
    show_exactly(json.dumps(data, ensure_ascii=False, indent=2, default=str))


@contextmanager
def stoppable() -> Iterator[None]:
    """Let Ctrl+C, SIGTERM and a closed terminal end the work in order: what is not finished is taken back.

    A signal that the command was started to ignore, as with `nohup`, stays ignored. SQLite swallows what
    is raised inside a function of ours and fails with an error of its own; after a signal that is a stop,
    not a bug.
    """
    stopped_by = 0

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopped_by
        stopped_by = number
        raise KeyboardInterrupt(number)

    is_main = threading.current_thread() is threading.main_thread()
    heeded = [one for one in _STOPS if is_main and signal.getsignal(one) is not signal.SIG_IGN]
    before = {number: signal.signal(number, stop) for number in heeded}
    try:
        yield
    except Exception:
        if stopped_by:
            raise KeyboardInterrupt(stopped_by) from None
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def counter(noun: str) -> Callable[[int], bool]:
    """A progress that counts on one line of stderr, silent where that is no terminal."""
    if not _is_terminal():
        return lambda count: True

    def tell(count: int) -> bool:
        if count:  # another counter may be at work before the first
            click.echo(f"\r\033[K{count:,} {noun} …", err=True, nl=False)
        return True

    return tell


def share_counter(noun: str) -> Callable[[int, int], None]:
    """`counter` of what is done of a number that is known."""
    is_watched = _is_terminal()

    def tell(done: int, total: int) -> None:
        if is_watched:
            click.echo(f"\r\033[K{done:,} of {total:,} {noun} …", err=True, nl=False)

    return tell


def opened(path: Path, **options: Any) -> Project:
    """`Project.open`, which says on one line of a terminal what it does where that takes long."""
    from annotator.app.project import Project
    from annotator.store.stages import Stages

    begun = told = time.monotonic()

    def tell(stage: Stage, done: int, total: int) -> None:
        nonlocal told
        now = time.monotonic()
        if now - begun > _PATIENCE_S and now - told > _TOLD_EVERY_S:
            told = now
            share = f" {done / total:.0%}" if 0 < done < total else ""
            click.echo(f"\r\033[K{_STAGES[stage]}{share} …", err=True, nl=False)

    try:
        return Project.open(path, stages=Stages(tell) if _is_terminal() else None, **options)
    finally:
        end_line()


_PATIENCE_S = 0.5
_TOLD_EVERY_S = 0.1
_STAGES = {
    "waiting": "A window that was closed still stores or copies the project",
    "recovering": "Taking back what was half written when the program ended",
    "checking": "Checking the project, which was not closed properly",
    "checking-older": "Checking the project before it gets the present format",
    "comparing": "Comparing what stands in the project with its history",
    "clearing": "Finishing what was cut short",
    "copying": "Keeping a copy of the project as it is",
    "converting": "Bringing the project to the present format",
    "packing": "Writing the project anew without its old history",
}


def _is_terminal() -> bool:
    """Whether somebody watches stderr; it is None where the caller closed it."""
    return sys.stderr is not None and sys.stderr.isatty()


def end_line() -> None:
    """Clear the line a counter wrote."""
    if _is_terminal():
        click.echo("\r\033[K", err=True, nl=False)


def many(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: 1 mark, 2 marks, 1,000 marks."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"

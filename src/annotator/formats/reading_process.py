"""The process that reads for another one: what it is told, and what it sends (see `formats.elsewhere`)."""

from __future__ import annotations

import gc
import os
import pickle
import sys
from collections.abc import Callable, Mapping
from enum import Enum
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import BinaryIO, NamedTuple

from annotator.domain.errors import UserError
from annotator.domain.model import Article, Mark, Record
from annotator.domain.prepared import placed, prepared
from annotator.domain.runs import Run, in_runs
from annotator.formats.registry import Format, Looking

LENGTH = 8
"""Bytes that say how many bytes follow."""
AHEAD = 8
"""What waits at most until the other process takes it, such as runs of records."""
_NEWEST = pickle.HIGHEST_PROTOCOL


class Sign(Enum):
    """READY before anything is read, END behind the last record."""

    READY = 1
    END = 2


class Told(NamedTuple):
    """What a reader told to `report`."""

    code: str
    details: Mapping[str, object]


def serve() -> None:
    """Read what standard input names, and send it: signs, runs of records, reports, and what was raised.

    Ends at once where nobody takes it any more.
    """
    format_, path, options, is_told = pickle.load(sys.stdin.buffer)  # noqa: S301 - from whoever started this
    gc.disable()  # nothing that is made for a record refers to itself (decision 57)
    _write(sys.stdout.buffer, pickle.dumps(Sign.READY))
    if isinstance(format_, Looking):
        options["looked"] = _coming(sys.stdin.buffer)
    waiting: Queue[bytes] = Queue(AHEAD)
    sender = Thread(target=_send, args=(waiting, sys.stdout.buffer), daemon=True)
    sender.start()
    try:
        _read(format_, path, {**options}, is_told, waiting)
    except MemoryError:
        os._exit(1)  # there may be no room to say so
    except Exception as error:  # noqa: BLE001 - it is raised again where the records are wanted
        waiting.put(_packed(error))
    waiting.put(b"")
    sender.join()


def _coming(pipe: BinaryIO) -> Callable[[], object]:
    """What waits for what is sent next, and gives or raises it; all else can go on meanwhile."""
    found: Queue[object] = Queue(1)

    def receive() -> None:
        try:
            found.put(pickle.load(pipe))  # noqa: S301 - from whoever started this
        except Exception:  # noqa: BLE001 - nobody is there any more, or no memory: `come` would wait for ever
            os._exit(1)

    def come() -> object:
        one = found.get()
        if isinstance(one, UserError):
            raise one
        return one

    Thread(target=receive, daemon=True).start()
    return come


def _read(
    format_: Format, path: Path, options: dict[str, object], is_told: bool, waiting: Queue[bytes]
) -> None:
    def report(code: str, **details: object) -> None:
        waiting.put(pickle.dumps(Told(code, details), _NEWEST))

    texts: Mapping[str, str] = {}
    if is_told:
        options["report"] = report
    for run in in_runs(format_.read(path, options)):
        if is_told and run.record is Article:  # texts are compared where somebody is told
            texts = _prepare_texts(run)
        elif run.record is Mark and texts:
            _prepare_marks(run, texts)
        waiting.put(pickle.dumps(run, _NEWEST))
    waiting.put(pickle.dumps(Sign.END))


def _prepare_texts(run: Run[Record]) -> Mapping[str, str]:
    """Those of a run of articles that will be stored as they are, by id."""
    columns = run.columns
    run.prepared = found = [*map(prepared, columns["text"])]
    return {
        row_id: text for row_id, text, one in zip(columns["id"], columns["text"], found, strict=True) if one
    }


def _prepare_marks(run: Run[Record], texts: Mapping[str, str]) -> None:
    """Place the marks of a run in the articles before them, if those are all there."""
    columns = run.columns
    if texts.keys() >= set(columns["article"]):
        within = [texts[article] for article in columns["article"]]
        run.prepared = placed(within, columns)


def _send(waiting: Queue[bytes], pipe: BinaryIO) -> None:
    while data := waiting.get():
        _write(pipe, data)


def _write(pipe: BinaryIO, data: bytes) -> None:
    try:
        pipe.write(len(data).to_bytes(LENGTH) + data)
        pipe.flush()
    except (OSError, MemoryError):  # a thread that ended alone would leave the other one waiting for room
        os._exit(1)


def _packed(error: Exception) -> bytes:
    """An exception to be raised by the other process; a bug with where it happened here."""
    if not isinstance(error, UserError):
        error.add_note(_traced(error))
    try:
        data = pickle.dumps(error)
        pickle.loads(data)  # noqa: S301 - what was packed a line before
    except Exception:  # noqa: BLE001 - what an exception holds, or how it is made, can be anything
        return pickle.dumps(RuntimeError(_traced(error)))
    return data


def _traced(error: Exception) -> str:
    from traceback import format_exception  # nearly never needed, and whoever stores waits for the beginning

    return "".join(format_exception(error))

"""The reports of `Project`: which one is asked for, in full or as an overview with parts; and its map."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryFile
from typing import TypeVar

from annotator.app.taking import circles_left
from annotator.domain.composing import Draw
from annotator.domain.dispute import ClaimBoard
from annotator.domain.facts import Facts
from annotator.domain.ids import MarkId, PropositionId
from annotator.domain.model import Report
from annotator.domain.report import DRAWINGS, FullReport, Size
from annotator.formats.mapped import map_pieces, printed_ids
from annotator.formats.reports import markdown, parted, writers
from annotator.store import naming, reporting
from annotator.store.boards import boards
from annotator.store.bulk import BulkCancelledError, Progress
from annotator.store.claim_facts import claim_facts
from annotator.store.nobodys import Nobodys
from annotator.store.one_state import Check, of_one_state
from annotator.store.store import Store

_PIECE = 1 << 20
"""How many bytes of a text that was put aside are handed on at once."""

T = TypeVar("T")


class Disputes:
    """The dispute map of a project, or that of one claim, read some claims at a time.

    It is read of a private copy, made each time somebody begins to go through it, so what
    is changed on the way is not in it.
    """

    def __init__(self, store: Store, claim: PropositionId | None) -> None:
        self._store = store
        self._claim = claim

    @property
    def claims(self) -> Iterator[ClaimBoard]:
        """The boards of claims, in the order of ids."""
        with closing(self._store.snapshot()) as copy:
            for _, some in boards(copy, _claims_of_map(copy, self._claim)):
                yield from some

    @property
    def without_source(self) -> Iterator[MarkId]:
        """The marks that name nobody: all, or those that bear on the claim."""
        with closing(self._store.snapshot()) as copy:
            for _, marks in _nobodys(copy, self._claim):
                yield from marks


def disputes(store: Store, claim: str | None) -> Disputes:
    """`Project.map`."""
    return Disputes(store, _found(store, claim))


def in_parts(
    store: Store, name: str | None, claims: Sequence[str] | None, drawn: bool
) -> Iterator[FullReport]:
    """`Project.report_parts`."""
    report = _asked(store, name, claims)

    def told() -> Iterator[FullReport]:
        with closing(store.snapshot()) as copy:
            yield from reporting.report_parts(copy, report, draw=_drawing() if drawn else None)

    return told()


def in_full(store: Store, name: str | None, claims: Sequence[str] | None, drawn: bool) -> FullReport:
    """`Project.report`."""

    def written_out(store: Store, check: Check) -> FullReport:
        report = _asked(store, name, claims)
        writers.require_one_file(reporting.report_size(store, report))
        full = reporting.full_report(store, report, draw=_drawing() if drawn else None)
        check()
        return full

    return _of_one_state(store, written_out)


def size(store: Store, name: str | None, claims: Sequence[str] | None) -> Size:
    """`Project.report_size`."""
    return reporting.report_size(store, _asked(store, name, claims))


def put_parts(
    store: Store,
    out: Path,
    format_: str,
    name: str | None,
    claims: Sequence[str] | None,
    without: Sequence[str],
    progress: Progress | None,
) -> int:
    """`Project.write_report`."""

    def put(store: Store, check: Check) -> int:
        report = _asked(store, name, claims)
        words = reporting.report_words(store, report)
        draw = _drawing() if frozenset(DRAWINGS).difference(without) else None
        told = _telling(reporting.report_parts(store, report, draw=draw), progress)
        parts = (part.without(without) for part in told)
        told_in = reporting.parts_of_claims(store, report)
        return parted.put_parts(writers.by_name(format_), words, parts, told_in, out, check)

    return _of_one_state(store, put)


def put_text(store: Store, claims: Sequence[str] | None, take: Callable[[bytes], object]) -> None:
    """`Project.tell_map`."""

    with TemporaryFile(buffering=0) as aside:

        def put(store: Store, check: Check) -> bytes:
            aside.seek(0)
            aside.truncate()
            report = _asked(store, None, claims)
            words = reporting.report_words(store, report)
            head = markdown.put_aside(words, reporting.report_parts(store, report), aside)
            check()
            return head

        take(_of_one_state(store, put))
        aside.seek(0)
        while piece := aside.read(_PIECE):
            take(piece)


def map_json(store: Store, claim: str | None) -> str:
    """`Project.map_json`: claims are read some at a time, of the others only what is printed is in memory."""

    def written(store: Store, check: Check) -> str:
        text = "".join(_map_pieces(store, claim))
        check()
        return text

    return _of_one_state(store, written)


def _map_pieces(store: Store, claim: str | None) -> Iterator[str]:
    chosen = _found(store, claim)
    shared = naming.shared_names(store)
    told = boards(store, _claims_of_map(store, chosen))
    named = ((some, printed_ids(facts, shared)) for facts, some in told)
    unnamed = ((marks, printed_ids(facts, shared)) for facts, marks in _nobodys(store, chosen))
    return map_pieces(
        ((board, name) for some, name in named for board in some),
        (name("mark", mark) for marks, name in unnamed for mark in marks),
    )


def _found(store: Store, claim: str | None) -> PropositionId | None:
    return PropositionId(naming.find(store, "proposition", claim)) if claim is not None else None


def _claims_of_map(store: Store, claim: PropositionId | None) -> list[PropositionId]:
    return [claim] if claim else reporting.chosen_claims(store)


def _of_one_state(store: Store, read: Callable[[Store, Check], T]) -> T:
    with circles_left():
        return of_one_state(store, read)


def _nobodys(store: Store, claim: PropositionId | None) -> Iterator[tuple[Facts, tuple[MarkId, ...]]]:
    """The marks that name nobody: all, or those that bear on a claim."""
    if claim is None:
        yield from Nobodys(store).pages()
    else:
        facts = claim_facts(store, [claim])
        yield facts, Nobodys(store).of_claim(facts, claim)


def _asked(store: Store, name: str | None, claims: Sequence[str] | None) -> Report:
    """The words of a report that the project keeps, or none, about these claims where some are given."""
    report = reporting.find_report(store, name) if name is not None else reporting.UNSAVED
    if claims is None:
        return report
    chosen = (PropositionId(naming.find(store, "proposition", one)) for one in claims)
    return replace(report, claims=tuple(dict.fromkeys(chosen)))


def _drawing() -> Draw:
    from annotator.layout.drawings import claim_drawings

    return claim_drawings


def _telling(parts: Iterable[FullReport], progress: Progress | None) -> Iterator[FullReport]:
    for number, part in enumerate(parts):
        if progress and not progress(number):
            raise BulkCancelledError
        yield part

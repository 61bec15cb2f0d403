"""A question to the map asked of the statements on a claim, not of claims: which of them are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from annotator.domain.briefs import MapQuestion, said_at, source_names
from annotator.domain.dispute import Attack, ClaimBoard, Entry
from annotator.domain.facts import Facts
from annotator.domain.grounds import Ground
from annotator.domain.ids import MarkId, SourceId
from annotator.domain.voices import owner, voice

T = TypeVar("T")


def narrowed(facts: Facts, board: ClaimBoard, question: MapQuestion) -> ClaimBoard:
    """A claim with only those statements and grounds that a question's source, outlet and dates fit.

    Who is counted stays as it is: that is a fact about the whole claim. Exhibits stay too; nobody
    says them.
    """
    if not question.asks_of_statements:
        return board

    def fits(entry: Entry) -> bool:
        return _fits(facts, question, entry.mark, (entry.source, entry.owner, *entry.relays))

    def bears(one: Ground | Attack) -> bool:
        if one.origin.table != "mark":
            return True
        mark = facts.marks[MarkId(one.origin.id)]
        said = voice(facts, mark)
        return _fits(facts, question, mark.id, (said, said and owner(facts, said), *mark.relays))

    return replace(
        board,
        asserts=_kept(board.asserts, fits),
        denies=_kept(board.denies, fits),
        queries=_kept(board.queries, fits),
        comments=_kept(board.comments, fits),
        silent=_kept(board.silent, fits),
        without_source=tuple((stance, entry) for stance, entry in board.without_source if fits(entry)),
        grounds_for=_kept(board.grounds_for, bears),
        grounds_against=_kept(board.grounds_against, bears),
        attacks=_kept(board.attacks, bears),
        attacks_beside=_kept(board.attacks_beside, bears),
    )


def shown_of(board: ClaimBoard, whole: ClaimBoard) -> tuple[int, int]:
    """How many statements a narrowed claim has, and how many the whole one."""
    return _count(board), _count(whole)


def _count(board: ClaimBoard) -> int:
    named = (board.asserts, board.denies, board.queries, board.comments, board.silent)
    return sum(map(len, named)) + len(board.without_source)


def _kept(rows: Iterable[T], fits: Callable[[T], bool]) -> tuple[T, ...]:
    return tuple(filter(fits, rows))


def _fits(facts: Facts, question: MapQuestion, mark: MarkId, speakers: Iterable[SourceId | None]) -> bool:
    article = facts.articles.get(facts.marks[mark].article)
    return question.fits_statement(
        source_names(facts, speakers),
        source_names(facts, [article.outlet if article else None]),
        said_at(facts, facts.marks[mark]),
    )

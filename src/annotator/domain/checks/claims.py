"""Claims without a sentence of their own, and what their boards lack: grounds, or voices of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from annotator.domain.checks.alike import claims_alike
from annotator.domain.checks.ends import LooseEnd, is_quiet, on_claim
from annotator.domain.checks.seen import seen
from annotator.domain.facts import EVIDENCE, Facts
from annotator.domain.model import Proposition


def _claim_without_sentence(facts: Facts, claim: Proposition) -> Iterator[LooseEnd]:
    """A claim starts with the words of a mark; a sentence of its own is still to be written."""
    mentions = facts.mentions_by_proposition.get(claim.id, ())
    quotes = [facts.marks[n.mark].quotes for n in mentions if n.mark in facts.marks]
    words = {_folded(joint.join(quote)) for quote in quotes for joint in (" … ", " ")}
    sentence = _folded(claim.text)
    if not sentence or sentence in words:
        yield on_claim(claim.id, "claim_without_sentence", "quoted" if sentence else "")


def _disputed_without_ground(facts: Facts, claim: Proposition) -> Iterator[LooseEnd]:
    """Both sides speak, and nobody shows anything; evidence that states the claim itself shows it."""
    board = seen(facts).boards[claim.id]
    if not board.is_disputed or board.grounds_for or board.grounds_against:
        return
    spoken = [facts.marks[one.mark] for one in seen(facts).stances.get(claim.id, ())]
    if not any(mark.label == EVIDENCE for mark in spoken):
        yield _of_board(facts, claim, "disputed_without_ground")


def _circular_voices(facts: Facts, claim: Proposition) -> Iterator[LooseEnd]:
    """Whoever asserts it has it from another who does, and nobody has it from elsewhere."""
    voices = seen(facts).boards[claim.id].asserting
    if voices.circles and voices.circles == voices.counted:
        owners = {*voices.counted, *(one.owner for one in voices.leaning)}
        listed = ", ".join(sorted(facts.sources[one].name for one in owners if one in facts.sources))
        yield _of_board(facts, claim, "circular_voices", sources=listed)


def _of_board(facts: Facts, claim: Proposition, rule: str, **details: str) -> LooseEnd:
    """Quiet until the first pass of every article that speaks to the claim is done."""
    articles = {facts.marks[one.mark].article for one in seen(facts).stances.get(claim.id, ())}
    is_early = any(one in facts.articles and is_quiet(facts.articles[one]) for one in articles)
    return replace(on_claim(claim.id, rule, **details), is_quiet=is_early)


def _folded(text: str) -> str:
    return " ".join(text.split()).rstrip(".").casefold()


RULES: tuple[Callable[[Facts, Proposition], Iterator[LooseEnd]], ...] = (
    _claim_without_sentence,
    _disputed_without_ground,
    _circular_voices,
    claims_alike,
)

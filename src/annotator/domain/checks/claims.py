"""Claims that are not whole yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from annotator.domain.checks.ends import FIXES, LooseEnd
from annotator.domain.facts import Facts
from annotator.domain.model import Proposition


def _claim_without_sentence(facts: Facts, claim: Proposition) -> Iterator[LooseEnd]:
    """A claim starts with the words of a mark; a sentence of its own is still to be written."""
    mentions = facts.mentions_by_proposition.get(claim.id, ())
    quotes = [facts.marks[n.mark].quotes for n in mentions if n.mark in facts.marks]
    words = {_folded(joint.join(quote)) for quote in quotes for joint in (" … ", " ")}
    sentence = _folded(claim.text)
    if not sentence or sentence in words:
        rule = "claim_without_sentence"
        code = f"{rule}-quoted" if sentence else rule
        yield LooseEnd(rule=rule, message_code=code, fix=FIXES[rule], claim=claim.id)


def _folded(text: str) -> str:
    return " ".join(text.split()).rstrip(".").casefold()


RULES: tuple[Callable[[Facts, Proposition], Iterator[LooseEnd]], ...] = (_claim_without_sentence,)

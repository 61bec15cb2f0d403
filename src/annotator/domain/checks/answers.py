"""Acts that aim at something: denials, evidence and silence without what they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from annotator.domain.checks.ends import LooseEnd, on_mark
from annotator.domain.facts import EVIDENCE, Facts, is_silence
from annotator.domain.model import Mark


def _denial_without_target(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    """A denial of the evidence, the author or the forum may aim at them instead of a claim."""
    if not facts.is_denial(mark) or any(n.stance == "deny" for n in facts.mentions_by_mark.get(mark.id, ())):
        return
    kinds = mark.attributes.get("denial_kind") or ["content"]
    aims = ("denies",) if "content" in kinds else ("denies", "undermines", "responds_to")
    if not facts.links_from(mark.id, *aims):
        yield on_mark(facts, "denial_without_target", mark)


def _denies_without_denial(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    """The map takes denials from marks labelled so; another label needs a mention that says it."""
    denies = facts.links_from(mark.id, "denies")
    if denies and not facts.is_denial(mark) and not facts.mentions_by_mark.get(mark.id):
        yield on_mark(facts, "denies_without_denial", mark)


def _evidence_without_link(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    if mark.label != EVIDENCE or facts.mentions_by_mark.get(mark.id):
        return
    if not facts.links_from(mark.id) and not facts.links_to(mark.id, "cites"):
        yield on_mark(facts, "evidence_without_link", mark)


def _no_comment_without_target(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    if not is_silence(mark) or facts.mentions_by_mark.get(mark.id):
        return
    if not facts.links_from(mark.id, "responds_to"):
        yield on_mark(facts, "no_comment_without_target", mark)


def _anaphoric_without_claim(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    """“That is not so” says nothing outside its article; a denial has its claim through what it denies."""
    if "anaphoric" not in mark.flags or "unclear_target" in mark.flags or facts.is_layer(mark):
        return
    if not facts.mentions_by_mark.get(mark.id) and not facts.links_from(mark.id, "denies"):
        yield on_mark(facts, "anaphoric_without_claim", mark)


def _on_both_sides(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    """Nobody says with the same words that a thing is so and that it is not; two marks can."""
    mentions = facts.mentions_by_mark.get(mark.id, ())
    said = {(mention.proposition, mention.stance) for mention in mentions}
    if any(stance == "support" and (claim, "deny") in said for claim, stance in said):
        yield on_mark(facts, "on_both_sides", mark)


RULES: tuple[Callable[[Facts, Mark], Iterator[LooseEnd]], ...] = (
    _denial_without_target,
    _denies_without_denial,
    _evidence_without_link,
    _no_comment_without_target,
    _anaphoric_without_claim,
    _on_both_sides,
)

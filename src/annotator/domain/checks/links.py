"""Links that say less than they seem to, and what their rules read beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from annotator.domain.checks.ends import LooseEnd, mark_at, on_link
from annotator.domain.definitions import anew_for_link, version_of
from annotator.domain.facts import Facts, is_silence
from annotator.domain.ids import MarkId, SourceId
from annotator.domain.model import Link, Mark, Ref
from annotator.domain.voices import names, owner, upward, voice

INWARD = ("cites",)
"""The kinds of links of which a rule reads those that end at its mark."""
ATTACKS = ("undermines",)
"""The kinds of links of which a rule asks whether the source at their end says anything."""
OUTWARD = ("corroborates",)
"""The kinds of links of which a rule reads the other end, and who speaks at both."""


def _undefined_link_kind(facts: Facts, link: Link) -> Iterator[LooseEnd]:
    if link.kind not in facts.scheme.link_kinds:
        yield on_link(facts, "undefined_link_kind", link, kind=link.kind)


def _corroborates_same_owner(facts: Facts, link: Link) -> Iterator[LooseEnd]:
    first, second = mark_at(facts, link.origin), mark_at(facts, link.target)
    if link.kind != "corroborates" or first is None or second is None:
        return
    owners = [owner(facts, one) if (one := voice(facts, mark)) else None for mark in (first, second)]
    if owners[0] is not None and owners[0] == owners[1]:
        yield on_link(facts, "corroborates_same_owner", link, owner=owners[0])
    elif _cites(facts, first, second, owners[1]) or _cites(facts, second, first, owners[0]):
        yield on_link(facts, "corroborates_same_owner", link, "cites")


def _cites(facts: Facts, mark: Mark, other: Mark, name: SourceId | None) -> bool:
    """Whether a mark cites the other one or a source that speaks for its owner."""
    ends = [link.target for link in facts.links_from(mark.id, "cites")]
    owners = [owner(facts, SourceId(end.id)) for end in ends if end.table == "source"]
    return Ref("mark", other.id) in ends or (name is not None and name in owners)


def _relates_to_without_note(facts: Facts, link: Link) -> Iterator[LooseEnd]:
    if link.kind == "relates_to" and not (link.note or "").strip():
        yield on_link(facts, "relates_to_without_note", link)


def _older_definition(facts: Facts, link: Link) -> Iterator[LooseEnd]:
    """What its kind means was said anew since somebody last decided on the link; of a mark, who is asked."""
    kind = anew_for_link(facts.scheme, link)
    if kind is not None and link.origin.table == "mark":
        version = str(version_of(link) or "–")
        yield on_link(facts, "older_definition", link, "link", version=version, since=str(kind.since))


def _attack_on_nobody_heard(facts: Facts, link: Link) -> Iterator[LooseEnd]:
    """The map shows an attack on whoever asserts a claim; a source that says nothing asserts none.

    Unless the same words answer something, as those against a report or against the forum of a claim do.
    """
    if link.kind in ATTACKS and link.target.table == "source" and not _answers(facts, link.origin):
        attacked = SourceId(link.target.id)
        if attacked in facts.sources and _heard(facts, attacked) is None:
            yield on_link(facts, "attack_on_nobody_heard", link, attacked=attacked)


def _answers(facts: Facts, origin: Ref) -> bool:
    """Whether a mark speaks to a claim, or answers another mark."""
    mark = mark_at(facts, origin)
    return mark is not None and bool(
        facts.mentions_by_mark.get(mark.id) or facts.links_from(mark.id, "responds_to", "denies")
    )


def _heard(facts: Facts, source: SourceId) -> Ref | None:
    """A mark in which a source speaks under one of its names, or an article that it prints."""
    for name in sorted(names(facts, source)):
        for mark in facts.marks_by_speaker.get(name, ()):
            if not is_silence(mark) and not facts.is_layer(mark):
                return Ref("mark", mark.id)
        for article in facts.articles_by_outlet.get(name, ()):
            return Ref("article", article.id)
    return None


def behind(facts: Facts, mark: str) -> Iterator[Ref]:
    """What the rules about the links that start at a mark read beside it."""
    yield from _behind_corroboration(facts, mark)
    for link in facts.links_from(MarkId(mark), *ATTACKS):
        if link.target.table == "source":
            yield from behind_attack(facts, link)


def behind_attack(facts: Facts, link: Link) -> Iterator[Ref]:
    """All names of the source at its end, and where it was heard; while it was not, whatever it will say."""
    attacked = SourceId(link.target.id)
    heard = _heard(facts, attacked)
    for name in names(facts, attacked):
        yield from (Ref("source", one) for one in upward(facts, name))
        if heard is None:
            yield Ref(SPEAKER, name)
    if heard is not None:
        yield heard


SPEAKER = "speaker"
"""Stands for a table in what rules rely on: whatever a source says for the first time."""


def _behind_corroboration(facts: Facts, mark: str) -> Iterator[Ref]:
    """Both ends of links whose rules ask who speaks there, and those they speak for."""
    for link in facts.links_from(MarkId(mark), *OUTWARD):
        for one in (mark_at(facts, link.origin), mark_at(facts, link.target)):
            if one is None:
                continue
            yield Ref("mark", one.id)
            yield Ref("article", one.article)
            named = [end.target for end in facts.links_from(one.id, *INWARD)]
            heads = [SourceId(end.id) for end in named if end.table == "source"]
            speaker = voice(facts, one)
            for source in heads if speaker is None else [*heads, speaker]:
                yield from (Ref("source", above) for above in upward(facts, source))


RULES: tuple[Callable[[Facts, Link], Iterator[LooseEnd]], ...] = (
    _undefined_link_kind,
    _corroborates_same_owner,
    _relates_to_without_note,
    _older_definition,
    _attack_on_nobody_heard,
)

"""Links that say less than they seem to, and what their rules read beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from annotator.domain.checks.ends import LooseEnd, mark_at, on_link
from annotator.domain.definitions import anew_for_link, version_of
from annotator.domain.facts import Facts
from annotator.domain.ids import MarkId, SourceId
from annotator.domain.model import Link, Mark, Ref
from annotator.domain.voices import owner, upward, voice

INWARD = ("cites",)
"""The kinds of links of which a rule reads those that end at its mark."""
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


def _older_definition(facts: Facts, link: Link) -> Iterator[LooseEnd]:
    """What its kind means was said anew since somebody last decided on the link; of a mark, who is asked."""
    kind = anew_for_link(facts.scheme, link)
    if kind is not None and link.origin.table == "mark":
        version = str(version_of(link) or "–")
        yield on_link(facts, "older_definition", link, "link", version=version, since=str(kind.since))


def _relates_to_without_note(facts: Facts, link: Link) -> Iterator[LooseEnd]:
    if link.kind == "relates_to" and not (link.note or "").strip():
        yield on_link(facts, "relates_to_without_note", link)


def behind(facts: Facts, mark: str) -> Iterator[Ref]:
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
)

"""Loose ends: what a first pass left open, each with the fix it asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from annotator.domain.dates import normalised
from annotator.domain.errors import UserError
from annotator.domain.facts import EVIDENCE, Facts, is_silence
from annotator.domain.ids import ArticleId, LinkId, MarkId, PropositionId, SourceId
from annotator.domain.model import Article, Link, Mark, Proposition, Ref, Source
from annotator.domain.quoting import unpaired_at_ends
from annotator.domain.voices import cycles_of, owner, upward, voice

FIXES = {
    "denial_without_target": "link-denies",
    "denies_without_denial": "relabel",
    "evidence_without_link": "link-ground",
    "no_comment_without_target": "link-responds-to",
    "mark_without_source": "choose-source",
    "unclear_attribution": "choose-source",
    "unclear_target": "choose-target",
    "anaphoric_without_claim": "choose-claim",
    "on_both_sides": "edit-mention",
    "date_not_normalised": "write-date",
    "date_none": "write-date",
    "half_a_pair": "move-ends",
    "question_open": "answer-question",
    "older_definition": "confirm-mark",
    "undefined_label": "relabel",
    "undefined_attribute": "edit-attributes",
    "undefined_link_kind": "edit-link",
    "corroborates_same_owner": "edit-link",
    "relates_to_without_note": "write-note",
    "article_without_outlet": "choose-outlet",
    "claim_without_sentence": "write-sentence",
    "source_cycle": "edit-source",
    "anonymous_without_ground": "edit-source",
    "speaks_for_whom": "edit-source",
}
"""Every rule with the code of its fix, in the order in which they are listed at one place."""

LOUD = ("older_definition",)
"""Rules that remind of an article whose first pass is not done, too: what was decided there is decided."""

FIRST_PASS = ("new", "reading")
"""The states of an article whose first pass is not done."""

_RULES = {rule: place for place, rule in enumerate(FIXES)}


@dataclass(frozen=True, kw_only=True)
class LooseEnd:
    """One thing that is open. Where several ids are given, `target` says which one it hangs on.

    message_code: the rule, or the rule and a case of it, such as `source_cycle-same_as`.
    is_quiet: the article's first pass is not done, so nobody is to be reminded yet.
    """

    rule: str
    message_code: str
    fix: str
    mark: MarkId | None = None
    source: SourceId | None = None
    claim: PropositionId | None = None
    article: ArticleId | None = None
    link: LinkId | None = None
    details: Mapping[str, str] = field(default_factory=dict, hash=False)
    is_quiet: bool = False

    @property
    def target(self) -> Ref:
        """What a dismissal of this loose end names, together with the rule."""
        for table, row in (
            ("link", self.link),
            ("mark", self.mark),
            ("source", self.source),
            ("proposition", self.claim),
        ):
            if row is not None:
                return Ref(table, row)
        return Ref("article", str(self.article))


def loose_ends(facts: Facts) -> list[LooseEnd]:
    """What is open and was not dismissed: by article, place in it and rule; the registries last."""
    found = [one for place in _places(facts) for one in ends_at(facts, place)]
    return sorted(found, key=lambda one: _place(facts, one))


def _places(facts: Facts) -> Iterator[Ref]:
    """Every row that rules look at; links go with the mark they start at, where they start at one."""
    yield from (Ref("mark", mark) for mark in facts.marks)
    yield from (Ref("link", link.id) for link in facts.links.values() if _end(facts, link.origin) is None)
    yield from (Ref("article", article) for article in facts.articles)
    yield from (Ref("source", source) for source in facts.sources)
    yield from (Ref("proposition", claim) for claim in facts.propositions)


def ends_at(facts: Facts, place: Ref) -> list[LooseEnd]:
    """What is open at one row and was not dismissed; nothing, where it is not there.

    The row is a mark (with the links that start at it), a link that starts at no
    mark, an article, a source or a claim. The facts need to hold no more than the
    row, what belongs to it (of a mark its article, mentions and links, of a claim
    its mentions and their marks, whether an article has marks), what dismissals
    name one of these, and what `relies_on` says.
    """
    match place.table:
        case "mark" if (mark := facts.marks.get(MarkId(place.id))) is not None:
            found = [one for rule in MARK_RULES for one in rule(facts, mark)]
            for link in facts.links_from(mark.id):
                found += _at_link(facts, link)
        case "link" if (link_there := facts.links.get(LinkId(place.id))) is not None:
            found = _at_link(facts, link_there)
        case "article" if (article := facts.articles.get(ArticleId(place.id))) is not None:
            found = [one for rule in ARTICLE_RULES for one in rule(facts, article)]
        case "source" if (source := facts.sources.get(SourceId(place.id))) is not None:
            found = [one for rule in SOURCE_RULES for one in rule(facts, source)]
        case "proposition" if (claim := facts.propositions.get(PropositionId(place.id))) is not None:
            found = [one for rule in CLAIM_RULES for one in rule(facts, claim)]
        case _:
            found = []
    return [one for one in found if (one.rule, one.target) not in facts.dismissed]


def _at_link(facts: Facts, link: Link) -> list[LooseEnd]:
    return [one for rule in LINK_RULES for one in rule(facts, link)]


def relies_on(facts: Facts, place: Ref) -> set[Ref]:
    """The rows beside a row and what belongs to it that its rules have read.

    When one of them changes (a mark: its chain or its links too), look again.
    """
    reads = RELIANCE.get(place.table)
    return set(reads(facts, place.id)) - {place} if reads else set()


def _on_mark(facts: Facts, rule: str, mark: Mark, case: str = "", **details: str) -> LooseEnd:
    return LooseEnd(
        rule=rule,
        message_code=f"{rule}-{case}" if case else rule,
        fix=FIXES[rule],
        mark=mark.id,
        article=mark.article,
        details=details,
        is_quiet=rule not in LOUD and _is_quiet(facts, mark.article),
    )


def _on_link(facts: Facts, rule: str, link: Link, case: str = "", **details: str) -> LooseEnd:
    article = _article_of(facts, link)
    return LooseEnd(
        rule=rule,
        message_code=f"{rule}-{case}" if case else rule,
        fix=FIXES[rule],
        mark=MarkId(link.origin.id) if link.origin.table == "mark" else None,
        article=article,
        link=link.id,
        details=details,
        is_quiet=_is_quiet(facts, article),
    )


def _denial_without_target(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    """A denial of the evidence, the author or the forum may aim at them instead of a claim."""
    if not facts.is_denial(mark) or any(n.stance == "deny" for n in facts.mentions_by_mark.get(mark.id, ())):
        return
    kinds = mark.attributes.get("denial_kind") or ["content"]
    aims = ("denies",) if "content" in kinds else ("denies", "undermines", "responds_to")
    if not facts.links_from(mark.id, *aims):
        yield _on_mark(facts, "denial_without_target", mark)


def _denies_without_denial(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    """The map takes denials from marks labelled so; another label needs a mention that says it."""
    denies = facts.links_from(mark.id, "denies")
    if denies and not facts.is_denial(mark) and not facts.mentions_by_mark.get(mark.id):
        yield _on_mark(facts, "denies_without_denial", mark)


def _evidence_without_link(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    if mark.label != EVIDENCE or facts.mentions_by_mark.get(mark.id):
        return
    if not facts.links_from(mark.id) and not facts.links_to(mark.id, "cites"):
        yield _on_mark(facts, "evidence_without_link", mark)


def _no_comment_without_target(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    if not is_silence(mark) or facts.mentions_by_mark.get(mark.id):
        return
    if not facts.links_from(mark.id, "responds_to"):
        yield _on_mark(facts, "no_comment_without_target", mark)


def _mark_without_source(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    """The outlet's own narration needs no source; that its article has no outlet is another rule's."""
    if mark.source is None and not facts.is_layer(mark) and mark.attributes.get("quote") != "none":
        case = "implicit" if "implicit_source" in mark.flags else ""
        yield _on_mark(facts, "mark_without_source", mark, case)


def _unclear(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    for flag in ("unclear_attribution", "unclear_target"):
        if flag in mark.flags:
            yield _on_mark(facts, flag, mark)


def _anaphoric_without_claim(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    """“That is not so” says nothing outside its article; a denial has its claim through what it denies."""
    if "anaphoric" not in mark.flags or "unclear_target" in mark.flags or facts.is_layer(mark):
        return
    if not facts.mentions_by_mark.get(mark.id) and not facts.links_from(mark.id, "denies"):
        yield _on_mark(facts, "anaphoric_without_claim", mark)


def _on_both_sides(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    """Nobody says with the same words that a thing is so and that it is not; two marks can."""
    mentions = facts.mentions_by_mark.get(mark.id, ())
    said = {(mention.proposition, mention.stance) for mention in mentions}
    if any(stance == "support" and (claim, "deny") in said for claim, stance in said):
        yield _on_mark(facts, "on_both_sides", mark)


def _date_open(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    """A date is written, or is said to be inferred, and which one it is nobody has said."""
    date = str(mark.attributes.get("date") or "").strip()
    written = str(mark.attributes.get("date_written") or "").strip()
    if date:
        if not _is_kept_date(date):
            yield _on_mark(facts, "date_none", mark, date=date)
    elif written:
        yield _on_mark(facts, "date_not_normalised", mark, date=written)
    elif mark.attributes.get("date_inferred") == "yes":
        yield _on_mark(facts, "date_not_normalised", mark, "inferred")


def _is_kept_date(text: str) -> bool:
    try:
        return normalised(text) == text
    except UserError:
        return False


def _half_a_pair(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    """A quotation mark or bracket at an end of the words, whose partner is not among them."""
    if not facts.is_layer(mark) and (half := unpaired_at_ends(mark.quotes)):
        yield _on_mark(facts, "half_a_pair", mark, sign=half)


def _question_open(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    if mark.question and mark.question.strip():
        yield _on_mark(facts, "question_open", mark, question=mark.question.strip())


def _older_definition(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    """What a label means was said anew since somebody last decided that the mark has it."""
    label = facts.scheme.labels.get(mark.label)
    if label is not None and (mark.scheme_version or 0) < label.since:
        versions = {"version": str(mark.scheme_version or "–"), "since": str(label.since)}
        yield _on_mark(facts, "older_definition", mark, **versions)


def _undefined(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    if mark.label not in facts.scheme.labels:
        yield _on_mark(facts, "undefined_label", mark, label=mark.label)
    unknown = []
    for name, value in sorted(mark.attributes.items()):
        try:
            facts.scheme.check_attribute(mark.label, name, value)
        except UserError:
            unknown.append(f"{name}={value}")
    if unknown:
        yield _on_mark(facts, "undefined_attribute", mark, attributes=", ".join(unknown))


def _undefined_link_kind(facts: Facts, link: Link) -> Iterator[LooseEnd]:
    if link.kind not in facts.scheme.link_kinds:
        yield _on_link(facts, "undefined_link_kind", link, kind=link.kind)


def _corroborates_same_owner(facts: Facts, link: Link) -> Iterator[LooseEnd]:
    first, second = _end(facts, link.origin), _end(facts, link.target)
    if link.kind != "corroborates" or first is None or second is None:
        return
    owners = [owner(facts, one) if (one := voice(facts, mark)) else None for mark in (first, second)]
    if owners[0] is not None and owners[0] == owners[1]:
        yield _on_link(facts, "corroborates_same_owner", link, owner=owners[0])
    elif _cites(facts, first, second, owners[1]) or _cites(facts, second, first, owners[0]):
        yield _on_link(facts, "corroborates_same_owner", link, "cites")


def _cites(facts: Facts, mark: Mark, other: Mark, name: SourceId | None) -> bool:
    """Whether a mark cites the other one or a source that speaks for its owner."""
    ends = [link.target for link in facts.links_from(mark.id, "cites")]
    owners = [owner(facts, SourceId(end.id)) for end in ends if end.table == "source"]
    return Ref("mark", other.id) in ends or (name is not None and name in owners)


def _relates_to_without_note(facts: Facts, link: Link) -> Iterator[LooseEnd]:
    if link.kind == "relates_to" and not (link.note or "").strip():
        yield _on_link(facts, "relates_to_without_note", link)


def _article_without_outlet(facts: Facts, article: Article) -> Iterator[LooseEnd]:
    if article.outlet is None and article.status == "done" and facts.marks_by_article.get(article.id):
        rule = "article_without_outlet"
        yield LooseEnd(rule=rule, message_code=rule, fix=FIXES[rule], article=article.id)


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


def _source_cycle(facts: Facts, source: Source) -> Iterator[LooseEnd]:
    """A circle hangs on the smallest id in it."""
    for through, members in cycles_of(facts, source.id):
        if members[0] == source.id:
            yield LooseEnd(
                rule="source_cycle",
                message_code=f"source_cycle-{through}",
                fix=FIXES["source_cycle"],
                source=source.id,
                details={"sources": ", ".join(facts.sources[one].name for one in members)},
            )


def _anonymous_without_ground(facts: Facts, source: Source) -> Iterator[LooseEnd]:
    del facts
    rule = "anonymous_without_ground"
    if source.kind == "anonymous" and not (source.anonymity or "").strip() and source.same_as is None:
        yield LooseEnd(rule=rule, message_code=rule, fix=FIXES[rule], source=source.id)


def _speaks_for_whom(facts: Facts, source: Source) -> Iterator[LooseEnd]:
    """Whoever speaks for another by office is counted as that other's voice, once it is known whose."""
    del facts
    rule = "speaks_for_whom"
    role = source.role or ""
    if _SPEAKS_FOR.search(role) and source.affiliation is None and source.same_as is None:
        yield LooseEnd(
            rule=rule, message_code=rule, fix=FIXES[rule], source=source.id, details={"role": role}
        )


_SPEAKS_FOR = re.compile(
    r"\b(spokes(man|men|woman|women|person|people|persons)|press (officer|secretary|service)"
    r"|ambassador|envoy|representative|minister|deputy secretary|official)s?\b",
    re.IGNORECASE,
)
"""Roles that are held for somebody."""

MARK_RULES: tuple[Callable[[Facts, Mark], Iterator[LooseEnd]], ...] = (
    _denial_without_target,
    _denies_without_denial,
    _evidence_without_link,
    _no_comment_without_target,
    _mark_without_source,
    _unclear,
    _anaphoric_without_claim,
    _on_both_sides,
    _date_open,
    _half_a_pair,
    _question_open,
    _older_definition,
    _undefined,
)
LINK_RULES: tuple[Callable[[Facts, Link], Iterator[LooseEnd]], ...] = (
    _undefined_link_kind,
    _corroborates_same_owner,
    _relates_to_without_note,
)
ARTICLE_RULES: tuple[Callable[[Facts, Article], Iterator[LooseEnd]], ...] = (_article_without_outlet,)
SOURCE_RULES: tuple[Callable[[Facts, Source], Iterator[LooseEnd]], ...] = (
    _source_cycle,
    _anonymous_without_ground,
    _speaks_for_whom,
)
CLAIM_RULES: tuple[Callable[[Facts, Proposition], Iterator[LooseEnd]], ...] = (_claim_without_sentence,)

VERSION = 4
"""Raised with every change of a rule, so that what was found by older ones is looked at again."""

INWARD = ("cites",)
"""The kinds of links of which a rule reads those that end at its mark."""
OUTWARD = ("corroborates",)
"""The kinds of links of which a rule reads the other end, and who speaks at both."""


def _behind_links(facts: Facts, mark: str) -> Iterator[Ref]:
    """Both ends of links whose rules ask who speaks there, and those they speak for."""
    for link in facts.links_from(MarkId(mark), *OUTWARD):
        for one in (_end(facts, link.origin), _end(facts, link.target)):
            if one is None:
                continue
            yield Ref("mark", one.id)
            yield Ref("article", one.article)
            named = [end.target for end in facts.links_from(one.id, *INWARD)]
            heads = [SourceId(end.id) for end in named if end.table == "source"]
            speaker = voice(facts, one)
            for source in heads if speaker is None else [*heads, speaker]:
                yield from (Ref("source", above) for above in upward(facts, source))


def _above(facts: Facts, source: str) -> Iterator[Ref]:
    return (Ref("source", one) for one in upward(facts, SourceId(source)))


RELIANCE: Mapping[str, Callable[[Facts, str], Iterable[Ref]]] = {"mark": _behind_links, "source": _above}
"""By table, what its rules read beside a row and what belongs to it."""


def _end(facts: Facts, end: Ref) -> Mark | None:
    return facts.marks.get(MarkId(end.id)) if end.table == "mark" else None


def _article_of(facts: Facts, link: Link) -> ArticleId | None:
    mark = _end(facts, link.origin)
    return mark.article if mark else None


def _is_quiet(facts: Facts, article: ArticleId | None) -> bool:
    row = facts.articles.get(article) if article else None
    return row is not None and is_quiet(row)


def is_quiet(article: Article) -> bool:
    """Whether nobody is to be reminded of what is open in an article."""
    return article.status in FIRST_PASS


def _place(facts: Facts, one: LooseEnd) -> tuple[bool, str, int, str, int, Ref]:
    mark = facts.marks.get(one.mark) if one.mark else None
    start = mark.spans[0].start if mark and mark.spans else -1
    return one.article is None, one.article or "", start, one.mark or "", _RULES[one.rule], one.target


def _folded(text: str) -> str:
    return " ".join(text.split()).rstrip(".").casefold()

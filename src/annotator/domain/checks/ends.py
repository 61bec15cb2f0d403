"""What a loose end is, and how a rule makes one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.domain.facts import Facts
from annotator.domain.ids import ArticleId, LinkId, MarkId, PropositionId, SourceId
from annotator.domain.model import Article, Link, Mark, Ref

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
    "quote_kind_otherwise": "edit-quote",
    "question_open": "answer-question",
    "older_definition": "confirm-mark",
    "not_in_newer_version": "carry-mark",
    "undefined_label": "relabel",
    "undefined_attribute": "edit-attributes",
    "undefined_link_kind": "edit-link",
    "corroborates_same_owner": "edit-link",
    "relates_to_without_note": "write-note",
    "attack_on_nobody_heard": "show-attacked",
    "article_without_outlet": "choose-outlet",
    "claim_without_sentence": "write-sentence",
    "claims_alike": "merge-claims",
    "disputed_without_ground": "show-board",
    "circular_voices": "show-board",
    "source_cycle": "edit-source",
    "anonymous_without_ground": "edit-source",
    "speaks_for_whom": "edit-source",
    "sources_alike": "merge-sources",
}
"""Every rule with the code of its fix, in the order in which they are listed at one place."""

NAMED = {
    "owner": "source",
    "attacked": "source",
    "other_source": "source",
    "other_claim": "proposition",
    "newer": "article",
}
"""Details that are ids of rows, by their names, with the tables of these rows."""

LOUD = ("older_definition",)
"""Rules that remind of an article whose first pass is not done, too: what was decided there is decided."""

FIRST_PASS = ("new", "reading")
"""The states of an article whose first pass is not done."""


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


def on_mark(facts: Facts, rule: str, mark: Mark, case: str = "", **details: str) -> LooseEnd:
    """A loose end of a rule, or of a case of it, that hangs on a mark."""
    return LooseEnd(
        rule=rule,
        message_code=f"{rule}-{case}" if case else rule,
        fix=FIXES[rule],
        mark=mark.id,
        article=mark.article,
        details=details,
        is_quiet=rule not in LOUD and _is_quiet(facts, mark.article),
    )


def on_link(facts: Facts, rule: str, link: Link, case: str = "", **details: str) -> LooseEnd:
    """The same on a link; it stands at the mark where the link starts."""
    article = _article_of(facts, link)
    return LooseEnd(
        rule=rule,
        message_code=f"{rule}-{case}" if case else rule,
        fix=FIXES[rule],
        mark=MarkId(link.origin.id) if link.origin.table == "mark" else None,
        article=article,
        link=link.id,
        details=details,
        is_quiet=rule not in LOUD and _is_quiet(facts, article),
    )


def on_claim(claim: PropositionId, rule: str, case: str = "", **details: str) -> LooseEnd:
    """A loose end that hangs on a claim."""
    code = f"{rule}-{case}" if case else rule
    return LooseEnd(rule=rule, message_code=code, fix=FIXES[rule], claim=claim, details=details)


def on_source(source: SourceId, rule: str, case: str = "", **details: str) -> LooseEnd:
    """A loose end that hangs on a source."""
    code = f"{rule}-{case}" if case else rule
    return LooseEnd(rule=rule, message_code=code, fix=FIXES[rule], source=source, details=details)


def mark_at(facts: Facts, end: Ref) -> Mark | None:
    """The mark that is an end of a link; None for other ends, and where it is not among the facts."""
    return facts.marks.get(MarkId(end.id)) if end.table == "mark" else None


def _article_of(facts: Facts, link: Link) -> ArticleId | None:
    mark = mark_at(facts, link.origin)
    return mark.article if mark else None


def _is_quiet(facts: Facts, article: ArticleId | None) -> bool:
    row = facts.articles.get(article) if article else None
    return row is not None and is_quiet(row)


def is_quiet(article: Article) -> bool:
    """Whether nobody is to be reminded of what is open in an article."""
    return article.status in FIRST_PASS

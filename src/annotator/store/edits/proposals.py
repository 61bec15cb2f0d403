"""Edits of proposals: what a rule proposed is taken as a mark, or dropped for good."""

from __future__ import annotations

from annotator.domain.cues import cue_words
from annotator.domain.defaults import hedges, proposals
from annotator.domain.ids import ArticleId, MarkId, Ref, SourceId
from annotator.domain.model import Attribution, Dismissal
from annotator.domain.proposing import Proposal
from annotator.domain.speakers import Named
from annotator.store import read
from annotator.store.edits.marks import add_mark, edit_mark, set_attribute, set_attribution
from annotator.store.edits.others import add_record
from annotator.store.edits.sources import find_or_add_source
from annotator.store.store import Store

SPANS = "spans"
"""Where a dismissal keeps the words of the proposal it dropped."""


def take_proposal(store: Store, article: ArticleId, proposal: Proposal, label: str | None = None) -> MarkId:
    """Make a proposal a mark with source, cue and values; with another label where one is given.

    Values that rules found keep the rule as their origin, the mark the rule that
    proposed it. Raises UserError like `add_mark`.
    """
    label = label or proposal.rule.label
    text, scheme, language = read.text(store, article), read.scheme(store), "en"
    weakening = hedges(language)
    with store.operation("take-proposal", label=label, rule=proposal.rule.name):
        mark = add_mark(store, article, label, proposal.spans)
        chain = _chain(store, proposal)
        if chain:
            set_attribution(store, mark, chain)
        certainty = weakening.left(text, proposal.hedged)
        values, origins = proposals(scheme, label, text, proposal.spans, cue_words(language), certainty)
        for name, value in values.items():
            set_attribute(store, mark, name, value, origins[name])
        found = weakening.find(text, proposal.hedged)
        edit_mark(store, mark, proposed_by=proposal.rule.origin, hedges=found)
    return mark


def drop_proposal(store: Store, article: ArticleId, proposal: Proposal) -> None:
    """Remember that a proposal was looked at and not wanted, so that it does not come back."""
    record = Dismissal(
        id="",
        rule=proposal.rule.origin,
        target=Ref("article", article),
        extra={SPANS: [list(span) for span in proposal.spans]},
    )
    with store.operation("drop-proposal", rule=proposal.rule.name):
        add_record(store, record)


def _chain(store: Store, proposal: Proposal) -> list[Attribution]:
    """The speaker and whoever passed it on, so far as the words name them."""
    source = _source(store, proposal.source) if proposal.source else None
    chain = [Attribution(source, proposal.cue, proposal.mention)]
    relay = proposal.relay
    if relay is not None:
        passed = _source(store, relay.source) if relay.source else None
        chain.append(Attribution(passed, relay.cue, relay.mention))
    return chain if relay or source is not None or proposal.cue or proposal.mention else []


def _source(store: Store, named: Named) -> SourceId:
    """The source with this name, or a new one."""
    return find_or_add_source(store, named.name, named.kind, named.role)

"""A plain English sentence for each loose end; the window has a table of its own to translate."""

from __future__ import annotations

from collections.abc import Mapping

from annotator.domain.checks import NAMED, LooseEnd
from annotator.domain.facts import Facts
from annotator.domain.ids import MarkId, SourceId
from annotator.domain.model import Mark, Ref
from annotator.domain.sentences import as_quote, filled, in_quotes, shortened

SENTENCES: Mapping[str, str] = {
    "denial_without_target": "{mark} does not say what it denies.",
    "denies_without_denial": "{mark} denies by a link, but is labelled otherwise: the map leaves it out.",
    "evidence_without_link": "{mark} is linked to nothing: what is it for or against?",
    "no_comment_without_target": "{mark} does not say what was left unanswered.",
    "mark_without_source": "{mark} has no source: who says it?",
    "mark_without_source-implicit": "{mark} has an implicit source: who is meant, or is it unknown?",
    "unclear_attribution": "{mark} is flagged: it is unclear who says it.",
    "unclear_target": "{mark} is flagged: it is unclear what it answers.",
    "anaphoric_without_claim": "{mark} says nothing without its article: which claim does it speak to?",
    "on_both_sides": "{mark} supports a claim and denies it, too.",
    "date_not_normalised": "{mark} is dated “{date}”: which date is that?",
    "date_not_normalised-inferred": "{mark} has a date that is inferred, and no date is given.",
    "date_none": "{mark} has “{date}” for its date, which is none: 2017, 2017-08 and 2017-08-24 are dates.",
    "half_a_pair": "{mark} has “{sign}” at an end, and its partner is not in it.",
    "quote_kind_otherwise": "{mark} is called {said}, but its quotation marks say {shown}.",
    "question_open": "{mark} has an open question: {question}",
    "older_definition": "{mark} was made under version {version} of the scheme; its label was defined anew"
    " in version {since}. Is it still right?",
    "older_definition-values": "{mark} was decided on under version {version} of the scheme; {attributes} was"
    " defined anew by version {since}. Is it still right?",
    "older_definition-link": "The link from {origin} to {end} was drawn under version {version} of the"
    " scheme; its kind was defined anew in version {since}. Is it still right?",
    "not_in_newer_version": "{mark} is not in the newer version, {newer}: are its words gone?",
    "undefined_label": "{mark} has the label “{label}”, which the scheme does not know.",
    "undefined_attribute": "{mark} has values that the scheme does not know: {attributes}.",
    "undefined_link_kind": "The link from {origin} to {end} is of the kind “{kind}”, which the scheme"
    " does not know.",
    "corroborates_same_owner": "{origin} is no independent support for {end}: both speak for {owner}.",
    "corroborates_same_owner-cites": "{origin} is no independent support for {end}: one cites the other.",
    "relates_to_without_note": "{origin} relates to {end}, and no note says how.",
    "attack_on_nobody_heard": "{origin} attacks {attacked}, which says nothing in any article:"
    " the dispute map has no place for it.",
    "article_without_outlet": "{article} has no outlet: who printed it?",
    "claim_without_sentence": "{claim} has no sentence yet.",
    "claim_without_sentence-quoted": "{claim} still has the words of a mark for its sentence.",
    "claims_alike": "{claim} looks like {other_claim}: are they one?",
    "disputed_without_ground": "{claim} is disputed, and no evidence is linked for or against it.",
    "circular_voices": "{claim} is only asserted by voices that have it from one another: {sources}.",
    "source_cycle-affiliation": "Affiliations run in a circle, so nobody is the owner: {sources}.",
    "source_cycle-same_as": "“Same as” runs in a circle, so nobody is the one source: {sources}.",
    "source_cycle-owner": "“Same as” and affiliation run in a circle together: {sources}.",
    "anonymous_without_ground": "{source} is anonymous, and no reason is given.",
    "speaks_for_whom": "{source} speaks for somebody ({role}), and no affiliation says for whom.",
    "sources_alike": "{source} looks like {other_source}: are they one?",
}
"""Sentences by message code, with the names of details and rows in braces."""

QUOTE_LENGTH = 60
"""Characters of a quote that a sentence shows at most."""


def message(loose_end: LooseEnd, facts: Facts) -> str:
    """What is open and where, in one sentence."""
    words = dict(loose_end.details)
    for name in NAMED.keys() & words.keys():
        words[name] = row_words(facts, Ref(NAMED[name], words[name]))
    if loose_end.link:
        link = facts.links.get(loose_end.link)
        here = Ref("link", loose_end.link)
        ends = (link.origin, link.target) if link else (here, here)
        words |= {"origin": row_words(facts, ends[0]), "end": row_words(facts, ends[1])}
    for table, name, row in (
        ("mark", "mark", loose_end.mark),
        ("source", "source", loose_end.source),
        ("proposition", "claim", loose_end.claim),
        ("article", "article", loose_end.article),
    ):
        if row is not None:
            words[name] = row_words(facts, Ref(table, row))
    sentence = filled(SENTENCES[loose_end.message_code], words)
    return sentence[:1].upper() + sentence[1:]


def row_words(facts: Facts, end: Ref) -> str:
    """A row as one names it aloud: what it is, its handle, where it stands, its first words."""
    if end.id not in facts.tables.get(end.table, ()):
        return f"{end.table} {end.id}"
    handle = facts.handle(*end)
    match end.table:
        case "mark":
            return _mark(facts, facts.marks[MarkId(end.id)], handle)
        case "source":
            return f"source {handle} {in_quotes(_short(facts.sources[SourceId(end.id)].name))}"
    row = facts.tables[end.table][end.id]
    words = getattr(row, "text", "") if end.table == "proposition" else getattr(row, "title", None)
    noun = "claim" if end.table == "proposition" else end.table
    return f"{noun} {handle} {in_quotes(_short(words))}" if words else f"{noun} {handle}"


def _mark(facts: Facts, mark: Mark, handle: str) -> str:
    label = facts.scheme.labels.get(mark.label)
    noun = label.name.lower() if label else "mark"
    place = f" ({facts.handle('article', mark.article)})" if mark.article in facts.articles else ""
    return f"{noun} {handle}{place} {as_quote(_short(' … '.join(mark.quotes)))}"


def _short(words: str) -> str:
    return shortened(words, QUOTE_LENGTH)

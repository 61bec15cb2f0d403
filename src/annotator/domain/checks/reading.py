"""What a mark says of itself: its source, dates, ends, open questions, and what the scheme knows of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from annotator.domain.checks.ends import LooseEnd, on_mark
from annotator.domain.dates import normalised
from annotator.domain.definitions import anew_for_mark
from annotator.domain.errors import UserError
from annotator.domain.facts import Facts
from annotator.domain.model import Mark
from annotator.domain.quoting import QUOTED, unpaired_at_ends
from annotator.domain.scheme import Label
from annotator.domain.sentences import in_quotes


def _mark_without_source(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    """The outlet's own narration needs no source; that its article has no outlet is another rule's."""
    if mark.source is None and not facts.is_layer(mark) and mark.attributes.get("quote") != "none":
        case = "implicit" if "implicit_source" in mark.flags else ""
        yield on_mark(facts, "mark_without_source", mark, case)


def _unclear(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    for flag in ("unclear_attribution", "unclear_target"):
        if flag in mark.flags:
            yield on_mark(facts, flag, mark)


def _date_open(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    """A date is written, or is said to be inferred, and which one it is nobody has said."""
    date = str(mark.attributes.get("date") or "").strip()
    written = str(mark.attributes.get("date_written") or "").strip()
    if date:
        if not _is_kept_date(date):
            yield on_mark(facts, "date_none", mark, date=date)
    elif written:
        yield on_mark(facts, "date_not_normalised", mark, date=written)
    elif mark.attributes.get("date_inferred") == "yes":
        yield on_mark(facts, "date_not_normalised", mark, "inferred")


def _is_kept_date(text: str) -> bool:
    try:
        return normalised(text) == text
    except UserError:
        return False


def _half_a_pair(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    """A quotation mark or bracket at an end of the words, whose partner is not among them."""
    if not facts.is_layer(mark) and (half := unpaired_at_ends(mark.quotes)):
        yield on_mark(facts, "half_a_pair", mark, sign=half)


def _quote_kind_otherwise(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    """The outlet's own words may hold words in quotation marks; they do not stand in them from end to end."""
    said, shown = mark.attributes.get("quote"), facts.quote_kinds.get(mark.id)
    if shown is not None and said != shown and (said in QUOTED or shown == "direct"):
        yield on_mark(facts, "quote_kind_otherwise", mark, said=str(said), shown=shown)


def _question_open(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    if mark.question and mark.question.strip():
        yield on_mark(facts, "question_open", mark, question=mark.question.strip())


def _older_definition(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    """What its label or a value means was said anew since somebody last decided on the mark."""
    anew = anew_for_mark(facts.scheme, mark)
    if anew:
        case = "" if isinstance(anew[0], Label) else "values"
        named = {"attributes": ", ".join(in_quotes(one.name) for one in anew)} if case else {}
        versions = {"version": str(mark.scheme_version or "–"), "since": str(max(one.since for one in anew))}
        yield on_mark(facts, "older_definition", mark, case, **versions, **named)


def _undefined(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    if mark.label not in facts.scheme.labels:
        yield on_mark(facts, "undefined_label", mark, label=mark.label)
    unknown = []
    for name, value in sorted(mark.attributes.items()):
        try:
            facts.scheme.check_attribute(mark.label, name, value)
        except UserError:
            unknown.append(f"{name}={value}")
    if unknown:
        yield on_mark(facts, "undefined_attribute", mark, attributes=", ".join(unknown))


RULES: tuple[Callable[[Facts, Mark], Iterator[LooseEnd]], ...] = (
    _mark_without_source,
    _unclear,
    _date_open,
    _half_a_pair,
    _quote_kind_otherwise,
    _question_open,
    _older_definition,
    _undefined,
)

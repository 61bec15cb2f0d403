"""What a change of the scheme means for searches that name what it changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from annotator.domain.query import ATTRIBUTE, And, Not, Or, Query, Term
from annotator.domain.scheme import Scheme
from annotator.domain.scheme_changes import KindMove, NameMove, Relabelling, SchemeChange, ValueMove

CERTAINTY = "certainty"
_EXACT = ("=", "!=")


class Lost(NamedTuple):
    """A condition that names what the scheme does not know: it holds of no mark, or of all."""

    condition: str
    field: str
    value: str


def said_anew(query: Query, before: Scheme, change: SchemeChange) -> Query:
    """The same search in the words of the scheme afterwards, with what was renamed or merged.

    before: the scheme in which it was written.
    """
    said = _said(before, change)

    def anew(part: Query) -> Query:
        match part:
            case And(parts):
                return And(tuple(map(anew, parts)))
            case Or(parts):
                return Or(tuple(map(anew, parts)))
            case Not(inner):
                return Not(anew(inner))
            case Term("label", _, value) if value in change.scheme.labels:
                return part
            case Term(field, op, value) if op in _EXACT:
                return Term(field, op, said.get((_field(field), value.casefold()), value))
        return part

    return anew(query)


def lost(query: Query, scheme: Scheme) -> list[Lost]:
    """The conditions that name a label, an attribute, one of its values or a kind that the scheme has not."""
    return [Lost(str(term), term.field, term.value) for term in _terms(query) if not _is_known(term, scheme)]


def _said(before: Scheme, change: SchemeChange) -> Mapping[tuple[str, str], str]:
    """How values of fields are said afterwards, by field and value as it was said."""
    after, said = change.scheme, {}
    for label in before.labels.values():
        if label.id in after.labels and after.labels[label.id].name != label.name:
            said["label", label.name.casefold()] = after.labels[label.id].name
    for move in change.moves:
        match move:
            case Relabelling(old, new, None):
                said["label", old.casefold()] = new
                said["label", before.labels[old].name.casefold()] = after.labels[new].name
            case KindMove(old, new) | NameMove("source_kinds", old, str(new)):
                said["kind", old.casefold()] = new
            case ValueMove(attribute, old, str(new)):
                said[ATTRIBUTE + attribute, old.casefold()] = new
    return said


def _means_label(scheme: Scheme, words: str) -> bool:
    return any(words.casefold() in (one.id, one.name.casefold()) for one in scheme.labels.values())


def _field(field: str) -> str:
    return ATTRIBUTE + CERTAINTY if field == CERTAINTY else field


def _terms(query: Query) -> Iterator[Term]:
    match query:
        case Term():
            yield query
        case And(parts) | Or(parts):
            for part in parts:
                yield from _terms(part)
        case Not(part):
            yield from _terms(part)


def _is_known(term: Term, scheme: Scheme) -> bool:
    field, value = _field(term.field), term.value.casefold()
    if field.startswith(ATTRIBUTE):
        row = scheme.attributes.get(field.removeprefix(ATTRIBUTE))
        if row is None:
            return False
        return term.op not in _EXACT or row.values is None or value in map(str.casefold, row.values)
    if term.op not in _EXACT:
        return True
    if field == "label":
        return _means_label(scheme, term.value)
    if field == "kind":
        return value in map(str.casefold, (*scheme.link_kinds, *scheme.source_kinds))
    return True

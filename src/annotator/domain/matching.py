"""What a query finds: marks, and with them all that they need to stand on their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from annotator.domain.facts import Facts
from annotator.domain.fold import Finder
from annotator.domain.ids import AnnotatorId, MarkId, PropositionId, SourceId
from annotator.domain.model import (
    Annotator,
    Article,
    Dismissal,
    Identified,
    Judgement,
    Link,
    Mark,
    Pin,
    ProjectLine,
    PropositionLink,
    Record,
    Ref,
    SchemeLine,
)
from annotator.domain.query import ATTRIBUTE, And, Flag, Not, Or, Query, Term
from annotator.domain.voices import identity, owner, voice


def select(records: Iterable[Record], query: Query) -> Iterator[Record]:
    """The records that `Selection` keeps of these, in the order given; holds them all in memory."""
    everything = list(records)
    facts = Facts.of(everything)
    names = {row.id: row.name for row in everything if isinstance(row, Annotator)}
    selection = Selection(facts, names, query)
    return (record for record in everything if selection.keeps(record))


def matching(facts: Facts, annotators: Mapping[AnnotatorId, str], query: Query) -> list[MarkId]:
    """The marks a query finds, in the order of their ids."""
    finds = _Finder(facts, annotators)
    return [mark.id for mark in facts.marks.values() if finds.holds(query, mark)]


class Selection:
    """The marks a query finds and everything they need.

    Kept with a mark: its article and the older versions of it, its sources,
    those of its article with the owners of each, its annotator, its mentions
    with their claim nodes, and links whose ends that are marks are all kept, with
    the exhibit, source or claim node at the other end. Then links between kept
    claim nodes, judgements and dismissals of what is kept, and its pins. Project
    and scheme stay; saved searches and reports do not.
    """

    def __init__(self, facts: Facts, annotators: Mapping[AnnotatorId, str], query: Query) -> None:
        self._facts = facts
        self.marks = frozenset(matching(facts, annotators, query))
        self._kept: set[Ref] = set()
        for mark in self.marks:
            self._keep_mark(facts.marks[mark])
        for link in facts.links.values():
            self._keep_link(link)
        for statement in facts.proposition_links.values():
            if self._both_kept(statement):
                self._keep("proposition_link", statement.id, statement.annotator)
        self._keep_opinions()

    def keeps(self, record: Record) -> bool:
        """Whether a record belongs to the selection."""
        if isinstance(record, ProjectLine | SchemeLine):
            return True
        if isinstance(record, Pin):
            return record.mark in self.marks
        return isinstance(record, Identified) and Ref(record.type, record.id) in self._kept

    def _keep(self, table: str, row: str, annotator: str | None = None) -> None:
        self._kept.add(Ref(table, row))
        if annotator is not None:
            self._kept.add(Ref("annotator", annotator))

    def _keep_mark(self, mark: Mark) -> None:
        self._keep("mark", mark.id, mark.annotator)
        self._keep_sources(step.source for step in mark.attribution)
        self._keep_sources([mark.possible_source])
        for mention in self._facts.mentions_by_mark.get(mark.id, ()):
            self._keep("mention", mention.id, mention.annotator)
            self._keep("proposition", mention.proposition)
        article = self._facts.articles.get(mark.article)
        while article is not None and Ref("article", article.id) not in self._kept:
            self._keep("article", article.id)
            self._keep_sources([article.outlet, article.agency])
            article = self._facts.articles.get(article.version_of) if article.version_of else None

    def _keep_sources(self, sources: Iterable[SourceId | None]) -> None:
        waiting = [source for source in sources if source is not None]
        while waiting:
            source = waiting.pop()
            if Ref("source", source) in self._kept:
                continue
            self._keep("source", source)
            row = self._facts.sources.get(source)
            if row is not None:
                further = (row.affiliation, row.author, row.publisher, row.same_as)
                waiting += [one for one in further if one is not None]

    def _keep_link(self, link: Link) -> None:
        marks = [end.id for end in (link.origin, link.target) if end.table == "mark"]
        if not marks or not self.marks.issuperset(marks):
            return
        self._keep("link", link.id, link.annotator)
        for end in (link.origin, link.target):
            if end.table == "source":
                self._keep_sources([SourceId(end.id)])
            else:
                self._keep(end.table, end.id)

    def _both_kept(self, link: PropositionLink) -> bool:
        return {Ref("proposition", link.origin), Ref("proposition", link.target)} <= self._kept

    def _keep_opinions(self) -> None:
        opinions: list[Judgement | Dismissal] = [
            *self._facts.judgements.values(),
            *self._facts.dismissals.values(),
        ]
        for row in opinions:
            if row.target in self._kept:
                self._keep(row.type, row.id, row.annotator)


@dataclass(frozen=True)
class _Finder:
    """Whether conditions hold of a mark.

    Names are compared without regard to case, `~` as a reader searches. A field
    with several values is equal (`=`) if one of them is, and `!=` if none is.
    """

    facts: Facts
    annotators: Mapping[AnnotatorId, str]

    def holds(self, query: Query, mark: Mark) -> bool:
        match query:
            case And(parts):
                return all(self.holds(part, mark) for part in parts)
            case Or(parts):
                return any(self.holds(part, mark) for part in parts)
            case Not(part):
                return not self.holds(part, mark)
            case Flag(name):
                return FLAGS[name](self, mark)
            case Term():
                return self._compares(query, mark)

    def _compares(self, term: Term, mark: Mark) -> bool:
        if term.field.startswith(ATTRIBUTE):
            values = _listed(mark.attributes.get(term.field.removeprefix(ATTRIBUTE)))
        else:
            values = [value for value in FIELDS[term.field](self, mark) if value]
        if term.field == "date":
            values = [value[: len(term.value)] for value in values]
        if term.op in ("=", "!="):
            is_equal = any(_same(value, term.value) for value in values) or self._is_id(term, mark)
            return is_equal == (term.op == "=")
        return any(_OPERATORS[term.op](value, term.value) for value in values)

    def _is_id(self, term: Term, mark: Mark) -> bool:
        """Whether the value is, letter by letter, an id, a foreign id or a handle of what the field names."""
        if term.field not in _ROWS:
            return False
        table, rows_of = _ROWS[term.field]
        for row_id in rows_of(self, mark):
            row = self.facts.tables[table].get(row_id or "")
            if row and term.value in (row.id, row.origin_id, self.facts.handle(table, row.id)):
                return True
        return False

    def names(self, sources: Iterable[SourceId | None]) -> Iterator[str]:
        """What sources are called, their aliases too."""
        for source in sources:
            row = self.facts.sources.get(source) if source else None
            if row is not None:
                yield from (row.name, *row.aliases)

    def article_of(self, mark: Mark) -> Article | None:
        return self.facts.articles.get(mark.article)

    def links_of(self, mark: Mark) -> tuple[Link, ...]:
        return (*self.facts.links_from(mark.id), *self.facts.links_to(mark.id))

    @cached_property
    def shared(self) -> dict[PropositionId, set[str]]:
        """The articles of the marks that mention each claim node."""
        found: dict[PropositionId, set[str]] = {}
        for mention in self.facts.mentions.values():
            mark = self.facts.marks.get(mention.mark)
            if mark is not None:
                found.setdefault(mention.proposition, set()).add(mark.article)
        return found


def _label(finder: _Finder, mark: Mark) -> Iterable[str | None]:
    label = finder.facts.scheme.labels.get(mark.label)
    return (mark.label, label.name if label else None)


def _speakers(finder: _Finder, mark: Mark) -> Iterable[SourceId | None]:
    """Whoever the words belong to, under the name the mark gives and the one it was found to be."""
    speaker = voice(finder.facts, mark)
    return (speaker, identity(finder.facts, speaker)) if speaker else ()


def _owners(finder: _Finder, mark: Mark) -> Iterable[SourceId | None]:
    speaker = voice(finder.facts, mark)
    return (owner(finder.facts, speaker),) if speaker else ()


def _outlets(finder: _Finder, mark: Mark) -> Iterable[SourceId | None]:
    article = finder.article_of(mark)
    return (article.outlet,) if article else ()


_ROWS: dict[str, tuple[str, Callable[[_Finder, Mark], Iterable[str | None]]]] = {
    "source": ("source", _speakers),
    "owner": ("source", _owners),
    "outlet": ("source", _outlets),
    "article": ("article", lambda _, mark: (mark.article,)),
}
"""Fields that name rows with ids and handles: the table, and the rows of a mark."""


def _source(finder: _Finder, mark: Mark) -> Iterable[str | None]:
    return finder.names(_speakers(finder, mark))


def _owner(finder: _Finder, mark: Mark) -> Iterable[str | None]:
    return finder.names(_owners(finder, mark))


def _outlet(finder: _Finder, mark: Mark) -> Iterable[str | None]:
    return finder.names(_outlets(finder, mark))


def _article(finder: _Finder, mark: Mark) -> Iterable[str | None]:
    article = finder.article_of(mark)
    return (article.title if article else None,)


def _annotator(finder: _Finder, mark: Mark) -> Iterable[str | None]:
    return (finder.annotators.get(mark.annotator) if mark.annotator else None,)


def _status(finder: _Finder, mark: Mark) -> Iterable[str | None]:
    article = finder.article_of(mark)
    return (mark.status, article.status if article else None)


def _kind(finder: _Finder, mark: Mark) -> Iterable[str | None]:
    yield from (link.kind for link in finder.links_of(mark))
    speaker = voice(finder.facts, mark)
    row = finder.facts.sources.get(speaker) if speaker else None
    yield row.kind if row else None


def _text(finder: _Finder, mark: Mark) -> Iterable[str | None]:
    del finder
    return (" … ".join(mark.quotes),)


def _certainty(finder: _Finder, mark: Mark) -> Iterable[str | None]:
    del finder
    return _listed(mark.attributes.get("certainty"))


def _date(finder: _Finder, mark: Mark) -> Iterable[str | None]:
    article = finder.article_of(mark)
    return (article.date if article else None,)


FIELDS: dict[str, Callable[[_Finder, Mark], Iterable[str | None]]] = {
    "label": _label,
    "source": _source,
    "owner": _owner,
    "outlet": _outlet,
    "article": _article,
    "annotator": _annotator,
    "status": _status,
    "kind": _kind,
    "text": _text,
    "certainty": _certainty,
    "date": _date,
}
"""The values of each field: `status` is that of the mark and of its article, `kind` that of its links
and of its source, `text` the words of the mark, `source` whoever the words belong to."""


def _is_across(finder: _Finder, mark: Mark) -> bool:
    """Linked to a mark of another article, or to a claim node that one mentions."""
    ends = [end for link in finder.links_of(mark) for end in (link.origin, link.target)]
    others = [finder.facts.marks.get(MarkId(end.id)) for end in ends if end.table == "mark"]
    if any(other is not None and other.article != mark.article for other in others):
        return True
    mentions = finder.facts.mentions_by_mark.get(mark.id, ())
    return any(len(finder.shared[mention.proposition]) > 1 for mention in mentions)


def _is_linked(finder: _Finder, mark: Mark) -> bool:
    return bool(finder.links_of(mark) or finder.facts.mentions_by_mark.get(mark.id))


FLAGS: dict[str, Callable[[_Finder, Mark], bool]] = {
    "across": _is_across,
    "linked": _is_linked,
    "unlinked": lambda finder, mark: not _is_linked(finder, mark),
    "has_note": lambda _, mark: bool((mark.note or "").strip()),
    "question": lambda _, mark: bool((mark.question or "").strip()),
}


def _same(value: str, wanted: str) -> bool:
    return value.casefold() == wanted.casefold()


def _holds_words(value: str, wanted: str) -> bool:
    return not wanted.strip() or Finder(value).find(wanted) is not None


def _is_less(value: str, wanted: str) -> bool:
    first, second = _number(value), _number(wanted)
    return first < second if first is not None and second is not None else value < wanted


def _is_more(value: str, wanted: str) -> bool:
    return not _same(value, wanted) and not _is_less(value, wanted)


def _number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


_OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "=": _same,
    "~": _holds_words,
    "<": _is_less,
    ">": _is_more,
}


def _listed(value: object) -> list[str]:
    values = value if isinstance(value, list | tuple) else [] if value is None else [value]
    return [str(one) for one in values]

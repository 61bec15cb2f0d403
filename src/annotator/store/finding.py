"""What a query of the search grammar (`domain.query`) finds: marks, articles, sources, claims.

A mark is found by what it says itself and by its article, its speaker and its claims.
An article, a source or a claim is found by its own words and fields and by one of its
marks, which must meet alone all that is asked of marks; `not` asks that none does.

Names are compared without regard to case, `~` as a reader searches. A field with
several values is equal (`=`) if one of them is, and `!=` if none is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, Literal, get_args

from annotator.domain.ids import MarkId
from annotator.domain.query import ATTRIBUTE, And, Flag, Not, Or, Query, Term, Words
from annotator.store import conditions, read
from annotator.store.json_columns import dump
from annotator.store.lists import filters
from annotator.store.lists.places import Places, places
from annotator.store.registry import Registry, is_called, number_in
from annotator.store.store import Store

Group = Literal["mark", "article", "source", "proposition"]
GROUPS: tuple[Group, ...] = get_args(Group)

_ALIAS = {"mark": "m", "article": "a", "source": "s", "proposition": "p"}
_LISTED = {
    "mark": "shown_article o CROSS JOIN shown_mark m ON m.article = o.id WHERE {} ORDER BY o.number, o.rowid,"
    ' m.start, m."end", m.id',
    "article": "shown_article a WHERE {} ORDER BY a.number, a.rowid",
    "source": "shown_source s WHERE {} ORDER BY s.name COLLATE NOCASE, s.rowid",
    "proposition": "shown_proposition p WHERE {} ORDER BY p.number, p.rowid",
}


def found(store: Store, query: Query, group: Group, *, limit: int = -1) -> Places:
    """The places of what a query finds: marks in text order, sources by name, others by number.

    Reads whole tables: give it a `Store.reader` of its own thread. One source that was
    found to be another stands under that one.
    """
    asked = _Asked(store)
    condition = asked.mark(query) if group == "mark" else asked.row(query, group)
    if group == "source" and asked.registry.merged:
        condition = f"({condition}) AND s.id NOT IN ({asked.listed(asked.registry.merged)})"
    alias = _ALIAS[group]
    sql = f"{asked.head}SELECT {alias}.rowid FROM {_LISTED[group].format(condition)}"
    return places(store, [sql], asked.values, limit)


def found_marks(store: Store, query: Query) -> list[MarkId]:
    """The ids of the marks a query finds, in text order; reads like `found`."""
    return marks_at_places(store, found(store, query, "mark"))


def marks_at_places(store: Store, some: Places) -> list[MarkId]:
    """The ids of the marks at some places, in their order, without those that are gone."""
    sql = "SELECT m.id FROM json_each(?) h CROSS JOIN shown_mark m ON m.rowid = h.value"
    return [MarkId(mark) for (mark,) in store.query(sql, (dump(list(some)),))]


_Part = Callable[[Query], str]


class _Asked:
    """Conditions in SQL for the parts of a query, and the `values` they name."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.registry = Registry(store)
        self.values: dict[str, Any] = {}
        self._parts: dict[Query, tuple[str, str]] = {}

    @property
    def head(self) -> str:
        """What stands before a statement that the conditions are in."""
        parts = ", ".join(f"{name} AS MATERIALIZED ({rows})" for name, rows in self._parts.values())
        return f"WITH {parts} " if parts else ""

    def mark(self, query: Query, *, of_claim: bool = False) -> str:
        """A condition on a mark m; of_claim: of its statements on a claim p."""
        match query:
            case And() | Or() | Not():
                return _joined(query, lambda part: self.mark(part, of_claim=of_claim))
            case Flag(name):
                return f"({conditions.OF_MARKS[name]})"
            case Words(words):
                return self._words(
                    words,
                    "mark",
                    conditions.QUOTES,
                    "m.note",
                    also=self._spoken(self.registry.speaking(Term("source", "~", words))),
                )
            case Term("stance") if of_claim:
                return self._stated_on_claim(query)
            case Term():
                return self._term(query)

    def row(self, query: Query, group: Group) -> str:
        """A condition on a row of another group."""
        alone = self._met(query, group, lambda part: "0")
        if not _asks_of_marks(query, group):
            return alone
        of_claim = group == "proposition"
        met = self._met(query, group, lambda part: self.mark(part, of_claim=of_claim))
        said = conditions.SAID.format(denials=self._denials)
        marks = conditions.WITNESSES[group].format(names=self._names_of_one(), said=said)
        return f"({alone} OR EXISTS (SELECT 1 {marks} AND {met}))"

    def _met(self, query: Query, group: Group, of_mark: _Part) -> str:
        """What a row meets together with one mark; what is ruled out is ruled out for all of its marks."""
        match query:
            case Not(part):
                return f"{_ALIAS[group]}.rowid NOT IN {self._part(part, group)}"
            case And() | Or():
                return _joined(query, lambda part: self._met(part, group, of_mark))
        own = self._own(query, group)
        if own is None:
            return of_mark(query)
        return own if _is_own(query, group) else f"({own} OR {of_mark(query)})"

    def _part(self, query: Query, group: Group) -> str:
        """The name of the rows that a part of the query finds, however often it stands in it."""
        if query not in self._parts:
            row, condition = _ALIAS[group], self.row(query, group)
            rows = f"SELECT {row}.rowid FROM shown_{group} {row} WHERE {condition}"
            self._parts[query] = f"part_{len(self._parts)}", rows
        return self._parts[query][0]

    def _own(self, query: Query, group: Group) -> str | None:
        """A condition on the row alone, where it has what is asked for."""
        match query:
            case Flag(name):
                return conditions.OF_ROWS.get((group, name))
            case Words(words) | Term("text", _, words):
                return self._words_of_row(
                    query if isinstance(query, Term) else Term("text", "~", words), group
                )
            case Term(field) if group == "article" and field in ("article", "outlet", "date", "status"):
                return self._of_article(query)
            case Term("source" | "owner") if group == "source":
                return self._negated(query, f"s.id IN ({self.listed(self.registry.speaking(query))})")
            case Term("kind") if group == "source":
                return self._compared(query, "s.kind")
            case Term("claim") if group == "proposition":
                return self._of_claim(query)
        return None

    def _words_of_row(self, term: Term, group: Group) -> str:
        columns = {
            "article": ("a.title", "(SELECT c.text FROM main.content c WHERE c.sha256 = a.sha256)"),
            "source": ("s.name", "s.role", "s.aliases", "s.note"),
            "proposition": ("p.text", "p.note"),
        }[group]
        if term.op == "~":
            return self._words(term.value, group, *columns)
        return self._compared(term, columns[0])

    def _words(self, words: str, group: Group, *columns: str, also: str = "0") -> str:
        """Whether words stand in one of some columns, or are the handle of the row."""
        wanted, number = self._value(words), self._value(filters.number(group, words))
        held = " OR ".join(f"holding({column}, {wanted})" for column in columns)
        return f"({held} OR {_ALIAS[group]}.number = {number} OR {also})"

    def _term(self, term: Term) -> str:
        """A condition on a mark m."""
        match term.field:
            case "label":
                return self._labelled(term)
            case "source" | "owner":
                return self._negated(term, self._spoken(self.registry.speaking(term)))
            case "article" | "outlet" | "date":
                return f"m.article IN (SELECT a.id FROM shown_article a WHERE {self._of_article(term)})"
            case "status":
                equal = _positive(term)
                here = f"m.article IN (SELECT a.id FROM shown_article a WHERE {self._of_article(equal)})"
                return self._negated(term, f"({self._compared(equal, 'm.status')} OR {here})")
            case "annotator":
                named = "SELECT u.name AS v FROM shown_annotator u WHERE u.id = m.annotator"
                return self._any(term, named)
            case "kind":
                links = "SELECT l.kind AS v FROM shown_link l WHERE l.{} = m.id"
                kinds = f"SELECT s.kind FROM shown_source s WHERE s.id = {conditions.SPEAKER}"
                ends = (links.format("from_mark"), links.format("to_mark"), kinds)
                return self._any(term, " UNION ALL ".join(ends))
            case "text":
                return self._compared(term, conditions.QUOTES)
            case "stance":
                return self._negated(term, self._stated(self._compared(_positive(term), "n.stance")))
            case "claim":
                equal = _positive(term)
                claims = f"SELECT p.id FROM shown_proposition p WHERE {self._of_claim(equal)}"
                return self._negated(term, self._stated(f"n.proposition IN ({claims})"))
        name = term.field.removeprefix(ATTRIBUTE)
        return self._any(term, f"{conditions.VALUES} WHERE t.key = {self._value(name)}")

    @cached_property
    def _denials(self) -> str:
        return self.listed(conditions.denial_labels(read.scheme(self._store)))

    def _stated(self, held: str) -> str:
        """Whether something holds of what a mark m does to some claim."""
        stated = conditions.STATED.format(denials=self._denials)
        return f"m.id IN (SELECT n.mark FROM ({stated}) n WHERE {held})"

    def _stated_on_claim(self, term: Term) -> str:
        """Whether a mark m has a stance on a claim p."""
        said = conditions.SAID.format(denials=self._denials)
        held = f"n.proposition = p.id AND {self._compared(_positive(term), 'n.stance')}"
        return self._negated(term, f"EXISTS (SELECT 1 {said} AND {held})")

    def _labelled(self, term: Term) -> str:
        """Labels are few: they are compared once, so that an index finds their marks."""
        rows = read.scheme(self._store).labels.values()
        is_equal = term.op in ("=", "!=")
        labels = [row.id for row in rows if any(is_called(term, name) for name in (row.id, row.name))]
        listed = self.listed([*labels, term.value] if is_equal else labels)
        return self._negated(term, f"m.label IN ({listed})")

    def _of_article(self, term: Term) -> str:
        """A condition on an article a."""
        if term.field == "date":
            return self._compared(term, f"substr(a.date, 1, {len(term.value)})")
        if term.field == "status":
            return self._compared(term, "a.status")
        if term.field == "outlet":
            return self._negated(term, f"coalesce(a.outlet IN ({self.listed(self.registry.named(term))}), 0)")
        return self._called(term, "article", "a.title")

    def _of_claim(self, term: Term) -> str:
        """A condition on a claim node p."""
        return self._called(term, "proposition", "p.text")

    def _called(self, term: Term, group: Group, column: str) -> str:
        """Whether a row is called something: by its words, its handle or an id."""
        equal = _positive(term)
        words, row, wanted = self._compared(equal, column), _ALIAS[group], self._value(term.value)
        if term.op == "~":
            return words
        number = self._value(number_in(group, term))
        ids = f"{row}.id = {wanted} OR coalesce({row}.origin_id, '') = {wanted} OR {row}.number = {number}"
        return self._negated(term, f"({words} OR {ids})")

    def _any(self, term: Term, values: str) -> str:
        """Whether one of the values that a statement gives as v is as asked; none, where it asks `!=`."""
        equal = _positive(term)
        held = self._compared(equal, "x.v")
        return self._negated(term, f"EXISTS (SELECT 1 FROM ({values}) x WHERE {held})")

    def _compared(self, term: Term, column: str) -> str:
        wanted = self._value(term.value)
        match term.op:
            case "~":
                return f"holding({column}, {wanted})"
            case "<":
                return f"coalesce(below({column}, {wanted}), 0)"
            case ">":
                return f"coalesce(below({wanted}, {column}), 0)"
        equal = f"coalesce(folded({column}) = {self._value(term.value.casefold())}, 0)"
        return self._negated(term, equal)

    def _negated(self, term: Term, equal: str) -> str:
        return f"NOT {equal}" if term.op == "!=" else equal

    def _spoken(self, sources: Iterable[str]) -> str:
        return f"coalesce({conditions.SPEAKER} IN ({self.listed(sources)}), 0)"

    def _names_of_one(self) -> str:
        """The ids under which a source s speaks."""
        if not self.registry.merged:
            return "s.id"
        pairs = self._value(dump([[end, one] for one, end in self.registry.merged.items()]))
        same = f"SELECT e.value ->> 1 FROM json_each({pairs}) e WHERE e.value ->> 0 = s.id"
        return f"SELECT s.id UNION ALL {same}"

    def listed(self, ids: Iterable[str]) -> str:
        """A statement that gives some ids."""
        return f"SELECT value FROM json_each({self._value(dump(list(ids)))})"

    def _value(self, value: object) -> str:
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"


def _joined(query: And | Or | Not, part: _Part) -> str:
    if isinstance(query, Not):
        return f"NOT {part(query.part)}"
    word = " AND " if isinstance(query, And) else " OR "
    return f"({word.join(map(part, query.parts))})"


def _positive(term: Term) -> Term:
    """What a condition asks, or what it rules out."""
    return Term(term.field, "=", term.value) if term.op == "!=" else term


_OWN_TERMS = {
    "article": ("article", "outlet", "date", "text"),
    "source": ("source", "owner", "text"),
    "proposition": ("claim", "text"),
}


def _is_own(query: Query, group: Group) -> bool:
    """Whether a condition speaks of the row and not of its marks too."""
    match query:
        case Words():
            return True
        case Flag(name):
            return (group, name) in conditions.OF_ROWS
        case Term(field):
            return field in _OWN_TERMS[group]
    return False


def _asks_of_marks(query: Query, group: Group) -> bool:
    """Whether a query asks something of marks beside what it rules out."""
    match query:
        case And(parts) | Or(parts):
            return any(_asks_of_marks(part, group) for part in parts)
        case Not():
            return False
    return not _is_own(query, group)

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

from annotator.domain.facts import DENIAL
from annotator.domain.ids import MarkId
from annotator.domain.query import ATTRIBUTE, And, Flag, Not, Or, Query, Term, Words
from annotator.store import read
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
    return places(
        store, [f"SELECT {alias}.rowid FROM {_LISTED[group].format(condition)}"], asked.values, limit
    )


def found_marks(store: Store, query: Query) -> list[MarkId]:
    """The ids of the marks a query finds, in text order; reads like `found`."""
    return marks_at_places(store, found(store, query, "mark"))


def marks_at_places(store: Store, some: Places) -> list[MarkId]:
    """The ids of the marks at some places, in their order, without those that are gone."""
    sql = "SELECT m.id FROM json_each(?) h CROSS JOIN shown_mark m ON m.rowid = h.value"
    return [MarkId(mark) for (mark,) in store.query(sql, (dump(list(some)),))]


_STEP = "shown_attribution b WHERE b.mark = m.id AND b.level = 0 AND b.source IS NOT NULL"
_NARRATED = "json_extract(m.attributes, '$.quote') = 'none'"
_SPEAKER = (
    f"coalesce((SELECT b.source FROM {_STEP}), CASE WHEN {_NARRATED}"
    " THEN (SELECT a.outlet FROM shown_article a WHERE a.id = m.article) END)"
)
"""Who is to be counted as having said a mark's words: `domain.voices.voice`."""
_QUOTES = "(SELECT group_concat(value, ' … ') FROM json_each(m.quotes))"
_VALUES = (
    "SELECT CASE v.type WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE v.value END AS v"
    " FROM json_each(m.attributes) t"
    " JOIN json_each(CASE t.type WHEN 'array' THEN t.value ELSE json_array(t.value) END) v"
)
_MENTIONED = "FROM shown_mention n WHERE n.mark = m.id"
_SAID = (
    "FROM (SELECT n.proposition, CASE m.label WHEN 'no_comment' THEN 'silence' ELSE n.stance END AS stance"
    f" {_MENTIONED} UNION ALL"
    " SELECT t.proposition, CASE m.label WHEN 'no_comment' THEN 'silence' ELSE 'deny' END"
    " FROM shown_link l CROSS JOIN shown_mark o ON o.id = l.to_mark AND o.label <> 'no_comment'"
    " CROSS JOIN shown_mention t ON t.mark = o.id AND t.stance = 'support'"
    " WHERE l.from_mark = m.id AND (m.label = 'no_comment' AND l.kind = 'responds_to'"
    " OR m.label <> 'no_comment' AND l.kind = 'denies' AND m.label IN ({denials}))"
    f" AND NOT EXISTS (SELECT 1 {_MENTIONED})) n"
)
"""What a mark does to claims: `domain.dispute.stances_on`."""
_LINKED = (
    "(EXISTS (SELECT 1 FROM shown_link l WHERE l.from_mark = m.id)"
    " OR EXISTS (SELECT 1 FROM shown_link l WHERE l.to_mark = m.id)"
    f" OR EXISTS (SELECT 1 {_MENTIONED}))"
)
_OTHER_END = (
    "EXISTS (SELECT 1 FROM shown_link l CROSS JOIN shown_mark o ON o.id = l.{} WHERE l.{} = m.id"
    " AND o.article <> m.article)"
)
_ACROSS = (
    f"({_OTHER_END.format('to_mark', 'from_mark')} OR {_OTHER_END.format('from_mark', 'to_mark')}"
    " OR EXISTS (SELECT 1 FROM shown_mention n CROSS JOIN shown_mention k ON k.proposition = n.proposition"
    " CROSS JOIN shown_mark o ON o.id = k.mark WHERE n.mark = m.id AND o.article <> m.article))"
)
_SEVERAL = (
    "(SELECT count(DISTINCT m.article) > 1 FROM shown_mention n CROSS JOIN shown_mark m ON m.id = n.mark"
    " WHERE n.proposition = p.id)"
)
_LINKED_CLAIM = (
    "(EXISTS (SELECT 1 FROM shown_proposition_link l WHERE l.origin = p.id)"
    " OR EXISTS (SELECT 1 FROM shown_proposition_link l WHERE l.target = p.id)"
    " OR EXISTS (SELECT 1 FROM shown_link l WHERE l.to_proposition = p.id))"
)
_ATTACKED = "EXISTS (SELECT 1 FROM shown_link l WHERE l.to_source = s.id)"


def _filled(column: str) -> str:
    return f"trim(coalesce({column}, '')) <> ''"


_OF_MARKS = {
    "across": _ACROSS,
    "linked": _LINKED,
    "unlinked": f"NOT {_LINKED}",
    "has_note": _filled("m.note"),
    "question": _filled("m.question"),
}
_OF_ROWS: dict[tuple[str, str], str] = {
    ("article", "has_note"): _filled("a.note"),
    ("source", "has_note"): _filled("s.note"),
    ("source", "linked"): _ATTACKED,
    ("source", "unlinked"): f"NOT {_ATTACKED}",
    ("proposition", "has_note"): _filled("p.note"),
    ("proposition", "across"): _SEVERAL,
    ("proposition", "linked"): _LINKED_CLAIM,
    ("proposition", "unlinked"): f"NOT {_LINKED_CLAIM}",
}
_WITNESSES = {
    "article": "FROM shown_mark m WHERE m.article = a.id",
    "proposition": "FROM (SELECT n.mark AS id FROM shown_mention n WHERE n.proposition = p.id UNION"
    " SELECT l.from_mark FROM shown_mention n CROSS JOIN shown_link l ON l.to_mark = n.mark"
    " WHERE n.proposition = p.id) w"
    " CROSS JOIN shown_mark m ON m.id = w.id WHERE EXISTS (SELECT 1 {said} WHERE n.proposition = p.id)",
    "source": "FROM (SELECT b.mark AS id FROM shown_attribution b WHERE b.level = 0 AND b.source IN ({names})"
    " UNION ALL SELECT m.id FROM shown_article o CROSS JOIN shown_mark m ON m.article = o.id"
    f" WHERE o.outlet IN ({{names}}) AND {_NARRATED} AND NOT EXISTS (SELECT 1 FROM {_STEP})) w"
    " CROSS JOIN shown_mark m ON m.id = w.id WHERE 1",
}
"""The marks of a row: what stands in an article, speaks to a claim, is said by a source."""

_Part = Callable[[Query], str]


class _Asked:
    """Conditions in SQL for the parts of a query, and the `values` they name."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.registry = Registry(store)
        self.values: dict[str, Any] = {}

    def mark(self, query: Query, *, of_claim: bool = False) -> str:
        """A condition on a mark m; of_claim: of its statements on a claim p."""
        match query:
            case And() | Or() | Not():
                return _joined(query, lambda part: self.mark(part, of_claim=of_claim))
            case Flag(name):
                return f"({_OF_MARKS[name]})"
            case Words(words):
                return self._words(
                    words,
                    "mark",
                    _QUOTES,
                    "m.note",
                    also=self._spoken(self.registry.speaking(Term("source", "~", words))),
                )
            case Term("stance") if of_claim:
                return self._stanced(query, " AND n.proposition = p.id")
            case Term():
                return self._term(query)

    def row(self, query: Query, group: Group) -> str:
        """A condition on a row of another group."""
        alone = self._met(query, group, lambda part: "0")
        if not _asks_of_marks(query, group):
            return alone
        of_claim = group == "proposition"
        met = self._met(query, group, lambda part: self.mark(part, of_claim=of_claim))
        marks = _WITNESSES[group].format(names=self._names_of_one(), said=self._said)
        return f"({alone} OR EXISTS (SELECT 1 {marks} AND {met}))"

    def _met(self, query: Query, group: Group, of_mark: _Part) -> str:
        """What a row meets together with one mark; what is ruled out is ruled out for all of its marks."""
        match query:
            case Not(part):
                return f"NOT {self.row(part, group)}"
            case And() | Or():
                return _joined(query, lambda part: self._met(part, group, of_mark))
        own = self._own(query, group)
        if own is None:
            return of_mark(query)
        return own if _is_own(query, group) else f"({own} OR {of_mark(query)})"

    def _own(self, query: Query, group: Group) -> str | None:
        """A condition on the row alone, where it has what is asked for."""
        match query:
            case Flag(name):
                return _OF_ROWS.get((group, name))
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
                kinds = f"SELECT s.kind FROM shown_source s WHERE s.id = {_SPEAKER}"
                ends = (links.format("from_mark"), links.format("to_mark"), kinds)
                return self._any(term, " UNION ALL ".join(ends))
            case "text":
                return self._compared(term, _QUOTES)
            case "stance":
                return self._stanced(term)
            case "claim":
                equal = _positive(term)
                claims = f"SELECT p.id FROM shown_proposition p WHERE {self._of_claim(equal)}"
                said = f"EXISTS (SELECT 1 {self._said} WHERE n.proposition IN ({claims}))"
                return self._negated(term, said)
        name = term.field.removeprefix(ATTRIBUTE)
        return self._any(term, f"{_VALUES} WHERE t.key = {self._value(name)}")

    @cached_property
    def _said(self) -> str:
        scheme = read.scheme(self._store)
        denials = [DENIAL, *(row.id for row in scheme.labels.values() if row.stance == "deny")]
        return _SAID.format(denials=self.listed(denials))

    def _stanced(self, term: Term, which: str = "") -> str:
        """Whether a mark m does this to a claim."""
        held = self._compared(_positive(term), "n.stance")
        return self._negated(term, f"EXISTS (SELECT 1 {self._said} WHERE {held}{which})")

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
        return f"coalesce({_SPEAKER} IN ({self.listed(sources)}), 0)"

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
            return (group, name) in _OF_ROWS
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

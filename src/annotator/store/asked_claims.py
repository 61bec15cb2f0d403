"""Which claims a question to the map asks for, told by the file: boards are read where nothing else tells.

Source, outlet and dates are asked of what is said on a claim, and one statement that meets them will do.
But a board leaves out what an older version of an article shares with a newer one. So where only
statements of older versions meet what is asked, the board of the claim is read after all. It is, too,
where most voices are asked for and some on one side of a claim may have it from others there.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, NamedTuple

from annotator.domain.briefs import ClaimBrief, MapQuestion, source_names
from annotator.domain.dispute import ATTACK
from annotator.domain.facts import Facts
from annotator.domain.handles import handle
from annotator.domain.ids import PropositionId, SourceId
from annotator.domain.model import Article, Source
from annotator.domain.voices import identity, owner
from annotator.domain.works import Works
from annotator.store import conditions, read
from annotator.store.bounded import ReadingStoppedError
from annotator.store.claim_briefs import read_part
from annotator.store.claim_states import IN_STATE
from annotator.store.claim_voices import count_voices
from annotator.store.json_columns import dump
from annotator.store.lists import ClaimHead, Places
from annotator.store.lists.places import places
from annotator.store.store import Store

_AT_ONCE = 25
"""How many boards are read together."""
_FEW = 4
"""Statements are looked for by what is asked of them where there are so many to a claim at most;
else claims are asked one after the other, each until one statement meets it."""
_HERE = "json_each(:here) h CROSS JOIN shown_proposition p ON p.rowid = h.value"
_LISTED = "SELECT value FROM json_each({})"
_DATE = "coalesce(nullif(CAST(json_extract(m.attributes, '$.date') AS TEXT), ''), nullif(a.date, ''))"
"""When a statement was made: `domain.briefs.said_at`."""
_OLDER = f"a.id IN ({_LISTED.format(':older')})"
_NAMED = _LISTED.format(":sources")
_RELAYED = f"shown_attribution b WHERE b.level > 0 AND b.source IN ({_LISTED.format(':relays')})"
_ATTACKS = f"shown_link l WHERE l.to_source IS NOT NULL AND l.kind = '{ATTACK}'"
_ANSWERED = (
    f"SELECT t.proposition FROM (SELECT * FROM {_ATTACKS}) l CROSS JOIN shown_link r ON r.{{end}} = l.{{end}}"
    " CROSS JOIN shown_mention t ON t.mark = r.to_mark WHERE r.kind = 'responds_to'"
)
"""The claims of marks to which something responds that attacks a source."""


class _Wanted(NamedTuple):
    """What is asked of statements.

    on: a condition on a mark m and its article a; marks: a statement for the ids of all marks that
    meet it, where an index finds them.
    """

    on: str
    marks: str
    values: dict[str, Any]


class _Told(NamedTuple):
    """What the order of claims is told by, of one of them; where it is not sure its board is read."""

    first: str = ""
    last: str = ""
    asserting: int = 0
    denying: int = 0
    is_sure: bool = True


def asked_places(store: Store, *, question: MapQuestion, limit: int = -1) -> Places:
    """The places of claims that a question to the map asks for, in its order, where that asks of no boards.

    Raises ReadingStoppedError where a limit says that somebody waits and all claims would be looked through.
    """
    is_walked = question.state in IN_STATE and question.order == "number"
    if is_walked and not question.text and not question.asks_of_statements:
        is_in_state = IN_STATE[question.state]
        sql = f"SELECT p.rowid FROM shown_proposition p WHERE {is_in_state} ORDER BY p.number, p.rowid"
        return places(store, [sql], {}, limit)
    if limit >= 0:
        raise ReadingStoppedError
    return _Asked(store, question).places()


def candidates(store: Store, question: MapQuestion) -> Places:
    """The places of claims among which are all that a question for attacked ones asks for."""
    found = asked_places(store, question=replace(question, state="all", order="number"))
    attacked = _attacked(store)
    return array("q", (place for place in found if place in attacked))


def _attacked(store: Store) -> set[int]:
    """The places of claims over which a source may be attacked: it speaks to them, or who attacks it does."""
    rows = store.query(f"SELECT l.to_source, l.from_mark FROM {_ATTACKS}")
    if not rows:
        return set()
    asked = _Asked(store, MapQuestion())
    ends = {identity(asked.registry, SourceId(source)) for source, _ in rows}
    names = [one for one in asked.registry.sources if identity(asked.registry, one) in ends]
    marks = dump([mark for _, mark in rows if mark is not None])
    attackers = _Wanted("1", "SELECT value AS id FROM json_each(:marks)", {"marks": marks})
    answered = " UNION ".join(_ANSWERED.format(end=end) for end in ("from_mark", "from_exhibit"))
    sql = f"SELECT p.rowid FROM ({answered}) r CROSS JOIN shown_proposition p ON p.id = r.proposition"
    spoken = asked.met(_said_by(names, names)).keys() | asked.met(attackers).keys()
    return spoken | {place for (place,) in store.query(sql)}


def _said_by(sources: Iterable[SourceId], relays: Iterable[SourceId]) -> _Wanted:
    """What one of some sources says, or passes on."""
    spoken = conditions.WITNESSES["source"].format(names=_NAMED)
    return _Wanted(
        f"({conditions.SPEAKER} IN ({_NAMED}) OR EXISTS (SELECT 1 FROM {_RELAYED} AND b.mark = m.id))",
        f"SELECT m.id {spoken} UNION SELECT b.mark FROM {_RELAYED}",
        {"sources": dump(list(sources)), "relays": dump(list(relays))},
    )


class _Asked:
    """Finds what a question asks for by leaving out more and more of all claims."""

    def __init__(self, store: Store, question: MapQuestion) -> None:
        self._store = store
        self._question = question
        rows = store.iterate(
            "SELECT p.rowid, p.id, p.number, p.text FROM shown_proposition p ORDER BY p.number, p.rowid"
        )
        self._heads = {
            place: ClaimHead(*row)
            for place, *row in rows
            if question.fits_words(row[2], handle("proposition", row[1]))
        }
        self._sure = set(self._heads)
        self._denials = dump(conditions.denial_labels(read.scheme(store)))

    @cached_property
    def registry(self) -> Facts:
        """All sources of the project."""
        return Facts.of(read.records(self._store, Source))

    def places(self) -> Places:
        """The places of all that is asked for, in order."""
        for wanted in self._wanted():
            met = self.met(wanted)
            self._sure &= {place for place, is_sure in met.items() if is_sure}
            self._keep(met)
        self._keep_those_in_state()
        fitting = self._read([place for place in self._heads if place not in self._sure])
        self._keep({place for place in self._heads if place in self._sure or place in fitting})
        if self._question.order == "number":
            return array("q", self._heads)
        briefs = self._briefs()
        return array("q", sorted(self._heads, key=lambda place: (self._question.place(briefs[place]), place)))

    def met(self, wanted: _Wanted) -> dict[int, bool]:
        """The places of claims of which something is said as wanted, and whether a newest version says it."""
        few = self._few(wanted)
        if few is not None:
            stated = conditions.WITH_ARTICLE.format(
                stated=self._stated_by("SELECT value AS id FROM json_each(:few)")
            )
            rows = self._rows(
                f"SELECT p.rowid, max(NOT {_OLDER}) FROM {stated}"
                " CROSS JOIN shown_proposition p ON p.id = s.proposition GROUP BY p.rowid",
                few=few,
            )
            return {place: bool(is_sure) for place, is_sure in rows if place in self._heads}
        sure = self._holding(wanted, f"NOT {_OLDER}", self._heads)
        left = self._heads.keys() - sure if self._older else set()
        return dict.fromkeys(self._holding(wanted, "1", left), False) | dict.fromkeys(sure, True)

    def _wanted(self) -> list[_Wanted]:
        """What is asked of statements, what leaves fewest claims first."""
        asked, registry = self._question, self.registry
        found: list[_Wanted] = []
        if asked.source:
            named = [one for one in registry.sources if asked.fits_sources(source_names(registry, [one]))]
            owned = [
                one
                for one in registry.sources
                if asked.fits_sources(source_names(registry, [one, owner(registry, one)]))
            ]
            found.append(_said_by(owned, named))
        if asked.outlet:
            named = [one for one in registry.sources if asked.fits_outlets(source_names(registry, [one]))]
            marks = "SELECT m.id FROM shown_article a CROSS JOIN shown_mark m ON m.article = a.id WHERE {}"
            on = f"coalesce(a.outlet IN ({_NAMED}), 0)"
            found.append(_Wanted(on, marks.format(on), {"sources": dump(named)}))
        if asked.since:
            found.append(_Wanted(f"{_DATE} >= :since", "", {"since": asked.since}))
        if asked.until:
            until = {"until": asked.until, "length": len(asked.until)}
            found.append(_Wanted(f"substr({_DATE}, 1, :length) <= :until", "", until))
        return found

    def _few(self, wanted: _Wanted) -> str | None:
        """The marks that meet what is wanted as a JSON list; None where they are many, or no index knows."""
        if not wanted.marks:
            return None
        most = _FEW * max(len(self._heads), 100)
        marks = self._rows(f"{wanted.marks} LIMIT {most + 1}", **wanted.values)
        return dump([mark for (mark,) in marks]) if len(marks) <= most else None

    def _holding(self, wanted: _Wanted, newest: str, here: Collection[int]) -> set[int]:
        """Those places, of some, on whose claims something is said as wanted."""
        if not here:
            return set()
        stated = conditions.WITH_ARTICLE.format(stated=self._stated_on("SELECT p.id AS value"))
        sql = (
            f"SELECT p.rowid FROM {_HERE} WHERE EXISTS"
            f" (SELECT 1 FROM {stated} WHERE {newest} AND {wanted.on})"
        )
        return {place for (place,) in self._rows(sql, here, **wanted.values)}

    def _keep_those_in_state(self) -> None:
        state = self._question.state
        if state == "self-contradicted":
            self._keep(self._contradicted())
        elif state != "all":
            sql = f"SELECT p.rowid FROM {_HERE} WHERE {IN_STATE[state]}"
            self._keep({place for (place,) in self._rows(sql, self._heads)})

    def _contradicted(self) -> set[int]:
        """The claims of which whoever speaks for somebody asserts what another denies who does."""
        stated = self._stated_on(f"SELECT p.id AS value FROM {_HERE}")
        rows = self._rows(
            f"SELECT s.proposition, s.stance, {conditions.SPEAKER} AS who FROM ({stated}) s"
            " CROSS JOIN shown_mark m ON m.id = s.mark WHERE s.stance IN ('support', 'deny')"
            " GROUP BY 1, 2, 3 HAVING who IS NOT NULL",
            self._heads,
        )
        owners = {who: owner(self.registry, who) for _, _, who in rows}
        said = {(claim, stance, owners[who]) for claim, stance, who in rows}
        both = {claim for claim, stance, who in said if stance == "support" and (claim, "deny", who) in said}
        return {place for place, head in self._heads.items() if head.id in both}

    def _read(self, some: Sequence[int]) -> dict[int, ClaimBrief]:
        """Those claims, of some, that their boards say are asked for."""
        parts = (some[start : start + _AT_ONCE] for start in range(0, len(some), _AT_ONCE))
        claims = (row for part in parts for row in read_part(self._store, part).claims.items())
        return {place: one for place, one in claims if one is not None and self._question.fits(one)}

    def _briefs(self) -> dict[int, ClaimBrief]:
        """The claims that are left, with what their order is told by."""
        order = self._question.order
        known = self._voices() if order == "voices" else self._dates() if order in ("first", "last") else {}
        told = {place: known.get(head.id, _Told()) for place, head in self._heads.items()}
        unsure = [place for place, one in told.items() if not one.is_sure]
        return {place: _brief(self._heads[place], one) for place, one in told.items()} | self._read(unsure)

    def _dates(self) -> dict[PropositionId, _Told]:
        """When what is said on claims was said first and last; not sure where an older version says some."""
        stated = conditions.WITH_ARTICLE.format(stated=self._stated_on(f"SELECT p.id AS value FROM {_HERE}"))
        rows = self._rows(
            f"SELECT s.proposition, coalesce(min({_DATE}), ''), coalesce(max({_DATE}), ''), max({_OLDER})"
            f" FROM {stated} GROUP BY s.proposition",
            self._heads,
        )
        return {claim: _Told(first, last, is_sure=not is_older) for claim, first, last, is_older in rows}

    def _voices(self) -> dict[PropositionId, _Told]:
        """How many voices assert and deny claims."""
        claims = [head.id for head in self._heads.values()]
        counted = count_voices(self._store, self.registry, claims)
        return {claim: _Told("", "", *one) for claim, one in counted.items()}

    def _keep(self, some: Collection[int]) -> None:
        self._heads = {place: head for place, head in self._heads.items() if place in some}

    def _rows(self, sql: str, here: Collection[int] = (), **values: str | int) -> list[tuple[Any, ...]]:
        beside = {"here": dump(list(here)), "older": dump(self._older), "denials": self._denials}
        return self._store.query(sql, beside | values)

    def _stated_on(self, claims: str) -> str:
        return conditions.STATED_ON.format(claims=claims, denials=_LISTED.format(":denials"))

    def _stated_by(self, marks: str) -> str:
        return conditions.STATED_BY.format(marks=marks, denials=_LISTED.format(":denials"))

    @cached_property
    def _older(self) -> list[str]:
        """The articles of which there is a newer version."""
        sql = "SELECT {} FROM shown_article WHERE version_of IS NOT NULL"
        some = "id IN ({} UNION {})".format(sql.format("id"), sql.format("version_of"))
        works = Works(known := Facts.of(read.records(self._store, Article, some)))
        newest: dict[str, int] = {}
        for one in known.articles:
            newest[works.root(one)] = max(newest.get(works.root(one), 0), works.version(one))
        return [one for one in known.articles if works.version(one) < newest[works.root(one)]]


def _brief(head: ClaimHead, told: _Told) -> ClaimBrief:
    """A claim of which nothing is told but its words and what its order is told by."""
    return ClaimBrief(
        head.id, handle("proposition", head.number), head.text, told.asserting, told.denying,
        frozenset(), (), (), told.first, told.last,
    )  # fmt: skip

"""How much of a project uses what of its scheme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from annotator.domain.scheme import Scheme
from annotator.domain.scheme_changes import (
    AttributeRemoval,
    AttributesLeft,
    Demand,
    EndsLeft,
    KindMove,
    KindsLeft,
    LabelsLeft,
    Move,
    NameMove,
    NamesLeft,
    Relabelling,
    Reversal,
    SchemeChange,
    ValueMove,
    ValuesLeft,
)
from annotator.domain.scheme_rows import name_of
from annotator.store.json_columns import dump
from annotator.store.scheme_searches import said_otherwise
from annotator.store.store import Store

Question = tuple[str, tuple[Any, ...]]
"""A statement that finds ids, and its parameters."""

HOLDS = (
    "EXISTS (SELECT 1 FROM json_each(m.attributes) a WHERE a.key = ? AND (a.value = ?"
    " OR a.type = 'array' AND EXISTS (SELECT 1 FROM json_each(a.value) v WHERE v.value = ?)))"
)
"""Whether a mark m has a value of an attribute, alone or among several."""
CERTAINTY = "certainty"
"""The attribute whose values mentions can have too."""


USED_BY: Mapping[str, tuple[str, str, str]] = {
    "flags": ("mark", "FROM shown_mark r, json_each(r.flags) f", "f.value"),
    "source_kinds": ("source", "FROM shown_source r", "r.kind"),
    "region_kinds": (
        "article",
        "FROM shown_article r, json_each(r.regions) f",
        "json_extract(f.value, '$[0]')",
    ),
    "proposition_link_kinds": ("proposition_link", "FROM shown_proposition_link r", "r.kind"),
}
"""Of groups whose rows stand by their ids in another table: that table, its rows, and the id in them."""
REVERSED = (
    "SELECT r.id FROM shown_proposition_link r JOIN shown_proposition_link o ON o.kind = r.kind"
    " AND o.origin = r.target AND o.target = r.origin AND o.id < r.id WHERE r.kind = ?"
)
"""The later ones of two links between claims that go to and fro."""


class Touched(NamedTuple):
    """How many rows a change of the scheme changes, by what they are."""

    marks: int = 0
    links: int = 0
    sources: int = 0
    articles: int = 0
    claim_links: int = 0
    searches: int = 0


def touched_by(store: Store, change: SchemeChange) -> Touched:
    """What a change of the scheme would change besides the scheme; reads all marks where it must."""
    counts = dict.fromkeys(("mark", "link", "source", "article", "proposition_link"), 0)
    for move in change.moves:
        table, (sql, parameters) = moved(move)
        counts[table] += store.query(f"SELECT count(*) FROM ({sql})", parameters)[0][0]
    return Touched(*counts.values())._replace(searches=len(said_otherwise(store, change)))


def moved(move: Move) -> tuple[str, Question]:
    """The table whose rows a move changes, and what finds their ids."""
    match move:
        case Relabelling(old, _, None):
            return "mark", ("SELECT m.id FROM shown_mark m WHERE m.label = ?", (old,))
        case Relabelling(old, _, marks):
            listed = "SELECT m.id FROM json_each(?) e CROSS JOIN shown_mark m ON m.id = e.value"
            return "mark", (f"{listed} WHERE m.label = ?", (dump(list(marks or ())), old))
        case KindMove(old, _):
            return "link", ("SELECT l.id FROM shown_link l WHERE l.kind = ?", (old,))
        case ValueMove(attribute, old, _):
            return "mark", (f"SELECT m.id FROM shown_mark m WHERE {HOLDS}", (attribute, old, old))
        case AttributeRemoval(attribute):
            return "mark", (
                "SELECT m.id FROM shown_mark m WHERE EXISTS"
                " (SELECT 1 FROM json_each(m.attributes) a WHERE a.key = ?)",
                (attribute,),
            )
        case NameMove(group, old, _):
            table, rows, value = USED_BY[group]
            return table, (f"SELECT DISTINCT r.id {rows} WHERE {value} = ?", (old,))
        case Reversal(kind):
            return "proposition_link", (REVERSED, (kind,))


class Obstacle(NamedTuple):
    """What is in use and may not be: the code of the refusal and its details."""

    code: str
    details: dict[str, Any]


def obstacle(store: Store, scheme: Scheme, demand: Demand) -> Obstacle | None:
    """The first thing in use that a demand does not leave; scheme: the one in force, for names."""
    return next(_obstacles(store, scheme, demand), None)


def _obstacles(store: Store, scheme: Scheme, demand: Demand) -> Iterator[Obstacle]:
    match demand:
        case LabelsLeft(labels):
            for label, count in _beyond(store, "SELECT label FROM shown_mark", labels):
                name = scheme.labels[label].name if label in scheme.labels else label
                yield Obstacle("scheme-label-in-use", {"label": name, "count": count})
        case KindsLeft(kinds):
            for kind, count in _beyond(store, "SELECT kind FROM shown_link", kinds):
                yield Obstacle("scheme-kind-in-use", {"kind": _kind(scheme, kind), "count": count})
        case EndsLeft(kind, side, ends):
            for end, count in _beyond(store, _ends(side), ends, (kind,)):
                words = scheme.labels[end].name if end in scheme.labels else end
                name = "start" if side == "from" else "end"
                yield Obstacle(
                    "scheme-end-in-use", {"kind": _kind(scheme, kind), name: words, "count": count}
                )
        case AttributesLeft(attributes):
            for key, count in _beyond(
                store, "SELECT a.key FROM shown_mark m, json_each(m.attributes) a", attributes
            ):
                name = scheme.attributes[key].name if key in scheme.attributes else key
                yield Obstacle("scheme-attribute-in-use", {"attribute": name, "count": count})
        case ValuesLeft(attribute, values):
            row = scheme.attributes.get(attribute)
            for value, count in _beyond(store, _VALUES, values, (attribute,)):
                yield Obstacle(
                    "scheme-value-in-use",
                    {
                        "attribute": row.name if row else attribute,
                        "value": row.value_name(value) if row else value,
                        "count": count,
                    },
                )
        case NamesLeft(group, names):
            yield from _names_in_use(store, scheme, group, names)


def _names_in_use(store: Store, scheme: Scheme, group: str, left: tuple[str, ...]) -> Iterator[Obstacle]:
    _, rows, value = USED_BY[group]
    for row_id, count in _beyond(store, f"SELECT {value} {rows}", left):
        yield Obstacle(_IN_USE[group], {"kind": name_of(scheme, group, row_id), "count": count})


_IN_USE = {
    "flags": "scheme-flag-in-use",
    "source_kinds": "scheme-source-kind-in-use",
    "region_kinds": "scheme-region-kind-in-use",
    "proposition_link_kinds": "scheme-claim-kind-in-use",
}


def _kind(scheme: Scheme, kind: str) -> str:
    return scheme.link_kinds[kind].name if kind in scheme.link_kinds else kind


_VALUES = (
    "SELECT coalesce(v.value, a.value) FROM shown_mark m, json_each(m.attributes) a"
    " LEFT JOIN json_each(CASE a.type WHEN 'array' THEN a.value ELSE '[]' END) v"
    " WHERE a.key = ? AND (a.type <> 'array' OR v.value IS NOT NULL)"
)


def _ends(side: str) -> str:
    other = "exhibit" if side == "from" else "source"
    beside = "" if side == "from" else "WHEN l.to_proposition IS NOT NULL THEN 'proposition' "
    return (
        f"SELECT CASE WHEN l.{side}_mark IS NOT NULL THEN m.label {beside}ELSE '{other}' END"
        f" FROM shown_link l LEFT JOIN main.mark m ON m.id = l.{side}_mark WHERE l.kind = ?"
    )


def _beyond(
    store: Store, sql: str, left: tuple[str, ...], parameters: tuple[Any, ...] = ()
) -> list[tuple[str, int]]:
    """What a statement finds beside the values that are left, with how often."""
    return [
        (str(value), count)
        for value, count in store.query(
            f"WITH used (value) AS ({sql}) SELECT value, count(*) FROM used"
            " WHERE value NOT IN (SELECT value FROM json_each(?)) GROUP BY value ORDER BY 2 DESC, 1",
            (*parameters, dump(list(left))),
        )
    ]


def marks_by_label(store: Store) -> dict[str, int]:
    """How many marks have each label, from the counters."""
    return dict(store.query("SELECT label, sum(marks) FROM main.tally GROUP BY label"))


_DECIDED = {
    "labels": "shown_mark m WHERE m.label = ? AND coalesce(m.scheme_version, 0) < ?",
    "attributes": "shown_mark m WHERE EXISTS (SELECT 1 FROM json_each(m.attributes) a WHERE a.key = ?)"
    " AND coalesce(m.scheme_version, 0) < ?",
    "link_kinds": "shown_link l WHERE l.from_mark IS NOT NULL AND l.kind = ?"
    " AND coalesce(json_extract(l.extra, '$.scheme_version'), 0) < ?",
}


def decided_before(store: Store, *, group: str, row_id: str, version: int, limit: int) -> int:
    """How many marks or links of a row were last decided on under an older version, up to a limit.

    Those are marks with the label or a value of the attribute, and links of the kind that start at marks.
    """
    sql = f"SELECT count(*) FROM (SELECT 1 FROM {_DECIDED[group]} LIMIT ?)"
    return int(store.query(sql, (row_id, version, limit))[0][0])

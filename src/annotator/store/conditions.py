"""The conditions in SQL that parts of a query stand for: on a mark m, an article a, a source s, a claim p."""

from __future__ import annotations

from annotator.domain.facts import DENIAL
from annotator.domain.scheme import Scheme

_STEP = "shown_attribution b WHERE b.mark = m.id AND b.level = 0 AND b.source IS NOT NULL"
_NARRATED = "json_extract(m.attributes, '$.quote') = 'none'"
SPEAKER = (
    f"coalesce((SELECT b.source FROM {_STEP}), CASE WHEN {_NARRATED}"
    " THEN (SELECT a.outlet FROM shown_article a WHERE a.id = m.article) END)"
)
"""Who is to be counted as having said a mark's words: `domain.voices.voice`."""
QUOTES = "(SELECT group_concat(value, ' … ') FROM json_each(m.quotes))"
VALUES = (
    "SELECT CASE v.type WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE v.value END AS v"
    " FROM json_each(m.attributes) t"
    " JOIN json_each(CASE t.type WHEN 'array' THEN t.value ELSE json_array(t.value) END) v"
)
_MENTIONED = "FROM shown_mention n WHERE n.mark = m.id"
_OWN = (
    "SELECT n.mark, n.proposition, CASE k.label WHEN 'no_comment' THEN 'silence' ELSE n.stance END AS stance,"
    " n.id AS mention FROM {} CROSS JOIN shown_mark k ON k.id = n.mark"
)
_DERIVED = (
    " UNION ALL"
    " SELECT l.from_mark, t.proposition, CASE k.label WHEN 'no_comment' THEN 'silence' ELSE 'deny' END, NULL"
    " FROM {}"
    " WHERE l.kind IN ('denies', 'responds_to')"  # before any mark is read
    " AND (k.label = 'no_comment' AND l.kind = 'responds_to'"
    " OR k.label <> 'no_comment' AND l.kind = 'denies' AND k.label IN ({{denials}}))"
    " AND o.label <> 'no_comment' AND t.stance = 'support'"
    " AND NOT EXISTS (SELECT 1 FROM shown_mention x WHERE x.mark = k.id)"
)
STATED = _OWN.format("shown_mention n") + _DERIVED.format(
    "shown_link l CROSS JOIN shown_mark k ON k.id = l.from_mark CROSS JOIN shown_mark o ON o.id = l.to_mark"
    " CROSS JOIN shown_mention t ON t.mark = o.id"
)
"""What marks do to claims, by mention and by link: `domain.stances.stances_on`, some of it twice.

mention: the one by which a mark does so, NULL where it does so by a link.
denials: a statement that gives the labels of denials (`denial_labels`).
"""
STATED_ON = _OWN.format(
    "({claims}) c CROSS JOIN shown_mention n ON n.proposition = c.value"
) + _DERIVED.format(
    "({claims}) c CROSS JOIN shown_mention t ON t.proposition = c.value"
    " CROSS JOIN shown_link l ON l.to_mark = t.mark CROSS JOIN shown_mark k ON k.id = l.from_mark"
    " CROSS JOIN shown_mark o ON o.id = l.to_mark"
)
"""The same of some claims, whose cost follows what is said on them.

claims: a statement that gives their ids as `value`.
"""
STATED_BY = _OWN.format("({marks}) w CROSS JOIN shown_mention n ON n.mark = w.id") + _DERIVED.format(
    "({marks}) w CROSS JOIN shown_link l ON l.from_mark = w.id CROSS JOIN shown_mark k ON k.id = w.id"
    " CROSS JOIN shown_mark o ON o.id = l.to_mark CROSS JOIN shown_mention t ON t.mark = o.id"
)
"""The same of what some marks do; marks: a statement that gives their ids as `id`."""
SAID = f"FROM ({STATED}) n WHERE n.mark = m.id"
"""The same of one mark m, as the beginning of a condition."""
WITH_ARTICLE = (
    "({stated}) s CROSS JOIN shown_mark m ON m.id = s.mark CROSS JOIN shown_article a ON a.id = m.article"
)
"""Statements with their marks and articles; stated: one of those above."""
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


OF_MARKS = {
    "across": _ACROSS,
    "linked": _LINKED,
    "unlinked": f"NOT {_LINKED}",
    "has_note": _filled("m.note"),
    "question": _filled("m.question"),
}
OF_ROWS: dict[tuple[str, str], str] = {
    ("article", "has_note"): _filled("a.note"),
    ("source", "has_note"): _filled("s.note"),
    ("source", "linked"): _ATTACKED,
    ("source", "unlinked"): f"NOT {_ATTACKED}",
    ("proposition", "has_note"): _filled("p.note"),
    ("proposition", "across"): _SEVERAL,
    ("proposition", "linked"): _LINKED_CLAIM,
    ("proposition", "unlinked"): f"NOT {_LINKED_CLAIM}",
}
WITNESSES = {
    "article": "FROM shown_mark m WHERE m.article = a.id",
    "proposition": "FROM (SELECT n.mark AS id FROM shown_mention n WHERE n.proposition = p.id UNION"
    " SELECT l.from_mark FROM shown_mention n CROSS JOIN shown_link l ON l.to_mark = n.mark"
    " WHERE n.proposition = p.id) w"
    " CROSS JOIN shown_mark m ON m.id = w.id WHERE EXISTS (SELECT 1 {said} AND n.proposition = p.id)",
    "source": "FROM (SELECT b.mark AS id FROM shown_attribution b WHERE b.level = 0 AND b.source IN ({names})"
    " UNION ALL SELECT m.id FROM shown_article o CROSS JOIN shown_mark m ON m.article = o.id"
    f" WHERE o.outlet IN ({{names}}) AND {_NARRATED} AND NOT EXISTS (SELECT 1 FROM {_STEP})) w"
    " CROSS JOIN shown_mark m ON m.id = w.id WHERE 1",
}
"""The marks of a row: what stands in an article, speaks to a claim, is said by a source."""


def denial_labels(scheme: Scheme) -> list[str]:
    """The labels under which a mark denies what it is linked to."""
    return [DENIAL, *(label.id for label in scheme.labels.values() if label.stance == "deny")]

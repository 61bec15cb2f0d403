"""What format 4 changes: the view of disputes counts by the rule of the claims list and of the map.

It is `domain.stances.stances_on` in SQL, claim by claim, so that one claim is asked for by few rows.
Views may use `json_each` alone: SQLite before 3.42 takes `json_extract` for unsafe in them.
"""

from __future__ import annotations

from annotator.store.format_3 import shown

_DENIALS = f"""
    SELECT 'denial' UNION
    SELECT i.value FROM scheme s, json_each(s.data, '$.labels') l, json_each(l.value) i, json_each(l.value) d
     WHERE s.rowid = (SELECT max(f.rowid) FROM scheme f WHERE {shown("f")})
       AND i.key = 'id' AND d.key = 'stance' AND d.value = 'deny'"""
_MENTIONED = f"""
    SELECT k.id FROM mention n CROSS JOIN mark k ON k.id = n.mark
     WHERE n.proposition = p.id AND n.stance = '{{}}' AND k.label <> 'no_comment' AND {shown("n")}"""
ASSERTING = _MENTIONED.format("support")
DENYING = f"""{_MENTIONED.format("deny")}
    UNION
    SELECT k.id FROM mention t CROSS JOIN mark o ON o.id = t.mark
     CROSS JOIN link l ON l.to_mark = o.id CROSS JOIN mark k ON k.id = l.from_mark
     WHERE t.proposition = p.id AND t.stance = 'support' AND l.kind = 'denies'
       AND o.label <> 'no_comment' AND k.label <> 'no_comment' AND k.label IN ({_DENIALS})
       AND {shown("t")} AND {shown("l")}
       AND NOT EXISTS (SELECT 1 FROM mention n WHERE n.mark = k.id AND {shown("n")})"""


def somebody(marks: str) -> str:
    """Whether one of some marks has a voice: a speaker, or an outlet that tells it by itself."""
    return f"""EXISTS (
    SELECT 1 FROM mark m CROSS JOIN article a ON a.id = m.article WHERE m.id IN ({marks})
       AND (EXISTS (SELECT 1 FROM attribution b
                     WHERE b.mark = m.id AND b.level = 0 AND b.source IS NOT NULL AND {shown("b")})
            OR a.outlet IS NOT NULL
               AND EXISTS (SELECT 1 FROM json_each(m.attributes) WHERE key = 'quote' AND value = 'none')))"""


VIEWS = f"""
CREATE VIEW v_disputes AS
SELECT p.id, 'C' || p.number AS handle, p.text,
       (SELECT count(DISTINCT id) FROM ({ASSERTING})) AS asserting_marks,
       (SELECT count(*) FROM ({DENYING})) AS denying_marks,
       {somebody(ASSERTING)} AND {somebody(DENYING)} AS disputed
  FROM proposition p
 WHERE {shown("p")}
"""
DROPPED = ("v_disputes",)

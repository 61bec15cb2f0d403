"""What is to be noted of claims, asked of the file: the rule of the map in SQL, 0.1 ms a claim.

Of the others `store.asked_claims` knows more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from annotator.store.format_3 import shown
from annotator.store.format_4 import ASSERTING, DENYING, somebody

if TYPE_CHECKING:
    from annotator.domain.briefs import State

_SILENT = f"""
    SELECT k.id FROM mention n CROSS JOIN mark k ON k.id = n.mark
     WHERE n.proposition = p.id AND k.label = 'no_comment' AND {shown("n")}
    UNION
    SELECT k.id FROM mention t CROSS JOIN mark o ON o.id = t.mark
     CROSS JOIN link l ON l.to_mark = o.id CROSS JOIN mark k ON k.id = l.from_mark
     WHERE t.proposition = p.id AND t.stance = 'support' AND l.kind = 'responds_to'
       AND o.label <> 'no_comment' AND k.label = 'no_comment' AND {shown("t")} AND {shown("l")}
       AND NOT EXISTS (SELECT 1 FROM mention n WHERE n.mark = k.id AND {shown("n")})"""

IN_STATE: Mapping[State, str] = {
    "all": "1",
    "disputed": f"{somebody(ASSERTING)} AND {somebody(DENYING)}",
    "undenied": f"{somebody(ASSERTING)} AND NOT {somebody(DENYING)}",
    "silence": somebody(_SILENT),
}
"""By state, a condition on a claim `p`."""

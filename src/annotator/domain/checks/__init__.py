"""Loose ends: what a first pass left open, each with the fix it asks for."""

from annotator.domain.checks.ends import FIRST_PASS, FIXES, LOUD, NAMED, LooseEnd, is_quiet
from annotator.domain.checks.links import ATTACKS, INWARD, OUTWARD, SPEAKER
from annotator.domain.checks.looking import ends_at, loose_ends, relies_on
from annotator.domain.checks.seen import looked_through, seen

__all__ = [
    "ATTACKS",
    "FIRST_PASS",
    "FIXES",
    "INWARD",
    "LOUD",
    "NAMED",
    "OUTWARD",
    "SPEAKER",
    "VERSION",
    "LooseEnd",
    "ends_at",
    "is_quiet",
    "looked_through",
    "loose_ends",
    "relies_on",
    "seen",
]

VERSION = 6
"""Raised with every change of a rule, so that what was found by older ones is looked at again."""

"""Loose ends as they stand in the file: found row by row where something was touched, read by page."""

from annotator.store.loose_ends.found import OpenEnd, counts, numbers_of, open_ends_of
from annotator.store.loose_ends.left import count_left, dismissals_of, left_open
from annotator.store.loose_ends.looking import Named, catch_up, look, read_ahead
from annotator.store.loose_ends.unchecked import MOST_COUNTED, Backlog, backlog, is_much
from annotator.store.loose_ends.walking import Stop, Walk

__all__ = [
    "MOST_COUNTED",
    "Backlog",
    "Named",
    "OpenEnd",
    "Stop",
    "Walk",
    "backlog",
    "catch_up",
    "count_left",
    "counts",
    "dismissals_of",
    "is_much",
    "left_open",
    "look",
    "numbers_of",
    "open_ends_of",
    "read_ahead",
]

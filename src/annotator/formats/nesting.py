"""How deep values from a file may be nested, since they have to be read back from the project."""

from __future__ import annotations

from typing import Any

DEEPEST = 200
"""Far from where Python's own reader of JSON gives up."""


def depth(value: Any) -> int:
    """How many arrays and objects stand in one another; 0 for a plain value."""
    count, layer = 0, [value]
    while layer := [one for one in layer if isinstance(one, (dict, list))]:
        count += 1
        layer = [inner for one in layer for inner in (one.values() if isinstance(one, dict) else one)]
    return count

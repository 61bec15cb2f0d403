"""Which box of a figure comes next when the arrows walk through it."""

from __future__ import annotations

from annotator.domain.figure import Box, Figure
from annotator.domain.model import Ref


def joined(figure: Figure, key: Ref) -> tuple[Ref, ...]:
    """The boxes at the other ends of the lines of one, each once, in the order of the lines."""
    ends = [
        stroke.target if stroke.origin == key else stroke.origin
        for stroke in figure.strokes
        if key in (stroke.origin, stroke.target)
    ]
    return tuple(dict.fromkeys(end for end in ends if end != key))


def beside(figure: Figure, key: Ref, across: int, down: int) -> Ref | None:
    """The nearest box that way; across, one that a line leads to goes before all others.

    across, down: -1, 0 or 1; one of them is 0. None where there is none that way.
    """
    here = next((box for box in figure.boxes if box.key == key), None)
    if here is None:
        return None
    near = set(joined(figure, key))

    def distance(box: Box) -> tuple[float, float]:
        x, y = box.middle.x - here.middle.x, box.middle.y - here.middle.y
        return (x * across, abs(y)) if across else (y * down, abs(x))

    def is_that_way(box: Box) -> bool:
        along, aside = distance(box)
        return along > here.width / 2 if across else along > 1 and aside < here.width

    def cost(box: Box) -> tuple[bool, float]:
        along, aside = distance(box)
        return bool(across) and box.key not in near, along + 2 * aside

    ahead = [box for box in figure.boxes if is_that_way(box)]
    return min(ahead, key=cost).key if ahead else None

"""Where statements stand on a time line: a row for each source, a column for each date."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from annotator.domain.figure import Point
from annotator.layout.layered import Size

Key = TypeVar("Key", bound=Hashable)


class Event(NamedTuple, Generic[Key]):
    """What was said by whom and when; `date` is an ISO text of any length, empty where it is not known."""

    key: Key
    row: str
    date: str


class Column(NamedTuple):
    """A date and where it begins; `days` have passed since the column before, where that is known."""

    date: str
    x: float
    days: int | None


class Row(NamedTuple):
    """A source, where its row begins and how high that is."""

    name: str
    y: float
    height: float


class Timeline(NamedTuple, Generic[Key]):
    """The top left corner of each event; columns by date, what has no date in the last one, apart."""

    corners: dict[Key, Point]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    width: float
    height: float


def timeline(
    events: Sequence[Event[Key]], size: Size, left: float, top: float, gap: float = 8, apart: float = 40
) -> Timeline[Key]:
    """Lay out events of one size; `left` and `top` are the room for the names of rows and columns.

    Rows are in the order in which they first speak, those without a date last; what one
    says on one date stands one below the other. Nothing overlaps.
    """
    dates = sorted({event.date for event in events if event.date})
    has_undated = any(not event.date for event in events)
    lefts = {name: left + at * (size.width + gap) for at, name in enumerate(dates)}
    if has_undated:
        lefts[""] = left + len(dates) * (size.width + gap) + (apart if dates else 0)
    rows, corners, y = [], {}, top
    for name in _rows(events):
        own = sorted((event for event in events if event.row == name), key=lambda event: event.date)
        used = dict.fromkeys(lefts, 0)
        for event in own:
            corners[event.key] = Point(
                lefts[event.date], y + gap / 2 + used[event.date] * (size.height + gap)
            )
            used[event.date] += 1
        height = max(used.values(), default=0) * (size.height + gap)
        rows.append(Row(name, y, height))
        y += height
    columns = [
        Column(name, x, _days(dates[at - 1], name) if at and name else None)
        for at, (name, x) in enumerate(lefts.items())
    ]
    width = max((x + size.width for x in lefts.values()), default=left)
    return Timeline(corners, tuple(columns), tuple(rows), width, y)


def _rows(events: Sequence[Event[Key]]) -> list[str]:
    first: dict[str, str] = {}
    for event in events:
        if event.date and event.date < first.get(event.row, "~"):
            first[event.row] = event.date
    names = dict.fromkeys(event.row for event in events)
    return sorted(names, key=lambda name: first.get(name, "~"))


def _days(before: str, after: str) -> int | None:
    try:
        return (date.fromisoformat(after[:10]) - date.fromisoformat(before[:10])).days
    except ValueError:
        return None

"""Where statements stand on a time line: a row for each source, a column for each date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from annotator.domain.figure import Point
from annotator.layout.layered import Size

Key = TypeVar("Key", bound=Hashable)


_STACK = 3
"""So many undated statements of one source stand one below the other before the next column begins."""


class Event(NamedTuple, Generic[Key]):
    """What was said by whom and when; `date` is an ISO text of any length, empty where it is not known.

    Then `shelf` says with which other undated events it stands, such as those of its article.
    """

    key: Key
    row: str
    date: str
    shelf: str = ""


class Column(NamedTuple):
    """A date, or a shelf of what has none, and where it begins.

    `days` have passed since the column before, where that is known. Of a wide shelf only the
    first column has its name.
    """

    date: str
    x: float
    days: int | None
    shelf: str = ""


class Row(NamedTuple):
    """A source, where its row begins and how high that is."""

    name: str
    y: float
    height: float


class Timeline(NamedTuple, Generic[Key]):
    """The top left corner of each event; columns by date, what has no date apart behind them."""

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
    says on one date stands one below the other. Shelves are in the order of their first
    events, and what stands on one goes on to the right where one row has much of it.
    Nothing overlaps.
    """
    places = _places(events)
    lefts: dict[_Place, float] = {}
    x = left
    for place in _ordered(places.values()):
        x += apart if lefts and not place.date and place.number == 0 else 0
        lefts[place] = x
        x += size.width + gap
    rows, corners, y = [], {}, top
    for name in _rows(events):
        used = dict.fromkeys(lefts, 0)
        for event in (event for event in events if event.row == name):
            place = places[event.key]
            corners[event.key] = Point(lefts[place], y + gap / 2 + used[place] * (size.height + gap))
            used[place] += 1
        height = max(used.values(), default=0) * (size.height + gap)
        rows.append(Row(name, y, height))
        y += height
    width = max((x + size.width for x in lefts.values()), default=left)
    return Timeline(corners, tuple(_columns(lefts)), tuple(rows), width, y)


def parts_of(events: Sequence[Event[Key]], most: int) -> Iterator[list[Event[Key]]]:
    """The events of each so many columns, in the order of columns; only a wide shelf may be parted."""
    places = _places(events)
    columns = _ordered(places.values())
    for start in range(0, len(columns), most):
        some = set(columns[start : start + most])
        yield [event for event in events if places[event.key] in some]


class _Place(NamedTuple):
    """The column of an event: its date, or its shelf and which column of that."""

    date: str
    shelf: str
    number: int


def _places(events: Sequence[Event[Key]]) -> dict[Key, _Place]:
    counts: Counter[tuple[str, str]] = Counter()
    found = {}
    for event in events:
        if event.date:
            found[event.key] = _Place(event.date, "", 0)
        else:
            found[event.key] = _Place("", event.shelf, counts[event.row, event.shelf] // _STACK)
            counts[event.row, event.shelf] += 1
    return found


def _ordered(places: Iterable[_Place]) -> list[_Place]:
    """Dates as they follow one another, then shelves as they first come."""
    shelves: dict[str, int] = {}
    for place in (known := list(places)):
        if not place.date:
            shelves.setdefault(place.shelf, len(shelves))
    return sorted(
        dict.fromkeys(known),
        key=lambda one: (not one.date, one.date, shelves.get(one.shelf, 0), one.number),
    )


def _columns(lefts: Mapping[_Place, float]) -> Iterator[Column]:
    before = ""
    for place, x in lefts.items():
        days = _days(before, place.date) if before and place.date else None
        if place.number == 0:
            yield Column(place.date, x, days, place.shelf)
        before = place.date


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

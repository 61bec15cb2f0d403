"""What may stand where the cursor is in a query: the name of a field or flag, or a value of a field."""

from __future__ import annotations

import re
from typing import NamedTuple

from annotator.domain.query import ATTRIBUTE, FIELDS, FLAGS, quoted

_VALUE = re.compile(
    rf"(?:^|[\s(])(?P<field>{'|'.join(FIELDS)}|{re.escape(ATTRIBUTE)}[^\s()=~<>!\"“”]+)\s*(?:!=|[=~<>])\s*"
    r'(?P<value>"(?:[^"\\]|\\.)*|[^\s()=~<>!"“”]*)$',
    re.IGNORECASE,
)
_NAME = re.compile(r'(?:^|[\s(])(?P<name>[^\s()=~<>!"“”]+)$')


class Wish(NamedTuple):
    """What is being typed in `[start, end)`; `field` is empty where it is a name."""

    start: int
    end: int
    field: str
    typed: str


def wish_at(text: str, cursor: int) -> Wish | None:
    """What is being typed before a cursor; None within words in quotation marks and where nothing is."""
    before = text[:cursor]
    value = _VALUE.search(before)
    if value is not None:
        field = value["field"] if value["field"].startswith(ATTRIBUTE) else value["field"].lower()
        return Wish(value.start("value"), cursor, field, value["value"].removeprefix('"'))
    name = _NAME.search(before)
    if name is None or before.count('"') % 2:
        return None
    return Wish(name.start("name"), cursor, "", name["name"])


def names(typed: str, attributes: list[str]) -> list[str]:
    """The fields and flags that begin as typed, fields with the sign that follows them most."""
    some = [f"{field}{'~' if field in ('text', 'claim') else '='}" for field in FIELDS]
    some += [*FLAGS, *(f"{ATTRIBUTE}{name}=" for name in attributes)]
    return [one for one in some if one.startswith(typed.lower()) and one != typed]


def completed(text: str, wish: Wish, chosen: str) -> tuple[str, int]:
    """The query with what was chosen in the place of what was typed, and where the cursor is then."""
    written = quoted(chosen) if wish.field else chosen
    is_open = text.startswith('"', wish.start)
    rest = text[wish.end :].removeprefix('"') if is_open else text[wish.end :]
    is_over = wish.field or written[-1] not in "=~"
    gap = " " if is_over and not rest.startswith(" ") else ""
    return text[: wish.start] + written + gap + rest, wish.start + len(written) + len(gap)

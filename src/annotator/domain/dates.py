"""Dates as they are kept: ISO 8601, whole or only as far as they are known."""

from __future__ import annotations

import re
from datetime import date, datetime

from annotator.domain.errors import UserError

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_WRITTEN = tuple(
    re.compile(form)
    for form in (
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<year>\d{{4}})",
        rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
        rf"{_MONTH},?\s+(?P<year>\d{{4}})",
    )
)
_PARTIAL = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")


def is_date(text: str) -> bool:
    """Whether a text is a year, a month, a day or a time of a day: 2017, 2017-08, 2017-08-24, with T14:30."""
    if _PARTIAL.fullmatch(text):
        return True
    if not re.match(r"\d{4}-\d{2}-\d{2}", text):
        return False
    try:
        if len(text) == 10:
            date.fromisoformat(text)
        else:
            datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def normalised(text: str) -> str:
    """A date as it is kept, or an interval of two of them: 2017-08-14, 2012-06/2015-12.

    Reads English dates too, such as "14 August 2017". Raises UserError("date-none")
    for anything else, and "date-turned-round" for an interval that ends before it begins.
    """
    ends = [_one(part.strip()) for part in text.split("/")]
    if None in ends or len(ends) > 2:
        raise UserError("date-none", date=text)
    found = [end for end in ends if end is not None]
    if len(found) == 2:
        known = min(map(len, found))
        if found[1][:known] < found[0][:known]:
            raise UserError("date-turned-round", date=text)
    return "/".join(found)


def _one(text: str) -> str | None:
    if is_date(text):
        return text
    for form in _WRITTEN:
        match = form.fullmatch(text)
        if match is None or match["month"][:3].lower() not in _MONTHS:
            continue
        month = _MONTHS.index(match["month"][:3].lower()) + 1
        day = match.groupdict().get("day")
        written = f"{match['year']}-{month:02}" + (f"-{int(day):02}" if day else "")
        return written if is_date(written) else None
    return None

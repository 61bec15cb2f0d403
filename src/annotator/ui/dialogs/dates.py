"""Dates as they are kept: ISO 8601, whole or only as far as they are known."""

from __future__ import annotations

import re
from datetime import date, datetime

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

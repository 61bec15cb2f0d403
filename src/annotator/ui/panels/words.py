"""The names of what the project holds as ids: states, stances, kinds; and times as people say them."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from annotator.domain.scheme import Scheme
from annotator.domain.scheme_rows import given_name

translate = QCoreApplication.translate


def status_name(status: str) -> str:
    """How far the reading of an article is."""
    names = {
        "new": translate("Words", "new"),
        "reading": translate("Words", "reading"),
        "done": translate("Words", "done"),
    }
    return names.get(status, status)


def mark_status_name(status: str) -> str:
    """How far the work on a mark is."""
    names = {
        "open": translate("Words", "open"),
        "checked": translate("Words", "checked"),
        "final": translate("Words", "final"),
    }
    return names.get(status, status)


def stance_name(stance: str) -> str:
    """What a mark does to a claim."""
    names = {
        "support": translate("Words", "asserts"),
        "deny": translate("Words", "denies"),
        "query": translate("Words", "asks"),
        "comment": translate("Words", "comments"),
        "silence": translate("Words", "gives no comment"),
    }
    return names.get(stance, stance)


def kind_name(scheme: Scheme, kind: str) -> str:
    """A kind of source, as the scheme calls it or in the language of the window."""
    names = {
        "person": translate("Words", "person"),
        "organisation": translate("Words", "organisation"),
        "state": translate("Words", "state"),
        "outlet": translate("Words", "outlet"),
        "document": translate("Words", "document"),
        "group": translate("Words", "group"),
        "anonymous": translate("Words", "anonymous"),
        "unknown": translate("Words", "unknown"),
    }
    return given_name(scheme, "source_kinds", kind) or names.get(kind, value_name(kind))


def region_name(scheme: Scheme, kind: str) -> str:
    """What a part of an article is that is no running text."""
    return given_name(scheme, "region_kinds", kind) or value_name(kind)


def flag_name(scheme: Scheme, flag: str) -> str:
    """What is noted of a mark by a tick."""
    names = {
        "unclear_attribution": translate("Words", "Source unclear"),
        "unclear_target": translate("Words", "Target unclear"),
        "implicit_source": translate("Words", "Source implicit"),
    }
    return given_name(scheme, "flags", flag) or names.get(flag, value_name(flag))


def value_name(value: str) -> str:
    """A value of a scheme as words: the id with spaces, since schemes bring ids only."""
    return value.replace("_", " ")


def local_time(at: str | None, now: datetime | None = None) -> str:
    """A UTC time as this place says it: the time alone today, otherwise the date with it.

    at: ISO 8601; anything else is given back as it is.
    """
    try:
        moment = datetime.fromisoformat((at or "").replace("Z", "+00:00"))
    except ValueError:
        return at or ""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    stamp = QDateTime.fromMSecsSinceEpoch(int(moment.timestamp() * 1000))
    today = QDateTime.fromMSecsSinceEpoch(int((now or datetime.now(UTC)).timestamp() * 1000)).date()
    clock = QLocale().toString(stamp.time(), QLocale.FormatType.ShortFormat)
    if stamp.date() == today:
        return clock
    if stamp.date().daysTo(today) == 1:
        return translate("Words", "yesterday {time}").format(time=clock)
    return f"{QLocale().toString(stamp.date(), QLocale.FormatType.ShortFormat)} {clock}"


def count_of_marks(number: int) -> str:
    """How many marks, in words."""
    if number == 1:
        return translate("Words", "%n mark", "", number)
    return translate("Words", "{count} marks").format(count=f"{number:,}")


def counted(one: str, many: str, number: int) -> str:
    """A number of things in words; `%n` stands for it."""
    return translate("Words", one if number == 1 else many).replace("%n", f"{number:,}")


def count_of_links(number: int) -> str:
    """How many links, in words."""
    if number == 1:
        return translate("Words", "%n link", "", number)
    return translate("Words", "{count} links").format(count=f"{number:,}")


def plain(text: str) -> str:
    """A name as it is compared: without case, width and superfluous blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())

"""Names of a text without the titles before them: “Deputy Secretary Anna Bell” is Anna Bell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from annotator.domain.naming import names_called
from annotator.domain.speakers import name_words


class Introduced(NamedTuple):
    """A name, and the role that the titles before it say; both as they are written."""

    name: str
    role: str | None = None


def parted(run: str) -> Introduced:
    """A run of capitalised words as a person's name and role; any other run is all name.

    Two words of a name must be left: “Prince Harry” is not called Harry.
    """
    words = name_words()
    name, titles = words.split(run)
    if not titles or len(name) < 2 or not words.organisations.isdisjoint(name):
        return Introduced(run)
    return Introduced(" ".join(name), words.role(titles))


def without_titles(runs: Iterable[str]) -> list[str]:
    """The names in runs of capitalised words, each once, in their order."""
    return list(dict.fromkeys(parted(run).name for run in runs))


def role_of(text: str, name: str, near: int) -> str | None:
    """The role a text gives with a name, where that is said closest to `near`."""
    known = (parted(run) for run in names_called(text, name, near))
    return next((one.role for one in known if one.name == name and one.role), None)

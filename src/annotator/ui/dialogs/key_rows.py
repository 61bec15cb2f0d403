"""Every key with what it does, from the actions table and a scheme: for the page of keys and the manual."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from annotator.domain.scheme import Scheme
from annotator.ui.actions import ACTIONS, HELD_ONLY, MENUS, SELECTING_ONLY, Action
from annotator.ui.menus import shown_key

translate = QCoreApplication.translate


class Named(Protocol):
    """A label or a kind of link of a scheme."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class KeyRow:
    """One thing the program can do, in words.

    group: the menu it is in; keys: as people read them, all that do it; where: when they do.
    """

    group: str
    words: str
    keys: tuple[str, ...]
    where: str


def key_rows(scheme: Scheme) -> list[KeyRow]:
    """All rows in the order of the menus, those of the scheme after the ones they belong to."""
    rows: list[KeyRow] = []
    for menu, words in MENUS:
        group = translate("Actions", words).replace("&", "")
        rows += [_row(group, action) for action in ACTIONS if action.menu == menu]
        if menu == "select":
            rows += _moves(group)
        elif menu == "mark":
            rows += _labels(group, scheme)
        elif menu == "link":
            rows += _link_kinds(group, scheme)
    return rows


def matching(rows: Iterable[KeyRow], words: str) -> list[KeyRow]:
    """Rows that hold every word in any of their parts."""
    wanted = words.casefold().split()

    def text(row: KeyRow) -> str:
        return " ".join((row.group, row.words, *row.keys, row.where)).casefold()

    return [row for row in rows if all(word in text(row) for word in wanted)]


def _row(group: str, action: Action) -> KeyRow:
    words = action.text.rstrip("…")
    return KeyRow(group, words, tuple(map(shown_key, action.keys)), _where(action))


def _where(action: Action) -> str:
    if not action.in_text:
        return translate("Keys", "anywhere")
    if action.id in HELD_ONLY:
        return translate("Keys", "in the text, with a mark in hand")
    if action.id in SELECTING_ONLY:
        return translate("Keys", "in the text, with a selection or the caret")
    return translate("Keys", "in the text")


def _moves(group: str) -> Iterator[KeyRow]:
    where = translate("Keys", "in the text")
    for words, keys in (
        (translate("Keys", "Move the caret by character and line"), ("←", "→", "↑", "↓")),
        (translate("Keys", "By word and paragraph"), ("Ctrl+←", "Ctrl+→", "Ctrl+↑", "Ctrl+↓")),
        (translate("Keys", "Select while moving"), ("Shift+←", "Ctrl+Shift+←", "…")),
        (translate("Keys", "Leave one state: popup, mode, selection, mark"), ("Esc",)),
    ):
        yield KeyRow(group, words, keys, where)


def _labels(group: str, scheme: Scheme) -> Iterator[KeyRow]:
    words = translate("Keys", "{name}: a new mark, or another label for the mark in hand")
    yield from _of_scheme(group, words, scheme.labels.values(), scheme, translate("Keys", "in the text"))


def _link_kinds(group: str, scheme: Scheme) -> Iterator[KeyRow]:
    words = translate("Keys", "Link: {name}; with Shift from the other end")
    where = translate("Keys", "in the text, with a mark in hand")
    yield from _of_scheme(group, words, scheme.link_kinds.values(), scheme, where)


def _of_scheme(
    group: str, words: str, named: Iterable[Named], scheme: Scheme, where: str
) -> Iterator[KeyRow]:
    for one in named:
        if key := scheme.keys.get(one.id):
            yield KeyRow(group, words.format(name=one.name), (shown_key(key),), where)

"""What filters of lists mean: case does not count, in any alphabet, and no character is special.

Names, titles, dates, tags, notes and the sentences of claims hold what was typed
anywhere. In the words of a text it is found from the beginning of a word on, for
only so does an index find it among a million marks; every CJK character begins a word.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotator.domain.handles import parse_handle
from annotator.store.json_columns import dump
from annotator.store.search import match_expression, phrase_expression
from annotator.store.store import Store

FEW = 1000
"""So many rows are found first and sorted afterwards; for more, a list is walked in its order."""
_LONGEST_PATTERN = 1000


def parameters(text: str) -> dict[str, Any]:
    """What the conditions here name: the words folded, as a pattern, as a handle, for the index."""
    pattern = "".join(f"\\{char}" if char in "%_\\" else char for char in text)
    return {
        "text": text.casefold(),
        "like": f"%{pattern}%",
        "match": match_expression(text, beginning=True),
        "phrase": phrase_expression(text),
    }


def holds(text: str, *columns: str) -> str:
    """A condition: one of the columns holds the words.

    SQLite knows the case of ASCII letters, which is ten times as fast as asking Python; these
    stand for themselves alone ("strasse" does not find "Straße", which "straße" does).
    """
    is_plain = text.isascii() and len(text) < _LONGEST_PATTERN
    fold = "{} LIKE :like ESCAPE '\\'" if is_plain else "instr(folded({}), :text)"
    return f"({' OR '.join(fold.format(column) for column in columns)})"


def few(store: Store, expression: str, found: str, values: Mapping[str, Any]) -> str | None:
    """The places a statement finds, as a JSON list; None where there are more than `FEW`.

    expression: what the statement asks the index of texts for, to be told at once how much that is.
    Of words in one text of four or more, a walk has a page full sooner than all can be gathered.
    """
    if expression:
        in_texts = f"SELECT 1 FROM main.content_search WHERE content_search MATCH ? LIMIT {FEW + 1}"
        texts = len(store.query(in_texts, (expression,)))
        (last,) = store.query("SELECT max(id) FROM main.content")[0]
        if texts > FEW or texts * 4 > (last or 0):
            return None
    rows = store.query(f"SELECT * FROM ({found}) LIMIT {FEW + 1}", values)
    return dump([row[0] for row in rows]) if len(rows) <= FEW else None


def number(table: str, text: str) -> int:
    """The number in a handle of a table (M41); 0 where the words are none."""
    found = parse_handle(text)
    return found[1] if found and found[0] == table else 0


def ordered(key: str, rest: str, descending: bool) -> str:
    """The ORDER BY terms of a list; rows without a value come last either way."""
    return f"{key}{' DESC' if descending else ''} NULLS LAST, {rest}"

"""What filters of lists mean: case does not count, in any alphabet, and no character is special."""

from __future__ import annotations

from typing import Any

from annotator.store.json_columns import dump


def words(text: str) -> dict[str, Any]:
    """The parameters that `holds` and `quotes_hold` use."""
    folded = text.casefold()
    return {"text": folded, "json": dump(folded)[1:-1]}


def holds(*columns: str) -> str:
    """A condition: one of the columns holds the words, or there are none."""
    return " OR ".join([":text = ''", *(f"instr(folded({column}), :text)" for column in columns)])


def quotes_hold(column: str) -> str:
    """A condition on a column with a list of texts."""
    return f"instr(folded({column}), :json)"


def ordered(key: str, rest: str, descending: bool) -> str:
    """The ORDER BY terms of a list; rows without a value come last either way."""
    return f"{key}{' DESC' if descending else ''} NULLS LAST, {rest}"

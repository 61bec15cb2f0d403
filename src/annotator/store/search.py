"""Words found in texts: what the full-text index is asked for, and what holds them as a reader sees it.

The index breaks text at spaces, so every CJK character gets spaces around it
when it is indexed, and a run of them is asked for as a phrase.
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata

_CJK = "([\u2e80-\u2fff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
"""Not compiled here: that takes longer than all other expressions of the start together."""
_WORDS = re.compile(r'"([^"]*)"|(\S+)')


def indexed(text: str) -> str:
    """A text as the index gets it."""
    return text if text.isascii() else " ".join(re.split(_CJK, text))


def match_expression(words: str, beginning: bool = False) -> str:
    """An FTS5 expression for words as typed: all of them, quoted ones as phrases, no operators.

    beginning: the last word may be only the beginning of one, as while typing; its first
    letter alone is not yet asked for. Empty where there is no word.
    """
    phrases = [tokens for quoted, plain in _WORDS.findall(words) if (tokens := _tokens(quoted or plain))]
    is_open = beginning and not words.rstrip().endswith('"')
    if is_open and phrases:
        phrases[-1] = _without_lone_letter(phrases[-1])
    expression = " AND ".join(f'"{" ".join(tokens)}"' for tokens in phrases if tokens)
    return expression + (" *" if is_open and phrases and _goes_on(phrases[-1]) else "")


def phrase_expression(words: str) -> str:
    """An FTS5 expression that finds all texts in which words follow one another, the last maybe unfinished.

    Empty where the index is of no help.
    """
    tokens = _without_lone_letter(_tokens(words))
    return f'"{" ".join(tokens)}"{" *" if _goes_on(tokens) else ""}' if tokens else ""


def _tokens(words: str) -> list[str]:
    return re.findall(r"[^\W_]+", indexed(words))


def _without_lone_letter(tokens: list[str]) -> list[str]:
    """So many words begin with one letter that gathering them takes long."""
    is_lone = tokens and len(tokens[-1]) == 1 and not re.match(_CJK, tokens[-1])
    return tokens[:-1] if is_lone else tokens


def _goes_on(tokens: list[str]) -> bool:
    return bool(tokens) and len(tokens[-1]) > 1


def teach(connection: sqlite3.Connection) -> None:
    """Give a connection the functions that conditions of lists use."""
    connection.create_function("folded", 1, folded, deterministic=True)
    connection.create_function("quoting", 2, quoting, deterministic=True)
    connection.create_function("holding", 2, holding, deterministic=True)
    connection.create_function("below", 2, below, deterministic=True)


def folded(text: object) -> str | None:
    """A text without upper and lower case, in any alphabet."""
    return text.casefold() if isinstance(text, str) else None


def quoting(quotes: str, words: str) -> bool:
    """Whether one of the quotes (JSON) holds folded words, from the beginning of a word on."""
    if "\\" not in quotes and '"' not in words and words not in "[,]":
        return _begins(quotes.casefold(), words)  # as they stand, which most do; nothing else is between
    return any(_begins(quote.casefold(), words) for quote in json.loads(quotes))


def holding(text: object, words: str) -> bool:
    """Whether a text holds words as a reader sees them; no words are in every text."""
    from annotator.domain.fold import Finder

    return isinstance(text, str) and (not words.strip() or Finder(text).find(words) is not None)


def below(value: object, other: object) -> bool | None:
    """Whether a value is less than another one, as numbers where both are; None where one is missing."""
    if value is None or other is None:
        return None
    first, second = _number(value), _number(other)
    return first < second if first is not None and second is not None else str(value) < str(other)


def _number(value: object) -> float | None:
    try:
        return float(str(value))
    except ValueError:
        return None


def _begins(text: str, words: str) -> bool:
    at = text.find(words)
    while at > 0 and _is_inside(text, at):
        at = text.find(words, at + 1)
    return at >= 0


def _is_inside(text: str, at: int) -> bool:
    """Whether a word goes on at an offset; every CJK character begins one."""
    return (
        text[at].isalnum()
        and (text[at - 1].isalnum() or unicodedata.category(text[at - 1])[0] == "M")
        and not re.match(_CJK, text[at])
        and not re.match(_CJK, text[at - 1])
    )

"""Full-text search in which two CJK characters are found like any word.

The index breaks text at spaces, so every CJK character gets spaces around it
when it is indexed, and a run of them is asked for as a phrase.
"""

from __future__ import annotations

import re

_CJK = "([\u2e80-\u2fff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
_WORDS = r'"([^"]*)"|(\S+)'


def indexed(text: str) -> str:
    """A text as the index gets it."""
    return text if text.isascii() else re.sub(_CJK, r" \1 ", text)


def match_expression(words: str, beginning: bool = False) -> str:
    """An FTS5 expression for words as typed: all of them, quoted ones as phrases, no operators.

    beginning: the last word may be only the beginning of one, as while typing.
    Empty where there is no word.
    """
    parts = []
    for quoted, plain in re.findall(_WORDS, words):
        tokens = re.findall(r"\w+", indexed(quoted or plain))
        if tokens:
            parts.append('"' + " ".join(tokens) + '"')
    is_open = beginning and parts and not words.rstrip().endswith('"')
    return " AND ".join(parts) + (" *" if is_open else "")

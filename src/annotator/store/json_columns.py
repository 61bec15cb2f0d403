"""Values in columns of JSON text."""

from __future__ import annotations

import json
from collections.abc import Collection
from json.encoder import encode_basestring
from json.scanner import make_scanner
from operator import index
from typing import Any

from annotator.domain.spans import Span


def dump(value: Any) -> str:
    """A value as JSON text in the form all columns use: no spaces, nothing escaped that need not be."""
    return _encode(value)


# One encoder for all: json.dumps makes a new one for every value.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def load(text: str) -> Any:
    """The value of a JSON text; without the layers of json.loads, which cost more than a short text."""
    try:
        value, end = _scan(text, 0)
    except (ValueError, StopIteration):
        end = 0
    return value if end == len(text) else json.loads(text)


_scan = make_scanner(json.JSONDecoder())  # type: ignore[arg-type]  # takes what has its settings


def dump_spans(spans: Collection[tuple[int, int]]) -> str:
    """Spans in the form of `dump`."""
    return f"[{','.join([f'[{start},{end}]' for start, end in spans])}]" if spans else "[]"


def dump_names(texts: Collection[str]) -> str:
    """Texts in the form of `dump`."""
    return f"[{','.join([encode_basestring(text) for text in texts])}]" if texts else "[]"


def spans_of(text: str) -> tuple[Span, ...]:
    """Spans from a JSON column."""
    if text == "[]":  # parsing these, which most are, would cost more than all others
        return ()
    pieces = load(text)
    if len(pieces) == 1:  # as most marks have; a list of one takes as long again
        [(start, end)] = pieces
        return (_span(Span, (index(start), index(end))),)
    return tuple([_span(Span, (index(start), index(end))) for start, end in pieces])


_span = tuple.__new__  # what Span() calls, by way of a function in Python

"""The form of a scheme line: which fields hold texts, lists and objects.

`domain.scheme` asks whether they make sense together; here nothing is known of their meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from annotator.domain.errors import UserError

LARGEST = 2**31 - 1
"""The largest number of a version."""


class Form(NamedTuple):
    """A kind of value: what to call it where another one is found, and how it is known."""

    name: str
    fits: Callable[[Any], bool]


def _is_names(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value)


_TEXT = Form("a text", lambda value: isinstance(value, str))
_YES_NO = Form("true or false", lambda value: isinstance(value, bool))
_NAMES = Form("a list of texts", _is_names)
_TEXT_OR_NULL = Form("a text or null", lambda value: value is None or isinstance(value, str))
_NAMES_OR_NULL = Form("a list of texts, or null", lambda value: value is None or _is_names(value))
_DEFAULT = Form(
    "a text, a list of texts, or null",
    lambda value: value is None or isinstance(value, str) or _is_names(value),
)
_VERSION = Form(
    "a whole number that is not negative",
    lambda value: isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST,
)
_OBJECT = Form("an object", lambda value: isinstance(value, Mapping))

_WORDS = tuple(
    f"{one}_{of}" for one in ("source_kind", "region_kind", "flag") for of in ("names", "codebook")
)
_FIELDS: Mapping[str, Form] = {
    "version": _VERSION,
    "source_kinds": _NAMES,
    "region_kinds": _NAMES,
    "flags": _NAMES,
    "preset": _TEXT,
    "presets": _OBJECT,
    "colours": _OBJECT,
    "keys": _OBJECT,
    **dict.fromkeys(_WORDS, _OBJECT),
}
_ROWS: Mapping[str, Mapping[str, Form]] = {
    "labels": {
        "name": _TEXT,
        "letter": _TEXT,
        "stance": _TEXT_OR_NULL,
        "layer": _YES_NO,
        "codebook": _TEXT,
        "since": _VERSION,
        "parent": _TEXT_OR_NULL,
    },
    "attributes": {
        "name": _TEXT,
        "codebook": _TEXT,
        "since": _VERSION,
        "value_names": _OBJECT,
        "on": _NAMES_OR_NULL,
        "values": _NAMES_OR_NULL,
        "default": _DEFAULT,
        "several": _YES_NO,
        "computed": _YES_NO,
    },
    "link_kinds": {
        "name": _TEXT,
        "passive": _TEXT,
        "codebook": _TEXT,
        "since": _VERSION,
        "from": _NAMES_OR_NULL,
        "to": _NAMES_OR_NULL,
        "symmetric": _YES_NO,
        "how": _NAMES,
    },
    "proposition_link_kinds": {"name": _TEXT, "codebook": _TEXT, "since": _VERSION, "symmetric": _YES_NO},
}
_SHOWN = ("labels", "attributes", "link_kinds", "judgements", "flags")


def check_form(data: Mapping[str, Any]) -> None:
    """Raise UserError where a field of a scheme holds something of another kind.

    "scheme-not-a-list" (field), "scheme-without-id" (field, row), "scheme-duplicate-id"
    (field, id) or "scheme-wrong-value" (place, expected).
    """
    for field, forms in _ROWS.items():
        rows = data.get(field, [])
        _check_ids(field, rows)
        for number, row in enumerate(rows):
            _check(row, forms, f"{field}[{number}].")
    _check(data, _FIELDS, "")
    for name, preset in data.get("presets", {}).items():
        _check({name: preset}, {name: _OBJECT}, "presets.")
        _check(preset, dict.fromkeys(_SHOWN, _NAMES_OR_NULL), f"presets.{name}.")
    for number, row in enumerate(data.get("attributes", ())):
        names = row.get("value_names", {})
        _check(names, dict.fromkeys(names, _TEXT), f"attributes[{number}].value_names.")
    for field in ("colours", "keys", *_WORDS):
        values = data.get(field, {})
        _check(values, dict.fromkeys(values, _TEXT), f"{field}.")


def _check(values: Mapping[str, Any], forms: Mapping[str, Form], place: str) -> None:
    for name, form in forms.items():
        if name in values and not form.fits(values[name]):
            raise UserError("scheme-wrong-value", place=f"{place}{name}", expected=form.name)


def _check_ids(field: str, rows: Any) -> None:
    if not isinstance(rows, (list, tuple)):
        raise UserError("scheme-not-a-list", field=field)
    seen: set[str] = set()
    for number, row_id in enumerate(_ids(rows)):
        if not isinstance(row_id, str) or not row_id:
            raise UserError("scheme-without-id", field=field, row=number)
        if row_id in seen:
            raise UserError("scheme-duplicate-id", field=field, id=row_id)
        seen.add(row_id)


def _ids(rows: Any) -> Iterator[Any]:
    for row in rows:
        yield row.get("id") if isinstance(row, Mapping) else None

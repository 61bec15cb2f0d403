"""Changes of attributes and their values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from annotator.domain.errors import UserError
from annotator.domain.scheme import Scheme
from annotator.domain.scheme_changes import (
    AttributeRemoval,
    Draft,
    SchemeChange,
    ValueMove,
    ValuesLeft,
    named,
    new_id,
)


def add_attribute(
    scheme: Scheme, name: str, labels: Sequence[str] | None = None, values: Sequence[str] | None = None
) -> SchemeChange:
    """A new attribute on marks with these labels, None means all; without values it takes free text."""
    draft = Draft(scheme)
    words = named(scheme, "attributes", name)
    row: dict[str, Any] = {"id": new_id(words, scheme.attributes), "name": words}
    row["on"] = None if labels is None else list(labels)
    row["values"] = None
    if values is not None:
        row["values"] = []
        for value in values:
            _add(row, value)
    draft.add("attributes", row)
    return draft.change("add-attribute", title=words)


def delete_attribute(scheme: Scheme, attribute: str) -> SchemeChange:
    """Take away an attribute, with the values that marks have of it."""
    draft = Draft(scheme)
    name = draft.row("attributes", attribute).get("name", attribute)
    draft.drop("attributes", attribute)
    change = draft.change("delete-attribute", title=name)
    return replace(change, moves=(AttributeRemoval(attribute),))


def set_labels(scheme: Scheme, attribute: str, labels: Sequence[str] | None) -> SchemeChange:
    """Say which labels an attribute is for; values of other marks stay, unseen."""
    draft = Draft(scheme)
    row = draft.row("attributes", attribute)
    row["on"] = None if labels is None else [label for label in scheme.labels if label in labels]
    draft.define()
    return _changed(draft, row)


def set_default(scheme: Scheme, attribute: str, values: Sequence[str]) -> SchemeChange:
    """Say what new marks start with; nothing, where no value is given. Marks that are there stay."""
    draft = Draft(scheme)
    row = draft.row("attributes", attribute)
    for value in values:
        _require(row, value)
    row["default"] = (list(values) if row.get("several") else values[0]) if values else None
    return _changed(draft, row)


def add_value(scheme: Scheme, attribute: str, name: str) -> SchemeChange:
    """One more value. The first one ends free text, as long as no mark has any. Raises "scheme-name-..."."""
    draft = Draft(scheme)
    row = draft.row("attributes", attribute)
    was_free = row.get("values") is None
    row["values"] = list(row.get("values") or ())
    _add(row, name)
    draft.define()
    demands = (ValuesLeft(attribute, tuple(row["values"])),) if was_free else ()
    return replace(_changed(draft, row), demands=demands)


def rename_value(scheme: Scheme, attribute: str, value: str, name: str) -> SchemeChange:
    """Call a value otherwise; what marks hold stays."""
    draft = Draft(scheme)
    row = draft.row("attributes", attribute)
    _require(row, value)
    words = _named_value(row, name, value)
    old = scheme.attributes[attribute].value_name(value)
    row["value_names"] = {**row.get("value_names", {}), value: words}
    return draft.change("rename-in-scheme", old=old, new=words)


def reorder_value(scheme: Scheme, attribute: str, value: str, place: int) -> SchemeChange:
    """Put a value at a place of its list, counted from 0."""
    draft = Draft(scheme)
    row = draft.row("attributes", attribute)
    _require(row, value)
    values = [one for one in row["values"] if one != value]
    values.insert(max(0, min(place, len(values))), value)
    row["values"] = values
    return draft.change("reorder-scheme", title=row.get("name", attribute))


def merge_values(scheme: Scheme, attribute: str, old: str, new: str) -> SchemeChange:
    """Let marks that have one value have another one, and take the first away."""
    row_before = scheme.attributes[attribute]
    if old == new:
        raise UserError("scheme-merge-itself", name=row_before.value_name(old))
    draft = Draft(scheme)
    row = draft.row("attributes", attribute)
    _require(row, new)
    _drop_value(draft, row, old, new)
    change = draft.change("merge-values", old=row_before.value_name(old), new=row_before.value_name(new))
    return replace(change, moves=(ValueMove(attribute, old, new),))


def delete_value(scheme: Scheme, attribute: str, value: str) -> SchemeChange:
    """Take a value away; marks that have it get the default of their label.

    Raises UserError("scheme-value-default") for the default itself, "scheme-last-value" for the only one.
    """
    draft = Draft(scheme)
    row = draft.row("attributes", attribute)
    name = scheme.attributes[attribute].value_name(value)
    default = row.get("default")
    if value in (default if isinstance(default, list) else [default]):
        raise UserError("scheme-value-default", attribute=row.get("name", attribute), value=name)
    _drop_value(draft, row, value, None)
    change = draft.change("delete-value", title=name)
    return replace(change, moves=(ValueMove(attribute, value, None),))


def _changed(draft: Draft, row: dict[str, Any]) -> SchemeChange:
    return draft.change(
        "define-in-scheme", title=row.get("name", row["id"]), version=draft.data.get("version", 1)
    )


def _add(row: dict[str, Any], name: str) -> None:
    words = _named_value(row, name, None)
    value = new_id(words, row["values"])
    row["values"].append(value)
    if value.replace("_", " ") != words:
        row["value_names"] = {**row.get("value_names", {}), value: words}


def _named_value(row: dict[str, Any], name: str, value: str | None) -> str:
    words = " ".join(name.split())
    if not words:
        raise UserError("scheme-name-missing")
    names = row.get("value_names", {})
    others = [names.get(one, one.replace("_", " ")) for one in row["values"] if one != value]
    if words.casefold() in (one.casefold() for one in others):
        raise UserError("scheme-name-taken", name=words)
    return words


def _drop_value(draft: Draft, row: dict[str, Any], old: str, new: str | None) -> None:
    _require(row, old)
    if len(row["values"]) == 1:
        raise UserError("scheme-last-value", attribute=row.get("name", row["id"]), value=old)
    row["values"] = [value for value in row["values"] if value != old]
    names = {value: name for value, name in row.get("value_names", {}).items() if value != old}
    if "value_names" in row:
        row["value_names"] = names
    default = row.get("default")
    if isinstance(default, list):
        row["default"] = list(dict.fromkeys(new if one == old else one for one in default))
    elif default == old:
        row["default"] = new
    draft.define()


def _require(row: dict[str, Any], value: str) -> None:
    if value not in (row.get("values") or ()):
        name = row.get("name", row["id"])
        raise UserError("attribute-value-unknown", attribute=name, value=value, values=row.get("values"))

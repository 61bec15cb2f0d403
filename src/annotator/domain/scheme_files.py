"""Changes of a scheme by another one that comes from a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotator.domain.errors import UserError
from annotator.domain.scheme import NAMED, Scheme
from annotator.domain.scheme_changes import (
    AttributesLeft,
    Demand,
    EndsLeft,
    KindsLeft,
    LabelsLeft,
    NamesLeft,
    SchemeChange,
    ValuesLeft,
)
from annotator.domain.scheme_form import check_form
from annotator.domain.scheme_names import CLAIM_LINKS
from annotator.domain.scheme_rows import Row, beside, rows_of
from annotator.domain.scheme_signs import KEYS, free_letter

DEFINED = ("labels", "attributes", "link_kinds")
"""Groups whose rows keep since which version they have their definition."""


def check_file(data: Mapping[str, Any]) -> None:
    """Refuse what a scheme of a file asks for and no project does: it would be passed over in silence.

    Raises UserError("scheme-key-unfit") or "scheme-default-unknown", and what `check_form` raises.
    """
    check_form(data)
    for key in data.get("keys", {}).values():
        if key not in tuple(KEYS):
            raise UserError("scheme-key-unfit", key=key)
    for row in data.get("attributes", ()):
        default, values = row.get("default"), row.get("values")
        for value in [default] if isinstance(default, str) else default or ():
            if values is not None and value not in values:
                raise UserError("scheme-default-unknown", attribute=row["id"], value=value, values=values)


def replace_scheme(scheme: Scheme, data: Mapping[str, Any]) -> SchemeChange:
    """Take another scheme instead, as long as it has all that is in use. Its version is a later one.

    Raises UserError("scheme-...") for what is wrong in it, such as two labels with one colour.
    """
    check_file(data)
    found = Scheme({**_lists_by_name(scheme), **data})
    version = max(found.version, scheme.version + 1)
    defined = {group: _defined(scheme, found, group, version) for group in DEFINED}
    whole = _with_signs(Scheme({**found.data, **defined, "version": version}), {})
    return SchemeChange(
        name="replace-scheme", scheme=whole, details={"version": version}, demands=_all_in_use(whole)
    )


def _lists_by_name(scheme: Scheme) -> dict[str, Any]:
    """What a scheme in use lists beside labels, attributes and links, for one that says nothing of it."""
    fields = [field for group in NAMED for field in (group, *beside(group))]
    return {field: scheme.data[field] for field in (*fields, CLAIM_LINKS) if field in scheme.data}


def _defined(scheme: Scheme, found: Scheme, group: str, version: int) -> list[Row]:
    """The rows of a group; those that the scheme in use defines otherwise are defined since the version."""
    known = {row["id"]: row.get("codebook", "") for row in rows_of(scheme.data, group)}
    return [
        dict(row) if known.get(row["id"]) == row.get("codebook", "") else {**row, "since": version}
        for row in rows_of(found.data, group)
    ]


def merge_scheme(scheme: Scheme, data: Mapping[str, Any]) -> SchemeChange:
    """Add what another scheme brings; what is there already stays as it is.

    A sign that is taken is not given to a second label: it gets another letter and colour.
    """
    check_file(data)
    merged = scheme.merged({name: value for name, value in data.items() if name != "version"})
    if merged == scheme:
        return SchemeChange(name="add-to-scheme", scheme=scheme)
    version = scheme.version + 1
    whole = _with_signs(Scheme({**merged.data, "version": version}), scheme.labels)
    return SchemeChange(name="add-to-scheme", scheme=whole, details={"version": version})


def _with_signs(scheme: Scheme, known: Mapping[str, Any]) -> Scheme:
    """The scheme with a letter for each label that no other one has, and no colour twice.

    known: labels that keep their signs; others give way to them. Without any, a letter
    or colour that the scheme gives to two labels is refused.
    """
    letters = _letters(scheme, known)
    labels = [{**row, "letter": letters[row["id"]]} for row in scheme.data.get("labels", ())]
    return Scheme({**scheme.data, "labels": labels, "colours": _colours(scheme, known)})


def _letters(scheme: Scheme, known: Mapping[str, Any]) -> dict[str, str]:
    """A letter for each label; those that are given come before those that follow from a name."""
    given = {row["id"] for row in scheme.data.get("labels", ()) if "letter" in row}
    owners: dict[str, str] = {}
    letters: dict[str, str] = {}
    for label in sorted(scheme.labels.values(), key=lambda one: (one.id not in known, one.id not in given)):
        letter, folded = label.letter, label.letter.casefold()
        if folded in owners and label.id not in known:
            if label.id in given and not known:
                raise UserError("scheme-letter-taken", letter=letter, owner=owners[folded])
            letter = free_letter(letters.values(), label.name)
        owners.setdefault(letter.casefold(), label.name)
        letters[label.id] = letter
    return letters


def _colours(scheme: Scheme, known: Mapping[str, Any]) -> dict[str, str]:
    colours = {label: one for label, one in scheme.colours.items() if label in known}
    for label in (one for one in scheme.labels if one in scheme.colours and one not in known):
        colour = scheme.colours[label]
        owner = next((name for name, one in colours.items() if one == colour), None)
        if owner is None:
            colours[label] = colour
        elif not known:
            names = [scheme.labels[one].name for one in sorted((owner, label))]
            raise UserError("scheme-colour-twice", colour=colour, first=names[0], second=names[1])
    return colours


def _all_in_use(scheme: Scheme) -> tuple[Demand, ...]:
    found: list[Demand] = [
        LabelsLeft(tuple(scheme.labels)),
        KindsLeft(tuple(scheme.link_kinds)),
        AttributesLeft(tuple(scheme.attributes)),
    ]
    for kind in scheme.link_kinds.values():
        for side, ends in (("from", kind.origins), ("to", kind.targets)):
            if ends is not None:
                found.append(EndsLeft(kind.id, side, ends))
    found += [
        NamesLeft(group, tuple(row["id"] for row in rows_of(scheme.data, group)))
        for group in (*NAMED, CLAIM_LINKS)
    ]
    found += [ValuesLeft(row.id, row.values) for row in scheme.attributes.values() if row.values is not None]
    return tuple(found)

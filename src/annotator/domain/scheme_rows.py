"""The rows of any group of a scheme, also of those that the file lists by id alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotator.domain.scheme import NAMED, Scheme

Row = dict[str, Any]


def rows_of(data: Mapping[str, Any], group: str) -> list[Row]:
    """The rows of a group with at least an id, in order; changing them changes no list of ids.

    What the file lists by id alone has its names and definitions in two fields beside the
    list, such as `flag_names` and `flag_codebook`, as far as there are any.
    """
    if group not in NAMED:
        return list(data.get(group, ()))
    names, codebook = (data.get(field, {}) for field in beside(group))
    return [
        {"id": row_id, "name": names.get(row_id, plain(row_id)), "codebook": codebook.get(row_id, "")}
        for row_id in data.get(group, ())
    ]


def packed(data: Mapping[str, Any], group: str, rows: list[Row]) -> Row:
    """The fields that hold the rows of a group; what a row does not say by itself only is left out."""
    if group not in NAMED:
        return {group: rows}
    held = {
        group: [row["id"] for row in rows],
        beside(group)[0]: {row["id"]: row["name"] for row in rows if row["name"] != plain(row["id"])},
        beside(group)[1]: {row["id"]: row["codebook"] for row in rows if row.get("codebook")},
    }
    return {field: value for field, value in held.items() if value or field == group or field in data}


def beside(group: str) -> tuple[str, str]:
    """The fields of the names and of the definitions of a group that is listed by id."""
    one = group.removesuffix("s")
    return f"{one}_names", f"{one}_codebook"


def plain(row_id: str) -> str:
    """What a row is called that has no name of its own: its id as words."""
    return row_id.replace("_", " ")


def given_name(scheme: Scheme, group: str, row_id: str) -> str | None:
    """The name that the scheme gives to a flag, a kind of source or of region; None where it gives none."""
    name: str | None = scheme.data.get(beside(group)[0], {}).get(row_id)
    return name


def codebook_of(scheme: Scheme, group: str, row_id: str) -> str:
    """The definition of a flag, a kind of source or of region; empty where there is none."""
    return str(scheme.data.get(beside(group)[1], {}).get(row_id, ""))


def name_of(scheme: Scheme, group: str, row_id: str) -> str:
    """What a row of any group is called, also one the scheme does not know."""
    if group in NAMED:
        return given_name(scheme, group, row_id) or plain(row_id)
    found = (row.get("name", row_id) for row in scheme.data.get(group, ()) if row["id"] == row_id)
    return str(next(found, plain(row_id)))

"""Scales of judgement as data, which judgements are in force, and in which order values stand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from annotator.domain.errors import UserError
from annotator.domain.model import Judgement, Ref
from annotator.domain.resources import resource
from annotator.domain.scheme import Scheme
from annotator.domain.scheme_changes import Draft, SchemeChange

TARGETS = ("proposition", "mention", "source", "article")
"""What can be judged."""
EVIDENCE = "evidence"
"""The field of a judgement that names a mark or exhibit it judges as seen from its target."""


class Grade(NamedTuple):
    """A value of a scale. is_apart: it says that there is no judgement, and stands outside the order."""

    id: str
    name: str
    detail: str
    is_apart: bool


class Scale(NamedTuple):
    """What a judgement can say, best grade first; is_always: no preset leaves it out."""

    id: str
    name: str
    targets: tuple[str, ...]
    grades: tuple[Grade, ...]
    is_always: bool

    def grade(self, value: str) -> Grade | None:
        """The grade of a value, None where the scale has no such value."""
        return next((one for one in self.grades if one.id == value), None)

    def rank(self, value: str) -> int | None:
        """The place of a value among the grades that have an order, 0 the best; None for all others."""
        ordered = [one.id for one in self.grades if not one.is_apart]
        return ordered.index(value) if value in ordered else None

    @property
    def ordered(self) -> tuple[Grade, ...]:
        """The grades in the order they are offered: those that stand apart come last."""
        return tuple(sorted(self.grades, key=lambda one: one.is_apart))


def scales(scheme: Scheme) -> dict[str, Scale]:
    """All scales by id: those that come with the program, replaced and added to by `scales` of the scheme.

    Raises UserError("scale-malformed") where the scheme's own are none.
    """
    found = {row["id"]: _scale(row) for row in _default_rows()}
    own = scheme.data.get("scales", [])
    if not isinstance(own, list):
        raise UserError("scale-malformed", place="scales")
    for number, row in enumerate(own):
        found.update({scale.id: scale for scale in (_checked(row, f"scales[{number}]"),)})
    return found


def shown_scales(scheme: Scheme, table: str) -> tuple[Scale, ...]:
    """The scales on which a row of a table is judged under the project's preset."""
    switched = scheme.data.get("presets", {}).get(scheme.preset_name, {}).get("judgements")
    return tuple(
        one
        for one in scales(scheme).values()
        if table in one.targets and (one.is_always or switched is None or one.id in switched)
    )


def switchable(scheme: Scheme, table: str) -> tuple[Scale, ...]:
    """The scales for a table that the preset may show or leave out."""
    return tuple(one for one in scales(scheme).values() if table in one.targets and not one.is_always)


def switched(scheme: Scheme, scale: Scale, is_on: bool) -> SchemeChange:
    """The change that shows a scale in the project's preset, or leaves it out; what was judged stays."""
    draft = Draft(scheme)
    preset = draft.data.setdefault("presets", {}).setdefault(scheme.preset_name, {})
    shown = preset.get("judgements")
    listed = list(scales(scheme)) if shown is None else list(shown)
    preset["judgements"] = [one for one in listed if one != scale.id] + ([scale.id] if is_on else [])
    name = "show-in-preset" if is_on else "hide-in-preset"
    return draft.change(name, title=scale.name, preset=scheme.preset_name)


def check(scheme: Scheme, target: Ref, scale: str, value: str) -> None:
    """Raise UserError "scale-unknown", "scale-not-for" or "scale-value-unknown" for what cannot be said."""
    known = scales(scheme)
    if scale not in known:
        raise UserError("scale-unknown", scale=scale, scales=tuple(known))
    row = known[scale]
    if target.table not in row.targets:
        raise UserError("scale-not-for", scale=row.name, table=target.table, tables=row.targets)
    if row.grade(value) is None:
        raise UserError("scale-value-unknown", value=value, values=tuple(one.id for one in row.grades))


def is_of_evidence(judgement: Judgement) -> bool:
    """Whether it judges a piece of evidence in the light of its target, and not the target itself."""
    return EVIDENCE in judgement.extra


def newest_first(judgements: Iterable[Judgement]) -> list[Judgement]:
    """In the order of their times; of one time the one stored last comes first, undated ones last."""
    return sorted(judgements, key=lambda one: (one.at or "", one.id), reverse=True)


def in_force(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Of each target, scale and annotator the newest judgement, newest first."""
    found: dict[tuple[object, ...], Judgement] = {}
    for one in newest_first(judgements):
        seen = json.dumps(one.extra.get(EVIDENCE), sort_keys=True)
        found.setdefault((one.target, one.scale, one.annotator, seen), one)
    return list(found.values())


@lru_cache
def _default_rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(resource("scales", "default.json").read_text(encoding="utf-8"))
    return rows


def _checked(row: object, place: str) -> Scale:
    if not isinstance(row, Mapping) or not isinstance(row.get("id"), str) or not row["id"]:
        raise UserError("scale-malformed", place=place)
    targets, grades = row.get("on", []), row.get("values")
    if not isinstance(targets, list) or any(one not in TARGETS for one in targets):
        raise UserError("scale-malformed", place=f"{place}.on")
    if not isinstance(grades, list) or not grades:
        raise UserError("scale-malformed", place=f"{place}.values")
    for number, grade in enumerate(grades):
        if not isinstance(grade, Mapping) or not isinstance(grade.get("id"), str):
            raise UserError("scale-malformed", place=f"{place}.values[{number}]")
    if len({grade["id"] for grade in grades}) < len(grades):
        raise UserError("scale-malformed", place=f"{place}.values")
    return _scale(row)


def _scale(row: Mapping[str, Any]) -> Scale:
    grades = tuple(
        Grade(
            one["id"],
            str(one.get("name", one["id"].replace("_", " "))),
            str(one.get("detail", "")),
            one.get("apart") is True,
        )
        for one in row["values"]
    )
    name = str(row.get("name", row["id"].replace("_", " ")))
    return Scale(row["id"], name, tuple(row.get("on", ())), grades, row.get("always") is True)

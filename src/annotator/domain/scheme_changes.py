"""Changes of a scheme: what it becomes, and what the rows that use it need, so that none is orphaned.

Nothing here knows how much uses what: `store.edits.scheme` asks that, carries a
change out as one operation, and refuses it where something stands in its way.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from annotator.domain.errors import UserError
from annotator.domain.ids import MarkId
from annotator.domain.scheme import END_TABLES, Scheme
from annotator.domain.scheme_rows import Row, packed, rows_of


class Relabelling(NamedTuple):
    """Marks get another label: those named, or all that have the old one."""

    old: str
    new: str
    marks: tuple[MarkId, ...] | None = None


class KindMove(NamedTuple):
    """Links become links of another kind."""

    old: str
    new: str


class ValueMove(NamedTuple):
    """A value of marks becomes another one; None: the default of the mark's label, if it has one."""

    attribute: str
    old: str
    new: str | None


class AttributeRemoval(NamedTuple):
    """Marks lose the values of an attribute."""

    attribute: str


class NameMove(NamedTuple):
    """What has one flag, kind of source, of region or of link between claims gets another; None: no flag."""

    group: str
    old: str
    new: str | None


class Reversal(NamedTuple):
    """Of two links between claims of a kind that say the same in both directions one goes."""

    kind: str


class LabelsLeft(NamedTuple):
    """No mark may have another label than these."""

    labels: tuple[str, ...]


class KindsLeft(NamedTuple):
    """No link may be of another kind than these."""

    kinds: tuple[str, ...]


class EndsLeft(NamedTuple):
    """No link of a kind may have another end, on the side `from` or `to`, than these."""

    kind: str
    side: str
    ends: tuple[str, ...]


class AttributesLeft(NamedTuple):
    """No mark may have a value of another attribute than these."""

    attributes: tuple[str, ...]


class ValuesLeft(NamedTuple):
    """No mark may have another value of an attribute than these."""

    attribute: str
    values: tuple[str, ...]


class NamesLeft(NamedTuple):
    """Nothing may have another flag, kind of source, of region or of link between claims than these."""

    group: str
    names: tuple[str, ...]


Move = Relabelling | KindMove | ValueMove | AttributeRemoval | NameMove | Reversal
Demand = LabelsLeft | KindsLeft | EndsLeft | AttributesLeft | ValuesLeft | NamesLeft


@dataclass(frozen=True, kw_only=True)
class SchemeChange:
    """One change: the operation it is, the scheme afterwards, and what it means for the rows.

    moves: what happens to rows. demands: what must be true of them, or the change is refused.
    """

    name: str
    scheme: Scheme
    details: Mapping[str, Any] = field(default_factory=dict, hash=False)
    moves: tuple[Move, ...] = ()
    demands: tuple[Demand, ...] = ()

    @property
    def touches_rows(self) -> bool:
        """Whether rows beside the scheme's own are changed or asked about."""
        return bool(self.moves or self.demands)


class Draft:
    """The data of a scheme, copied to be changed; `done` checks them and makes the change."""

    def __init__(self, scheme: Scheme) -> None:
        self.before = scheme
        self.data: dict[str, Any] = deepcopy(scheme.data)
        self.presets: dict[str, dict[str, Any]] = self.data.setdefault("presets", {})
        self._rows: dict[str, list[Row]] = {}

    def rows(self, group: str) -> list[Row]:
        """The rows of a group, to be changed."""
        return self._rows.setdefault(group, rows_of(self.data, group))

    def row(self, group: str, row_id: str) -> dict[str, Any]:
        """One of these rows. Raises UserError("scheme-row-unknown")."""
        for row in self.rows(group):
            if row["id"] == row_id:
                return row
        raise UserError("scheme-row-unknown", field=group, id=row_id)

    def add(self, group: str, row: dict[str, Any], after: str | None = None) -> None:
        """Put a new row behind another one, or last, and show it where it can be used.

        That is in the project's preset, and in those that showed all there was.
        """
        rows = self.rows(group)
        ids = [one["id"] for one in rows]
        rows.insert(ids.index(after) + 1 if after in ids else len(rows), row)
        for name, preset in self.presets.items():
            listed = preset.get(group)
            if listed is not None and (name == self.before.preset_name or set(ids) <= set(listed)):
                preset[group] = [*listed, row["id"]]
        self.define(row)

    def drop(self, group: str, row_id: str, instead: str | None = None) -> None:
        """Take a row away; presets show the one that comes instead where they showed it."""
        self.rows(group).remove(self.row(group, row_id))
        for preset in self.presets.values():
            if preset.get(group) is not None:
                preset[group] = replaced(preset[group], row_id, instead)
        if group in ("labels", "link_kinds"):
            for table in ("colours", "keys"):
                self.data.get(table, {}).pop(row_id, None)
        self.define()

    def define(self, row: dict[str, Any] | None = None) -> None:
        """Note that the scheme now says something else; of a row, that it means something else since."""
        self.data["version"] = self.before.version + 1
        if row is not None:
            row["since"] = self.data["version"]

    def change(self, name: str, /, **details: Any) -> SchemeChange:
        """The change of the scheme alone. Raises UserError("scheme-...") for what does not fit together."""
        for group, rows in self._rows.items():
            self.data.update(packed(self.data, group, rows))
        return SchemeChange(name=name, scheme=Scheme(self.data), details=details)


def replaced(ids: Collection[str], old: str, new: str | None) -> list[str]:
    """A list in which another id stands in the place of one, once; None takes it out."""
    found = [new if one == old else one for one in ids]
    return list(dict.fromkeys(one for one in found if one is not None))


def named(scheme: Scheme, group: str, name: str, row_id: str | None = None) -> str:
    """A name, without superfluous blanks. Raises UserError where it is empty or another row has it."""
    words = " ".join(name.split())
    if not words:
        raise UserError("scheme-name-missing")
    for row in rows_of(scheme.data, group):
        if row["id"] != row_id and str(row.get("name", row["id"])).casefold() == words.casefold():
            raise UserError("scheme-name-taken", name=words)
    return words


def new_id(name: str, taken: Collection[str]) -> str:
    """An id for a new row that says what it was called at first; it stays when the name changes."""
    plain = re.sub(r"\W+", "_", name.casefold()).strip("_") or "new"
    found, number = plain, 1
    while found in taken or found in END_TABLES:
        number += 1
        found = f"{plain}_{number}"
    return found


def rename(scheme: Scheme, group: str, row_id: str, name: str) -> SchemeChange:
    """Call a row of any group otherwise; its id and all data stay."""
    draft = Draft(scheme)
    row = draft.row(group, row_id)
    old = row.get("name", row_id)
    row["name"] = named(scheme, group, name, row_id)
    return draft.change("rename-in-scheme", old=old, new=row["name"])


def set_codebook(
    scheme: Scheme, group: str, row_id: str, codebook: str, *, is_definition: bool = True
) -> SchemeChange:
    """Say what a row of any group means.

    is_definition: whether what was decided before needs a second look; a mended
    comma needs none.
    """
    draft = Draft(scheme)
    row = draft.row(group, row_id)
    row["codebook"] = codebook
    if is_definition:
        draft.define(row)
    return draft.change("define-in-scheme", title=row.get("name", row_id), version=draft.data["version"])


def reorder(scheme: Scheme, group: str, row_id: str, place: int) -> SchemeChange:
    """Put a row at a place of its group, counted from 0."""
    draft = Draft(scheme)
    row = draft.row(group, row_id)
    rows = draft.rows(group)
    rows.remove(row)
    rows.insert(max(0, min(place, len(rows))), row)
    return draft.change("reorder-scheme", title=row.get("name", row_id))


def show(scheme: Scheme, preset: str, group: str, row_id: str, *, is_shown: bool) -> SchemeChange:
    """Show or hide a row of a group in a preset; what is hidden keeps its data."""
    draft = Draft(scheme)
    title = draft.row(group, row_id).get("name", row_id)
    if preset not in scheme.data.get("presets", {}):
        raise UserError("preset-unknown", preset=preset, presets=sorted(scheme.data.get("presets", {})))
    every = [row["id"] for row in draft.rows(group)]
    row = draft.presets[preset]
    listed = row.get(group)
    shown = set(every if listed is None else listed) - {row_id} | ({row_id} if is_shown else set())
    row[group] = [one for one in every if one in shown]
    return draft.change("show-in-preset" if is_shown else "hide-in-preset", title=title, preset=preset)


def add_preset(scheme: Scheme, name: str, like: str) -> SchemeChange:
    """A preset of another name that shows what an existing one does. Raises UserError("scheme-name-...")."""
    draft = Draft(scheme)
    words = " ".join(name.split())
    if not words:
        raise UserError("scheme-name-missing")
    if words.casefold() in {one.casefold() for one in draft.presets}:
        raise UserError("scheme-name-taken", name=words)
    draft.presets[words] = deepcopy(draft.presets.get(like, {}))
    return draft.change("add-preset", preset=words)


def delete_preset(scheme: Scheme, name: str) -> SchemeChange:
    """Take a preset away. Raises UserError("scheme-preset-in-use") for the one the project works with."""
    if name == scheme.preset_name:
        raise UserError("scheme-preset-in-use", preset=name)
    draft = Draft(scheme)
    draft.presets.pop(name, None)
    return draft.change("delete-preset", preset=name)

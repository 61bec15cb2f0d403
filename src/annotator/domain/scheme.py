"""The scheme: labels, attributes, link kinds and their ends, as versioned data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from annotator.domain.errors import UserError
from annotator.domain.resources import resource
from annotator.domain.scheme_form import check_form

FIELDS = (
    "version",
    "labels",
    "attributes",
    "link_kinds",
    "proposition_link_kinds",
    "source_kinds",
    "region_kinds",
    "flags",
    "presets",
    "preset",
    "colours",
    "keys",
)
"""The fields of a scheme line, in the order in which they are written."""

END_TABLES = ("exhibit", "proposition", "source")
"""Ends of links that are not marks; every other end is the id of a label."""

LISTED = ("labels", "attributes", "link_kinds", "proposition_link_kinds")
NAMED = ("source_kinds", "region_kinds", "flags")
"""Groups that are listed by id alone (`domain.scheme_rows`)."""
STANCES = ("support", "deny", "query", "comment")
SILENCE = "silence"
"""What a mark labelled `NO_COMMENT` does: it says that somebody did not speak, which is no stance."""
NO_COMMENT = "no_comment"


def done_by(label: str, stance: str) -> str:
    """What a mark of a label does to a claim by a mention of that stance, silence included."""
    return SILENCE if label == NO_COMMENT else stance


class Label(NamedTuple):
    """What a mark can say its words are; `stance` is the one its mentions take by default.

    since: the version of the scheme that gave it its present definition, 0 where that is not known.
    """

    id: str
    name: str
    letter: str
    stance: str | None
    layer: bool
    codebook: str
    since: int


class Attribute(NamedTuple):
    """A property of marks. `values` is None for free text; `several` values may be ticked at once.

    since: as that of labels.
    """

    id: str
    name: str
    labels: tuple[str, ...] | None
    values: tuple[str, ...] | None
    default: str | tuple[str, ...] | None
    several: bool
    computed: bool
    codebook: str
    value_names: Mapping[str, str]
    since: int

    def value_name(self, value: str) -> str:
        """What a value is called: its id as words where it has no name of its own."""
        return self.value_names.get(value, value.replace("_", " "))

    def fits(self, label: str) -> bool:
        """Whether marks with this label carry the attribute."""
        return self.labels is None or label in self.labels


class LinkKind(NamedTuple):
    """A type of link. Ends are label ids or table names; None allows every end. since: as that of labels."""

    id: str
    name: str
    passive: str
    origins: tuple[str, ...] | None
    targets: tuple[str, ...] | None
    symmetric: bool
    how: tuple[str, ...]
    codebook: str
    since: int

    def starts_at(self, end: str) -> bool:
        """Whether the link may start at a label or table."""
        return self.origins is None or end in self.origins

    def ends_at(self, end: str) -> bool:
        """Whether the link may end at a label or table."""
        return self.targets is None or end in self.targets


class Preset(NamedTuple):
    """What a working mode shows; None shows all. Hidden fields keep their values."""

    labels: tuple[str, ...] | None
    attributes: tuple[str, ...] | None
    link_kinds: tuple[str, ...] | None


def _names(value: Any) -> tuple[str, ...] | None:
    return None if value is None else tuple(value)


class Scheme:
    """A checked scheme. Raises UserError("scheme-...") with the place of what is wrong.

    `data` is the scheme line as it stands in a file, with unknown fields kept.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data: dict[str, Any] = dict(data)
        _check(self.data)

    @classmethod
    def default(cls) -> Scheme:
        """The scheme a new project starts with."""
        return cls(json.loads(resource("scheme", "default.json").read_text(encoding="utf-8")))

    @property
    def version(self) -> int:
        return int(self.data.get("version", 1))

    @cached_property
    def labels(self) -> dict[str, Label]:
        """Labels by id, in order."""
        return {
            row["id"]: Label(
                row["id"],
                row.get("name", row["id"]),
                row.get("letter", row.get("name", row["id"])[:1].upper()),
                row.get("stance"),
                bool(row.get("layer", False)),
                row.get("codebook", ""),
                row.get("since", 0),
            )
            for row in self.data.get("labels", ())
        }

    @cached_property
    def attributes(self) -> dict[str, Attribute]:
        """Attributes by id, in order."""
        return {row["id"]: _attribute(row) for row in self.data.get("attributes", ())}

    @cached_property
    def link_kinds(self) -> dict[str, LinkKind]:
        """Kinds of links by id, in order."""
        return {
            row["id"]: LinkKind(
                row["id"],
                row.get("name", row["id"]),
                row.get("passive", row.get("name", row["id"])),
                _names(row.get("from")),
                _names(row.get("to")),
                bool(row.get("symmetric", False)),
                tuple(row.get("how", ())),
                row.get("codebook", ""),
                row.get("since", 0),
            )
            for row in self.data.get("link_kinds", ())
        }

    @cached_property
    def proposition_link_kinds(self) -> tuple[str, ...]:
        return tuple(row["id"] for row in self.data.get("proposition_link_kinds", ()))

    @property
    def source_kinds(self) -> tuple[str, ...]:
        return tuple(self.data.get("source_kinds", ()))

    @property
    def flags(self) -> tuple[str, ...]:
        return tuple(self.data.get("flags", ()))

    @property
    def keys(self) -> Mapping[str, str]:
        """Keys by label id or kind of link."""
        return dict(self.data.get("keys", {}))

    @property
    def colours(self) -> Mapping[str, str]:
        """Names of colours by label id."""
        return dict(self.data.get("colours", {}))

    @property
    def preset_name(self) -> str:
        """The preset the project works with."""
        return str(self.data.get("preset", "quick"))

    def preset(self, name: str | None = None) -> Preset:
        """A preset by name; the project's own without one; one that shows all where it is unknown."""
        row = self.data.get("presets", {}).get(name or self.preset_name, {})
        return Preset(_names(row.get("labels")), _names(row.get("attributes")), _names(row.get("link_kinds")))

    def shown_labels(self) -> tuple[Label, ...]:
        """The labels of the project's preset, in order."""
        shown = self.preset().labels
        return tuple(row for row in self.labels.values() if shown is None or row.id in shown)

    def shown_link_kinds(self) -> tuple[LinkKind, ...]:
        """The link kinds of the project's preset, in order."""
        shown = self.preset().link_kinds
        return tuple(row for row in self.link_kinds.values() if shown is None or row.id in shown)

    def defaults(self, label: str) -> dict[str, Any]:
        """Attribute values a new mark with this label starts with."""
        return {
            row.id: list(row.default) if isinstance(row.default, tuple) else row.default
            for row in self.attributes.values()
            if row.default is not None and row.fits(label)
        }

    def check_attribute(self, label: str, name: str, value: Any) -> None:
        """Raise UserError for an attribute or a value the scheme does not know.

        Whether marks with the label carry it is not asked: what was set by hand
        stays where a mark gets another label.
        """
        del label
        row = self.attributes.get(name)
        if row is None:
            raise UserError("attribute-unknown", attribute=name)
        values = value if isinstance(value, (list, tuple)) else [value]
        if row.values is not None:
            for one in values:
                if one not in row.values:
                    raise UserError("attribute-value-unknown", attribute=name, value=one, values=row.values)

    def merged(self, other: Mapping[str, Any]) -> Scheme:
        """This scheme with what the other one brings: new ids added, present ones kept as they are.

        A key that is taken already is not given to a second label or kind.
        Raises UserError("scheme-...") for what is wrong in the other one.
        """
        check_form(other)
        data = dict(self.data)
        for name in LISTED:
            have = {row["id"] for row in data.get(name, ())}
            new = [dict(row) for row in other.get(name, ()) if row["id"] not in have]
            if new:
                data[name] = [*data.get(name, ()), *new]
        for name in NAMED:
            have = set(data.get(name, ()))
            new_names = [value for value in other.get(name, ()) if value not in have]
            if new_names:
                data[name] = [*data.get(name, ()), *new_names]
        for name, value in other.items():
            if name == "keys":
                taken = set(self.keys.values())
                value = {owner: key for owner, key in value.items() if key not in taken}
            if isinstance(value, Mapping) and isinstance(data.get(name, {}), Mapping):
                data[name] = {**value, **data.get(name, {})}
            else:
                data.setdefault(name, value)
        return Scheme(data)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scheme) and self.data == other.data

    __hash__ = None  # type: ignore[assignment]


def _default(row: Mapping[str, Any]) -> Any:
    """What marks start with; None for what is none of the values, as no file could bring it back."""
    default, values = row.get("default"), row.get("values")
    if isinstance(default, (list, tuple)):
        return tuple(one for one in default if values is None or one in values) or None
    return default if values is None or default in values else None


def _attribute(row: Mapping[str, Any]) -> Attribute:
    return Attribute(
        row["id"],
        row.get("name", row["id"]),
        _names(row.get("on")),
        _names(row.get("values")),
        _default(row),
        bool(row.get("several", False)),
        bool(row.get("computed", False)),
        row.get("codebook", ""),
        row.get("value_names", {}),
        row.get("since", 0),
    )


def _check_ends(kind: Mapping[str, Any], allowed: Iterable[str]) -> None:
    for side in ("from", "to"):
        ends = kind.get(side)
        if ends is None:
            continue
        for end in ends:
            if end not in allowed:
                raise UserError("scheme-unknown-end", kind=kind["id"], side=side, end=end)


def _check_parents(parents: Mapping[str, str | None]) -> None:
    """A label may name one that it narrows, for programs that know such trees; here it must only be one."""
    for label, parent in parents.items():
        above = [label]
        while parent is not None:
            if parent not in parents:
                raise UserError("scheme-unknown-parent", label=above[-1], parent=parent)
            if parent in above:
                raise UserError("scheme-parent-cycle", labels=above[above.index(parent) :])
            above.append(parent)
            parent = parents[parent]


def _check(data: Mapping[str, Any]) -> None:
    check_form(data)
    labels = {row["id"] for row in data.get("labels", ())}
    kinds = {row["id"] for row in data.get("link_kinds", ())}
    for row in data.get("labels", ()):
        if row.get("stance") not in (None, *STANCES):
            raise UserError("scheme-unknown-stance", label=row["id"], stance=row["stance"])
    _check_parents({row["id"]: row.get("parent") for row in data.get("labels", ())})
    for kind in data.get("link_kinds", ()):
        _check_ends(kind, {*labels, *END_TABLES})
    for row in data.get("attributes", ()):
        for label in row.get("on") or ():
            if label not in labels:
                raise UserError("scheme-unknown-label", attribute=row["id"], label=label)
    taken: dict[str, str] = {}
    for owner, key in data.get("keys", {}).items():
        if owner in labels | kinds and taken.setdefault(key, owner) != owner:
            raise UserError("scheme-duplicate-key", key=key, first=taken[key], second=owner)

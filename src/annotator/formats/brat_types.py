"""Types as brat allows them, `[A-Za-z0-9_-]`, what they stand for, and annotation.conf."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from annotator.domain.scheme import Scheme

CONFIGURATION = "annotation.conf"
RELATIONS = "relations.csv"
RELATION_COLUMNS = ("id", "kind", "from", "from_text", "to", "to_text", "how", "inferred", "note")
MENTION = "mention"
"""The kind of a row that is no link, but what a mark says of a claim."""
SCHEME = "# annotator-scheme: "
TYPES = "# annotator-types: "
"""Comments of annotation.conf that let us read our own export again; brat passes over them."""

Table = dict[str, dict[str, str]]


class TypeNames:
    """Gives each label, link kind, attribute and value a type of its own.

    Labels, kinds and attributes share one set of types, as brat styles them
    by one table; the values of each attribute have a set of their own.
    """

    def __init__(self) -> None:
        self._types: dict[tuple[str, str], str] = {}
        self._taken: dict[str, set[str]] = {}

    def type_of(self, group: str, name: str) -> str:
        """The type of a name. group: labels, link_kinds, attributes, or `values NAME`."""
        type_ = self._types.get((group, name), "")
        if not type_:
            taken = self._taken.setdefault(group if group.startswith("values ") else "", set())
            base = type_ = _ascii(name)
            number = 1
            while type_.lower() in taken:
                number += 1
                type_ = f"{base}_{number}"
            taken.add(type_.lower())
            self._types[group, name] = type_
        return type_

    def named(self, group: str) -> list[str]:
        """The names given types in a group, in the order in which they came."""
        return [name for own, name in self._types if own == group]

    def changed(self) -> Table:
        """Names by group and type, where they differ."""
        table: Table = {}
        for (group, name), type_ in self._types.items():
            if type_ != name:
                table.setdefault(group, {})[type_] = name
        return table


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9_-]+", "_", plain).strip("_") or "type"


def configuration(names: TypeNames, scheme: Mapping[str, Any] | None) -> str:
    """The text of annotation.conf for everything that was given a type."""
    lines = ["[entities]", *(names.type_of("labels", name) for name in names.named("labels"))]
    lines += ["", "[relations]"]
    lines += [
        f"{names.type_of('link_kinds', name)}\tArg1:<ENTITY>, Arg2:<ENTITY>"
        for name in names.named("link_kinds")
    ]
    lines += ["<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>", "", "[events]", "", "[attributes]"]
    for name in names.named("attributes"):
        group = f"values {name}"
        values = "|".join(names.type_of(group, value) for value in names.named(group))
        lines.append(f"{names.type_of('attributes', name)}\tArg:<ENTITY>, Value:{values}")
    head = [SCHEME + json.dumps(scheme)] if scheme is not None else []
    if names.changed():
        head.append(TYPES + json.dumps(names.changed()))
    return "\n".join([*head, *lines]) + "\n"


def own_comments(conf: str) -> tuple[dict[str, Any], Table]:
    """The scheme and the table of types in an annotation.conf of ours; empty ones for others.

    Raises ValueError if they are damaged.
    """
    scheme: Any = {}
    table: Any = {}
    for line in conf.split("\n"):
        if line.startswith(SCHEME):
            scheme = json.loads(line.removeprefix(SCHEME))
        elif line.startswith(TYPES):
            table = json.loads(line.removeprefix(TYPES))
    groups: list[object] = [scheme, table]
    if isinstance(table, dict):
        groups += table.values()
    if not all(isinstance(group, dict) for group in groups):
        raise ValueError("expected objects")
    return scheme, table


class FoundTypes:
    """The way back: what types of a file stand for, and the scheme that brings all of them."""

    def __init__(self, scheme: Mapping[str, Any], table: Table) -> None:
        self._scheme = dict(scheme)
        self._table = table
        self._lists: set[str] = set()

    def name_of(self, group: str, type_: str) -> str:
        """The name a type stands for; the type itself where no table says otherwise."""
        return self._table.get(group, {}).get(type_, type_)

    def value_of(self, attribute: str, values: list[str]) -> str | list[str]:
        """The value of an attribute: a list if it is there twice or the scheme says so."""
        names = [self.name_of(f"values {attribute}", value) for value in values]
        return names if attribute in self._lists else names[0]

    def learn_labels(self, types: Iterable[str]) -> None:
        """Take types of others that are labels of the default scheme but for their letters for these.

        Otherwise “Claim” would stand beside “claim”, at which other kinds of links end. Types that
        would become one label stay as they are.
        """
        if self._scheme or self._table:
            return
        usual = Scheme.default().labels
        ids = {one: one.casefold().replace("-", "_") for one in types}
        alike = Counter(ids.values())
        known = {one: label for one, label in ids.items() if label in usual and alike[label] == 1}
        self._table = {"labels": known}

    def learn_lists(self, attributes: Iterable[tuple[str, int]]) -> None:
        """Note which attributes have several values somewhere, given each with how many it has there."""
        several = {row["id"] for row in self._scheme.get("attributes", ()) if row.get("several")}
        self._lists = several | {name for name, count in attributes if count > 1}

    def scheme(
        self, labels: Iterable[str], kinds: Iterable[tuple[str, bool]], attributes: Iterable[str]
    ) -> dict[str, Any]:
        """The scheme of the file, with rows for what it uses and does not declare.

        kinds: each with whether it has no direction.
        """
        data = dict(self._scheme)
        _complete(data, "labels", [{"id": name, "name": name} for name in labels])
        _complete(
            data,
            "link_kinds",
            [{"id": name, "name": name} | ({"symmetric": True} if both else {}) for name, both in kinds],
        )
        _complete(
            data,
            "attributes",
            [
                {"id": name, "name": name, "values": None}
                | ({"several": True} if name in self._lists else {})
                for name in attributes
            ],
        )
        return data


def _complete(data: dict[str, Any], field: str, rows: list[dict[str, Any]]) -> None:
    have = {row["id"] for row in data.get(field, ())}
    new = {row["id"]: row for row in rows if row["id"] not in have}
    if new:
        data[field] = [*data.get(field, ()), *new.values()]

"""The groups of a scheme in the order of the list: what they are called, and how rows come and go."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from annotator.domain import scheme_changes, scheme_kinds, scheme_labels, scheme_names, scheme_values
from annotator.domain.scheme import NAMED, Scheme
from annotator.domain.scheme_changes import SchemeChange
from annotator.domain.scheme_names import CLAIM_LINKS
from annotator.domain.scheme_rows import Row, name_of, rows_of
from annotator.ui.dialogs.scheme.work import COLOURS
from annotator.ui.panels.words import flag_name, kind_name, region_name

PRESETS = "presets"
GROUPS = ("labels", "attributes", "link_kinds", CLAIM_LINKS, "flags", "source_kinds", "region_kinds", PRESETS)
LISTS = (CLAIM_LINKS, *NAMED)
"""Groups whose rows have no more than a name and a definition."""
SHOWN = ("labels", "attributes", "link_kinds", "flags")
"""Groups of which a preset may show some rows only."""
LOOKED_AT_AGAIN = ("labels", "attributes", "link_kinds")
"""Groups whose new definitions ask for a second look at what was decided before."""


def tr(words: str) -> str:
    """Words of the editor in the language of the window."""
    return QCoreApplication.translate("SchemeGroups", words)


class GroupWords(NamedTuple):
    """What a group is called, what asks for the name of a new row, and what the group is about."""

    name: str
    new: str
    about: str


def _t(words: str) -> str:
    return words


_WORDS = {
    "labels": GroupWords(
        _t("Labels"),
        _t("New label"),
        _t("What a mark can say its words are. Insert adds one, Enter goes to its fields."),
    ),
    "attributes": GroupWords(
        _t("Attributes"),
        _t("New attribute"),
        _t("What can be said of a mark beside its label, such as how certain it is."),
    ),
    "link_kinds": GroupWords(
        _t("Kinds of links"),
        _t("New kind of link"),
        _t("How marks, claims and sources can be linked, and which ends fit."),
    ),
    CLAIM_LINKS: GroupWords(
        _t("Links between claims"),
        _t("New kind of link between claims"),
        _t("How claims can stand to one another, such as one being an alternative to another."),
    ),
    "flags": GroupWords(
        _t("Flags"),
        _t("New flag"),
        _t("What is to be noted of a mark by a tick, such as that its source is unclear."),
    ),
    "source_kinds": GroupWords(
        _t("Kinds of sources"),
        _t("New kind of source"),
        _t("What a source can be. Those that the program itself needs stay, under any name."),
    ),
    "region_kinds": GroupWords(
        _t("Parts of articles"),
        _t("New part of an article"),
        _t("What parts of an article can be that are no running text, such as its title."),
    ),
    PRESETS: GroupWords(
        _t("Presets"),
        _t("New preset, like the current one"),
        _t("How much of the scheme is shown. What is hidden keeps its data."),
    ),
}


def words_of(group: str) -> GroupWords:
    """What a group is called and about, in the language of the window."""
    return GroupWords(*map(tr, _WORDS[group]))


def ids_of(scheme: Scheme, group: str) -> list[str]:
    """The ids there are of a group, in order."""
    rows = scheme.data.get(group, ())
    return list(rows) if group == PRESETS else [row["id"] for row in rows_of(scheme.data, group)]


def row_name(scheme: Scheme, group: str, row_id: str) -> str:
    """What a row is called, in the language of the window where the scheme has no name for it."""
    named = {"flags": flag_name, "source_kinds": kind_name, "region_kinds": region_name}
    return named[group](scheme, row_id) if group in named else name_of(scheme, group, row_id)


def row_of(scheme: Scheme, group: str, row_id: str) -> Row:
    """A row by its id."""
    return next(row for row in rows_of(scheme.data, group) if row["id"] == row_id)


def added(scheme: Scheme, group: str, name: str, like: str | None) -> SchemeChange:
    """Add a row; a label or kind gets what is allowed to the one it is made like."""
    match group:
        case "labels":
            return scheme_labels.add_label(scheme, name, like=like, colours=COLOURS)
        case "attributes":
            labels = [label.id for label in scheme.labels.values() if not label.layer]
            return scheme_values.add_attribute(scheme, name, labels)
        case "link_kinds":
            return scheme_kinds.add_kind(scheme, name, like=like)
        case "presets":
            return scheme_changes.add_preset(scheme, name, like or scheme.preset_name)
    return scheme_names.add_name(scheme, group, name)


def deleted(scheme: Scheme, group: str, row_id: str) -> SchemeChange:
    """Take a row away."""
    match group:
        case "labels":
            return scheme_labels.delete_label(scheme, row_id)
        case "attributes":
            return scheme_values.delete_attribute(scheme, row_id)
        case "link_kinds":
            return scheme_kinds.delete_kind(scheme, row_id)
        case "presets":
            return scheme_changes.delete_preset(scheme, row_id)
    return scheme_names.delete_name(scheme, group, row_id)

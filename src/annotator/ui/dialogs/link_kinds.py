"""The kinds of links between two ends: those that fit, and why the others do not."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from annotator.domain.scheme import LinkKind, Scheme
from annotator.ui.actions import BY_ID
from annotator.ui.dialogs.choices import Entry
from annotator.ui.dialogs.list_popup import ListPopup
from annotator.ui.theme import Theme

_BEST = {"denial": "denies", "evidence": "supports", "claim": "same_claim", "no_comment": "responds_to"}
"""The kind each label of the default scheme is made for."""


class KindChips(ListPopup):
    """Kinds of links to choose from; `chosen` carries the id of the kind.

    origin, target: what the scheme calls the ends (a label id or a table). Those
    that fit come first, the best of them on top; the others are greyed with the reason.
    """

    def __init__(
        self,
        look: Theme,
        parent: QWidget,
        scheme: Scheme,
        origin: str,
        target: str,
        *,
        keys: Mapping[str, str] | None = None,
        title: str = "",
    ) -> None:
        shown = keys if keys is not None else scheme.keys
        rows = [(kind, reason(scheme, kind, origin, target)) for kind in scheme.shown_link_kinds()]
        rows.sort(key=lambda row: (bool(row[1]), row[0].id != _BEST.get(origin)))
        entries = [
            Entry(kind.name, kind.id, key=shown.get(kind.id, ""), style=kind.id, reason=why)
            for kind, why in rows
        ]
        super().__init__(look, parent, title or self.tr("Link"), entries)
        self.list.setMinimumWidth(440)


def reason(scheme: Scheme, kind: LinkKind, origin: str, target: str) -> str:
    """Why a kind does not fit two ends; empty where it does."""
    translate = QCoreApplication.translate
    if origin in ("proposition", "source"):
        return translate("KindChips", "links start at a mark, not at a {end}").format(
            end=_end(scheme, origin)
        )
    if target == "exhibit":
        return translate("KindChips", "an exhibit is where a link starts: Shift turns the link round")
    if not kind.starts_at(origin):
        text = translate("KindChips", "starts at {ends}, not at {end}")
        return text.format(ends=_ends(scheme, kind.origins), end=_end(scheme, origin))
    if not kind.ends_at(target):
        if target == "proposition":
            return _instead_of_claim(kind)
        text = translate("KindChips", "ends at {ends}, not at {end}")
        return text.format(ends=_ends(scheme, kind.targets), end=_end(scheme, target))
    return ""


def _instead_of_claim(kind: LinkKind) -> str:
    """What to do about a claim at which a kind of link does not end."""
    translate = QCoreApplication.translate
    if kind.id == "same_claim":
        text = translate("KindChips", "not a link: Esc, then {key} puts the mark under a claim")
        return text.format(key=BY_ID["claims"].key)
    return translate("KindChips", "ends at a mark: choose one that speaks to this claim")


def _ends(scheme: Scheme, ends: tuple[str, ...] | None) -> str:
    return ", ".join(_end(scheme, end) for end in ends or ())


def _end(scheme: Scheme, end: str) -> str:
    translate = QCoreApplication.translate
    names = {
        "exhibit": translate("KindChips", "exhibit"),
        "proposition": translate("KindChips", "claim node"),
        "source": translate("KindChips", "source"),
    }
    label = scheme.labels.get(end)
    return label.name if label else names.get(end, end)

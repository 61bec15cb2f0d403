"""What the scheme says anew since somebody last decided on a mark or a link."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotator.domain.model import Link, Mark
from annotator.domain.scheme import Attribute, Label, LinkKind, Scheme

VERSION = "scheme_version"
"""The field of a link, kept with what it has beside its own, that says under which version it was decided.

Only links of kinds that were ever defined anew have it: those without were there before.
"""


def anew_for_mark(scheme: Scheme, mark: Mark) -> list[Label | Attribute]:
    """Its label, and the attributes it has a value of, as far as they were defined since."""
    version = mark.scheme_version or 0
    label = scheme.labels.get(mark.label)
    attributes = (scheme.attributes.get(name) for name in mark.attributes)
    return [one for one in (label, *attributes) if one is not None and version < one.since]


def anew_for_link(scheme: Scheme, link: Link) -> LinkKind | None:
    """The kind of a link that was defined since; None where it was not."""
    kind = scheme.link_kinds.get(link.kind)
    return kind if kind is not None and version_of(link) < kind.since else None


def version_of(link: Link) -> int:
    """Under which version of the scheme a link was last decided on, 0 where that is not known."""
    version = link.extra.get(VERSION)
    return version if isinstance(version, int) else 0


def decided(scheme: Scheme, kind: str, extra: Mapping[str, Any]) -> dict[str, Any]:
    """What a link keeps beside its own once somebody has decided that it is of a kind."""
    row = scheme.link_kinds.get(kind)
    if row is None or not row.since:
        return dict(extra)
    return {**extra, VERSION: scheme.version}

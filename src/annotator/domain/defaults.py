"""Values a new mark or mention starts with, values that rules propose, and which links fit."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from annotator.domain.cues import Cue, CueWords
from annotator.domain.errors import UserError
from annotator.domain.paragraphs import line_bounds, stretch_at
from annotator.domain.resources import resource
from annotator.domain.scheme import NO_COMMENT, Scheme
from annotator.domain.spans import Span, normalise

Values = tuple[dict[str, Any], dict[str, str]]
"""Attribute values, and for each of them its origin."""

ACT_RULE = "rule:cue@1"
CERTAINTY_RULE = "rule:hedge@1"
CUE_REACH = 80
"""Characters between a cue and its content at most: a name with a long role stands there."""

_CLOSING = re.compile(r"\A(?:[.!?,]?['\"’”»]+|,)")
_SENTENCE_END = re.compile(r"[.!?]['\"’”»]*\s")


def default_attributes(scheme: Scheme, label: str) -> Values:
    """What a new mark with this label carries: the scheme's defaults, of origin `default`.

    The quote kind is none of them: it is computed (`quoting.quote_kind`) and
    stored only where the analyst overrides it.
    """
    values = {
        name: value for name, value in scheme.defaults(label).items() if not scheme.attributes[name].computed
    }
    return values, dict.fromkeys(values, "default")


def default_stance(scheme: Scheme, label: str, attributes: Mapping[str, Any]) -> str:
    """What a mark does to a claim it is put under, unless the analyst says otherwise.

    That of its label; what is asked is a query, silence is a comment whatever its
    act, and a label without a stance, such as evidence, supports.
    """
    if label != NO_COMMENT and attributes.get("act") == "ask":
        return "query"
    row = scheme.labels.get(label)
    return (row.stance if row else None) or "support"


def check_link(scheme: Scheme, kind: str, origin_end: str, target_end: str) -> None:
    """Raise UserError "link-kind-unknown", "link-origin-refused" or "link-target-refused" where it cannot be.

    Ends are label ids, or `exhibit`, `proposition` or `source`.
    """
    row = scheme.link_kinds.get(kind)
    if row is None:
        raise UserError("link-kind-unknown", kind=kind)
    if not row.starts_at(origin_end):
        raise UserError("link-origin-refused", kind=kind, end=origin_end, allowed=row.origins)
    if not row.ends_at(target_end):
        raise UserError("link-target-refused", kind=kind, end=target_end, allowed=row.targets)


@dataclass(frozen=True)
class Hedges:
    """The words of one language that weaken what is said, by the certainty they leave, weakest first.

    names: forms that are taken for names instead, such as the month May. firm: phrases that
    hold a hedge and weaken nothing: what could not be is ruled out. The longest phrase counts.
    """

    certainty: Mapping[str, Sequence[str]]
    names: frozenset[str] = frozenset()
    firm: frozenset[str] = frozenset()

    def weakest(self, words: str) -> str | None:
        """The least certainty that any hedge in the words leaves; None without a hedge."""
        weakening = (
            certainty
            for certainty, pattern in self._patterns
            for match in pattern.finditer(words)
            if self._weakens(match[0])
        )
        return next(weakening, None)

    def left(self, text: str, spans: Sequence[Span]) -> str | None:
        """The least certainty that any hedge in some pieces of a text leaves."""
        return self.weakest(" ".join(text[start:end] for start, end in spans))

    def find(self, text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
        """Where the hedges in some words stand, in text order, none within another."""
        found = {
            Span(match.start(), match.end())
            for start, end in spans
            for _, pattern in self._patterns
            for match in pattern.finditer(text, start, end)
            if self._weakens(match[0])
        }
        return normalise(found) if found else ()

    def _weakens(self, form: str) -> bool:
        return form not in self.names and " ".join(form.lower().split()) not in self.firm

    @cached_property
    def _patterns(self) -> list[tuple[str, re.Pattern[str]]]:
        found = []
        for certainty, words in self.certainty.items():
            longest_first = sorted({*words, *self.firm}, key=lambda form: (-len(form), form))
            listed = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in longest_first)
            found.append((certainty, re.compile(rf"(?<![\w-])(?:{listed})(?![\w-])", re.IGNORECASE)))
        return found


@lru_cache
def hedges(language: str = "en") -> Hedges:
    """The hedges of a language, from `resources/hedges`. Raises FileNotFoundError if it has none."""
    data = json.loads(resource("hedges", f"{language}.json").read_text(encoding="utf-8"))
    return Hedges(data["certainty"], frozenset(data.get("names", ())), frozenset(data.get("firm", ())))


def proposals(
    scheme: Scheme, label: str, text: str, spans: Sequence[Span], cues: CueWords, certainty: str | None
) -> Values:
    """Values that rules find in the words, where the scheme has them and they are not its defaults.

    act: that of the cue next to the content; certainty: what the hedges leave
    (`Hedges.left`). Nothing is stored by this: a proposal is taken by hand.
    """
    found = {"act": (_act(label, text, spans, cues), ACT_RULE), "certainty": (certainty, CERTAINTY_RULE)}
    start = scheme.defaults(label)
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for name, (value, rule) in found.items():
        row = scheme.attributes.get(name)
        if row is None or not row.fits(label) or value not in (row.values or ()) or value == start.get(name):
            continue
        values[name], origins[name] = value, rule
    return values, origins


def _act(label: str, text: str, spans: Sequence[Span], cues: CueWords) -> str | None:
    """The act of the nearest cue in the paragraph; a denial may hold its own cue."""
    if not spans:
        return None
    start, end = spans[0].start, spans[-1].end
    first = stretch_at(text, start).start
    last = min(line_bounds(text, start)[1], stretch_at(text, end).end)
    near = [
        (distance, cue.start, cue.act)
        for cue in cues.find(text, first, max(last, end))
        if cue.act and (distance := _distance(text, cue, start, end, label == "denial")) is not None
    ]
    return min(near)[2] if near else None


def _distance(text: str, cue: Cue, start: int, end: int, may_be_inside: bool) -> int | None:
    """Characters between a cue and the content; None if it belongs to other words."""
    if cue.end <= start:
        gap = text[cue.end : start]
    elif cue.start >= end:
        gap = _CLOSING.sub("", text[end : cue.start])
    else:
        return 0 if may_be_inside and start <= cue.start and cue.end <= end else None
    return None if len(gap) > CUE_REACH or _SENTENCE_END.search(gap) else len(gap)

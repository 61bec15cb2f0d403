"""Quotation marks: which of them form a pair, and what that says about a span.

News mixes marks freely: straight and curly, an opening one of either kind
closed by the other, German and Swedish habits, apostrophes that look like
closing marks. So the shape of a mark only counts together with its neighbours,
and a pair never reaches beyond its paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from typing import Literal, NamedTuple

from annotator.domain.paragraphs import line_bounds, stretch_at
from annotator.domain.spans import Span

QuoteKind = Literal["direct", "mixed", "indirect"]
Pair = tuple[int, int]

QUOTED = ("direct", "mixed", "indirect")
"""The kinds of quotes that quotation marks tell."""

CORNERS = {"「": "」", "『": "』", "﹁": "﹂", "﹃": "﹄", "｢": "｣"}
FAMILY = {
    **dict.fromkeys('"“”„‟＂〝〞״', "double"),
    **dict.fromkeys("'‘’‚‛＇", "single"),
    **dict.fromkeys("«»", "guillemet"),
    **dict.fromkeys("‹›", "small guillemet"),
    **{mark: "corner" + opening for opening, closing in CORNERS.items() for mark in (opening, closing)},
}
"""Every quotation mark, with the family within which marks close one another."""

QUOTATION_MARKS = "".join(FAMILY)

_MARK = re.compile(f"[{re.escape(QUOTATION_MARKS)}]")
_BRACKETS = (re.compile(r"\[[^\[\]\n]*\]"), re.compile(r"\([^()\n]*\)"))
_CONTENT = re.compile(r"[^\W_]")
_ELIDED = re.compile(r".(?:\d\ds?|em|n|til|tis|twas|cause|bout|cos|round)(?!\w)", re.IGNORECASE)
_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_HEBREW = re.compile(r"[\u05d0-\u05ea]")
_BEFORE_OPENING = "([{<—–-/¿¡" + "“‘«‹„‚\"'" + "".join(CORNERS)
_AFTER_CLOSING = ".,;:!?)]}…—–" + "”’»›\"'" + "".join(CORNERS.values())
_MARKS_AHEAD = 8
_DEPTH = 64


class _Open(NamedTuple):
    """An opening mark that waits for its partner."""

    at: int
    char: str
    family: str


class _Mark:
    """A quotation mark with its neighbours; "" stands for an end of the paragraph."""

    __slots__ = ("after", "at", "before", "char", "family")

    def __init__(self, text: str, at: int, start: int, end: int) -> None:
        self.at = at
        self.char = text[at]
        self.family = FAMILY[self.char]
        self.before = text[at - 1] if at > start else ""
        self.after = text[at + 1] if at + 1 < end else ""

    def starts_words(self) -> bool:
        """Whether it stands where an opening mark stands: a gap before it, words after it."""
        gap = _blank(self.before) or self.before in _BEFORE_OPENING
        return gap and not _blank(self.after) and self.after not in ".,;:!?)]}…"

    def ends_words(self) -> bool:
        """Whether it stands where only a closing mark stands: words before it, a gap after it."""
        return not _blank(self.before) and (_blank(self.after) or self.after in _AFTER_CLOSING)

    def inside_a_word(self) -> bool:
        """Whether letters or digits of an alphabet stand on both sides."""
        return _spaced_letter(self.before) and _spaced_letter(self.after)


def pairs(text: str, start: int = 0, end: int | None = None) -> list[Pair]:
    """Opening and closing marks of the paragraph `text[start:end]` that belong together.

    Offsets are those of `text`; pairs nest and never cross; sorted by the opening
    mark. A mark without a partner (an apostrophe, a sign of inches or minutes, a
    quotation that goes on in the next paragraph) is in no pair. Linear.
    """
    end = len(text) if end is None else end
    waiting: list[_Open] = []
    found: list[Pair] = []
    for match in _MARK.finditer(text, start, end):
        mark = _Mark(text, match.start(), start, end)
        index = _partner(waiting, mark)
        partner = None if index is None else waiting[index]
        if index is not None and partner and _closes(text, mark, partner, start, end):
            found.append((partner.at, mark.at))
            del waiting[index:]
        elif _opens(text, mark, partner):
            waiting.append(_Open(mark.at, mark.char, mark.family))
    return sorted(found)


def brackets(text: str, start: int, end: int, quotations: Sequence[Pair]) -> list[Pair]:
    """Square brackets of editorial inserts and round ones in a paragraph: offsets of both.

    Of each kind innermost pairs only; one that crosses a pair of `quotations`, or a round
    one that crosses a square one, is left out, so that all of them together nest.
    """
    partner = {}
    for opening, closing in quotations:
        partner[opening], partner[closing] = closing, opening
    found = []
    for shape in _BRACKETS:
        marks = sorted(partner)
        for match in shape.finditer(text, start, end):
            left, right = match.start(), match.end() - 1
            within = marks[bisect_left(marks, left) : bisect_left(marks, right)]
            if all(left < partner[mark] < right for mark in within):
                found.append((left, right))
                partner[left], partner[right] = right, left
    return found


def unpaired_at_ends(pieces: Sequence[str]) -> str:
    """The double quotation mark or square bracket at an end of a mark's words without its partner, or "".

    Only ends are looked at: within the words the partner may stand in a hole, and
    a quotation that fills several paragraphs opens in each of them. A single
    mark may be an apostrophe, and a straight one after a digit says inches.
    """
    words = " ".join(pieces)
    if "\n" in words:
        return ""
    partners = {at for pair in pairs(words) for at in pair}
    start = 0
    for piece in pieces:
        for at in sorted({start, start + len(piece) - 1}):
            if piece and _lacks_partner(words, at, partners):
                return words[at]
        start += len(piece) + 1
    return ""


def _lacks_partner(words: str, at: int, partners: Collection[int]) -> bool:
    match words[at]:
        case "[":
            return "]" not in words[at:]
        case "]":
            return "[" not in words[:at]
        case '"' if words[at - 1 : at].isdigit():
            return False
        case sign:
            return FAMILY.get(sign) == "double" and at not in partners


def quote_kind(text: str, spans: Sequence[Span]) -> QuoteKind:
    """What the quotation marks say of a mark's words.

    direct: all letters and digits stand inside quotation marks; mixed: some do;
    indirect: none does. (The fourth kind, none, is the outlet's own narration:
    only a reader can tell.)
    """
    inside = outside = False
    for start, end in spans:
        at = start
        while at < end:
            stop = min(end, line_bounds(text, at)[1])
            before, after = stretch_at(text, at).start, stretch_at(text, max(at, stop - 1)).end
            for opening, closing in _outermost(pairs(text, before, after)):
                if closing <= at or opening >= stop:
                    continue
                outside = outside or _says(text, at, opening)
                inside = inside or _says(text, max(at, opening), min(closing, stop))
                at = max(at, min(closing, stop))
            outside = outside or _says(text, at, stop)
            at = stop + 1
    if inside:
        return "mixed" if outside else "direct"
    return "indirect"


def _says(text: str, start: int, end: int) -> bool:
    return start < end and _CONTENT.search(text, start, end) is not None


def _outermost(found: Sequence[Pair]) -> list[Pair]:
    outer: list[Pair] = []
    for pair in found:
        if not outer or pair[0] > outer[-1][1]:
            outer.append(pair)
    return outer


def _partner(waiting: Sequence[_Open], mark: _Mark) -> int | None:
    """Index of the opening mark that this one would close, looking back over a bounded depth.

    A single mark never closes across an open double one: it is an apostrophe there.
    """
    for index in range(len(waiting) - 1, max(-1, len(waiting) - 1 - _DEPTH), -1):
        if waiting[index].family == mark.family:
            return index
        if mark.family == "single":
            return None
    return None


def _closes(text: str, mark: _Mark, partner: _Open, start: int, end: int) -> bool:
    match mark.family:
        case "double":
            return _double_closes(mark, partner)
        case "single":
            return _single_closes(text, mark, partner, start, end)
        case "guillemet" | "small guillemet":
            return mark.char != partner.char or (mark.char in "»›" and mark.ends_words())
        case _:
            return mark.char in CORNERS.values()


def _double_closes(mark: _Mark, partner: _Open) -> bool:
    match mark.char:
        case "„" | "‟" | "〝":
            return False
        case "”" | "〞":
            return True
        case "“":
            return partner.char == "„" or (mark.ends_words() and not mark.starts_words())
        case _:
            gap = _blank(mark.before) or mark.before in "([{"
            return not (_gershayim(mark) or (gap and not _blank(mark.after)))


def _single_closes(text: str, mark: _Mark, partner: _Open, start: int, end: int) -> bool:
    if mark.char in "‚‛" or mark.inside_a_word() or _blank(mark.before):
        return False
    if mark.char == "‘":
        return partner.char == "‚"
    if _spaced_letter(mark.after):
        return False
    return not (_like_a_possessive(text, mark, end) and _better_ahead(text, mark, start, end))


def _like_a_possessive(text: str, mark: _Mark, end: int) -> bool:
    """Whether the mark may be that of "the players' union": after an s, before a word."""
    following = text[mark.at + 2 : min(mark.at + 3, end)]
    return mark.before in "sSxXzZ" and _blank(mark.after) and following.isalnum()


def _better_ahead(text: str, mark: _Mark, start: int, end: int) -> bool:
    """Whether one of the next single marks closes beyond doubt, before another one opens."""
    looked_at = 0
    for match in _MARK.finditer(text, mark.at + 1, end):
        ahead = _Mark(text, match.start(), start, end)
        looked_at += 1
        if looked_at > _MARKS_AHEAD:
            return False
        if ahead.family != "single" or ahead.inside_a_word():
            continue
        if ahead.starts_words():
            return False
        if ahead.ends_words() and not _like_a_possessive(text, ahead, end):
            return True
    return False


def _opens(text: str, mark: _Mark, partner: _Open | None) -> bool:
    match mark.family:
        case "double":
            return _double_opens(mark)
        case "single":
            return _single_opens(text, mark)
        case "guillemet" | "small guillemet":
            return mark.char in "«‹" or partner is not None or mark.starts_words()
        case _:
            return mark.char in CORNERS


def _double_opens(mark: _Mark) -> bool:
    match mark.char:
        case "„" | "‟" | "〝":
            return True
        case "“":
            return not (mark.ends_words() and not mark.starts_words())
        case "”":
            return mark.starts_words()
        case "〞":
            return False
        case _:
            return not (_gershayim(mark) or (mark.ends_words() and not mark.starts_words()))


def _single_opens(text: str, mark: _Mark) -> bool:
    if mark.char == "’" or mark.inside_a_word() or _blank(mark.after):
        return False
    if _ELIDED.match(text, mark.at) and mark.char != "‚":
        return False
    return mark.char in "‘‛" or mark.starts_words()


def _blank(char: str) -> bool:
    return not char or char.isspace()


def _spaced_letter(char: str) -> bool:
    return char.isalnum() and not _CJK.match(char)


def _gershayim(mark: _Mark) -> bool:
    """Whether a double mark stands inside a Hebrew acronym, where it marks no quotation."""
    return bool(_HEBREW.match(mark.before) and _HEBREW.match(mark.after))

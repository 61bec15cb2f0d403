"""Proposals: reported speech that rules find in an article, to be taken or dropped by hand.

The rules of a language are data (`resources/rules`): patterns over sentences in
which quotations are blotted out, so that a quotation is one thing and nothing
said inside it is taken for the article's own words. The comma that ends one
within its marks is seen, in the place of the closing mark.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from annotator.domain.blotting import Endings, Sentences
from annotator.domain.cues import cue_words
from annotator.domain.errors import UserError
from annotator.domain.paragraphs import paragraphs
from annotator.domain.resources import resource
from annotator.domain.spans import Span, contains, normalise, overlaps
from annotator.domain.speakers import Acquaintances, Named, NameWords
from annotator.domain.trimming import trim

_MACRO = re.compile(r"<([a-z][a-z-]*)>|\{([a-z][a-z-]*)\}")
_ITEM = re.compile(r"(?:(content|cue|source|relay|passing)=)?(.+?)(\??)")
_CAPTURES = ("content", "cue", "source", "pronoun")
_FIRST_WORD = re.compile(r"\w[\w’']*")
_THAT = re.compile(r"that\s+[\"“‘']?\Z")
_LONGEST_PARAGRAPH = 100_000
_LEAST = 2
"""So many words a proposal has at least."""


@dataclass(frozen=True)
class Rule:
    """One way in which a text says that somebody says something.

    name, version: what is counted and shown, and what a taken mark keeps. inherits: whose
    speaker it takes where it names none: that of the sentence or the paragraph so far.
    is_lower: whether its speaker is a guess, such as the person a "he" stands for.
    turns: of a rule that reads no sentence but words which others propose with this label:
    where they fit its pattern, it proposes them in their place.
    """

    name: str
    version: int
    label: str
    pattern: re.Pattern[str]
    example: str = ""
    inherits: str | None = None
    is_lower: bool = False
    turns: str | None = None

    @property
    def origin(self) -> str:
        """The rule as values and marks name it."""
        return f"rule:{self.name}@{self.version}"


class Passed(NamedTuple):
    """Who passed the words on, where the text says so, and the words that say so."""

    source: Named | None
    cue: tuple[Span, ...]
    mention: tuple[Span, ...]


class Proposal(NamedTuple):
    """Words that a rule would label, with who says them; nothing of it is stored.

    cue, mention: the words that attribute, and those that name the source; source
    is None where they name nobody; is_lower: it is a guess who that is. relay: through whom.
    """

    rule: Rule
    spans: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    mention: tuple[Span, ...] = ()
    source: Named | None = None
    is_lower: bool = False
    relay: Passed | None = None

    @property
    def start(self) -> int:
        return self.spans[0].start

    @property
    def hedged(self) -> tuple[Span, ...]:
        """The words whose hedges weaken it: none of those with a cue among them, which are what is denied."""
        is_denied = any(contains(piece, cue) for cue in self.cue for piece in self.spans)
        return () if is_denied else self.spans


@dataclass(frozen=True)
class RuleBook:
    """The rules of one language, in the order in which they are tried."""

    language: str
    rules: tuple[Rule, ...]
    names: NameWords
    endings: Endings

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> RuleBook:
        """The rules in a file of `resources/rules`. Raises UserError("rules-broken") for a bad pattern."""
        words = {name: "|".join(forms) for name, forms in data["words"].items()}
        rules = tuple(
            Rule(
                name=row["name"],
                version=row.get("version", data["version"]),
                label=row["label"],
                pattern=_compiled(row["name"], row["pattern"], words, data["parts"]),
                example=row.get("example", ""),
                inherits=row.get("inherits"),
                is_lower=row.get("lower", False),
                turns=row.get("turns"),
            )
            for row in data["rules"]
        )
        return cls(
            language=data["language"],
            rules=rules,
            names=NameWords.from_data(data["words"]),
            endings=Endings(
                abbreviations=frozenset(data["abbreviations"]),
                dateline=_compiled("dateline", [data["dateline"]], words, data["parts"]),
                goes_on=_compiled("goes-on", [data["goes-on"]], words, data["parts"]),
            ),
        )

    def propose(self, text: str) -> Iterator[list[Proposal]]:
        """The proposals of a text, sentence by sentence; an empty list for most of them.

        A generator, so that a window can stop between two sentences. Who was named in
        one is known in those after it. Paragraphs and sentences of monstrous length are passed over.
        """
        known = Acquaintances(self.names)
        known.look_over(text)
        for paragraph in paragraphs(text):
            if 0 < paragraph.end - paragraph.start <= _LONGEST_PARAGRAPH:
                known.read(text, paragraph)
                yield from _Paragraph(self, text, paragraph, known).proposals()


@lru_cache
def rule_book(language: str = "en") -> RuleBook:
    """The rules of a language. Raises FileNotFoundError if it has none."""
    path = resource("rules", f"{language}.json")
    return RuleBook.from_data(json.loads(path.read_text(encoding="utf-8")))


class _Paragraph:
    """The work on one paragraph."""

    def __init__(self, book: RuleBook, text: str, span: Span, known: Acquaintances) -> None:
        self._book = book
        self._text = text
        self._known = known
        self._start = span.start
        self._sentences = Sentences(text, span, book.endings)
        self._found: list[Proposal] = []

    def proposals(self) -> Iterator[list[Proposal]]:
        """What is proposed in each sentence, in text order."""
        for sentence in self._sentences.spans():
            before = len(self._found)
            self._known.meet(self._text, self._sentences.in_text(*sentence))
            for rule in self._book.rules:
                if rule.turns is None:
                    self._try(rule, sentence, before)
            self._found[before:] = map(self._turned, self._found[before:])
            yield sorted(self._found[before:], key=lambda one: one.start)

    def _try(self, rule: Rule, sentence: Span, before: int) -> None:
        match = rule.pattern.fullmatch(self._sentences.words, *sentence)
        if match is None:
            return
        spans = self._content(match)
        if spans is None or any(overlaps(a, b) for one in self._found for a in one.spans for b in spans):
            return
        cue = self._spans(match, "cue")
        if rule.inherits:
            givers = self._found[before:] if rule.inherits == "sentence" else self._found[-1:]
            if givers:
                giver = givers[-1]
                self._found.append(giver._replace(rule=rule, spans=spans, cue=cue or giver.cue))
            return
        named, mention = self._who(match)
        if named is not None or mention:
            relay = self._relay(match)
            self._found.append(Proposal(rule, spans, cue, mention, named, rule.is_lower, relay))

    def _turned(self, found: Proposal) -> Proposal:
        """The proposal as the first rule makes it that turns words such as these."""
        pieces = " ".join(self._text[start:end] for start, end in found.spans).translate(_NO_QUOTATION)
        words = " ".join(pieces.split())
        for rule in self._book.rules:
            if rule.turns == found.rule.label and rule.pattern.fullmatch(words):
                return found._replace(rule=rule)
        return found

    def _content(self, match: re.Match[str]) -> tuple[Span, ...] | None:
        """The words to be labelled; None where they are too few."""
        pieces = [trim(self._text, self._whole(span)) for span in self._spans(match, "content")]
        words = sum(len(self._text[piece.start : piece.end].split()) for piece in pieces)
        return normalise(pieces) if words >= _LEAST else None

    def _whole(self, piece: Span) -> Span:
        """With the "that" before a quotation that begins with an auxiliary: it was a pronoun."""
        first = _FIRST_WORD.search(self._text, piece.start, piece.end)
        before = _THAT.search(self._text, self._start, piece.start)
        if before and first and first[0].lower() in cue_words(self._book.language).auxiliaries:
            return piece._replace(start=before.start())
        return piece

    def _spans(self, match: re.Match[str], name: str) -> tuple[Span, ...]:
        return tuple(
            self._sentences.in_text(*match.span(group))
            for group in match.re.groupindex
            if group.rstrip("0123456789") == name and match.start(group) < match.end(group)
        )

    def _begin(self, match: re.Match[str]) -> int:
        return self._sentences.in_text(*match.span()).start

    def _who(self, match: re.Match[str]) -> tuple[Named | None, tuple[Span, ...]]:
        for mention in self._spans(match, "pronoun"):
            return self._known.last_person(mention.start), (mention,)
        for several in self._spans(match, "several"):
            return None, (several,)
        for span in self._spans(match, "source"):
            return self._known.named(self._text, span, is_first=span.start == self._begin(match))
        return None, ()

    def _relay(self, match: re.Match[str]) -> Passed | None:
        for span in self._spans(match, "relay"):
            is_first = span.start == self._begin(match)
            named, mention = self._known.named(self._text, span, is_first=is_first)
            if named is not None or mention:
                return Passed(named, self._spans(match, "passing"), mention)
        return None


_NO_QUOTATION = dict.fromkeys(map(ord, '"“”„«»'))


def _compiled(
    name: str, items: Sequence[str], words: Mapping[str, str], parts: Mapping[str, str]
) -> re.Pattern[str]:
    """A pattern of parts, with blanks between them as they come."""
    counted: dict[str, int] = {}
    pieces: list[str] = []
    for item in items:
        match = _ITEM.fullmatch(item)
        capture, body, may_lack = match.groups() if match else (None, item, "")
        piece = _expanded(parts.get(body, body), words, parts)
        capture = capture or (body if body in _CAPTURES else None)
        if capture:
            number = counted[capture] = counted.get(capture, 0) + 1
            piece = f"(?P<{capture}{number}>{piece})"
        elif body in parts:
            piece = f"(?:{piece})"
        if body in parts or capture:
            piece = rf"(?<!\w){piece}(?!\w)" if body not in _LOOKING else piece
        named = body in parts or capture
        pieces.append(f"(?:{piece})??" if may_lack and named else piece + may_lack)
    try:
        return re.compile(r"\s*".join(pieces))
    except re.error as error:
        raise UserError("rules-broken", rule=name, reason=str(error)) from error


_LOOKING = ("subject", "topic", "finite", "end", "adverb", "intro", "rest", "anything")


def _expanded(pattern: str, words: Mapping[str, str], parts: Mapping[str, str]) -> str:
    def put(match: re.Match[str]) -> str:
        if match[1] in words:
            return f"(?:{words[match[1]]})"
        return _expanded(parts[match[2]], words, parts) if match[2] in parts else match[0]

    return _MACRO.sub(put, pattern)

"""Cue words: verbs and phrases with which a text says that somebody says something."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from annotator.domain.resources import resource

DENIAL_ACTS = frozenset({"deny", "reject", "refuse"})

_WORD_BEFORE = re.compile(r"([^\W\d_]+(?:[-’'][^\W\d_]+)*)\s+\Z")
_WORD_AFTER = re.compile(r"\s*([^\W\d_]+(?:[’'][^\W\d_]+)*)")
_GAP = re.compile(r"\s+(?:[^\s,;:\"“”«»()]+\s+){0,8}?")
_REACH = re.compile(_GAP.pattern.removesuffix("?") + r"\w*")
"""The longest gap and the word behind it."""
_WORD_LISTS = ("that", "auxiliaries", "nouns", "verb_signs", "determiners", "gaps", "recipients")
_LONGEST_WORD = 32


class Cue(NamedTuple):
    """A cue in a text: its characters, where the content after it starts, and its act.

    The content starts behind the "that" that belongs to the cue. act is None for a phrase
    such as "according to", which a source follows and not a content.
    """

    start: int
    end: int
    content: int
    act: str | None


@dataclass(frozen=True)
class CueWords:
    """The cue words of one language; all words in lower case.

    acts: form of a verb -> act (values of the attribute "act"); nouns: forms that
    are usually nouns, which count only where `verb_signs` stand before them or a
    "that" follows; determiners: words after which no verb stands; gaps: words that may
    stand between a verb and its "that", as anything may after `recipients`;
    auxiliaries: words after which "that" was a pronoun.
    """

    language: str
    acts: Mapping[str, str]
    phrases: tuple[str, ...] = ()
    that: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    verb_signs: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    gaps: frozenset[str] = frozenset()
    recipients: frozenset[str] = frozenset()

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> CueWords:
        """The cue words in a file of `resources/language`."""
        acts = {
            form: act for act, verbs in data["verbs"].items() for forms in verbs.values() for form in forms
        }
        return cls(
            language=data["language"],
            acts=acts,
            phrases=tuple(data.get("phrases", ())),
            **{name: frozenset(data.get(name, ())) for name in _WORD_LISTS},
        )

    def find(self, text: str, start: int, end: int) -> Iterator[Cue]:
        """The cues in `text[start:end]`, in order."""
        if not (self.acts or self.phrases):
            return
        for match in self._pattern.finditer(text, start, end):
            form = " ".join(match[0].lower().split())
            if form in self.phrases:
                yield Cue(match.start(), match.end(), match.end(), None)
            elif self._is_verb(text, form, match.start(), match.end(), start):
                content = self._content_after(text, form, match.end(), end)
                yield Cue(match.start(), match.end(), content, self.acts[form])

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted([*self.acts, *self.phrases], key=lambda form: (-len(form), form))
        listed = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in longest_first)
        return re.compile(rf"(?<![\w’'-])(?:{listed})(?![\w’'-])", re.IGNORECASE)

    def _is_verb(self, text: str, form: str, start: int, end: int, first: int) -> bool:
        before = _WORD_BEFORE.search(text, max(first, start - _LONGEST_WORD), start)
        word = before[1].lower() if before else ""
        if word in self.determiners:
            return False
        if form not in self.nouns or word in self.verb_signs:
            return True
        after = _WORD_AFTER.match(text, end)
        return after is not None and after[1].lower() in self.that

    def _content_after(self, text: str, form: str, at: int, end: int) -> int:
        reach = _REACH.match(text, at, end)
        that = self._that.search(text, at, reach.end()) if reach else None
        if that is None or not _GAP.fullmatch(text, at, that.start()):
            return at
        words = text[at : that.start()].split()
        if words and not (form in self.recipients or words[0].lower() in self.gaps):
            return at
        after = _WORD_AFTER.match(text, that.end(), end)
        is_pronoun = after is None or after[1].lower() in self.auxiliaries
        return at if is_pronoun else that.end()

    @cached_property
    def _that(self) -> re.Pattern[str]:
        listed = "|".join(re.escape(word) for word in sorted(self.that)) or r"(?!)"
        return re.compile(rf"(?<!\w)(?:{listed})(?!\w)", re.IGNORECASE)


@lru_cache
def cue_words(language: str = "en") -> CueWords:
    """The cue words of a language, from `resources/language`. Raises FileNotFoundError if it has none."""
    path = resource("language", f"{language}.json")
    return CueWords.from_data(json.loads(path.read_text(encoding="utf-8")))

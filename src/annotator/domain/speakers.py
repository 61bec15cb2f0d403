"""Who the words before "said" name: a full name and a role, as far as the text tells them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from annotator.domain.naming import is_headline
from annotator.domain.paragraphs import paragraphs
from annotator.domain.resources import resource
from annotator.domain.spans import Span

_SHORT = r"(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Sen|Rep|Gov|St|Rev)\."
_SMALL_WORD = re.compile(r"(?<![\w’'-])[a-zß-ÿ][\w’'-]*")
_INNER_NAME = re.compile(r"(?<=[\w,] )[A-ZÀ-ÖØ-Þ][\w’'-]*")
_CAPITAL = rf"(?:(?:[A-Z]\.)+|{_SHORT}|@\w+|[A-ZÀ-ÖØ-Þ][\w’'/&-]*)"
_RUN = rf"{_CAPITAL}(?:\s+(?:(?:of|for|and|de|von|van|der|al)\s+(?:the\s+)?)?{_CAPITAL})*"
_RUNS = re.compile(rf"(?P<the>[Tt]he\s+)?(?P<run>{_RUN})(?:\s+\((?P<short>[A-Z][A-Z/&]+)\))?")
_LAST_RUN = re.compile(rf"(?:\A|\s)(?P<run>{_RUN})(?:\s+\([^()]*\))?\Z")
_BARE_NAME = re.compile(rf"{_CAPITAL}(?:\s+{_CAPITAL}){{1,3}}")
_NAME_ASIDE = re.compile(rf"[^,.:;\n]{{3,80}},\s+(?P<run>{_CAPITAL}(?:\s+{_CAPITAL}){{1,3}}),")
_PHRASE = re.compile(r"(?P<head>[^,]+?)(?P<relative>\s+who\s.*?)?(?:,\s*(?P<aside>.+?),?)?", re.DOTALL)
_DETERMINER = re.compile(r"\A(?:the|an?|some|several|many|one|its|his|her|their|this)\s+", re.IGNORECASE)
_DESCRIBED = re.compile(r"(?:the|an?)(?:\s+[\w’'-]+){1,4}", re.IGNORECASE)
"""A short description, whatever it describes: "the harbour office"."""
_SOMEBODYS = re.compile(r"(?:its|his|her|their|this|that|these|those)\s", re.IGNORECASE)
_OF = re.compile(r"\s+(?:of|for|at|in|from|to|with|who|close)\s")
_POSSESSIVE = re.compile(r"[’']s?\Z")
_JOINS = ("of", "for", "in", "at", "from", "to", "by", "on", "with", "between", "about", "and", "near")
_QUANTIFIERS = ("all", "both", "half", "such", "not", "only", "even", "than")
_INNER_DETERMINER = re.compile(r"(?P<before>[\w’'-]+)\s+(?P<rest>(?:the|an?|its|his|her|their)\s)")
_NO_ROLE = re.compile(r"\w+ing\b|who\b|whose\b|which\b|asked\b|told\b|where\b", re.IGNORECASE)
_PERSON_WORDS = (2, 4)
_REMEMBERED = 1800
"""So many characters after a person was named, "he" may still be that person."""


class Named(NamedTuple):
    """A source as the text names it; role as it is written there."""

    name: str
    kind: str
    role: str | None = None


class NameWords(NamedTuple):
    """Words of one language by what they say about the name they stand in."""

    titles: re.Pattern[str]
    organisations: frozenset[str]
    states: frozenset[str]
    outlets: frozenset[str]
    documents: re.Pattern[str]
    bodies: re.Pattern[str]
    groups: re.Pattern[str]
    anaphoric: re.Pattern[str]
    no_person: frozenset[str]
    courtesy: re.Pattern[str]
    starters: re.Pattern[str]
    nobody: re.Pattern[str]
    """Words that begin a sentence and name nobody, such as “Rumour” or “Further”."""

    @classmethod
    def from_data(cls, words: Mapping[str, Sequence[str]]) -> NameWords:
        """From the word lists of a file of `resources/rules`."""
        return cls(
            titles=_any(words["title"]),
            organisations=frozenset(words["organisation"]),
            states=frozenset(words["state"]),
            outlets=frozenset(words["outlet"]),
            documents=_any(words["document"], inside=True),
            bodies=_any(words["body"], inside=True),
            groups=_any(words["group"], inside=True),
            anaphoric=_any(words["anaphoric"]),
            no_person=frozenset(words["no-person"]),
            courtesy=_any(words["courtesy"]),
            starters=_any([*words["no-head"], *words["no-name"]]),
            nobody=_any(words["nobody"]),
        )

    def split(self, run: str) -> tuple[list[str], list[str]]:
        """A run of capitalised words as a name and the titles before it."""
        tokens = run.split()
        while len(tokens) > 1 and (tokens[0] == "The" or self.starters.match(tokens[0])):
            del tokens[0]
        last = max((i for i, token in enumerate(tokens) if self.titles.match(token)), default=-1)
        name = tokens[last + 1 :]
        if not name or name[0] in self.organisations or name[0] in _JOINS:
            return tokens, []
        return name, self._of_the_last(tokens[: last + 1])

    def _of_the_last(self, titles: list[str]) -> list[str]:
        """The titles of who is named behind them; in “Mayor Anna Bell and Governor” those of one more are."""
        pairs = enumerate(pairwise(titles), 2)
        others = [at for at, (before, word) in pairs if word == "and" and not self.titles.match(before)]
        return titles[others[-1] :] if others else titles

    def role(self, titles: Sequence[str]) -> str | None:
        """What titles say of somebody; a mere “Mr.” says nothing."""
        return " ".join(title for title in titles if not self.courtesy.match(title)) or None


@lru_cache
def name_words(language: str = "en") -> NameWords:
    """The words of a language, without its rules, which take long to make ready."""
    path = resource("rules", f"{language}.json")
    return NameWords.from_data(json.loads(path.read_text(encoding="utf-8"))["words"])


def _lead(words: str) -> int:
    """How many characters before the subject of a sentence are none of it: "Weeks later the mayor"."""
    starts = [
        match.start("rest")
        for match in _INNER_DETERMINER.finditer(words.partition(",")[0])
        if match["before"].lower() not in (*_JOINS, *_QUANTIFIERS)
    ]
    return starts[-1] if starts else 0


def _any(forms: Sequence[str], *, inside: bool = False) -> re.Pattern[str]:
    listed = "|".join(forms)
    if inside:
        return re.compile(rf"(?<!\w)(?:{listed})(?!\w)", re.IGNORECASE)
    return re.compile(rf"(?:{listed})\Z")


class Acquaintances:
    """The names met so far in one text, so that a surname, "CAR" or "he" finds its full name."""

    def __init__(self, words: NameWords) -> None:
        self._words = words
        self._full: dict[str, str] = {}
        self._ordinary: set[str] = set()
        self._people: list[tuple[int, Named]] = []

    def look_over(self, text: str) -> None:
        """Note the words that the whole text writes small, and never large but where a sentence begins."""
        large: set[str] = set()
        for start, end in paragraphs(text):
            piece = text[start:end]
            if not is_headline(piece):
                self._ordinary.update(_SMALL_WORD.findall(piece))
                large.update(word.lower() for word in _INNER_NAME.findall(piece))
        self._ordinary -= large

    def read(self, text: str, paragraph: Span) -> None:
        """Take in the names of a paragraph."""
        if is_headline(text[paragraph.start : paragraph.end]):
            return
        for match in _RUNS.finditer(text, *paragraph):
            tokens, _ = self._words.split(match["run"])
            name = _POSSESSIVE.sub("", " ".join(tokens))
            if match["short"] and len(tokens) > 1:
                self._full[match["short"]] = name
            last = name.rsplit(maxsplit=1)[-1] if name else ""
            if len(tokens) > 1 and (self._is_person(tokens) or last in self._words.organisations):
                self._full[last] = name

    def meet(self, text: str, sentence: Span) -> None:
        """Note the person a sentence begins with: "he" in the next one is likely that person."""
        for match in (_RUNS.match(text, *sentence), _NAME_ASIDE.match(text, *sentence)):
            if match and not self._words.starters.match(match["run"].split()[0]):
                named = self._by_name(match["run"], None)
                if named.kind == "person":
                    self._people.append((match.start("run"), named))

    def last_person(self, offset: int) -> Named | None:
        """The person named last before an offset, not too far away."""
        near = [one for at, one in self._people if offset - _REMEMBERED < at < offset]
        return near[-1] if near else None

    def named(
        self, text: str, span: Span, *, is_first: bool = False
    ) -> tuple[Named | None, tuple[Span, ...]]:
        """Whom some words name, and which of them do; nothing where they name nobody.

        Words that stand for something named before, such as "the company", are a
        mention without a name. is_first: they begin a sentence, so that a capital is no sign of a name.
        """
        span = span._replace(start=span.start + _lead(text[span.start : span.end]))
        match = _PHRASE.fullmatch(text[span.start : span.end])
        if match is None:
            return None, ()
        head, aside = (" ".join((match[name] or "").split()) for name in ("head", "aside"))
        role = aside if aside and not _NO_ROLE.match(aside) else None
        mention = (Span(span.start, span.start + match.end("aside" if role else "head")),)
        is_somebody = match["relative"] is not None or aside.startswith("who ")
        if aside and _BARE_NAME.fullmatch(aside) and not self._trailing(head):
            return self._noted(self._by_name(aside, _DETERMINER.sub("", head, count=1)), span), mention
        found = self._trailing(head)
        if found is not None and is_first and self._is_nobody(found["run"], head):
            return None, ()
        if found is not None and not self._is_group(head):
            before = _DETERMINER.sub("", head[: found.start("run")].strip() + " ", count=1).strip()
            said = before if self._words.groups.search(before) else None
            named = self._by_name(found["run"], role or said)
            if is_somebody and " " not in named.name:
                named = named._replace(kind="person")
            return self._noted(named, span), mention
        bare = _DETERMINER.sub("", head, count=1)
        if self._words.anaphoric.match(bare):
            return None, mention
        if _SOMEBODYS.match(head) or not (self._words.groups.search(head) or _DESCRIBED.fullmatch(head)):
            return None, ()
        if bare == head and self._words.groups.match(bare):
            bare = bare[:1].lower() + bare[1:]
        return Named(bare, self._kind_of_described(bare)), mention

    def _is_nobody(self, run: str, head: str) -> bool:
        """Whether one word at the beginning of a sentence is large for that reason alone."""
        if run != head or " " in run or run in self._full or self._words.groups.fullmatch(run):
            return False
        return run.lower() in self._ordinary or self._words.nobody.match(run) is not None

    def _is_group(self, head: str) -> bool:
        """Whether a phrase describes people or a body: "police", "Residents of Brenn"."""
        first, _, rest = head.partition(" ")
        is_of = rest.partition(" ")[0] in _JOINS and first not in self._words.organisations
        is_titled = self._words.titles.match(first) is not None
        groups = self._words.groups
        return bool(groups.fullmatch(head) or (is_of and not is_titled and groups.fullmatch(first)))

    def _noted(self, named: Named, span: Span) -> Named:
        if named.kind == "person":
            self._people.append((span.start, named))
        return named

    def _trailing(self, head: str) -> re.Match[str] | None:
        """The name a phrase ends with, where it is not "of" or "in" something."""
        match = _LAST_RUN.search(head)
        if match is None:
            return None
        before = [word.lower() for word in head[: match.start("run")].split()]
        if before and before[-1] in ("the", "a", "an") and len(before) > 1:
            del before[-1]
        return None if before and before[-1] in _JOINS else match

    def _by_name(self, run: str, role: str | None) -> Named:
        tokens, titles = self._words.split(run)
        name = " ".join(tokens)
        full = self._full.get(name, name)
        words = full.split()
        role = " ".join(part for part in (role, self._words.role(titles)) if part) or None
        if full in self._words.states and not titles:
            kind = "state"
        elif titles or self._is_person(words):
            kind = "person"
        elif words[-1] in self._words.outlets:
            kind = "outlet"
        else:
            kind = "organisation"
        return Named(full, kind, role)

    def _is_person(self, tokens: Sequence[str]) -> bool:
        least, most = _PERSON_WORDS
        return (
            least <= len(tokens) <= most
            and tokens[0] not in self._words.no_person
            and not any(token in self._words.organisations or token.lower() in _JOINS for token in tokens)
            and not any(token.isupper() and len(token) > 2 for token in tokens)
            and not any("’s" in token or "'s" in token for token in tokens)
        )

    def _kind_of_described(self, words: str) -> str:
        if self._words.documents.search(words):
            return "document"
        noun = _OF.split(words)[0]
        if self._words.bodies.search(noun):
            return "organisation"
        is_plural = noun.endswith(("s", "people")) and not noun.endswith("ss")
        return "group" if is_plural else "anonymous"

"""The one search grammar: `label=denial and source="Ministry of Ports" and across`.

    query     = and-part { "or" and-part }
    and-part  = not-part { [ "and" ] not-part }
    not-part  = "not" not-part | "(" query ")" | flag | condition | words
    condition = field operator value
    words     = text in quotation marks | bare words that are no flag, which follow one another
    operator  = "=" | "!=" | "~" | "<" | ">"
    value     = bare word | text in quotation marks, with \\" and \\\\ inside

Only the form is known here; `domain.matching` finds what a query means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple, NoReturn

from annotator.domain.errors import UserError

FIELDS = (
    "label",
    "source",
    "owner",
    "outlet",
    "article",
    "annotator",
    "status",
    "kind",
    "text",
    "certainty",
    "date",
    "stance",
    "claim",
)
FLAGS = ("across", "linked", "unlinked", "has_note", "question")
OPERATORS = ("=", "!=", "~", "<", ">")
MOST_DEPTH, MOST_CONDITIONS = 16, 400
"""How deep and how large a query may be: what SQLite takes in one statement, with room to spare."""
ATTRIBUTE = "attr."
"""What stands before the name of any attribute of the scheme: `attr.denial_kind=source`."""


@dataclass(frozen=True)
class Term:
    """A field compared with a value: `=` equal, `!=` not equal, `~` contains, `<` less, `>` more."""

    field: str
    op: str
    value: str

    def __str__(self) -> str:
        return f"{self.field}{self.op}{quoted(self.value)}"


@dataclass(frozen=True)
class Flag:
    """A property a mark has or has not."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Words:
    """Words that stand in a row, as a reader sees it."""

    words: str

    def __str__(self) -> str:
        return _in_marks(self.words)


@dataclass(frozen=True)
class Not:
    """What its part does not find."""

    part: Query

    def __str__(self) -> str:
        return f"not {_grouped(self.part, And, Or)}"


@dataclass(frozen=True)
class And:
    """What all of its two or more parts find."""

    parts: tuple[Query, ...]

    def __str__(self) -> str:
        return " and ".join(_grouped(part, And, Or) for part in self.parts)


@dataclass(frozen=True)
class Or:
    """What any of its two or more parts finds."""

    parts: tuple[Query, ...]

    def __str__(self) -> str:
        return " or ".join(_grouped(part, Or) for part in self.parts)


Query = Term | Flag | Words | Not | And | Or


def parse(text: str) -> Query:
    """The query a text says; `str` of it says the same again.

    Raises UserError "query-syntax" with `at` (offset), `found` (left out at the end) and `expected`,
    "query-field-unknown" with `at`, `found` and `like`, the nearest name there is, and
    "query-too-large" for more than a project can be asked at once.
    """
    query = _Parser(text).parse()
    depth, conditions = _size(query)
    if depth > MOST_DEPTH or conditions > MOST_CONDITIONS:
        raise UserError("query-too-large", depth=MOST_DEPTH, conditions=MOST_CONDITIONS)
    return query


def _size(query: Query) -> tuple[int, int]:
    """How deep a query is, and how many conditions it has."""
    match query:
        case And(parts) | Or(parts):
            sizes = [_size(part) for part in parts]
            return 1 + max(depth for depth, _ in sizes), sum(count for _, count in sizes)
        case Not(part):
            depth, count = _size(part)
            return 1 + depth, count
    return 0, 1


def words_in(query: Query) -> list[str]:
    """The words that a query asks for and does not rule out, each once."""
    match query:
        case Words(words) | Term("text", "~", words):
            return [words] if words.strip() else []
        case And(parts) | Or(parts):
            return list(dict.fromkeys(words for part in parts for words in words_in(part)))
    return []


_TOKEN = re.compile(
    r"""\s*(?:
    (?P<quoted>"(?:[^"\\]|\\.)*"|“[^”]*”)
    | (?P<op>!=|[=~<>])
    | (?P<bracket>[()])
    | (?P<word>[^\s()=~<>!"“”]+)
    )""",
    re.VERBOSE | re.DOTALL,
)
_BARE = re.compile(r"[^\s()=~<>!\"“”\\]+")
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_COLON = re.compile(r"([^\W\d]{3,}):")
_KEYWORDS = ("and", "or", "not")
_NAMES = (*FIELDS, *FLAGS)
_DEEPEST = 100


class _Token(NamedTuple):
    kind: str
    text: str
    at: int


class _Parser:
    """Recursive descent over the tokens of one query."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._next = 0
        self._depth = 0

    def parse(self) -> Query:
        query = self._any()
        if self._token.kind != "end":
            self._refuse("and, or")
        return query

    @property
    def _token(self) -> _Token:
        return self._tokens[self._next]

    def _take(self) -> _Token:
        token = self._token
        self._next += 1
        return token

    def _any(self) -> Query:
        parts = [self._all()]
        while self._is_keyword("or"):
            self._take()
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all(self) -> Query:
        parts = [self._one()]
        while self._goes_on():
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _goes_on(self) -> bool:
        """Pass over an "and"; whether there is one, or something that needs none before it."""
        if self._is_keyword("and"):
            self._take()
            return True
        token = self._token
        return (token.kind in ("word", "quoted") and not self._is_keyword("or")) or token.text == "("

    def _one(self) -> Query:
        self._depth += 1
        if self._depth > _DEEPEST:
            self._refuse("fewer brackets")
        part = self._part()
        self._depth -= 1
        return part

    def _part(self) -> Query:
        if self._is_keyword("not"):
            self._take()
            return Not(self._one())
        if self._token.text == "(" and self._token.kind == "bracket":
            self._take()
            query = self._any()
            if self._token.text != ")" or self._token.kind != "bracket":
                self._refuse(")")
            self._take()
            return query
        if self._token.kind == "quoted":
            return Words(_unquoted(self._take()))
        return self._flag_or_term()

    def _flag_or_term(self) -> Query:
        name = self._token.text.lower()
        if self._token.kind != "word" or name in _KEYWORDS:
            self._refuse(", ".join((*FIELDS, ATTRIBUTE + "NAME", *FLAGS, '"…"')))
        if name in FLAGS:
            self._take()
            return Flag(name)
        if name == ATTRIBUTE:
            self._refuse(ATTRIBUTE + "NAME")
        return self._term(name) if _is_field(name) else self._words()

    def _words(self) -> Query:
        """The bare words up to what is none of them."""
        words = []
        while self._token.kind == "word" and not self._is_name(self._token.text.lower()):
            token = self._take()
            field = _COLON.match(token.text)
            if self._token.kind == "op" or (field and get_close_matches(field[1].lower(), _NAMES)):
                self._refuse_field(token, field[1] if field else token.text)
            words.append(token.text)
        return Words(" ".join(words))

    def _is_name(self, word: str) -> bool:
        return word in FLAGS or word in _KEYWORDS or _is_field(word)

    def _term(self, name: str) -> Query:
        field = self._take().text
        field = field.lower() if name in FIELDS else ATTRIBUTE + field[len(ATTRIBUTE) :]
        return Term(field, self._operator(field), self._value(field))

    def _operator(self, field: str) -> str:
        allowed = operators_of(field)
        if self._token.kind != "op" or self._token.text not in allowed:
            self._refuse(" ".join(allowed))
        return self._take().text

    def _value(self, field: str) -> str:
        token = self._token
        if token.kind not in ("word", "quoted") or (token.kind == "word" and token.text.lower() in _KEYWORDS):
            self._refuse("a value")
        if field == "date" and not _DATE.fullmatch(_unquoted(token)):
            self._refuse("2024, 2024-11, 2024-11-05")
        return _unquoted(self._take())

    def _is_keyword(self, keyword: str) -> bool:
        return self._token.kind == "word" and self._token.text.lower() == keyword

    def _refuse_field(self, token: _Token, name: str) -> NoReturn:
        like = get_close_matches(name.lower(), _NAMES, 1)
        if not like:
            self._refuse(", ".join(FIELDS), token)
        example = like[0] if like[0] in FLAGS else f"{like[0]}="
        raise UserError("query-field-unknown", at=token.at, found=token.text, like=example)

    def _refuse(self, expected: str, token: _Token | None = None) -> NoReturn:
        wrong = token or self._token
        found = {"found": wrong.text} if wrong.text else {}
        raise UserError("query-syntax", at=wrong.at, expected=expected, **found)


def operators_of(field: str) -> tuple[str, ...]:
    """The operators a field can be compared with."""
    if field == "date":
        return ("=", "!=", "<", ">")
    return OPERATORS if field.startswith(ATTRIBUTE) else ("=", "!=", "~")


def _is_field(name: str) -> bool:
    return name in FIELDS or name.startswith(ATTRIBUTE)


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            start = len(text) - len(text[at:].lstrip())
            closing = '"' if text[start] in '"“' else "a condition"
            raise UserError("query-syntax", at=start, found=text[start], expected=closing)
        yield _Token(match.lastgroup, match[match.lastgroup], match.start(match.lastgroup))
        at = match.end()
    yield _Token("end", "", len(text))


def _unquoted(token: _Token) -> str:
    if token.kind == "word":
        return token.text
    inside = token.text[1:-1]
    return re.sub(r"\\(.)", r"\1", inside, flags=re.DOTALL) if token.text[0] == '"' else inside


def quoted(value: str) -> str:
    """A value as a query has it: in quotation marks where it must be."""
    if _BARE.fullmatch(value) and value.lower() not in _KEYWORDS:
        return value
    return _in_marks(value)


def _in_marks(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _grouped(part: Query, *kinds: type) -> str:
    return f"({part})" if isinstance(part, kinds) else str(part)

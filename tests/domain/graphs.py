"""Small projects written as the lines of the lossless format, and random ones for laws."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

from annotator.domain.facts import Facts
from annotator.domain.model import (
    Article,
    Attribution,
    Dismissal,
    Exhibit,
    Link,
    Mark,
    Mention,
    Proposition,
    PropositionLink,
    Record,
    Ref,
    SchemeLine,
    Source,
)
from annotator.domain.spans import Span

Line = dict[str, Any]
PLAIN = {"source": Source, "exhibit": Exhibit, "proposition": Proposition, "mention": Mention}


def record(line: Line) -> Record:
    """The record of a line; only what the map and the checks read."""
    row = {key: value for key, value in line.items() if key != "type"}
    match line["type"]:
        case "scheme":
            return SchemeLine(data=row)
        case "article":
            return Article(**{"text": "", **row})
        case "mark":
            row["spans"] = tuple(Span(*span) for span in row.get("spans", [[0, 4]]))
            row["quotes"] = tuple(row.get("quotes", ["some words"]))
            row["flags"] = tuple(row.get("flags", ()))
            row["attribution"] = tuple(Attribution(step["source"]) for step in row.get("attribution", ()))
            return Mark(**row)
        case "link":
            return Link(origin=ref(row.pop("from")), target=ref(row.pop("to")), **row)
        case "proposition_link":
            return PropositionLink(origin=row.pop("from"), target=row.pop("to"), **row)
        case "dismissal":
            return Dismissal(target=ref(row.pop("target")), **row)
        case kind:
            return PLAIN[kind](**row)


def ref(end: Line) -> Ref:
    ((table, row),) = end.items()
    return Ref(table, row)


def facts(lines: Iterable[Line]) -> Facts:
    return Facts.of(record(line) for line in lines)


def source(name: str, /, **fields: Any) -> Line:
    return {"type": "source", "id": name, "name": name, **fields}


def article(name: str = "a1", /, **fields: Any) -> Line:
    return {"type": "article", "id": name, **fields}


def mark(name: str, label: str = "claim", by: str | None = None, *via: str | None, **fields: Any) -> Line:
    chain = [{"source": one} for one in (by, *via)] if by or via else []
    return {"type": "mark", "id": name, "article": "a1", "label": label, "attribution": chain, **fields}


def claim(name: str = "p1", text: str = "The plant sold engines") -> Line:
    return {"type": "proposition", "id": name, "text": text}


def mention(mark: str, stance: str = "support", proposition: str = "p1", **fields: Any) -> Line:
    return {
        "type": "mention",
        "id": f"{mark}-{stance}-{proposition}",
        "mark": mark,
        "proposition": proposition,
        "stance": stance,
        **fields,
    }


def link(kind: str, origin: str, target: str, table: str = "mark", **fields: Any) -> Line:
    start = "exhibit" if origin.startswith("e") else "mark"
    return {
        "type": "link",
        "id": f"{kind}-{origin}-{target}",
        "kind": kind,
        "from": {start: origin},
        "to": {table: target},
        **fields,
    }


SOURCES = [f"s{n}" for n in range(6)]
ARTICLES = ["a1", "a2"]
MARKS = [f"m{n}" for n in range(8)]
EXHIBITS = ["e1", "e2"]
CLAIMS = ["p1", "p2", "p3"]
LABELS = ["claim", "claim", "denial", "evidence", "no_comment"]
KINDS = ["denies", "supports", "undermines", "responds_to", "corroborates", "cites", "elaborates"]


@st.composite
def projects(draw: st.DrawFn) -> list[Line]:
    """Projects small enough that sources, marks and claims meet often."""
    lines = draw(registries())
    lines += [{"type": "exhibit", "id": one} for one in EXHIBITS]
    lines += [claim(one) for one in CLAIMS]
    attributes = st.sampled_from([{}, {"quote": "none"}, {"quote": "direct"}])
    for one in MARKS:
        label = draw(st.sampled_from(LABELS))
        chain = draw(st.lists(st.none() | st.sampled_from(SOURCES), max_size=3))
        place = draw(st.sampled_from(ARTICLES))
        lines.append(mark(one, label, *chain, article=place, attributes=draw(attributes)))
    stances = st.sampled_from(["support", "support", "deny", "deny", "query", "comment"])
    said = st.tuples(st.sampled_from(MARKS), stances, st.sampled_from(CLAIMS))
    lines += [mention(*one) for one in draw(st.lists(said, max_size=12, unique=True))]
    ends = st.one_of(
        st.tuples(st.sampled_from(MARKS), st.just("mark")),
        st.tuples(st.sampled_from(SOURCES), st.just("source")),
        st.tuples(st.sampled_from(CLAIMS), st.just("proposition")),
    )
    drawn = st.tuples(st.sampled_from(KINDS), st.sampled_from(MARKS + EXHIBITS), ends)
    for kind, origin, (target, table) in draw(st.lists(drawn, max_size=14, unique=True)):
        if origin != target:
            lines.append(link(kind, origin, target, table))
    return lines


@st.composite
def choruses(draw: st.DrawFn) -> list[Line]:
    """Projects in which every mark asserts one claim, and most relay or cite another."""
    lines = [*draw(registries()), claim()]
    names = st.sampled_from(SOURCES)
    for one in MARKS:
        relays = draw(st.lists(names, max_size=1))
        lines += [mark(one, "claim", draw(names), *relays, attributes={}), mention(one)]
    ends = st.one_of(st.tuples(st.sampled_from(MARKS), st.just("mark")), st.tuples(names, st.just("source")))
    for origin, (target, table) in draw(
        st.lists(st.tuples(st.sampled_from(MARKS), ends), min_size=4, unique=True)
    ):
        lines.append(link("cites", origin, target, table))
    return lines


@st.composite
def registries(draw: st.DrawFn) -> list[Line]:
    """Sources with affiliations that may run in circles, and articles of some outlet."""
    kinds = st.sampled_from(["person", "person", "organisation", "state", "anonymous", "unknown"])
    rarely = st.sampled_from([None] * 6 + SOURCES)
    lines = [source(one, kind=draw(kinds), affiliation=draw(rarely), same_as=draw(rarely)) for one in SOURCES]
    return lines + [article(one, outlet=draw(rarely)) for one in ARTICLES]

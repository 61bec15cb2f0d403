"""Records of every type: random ones for laws, and a small project with every feature."""

from hypothesis import strategies as st

from annotator.domain.model import (
    Annotator,
    Article,
    Attribution,
    Dismissal,
    Exhibit,
    Judgement,
    Link,
    Mark,
    Mention,
    Pin,
    ProjectLine,
    Proposition,
    PropositionLink,
    Ref,
    Region,
    Report,
    SavedSearch,
    SchemeLine,
    Source,
)
from annotator.domain.spans import Span
from annotator.formats.kept import HELD

words = st.text(max_size=12)
ids = st.text(min_size=1, max_size=8)
maybe = st.none() | words
numbers = st.integers(-(2**70), 2**70)
values = st.recursive(
    st.none() | st.booleans() | numbers | st.floats(allow_nan=False, allow_infinity=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=4,
)
extras = st.dictionaries(words.map(lambda name: "x-" + name), values, max_size=2)
spans = st.tuples(st.integers(0, 90), st.integers(1, 9)).map(lambda pair: Span(pair[0], sum(pair)))
span_tuples = st.lists(spans, max_size=2).map(tuple)
texts = st.lists(words, max_size=2).map(tuple)


def refs(*tables: str) -> st.SearchStrategy[Ref]:
    return st.builds(Ref, st.sampled_from(tables), ids)


def records(record_type, **fields):
    return st.builds(record_type, id=ids, origin_id=st.none() | ids, extra=extras, **fields)


attributions = st.lists(st.builds(Attribution, maybe, span_tuples, span_tuples), max_size=2).map(tuple)
marks = st.lists(spans, min_size=1, max_size=3).flatmap(
    lambda pieces: records(
        Mark, article=ids, label=ids, spans=st.just(tuple(pieces)),
        quotes=st.tuples(*[words] * len(pieces)), annotator=st.none() | ids, attribution=attributions,
        possible_source=maybe, attributes=st.dictionaries(words, values, max_size=2),
        origins=st.dictionaries(words, words, max_size=2), hedges=span_tuples, flags=texts,
        sure=st.booleans(), status=words, question=maybe, proposed_by=maybe,
        scheme_version=st.none() | st.integers(0, 9), created=maybe, note=maybe,
    )
)  # fmt: skip
often = st.one_of(
    records(
        Source, name=words, kind=words, role=maybe, affiliation=maybe, country=maybe, aliases=texts,
        named=st.booleans(), anonymity=maybe, author=maybe, publisher=maybe, same_as=maybe, wikidata=maybe,
        confidential=st.booleans(), note=maybe,
    ),
    records(
        Article, text=words, title=maybe, byline=maybe, outlet=maybe, agency=maybe, date=maybe,
        updated=maybe, retrieved=maybe, url=maybe, archive_url=maybe, language=maybe, rights=maybe,
        tags=texts, status=words, regions=st.lists(st.builds(Region, words, spans), max_size=2).map(tuple),
        version_of=maybe, origin=st.none() | st.dictionaries(words, values, max_size=2), sha256=maybe,
        note=maybe,
    ),
    marks,
    records(
        Proposition, text=words, place=maybe, time=maybe, topic=maybe, set=maybe,
        in_no_article=st.booleans(), note=maybe,
    ),
    records(Mention, mark=ids, proposition=ids, stance=words, certainty=maybe, annotator=maybe, note=maybe),
    records(
        Link, kind=words, origin=refs("mark", "exhibit"), target=refs("mark", "proposition", "source"),
        how=maybe, inferred=st.booleans(), annotator=maybe, created=maybe, note=maybe,
    ),
)  # fmt: skip
"""Records of the types of which files have many lines."""
any_record = st.one_of(
    st.builds(ProjectLine, name=words, extra=extras),
    st.builds(SchemeLine, data=st.dictionaries(st.sampled_from(["labels", "keys", "z", "version"]), values)),
    records(Annotator, name=words),
    often,
    records(Exhibit, title=maybe, url=maybe, archive_url=maybe, sha256=maybe, captured=maybe, note=maybe),
    records(PropositionLink, origin=ids, kind=words, target=ids, annotator=maybe, note=maybe),
    records(
        Judgement, target=refs("source", "proposition", "mention", "article"), scale=words, value=words,
        annotator=maybe, at=maybe, reason=maybe,
    ),
    records(Dismissal, rule=words, target=refs("mark", "source"), reason=words, annotator=maybe, at=maybe),
    records(SavedSearch, name=words, query=words, note=maybe),
    records(Pin, mark=ids, note=maybe),
    records(Report, title=words, lead=words, claims=texts, note=maybe),
)  # fmt: skip

HARBOUR = (
    "Harbour \U0001f6a2 closed, mayor says\n"
    "“The harbour is safe,” Mayor Ana Ruiz told Radio Nord on Monday.\n"
    "=SUM(A1) was found in a cell of the port's own file.\n"
)
REPLY = "Port denies it\r was never said.\u2028The port has closed nothing, it said.\n".replace("\r", "")


def cut(text: str, *quotes: str) -> dict[str, tuple]:
    """Spans and quotes of the first occurrence of each quote."""
    starts = [text.index(quote) for quote in quotes]
    pieces = tuple(Span(start, start + len(quote)) for start, quote in zip(starts, quotes, strict=True))
    return {"spans": pieces, "quotes": quotes}


def small_project() -> list:
    """Two articles with every kind of record, in file order."""
    return [
        ProjectLine(name="Harbour"),
        SchemeLine(
            data={
                "version": 1,
                "labels": [{"id": "claim", "name": "Claim"}, {"id": "denial"}, {"id": "Beleg für"}],
                "attributes": [
                    {"id": "certainty", "on": ["claim"], "values": ["certain", "possible"]},
                    {"id": "denial_kind", "on": ["denial"], "values": ["content", "source"], "several": True},
                    {"id": "place", "values": None},
                ],
                "link_kinds": [{"id": "denies"}, {"id": "supports"}, {"id": "undermines"}],
            }
        ),
        Annotator(id="ann", name="Nia"),
        Source(id="ruiz", name="Ana Ruiz", kind="person", role="mayor", affiliation="city"),
        Source(id="city", name="City", kind="organisation"),
        Source(id="nord", name="Radio Nord", kind="outlet"),
        Article(id="a1", text=HARBOUR, title="Harbour: closed?", outlet="nord", date="2026-03-01"),
        Article(id="a2", text=REPLY, title="harbour  closed?"),
        Exhibit(id="x1", title="Photo", url="https://example.org/p.jpg"),
        Mark(
            id="m1", article="a1", label="claim", annotator="ann", **cut(HARBOUR, "The harbour is safe,"),
            attribution=(Attribution("ruiz", cut(HARBOUR, "told")["spans"]), Attribution("nord")),
            attributes={"certainty": "certain", "place": "quay  9"}, note="first\nsecond",
        ),
        Mark(
            id="m2", article="a1", label="Beleg für", **cut(HARBOUR, "=SUM(A1)", "port's own file"),
            attributes={"place": "=1+1"},
        ),
        Mark(
            id="m3", article="a2", label="denial", **cut(REPLY, "The port has closed nothing"),
            attributes={"denial_kind": ["content"]}, attribution=(Attribution("ruiz"),),
        ),
        Mark(id="m4", article="a2", label="claim", **cut(REPLY, "said.\u2028The port")),
        Proposition(id="p1", text="The harbour is closed."),
        Mention(id="n1", mark="m1", proposition="p1", stance="deny"),
        Link(id="l1", kind="supports", origin=Ref("mark", "m2"), target=Ref("mark", "m1"), note="see"),
        Link(id="l2", kind="denies", origin=Ref("mark", "m3"), target=Ref("mark", "m1")),
        Link(id="l3", kind="supports", origin=Ref("exhibit", "x1"), target=Ref("proposition", "p1")),
        Link(id="l4", kind="undermines", origin=Ref("mark", "m3"), target=Ref("source", "ruiz"), how="rebut"),
        PropositionLink(id="q1", origin="p1", kind="supports", target="p1"),
        Judgement(id="j1", target=Ref("source", "ruiz"), scale="reliability", value="B"),
        Dismissal(id="d1", rule="denial-without-target", target=Ref("mark", "m3"), reason="elsewhere"),
        SavedSearch(id="s1", name="Denials", query="label=denial"),
        Pin(id="i1", mark="m3"),
        Report(id="r1", title="Harbour", claims=("p1",)),
    ]  # fmt: skip


MANY = 3 * HELD + 1


def many_marks_and_links():
    """An article with more marks, mentions and links than writers hold in memory; words tell them apart."""
    text = "x" * MANY
    yield Article(id="a", text=text, title="Many")
    yield Proposition(id="p", text="It is so.")
    for number in range(MANY):
        span = Span(number, number + 1)
        yield Mark(id=f"m{number:05}", article="a", label="claim", spans=(span,), quotes=("x",))
    for number in range(MANY):
        yield Mention(id=f"n{number:05}", mark=f"m{number:05}", proposition="p", stance="deny")
    for number in range(1, MANY):
        ends = Ref("mark", f"m{number:05}"), Ref("mark", f"m{number - 1:05}")
        yield Link(id=f"l{number:05}", kind="denies", origin=ends[0], target=ends[1])

"""The overview of a report in parts, as a web page and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from annotator.domain.report import NO_SENTENCE
from annotator.formats.reports import markdown, wording
from annotator.formats.reports.parted import Listed, Overview, PartListed, marks_span, span_of
from annotator.formats.reports.webpage import document


def page(overview: Overview) -> str:
    """The overview as HTML, with a filter by words and by whether a claim is disputed."""
    return document(overview.title, _body(overview), "overview.js")


def _body(overview: Overview) -> Iterator[str]:
    yield f"<header><h1>{escape(overview.title)}</h1>"
    yield from (f'<p dir="auto">{escape(part)}</p>' for part in overview.lead)
    yield from (f'<p class="remark">{escape(words)}</p>' for words in _remarks(overview))
    yield "</header>"
    yield '<form hidden aria-label="Filters">'
    yield '<label>Words of a claim<input type="search" name="words"></label>'
    yield '<label>Disputed<select name="disputed"><option value="">all</option>'
    yield '<option value="yes">disputed</option><option value="no">not disputed</option></select></label>'
    yield '<button type="reset">Show all</button><output aria-live="polite"></output></form>'
    yield '<nav aria-label="Claims">'
    for part in overview.parts:
        if part.claims:
            yield f'<section><h3><a href="{escape(part.address)}">{span_of(part.claims)}</a></h3><ol>'
            yield from map(_entry, part.claims)
            yield "</ol></section>"
    yield "</nav>"
    if nobodys := _nobodys(overview):
        yield f"<footer><h2>{wording.NOBODYS}</h2><p>{wording.NOBODYS_REMARK}</p><ul>"
        yield from (f'<li><a href="{escape(part.address)}">{words}</a></li>' for part, words in nobodys)
        yield "</ul></footer>"


def _entry(claim: Listed) -> str:
    words = claim.sentence or NO_SENTENCE
    disputed = "yes" if claim.is_disputed else "no"
    badge = '<span class="badge disputed">disputed</span>' if claim.is_disputed else ""
    voices = f'<span class="remark">{claim.asserting} : {claim.denying}</span>'
    named = escape(f"{claim.handle} {words}")
    return (
        f'<li data-disputed="{disputed}" data-words="{named}"><b>{claim.handle}</b>'
        f'<a href="{escape(claim.address)}"><bdi>{escape(words)}</bdi></a><span>{voices}{badge}</span></li>'
    )


def text(overview: Overview) -> str:
    """The overview as Markdown."""
    return "\n\n".join(_paragraphs(overview)) + "\n"


def _paragraphs(overview: Overview) -> Iterator[str]:
    yield f"# {markdown.escape(overview.title)}"
    yield from map(markdown.paragraph, (*overview.lead, *_remarks(overview)))
    for part in overview.parts:
        if part.claims:
            yield f"## [{span_of(part.claims)}](<{part.address}>)"
            yield "\n".join(map(_item, part.claims))
    if nobodys := _nobodys(overview):
        yield f"## {wording.NOBODYS}"
        yield wording.NOBODYS_REMARK
        yield "\n".join(f"- [{words}](<{part.address}>)" for part, words in nobodys)


def _item(claim: Listed) -> str:
    words = markdown.escape(claim.sentence or NO_SENTENCE)
    voices = f"{claim.asserting} : {claim.denying}" + ("; disputed" if claim.is_disputed else "")
    return f"- [{claim.handle}](<{claim.address}>) {words} ({voices})"


def _remarks(overview: Overview) -> Iterator[str]:
    yield wording.claims_in_all(overview.claims, overview.disputed)
    parts = wording.count_of(len(overview.parts), "part")
    yield (
        "This is the overview. Statements, grounds and drawings of the claims, and the articles quoted, stand"
        f" in {parts} in the folder “{overview.folder}” beside this file, which belongs to it."
    )
    yield "Beside each claim: independent voices that assert it, and that deny it."


def _nobodys(overview: Overview) -> list[tuple[PartListed, str]]:
    """The parts of marks without a source, each with which of them it tells."""
    found: list[tuple[PartListed, str]] = []
    before = 0
    for part in overview.parts:
        if part.unnamed:
            found.append((part, marks_span(before, part.unnamed)))
            before += part.unnamed
    return found

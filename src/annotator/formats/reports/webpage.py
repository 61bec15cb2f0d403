"""A report as one web page that needs nothing else, and that can be filtered and printed."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from html import escape
from urllib.parse import quote

from annotator.domain.model import Ref
from annotator.domain.report import GROUNDS, NO_SENTENCE, SIDES, ClaimPart, FullReport, Printed, Statement
from annotator.domain.resources import resource
from annotator.domain.text import without_controls
from annotator.formats.drawing import STYLE, inline
from annotator.formats.reports import wording
from annotator.formats.reports.entries import Entries, all_of, anchors, entries_for, entries_of, linked
from annotator.formats.reports.parted import beside
from annotator.formats.reports.wording import Run, Runs, text_of

_FACES = {"strong": "strong", "title": "em", "quoted": "mark"}
_STANCES = {side: wording.DOES[side] for side in SIDES} | {
    side: wording.HEADINGS[side].lower() for side in GROUNDS
}
_LIST = Callable[[Statement], Runs]
WIDE = 850
"""Pixels above which a drawing is printed on a page turned on its side."""


def page(report: FullReport) -> str:
    """The report as HTML.

    Every word of the project is text: nothing in it can become a tag, an address
    or a script.
    """
    return document(report.title, _body(report), "page.js")


def document(title: str, body: Iterable[str], script_name: str) -> str:
    """A page that asks nothing of any network; the script and the style named by their hashes may act."""
    style, script = _part("page.css") + STYLE, _part(script_name)
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}';"
        " base-uri 'none'; form-action 'none'"
    )
    text = "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="generator" content="annotator">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{escape(title)}</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            *body,
            f"<script>{script}</script>",
            "</body>",
            "</html>",
            "",
        ]
    )
    return without_controls(text)


@cache
def _part(name: str) -> str:
    return resource("report", name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """The source of a content security policy that allows exactly this text."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _body(report: FullReport) -> Iterator[str]:
    ways = _ways(report)
    yield f"<header>{ways}<h1>{_text(report.title)}</h1>"
    yield from (f'<p dir="auto">{_text(part)}</p>' for part in report.lead)
    yield f'<p class="remark">{_text(wording.summary(report))}</p></header>'
    yield from _filters(report)
    if len(report.claims) > 1:
        yield '<nav aria-label="Claims"><ol>'
        yield from map(_entry, report.claims)
        yield "</ol></nav>"
    yield "<main>"
    entries = entries_of(report)
    for claim in report.claims:
        yield from _claim(claim, report, entries)
    if report.unnamed:
        yield f'<details open class="claim"><summary><h2>{wording.NOBODYS}</h2></summary>'
        yield f'<p class="remark">{_text(wording.NOBODYS_REMARK)}</p>'
        places = {one.origin: one.handle for one in report.unnamed if one.origin}
        yield from _section("", report.unnamed, wording.said, {}, places)
        yield "</details>"
    yield "</main>"
    yield from _articles(report.articles)
    yield ways


def _ways(report: FullReport) -> str:
    """Where a part leads to, at its beginning and at its end."""
    ways = (f'<a href="{escape(quote(address))}">{words}</a>' for words, address in beside(report))
    told = " · ".join(ways)
    return f'<p class="remark">{told}</p>' if told else ""


def _entry(claim: ClaimPart) -> str:
    sentence = _text(claim.sentence or NO_SENTENCE)
    return f'<li><b>{claim.handle}</b><a href="#{claim.handle}"><bdi>{sentence}</bdi></a>{_badge(claim)}</li>'


def _badge(claim: ClaimPart) -> str:
    return '<span class="badge disputed">disputed</span>' if claim.is_disputed else ""


def _filters(report: FullReport) -> Iterator[str]:
    """The form by which a reader narrows the page down, by what differs on it; the script shows it."""
    said = [*(one for claim in report.claims for one in all_of(claim)), *report.unnamed]
    sources = {one.speaker.name for one in said if one.speaker}
    sources |= {one.speaker.owner for one in said if one.speaker and one.speaker.owner}
    outlets = {one.passage.article.outlet for one in said if one.passage and one.passage.article} - {""}
    stances = [_STANCES[side] for side in (*SIDES, *GROUNDS) if any(one.side == side for one in said)]
    yield '<form hidden aria-label="Filters">'
    if report.claims:
        yield '<label>Words of a claim<input type="search" name="words"></label>'
        yield _choice("Disputed", "disputed", (("yes", "disputed"), ("no", "not disputed")))
    for words, name, values in (
        ("Said by or for", "source", sorted(sources)),
        ("Printed by", "outlet", sorted(outlets)),
        ("Stance", "stance", stances),
    ):
        if values:
            yield _choice(words, name, ((value, value) for value in values))
    yield '<label>Printed from<input type="date" name="from"></label>'
    yield '<label>Printed until<input type="date" name="until"></label>'
    yield '<button type="reset">Show all</button><output aria-live="polite"></output></form>'


def _choice(words: str, name: str, values: Iterable[tuple[str, str]]) -> str:
    rows = "".join(f'<option value="{escape(value)}">{_text(shown)}</option>' for value, shown in values)
    return f'<label>{words}<select name="{name}"><option value="">all</option>{rows}</select></label>'


def _claim(claim: ClaimPart, report: FullReport, entries: Entries) -> Iterator[str]:
    entries, places = entries_for(claim, entries), anchors(claim)
    disputed = "yes" if claim.is_disputed else "no"
    yield (
        f'<details open class="claim" id="{claim.handle}" data-disputed="{disputed}"'
        f' data-words="{escape(wording.claim_title(claim))}">'
    )
    yield f'<summary><h2 dir="auto">{_text(wording.claim_title(claim))}</h2>{_badge(claim)}</summary>'
    yield f"<p>{_inline(wording.standing(claim))}</p>"
    for runs in wording.remarks(claim):
        yield f'<p class="remark">{_inline(linked(runs, entries))}</p>'
    yield from _drawings(claim, report)
    for side in SIDES:
        yield from _section(wording.HEADINGS[side], claim.on(side), wording.said, entries, places)
    yield from _section(wording.UNNAMED, claim.unnamed, wording.unnamed_said, entries, places)
    for side in GROUNDS:
        yield from _section(wording.HEADINGS[side], claim.on(side), wording.said, entries, places)
    yield from _notes("Judgements", map(wording.judgement, claim.judged))
    yield from _notes("Still open", claim.loose_ends)
    yield "</details>"


def _drawings(claim: ClaimPart, report: FullReport) -> Iterator[str]:
    """The drawings of a claim, folded; their boxes lead to the statements they stand for."""
    places = {ref: f"#{anchor}" for ref, anchor in anchors(claim).items()}
    places |= {Ref("proposition", other.id): f"#{other.handle}" for other in report.claims}
    for (words, name), drawing in zip(wording.captions(claim), claim.drawn, strict=True):
        wide = " wide" if drawing.figure.width > WIDE else ""
        yield f'<details class="drawn {drawing.kind}{wide}" id="{name}"><summary>{words}</summary>'
        drawn = inline(drawing.figure, words, report.kinds, lambda box: places.get(box.key, ""))
        yield f'<figure tabindex="0">{drawn}</figure></details>'


def _section(
    heading: str, statements: Iterable[Statement], head: _LIST, entries: Entries, places: dict[Ref, str]
) -> Iterator[str]:
    """Statements under a heading; the place of each is taken, so that no other has it."""
    rows = list(statements)
    if not rows:
        return
    yield "<section>" + (f"<h3>{heading}</h3>" if heading else "") + "<ul>"
    for statement in rows:
        place = places.pop(statement.origin, "") if statement.origin else ""
        yield from _statement(statement, head, entries, place)
    yield "</ul></section>"


def _statement(statement: Statement, head: _LIST, entries: Entries, anchor: str) -> Iterator[str]:
    printed = statement.passage.article if statement.passage else None
    speaker = statement.speaker
    data = {
        "source": speaker.name if speaker else "",
        "owner": speaker.owner if speaker else "",
        "outlet": printed.outlet if printed else "",
        "date": printed.date if printed else "",
        "stance": _STANCES.get(statement.side, ""),
    }
    written = "".join(f' data-{name}="{escape(value)}"' for name, value in data.items())
    place = f' id="{anchor}"' if anchor else ""
    yield f'<li class="said {statement.side}"{place}{written}>'
    yield f'<p dir="auto">{_inline(head(statement))}</p>'
    yield f'<p class="place">{_inline(linked(wording.place(statement), entries))}</p>'
    yield from (f'<p class="remark">{_text(wording.judgement(one))}</p>' for one in statement.judged)
    if statement.passage and (around := wording.context(statement.passage)):
        yield "<details><summary>In context</summary>"
        yield f'<blockquote dir="auto">{_inline(around)}</blockquote></details>'
    yield "</li>"


def _notes(heading: str, rows: Iterable[str]) -> Iterator[str]:
    found = list(rows)
    if found:
        yield f"<h3>{heading}</h3><ul>"
        yield from (f'<li class="remark" dir="auto">{_text(words)}</li>' for words in found)
        yield "</ul>"


def _articles(articles: Iterable[Printed]) -> Iterator[str]:
    rows = list(articles)
    if not rows:
        return
    yield f"<footer><h2>{wording.ARTICLES}</h2><p>{_text(wording.HASHES_REMARK)}</p><ul>"
    for printed in rows:
        yield f'<li id="{wording.article_anchor(printed)}" dir="auto"><p>{_inline(wording.article(printed))}'
        yield from (f"<br><code>{_inline(runs)}</code>" for runs in wording.evidence(printed))
        yield "</p></li>"
    yield "</ul></footer>"


def _inline(runs: Runs) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    words = _text(run.text)
    if run.face == "link":
        rel = ' rel="noreferrer noopener"' if wording.is_address(run.address) else ""
        return f'<a{rel} href="{escape(run.address)}">{words}</a>'
    tag = _FACES.get(run.face)
    return f"<{tag}>{words}</{tag}>" if tag and text_of((run,)).strip() else words


def _text(words: str) -> str:
    return escape(words)

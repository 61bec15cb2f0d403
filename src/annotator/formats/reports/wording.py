"""The sentences of a report, as runs of words that every writer dresses in its own way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from annotator.domain.report import (
    AGAINST,
    ASKS,
    ASSERTS,
    ATTACKS,
    COMMENTS,
    DENIES,
    FOR,
    GRAPH,
    SILENT,
    TIMELINE,
    Act,
    ClaimPart,
    FullReport,
    Judged,
    Leans,
    Passage,
    Printed,
    SaidBy,
    Side,
    Statement,
    title_of,
)
from annotator.domain.sentences import as_quote
from annotator.formats.reports.apart import apart, in_one_line

HEADINGS = {
    ASSERTS: "Asserted by",
    DENIES: "Denied by",
    ASKS: "Asked by",
    COMMENTS: "Commented on by",
    SILENT: "No comment from",
    FOR: "Grounds for",
    AGAINST: "Grounds against",
    ATTACKS: "Attacks on its sources",
}
"""The heading of each side of a claim, and of its grounds."""
DOES = {ASSERTS: "asserts", DENIES: "denies", ASKS: "asks", COMMENTS: "comments", SILENT: "no comment"}
UNNAMED = "Said without a source (not counted)"
NOBODYS = "Marks without a source"
NOBODYS_REMARK = "Nobody is named for these words, so they count as nobody's voice."
ARTICLES = "Articles quoted"
DRAWN = "Drawings"
DRAWING_NAMES = {GRAPH: "graph", TIMELINE: "time line"}
HASHES_REMARK = "The hashes are SHA-256: whoever has the text or file can check that it is the one quoted."
_PARAGRAPHS_MEET = re.compile(r"\s*\n\s*")

Face = Literal["plain", "strong", "title", "quoted", "link", "handle"]


class Run(NamedTuple):
    """Some words of one look. title: the name of a work; quoted: the quote within its context.

    link: the words are an address, or what stands at `address` within the same report, after # where
    it is in the same file. handle:
    they name what may have an entry there, to which `linked` leads.
    """

    text: str
    face: Face = "plain"
    address: str = ""


Runs = tuple[Run, ...]


def plain(text: str) -> Runs:
    """Words without any look."""
    return (Run(text),)


def text_of(runs: Iterable[Run]) -> str:
    """The words alone."""
    return "".join(run.text for run in runs)


def joined(parts: Iterable[Runs], between: str = " · ") -> Runs:
    """Parts in one line, those without words left out."""
    found: list[Run] = []
    for part in parts:
        if text_of(part):
            found += [Run(between), *part] if found else part
    return tuple(found)


def claim_title(claim: ClaimPart) -> str:
    """Handle and sentence."""
    return title_of(claim.handle, claim.sentence)


def summary(report: FullReport) -> str:
    """How many claims, and how many of them are disputed; of a part without any, how many marks."""
    if report.home and not report.claims:
        return f"{count_of(len(report.unnamed), 'mark')} without a source."
    return claims_in_all(len(report.claims), sum(claim.is_disputed for claim in report.claims))


def claims_in_all(claims: int, disputed: int) -> str:
    """How many claims there are, and how many of them are disputed."""
    if not claims:
        return "There are no claims yet."
    return f"{count_of(claims, 'claim')}, {f'{disputed:,}' if disputed else 'none'} disputed."


def standing(claim: ClaimPart) -> Runs:
    """Whether a claim is disputed, and the independent voices on each side."""
    is_disputed = Run("Disputed.", "strong") if claim.is_disputed else Run("Not disputed.")
    return (is_disputed, Run(" " + _voices(claim)))


def remarks(claim: ClaimPart) -> Iterator[Runs]:
    """What else there is to say of a claim as a whole, a sentence each."""
    if claim.first_said:
        yield plain(f"First asserted in an article of {claim.first_said}.")
    for name in claim.both_sides:
        yield plain(f"{apart(_capital(name))} both asserts and denies it.")
    for other in claim.related:
        end = Run(other.handle, "handle")
        yield (Run(f"{_capital(other.kind)}: "), end, Run(f" · {apart(other.sentence)}"))


def judgement(judged: Judged) -> str:
    """A judgement with who, when and why."""
    signed = ", ".join(filter(None, (apart(judged.by), judged.at)))
    scale = f"{judged.of}, {judged.scale}" if judged.of in ("source", "article") else judged.scale
    words = f"{_capital(scale)}: {judged.value}" + (f" ({signed})" if signed else "")
    return f"{words} — {apart(judged.reason)}" if judged.reason else words


def said(statement: Statement) -> Runs:
    """Who says what: the first line of an item."""
    if statement.shown is not None:
        aim = (Run(" against "), Run(apart(statement.aim), "strong")) if statement.aim else ()
        shown = statement.shown
        return (Run("Exhibit"), *aim, Run(f": {apart(shown.title or shown.url) or 'untitled'}"))
    head: list[Run] = list(_speaker(statement.speaker)) if statement.speaker else []
    if statement.aim:
        is_long = statement.speaker is not None and bool(chain(statement.speaker))
        before = (", " if is_long else " ") if head else ""
        head += [Run(f"{before}against "), Run(apart(statement.aim), "strong")]
    quote = as_quote(statement.passage.quote) if statement.passage else ""
    return (*head, Run(f": {apart(quote)}" if head else apart(quote)))


def unnamed_said(statement: Statement) -> Runs:
    """What words do that nobody is named for: the first line of an item."""
    return (Run(f"{DOES[statement.side]}: "), *said(statement))


def place(statement: Statement) -> Runs:
    """Where the words or the exhibit are, then what there is to remark: the second line of an item."""
    certainty = f"certainty: {statement.certainty}" if statement.certainty else ""
    remarks = [plain(certainty), *map(_act, statement.links)]
    if statement.shown is not None:
        shown = statement.shown
        known = [plain(shown.handle), _address(shown.archive_url or shown.url)]
        known += [plain(shown.captured and f"captured {shown.captured}")]
        known += [plain(shown.sha256 and f"SHA-256 {shown.sha256}")]
        return joined([*known, *remarks])
    passage = statement.passage
    if passage is None:
        return joined(remarks)
    parts = [plain(passage.handle)]
    if passage.article is not None:
        parts += _cited(passage.article)
    return joined([*parts, *remarks])


def context(passage: Passage) -> Runs:
    """The quote among the words around it, ¶ where paragraphs meet; nothing where they are not known."""
    return tuple(
        Run(_of_paragraphs(words), "quoted" if is_quoted else "plain") for words, is_quoted in passage.context
    )


def _of_paragraphs(words: str) -> str:
    """Words of several paragraphs: a title, a dateline and a text must not read as one sentence."""
    return in_one_line(_PARAGRAPHS_MEET.sub(" ¶ ", words) if "\n" in words else words)


def article(printed: Printed) -> Runs:
    """An article in the list at the end."""
    parts = [(Run(f"{printed.handle} "), _title(printed)), plain(apart(printed.byline))]
    return joined([*parts, *_print(printed), _address(printed.url)])


def evidence(printed: Printed) -> Iterator[Runs]:
    """What lets a reader check an article: its archived copy and its hashes."""
    if printed.archive_url:
        yield (Run("archived: "), *_address(printed.archive_url))
    if printed.text_sha256:
        yield plain(f"text {printed.text_sha256}")
    if printed.original_sha256:
        yield plain(f"file {printed.original_sha256}")


def drawn_at_end(claim: ClaimPart) -> Runs:
    """Which drawings of a claim there are, as a link to where they stand."""
    names = ", ".join(dict.fromkeys(DRAWING_NAMES[one.kind] for one in claim.drawn))
    return (Run("Drawn at the end: "), Run(names, "link", f"#{drawings_anchor(claim)}"))


def captions(claim: ClaimPart) -> Iterator[tuple[str, str]]:
    """What stands above each drawing of a claim, and its name; the parts of a time line are counted."""
    kinds = [one.kind for one in claim.drawn]
    for at, kind in enumerate(kinds):
        number = f" {kinds[: at + 1].count(kind)}" if kinds.count(kind) > 1 else ""
        words = f"{_capital(DRAWING_NAMES[kind])} of {claim.handle}"
        yield words + (f", part{number}" if number else ""), f"{claim.handle}_{kind}{number.strip()}"


def drawings_anchor(claim: ClaimPart) -> str:
    """The name of the place of a claim's drawings: letters, digits and _, as word processors want it."""
    return f"{claim.handle}_drawn"


def is_address(url: str) -> bool:
    """Whether an address may be offered as a link: http or https, nothing else in it."""
    return url.startswith(("http://", "https://")) and not any(
        char.isspace() or char in "<>\"'" or not char.isprintable() for char in url
    )


def _act(act: Act) -> Runs:
    return (Run(f"{act.does} "), Run(act.handle, "handle")) if act.handle else plain(act.does)


def article_anchor(printed: Printed) -> str:
    """The name of an article's place in a report."""
    return printed.handle


def _cited(printed: Printed) -> list[Runs]:
    anchor = Run(printed.handle, "link", f"#{article_anchor(printed)}")
    found: list[Runs] = [(anchor, Run(" "), _title(printed)), *_print(printed)]
    words, url = ("archived copy", printed.archive_url) if printed.archive_url else ("online", printed.url)
    return [*found, (Run(words, "link", url),)] if is_address(url) else found


def _title(printed: Printed) -> Run:
    return Run(apart(printed.title), "title") if printed.title else Run("untitled article")


def _print(printed: Printed) -> tuple[Runs, ...]:
    """Who printed it, and when."""
    return plain(apart(printed.outlet)), plain(apart(printed.date) or "no date")


def _address(url: str) -> Runs:
    return (Run(url, "link", url),) if is_address(url) else plain(url)


def _speaker(speaker: SaidBy) -> Iterator[Run]:
    yield Run(apart(speaker.name), "strong")
    yield Run(chain(speaker))


def chain(speaker: SaidBy) -> str:
    """What follows a speaker's name: role, owner, relays, who else it may be; each with a comma before it."""
    parts = [apart(speaker.role)] if speaker.role else []
    parts += [f"for {apart(speaker.owner)}"] if speaker.owner else []
    parts += [f"via {apart(relay)}" for relay in speaker.relays]
    parts += [f"or perhaps {apart(speaker.possible)}"] if speaker.possible else []
    return "".join(f", {part}" for part in parts)


def _voices(claim: ClaimPart) -> str:
    sides = [(claim.asserting, "asserting"), (claim.denying, "denying")]
    spoken = [_side(side, verb) for side, verb in sides if side.counted]
    if not spoken:
        return "Nobody asserts or denies it."
    found = f"Independent voices: {'; '.join(spoken)}."
    left_out = [_leans(one) for side, _ in sides for one in side.leaning]
    return found + (f" Not counted: {'; '.join(left_out)}." if left_out else "")


def _side(side: Side, verb: str) -> str:
    return f"{len(side.counted)} {verb} ({', '.join(map(apart, side.counted))})"


def _leans(leaning: Leans) -> str:
    verb = {"prints": "prints the same text as"}.get(leaning.how, leaning.how)
    return f"{apart(leaning.name)}, which {verb} {' and '.join(map(apart, leaning.on))}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def count_of(number: int, noun: str) -> str:
    """A number with its noun: 1 mark, 2 marks, 1,000 marks."""
    return f"{number} {noun}" if number == 1 else f"{number:,} {noun}s"

"""Forty marks on our two articles, ten by keys and ten by mouse in each, and the links between them."""

from typing import NamedTuple

from annotator.domain.spans import Span
from tests.flows.texts import FIRST, SECOND, quoted

TEXTS = (FIRST, SECOND)


class Link(NamedTuple):
    kind: str
    target: str


class Row(NamedTuple):
    """A mark by name: its pieces as words, who speaks, and links to marks made before it.

    `hole` is cut out of the first piece, the further pieces are added to it. `after` are words
    before the first piece, where it stands more than once.
    """

    name: str
    pieces: tuple[str, ...]
    label: str
    source: str | None
    links: tuple[Link, ...] = ()
    hole: str = ""
    after: str = ""


def row(
    name: str,
    words: str,
    label: str,
    source: str | None,
    *links: Link,
    hole: str = "",
    piece: str = "",
    after: str = "",
) -> Row:
    return Row(name, (words, piece) if piece else (words,), label, source, links, hole, after)


def denies(target: str) -> Link:
    return Link("denies", target)


def supports(target: str) -> Link:
    return Link("supports", target)


def undermines(target: str) -> Link:
    return Link("undermines", target)


BY_KEYS = (
    (
        row("bought", "smugglers may have bought signal jammers from a state works known as Ostrel",
            "claim", "Coast Herald"),
        row("report denied",
            "denied a report in The Coast Herald quoting an engineer as saying smugglers may have bought"
            " signal jammers from a state works known as Ostrel", "denial", "Velmora", denies("bought")),
        row("blame", "Karsk is to blame", "claim", "Velmora"),
        row("ships", "the growing number of lost ships may be due to jammers from Velmora or Karsk",
            "claim", "Coast Herald", supports("bought")),
        row("study", "a study by the Institute for Sea Studies (ISS)", "evidence",
            "Institute for Sea Studies", supports("ships")),
        row("not the case", "that could not be the case", "denial", "Irena Dobrova", denies("ships")),
        row("never sold", "Velmora has never sold jammers or any part of them to smugglers", "denial",
            "Irena Dobrova", denies("bought")),
        row("campaign", "this campaign was started in Karsk to hide its own trade", "claim", "Irena Dobrova",
            undermines("bought")),
        row("silence", "not commented on the study or Velmora's charges", "no_comment", "Karsk",
            Link("responds_to", "campaign"), Link("responds_to", "blame")),
        row("likely source", 'the Ostrel works, located in the northern town of Lenz, was "the most likely'
            ' source of the jammers"', "claim", "Paul Renner", supports("bought"),
            hole=", located in the northern town of Lenz,"),
    ),
    (
        row("hand over", "hand them to smugglers within months", "claim", "Leo Marsh"),
        row("can build", "Karsk has shown that it can build jammers", "claim", "Leo Marsh",
            supports("hand over")),
        row("photographs", "photographs of jammers taken from three boats", "evidence", "Marsh",
            supports("can build")),
        row("bore marks", "One jammer bore marks of the Polin works", "evidence", None,
            supports("can build")),
        row("proof", "the first public proof that the jammers come from Karsk", "claim", "Marsh",
            supports("can build"), supports("blame")),
        row("objected", "objected to Marsh’s testimony", "denial", "Viktor Salen", denies("can build")),
        row("working for", "working for Velmora", "claim", "Viktor Salen", undermines("proof")),
        row("comedy", "the session “a comedy for the press.”", "claim", "Viktor Salen", undermines("proof")),
        row("built there", "the Polin works had ever built jammers", "claim", "unknown"),
        row("denied that", "denied that the Polin works had ever built jammers", "denial", "Viktor Salen",
            denies("built there")),
    ),
)  # fmt: skip

BY_MOUSE = (
    (
        row("nothing to do", 'it "has never had and does not have anything to do with smugglers."', "denial",
            "Ostrel", denies("bought")),
        row("provocative", 'the Herald\'s report was "provocative"', "claim", "Ostrel", undermines("bought")),
        row("careless", "based on a careless opinion", "claim", "Ostrel", undermines("study")),
        row("agents", 'Karsk "agents"', "claim", "Mikal Orlo", undermines("study"),
            piece="took part in the delivery"),
        row("writing", "took part in the delivery, and possibly in the writing of the study itself", "claim",
            "Mikal Orlo", undermines("study")),
        row("got the parts", "the smugglers could have got the parts from Karsk's own works", "claim",
            "Renner", Link("qualifies", "likely source")),
        row("no ties", "I don’t have any ties to Karsk", "denial", "Renner"),
        row("worked with", "I've worked with [the] Karsk navy in the past", "claim", "Renner",
            Link("qualifies", "no ties")),
        row("not convinced", "Some Not Convinced", "claim", "unknown"),
        row("bogus", "the study is bogus", "denial", "Joana Weiss", undermines("study")),
    ),
    (
        row("opened two", "Inspectors on the ground opened two of them", "evidence", None,
            supports("can build")),
        row("accusing", "accusing him of working for Velmora", "claim", "Viktor Salen",
            Link("elaborates", "working for")),
        row("spoke for", "the marks spoke for themselves", "claim", "Ana Rey", supports("bore marks")),
        row("vetoed", "Karsk had vetoed an inquiry in March", "claim", "Ana Rey", undermines("objected")),
        row("in use", "jammers built recently are in use", "claim", "Marsh"),
        row("short", "the time between building and use is short", "claim", "Marsh", supports("in use")),
        row("abroad", "parts from abroad reach the Polin works despite the ban", "claim", "Marsh",
            supports("built there")),
        row("ban", "despite the ban", "evidence", None, Link("qualifies", "abroad")),
        row("defended", "Marsh defended his work", "denial", "Marsh", denies("working for")),
        row("no answer", "did not answer questions", "no_comment", "Ostrel"),
    ),
)  # fmt: skip


def spans(article: int, row: Row) -> list[Span]:
    """The pieces of a row, each found after the one before."""
    found: list[Span] = []
    for words in row.pieces:
        text = TEXTS[article]
        start = text.index(words, found[-1].end if found else text.index(row.after))
        found.append(Span(start, start + len(words)))
    return found


def hole(article: int, row: Row) -> Span:
    return quoted(TEXTS[article], row.hole)

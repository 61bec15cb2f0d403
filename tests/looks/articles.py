"""Articles that strain the window: dense, of many scripts, with long names."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from annotator.domain.ids import AnnotatorId, ArticleId, LinkId, MarkId, SourceId
from annotator.domain.model import Annotator, Article, Attribution, Link, Mark, Record, Ref, Source
from annotator.domain.spans import Span

DENSE_MARKS = 500
_LABELS = ("claim", "denial", "evidence", "no_comment")
_SENTENCES = (
    "The harbour office said on Tuesday that the ferry had left on time.",
    "“No ferry left that night,” its owner wrote, and the mayor asked for the log.",
    "Two sailors, who gave no names, denied that the lights had been out.",
    "A photograph taken at dusk shows three boats at the pier, the paper said.",
    "The owner did not answer when asked who had signed the log.",
)
_SCRIPTS = """Ferry Owner Denies Sailing Without Lights
Лоцман порта заявил, что паром «Норвик» вышел без огней, однако владелец это отрицает.
نفى المتحدث باسم شركة العبّارات (Norvik) هذه الاتهامات، وقال إن 27 راكبا وصلوا بسلام.
דובר הנמל מסר כי המעבורת לא יצאה באותו לילה, אך שני מלחים הכחישו זאת.
港务局发言人否认了有关渡轮未开灯航行的指控，并表示调查仍在进行。
渡船の持ち主は「その夜は出航していない」と述べ、報道を否定した。
The mayor posted 👩🏽‍✈️⛴️🇳🇴 and wrote: “cafe\u0301 talk 🤷‍♂️, nothing more”, then deleted it.
हार्बर कार्यालय ने कहा कि नौका समय पर निकली थी।
"""
_LONG_SOURCE = (
    "Interparliamentary Subcommittee on Cross-Border Ferry Lighting, Signalling and Night Navigation"
)
_LONG_TITLE = (
    f"Unterhaltungselektronikfachgeschäftsinhabervereinigung rejects the report of the {_LONG_SOURCE}"
)


def dense() -> Iterator[Record]:
    """One article of some 10,000 characters with 500 marks that nest, cross and have holes."""
    chance = Random(4)
    paragraphs = [" ".join(chance.choices(_SENTENCES, k=5)) for _ in range(30)]
    text = "\n".join(["Log of the Ferry: Everything That Was Said", *paragraphs])
    yield from _frame(text, "Log of the Ferry: Everything That Was Said")
    words = [place for place, char in enumerate(text) if char == " "]
    for number in range(DENSE_MARKS):
        first = chance.randrange(len(words) - 40)
        start = words[first] + 1
        end = words[first + chance.randint(1, 30)]
        spans = [Span(start, end)]
        if number % 9 == 0:
            gap = words[first + 34] + 1
            spans.append(Span(gap, words[first + 38]))
        yield _mark(number, text, _LABELS[number % 4], spans)
    for number in range(0, 120, 4):
        yield _link(number, "denies", number + 1, number)
        yield _link(number + 1, "supports", number + 2, number)


def scripts() -> Iterator[Record]:
    """Right-to-left, CJK, combining marks and emoji, all marked."""
    yield from _frame(_SCRIPTS, _SCRIPTS.partition("\n")[0])
    quotes = (
        ("claim", "паром «Норвик» вышел без огней"),
        ("denial", "владелец это отрицает"),
        ("denial", "(Norvik) هذه الاتهامات"),
        ("claim", "27 راكبا وصلوا بسلام"),
        ("claim", "המעבורת לא יצאה באותו לילה"),
        ("denial", "שני מלחים הכחישו זאת"),
        ("denial", "发言人否认了有关渡轮未开灯航行的指控"),
        ("evidence", "その夜は出航していない"),
        ("evidence", "👩🏽‍✈️⛴️🇳🇴 and wrote: “cafe\u0301 talk 🤷‍♂️"),
        ("claim", "नौका समय पर निकली थी"),
    )
    for number, (label, quote) in enumerate(quotes):
        start = _SCRIPTS.index(quote)
        yield _mark(number, _SCRIPTS, label, [Span(start, start + len(quote))])
    yield _link(0, "denies", 1, 0)
    yield _link(1, "denies", 5, 4)


def long_names() -> Iterator[Record]:
    """Names that do not fit anywhere."""
    text = f"{_LONG_TITLE}\n" + "\n".join(" ".join(_SENTENCES) for _ in range(4))
    yield from _frame(text, _LONG_TITLE, _LONG_SOURCE)
    first, second = text.index("the ferry had left"), text.index("No ferry left")
    yield _mark(0, text, "claim", [Span(first, first + 26)], relays=2)
    yield _mark(1, text, "denial", [Span(second, second + 24)], relays=2)
    yield _link(0, "denies", 1, 0)
    yield _link(1, "responds_to", 1, 0)


def _frame(text: str, title: str, name: str = "Harbour office of Lisborn") -> Iterator[Record]:
    yield Annotator(id=AnnotatorId("an"), name="Ada Lind")
    for number in range(3):
        yield Source(id=SourceId(f"s{number}"), name=name if not number else f"{name} {number}", role=name)
    yield Article(id=ArticleId("a"), text=text, title=title, date="2024-03-11", outlet=SourceId("s2"))


def _mark(number: int, text: str, label: str, spans: list[Span], relays: int = 0) -> Mark:
    chain = [Attribution(source=SourceId(f"s{step % 3}")) for step in range(relays + 1)]
    return Mark(
        id=MarkId(f"m{number}"),
        article=ArticleId("a"),
        label=label,
        spans=tuple(spans),
        quotes=tuple(text[span.start : span.end] for span in spans),
        annotator=AnnotatorId("an"),
        attribution=tuple(chain),
    )


def _link(number: int, kind: str, origin: int, target: int) -> Link:
    return Link(
        id=LinkId(f"l{number}"), kind=kind, origin=Ref("mark", f"m{origin}"), target=Ref("mark", f"m{target}")
    )

"""Three hundred claims in two scripts, with long names, circular reporting and rings of claims."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from annotator.domain.ids import ArticleId, LinkId, MarkId, MentionId, PropositionId, SourceId
from annotator.domain.model import (
    Article,
    Attribution,
    Link,
    Mark,
    Mention,
    Proposition,
    PropositionLink,
    Record,
    Ref,
    Source,
)
from annotator.domain.spans import Span

CLAIMS, SOURCES, ARTICLES = 300, 60, 40
HUB = 40
"""How many statements the first claim has; the others have up to nine."""
_PLACES = (
    "Norvik",
    "the lower harbour of Saint-Barthélemy-les-Eaux",
    "Lindholm",
    "ميناء الشمال",
    "مدينة السد",
)
_DEEDS = (
    "let ferries sail without lights although the pilot had warned them twice in writing",
    "paid for the repair of the signal tower",
    "أبحرت العبّارة ليلا من دون أضواء رغم تحذير المرشد البحري مرتين كتابة",
    "lost the log of the night",
    "أنكرت دفع ثمن إصلاح برج الإشارة",
)
_OFFICES = (
    "Interparliamentary Subcommittee on Cross-Border Ferry Lighting and Night Navigation",
    "Harbour Office",
    "هيئة الموانئ والملاحة الليلية",
    "Pilot",
    "Unterhaltungselektronikfachgeschäftsinhabervereinigung",
)


def many_claims() -> Iterator[Record]:
    """Sources, articles, claims, their statements and the links between claims; always the same."""
    chance = Random(7)
    for number in range(SOURCES):
        above = SourceId(f"s{number // 4}") if number > 20 and number % 3 else None
        name = f"{_OFFICES[number % len(_OFFICES)]} {number}"
        kind = "outlet" if number < 10 else "organisation"
        yield Source(id=SourceId(f"s{number}"), name=name, kind=kind, affiliation=above)
    texts = []
    for number in range(ARTICLES):
        lines = [f"{chance.choice(_PLACES)} {chance.choice(_DEEDS)} ({line})." for line in range(60)]
        texts.append(lines)
        yield Article(
            id=ArticleId(f"a{number}"),
            text="\n".join(lines),
            title=f"Ferry log, part {number} of what everybody said that night",
            outlet=SourceId(f"s{number % 10}"),
            date=f"2031-{1 + number % 9:02}-{1 + number % 27:02}",
        )
    marks, mentions, links = _said(chance, texts)
    yield from marks
    for number in range(CLAIMS):
        words = f"{_PLACES[number % len(_PLACES)]} {_DEEDS[number % 3 if number % 2 else 2]}, case {number}"
        yield Proposition(id=PropositionId(f"p{number}"), text=words)
    yield from mentions
    yield from links
    for number in range(CLAIMS):
        kind = ("contradicts", "part_of", "alternative_to")[number % 3]
        for other in {(number + 1) % CLAIMS, (number * 7) % CLAIMS} - {number}:
            yield PropositionLink(
                id=f"pl{number}-{other}",
                origin=PropositionId(f"p{number}"),
                kind=kind,
                target=PropositionId(f"p{other}"),
            )


def _said(chance: Random, texts: list[list[str]]) -> tuple[list[Mark], list[Mention], list[Link]]:
    marks: list[Mark] = []
    mentions: list[Mention] = []
    links: list[Link] = []
    for claim in range(CLAIMS):
        own: list[Mark] = []
        for _ in range(HUB if claim == 0 else chance.randint(1, 9)):
            made = len(marks)
            place, line = chance.randrange(ARTICLES), chance.randrange(60)
            start = sum(len(one) + 1 for one in texts[place][:line])
            stance = chance.choice(("support", "support", "deny", "query"))
            chain = [Attribution(SourceId(f"s{chance.randrange(SOURCES)}"))]
            chain += [Attribution(SourceId(f"s{chance.randrange(10)}"))] * (made % 3 == 0)
            mark = Mark(
                id=MarkId(f"m{made}"),
                article=ArticleId(f"a{place}"),
                label="denial" if stance == "deny" else "claim",
                spans=(Span(start, start + len(texts[place][line])),),
                quotes=(texts[place][line],),
                attribution=tuple(chain),
            )
            marks.append(mark)
            about = PropositionId(f"p{claim}")
            mentions.append(Mention(id=MentionId(f"n{made}"), mark=mark.id, proposition=about, stance=stance))
            if own and made % 2 and mark.label == "claim":
                kind = chance.choice(("elaborates", "relates_to", "cites"))
                other = chance.choice(own)
                is_named = kind == "cites"
                end = Ref("source", str(other.source)) if is_named else Ref("mark", other.id)
                origin = Ref("mark", mark.id)
                links.append(Link(id=LinkId(f"l{made}"), kind=kind, origin=origin, target=end))
            own.append(mark)
    return marks, mentions, links

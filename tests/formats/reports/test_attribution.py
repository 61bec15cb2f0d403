"""Whoever reads a report learns of every quote who said it through whom, where and when, in any format."""

import hashlib
import re
from io import BytesIO

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from annotator.domain.composing import compose
from annotator.domain.dispute import dispute_map
from annotator.domain.facts import Facts
from annotator.domain.model import Report
from annotator.domain.resources import resource
from annotator.domain.sentences import as_quote
from annotator.domain.voices import identity, owner, voice
from annotator.formats.jsonl import FORMAT
from annotator.formats.reports import writers
from annotator.formats.reports.apart import apart
from annotator.formats.reports.citation import cite_mark
from annotator.formats.reports.wording import chain
from tests.domain.graphs import article, claim, facts, mark, mention, source
from tests.formats.reports.test_webpage import seen

RLO, PDF, FSI, PDI = "\u202e", "\u202c", "\u2068", "\u2069"
HOSTILE = [
    '=HYPERLINK("http://evil.example","x")',
    "</li></ul><script>alert(1)</script>",
    "# no *heading* [link](javascript:alert(1)) | ~x~ `code`",
    "البوابات مفتوحة",
    f"left open {RLO}desrever",
    "- no item\n\n1. nor this",
    "@SUM(A1)\t+1",
    "Вода йде! 🌊 e\u0301",
]


def hostile(words, name, title, outlet):
    text = f"Before it. {words} After it."
    start = text.index(words)
    given = [
        source("s1", name=name, role=outlet, affiliation="s4"),
        source("s2", name=outlet),
        source("s3", name=title),
        source("s4", name=words),
        article(
            "a1",
            text=text,
            title=title,
            outlet="s2",
            byline=name,
            date="2024-05-01",
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            origin={"sha256": "ab" * 32},
        ),
        claim("p1", words),
        mark("m1", "claim", "s1", "s3", spans=[[start, start + len(words)]], quotes=[words]),
        mention("m1"),
    ]
    return facts(given)


def sample():
    return Facts.of(FORMAT.read(resource("sample", "sample.jsonl"), {}))


def composed(found):
    texts = {row.id: row.text for row in found.articles.values()}
    return compose(found, dispute_map(found), Report(id="r"), texts.get)


def statements(report):
    return [one for part in report.claims for one in (*part.statements, *part.unnamed, *part.grounds)]


def squeezed(words):
    return "".join("".join(words).split())


def text_of_page(data):
    return squeezed(seen(data.decode()).words)


def text_of_markdown(data):
    tokens = MarkdownIt().parse(data.decode())
    return squeezed(
        child.content for token in tokens for child in token.children or [] if child.type != "link_open"
    )


def text_of_word(data):
    return squeezed(one.text for one in docx.Document(BytesIO(data)).paragraphs)


READERS = {"html": text_of_page, "md": text_of_markdown, "docx": text_of_word}


def expected(report):
    """What must stand in a report, in this order."""
    for part in report.claims:
        yield part.sentence
        for one in (*part.statements, *part.unnamed, *part.grounds):
            if one.speaker:
                yield one.speaker.name
                yield chain(one.speaker)
            passage = one.passage
            if passage is None:
                yield from (one.shown.title, one.shown.handle, one.shown.sha256)
                continue
            yield as_quote(passage.quote)
            yield passage.handle
            printed = passage.article
            yield from (printed.handle, printed.title, printed.outlet, printed.date or "no date")
            yield from (words.replace("\n", "¶") for words, _ in one_paragraph_end(passage.context))
    for printed in report.articles:
        yield from (printed.handle, printed.title, printed.byline, printed.outlet, printed.date)
        yield from (f"text{printed.text_sha256}" if printed.text_sha256 else "",)
        yield from (f"file{printed.original_sha256}" if printed.original_sha256 else "",)


def one_paragraph_end(context):
    """The pieces of a context in which paragraphs meet without an empty line between them."""
    return [(re.sub(r"\n\s+", "\n", words), is_quoted) for words, is_quoted in context]


def check(report, name):
    text = READERS[name](writers.by_name(name).write(report).data)
    at = 0
    for words in expected(report):
        if name == "docx":
            words = words.replace("\x0b", "\ufffd")
        found = text.find(squeezed(words), at)
        assert found >= 0, (words, text[at : at + 300])
        at = found + len(squeezed(words))


@pytest.mark.parametrize("name", READERS)
def test_every_quote_stands_with_its_speaker_its_chain_its_article_and_its_context(name):
    check(composed(sample()), name)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("words", HOSTILE)
def test_no_text_moves_a_quote_to_another_speaker(name, words):
    check(composed(hostile(words, HOSTILE[0], HOSTILE[2], HOSTILE[1])), name)
    check(composed(hostile("plain words", words, words, words)), name)


def test_a_title_and_the_text_below_it_do_not_read_as_one_sentence():
    found = facts(
        [
            source("s1"),
            article("a1", text="Gates Shut\n\nThe gates  were shut, he said."),
            claim("p1"),
            mark("m1", "claim", "s1", spans=[[12, 32]], quotes=["The gates  were shut"]),
            mention("m1"),
        ]
    )
    text = writers.by_name("md").write(composed(found)).data.decode()
    assert "Gates Shut ¶ **The gates were shut**, he said." in text


def test_a_report_says_of_every_mark_what_the_project_holds():
    found = sample()
    report = composed(found)
    assert len({one.passage.mark for one in statements(report) if one.passage}) > 40
    for one in statements(report):
        if one.passage is None:
            continue
        row = found.marks[one.passage.mark]
        kept = found.articles[row.article]
        assert one.passage.quote == " … ".join(row.quotes)
        assert list(row.quotes) == [kept.text[start:end] for start, end in row.spans]
        speaker = voice(found, row)
        if speaker is None:
            assert one.speaker is None
        else:
            assert one.speaker.name == found.sources[identity(found, speaker)].name
            assert list(one.speaker.relays) == [found.sources[relay].name for relay in row.relays]
            end = owner(found, speaker)
            assert one.speaker.owner == ("" if end == identity(found, speaker) else found.sources[end].name)
        printed = one.passage.article
        assert (printed.title, printed.date) == (kept.title or "", kept.date)
        assert printed.outlet == found.sources[kept.outlet].name
        assert printed.text_sha256 == hashlib.sha256(kept.text.encode()).hexdigest()
        around = "".join(words for words, _ in one.passage.context)
        assert around.strip("…") in kept.text
        marked = "".join(words for words, is_quoted in one.passage.context if is_quoted)
        assert marked == "".join(kept.text[start:end] for start, end in sorted(row.spans))


@given(st.text(st.sampled_from("ab אש م1 ()" + RLO + PDF + FSI + PDI + "\u202a\u2067"), max_size=12))
def test_words_that_turn_round_are_kept_apart_and_whole(words):
    shown = apart(words)
    assert words in shown
    inside = shown.removeprefix(FSI).removesuffix(PDI) if shown != words else words
    assert inside.startswith(words)
    assert set(inside[len(words) :]) <= {PDF, PDI}
    if not any(ord(char) > 0x2000 or "\u0590" <= char <= "\u06ff" for char in words):
        assert shown == words


def test_a_name_that_turns_the_line_round_leaves_outlet_and_date_in_their_places():
    report = composed(hostile("plain words", "Ann", f"Title {RLO}", "Gazette"))
    (one,) = statements(report)
    text = cite_mark(one).text
    assert f"{FSI}Title {RLO}{PDF}{PDI}, Gazette, 2024-05-01" in text

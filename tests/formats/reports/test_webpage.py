"""The map as a web page: well formed, self-contained, and deaf to what the texts contain."""

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.dispute import dispute_map
from annotator.domain.facts import Facts
from annotator.domain.resources import resource
from annotator.formats.jsonl import FORMAT
from annotator.formats.mapped import escape, map_markdown
from annotator.formats.webpage import inline, page

VOID = {"meta"}
TAGS = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "ul", "li", "details",
        "summary", "strong", "em", "a"}  # fmt: skip


class Seen(HTMLParser):
    """Checks that tags nest, and gathers tags, addresses and words."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.addresses, self.words = [], set(), [], []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        assert tag != "ul" or self.open[-1] in ("details", "body", "li")
        assert tag != "li" or self.open[-1] == "ul"
        self.addresses += [value for name, value in attrs if name in ("href", "src")]
        assert not [name for name, _ in attrs if name.startswith("on")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def seen(html):
    parser = Seen()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return parser


def sample():
    facts = Facts.of(FORMAT.read(resource("sample", "sample.jsonl"), {}))
    return map_markdown(facts, dispute_map(facts))


def test_the_sample_becomes_a_page_that_nests_and_loads_nothing():
    found = seen(page(sample(), "Sample"))
    assert found.tags <= TAGS
    assert all(address.startswith(("http://", "https://")) for address in found.addresses)
    assert "default-src 'none'" in page(sample(), "Sample").replace("&#x27;", "'")
    assert "script" not in found.tags


def test_every_statement_of_the_report_is_on_the_page():
    text = " ".join("".join(seen(page(sample(), "Sample")).words).split())
    for line in sample().splitlines():
        words = re.sub(r"^(#+|\s*-) ", "", line)
        plain = re.sub(r"\\(.)|\*+", r"\1", words)
        assert " ".join(plain.replace("<http", "http").replace(">", "").split()) in text.replace(">", ""), (
            line
        )


@given(st.text(st.sampled_from("<>&\"'*_\\[]()`~|#-! \nabс港😀/:.=;scripthrefon"), max_size=60))
def test_words_of_a_text_come_out_as_words(words):
    html = inline(f"**{escape(words)}** · {escape(words)}")
    found = seen(html)
    assert found.tags <= {"strong"}
    assert "".join(found.words) == f"{' '.join(words.split())} · {' '.join(words.split())}"


def test_nothing_in_a_text_becomes_part_of_the_page():
    evil = "</title><script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1)) </style>"
    html = page(f"# {escape(evil)}\n\n## C1 · {escape(evil)}\n\n- {escape(evil)}\n", evil)
    found = seen(html)
    assert found.tags <= TAGS
    assert found.addresses == []

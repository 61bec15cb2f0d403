"""A report as a web page: well formed, self-contained, deaf to what texts contain, filtered by its reader."""

import base64
import hashlib
import json
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.composing import compose
from annotator.domain.dispute import dispute_map
from annotator.domain.facts import Facts
from annotator.domain.model import Report
from annotator.domain.resources import resource
from annotator.formats.jsonl import FORMAT
from annotator.formats.reports.lines import lines
from annotator.formats.reports.webpage import page

VOID = {"meta", "input", "br"}
TAGS = VOID | {
    "html", "head", "title", "style", "script", "body", "header", "h1", "h2", "h3", "p", "form", "label",
    "select", "option", "button", "output", "nav", "ol", "ul", "li", "b", "a", "bdi", "span", "main",
    "details", "summary", "section", "strong", "em", "mark", "blockquote", "footer", "code",
}  # fmt: skip
EVIL = "</title></style><script>alert(1)</script><img src=x onerror=alert(1)>\"' onload=x <!-- ]]> &amp; "
BROWSER = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chromium-browser"))), None)


class Seen(HTMLParser):
    """Checks that tags nest, and gathers tags, addresses, words, and who stands in which claim."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.addresses, self.words, self.ids = [], set(), [], [], set()
        self.claims = []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        found = dict(attrs)
        assert len(found) == len(attrs)
        assert not [name for name in found if name.startswith("on") or name == "style"]
        self.addresses += [value for name, value in attrs if name in ("href", "src", "action")]
        self.ids |= {found["id"]} if "id" in found else set()
        if "data-words" in found:
            self.claims.append({"data": found, "said": []})
        if found.get("data-stance"):
            self.claims[-1]["said"].append(found)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("style", "script"):
            self.words.append(data)


def seen(html):
    parser = Seen()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return parser


def sample():
    facts = Facts.of(FORMAT.read(resource("sample", "sample.jsonl"), {}))
    texts = {row.id: row.text for row in facts.articles.values()}
    return compose(facts, dispute_map(facts), Report(id="r", title="Dam", lead="Why it matters."), texts.get)


def test_the_page_nests_and_every_link_leads_somewhere():
    found = seen(page(sample()))
    assert found.tags <= TAGS
    for address in found.addresses:
        assert address.startswith(("http://", "https://")) or address[1:] in found.ids, address


def test_every_line_of_the_report_is_on_the_page():
    text = " ".join("".join(seen(page(sample())).words).split())
    for line in lines(sample()):
        for run in line.runs:
            assert " ".join(run.text.split()) in text


def assert_only_ours_may_act(html):
    """The policy of a page lets nothing act but the style and the script that are in it."""
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1].replace("&#x27;", "'")
    allowed = dict(part.split(" ", 1) for part in policy.split("; "))
    assert allowed["default-src"] == "'none'"
    for tag, rule in (("style", "style-src"), ("script", "script-src")):
        (inner,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        assert allowed[rule] == f"'sha256-{digest}'"


def test_only_our_own_style_and_script_may_act():
    assert_only_ours_may_act(page(sample()))


def told(words):
    """The sample with other words in every place that a project fills."""
    report = sample()
    passage = report.claims[0].statements[0].passage
    statement = replace(
        report.claims[0].statements[0],
        speaker=replace(report.claims[0].statements[0].speaker, name=words, role=words, relays=(words,)),
        passage=replace(
            passage,
            quote=words,
            context=((words, False), (words, True)),
            article=replace(passage.article, title=words, outlet=words, date=words, archive_url=words),
        ),
    )  # fmt: skip
    claim = replace(report.claims[0], sentence=words, statements=(statement,), loose_ends=(words,))
    return replace(report, title=words, lead=(words,), claims=(claim,), articles=(statement.passage.article,))


def test_nothing_in_a_text_becomes_part_of_the_page():
    found = seen(page(told(EVIL)))
    assert found.tags <= TAGS
    assert [tag for tag in found.addresses if not tag.startswith(("https://", "#"))] == []
    assert EVIL in "".join(found.words)


@given(st.text(st.sampled_from("<>&\"'`=/!-abс港😀 \u202e\u2028"), min_size=1, max_size=40))
def test_words_of_a_text_come_out_as_words(words):
    found = seen(page(told(words)))
    assert found.tags <= TAGS
    assert words in "".join(found.words)
    (claim,) = found.claims
    assert claim["said"][0]["data-source"] == words


WISHES = [
    {},
    {"words": "DAM water"},
    {"disputed": "no"},
    {"stance": "denies"},
    {"source": "Marvenia"},
    {"outlet": "Coastal Wire"},
    {"from": "2019-03-20", "until": "2019-03-22"},
    {"disputed": "yes", "stance": "asserts", "outlet": "Radio Ostrel"},
    {"words": "nothing of the kind"},
]


def wanted(claims, wish):
    """The claims that are left, by the rules as the manual says them."""
    left = []
    for claim in claims:
        data = claim["data"]
        if not all(word in data["data-words"].lower() for word in wish.get("words", "").lower().split()):
            continue
        if wish.get("disputed", data["data-disputed"]) != data["data-disputed"]:
            continue
        rows = [
            said
            for said in claim["said"]
            if wish.get("source", said["data-source"]) in (said["data-source"], said["data-owner"])
            and wish.get("outlet", said["data-outlet"]) == said["data-outlet"]
            and wish.get("stance", said["data-stance"]) == said["data-stance"]
            and wish.get("from", "") <= said["data-date"] <= wish.get("until", "9")
        ]
        if rows or not set(wish) - {"words", "disputed"}:
            left.append(data["id"])
    return left


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_the_filters_leave_what_was_asked_for():
    claims = seen(page(sample())).claims
    given = [
        {
            "claim": {key[5:]: value for key, value in claim["data"].items() if key.startswith("data-")},
            "said": [
                {key[5:]: value for key, value in said.items() if key.startswith("data-")}
                for said in claim["said"]
            ],
        }
        for claim in claims
    ]
    rules = resource("report", "page.js").read_text(encoding="utf-8").partition("function start")[0]
    script = rules + (
        f"const claims = {json.dumps(given)}; const wishes = {json.dumps(WISHES)};"
        "const keeps = (one, wish) => keepsClaim(one.claim, wish) &&"
        " (Object.keys(wish).every((name) => ['words', 'disputed'].includes(name))"
        " || one.said.some((said) => keepsStatement(said, wish)));"
        "console.log(JSON.stringify(wishes.map((wish) => claims.map((one) => keeps(one, wish)))));"
    )
    done = subprocess.run(["node", "-"], input=script, capture_output=True, text=True, check=True, timeout=60)
    for wish, kept in zip(WISHES, json.loads(done.stdout), strict=True):
        ids = [claim["data"]["id"] for claim, is_kept in zip(claims, kept, strict=True) if is_kept]
        assert ids == wanted(claims, wish), wish


ONE_CLAIM = """
const field = { name: "words", value: "" }, heard = {}, location = { hash: "#C1", href: "report.html#C1" };
const addEventListener = (name, done) => { heard[name] = done; };
const claim = {
  id: "C1", dataset: { words: "The port is closed." }, hidden: false, open: true,
  querySelectorAll: () => [], scrollIntoView() {},
  closest: (what) => what !== "[hidden]" || claim.hidden ? claim : null,
};
const form = {
  elements: [field], addEventListener, querySelector: () => ({}), reset() { field.value = ""; },
};
const document = {
  querySelector: (what) => what === "form" ? form : null, addEventListener,
  querySelectorAll: (what) => what.startsWith(".claim") ? [claim] : [],
  getElementById: (id) => id === "C1" ? claim : null,
};
"""
"""A page that tells one claim, at which the address already stands."""
CLICKS = """
const click = (href, hash, keys) => {
  field.value = "bridge";
  heard.input();
  heard.click({ target: { closest: () => href ? { href, hash } : null }, ...keys });
  return !claim.hidden;
};
console.log(JSON.stringify([
  click("report.html#C1", "#C1"), click("report.html#C2", "#C2"), click("other.html#C1", "#C1"),
  click(""), click("report.html#C1", "#C1", { ctrlKey: true }),
]));
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_a_second_click_on_a_link_shows_what_was_filtered_out_meanwhile():
    script = ONE_CLAIM + resource("report", "page.js").read_text(encoding="utf-8") + CLICKS
    done = subprocess.run(["node", "-"], input=script, capture_output=True, text=True, check=True, timeout=60)
    # Where the address changes, the browser says so itself; another file and Ctrl lead elsewhere.
    assert json.loads(done.stdout) == [True, False, False, False, False]


@pytest.mark.skipif(BROWSER is None, reason="needs a browser")
@pytest.mark.parametrize("wish", WISHES, ids=str)
def test_a_browser_shows_what_was_asked_for(wish, tmp_path):
    path = Path(tmp_path) / "report.html"
    path.write_text(page(sample()), encoding="utf-8")
    hash_ = "&".join(f"{name}={value.replace(' ', '+')}" for name, value in wish.items())
    options = ["--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    done = subprocess.run(
        [BROWSER, *options, "--dump-dom", f"{path.as_uri()}#{hash_}"],
        capture_output=True, text=True, check=True, timeout=100,
    )  # fmt: skip
    parser = Seen()
    parser.feed(done.stdout)
    shown = [claim["data"]["id"] for claim in parser.claims if "hidden" not in claim["data"]]
    assert shown == wanted(parser.claims, wish)
    assert "claims are shown" in "".join(parser.words)

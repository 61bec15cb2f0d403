"""The overview of a report in parts as a web page: deaf to what texts contain, filtered by its reader."""

import json
import re
import shutil
import subprocess

import pytest

from annotator.domain.resources import resource
from annotator.formats.reports.overviews import page, text
from annotator.formats.reports.parted import Listed, Overview, PartListed
from tests.formats.reports.test_webpage import EVIL, TAGS, assert_only_ours_may_act, seen

OVERVIEW = Overview(
    "Dam",
    ("Why it matters.",),
    "dam.html-parts",
    (
        PartListed(
            "dam.html-parts/0001.html",
            (
                Listed("C1", "The dam was opened by hand", True, 2, 1, "dam.html-parts/0001.html#C1"),
                Listed("C2", "Water rose above the dam", False, 1, 0, "dam.html-parts/0001.html#C2"),
            ),
            0,
        ),
        PartListed(
            "dam.html-parts/0002.html",
            (Listed("C3", "", False, 0, 0, "dam.html-parts/0002.html#C3"),),
            0,
        ),
        PartListed("dam.html-parts/0003.html", (), 4),
    ),
)
WISHES = [
    ({}, "C1 C2 C3", [False, False], "All claims are shown."),
    ({"words": "  DAM Water "}, "C2", [False, True], "1 of 3 claims are shown."),
    ({"words": "c3"}, "C3", [True, False], "1 of 3 claims are shown."),
    ({"disputed": "yes"}, "C1", [False, True], "1 of 3 claims are shown."),
    ({"disputed": "no"}, "C2 C3", [False, False], "2 of 3 claims are shown."),
    ({"words": "nothing of the kind"}, "", [True, True], "0 of 3 claims are shown."),
]
"""What a reader asks for; the claims left, which groups of them are hidden, and what is said."""
PAGE = """
const on = {}, windowOn = {};
const later = [];
globalThis.setTimeout = (act) => later.push(act);
globalThis.addEventListener = (name, act) => { windowOn[name] = act; };
const output = {};
const form = {
  hidden: true, elements: { words: { value: "" }, disputed: { value: "" } },
  querySelector: (wanted) => ({ output })[wanted],
  addEventListener: (name, act) => { on[name] = act; },
};
const rows = given.flat().map((dataset) => ({ dataset, hidden: false }));
const rowsOf = (part) => rows.filter((row) => part.includes(row.dataset));
const groups = given.map((part) => ({ hidden: false, rows: rowsOf(part) }));
groups.forEach((group) => {
  group.querySelector = (wanted) => ({
    "li:not([hidden])": group.rows.find((row) => !row.hidden) || null,
  })[wanted];
});
globalThis.document = {
  querySelector: (wanted) => ({ form })[wanted],
  querySelectorAll: (wanted) => ({ "li[data-words]": rows, "nav section": groups })[wanted],
};
"""
"""As much of a page as the script asks for; whatever else it asked for is undefined."""
ASKED = """
const seen = () => ({
  claims: rows.filter((row) => !row.hidden).map((row) => row.dataset.words.split(" ")[0]).join(" "),
  groups: groups.map((group) => group.hidden), said: output.textContent, form: form.hidden });
const found = wishes.map((wish) => {
  form.elements.words.value = wish.words || "";
  form.elements.disputed.value = wish.disputed || "";
  on.input();
  return seen();
});
let held = 0;
on.submit({ preventDefault: () => { held += 1; } });
form.elements.words.value = "";
on.reset();
later.forEach((act) => act());
const reset = seen();
form.elements.words.value = "dam water";
windowOn.pageshow();
console.log(JSON.stringify({ found, reset, back: seen(), held }));
"""


def dataset(html):
    """What each group of claims has for the script."""
    groups = re.findall("<section>.*?</section>", html, re.DOTALL)
    rows = [[claim["data"] for claim in seen(group).claims] for group in groups]
    return [
        [{"words": row["data-words"], "disputed": row["data-disputed"]} for row in group] for group in rows
    ]


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_the_filters_of_an_overview_leave_what_was_asked_for():
    script = (
        f"const given = {json.dumps(dataset(page(OVERVIEW)))};"
        f" const wishes = {json.dumps([wish for wish, *_ in WISHES])};"
        f"{PAGE} {resource('report', 'overview.js').read_text(encoding='utf-8')} {ASKED}"
    )
    done = subprocess.run(["node", "-"], input=script, capture_output=True, text=True, check=True, timeout=60)
    told = json.loads(done.stdout)
    for (wish, claims, hidden, said), found in zip(WISHES, told["found"], strict=True):
        assert found == {"claims": claims, "groups": hidden, "said": said, "form": False}, wish
    assert told["reset"]["claims"] == "C1 C2 C3"
    assert told["back"]["claims"] == "C2", "a reader who comes back from a part finds the list as it was left"
    assert told["held"] == 1


def test_only_our_own_style_and_script_may_act_in_an_overview():
    assert_only_ours_may_act(page(OVERVIEW))


def test_nothing_in_a_project_becomes_part_of_an_overview():
    first, *others = OVERVIEW.parts
    claims = tuple(one._replace(sentence=EVIL) for one in first.claims)
    told = OVERVIEW._replace(
        title=EVIL, lead=(EVIL,), folder=EVIL, parts=(first._replace(claims=claims), *others)
    )
    found = seen(page(told))
    assert found.tags <= TAGS
    assert {address.partition("/")[0] for address in found.addresses} == {"dam.html-parts"}
    assert [one["data"]["data-words"] for one in found.claims[:2]] == [f"C1 {EVIL}", f"C2 {EVIL}"]
    assert "<script>" not in text(told)

"""Every code that can reach a person has a sentence that says where and what to do."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from annotator.domain.errors import UserError
from annotator.domain.messages import SENTENCES, fields_of, sentence

SOURCE = Path(__file__).resolve().parents[2] / "src" / "annotator"
TELLERS = ("UserError", "Damage", "refuse", "_refuse", "report", "_report", "complain")
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+")
PLACED = {"refuse": {"path", "line"}, "_refuse": {"line"}}
"""Details that a method adds by itself."""


class Site(NamedTuple):
    code: str
    details: frozenset[str]
    place: str


def sites() -> Iterator[Site]:
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            code = node.args[0].value
            if name in TELLERS and isinstance(code, str) and CODE.fullmatch(code):
                given = {one.arg for one in node.keywords if one.arg} | PLACED.get(name, set())
                if name == "Damage" and len(node.args) > 1:
                    given |= {one.value for one in ast.walk(node.args[1]) if isinstance(one, ast.Constant)}
                    given |= {"mark", "article", "start", "end"}
                yield Site(code, frozenset(given), f"{path.relative_to(SOURCE)}:{node.lineno}")


SITES = list(sites())


def test_every_code_raised_or_told_anywhere_has_a_sentence():
    assert len({site.code for site in SITES}) > 120
    assert [site for site in SITES if site.code not in SENTENCES] == []


def test_a_sentence_never_asks_for_details_that_are_not_given():
    lacking = [
        site for site in SITES if not any(fields_of(form) <= site.details for form in SENTENCES[site.code])
    ]
    assert lacking == []


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_reads_as_one(code):
    for form in SENTENCES[code]:
        names = fields_of(form)
        words = form.format_map(dict.fromkeys(names, "x"))
        assert "{" not in words.replace("{date}_{title}", "")
        assert words[0].isupper() or words[0] in "“x"
        assert "  " not in words


def test_the_file_and_line_come_first_where_the_sentence_does_not_name_them():
    error = UserError("jsonl-missing-field", path="a.jsonl", line=7, type="mark", field="spans")
    assert sentence(error) == "a.jsonl, line 7: A line of type mark needs the field spans."
    assert sentence(UserError("label-unknown", label="lie", line=3)).startswith("Line 3: ")
    assert sentence(UserError("text-empty")) == "There are no words in this text."


def test_a_locked_project_says_who_has_it_where_that_is_known():
    known = UserError("project-locked", path="p", pid=7, host="desk", since="2031-05-06T12:00:09+00:00")
    assert "(process 7 on desk, since 2031-05-06 12:00 UTC)" in sentence(known)
    assert sentence(UserError("project-locked", path="p")) == (
        "p is open in another window or command."
        " Here it can only be read: end that first, then open it again to change it."
    )


def test_lists_are_told_one_by_one_and_long_texts_cut():
    error = UserError("format-unknown", name="x" * 500, names=["brat", "csv"])
    words = sentence(error)
    assert words.endswith("There are brat, csv.")
    assert len(words) < 250


@pytest.mark.parametrize(
    ("code", "details", "one", "several"),
    [
        ("source-in-use", {"source": "Bell", "named": "M1"}, "named 1 time: M1.", "named 2 times: M1."),
        ("scheme-flag-in-use", {"kind": "odd"}, "1 mark has the flag “odd”.", "the flag “odd” (2)."),
        ("texts-not-compared", {}, "1 new article was not", "2 new articles were not"),
    ],
)
def test_one_is_told_in_the_singular(code, details, one, several):
    counts = [name for form in SENTENCES[code] for name in ("uses", "count") if name in fields_of(form)]
    assert one in sentence(UserError(code, **details, **{counts[0]: 1}))
    assert several in sentence(UserError(code, **details, **{counts[0]: 2}))


def test_braces_in_a_detail_do_no_harm():
    assert "{0}" in sentence(UserError("label-unknown", label="{0} {x}"))


def test_a_code_of_another_package_is_told_with_its_name():
    assert sentence(UserError("their-own-error")) == "This could not be done (their-own-error)."

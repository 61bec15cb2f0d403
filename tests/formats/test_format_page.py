"""What docs/file-format-jsonl.md says is what the program does."""

import re
from pathlib import Path

from annotator.domain.anchors import check_quote
from annotator.domain.model import Article, Mark
from annotator.domain.scheme import FIELDS
from annotator.domain.spans import Span
from annotator.formats import jsonl, jsonl_shapes

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "file-format-jsonl.md").read_text(encoding="utf-8")


def rows() -> dict[str, str]:
    table = PAGE.split("## Lines")[1].split("Where no default")[0]
    return dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", table, re.MULTILINE))


def test_every_type_is_listed_with_its_fields_in_order():
    assert list(rows()) == list(jsonl_shapes.NAMES)
    for kind, text in rows().items():
        wanted = [*FIELDS, "codebook"] if kind == "scheme" else [*jsonl_shapes.NAMES[kind].values()]
        listed = re.findall(r"(?:^|, )\**`(\w+)`", text)
        assert listed == [name for name in wanted if name != "origin_id"], kind


def test_the_fields_in_bold_are_the_required_ones():
    for kind, text in rows().items():
        assert tuple(re.findall(r"\*\*`(\w+)`\*\*", text)) == jsonl_shapes.REQUIRED.get(kind, ()), kind


def test_the_example_is_read_and_its_quotes_are_where_they_should_be(tmp_path):
    [example] = re.findall(r"```jsonl\n(.*?)```", PAGE, re.DOTALL)
    path = tmp_path / "example.jsonl"
    path.write_text(example, encoding="utf-8")
    records = list(jsonl.FORMAT.read(path, {}))
    [article] = [record for record in records if isinstance(record, Article)]
    marks = [record for record in records if isinstance(record, Mark)]
    assert (len(records), len(marks)) == (10, 3)
    for mark in marks:
        for span, quote in zip(mark.spans, mark.quotes, strict=True):
            check_quote(article.text, span, quote)
    [step] = marks[1].attribution
    check_quote(article.text, Span(*step.cue[0]), "said")
    check_quote(article.text, Span(*step.mention[0]), "Mayor Ana Ruiz")


def test_every_code_of_a_refusal_is_listed():
    source = Path(jsonl.__file__).read_text(encoding="utf-8")
    codes = set(re.findall(r'"(jsonl-[\w-]+)"', source)) - {"annotator-jsonl"}
    assert codes == set(re.findall(r"`(jsonl-[\w-]+)`", PAGE))

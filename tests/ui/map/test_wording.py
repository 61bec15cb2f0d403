"""What the map says in words."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

from annotator.domain.dispute import dispute_map
from annotator.ui.map.painting import side_of, wrapped
from annotator.ui.map.wording import Wording
from tests.domain.graphs import article, claim, facts, link, mark, mention, source

LINES = [
    *(source(name, name=name.title()) for name in ("ministry", "agency", "paper", "blog", "mirror")),
    source("quiet", name="Deep Throat", confidential=True),
    article("a1", outlet="paper"),
    article("a2", outlet="mirror"),
    article("a3", outlet="blog"),
    claim(),
    mark("m1", "claim", "ministry", "agency", attributes={"certainty": "possible"}),
    mark("m2", "claim", "agency", attributes={}),
    mark("m3", "claim", "paper", attributes={}),
    mark("m4", "claim", "mirror", article="a2", attributes={}),
    mark("m5", "denial", "ministry", attributes={}),
    mark("m6", "claim", "quiet", attributes={}),
    mark("m7", "claim", "blog", article="a3", attributes={}),
    *(mention(one) for one in ("m1", "m2", "m3", "m4", "m6", "m7")),
    mention("m5", "deny"),
    link("cites", "m7", "ministry", "source"),
]


def test_who_is_not_counted_is_said_with_the_reason() -> None:
    known = replace(facts(LINES), copies={"a1": frozenset({"a2"}), "a2": frozenset({"a1"})})
    (board,) = dispute_map(known).claims
    words = Wording(known)
    assert words.verdict(board) == "Disputed · independent voices 3 : 1"
    assert words.counted(board) == (
        "asserting: a confidential source, Ministry, Mirror · denying: Ministry · not counted: Agency, which"
        " relays Ministry; Blog, which cites Ministry; Paper, which prints the same text as Mirror"
        " · speaks on both sides: Ministry"
    )
    by_mark = {entry.mark: words.statement(board, entry) for entry in board.asserts}
    assert by_mark["m2"].remarks == ("not counted: relays Ministry",)
    assert by_mark["m1"].role == "via Agency"
    assert by_mark["m1"].remarks == ("certainty: possible",)
    assert by_mark["m6"].who == "a confidential source"


def test_a_daily_that_only_passes_on_what_one_voice_says_is_told_with_whom_it_relays() -> None:
    state = [source(name, name=name.title(), affiliation="state") for name in ("envoy", "office")]
    lines = [
        *(source(name, name=name.title()) for name in ("state", "daily", "expert")),
        *state,
        claim(),
        mark("m1", "claim", "expert", "daily"),
        mark("m2", "denial", "envoy", "office", "daily"),
        mention("m1"),
        mention("m2", "deny"),
    ]
    known = facts(lines)
    (board,) = dispute_map(known).claims
    assert Wording(known).counted(board) == (
        "asserting: Expert · denying: State"
        " · not counted: Daily, which relays Expert; Daily, which relays State"
    )


def test_a_long_title_is_cut_between_words_where_it_has_any() -> None:
    known = facts(LINES)
    (board,) = dispute_map(known).claims
    entry = next(one for one in board.asserts if one.mark == "m1")
    for title, shown in (
        (
            "Ferries that sail by night without a single light aboard",
            "Ferries that sail by night without a single…",
        ),
        ("渡" * 60, "渡" * 48 + "…"),
        ("Night ferries", "Night ferries"),
    ):
        articles = {key: replace(row, title=title) for key, row in known.articles.items()}
        assert shown in Wording(replace(known, articles=articles)).place(entry).split(" · ")


def test_words_are_cut_to_their_room_and_lie_on_the_side_of_their_script(qapp) -> None:
    del qapp
    lines = wrapped("a long sentence 🌊 " * 20, QFont(), 160, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert wrapped("", QFont(), 100, 2) in ([], [""])
    assert wrapped("The bridge\nis closed", QFont(), 400, 2) == ["The bridge is closed"]
    assert side_of("كان الجسر مغلقا") == Qt.AlignmentFlag.AlignRight
    assert side_of("“The bridge") == Qt.AlignmentFlag.AlignLeft

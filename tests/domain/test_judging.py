"""Scales of judgement: their order, what stands apart from it, and which judgement is in force."""

import pytest

from annotator.domain import judging
from annotator.domain.errors import UserError
from annotator.domain.ids import AnnotatorId, JudgementId
from annotator.domain.model import Judgement, Ref
from annotator.domain.scheme import Scheme

CLAIM = Ref("proposition", "p")


def judgement(number: int, value: str, scale: str = "credibility", by: str = "ada", **more) -> Judgement:
    return Judgement(
        id=JudgementId(f"j{number}"),
        target=CLAIM,
        scale=scale,
        value=value,
        annotator=AnnotatorId(by),
        at=f"2024-03-0{number}T10:00:00.000Z",
        **more,
    )


def scheme(**changes) -> Scheme:
    return Scheme({**Scheme.default().data, **changes})


def names(found) -> list[str]:
    return [one.id for one in found]


def test_the_newest_judgement_of_each_annotator_is_in_force():
    rows = [judgement(1, "2"), judgement(3, "4"), judgement(2, "1", by="ben")]
    assert [(one.annotator, one.value) for one in judging.in_force(rows)] == [("ada", "4"), ("ben", "1")]


def test_f_and_6_say_that_nothing_can_be_judged_and_stand_outside_the_order():
    known = judging.scales(scheme())
    for scale, value in (("reliability", "F"), ("credibility", "6"), ("verdict", "cannot_be_judged")):
        assert known[scale].rank(value) is None
        assert known[scale].ordered[-1].id == value
        grade = known[scale].grade(value)
        assert "cannot be judged" in f"{grade.name} {grade.detail}"
    assert known["credibility"].rank("1") == 0
    assert known["credibility"].rank("5") == 4


def test_verdict_and_confidence_are_there_by_default_and_the_others_with_the_analyst_preset():
    quick, analyst = scheme(preset="quick"), scheme(preset="analyst")
    assert names(judging.shown_scales(quick, "proposition")) == ["verdict", "confidence"]
    assert names(judging.shown_scales(quick, "source")) == ["confidence"]
    assert names(judging.shown_scales(analyst, "source")) == ["reliability", "confidence"]
    assert names(judging.shown_scales(analyst, "mention")) == ["confidence", "credibility"]


def test_a_scale_is_switched_on_and_off_in_the_preset_at_work():
    before = scheme(preset="quick")
    reliability = judging.scales(before)["reliability"]
    on = judging.switched(before, reliability, True).scheme
    assert names(judging.shown_scales(on, "source")) == ["reliability", "confidence"]
    off = judging.switched(on, reliability, False).scheme
    assert off == before


def test_a_project_may_have_its_own_verdicts():
    own = [
        {"id": "verdict", "name": "Stempel", "on": ["proposition"], "always": True, "values": [{"id": "ja"}]}
    ]
    found = judging.scales(scheme(scales=own))["verdict"]
    assert (found.name, [one.name for one in found.grades]) == ("Stempel", ["ja"])


@pytest.mark.parametrize(
    ("scales", "place"),
    [
        ({}, "scales"),
        ([{"name": "no id"}], "scales[0]"),
        ([{"id": "x", "on": ["moon"], "values": [{"id": "1"}]}], "scales[0].on"),
        ([{"id": "x", "on": [], "values": []}], "scales[0].values"),
        ([{"id": "x", "on": [], "values": [{"id": "1"}, {}]}], "scales[0].values[1]"),
        ([{"id": "x", "on": [], "values": [{"id": "1"}, {"id": "1"}]}], "scales[0].values"),
    ],
)
def test_a_malformed_scale_is_named_by_its_place(scales, place):
    with pytest.raises(UserError) as refused:
        judging.scales(scheme(scales=scales))
    assert (refused.value.code, refused.value.details["place"]) == ("scale-malformed", place)

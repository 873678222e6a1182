"""Which policies fit an enterprise: yes, no, or what would decide it."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from config.policies import (
    ELSEWHERE,
    FINDER,
    Fit,
    Policy,
    Profile,
    finder_mistakes,
    judge,
    load_policies,
    match,
    policy_mistakes,
    profile_of,
)
from config.shipped import load_catalogue
from config.text import Text
from kiosk.cli.main import app

TODAY = date(2026, 11, 22)
SMALL = Profile(who="company", employees=20, assets_wan=300, profit_wan=40)
MAYBE = st.none() | st.booleans()
AMOUNT = st.none() | st.floats(0, 10_000, allow_nan=False)
PROFILES = st.builds(
    Profile,
    who=st.sampled_from([None, "company", "sole_trader"]),
    industry=st.sampled_from(["", "tobacco", "software"]),
    employees=AMOUNT,
    assets_wan=AMOUNT,
    profit_wan=AMOUNT,
    monthly_sales_wan=AMOUNT,
    small_scale_taxpayer=MAYBE,
    does_research=MAYBE,
    high_tech=MAYBE,
)


def policy(code: str) -> Policy:
    return next(one for one in load_policies() if one.code == code)


def test_every_policy_names_its_basis_and_is_named_once() -> None:
    codes = [one.code for one in load_policies()]
    assert len(set(codes)) == len(codes)
    assert all(one.basis and one.who for one in load_policies())
    assert all(one.until is None or one.since <= one.until for one in load_policies())


@pytest.mark.parametrize(
    ("changed", "fit", "told"),
    [
        ({}, Fit.YES, ()),
        ({"employees": 300}, Fit.YES, ()),
        ({"employees": 301}, Fit.NO, ("employees",)),
        ({"profit_wan": 300.01}, Fit.NO, ("profit_wan",)),
        ({"who": "sole_trader"}, Fit.NO, ("who",)),
        ({"assets_wan": None}, Fit.POSSIBLE, ("assets_wan",)),
        ({"assets_wan": None, "employees": 400}, Fit.NO, ("employees",)),
    ],
)
def test_the_limits_for_small_companies(
    changed: dict[str, object], fit: Fit, told: tuple[str, ...]
) -> None:
    found = judge(policy("cit-small"), SMALL.model_copy(update=changed), TODAY)
    assert found.fit is fit
    assert (found.against if fit is Fit.NO else found.open) == told


def test_the_last_day_counts_and_reminds() -> None:
    last = date(2027, 12, 31)
    found = match(load_policies(), SMALL, last)
    small = next(one for one in found if one.policy.code == "cit-small")
    assert small.days_left == 0
    assert small.due_within(0)
    after = {one.policy.code for one in match(load_policies(), SMALL, date(2028, 1, 1))}
    assert "cit-small" not in after
    assert "cit-small" not in {
        one.policy.code for one in match(load_policies(), SMALL, date(2022, 12, 31))
    }


def test_places_and_industries() -> None:
    local = Policy(
        code="x", name=Text(zh="测", en="x"), gives=Text(zh="测", en="x"), basis="测试",
        authority=Text(zh="测", en="x"), since=TODAY, who=("company",), divisions=("440507",),
        industries=("toys",),
    )  # fmt: skip
    profile = Profile(who="company", division="440507008", industry="toys")
    assert judge(local, profile, TODAY).fit is Fit.YES
    other = profile.model_copy(update={"division": "440511"})
    assert judge(local, other, TODAY).against == ("division",)
    assert judge(local, profile.model_copy(update={"industry": "tea"}), TODAY).fit is Fit.NO
    research = judge(
        policy("research-deduction"),
        Profile(who="company", does_research=True, industry="property"),
        TODAY,
    )
    assert research.against == ("industry",)


@given(PROFILES, PROFILES)
def test_telling_more_never_turns_a_no_or_a_yes_around(less: Profile, more: Profile) -> None:
    known = {k: v for k, v in less.model_dump().items() if v not in (None, "")}
    told = more.model_copy(update=known)
    for one in load_policies():
        before, after = judge(one, less, TODAY), judge(one, told, TODAY)
        assert before.fit is Fit.POSSIBLE or before.fit is after.fit
        assert set(after.open) <= set(before.open)
        assert set(before.against) <= set(after.against)


def test_policies_at_the_command_line() -> None:
    def told(*arguments: str) -> str:
        answer = CliRunner().invoke(app, ["catalogue", "policies", *arguments])
        assert answer.exit_code == 0
        return answer.stdout

    # Those without a last day, so that the test does not age.
    found = json.loads(told("--who", "company", "--high-tech", "--json"))
    fits = {one["code"]: (one["fit"], one["remind"]) for one in found}
    assert fits["high-tech"] == ("yes", False)
    assert fits["research-deduction"] == ("possible", False)
    assert "open: industry, does_research" in told("--who", "company")


@pytest.mark.parametrize(
    ("told", "fit", "open_"),
    [
        ("440507", Fit.YES, ()),
        ("440507008", Fit.YES, ()),
        ("440500", Fit.POSSIBLE, ("division",)),  # the district is not told
        ("", Fit.POSSIBLE, ("division",)),
        ("440511", Fit.NO, ()),
        ("440100", Fit.NO, ()),
        (ELSEWHERE, Fit.NO, ()),
    ],
)
def test_a_place_told_too_roughly_leaves_the_question_open(
    told: str, fit: Fit, open_: tuple[str, ...]
) -> None:
    local = policy("iit-sole-trader").model_copy(update={"divisions": ("440507",)})
    found = judge(local, Profile(who="sole_trader", division=told), TODAY)
    assert (found.fit, found.open) == (fit, open_)


def test_mistakes_in_policies_are_named() -> None:
    good = policy("cit-small")
    assert not list(policy_mistakes(load_policies()))
    for change, said in (
        ({"until": good.since - timedelta(1)}, "ends before it begins"),
        ({"divisions": ("449999",)}, "'449999' is not known"),
        ({"industries": ("tea",), "not_industries": ("tea",)}, "both wanted and ruled out"),
    ):
        [mistake] = policy_mistakes([good.model_copy(update=change)])
        assert said in mistake
    assert "used twice" in next(iter(policy_mistakes([good, good])))


def test_outside_the_city_says_nothing_of_another_city() -> None:
    local = policy("iit-sole-trader").model_copy(update={"divisions": ("440100",)})
    found = judge(local, Profile(who="sole_trader", division=ELSEWHERE), TODAY)
    assert (found.fit, found.open) == (Fit.POSSIBLE, ("division",))


def test_answers_make_a_profile_and_dont_know_leaves_it_open() -> None:
    profile = profile_of(
        {"who": "company", "employees": "300", "assets_wan": "inf", "profit_wan": "unknown",
         "high_tech": "false", "industry": "", "phone": "13800000000"}
    )  # fmt: skip
    assert profile == Profile(
        who="company", employees=300, assets_wan=float("inf"), high_tech=False
    )
    small = judge(policy("cit-small"), profile, TODAY)
    assert (small.against, small.open) == (("assets_wan",), ("profit_wan",))


def test_what_the_questions_cannot_decide_is_a_mistake() -> None:
    finder = next(item for item in load_catalogue().items if item.dataset == FINDER)
    assert finder.form is not None
    asked = {name: [key for key, _ in field.options] for name, field in finder.form.fields.items()}
    assert not list(finder_mistakes(load_policies(), asked))
    good = policy("cit-small")
    for change, said in (
        ({"max_employees": 500}, "employees: no answer ends at 500"),
        ({"industries": ("tea",)}, "industry: 'tea' is no answer"),
        ({"divisions": ("440507008",)}, "division: '440507008' is no answer"),
    ):
        [mistake] = finder_mistakes([good.model_copy(update=change)], asked)
        assert said in mistake
    fewer = {name: keys for name, keys in asked.items() if name != "high_tech"} | {"colour": []}
    assert [m.split(": ")[1].split(" ")[0] for m in finder_mistakes(load_policies(), fewer)] == [
        "colour", "high_tech",
    ]  # fmt: skip

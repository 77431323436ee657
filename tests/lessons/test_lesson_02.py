"""Lesson 02 says what the distributor's plan says, and its view does what the text promises (B1, B2, G1)."""

import re
from itertools import chain

import pytest

from autograder.build import ROOT, figures_in
from kpikit.companies import case
from kpikit.language import LANGUAGES, show, use
from kpikit.questions import read_questions
from kpikit.views import three_questions as view

TEXT = (ROOT / "lessons" / "02-the-three-questions.md").read_text("utf-8")
QUESTIONS = {q.id: q for q in read_questions(ROOT / "lessons" / "02-the-three-questions.yaml").questions}
AOP = case("distributor").plan["aop"]
BUDGET = {line["item"]: line["amount"] for line in AOP["budget"]}
MADE_UP = {"l02-q4"}  # another firm's story


def prose(lang):
    """The texts of one language, one after the other, without the answers to choose from."""
    parts = re.findall(rf'\+\+\+ \{{"lang": "{lang}"\}}\n(.*?)(?=\n\+\+\+|\n```\{{code|\Z)', TEXT, re.S)
    return "\n".join(parts)


def bn(value, lang):
    return show(round(value / 1e9, 1), lang=lang) + (" tỷ" if lang == "vi" else "bn")


@pytest.fixture(params=LANGUAGES)
def lang(request):
    use(request.param)
    yield request.param
    use("vi")


def test_the_thick_file_holds_the_plans_money_without_saying_for_whom(lang):
    trade = BUDGET["Trade marketing MT"] + BUDGET["Trade marketing GT"]
    kam, rounds = BUDGET["Đội KAM (thêm hai người)"], BUDGET["Giữ nhịp đi tuyến GT và thu nợ"]
    for amount in (trade, kam, rounds, sum(BUDGET.values())):
        assert f"| {'VND ' if lang == 'en' else ''}{bn(amount, lang)} |" in prose(lang)
    habit = case("distributor").design("habit").aop.budget
    assert [line.amount for line in habit] == [trade], "last year's way of writing it is the same single line"


def test_the_two_goals_and_the_trade_off_are_the_plans(lang):
    first, second = AOP["goals"]
    text = prose(lang)
    for goal in (first, second):
        assert bn(goal["target"], lang) in text
        assert show(goal["baseline"] / 1e9, lang=lang) in text
    assert "228" in text and "480" in text
    assert "228 điểm bán mới thay vì 480" in AOP["trade_offs"][0]


def test_the_money_by_goal_is_added_up_right(lang):
    split, text = view.money(case("distributor")), prose(lang)
    for goal in ("G1", "G2"):
        assert bn(split.loc[goal, "amount"], lang) in text
        assert f"{round(split.loc[goal, 'share'])}%" in text
    for item in ("Trade marketing MT", "Trade marketing GT"):
        assert bn(BUDGET[item], lang) in text


def test_the_first_thing_to_do_is_the_plans():
    first = AOP["actions"][0]
    assert len(AOP["actions"]) == 4
    assert (first["what"], first["owner"], str(first["by"])) == (
        "Ký lại JBP 2027 với Lam Sơn",
        "Giám đốc kênh MT",
        "2027-01-15",
    )


def test_no_number_stands_in_the_text_that_the_plan_does_not_give(lang):
    amounts = [*BUDGET.values(), *(g[k] for g in AOP["goals"] for k in ("baseline", "target")),
               *view.money(case("distributor"))["amount"], 16e9, 22e9]  # fmt: skip
    known = set(chain.from_iterable(figures_in(bn(amount, lang)) for amount in amounts))
    known |= {"71", "29", "228", "480", "2027", "13", "02", "03", "05", *"12345"}
    assert set(figures_in(prose(lang))) <= known


@pytest.mark.parametrize("id", [id for id in QUESTIONS if id not in MADE_UP])
def test_the_questions_numbers_are_the_plans(id):
    question = QUESTIONS[id]
    words = [question.ask, *question.options.values(), *question.items.values(), *question.replies.values()]
    said = set(chain.from_iterable(figures_in(text["vi"]) for text in words))
    assert said <= {"600", "154", "12", "8", "71", "16", "1", "2", "3"}


def test_the_view_does_what_the_three_steps_promise():
    """Step 2: each part alone takes its own decision along; step 3: all five parts there, three quarrels."""
    for part in view.PARTS:
        states = view.decisions([part])["state"]
        assert list(states.index[states != "clear"]) == [part]
    swapped = view.decisions([], "cash")["state"]
    assert (swapped == "clash").sum() == 3
    assert not view.decisions([], "cash")["covered"].any()

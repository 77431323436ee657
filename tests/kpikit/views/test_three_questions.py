"""The one-page AOP under its three questions: what is covered is what one can no longer settle (B1, B2)."""

from itertools import chain, combinations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from kpikit.companies import case
from kpikit.exploring import picture
from kpikit.language import LANGUAGES, use
from kpikit.views import three_questions as view

PARTS = list(view.PARTS)
COVERS = [list(c) for c in chain.from_iterable(combinations(PARTS, n) for n in range(len(PARTS) + 1))]


@pytest.fixture(params=LANGUAGES)
def lang(request):
    use(request.param)
    yield request.param
    use("vi")


def lost(cover, focus="growth"):
    states = view.decisions(cover, focus)["state"]
    return set(states.index[states != "clear"])


@pytest.mark.parametrize("cover", COVERS, ids="-".join)
def test_as_agreed_exactly_what_is_covered_becomes_a_quarrel(cover):
    assert lost(cover) == set(cover)


def test_a_new_focus_on_the_old_budget_contradicts_budget_and_trade_offs():
    assert lost([], "cash") == {"priority", "budget", "trade_offs"}


@pytest.mark.parametrize("cover", COVERS, ids="-".join)
def test_parts_clash_only_while_both_are_in_sight(cover):
    states = view.decisions(cover, "cash")["state"]
    clashing = set(states.index[states == "clash"])
    seen = {"budget", "trade_offs"} - set(cover)
    assert clashing == (seen | {"priority"} if seen and "priority" not in cover else set())


def test_the_money_by_goal_is_the_plans_own():
    budget = case("distributor").plan["aop"]["budget"]
    split = view.money(case("distributor"))
    assert split["amount"].sum() == sum(line["amount"] for line in budget) == 22e9
    assert split["amount"].to_dict() == {"G1": 15.6e9, "G2": 6.4e9}
    assert split["share"].round().to_dict() == {"G1": 71, "G2": 29}
    assert split["role"].to_dict() == {"G1": "primary", "G2": "supporting"}


def test_the_aop_in_the_picture_is_the_cases():
    use("en")
    facts, aop = view.facts_of(case("distributor")), case("distributor").plan["aop"]
    assert f"{facts['fewer']} điểm bán mới thay vì {facts['before']}" in aop["trade_offs"][0]
    assert (facts["from_revenue"], facts["to_revenue"]) == ("500bn", "600bn")
    assert (facts["from_cash"], facts["to_cash"]) == ("8.2bn", "15.4bn")
    assert (facts["overdue"].value, facts["times"], facts["trade"]) == (8, 1, "12bn")
    use("vi")


@pytest.mark.parametrize(
    ("cover", "focus", "answered"),
    [([], "growth", 3), (["goals"], "growth", 2), (["limits"], "growth", 2), ([], "cash", 1), (PARTS, "growth", 0)],
)
def test_the_sentence_counts_the_questions_that_are_fully_answered(lang, cover, focus, answered):
    assert {"vi": f"{answered} trên 3.", "en": f"{answered} of 3."}[lang] in picture(
        "three_questions", cover=cover, focus=focus
    ).sentence


def test_money_on_the_old_focus_is_named_only_while_budget_and_focus_are_in_sight():
    for cover in COVERS:
        said = "71%" in picture("three_questions", cover=cover, focus="cash").sentence
        assert said == ("budget" not in cover and "priority" not in cover), cover


GRID = [([], "growth"), ([], "cash"), (PARTS, "cash"), *(([part], focus) for part in PARTS for focus in view.FOCI),
        (["goals", "trade_offs", "limits"], "cash"), (["goals", "budget", "trade_offs", "limits"], "cash"),
        (["priority", "budget", "trade_offs", "limits"], "growth")]  # fmt: skip


@pytest.mark.parametrize(("cover", "focus"), GRID)
def test_words_are_whole_and_do_not_collide(lang, cover, focus):
    made = picture("three_questions", cover=cover, focus=focus)
    FigureCanvasAgg(made.figure).draw()
    texts = [*made.figure.texts, *made.figure.axes[0].texts]
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts]
    assert not [said for said, _ in boxes if "…" in said]
    for (one, a), (other, b) in combinations(boxes, 2):
        wide, tall = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert wide < 2 or tall < 5, f"{one!r} over {other!r}"

"""Lesson 14 says what the simulated year, the game and Hương Việt's tables say (G5, G4), and what the model cannot."""

import re
from itertools import combinations

import numpy as np
import pytest

from autograder.build import ROOT, figures_in
from kpikit.companies import case
from kpikit.documents import as_yaml
from kpikit.language import LANGUAGES, show, use
from kpikit.metrics import metric
from kpikit.questions import read_questions
from kpikit.views._year_of_yours_design import MENDS, sheets
from kpikit.views.year_of_yours import lived
from kpikit.years.firm import SHOCKS, drawn
from kpikit.years.game import Decision, start, step
from kpikit.years.looking_back import debrief
from kpikit.years.mapping import mapped
from kpikit.years.run import run

TEXT = (ROOT / "lessons" / "14-run-the-year.md").read_text("utf-8")
QUESTIONS = {q.id: q for q in read_questions(ROOT / "lessons" / "14-run-the-year.yaml").questions}
GUESS = next(q for q in read_questions(ROOT / "lessons" / "00-start-here.yaml").questions if q.id == "l00-q1")
FIRMS = 40
HELP, ANEW = Decision(attention=("key_accounts",)), Decision(aim_anew=True)


@pytest.fixture(params=LANGUAGES)
def lang(request):
    use(request.param)
    yield request.param
    use("vi")


def prose(lang):
    """The texts of one language, one after the other."""
    return "\n".join(
        re.findall(rf'\+\+\+ \{{"lang": "{lang}"\}}\n(.*?)(?=\n\+\+\+|\n```\{{code|\Z)', TEXT, re.S)
    )  # fmt: skip


def line(lang, start):
    return next(one for one in prose(lang).splitlines() if one.startswith(start))


def percent(share):
    return f"{round(100 * share)}%"


def met(*mends):
    return lived(frozenset(mends)).year.met


def paradox(*mends):
    return lived(frozenset(mends)).year.paradox


def mean(*mends):
    return lived(frozenset(mends)).mean


def without(one):
    return [mend for mend in MENDS if mend != one]


# ---------------------------------------------------------------- the mends


def test_one_mend_alone_may_make_it_worse(lang):
    told = line(lang, {"vi": "- **Sửa lẻ", "en": "- **One mend alone"}[lang])
    values = [mean(), mean("review"), paradox(), paradox("review"), mean("scale"), paradox("scale")]
    assert re.findall(r"\d+%", told) == [percent(v) for v in values]
    assert mean("review") < mean() > mean("scale")


def test_the_three_that_come_nearest_and_how_seldom_any_three_meet_the_goal(lang):
    told = line(lang, {"vi": "- **Ba chỗ:**", "en": "- **Three:**"}[lang])
    best = max(combinations(MENDS, 3), key=lambda some: mean(*some))
    assert set(best) == {"weights", "drivers", "review"}
    assert re.findall(r"\d+%", told)[0] == percent(mean(*best))
    assert max(met(*some) for some in combinations(MENDS, 3)) < 0.1
    assert "10%" in told


def test_all_six(lang):
    told = line(lang, {"vi": "- **Đủ sáu:**", "en": "- **All six:**"}[lang])
    assert re.findall(r"\d+%", told) == [percent(v) for v in (mean(*MENDS), met(*MENDS), paradox(*MENDS))]


def test_each_of_the_six_taken_out(lang):
    told = line(lang, {"vi": "- **Bỏ ra từng chỗ", "en": "- **Take one out"}[lang])
    order = sorted(MENDS, key=lambda mend: -met(*without(mend)))
    assert order == ["triggers", "review", "scale", "drivers", "tied", "weights"]
    assert re.findall(r"\d+%", told) == [percent(met(*without(mend))) for mend in order]


def test_only_without_the_scales_does_the_paradox_jump(lang):
    told = line(lang, {"vi": "Riêng lúc thiếu thang", "en": "Only where the three-level scales"}[lang])
    assert percent(paradox(*without("scale"))) in told
    assert paradox(*without("weights")) < 0.5
    assert all(paradox(*without(mend)) < 0.05 for mend in MENDS if mend not in ("scale", "weights"))


# ---------------------------------------------------------------- the game


def played(seed, mends, *changes):
    game, at = start(sheets(mends), seed, "distributor"), dict(changes)
    while not game.over:
        game = step(game, at.get(game.month))
    return debrief(game)


def test_year_two_six_times(lang):
    rows = {"vi": ("| Bảng chép", "| Bảng sửa"), "en": ("| Sheets copied", "| All six mends")}[lang]
    for begins, mends in zip(rows, ((), MENDS), strict=True):
        ended = [
            played(2, mends, *changes).endings["yours"].attainment
            for changes in ((), ((3, HELP), (6, ANEW)), ((6, HELP), (9, ANEW)))
        ]
        assert re.findall(r"\d+%", line(lang, begins)) == [percent(v) for v in ended]


def test_the_old_sheets_stay_green_in_a_year_whose_miss_shows_in_april():
    looked = played(2, ())
    assert all(board.green for board in looked.game.boards)
    assert looked.seen == 4


def test_good_sheets_without_a_decision_miss_and_say_so():
    ended = played(2, MENDS).endings["yours"]
    assert not ended.met
    assert not ended.green
    assert QUESTIONS["l14-q3"].right == "told"


def test_the_law_changes_in_may_of_year_two_and_every_year_on_offer_has_its_shock():
    news = [(board.month, kind) for board in played(2, ()).game.boards for kind in board.news]
    assert news == [(4, SHOCKS[1])]
    for seed in range(1, 6):
        assert any(board.news for board in played(seed, ()).game.boards)


def test_year_one_is_an_unlucky_year_for_both(lang):
    ended = played(1, ()).endings
    told = QUESTIONS["l14-q4"].replies["luck"][lang]
    assert show(round(100 * ended["sound"].attainment, 1), "%", lang) in told
    assert percent(ended["untouched"].attainment) in told


# ---------------------------------------------------------------- what the model is


@pytest.fixture(scope="module")
def firms():
    """Forty firms of the prior: attainment and met with no mend, all six, only reviews, only scales."""
    setups = [mapped(sheets(m), "distributor").setup for m in ((), MENDS, ("review",), ("scale",))]
    drawn_firms = [drawn(np.random.default_rng([40, n])) for n in range(FIRMS)]
    lives = [[run(setup, 512, 1, firm) for setup in setups] for firm in drawn_firms]
    return np.array([[y.attainment.mean() for y in each] for each in lives]), np.array(
        [each[1].met.mean() for each in lives]
    )


def test_the_order_holds_in_forty_firms_and_the_number_does_not(firms, lang):
    attained, years_met = firms
    old, six, review, scale = attained.T
    assert (six > old).all()
    assert (review < old).all()
    assert (scale < old).all()
    told = line(lang, {"vi": "**Tin được gì.**", "en": "**What to trust.**"}[lang])
    assert f" {FIRMS} " in told
    assert re.findall(r"\d+%", told) == [percent(years_met.min()), percent(years_met.max())]
    mistake = line(lang, "> **Nhầm" if lang == "vi" else "> **The commonest")
    assert re.findall(r"\d+%", mistake)[-3:-1] == [percent(years_met.min()), percent(years_met.max())]
    assert years_met.std() > 0.1, "question 5 says that 3 points are little beside this"


def test_the_fourth_cause_costs_some_of_the_goal_and_adds_no_paradox(lang):
    told = line(lang, {"vi": "**Chỗ nó nói khác", "en": "**Where it differs"}[lang])
    assert re.findall(r"\d+%", told) == [percent(met(*MENDS)), percent(met(*without("triggers"))), "3%"]
    assert paradox(*without("triggers")) <= paradox(*MENDS) < 0.03


def test_the_year_that_was_lived_lies_at_the_edge_of_the_years_that_were_not(lang):
    table = metric(case("distributor"), "revenue", by="ytd").set_index("period").loc["2026-12"]
    reached = table["actual"] / table["plan"]
    told = line(lang, {"vi": "500,2 trên", "en": "500.2 of"}[lang])
    few = float((lived(frozenset()).year.attainment >= reached).mean())
    for value, unit in ((table["actual"] / 1e9, None), (table["plan"] / 1e9, None)):
        assert show(round(float(value), 1), unit, lang) in told
    for share in (reached, few):
        assert show(round(100 * float(share), 1), "%", lang) in told
    assert percent(mean()) in told


# ---------------------------------------------------------------- the questions, the ends


def test_the_last_question_is_the_first_guess_again(lang):
    assert list(QUESTIONS["l14-q4"].options) == list(GUESS.options)
    assert percent(met(*MENDS)) in QUESTIONS["l14-q4"].replies["effort"][lang]
    assert met() == 0
    assert TEXT.index("l00-q1") < TEXT.index("l14-q4")


def test_her_own_design_is_found_from_where_this_lesson_lies(tmp_path, monkeypatch, lang):
    """The layout that the lesson promises: lessons/<lang>/ beside exercises/<lang>/capstone/."""
    from kpikit.years.at_hand import own

    for folder in (f"lessons/{lang}", f"exercises/{lang}/capstone"):
        assert (ROOT / folder).is_dir()
        (tmp_path / folder).mkdir(parents=True)
    record = {"exercise": "capstone", "answers": {"capstone-q2": sheets(()).as_document()}}
    (tmp_path / f"exercises/{lang}/capstone/answers.yaml").write_text(as_yaml(record), "utf-8")
    found, faults = own(tmp_path / "lessons" / lang, lang)
    assert faults == []
    assert found[0].open().company == "Phân phối Hương Việt"
    assert f"../../exercises/{lang}/capstone/capstone.ipynb" in prose(lang)


def test_twins_tell_the_same_numbers():
    assert figures_in(prose("vi")) == figures_in(prose("en"))

"""A shock on the first of July: what an early review, moved resources and rewritten KPIs each bring (E8, G4)."""

from itertools import product

import numpy as np
import pytest

from kpikit.exploring import picture
from kpikit.views import replan as view
from kpikit.views._replan_words import ANSWERS
from kpikit.years.chance import NEVER
from kpikit.years.firm import Firm

PICKS = list(product(view.EVERY, ANSWERS))


def test_the_only_shock_comes_to_every_year_on_the_first_of_july():
    chance = view.shocked(Firm())
    assert (chance.shock[0] == view.JULY).all()
    assert (chance.shock[1:] == NEVER).all()
    assert not chance.moved[: view.JULY].any()
    assert (chance.moved[view.JULY :] < 0).all()
    assert [t for t in range(12) if chance.astray[t].any()] == [view.JULY]


@pytest.mark.parametrize("rhythm", view.EVERY)
def test_until_the_first_review_after_the_shock_all_answers_are_one_year(rhythm):
    acted = next(t for t in range(view.JULY, 12) if (t + 1) % view.EVERY[rhythm] == 0)
    for answer in ANSWERS:
        assert np.allclose(view.lived(rhythm, answer).path[: acted + 1], view.lived(rhythm, "hold").path[: acted + 1])


@pytest.mark.parametrize("rhythm", ["monthly", "quarterly"])
def test_moving_work_brings_the_goal_nearer_and_rewriting_kpis_only_the_score(rhythm):
    held, moved, kpis, replan = (view.lived(rhythm, answer) for answer in ("hold", "move", "kpis", "replan"))
    assert moved.mean > held.mean + 0.01
    assert replan.mean > held.mean + 0.01
    assert kpis.score > held.score + 3
    assert kpis.mean == pytest.approx(held.mean, abs=0.005)
    assert kpis.mean <= held.mean


def test_moved_resources_without_new_kpis_leave_won_years_red():
    moved, replan = view.lived("monthly", "move"), view.lived("monthly", "replan")
    assert moved.met > moved.green + 0.3
    assert replan.agree > moved.agree + 0.2
    assert replan.mean <= moved.mean, "the lesson says: re-planning brings no more than moving resources"


@pytest.mark.parametrize("answer", ANSWERS)
def test_the_sooner_the_review_the_nearer_the_goal(answer):
    monthly, quarterly, yearly = (view.lived(rhythm, answer).mean for rhythm in ("monthly", "quarterly", "yearly"))
    assert monthly > quarterly > yearly


def test_at_the_years_end_no_answer_differs_from_another():
    assert len({tuple(view.lived("yearly", answer).path) for answer in ANSWERS}) == 1


def test_the_models_own_update_is_the_replanning():
    """Re-planning is the simulated year as it is: nothing but `month` with the trigger on."""
    from kpikit.companies import case
    from kpikit.years.chance import CHUNK
    from kpikit.years.mapping import mapped
    from kpikit.years.model import Plan, attainment, begin, month

    plan = Plan(mapped(case("distributor").design("sound"), case("distributor")).setup.but(every=1), Firm())
    chance, state = view.shocked(Firm()), begin(plan, CHUNK)
    for t in range(12):
        month(plan, state, chance, t)
    assert float(attainment(plan, state, chance)[: view.YEARS].mean()) == view.lived("monthly", "replan").mean


@pytest.mark.parametrize(("rhythm", "answer"), PICKS)
def test_words_are_whole_and_do_not_collide(lang, rhythm, answer, check_words):
    check_words(picture("replan", rhythm=rhythm, answer=answer))

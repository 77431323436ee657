"""The four causes switched on in the simulated year: what each does, and that raised targets cure nothing (D1 to D6)."""

from itertools import chain, combinations

import pytest

from kpikit.exploring import picture
from kpikit.views import causes_switched as view
from kpikit.years.causes import CAUSES

COMBINATIONS = list(chain.from_iterable(combinations(CAUSES, n) for n in range(5)))


def corners(*causes, raised=False):
    return view.corners(view.lived(causes, raised))


@pytest.mark.parametrize("causes", COMBINATIONS, ids="-".join)
def test_the_four_corners_are_all_the_years(causes):
    assert sum(corners(*causes)[:4]) == pytest.approx(1)
    assert len(view.lived(causes).attainment) == view.YEARS


@pytest.mark.parametrize("causes", COMBINATIONS, ids="-".join)
def test_one_more_cause_never_brings_the_goal_nearer(causes):
    for more in set(CAUSES) - set(causes):
        assert corners(*causes, more).mean <= corners(*causes).mean + 0.005


@pytest.mark.parametrize("cause", ["activity", "local", "against"])
def test_the_first_three_causes_raise_the_chance_of_the_paradox(cause):
    assert corners(cause).paradox > corners().paradox + 0.2


def test_no_update_lowers_the_goal_and_not_the_honesty_of_the_sheet():
    """What the lesson says of cause 4: less of the goal, no more of the paradox."""
    assert corners("frozen").paradox <= corners().paradox
    assert corners("frozen").met < corners().met - 0.1


@pytest.mark.parametrize("causes", [c for c in COMBINATIONS if c], ids="-".join)
def test_raised_targets_bring_no_goal_nearer(causes):
    assert corners(*causes, raised=True).mean <= corners(*causes).mean + 0.005


@pytest.mark.parametrize("causes", [c for c in COMBINATIONS if c], ids="-".join)
def test_where_raised_targets_end_the_paradox_nobody_is_green_any_more(causes):
    now = corners(*causes, raised=True)
    if view._finding(list(causes), True) == "raised_red":
        assert now.paradox == now.won == 0
    if view._finding(list(causes), True) == "raised_same":
        assert now.paradox == pytest.approx(corners(*causes).paradox, abs=0.01)


def test_the_same_picks_in_another_order_are_the_same_years():
    assert view.lived(["frozen", "activity"]) is view.lived(["activity", "frozen"])


@pytest.mark.parametrize("targets", ["kept", "raised"])
@pytest.mark.parametrize("causes", COMBINATIONS, ids="-".join)
def test_words_are_whole_and_do_not_collide(lang, causes, targets, check_words):
    check_words(picture("causes_switched", causes=list(causes), targets=targets))

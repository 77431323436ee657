"""The model meets its closed forms, the plain loop, and itself: same seed, same years."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from kpikit.years import causes, model
from kpikit.years import chance as chances
from kpikit.years.findings import designs
from kpikit.years.firm import DEPARTMENTS, DRIVERS, MEASURES, MONTHS, PROFIT, Firm, drawn
from kpikit.years.run import run
from kpikit.years.setup import setup

spec = importlib.util.spec_from_file_location("plain_year", Path(__file__).parents[2] / "benchmarks" / "plain_year.py")
plain_year = importlib.util.module_from_spec(spec)
spec.loader.exec_module(plain_year)

CALM = {"chance": np.zeros(4), "luck": 0.0, "noise": 0.0, "push": 0.0}
ONE_TASK = {"usual": np.array([0.28, 0.0, 0.0]), "taste": np.array([0.0, -1e3, -1e3]), "most": 0.0, "visible": 0.0}


def closed(firm, effort):
    """Attainment where every department builds with ``effort`` (12, 5): README (4), (5), (11), by hand."""
    levels = np.zeros(5)
    x = 0.0
    for t in range(MONTHS):
        both = firm.focus_part * firm.on_focus + (1 - firm.focus_part) * firm.on_support
        x += firm.season[t] * both @ levels
        levels = levels + firm.fade * (model.bends(firm, effort[t]) - levels)
    return (1 + firm.growth * x) / (1 + firm.growth)


def test_one_task_no_kpi_no_shock_meets_the_closed_form():
    """Care alone gives one softmax share; habits and drivers approach it geometrically."""
    firm = Firm(**CALM, **ONE_TASK)
    lived = run(setup([("driver:operations", {})]), 3, 1, firm)
    wanted = 1 / (1 + np.exp((firm.comfort - firm.care) / firm.heat))
    months = np.arange(1, MONTHS + 1)
    effort = firm.usual[0] + (wanted - firm.usual[0]) * (1 - (1 - firm.pace) ** months)
    assert np.allclose(lived.effort[:, :, 0], effort[:, None], atol=1e-12)
    level = model.bends(firm, effort)
    driver = [sum(firm.fade * (1 - firm.fade) ** (t - 1 - s) * level[s] for s in range(t)) for t in range(MONTHS)]
    x = firm.season @ np.array(driver)
    assert np.allclose(lived.attainment, (1 + firm.growth * x) / (1 + firm.growth), atol=1e-12)


@pytest.mark.parametrize("slope", [0.2, 0.8, 2.0])
def test_one_task_linear_scale_no_shock_meets_the_closed_form(slope):
    """On a straight scale one more x is always worth the same: effort is one softmax of slope times effect."""
    firm = Firm(**CALM, **ONE_TASK).but(fade=1.0, pace=1.0, cosmetic=0.0)
    far = np.array([[-1e6, 1.0, 1e6]])
    straight = setup([("driver:operations", {"operations": 1})]).but(lines=far, points=1 + slope * (far - 1))
    lived = run(straight, 2, 1, firm)
    steep = firm.bend / (1 - np.exp(-firm.bend * (firm.needed - firm.usual[0])))
    pull = np.where(np.arange(5) == DEPARTMENTS.index("operations"), slope * steep, 0.0) + firm.care
    wanted = np.exp(pull / firm.heat) / (np.exp(pull / firm.heat) + np.exp(firm.comfort / firm.heat))
    assert np.allclose(lived.effort[:, :, 0], wanted, atol=1e-5)
    assert np.allclose(lived.attainment, closed(firm, np.tile(wanted, (MONTHS, 1))), atol=1e-6)
    year_mean = model.bends(firm, wanted[3])  # driver as shown in every month, and points on the straight line
    assert np.allclose(lived.kpi[:, 0], 1 + slope * (year_mean - 1), atol=1e-4)


def variants():
    sound, habit = designs()
    rng = np.random.default_rng(3)
    return {
        "sound": (sound, Firm()),
        "habit": (habit, Firm()),
        "ratchet": (causes.ratchet(sound), drawn(rng)),
        "cliff": (causes.all_or_nothing(causes.rhythm(sound, 3)), Firm()),
        "local": (causes.local(sound), Firm()),
        "driver_only": (causes.driver_only(sound), Firm()),
        "for_profit": (sound.but(goal=PROFIT, every=6), drawn(rng)),
    }


@pytest.mark.parametrize("name", ["sound", "habit", "ratchet", "cliff", "local", "driver_only", "for_profit"])
def test_vectorised_equals_the_plain_loop(name):
    """The same year in NumPy and in a plain loop written from the README: points, attainment, effort, months."""
    own, firm = variants()[name]
    chance, lived = chances.draws(firm, 1, 0), run(own, 4, 1, firm)
    for n in range(4):
        one = plain_year.plain(
            own,
            firm,
            {
                "focus": chance.focus[:, n].tolist(),
                "support": chance.support[:, n].tolist(),
                "moved": chance.moved[:, n].tolist(),
                "astray": chance.astray[:, :, n].tolist(),
            },
        )
        assert one["attainment"] == pytest.approx(lived.attainment[n], abs=1e-10)
        assert np.allclose(one["points"], lived.kpi[n], atol=1e-6)
        assert np.allclose(np.mean(one["effort"], axis=0), lived.spent[n], atol=1e-6)
        assert (one["could"], one["did"]) == (lived.could[n], lived.did[n])


def test_same_seed_same_years_and_a_year_does_not_hang_on_how_many():
    sound, _ = designs()
    once, again, more = run(sound, 300, 7), run(sound, 300, 7), run(sound, 700, 7)
    assert np.array_equal(once.attainment, again.attainment)
    assert np.array_equal(once.attainment, more.attainment[:300])
    assert np.array_equal(once.shock, more.shock[:300])
    assert not np.array_equal(once.attainment, run(sound, 300, 8).attainment)


def test_every_design_meets_the_same_shocks():
    sound, habit = designs()
    assert np.array_equal(run(sound, 100).shock, run(habit, 100).shock)


def test_what_is_loaded_comes_back():
    """Booked less sold is what lies in the channel: nothing is lost, nothing is won."""
    firm = Firm(**CALM, discount=0.0)
    plan = model.Plan(causes.all_or_nothing(designs()[0]), firm)
    chance, state = chances.draws(firm, 1, 0), model.begin(plan, chances.CHUNK)
    for t in range(MONTHS):
        model.month(plan, state, chance, t)
    lying = (firm.focus_part * state.stock[0] + (1 - firm.focus_part) * state.stock[1]) / MONTHS
    assert np.allclose(state.total[0] - state.sold[0], lying)
    assert np.ptp(state.sold[0]) < 1e-12  # without chance all years are one


def test_points_follow_the_scale():
    """Below the floor 0, at floor, target and stretch what the scale says, above it no more."""
    plan = model.Plan(setup([("driver:finance", {"finance": 1})]), Firm())
    for x, wanted in ((0.49, 0), (0.5, 0.6), (0.75, 0.8), (1.0, 1.0), (1.125, 1.1), (1.25, 1.2), (9, 1.2)):
        state = model.begin(plan, 1)
        state.total[MEASURES.index("driver:finance")] = x
        assert model.points(plan, state)[0, 0] == pytest.approx(wanted)


def test_expected_points_rise_as_their_slope_says():
    """The slope is the derivative of expected points: (3) against a numerical one."""
    firm = Firm()
    plan = model.Plan(setup([("drivers", {"finance": 1})]), firm)
    state = model.begin(plan, 400)
    state.level[DRIVERS] = np.linspace(-2, 3, 400)
    width = firm.doubt
    z = np.random.default_rng(1).standard_t(2, 400_000) * width
    for n in (120, 200, 240, 300):
        x, step = state.level[DRIVERS, n], 0.05

        def mean(at, drawn=z):
            ends = at + drawn
            return np.where(
                ends < 0.5,
                0,
                np.minimum(0.6 + 0.8 * (np.minimum(ends, 1) - 0.5) + 0.8 * np.clip(ends - 1, 0, 0.25), 1.2),
            ).mean()

        assert model.slopes(plan, state, 0)[0, n] == pytest.approx(
            (mean(x + step) - mean(x - step)) / (2 * step), abs=0.02
        )

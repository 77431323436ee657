"""One link's arithmetic: closed forms, what it takes out, and how seldom it sees what is not there."""

import importlib.util
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.one_link import measure, t_quantile, t_tail

_spec = importlib.util.spec_from_file_location(
    "evidence_null", Path(__file__).parents[1] / "benchmarks" / "evidence_null.py"
)
bench = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(bench)


@given(st.floats(-30, 30), st.integers(1, 200))
def test_the_two_tails_of_t_make_one(t, df):
    """What is above t and above -t adds up to 1."""
    assert t_tail(t, df) + t_tail(-t, df) == pytest.approx(1)


@pytest.mark.parametrize(("df", "t"), [(1, 12.706), (2, 4.303), (5, 2.571), (10, 2.228), (30, 2.042), (120, 1.980)])
def test_quantiles_are_the_printed_ones(df, t):
    """As any statistics table has them; with one degree of freedom t is Cauchy's."""
    assert t_quantile(0.975, df) == pytest.approx(t, abs=6e-4)
    assert t_tail(t, 1) == pytest.approx(0.5 - math.atan(t) / math.pi)


@given(st.integers(0, 2), st.floats(0.3, 1.5), st.integers(0, 10_000))
def test_a_clean_link_is_measured(lag, effect, seed):
    """An effect that follows exactly is shown, with its size and its lag."""
    cause = 100 * np.exp(0.08 * np.random.default_rng(seed).normal(size=30))
    follows = 50 * np.roll(cause / 100, lag) ** effect
    follows[:lag] = np.nan
    found = measure(cause, follows)
    assert (found.verdict, found.lag) == ("shown", lag)
    assert found.effect == pytest.approx(effect, rel=1e-6)


@given(st.floats(0.001, 1000), st.floats(0.001, 1000), st.integers(0, 1000))
def test_units_of_measure_change_nothing(a, b, seed):
    """VND or billions, calls or dozens: the same reading."""
    x, y = bench.linked(0.8, np.random.default_rng(seed))
    one, other = measure(x, y), measure(a * x, b * y)
    assert (one.verdict, one.because, one.lag) == (other.verdict, other.because, other.lag)
    assert one.effect == pytest.approx(other.effect, rel=1e-6, abs=1e-9)


def test_a_link_to_the_wrong_side_is_not_shown():
    """Where more should bring less and brings more, it says so."""
    x, y = bench.linked(0.95, np.random.default_rng(1))
    assert measure(x, y, up=True).verdict == "shown"
    assert (measure(x, y, up=False).verdict, measure(x, y, up=False).because) == ("not_shown", "other_way")


@pytest.mark.parametrize(("months", "because"), [(12, "few"), (17, "few")])
def test_few_months_are_too_little(months, because):
    """A year is no proof, however clean."""
    x, y = bench.linked(0.95, np.random.default_rng(1), months)
    assert (measure(x, y).verdict, measure(x, y).because) == ("too_little", because)


def test_a_cause_that_stands_still_teaches_nothing():
    """A constant activity: too little data."""
    y = bench.series("noise", np.random.default_rng(1), 24)
    assert (measure(np.full(24, 100.0), y).verdict, measure(np.full(24, 100.0), y).because) == ("too_little", "still")


def test_two_lines_that_rise_and_two_that_step_are_no_proof():
    """Plain correlations near 1, and yet nothing shown."""
    rng, time = np.random.default_rng(5), np.arange(24)
    for shape in (np.exp(0.03 * time), np.exp(0.3 * (time >= 15))):
        x, y = (100 * shape * np.exp(0.03 * rng.normal(size=24)) for _ in range(2))
        assert np.corrcoef(x, y)[0, 1] > 0.8
        assert measure(x, y).verdict == "not_shown"


def test_what_is_common_to_all_units_is_no_proof():
    """Five shops that all rise and fall together: only what a shop does apart from the others counts."""
    rng = np.random.default_rng(2)
    common = np.exp(0.3 * rng.normal(size=24))
    x, y = (100 * common * np.exp(0.05 * rng.normal(size=(5, 24))) for _ in range(2))
    assert np.corrcoef(x.sum(0), y.sum(0))[0, 1] > 0.9
    assert measure(x, y).verdict == "not_shown"


def test_what_moves_both_can_be_held_equal():
    """Money moves campaigns and reach; with the money held equal, campaigns move nothing."""
    rng = np.random.default_rng(3)
    money = 100 * np.exp(0.2 * rng.normal(size=36))
    campaigns, reach = money * np.exp(0.1 * rng.normal(size=36)), 5 * money * np.exp(0.02 * rng.normal(size=36))
    assert measure(campaigns, reach).verdict == "shown"
    assert measure(campaigns, reach, given=[money]).verdict != "shown"


def test_series_of_unlike_shapes_are_refused():
    """One error that names the shapes."""
    with pytest.raises(ValueError, match="shape"):
        measure(np.ones(24), np.ones(23))


def test_at_most_one_in_twenty_null_pairs_is_shown():
    """Noise, trends, walks, seasons, steps, Tết, bends: at most 5% (the benchmark has 1,000: 3.5%)."""
    shown = [measure(x, y).verdict == "shown" for _, x, y in bench.null_pairs(240)]
    assert np.mean(shown) <= 0.05


def test_links_of_some_strength_are_seen_at_24_months():
    """Where the cause explains four fifths of the effect's changes, nine in ten are shown."""
    assert bench.power(0.8, 40) >= 0.9

"""The five scales, and the people who reckon: points are as said, people do no worse than doing nothing (E6)."""

import numpy as np
import pytest

from kpikit import exploring
from kpikit.attainment import points
from kpikit.checklist.notes_proof import HIGHEST_FLOOR
from kpikit.design import DEFAULT_POINTS, Kpi
from kpikit.language import LANGUAGES, use
from kpikit.metrics import metric
from kpikit.views import _scale_people as model
from kpikit.views import scale

USUAL = scale.VIEW.picks["usual"].values()


@pytest.fixture(params=LANGUAGES)
def lang(request):
    use(request.param)
    yield request.param
    use("vi")


def test_the_courses_scale_is_the_kits_own():
    kpi = Kpi(scale={"floor": model.FLOOR, "target": model.TARGET, "stretch": model.STRETCH})
    at = np.array([0, 79.9, 80, 90, 100, 107.5, 115, 200])
    assert model.scored("course", at).tolist() == pytest.approx([points(kpi, float(v)) for v in at])
    assert [DEFAULT_POINTS[line] for line in ("floor", "target", "stretch")] == [model.LOW, model.FULL, model.HIGH]
    assert model.LOW <= HIGHEST_FLOOR


@pytest.mark.parametrize("shape", scale.SHAPES)
def test_no_scale_takes_points_away_for_more(shape):
    assert (np.diff(model.scored(shape, np.arange(0, 200, 0.5))) >= 0).all()


def test_a_cliff_pays_nothing_below_and_no_more_above():
    assert set(model.scored("cliff", np.arange(0, 200, 0.5)).tolist()) == {0.0, 100.0}


def test_the_cap_and_the_straight_slope_part_at_the_target():
    at = np.array([50, 99, 100, 130.0])
    assert (model.scored("cap", at) == [50, 99, 100, 100]).all()
    assert (model.scored("line", at) == at).all()


@pytest.mark.parametrize("raised", [False, True])
@pytest.mark.parametrize("shape", scale.SHAPES)
def test_people_stay_within_what_they_can_do(shape, raised):
    for usual in USUAL:
        made = model.people(shape, usual, raised)
        assert len(made.usual) == model.MANY
        assert abs(made.usual.mean() - usual) < 2
        assert 0 <= made.effort.min() <= made.effort.max() <= 30
        assert abs(made.moved).max() <= 12
        assert made.earned == pytest.approx(made.reported - made.moved)


def test_nobody_moves_orders_where_it_earns_no_more():
    """Moving costs a favour: whoever moves, earns more points now or next year than by leaving things alone."""
    made = model.people("cliff", 75, False)
    now = model.scored("cliff", made.reported) - model.scored("cliff", made.earned)
    level = made.usual + made.effort
    back = np.where(made.moved > 0, made.moved, model.RETURNED * made.moved)
    later = model._next("cliff", level - back) - model._next("cliff", level)
    moved = made.moved != 0
    assert (now + later)[moved].min() > 0


VARIED = [(None, 1), *((name, by) for name in ("COST", "SPREAD", "LUCK", "FAVOUR", "CARE") for by in (0.75, 1.25)),
          ("SEED", 2), ("SEED", 3)]  # fmt: skip


@pytest.fixture
def vary(monkeypatch):
    def change(name, by):
        if name:
            monkeypatch.setattr(model, name, getattr(model, name) * by)
        for remembered in (model.people, model._expected):
            remembered.cache_clear()

    yield change
    monkeypatch.undo()
    change(None, 1)


@pytest.mark.parametrize(("name", "by"), VARIED)
def test_what_the_lesson_tells_does_not_hang_on_lucky_numbers(vary, name, by):
    vary(name, by)
    f = model.found
    assert f("cliff", 70, False).idle > f("course", 70, False).idle + 10
    assert f("cliff", 75, False).nothing > f("course", 75, False).nothing + 8
    assert f("steps", 75, False).crowd > f("course", 75, False).crowd + 40
    assert f("cliff", 85, False).held > f("course", 85, False).held + 30
    assert f("cliff", 60, False).idle > f("cliff", 75, False).idle + 20
    assert f("cliff", 105, False).idle > f("cliff", 90, False).idle + 10
    assert f("cap", 100, False).idle > f("course", 100, False).idle + 10
    assert f("line", 100, False).held == f("line", 75, False).forward == 0
    assert f("line", 100, True).held > 70
    assert f("line", 100, True).earned < f("line", 100, False).earned - 2
    assert f("course", 75, False).earned > f("line", 75, False).earned + 4


def test_the_chains_are_the_catalogues():
    from kpikit.companies import case

    table = metric(case("distributor"), "mt_revenue", by="year", split="account").query("period == '2026'")
    share = sorted(100 * table["actual"] / table["plan"])
    assert list(scale.chains().values()) == pytest.approx(share)


@pytest.mark.parametrize("next_year", ["same", "raised"])
@pytest.mark.parametrize("shape", scale.SHAPES)
def test_every_pick_tells_its_finding(lang, shape, next_year):
    for usual in USUAL:
        what = model.found(shape, usual, next_year == "raised")
        key = scale._finding(usual, next_year == "raised", what)
        if key == "steady":
            assert what.forward == what.held == 0
        if key in ("gave_up", "enough"):
            assert what.idle >= scale.MANY_IDLE
    made = exploring.picture("scale", shape=shape, next_year=next_year)
    assert len(made.sentence) <= 220
    assert len(made.table) == len(scale.SHAPES)

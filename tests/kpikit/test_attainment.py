"""A scale gives the points its lines promise, a year's line is fair in every month, and a scorecard says what it cannot know."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit import attainment
from kpikit.companies import UnknownCase, case, cases
from kpikit.design import Kpi
from kpikit.language import Trouble
from kpikit.metrics import metric

AMOUNTS = st.integers(-1000, 1000).map(float)
MONTHS = [f"2027-{m:02}" for m in range(1, 13)]


@st.composite
def scaled(draw) -> Kpi:
    """A KPI with a whole scale, in either direction, its points rising."""
    lines = sorted(draw(st.lists(st.integers(-500, 500), min_size=3, max_size=3, unique=True)))
    direction = draw(st.sampled_from(["up", "down"]))
    floor, target, stretch = lines if direction == "up" else lines[::-1]
    low, mid, top = sorted(draw(st.lists(st.integers(1, 150), min_size=3, max_size=3, unique=True)))
    given = {"floor": low, "target": mid, "stretch": top}
    return Kpi(direction=direction, scale={"floor": floor, "target": target, "stretch": stretch, "points": given})


# ---------------------------------------------------------------- points


@given(scaled(), AMOUNTS, AMOUNTS)
def test_a_better_value_never_gets_fewer_points(kpi, one, other):
    worse, better = (other, one) if kpi.better(one, other) else (one, other)
    assert attainment.points(kpi, worse) <= attainment.points(kpi, better) + 1e-9


@given(scaled())
def test_the_lines_give_exactly_their_points(kpi):
    for line in attainment.LINES:
        assert attainment.points(kpi, getattr(kpi.scale, line)) == pytest.approx(kpi.scale.points.at(line), abs=1e-9)


@given(scaled(), st.integers(1, 10_000))
def test_below_the_floor_is_nothing_and_beyond_the_stretch_is_capped(kpi, far):
    away = far if kpi.up else -far
    assert attainment.points(kpi, kpi.scale.floor - away) == 0
    assert attainment.points(kpi, kpi.scale.stretch + away) == kpi.scale.points.at("stretch")


@given(scaled(), st.floats(0, 1))
def test_between_two_lines_points_run_straight(kpi, part):
    for low, high in (("floor", "target"), ("target", "stretch")):
        start, end = getattr(kpi.scale, low), getattr(kpi.scale, high)
        due = kpi.scale.points.at(low) + part * (kpi.scale.points.at(high) - kpi.scale.points.at(low))
        assert attainment.points(kpi, start + part * (end - start)) == pytest.approx(due, abs=1e-6)


@given(scaled(), AMOUNTS)
def test_the_light_agrees_with_the_points(kpi, value):
    lines = {line: getattr(kpi.scale, line) for line in attainment.LINES}
    points = attainment.points(kpi, value)
    due = "green" if points >= kpi.scale.points.at("target") else "red" if points == 0 else "amber"
    assert attainment.light(kpi, lines, value) == due


def test_without_a_floor_half_of_the_target_is_half_of_the_points_and_nothing_is_red():
    kpi = Kpi(scale={"target": 200})
    assert attainment.points(kpi, 100) == 50
    assert attainment.points(kpi, -5) == 0
    assert attainment.light(kpi, {"target": 200}, 1) == "amber"


def test_without_a_stretch_points_stay_at_the_targets():
    assert attainment.points(Kpi(scale={"floor": 90, "target": 97}), 100) == 100


def test_lines_out_of_order_are_passed_over():
    kpi = Kpi(scale={"floor": 300, "target": 200, "stretch": 100})
    assert [attainment.points(kpi, v) for v in (100, 200, 400)] == [50, 100, 100]


@pytest.mark.parametrize(
    ("scale", "value"), [({}, 5), ({"floor": 1}, 5), ({"target": 5}, None), ({"target": 5}, math.nan)]
)
def test_without_a_target_or_a_value_there_are_no_points(scale, value):
    assert attainment.points(Kpi(scale=scale), value) is None


# ---------------------------------------------------------------- a year's line in a month


def planned_sums():
    for name in cases():
        for id, entry in case(name).catalogue.items():
            if attainment.base_type(case(name), entry) == "sum":
                plan = metric(case(name), id, by="ytd").set_index("period")["plan"].reindex(MONTHS)
                if plan.notna().all():
                    yield name, id, plan


@pytest.mark.parametrize(("name", "id", "plan"), planned_sums(), ids=lambda v: v if isinstance(v, str) else "")
def test_who_is_exactly_on_plan_is_exactly_on_a_target_that_is_the_plans(name, id, plan):
    """Tết does not make January look lost: the plan's own season lays the year's target over its months."""
    entry = case(name).catalogue[id]
    for month in MONTHS:
        line = attainment.to_date(case(name), entry, month)
        assert line(plan[MONTHS[-1]]) == pytest.approx(plan[month])


@pytest.mark.parametrize("name", cases())
@pytest.mark.parametrize("month", MONTHS)
def test_lines_keep_their_order_in_every_month_and_are_themselves_in_december(name, month):
    for entry in case(name).catalogue.values():
        lay = attainment.to_date(case(name), entry, month)
        low, mid, high = lay(80e6), lay(100e6), lay(120e6)
        assert low < mid < high
        if month.endswith("12"):
            assert (low, mid, high) == pytest.approx((80e6, 100e6, 120e6))


def test_a_month_is_not_a_twelfth_where_tet_is():
    firm = case("distributor")
    lay = attainment.to_date(firm, firm.catalogue["revenue"], "2027-02")
    assert lay(600e9) == pytest.approx(97.57e9)
    assert lay(600e9) < 600e9 * 2 / 12


def test_a_cash_plan_with_months_below_zero_keeps_the_lines_distance_to_it():
    firm = case("cafe_chain")
    plan = metric(firm, "net_cash", by="ytd").set_index("period")["plan"]
    lay = attainment.to_date(firm, firm.catalogue["net_cash"], "2027-01")
    assert lay(plan["2027-12"] - 120e6) == pytest.approx(plan["2027-01"] - 10e6)


@pytest.mark.parametrize("id", ["mt_share", "revenue_growth", "gross_margin"])
def test_ratios_shares_and_growth_are_compared_as_they_stand(id):
    firm = case("distributor")
    assert attainment.to_date(firm, firm.catalogue[id], "2027-03")(45.0) == 45.0


def test_without_a_plan_last_years_season_is_lent():
    firm = case("distributor")
    actual = metric(firm, "gt_collections", by="ytd").set_index("period")["actual"]
    lay = attainment.to_date(firm, firm.catalogue["gt_collections"], "2027-03")
    assert lay(100.0) == pytest.approx(100 * actual["2026-03"] / actual["2026-12"])


# ---------------------------------------------------------------- scorecards


@pytest.mark.parametrize("name", cases())
def test_actuals_are_the_catalogues_own(name):
    table = attainment.scorecard(case(name).design("habit"), name, "2026-08")
    for _, row in table[table["reason"] == ""].iterrows():
        ytd = metric(case(name), row["metric"], by="ytd").set_index("period")["actual"]["2026-08"]
        assert row["actual"] == pytest.approx(ytd)


@pytest.mark.parametrize("name", cases())
def test_every_kpi_has_a_row_and_either_a_light_or_a_reason(name):
    design = case(name).design("habit")
    table = attainment.scorecard(design, name)
    assert set(table.index) == {k.id for k in design.kpis}
    assert ((table["light"] != "") ^ (table["reason"] != "")).all()
    assert set(table["reason"]) - {""} <= set(attainment.REASONS)


def test_a_kpi_without_a_metric_is_listed_without_numbers():
    row = attainment.scorecard(case("distributor").design("sound"), "distributor").loc["P1"]
    assert row["reason"] == "no_metric"
    assert math.isnan(row["points"]) and math.isnan(row["actual"])


def test_a_persons_kpi_on_the_whole_departments_metric_is_not_given_its_number():
    assert (
        attainment.scorecard(case("distributor").design("habit"), "distributor").loc["P1", "reason"] == "of_others_too"
    )


@pytest.mark.parametrize(("unit", "reason"), [("%", "unit"), ("tỷ VND", "unit"), ("VND", ""), (None, "")])
def test_a_kpi_in_another_unit_than_the_catalogue_is_not_compared(unit, reason):
    kpi = {"id": "K1", "metric": "revenue", "unit": unit, "scale": {"target": 600}, "level": "company"}
    table = attainment.scorecard({"kpis": [kpi]}, "distributor")
    assert table.loc["K1", "reason"] == reason


def test_before_the_year_has_begun_there_is_no_actual():
    table = attainment.scorecard(case("distributor").design("sound"), "distributor", "2027-03")
    assert set(table.loc[table["metric"] != "", "reason"]) == {"no_actual"}


@pytest.mark.parametrize("name", cases())
def test_the_paradox_stands_in_the_data(name):
    """In 2026 the company's habit KPIs are green against that year's plan; the goal is red (D)."""
    from kpikit.pictures.card import goals_reached

    design = case(name).design("habit")
    table = attainment.scorecard(design, name, "2026-12", against="plan")
    goals = {g.metric for g in design.aop.goals}
    habit = table[(table["level"] == "company") & (table["light"] != "") & ~table["metric"].isin(goals)]
    assert len(habit) >= 3 and set(habit["light"]) == {"green"}
    assert "red" in set(goals_reached(design, case(name), "2026-12", "plan")["light"])


def test_the_total_is_the_weighted_mean_of_what_has_points():
    table = attainment.scorecard(case("cafe_chain").design("habit"), "cafe_chain")
    total = attainment.totals(table).loc["company"]
    mine = table[table["scorecard"] == "company"]
    assert total["points"] == pytest.approx((mine["weight"] * mine["points"]).sum() / 100)
    assert total["measured"] == 100


def test_a_total_says_how_much_of_the_weight_it_rests_on():
    table = attainment.scorecard(case("distributor").design("habit"), "distributor")
    total = attainment.totals(table)
    assert total.loc["Phòng GT", "measured"] == 67
    assert total.loc["KAM Trịnh Thu Hà", "measured"] == 0 and math.isnan(total.loc["KAM Trịnh Thu Hà", "points"])


def test_what_is_not_there_is_refused_with_what_there_is():
    design = case("distributor").design("sound")
    with pytest.raises(Trouble, match="plan"):
        attainment.scorecard(design, "distributor", against="budget")
    with pytest.raises(UnknownCase, match="factory"):
        attainment.scorecard(design, "bakery")
    with pytest.raises(Trouble, match="distributor"):
        attainment.scorecard({"kpis": []})
    with pytest.raises(Trouble, match="2026-04"):
        attainment.scorecard(design, "distributor", "June")


def test_an_empty_design_gives_empty_tables():
    table = attainment.scorecard({}, "distributor")
    assert table.empty and attainment.totals(table).empty

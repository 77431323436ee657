"""Nhựa Đông Kiều: every department's number is green, unit cost and delivery belong to nobody."""

from typing import Any

CASE = "factory"
FILES_TARGET = 95
NAMES = {  # dates, rules, talk: told, not computed
    "vi": "6 1 2027 2026 2025 95 12 4 450 550 3 5 11 17 2 29 7 9 0",
    "en": "6 2027 2026 2025 95 450 550 17 29 0",
}


def facts(firm: Any) -> list[tuple[float, int]]:
    tỷ = 1e9
    aop, deliveries = firm.case.plan["aop"], firm.case.tables["deliveries"]
    goals = {goal["id"]: goal for goal in aop["goals"]}
    waiting, oee = firm.by("waiting")["actual"], firm.by("press_oee", "quarter")["actual"]
    return [
        *[(firm.year(id, side=side), 0) for id in ("procedures", "checks", "press_oee") for side in ("actual", "plan")],
        *[(firm.year("price_saving", side=side), 1) for side in ("actual", "plan")],
        (firm.year("file_compliance"), 0),
        (firm.by("otd", customer="Quạt điện Gió Nam")["actual"]["2026-12"], 0),
        *[
            (firm.year("unit_cost", of, side), 0)
            for of, side in (("2026", "actual"), ("2026", "plan"), ("2025", "actual"))
        ],
        (firm.year("profit") / tỷ, 1),
        (firm.year("profit", side="plan") / tỷ, 1),
        (firm.year("resin_saved") / tỷ, 1),
        (oee["2026-Q1"], 0),
        (oee["2026-Q2"], 0),
        (waiting["2026-03"], 0),
        (waiting["2026-12"], 0),
        (firm.year("overtime_hours"), 0),
        *[(firm.year("penalties", of) / tỷ, 1) for of in ("2025", "2026")],
        *[(firm.gap("profit", "2026-01", last) / tỷ, 1) for last in ("2026-05", "2026-11")],
        (goals["G1"]["target"], 0),
        (goals["G2"]["target"] / tỷ, 1),
        (aop["limits"][0]["min"], 0),
        (aop["limits"][1]["max"], 0),
        (aop["budget"][0]["amount"] / tỷ, 1),
        *[(line["amount"] / 1e6, 0) for line in aop["budget"][1:3]],
        (-deliveries["pieces_shipped"].min(), 0),
    ]


def test_every_number_of_the_story_is_in_the_tables_and_the_other_way_round(firm: Any) -> None:
    assert firm.story_errors(facts(firm), NAMES) == []


def test_each_departments_kpi_is_green_for_the_year_while_the_goal_is_missed(firm: Any) -> None:
    for id in ("procedures", "price_saving", "press_oee", "checks"):
        assert firm.year(id) >= firm.year(id, side="plan")
    assert firm.year("file_compliance") > FILES_TARGET
    assert firm.year("unit_cost") > 1.05 * firm.year("unit_cost", side="plan")
    assert firm.year("unit_cost") > firm.year("unit_cost", "2025")
    assert firm.year("profit") < 0.6 * firm.year("profit", side="plan")
    assert firm.year("otd") < firm.year("otd", side="plan") - 10


def test_two_of_the_green_kpis_are_drivers_so_activity_is_not_the_whole_cause(firm: Any) -> None:
    assert {firm.case.catalogue[id].kind for id in ("price_saving", "press_oee")} == {"driver"}
    assert {firm.case.catalogue[id].kind for id in ("procedures", "checks")} == {"activity"}


def test_around_450_procedures_a_month_before_april_and_over_550_after(firm: Any) -> None:
    months = firm.by("procedures")["actual"].dropna()
    assert months["2025-01":"2026-03"].between(440, 465).all()
    assert months["2026-04":].min() > 550


def test_the_paint_line_is_the_bottleneck(firm: Any) -> None:
    waiting = firm.by("waiting")["actual"].dropna()
    assert waiting["2026-12"] > 6 * waiting["2026-03"]
    lost = {
        stage: firm.year("oee", "2025", stage=stage) - firm.year("oee", stage=stage)
        for stage in ("Ép", "Sơn", "Lắp ráp")
    }
    assert max(lost, key=lambda stage: lost[stage]) == "Sơn"
    assert lost["Sơn"] > 5 > 0 > lost["Ép"]


def test_maintenance_hours_at_paint_hold_its_oee_a_month_later(firm: Any) -> None:
    assert firm.link("paint_maintenance_hours", "paint_oee", lag=1) > 0.9
    hours, oee = (firm.by(id)["actual"]["2025-01":"2025-12"] for id in ("paint_maintenance_hours", "paint_oee"))
    assert hours.corr(oee.shift(-1)) > 0.5  # before anything went wrong, too


def test_cheap_resin_is_scrap_a_month_later(firm: Any) -> None:
    assert firm.link("price_saving", "press_scrap_rate", lag=1) > 0.95
    scrap = firm.by("press_scrap_rate")["actual"]
    assert scrap["2025-07"] > scrap["2025-06"] + 0.5
    assert scrap["2025-07"] > scrap["2025-08"] + 0.5


def test_what_waits_before_paint_is_late_a_month_later(firm: Any) -> None:
    assert firm.link("waiting", "otd", lag=1) < -0.95
    assert firm.link("waiting", "otd", lag=1) < firm.link("waiting", "otd")


def test_the_number_of_procedures_and_checks_moves_nothing(firm: Any) -> None:
    """Within each spell, before and after April 2026; over both, two steps would look like a link."""
    for cause in ("procedures", "checks"):
        for effect in ("press_scrap_rate", "paint_oee"):
            months = {id: firm.by(id)["actual"]["2025-01":"2026-03"] for id in (cause, effect)}
            assert abs(months[cause].corr(months[effect].shift(-1))) < 0.6, (cause, effect)


def test_tet_costs_production_days_and_the_plan_knows_it(firm: Any) -> None:
    plan, cost = firm.by("pieces_shipped")["plan"], firm.by("unit_cost")["plan"]
    assert plan["2026-02"] < 0.85 * plan["2026-03"]
    assert cost["2026-02"] == cost["2026-01":"2026-12"].max()


def test_costs_and_queue_add_up(firm: Any) -> None:
    costs = firm.case.tables["costs"]
    assert (costs.drop(columns=["month", "total_cost", "profit"]).sum(axis=1) == costs["total_cost"]).all()
    sold = firm.case.tables["deliveries"].groupby("month")["revenue"].sum().to_numpy()
    assert (sold - costs["total_cost"] == costs["profit"]).all()
    lines = firm.case.tables["production"]
    good = (lines["pieces"] - lines["scrap"]).groupby([lines["month"], lines["stage"]]).sum().unstack()
    paint = lines.query("stage == 'Sơn'").set_index("month")
    assert (paint["waiting"].diff() == good["Ép"] - paint["pieces"]).iloc[1:].all()


def test_the_blemishes_are_the_documented_ones(firm: Any) -> None:
    deliveries, work = firm.case.tables["deliveries"], firm.case.tables["procedures"]
    back = deliveries[deliveries["revenue"] < 0][["month", "customer_code"]]
    assert back.values.tolist() == [["2026-11", "KH02"]]
    assert work[work["checks"] == 0][["month", "line_code"]].values.tolist() == [["2025-09", "L5"]]
    renamed = deliveries.query("customer_code == 'KH03' and month < '2025-07'")
    assert set(renamed["customer"]) == {"Điện gia dụng Phú Mỹ"}

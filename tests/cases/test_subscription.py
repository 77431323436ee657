"""Bếp Sẵn: until June the sheet and the goal agree; in July the market changes and the sheet does not."""

from typing import Any

CASE = "subscription"
CITY = "TP.HCM"
FIRST, SECOND = ("2026-01", "2026-06"), ("2026-07", "2026-12")
NAMES = {  # dates, rules: told, not computed
    "vi": "2026 9 1 24 95 6 7 8 10 12 2027 29 2025 17 2 3",
    "en": "2026 9 24 95 1 10 2027 29 2025 17 6",
}


def facts(firm: Any) -> list[tuple[float, int]]:
    tỷ, triệu = 1e9, 1e6
    aop, churn = firm.case.plan["aop"], firm.by("churn", city=CITY)["actual"]
    goals = {goal["id"]: goal for goal in aop["goals"]}
    amounts = [line["amount"] for line in aop["budget"]]
    return [
        *[
            (firm.year(id, side=side), 0)
            for id in ("campaigns", "new_subscribers", "subscribers")
            for side in ("actual", "plan")
        ],
        *[(firm.year("reach", side=side) / triệu, 2) for side in ("actual", "plan")],
        (firm.year("answer_rate"), 0),
        *[(firm.year("revenue", side=side) / tỷ, 1) for side in ("actual", "plan")],
        (firm.year("subscribers", "2025"), 0),
        *[(firm.over("new_subscribers", *FIRST, side), 0) for side in ("actual", "plan")],
        *[(firm.over("revenue", *half, side) / tỷ, 1) for half in (FIRST, SECOND) for side in ("actual", "plan")],
        *[
            (firm.over("marketing_spend", *half) / firm.over("new_subscribers", *half) / 1e3, 0)
            for half in (FIRST, SECOND)
        ],
        *[(firm.over("marketing_spend", *SECOND, side) / tỷ, 1) for side in ("actual", "plan")],
        *[(firm.over("campaigns", *half), 0) for half in (FIRST, SECOND)],
        (firm.over("new_subscribers", *SECOND), 0),
        (firm.over("new_subscribers", *SECOND) / firm.over("new_subscribers", *SECOND, "plan") * 100 - 100, 0),
        *[(churn[month], 1) for month in ("2026-06", "2026-09", "2026-12")],
        *[(firm.over("lost", *SECOND, side, city=CITY), 0) for side in ("actual", "plan")],
        *[(firm.gap("revenue", "2026-01", last) / tỷ, 1) for last in ("2026-08", "2026-10", "2026-12")],
        (goals["G1"]["baseline"], 1),
        (goals["G1"]["target"], 1),
        (goals["G2"]["target"] / tỷ, 0),
        (aop["limits"][0]["min"], 0),
        (amounts[0] / tỷ, 1),
        (amounts[1] / triệu, 0),
        (amounts[2] / triệu, 0),
        (-firm.case.tables["sales"]["revenue"].min() / triệu, 1),
    ]


def test_every_number_of_the_story_is_in_the_tables_and_the_other_way_round(firm: Any) -> None:
    assert firm.story_errors(facts(firm), NAMES) == []


def test_habit_kpis_are_green_for_the_year_while_the_goal_is_missed(firm: Any) -> None:
    for id in ("campaigns", "reach", "new_subscribers"):
        assert firm.year(id) >= firm.year(id, side="plan")
    assert firm.year("answer_rate") > 95
    assert firm.year("revenue") < 0.93 * firm.year("revenue", side="plan")
    assert firm.year("subscribers") < firm.year("subscribers", "2025")


def test_until_june_the_sheet_and_the_goal_agree(firm: Any) -> None:
    for id in ("reach", "new_subscribers", "revenue"):
        assert 0.98 < firm.over(id, *FIRST) / firm.over(id, *FIRST, "plan") < 1.02
    assert firm.attained("revenue")["2025-01":"2026-06"].between(0.97, 1.04).all()


def test_after_july_the_sheet_stays_green_and_the_goal_falls_behind(firm: Any) -> None:
    for id in ("campaigns", "reach", "new_subscribers"):
        assert firm.over(id, *SECOND) > firm.over(id, *SECOND, "plan")
    months = firm.attained("revenue")["2026-07":"2026-12"]
    assert months.is_monotonic_decreasing
    assert months["2026-12"] < 0.8


def test_tp_hcm_is_the_bottleneck_and_the_others_are_near_plan(firm: Any) -> None:
    year = ("2026-01", "2026-12")
    assert firm.gap("revenue", *year, city=CITY) > 0.85 * firm.gap("revenue", *year)
    for city in ("Hà Nội", "Đà Nẵng", "Cần Thơ"):
        assert firm.year("revenue", city=city) > 0.97 * firm.year("revenue", side="plan", city=city)


def test_skipping_tells_of_churn_a_month_ahead(firm: Any) -> None:
    assert firm.link("skip_rate", "churn", lag=1, city=CITY) > 0.97
    assert firm.link("skip_rate", "churn", lag=1, city=CITY) > firm.link("skip_rate", "churn", city=CITY)
    skip, churn = (firm.by(id, city=CITY)["actual"] for id in ("skip_rate", "churn"))
    assert skip["2026-07"] > 1.2 * skip["2026-06"]
    assert churn["2026-07"] < 1.15 * churn["2026-06"]


def test_late_boxes_cost_customers_a_month_later(firm: Any) -> None:
    links = [firm.link("boxes_on_time", "churn", lag=1, city=city) for city in ("Hà Nội", "Đà Nẵng", "Cần Thơ")]
    assert sum(links) / 3 < -0.2


def test_money_buys_reach_and_reach_brings_subscribers_until_june(firm: Any) -> None:
    cac, conversion = (firm.by(id, city=CITY)["actual"] for id in ("cac", "conversion"))
    assert cac["2025-01":"2026-06"].max() < 440_000 < 600_000 < cac["2026-07":"2026-12"].min()
    assert conversion["2026-07":"2026-12"].max() < conversion["2025-01":"2026-06"].min()


def test_the_number_of_campaigns_moves_nothing(firm: Any) -> None:
    rates = []
    for city in (CITY, "Hà Nội", "Đà Nẵng", "Cần Thơ"):
        months = {id: firm.by(id, city=city)["actual"]["2025-01":"2026-06"] for id in ("campaigns", "conversion")}
        rates.append(months["campaigns"].corr(months["conversion"]))
    assert abs(sum(rates) / len(rates)) < 0.3


def test_the_kitchen_closes_at_tet_and_the_plan_knows_it(firm: Any) -> None:
    plan = firm.by("revenue")["plan"]
    assert plan["2026-02"] < 0.8 * plan["2026-01"]
    assert plan["2025-01"] < 0.9 * plan["2025-03"]


def test_subscribers_add_up_save_for_the_lost_report(firm: Any) -> None:
    table = firm.case.tables["subscribers"]
    won = firm.case.tables["marketing"].groupby(["month", "city"])["new_subscribers"].sum()
    new = table.set_index(["month", "city"]).index.map(won)
    short = table["closing"] - table["opening"] + table["lost"] - new
    assert table[short != 0][["month", "city"]].values.tolist() == [["2025-06", CITY]]


def test_the_blemishes_are_the_documented_ones(firm: Any) -> None:
    sales, marketing = firm.case.tables["sales"], firm.case.tables["marketing"]
    assert sales[sales["revenue"] < 0][["month", "city_code"]].values.tolist() == [["2026-03", "HN"]]
    here = marketing.groupby("month").size()
    assert here[here < 12].index.tolist() == ["2025-06"]
    assert set(sales.query("city == 'Cần Thơ' and month < '2025-09'")["city_code"]) == {"DL01"}

"""Vật tư An Trường: calls are green, revenue is not; they move one team and not the other."""

from typing import Any

CASE = "b2b_sales"
FACTORY, PROJECT = "Đội Nhà máy", "Đội Dự án"
NAMES = {  # dates, quotas, rules: told, not computed
    "vi": "8 1 2027 2026 2025 3 25 95 30 4 9 6 12 10 5 24 7 14 15 21 22 29 17 2 0",
    "en": "8 2027 2026 2025 25 95 30 12 5 24 1 7 14 15 21 22 29 17 6 0",
}


def facts(firm: Any) -> list[tuple[float, int]]:
    tỷ, late = 1e9, ("2026-06", "2026-12")
    goals = {goal["id"]: goal for goal in firm.case.plan["aop"]["goals"]}
    calls = firm.case.tables["calls"]
    desk = calls[(calls["rep_code"] == "B07") & (calls["month"] >= "2026")]
    return [
        (desk["calls"].sum(), 0),
        (desk["revenue"].sum() / tỷ, 1),
        *[(firm.year(id, side=side), 0) for id in ("calls", "meetings", "quotes") for side in ("actual", "plan")],
        (firm.year("crm_on_time"), 0),
        (firm.year("revenue") / tỷ, 1),
        (firm.year("revenue", side="plan") / tỷ, 0),
        (firm.year("revenue", "2025") / tỷ, 1),
        *[(firm.grown(f"factory_{what}"), 0) for what in ("calls", "leads", "orders", "revenue")],
        (firm.grown("project_calls"), 0),
        (-firm.grown("project_revenue"), 0),
        *[(firm.year(id, of), 0) for id in ("project_leads", "project_orders") for of in ("2025", "2026")],
        (firm.over("project_revenue", *late) / tỷ, 1),
        (firm.over("project_revenue", *late, "plan") / tỷ, 1),
        (firm.over("project_revenue", "2025-06", "2025-12") / tỷ, 1),
        *[(firm.gap("project_revenue", "2026-01", last) / tỷ, 1) for last in ("2026-05", "2026-09", "2026-12")],
        (-firm.gap("factory_revenue", "2026-01", "2026-12") / tỷ, 1),
        (goals["G1"]["target"] / tỷ, 0),
        (goals["G1"]["target"] / goals["G1"]["baseline"] * 100 - 100, 0),
        *[(firm.year(id) / tỷ, 1) for id in ("project_revenue", "factory_revenue")],
        *[(firm.year(id, "2027", "plan") / tỷ, 0) for id in ("project_revenue", "factory_revenue")],
        (goals["G2"]["baseline"] / tỷ, 1),
        (goals["G2"]["target"] / tỷ, 1),
        (firm.case.plan["aop"]["limits"][0]["min"], 0),
        (firm.case.plan["aop"]["budget"][0]["amount"] / 1e6, 0),
        (firm.year("project_calls", "2027", "plan"), 0),
        (firm.year("project_calls"), 0),
        (-calls["revenue"].min() / 1e6, 1),
    ]


def test_every_number_of_the_story_is_in_the_tables_and_the_other_way_round(firm: Any) -> None:
    assert firm.story_errors(facts(firm), NAMES) == []


def test_desk_b07_calls_most_and_sells_least(firm: Any) -> None:
    calls = firm.case.tables["calls"]
    desks = calls[calls["month"] >= "2026"].groupby("rep_code")[["calls", "revenue"]].sum()
    assert desks["calls"].idxmax() == desks["revenue"].idxmin() == "B07"


def test_habit_kpis_are_green_for_the_year_while_the_goal_is_missed(firm: Any) -> None:
    for id in ("calls", "meetings", "quotes"):
        assert firm.year(id) >= firm.year(id, side="plan")
    assert firm.year("crm_on_time") > 95
    assert firm.year("revenue") < 0.9 * firm.year("revenue", side="plan")


def test_doi_du_an_is_the_bottleneck(firm: Any) -> None:
    assert firm.gap("project_revenue", "2026-01", "2026-12") > firm.gap("revenue", "2026-01", "2026-12") > 0
    assert firm.year("factory_revenue") > firm.year("factory_revenue", side="plan")


def test_in_doi_nha_may_every_link_holds(firm: Any) -> None:
    assert firm.link("calls", "qualified_leads", team=FACTORY) > 0.9
    assert firm.link("qualified_leads", "orders", lag=1, team=FACTORY) > 0.9
    assert firm.link("orders", "revenue", team=FACTORY) > 0.9


def test_the_evidence_that_the_sound_design_quotes_is_what_the_tables_say(firm: Any) -> None:
    """Calls stay on the scorecard of Đội Nhà máy, with these three correlations as their proof (A5)."""
    links = (("calls", "qualified_leads", 0), ("qualified_leads", "orders", 1), ("orders", "revenue", 0))
    assert [round(firm.link(*link, team=FACTORY), 2) for link in links] == [0.97, 0.99, 1.0]


def test_in_doi_du_an_the_first_link_is_missing_and_the_next_one_is_there(firm: Any) -> None:
    assert abs(firm.link("calls", "qualified_leads", team=PROJECT)) < 0.3
    assert firm.link("calls", "revenue", lag=1, team=PROJECT) < 0
    assert firm.link("qualified_leads", "orders", lag=1, team=PROJECT) > 0.4


def test_week_by_week_the_teams_tell_the_same(firm: Any) -> None:
    for team, first_link in ((FACTORY, True), (PROJECT, False)):
        rows = firm.case.tables["calls"]
        rows = rows[rows["team"] == team]
        weeks = rows.groupby(["month", "week"])[["calls", "qualified_leads", "orders"]].sum()
        assert (weeks["calls"].corr(weeks["qualified_leads"]) > 0.9) == first_link
        assert weeks["qualified_leads"].corr(weeks["orders"].shift(-4)) > 0.3


def test_quotes_come_late_from_may_2026_and_the_win_rate_follows(firm: Any) -> None:
    quotes = firm.by("project_quotes_on_time")["actual"]
    assert quotes["2026-01":"2026-04"].mean() > 80 > 50 > quotes["2026-06":"2026-12"].mean()
    first, then = (
        firm.over("project_orders", *span) / firm.over("project_leads", *span)
        for span in (("2026-01", "2026-05"), ("2026-06", "2026-12"))
    )
    assert then < 0.8 * first
    assert firm.by("quotes_on_time", team=FACTORY)["actual"].dropna().min() > 88


def test_meetings_move_nothing(firm: Any) -> None:
    for team in (FACTORY, PROJECT):
        meetings, revenue = (firm.by(id, team=team)["actual"].dropna() for id in ("meetings", "revenue"))
        days = firm.by("calls", team=FACTORY)["plan"].reindex(meetings.index)  # both rise with open days
        assert abs((meetings / days).corr((revenue / days).shift(-1))) < 0.5


def test_tet_empties_the_weeks_around_it(firm: Any) -> None:
    calls = firm.case.tables["calls"].groupby(["month", "week"])["calls"].sum()
    assert calls["2026-02", 3] == 0
    assert firm.year("calls", side="plan") / 12 > 1.25 * firm.by("calls")["plan"]["2026-02"]


def test_the_blemishes_are_the_documented_ones(firm: Any) -> None:
    calls = firm.case.tables["calls"]
    assert calls[calls["revenue"] < 0][["month", "rep_code"]].values.tolist() == [["2026-10", "B06"]]
    lost = calls[(calls["calls"] == 0) & (calls["qualified_leads"] > 0) & (calls["team"] == FACTORY)]
    assert lost[["month", "week", "rep_code"]].values.tolist() == [["2025-08", 1, "B02"], ["2025-08", 2, "B02"]]
    assert calls.query("rep_code == 'B04'")["month"].max() < calls.query("rep_code == 'B09'")["month"].min()
    assert (calls.query("doc == 'week'").groupby(["month", "week"]).size() == 8).all()

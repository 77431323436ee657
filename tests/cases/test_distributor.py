"""The distributor's numbers carry its story: every number in it is recomputed here from the tables."""

import re

import pandas as pd
import pytest

import kpikit
from kpikit.companies import case
from kpikit.metrics import metric

FIRM = case("distributor")


def over(id: str, first: str, last: str, side: str = "actual") -> float:
    """A summed metric from one month to another, both in."""
    months = metric(FIRM, id).set_index("period")[side]
    return float(months.loc[first:last].sum())


def year(id: str, of: str = "2026", side: str = "actual") -> float:
    return float(metric(FIRM, id, by="year").set_index("period")[side][of])


def attained(id: str) -> "pd.Series[float]":
    """The metric's months as parts of their plan, while there are actuals."""
    months = metric(FIRM, id).set_index("period")
    return (months["actual"] / months["plan"]).dropna()


def trade_return(first: str, last: str) -> float:
    return over("mt_incremental_gross_profit", first, last) / over("mt_trade_spend", first, last)


def gap(first: str, last: str) -> float:
    """What MT is short of its plan, VND."""
    return over("mt_revenue", first, last, "plan") - over("mt_revenue", first, last)


def team(name: str, column: str) -> float:
    """How a team's year 2026 differs from 2025, percent."""
    calls = FIRM.tables["calls"].query("team == @name")
    years = calls.groupby(calls["month"].str[:4])[column].sum()
    return float(years["2026"] / years["2025"] - 1) * 100


def skus(code: str) -> list[int]:
    listed = FIRM.tables["listing"].query("account_code == @code")["skus_listed"]
    return list(dict.fromkeys(listed))


# ---------------------------------------------------------------- the story


def facts() -> list[tuple[float, int]]:
    """Every number the story tells of the firm's figures, with its decimals."""
    tỷ, late = 1e9, ("2026-04", "2026-12")
    mt = attained("mt_revenue") * 100
    leads = FIRM.tables["calls"].query("team == 'Đội 2'")["qualified_leads"].mean()
    around = round(leads / 5) * 5  # the story says “around”: to the nearest five
    goals = {goal["id"]: goal for goal in FIRM.plan["aop"]["goals"]}
    return [
        (year("visits"), 0),
        (year("visits", side="plan"), 0),
        (year("programmes"), 0),
        (year("programmes", side="plan"), 0),
        (year("new_outlets"), 0),
        (year("new_outlets", side="plan"), 0),
        (year("report_compliance"), 0),
        (year("revenue") / tỷ, 1),
        (year("revenue", side="plan") / tỷ, 0),
        (year("gt_revenue") / year("gt_revenue", side="plan") * 100, 0),
        (year("mt_revenue") / year("mt_revenue", side="plan") * 100, 0),
        (year("mt_revenue") / tỷ, 1),
        (year("mt_revenue", side="plan") / tỷ, 0),
        ((year("revenue", side="plan") - year("revenue")) / tỷ, 0),
        (100 - gap("2026-01", "2026-03") / over("mt_revenue", "2026-01", "2026-03", "plan") * 100, 1),
        *[(n, 0) for code in ("MT01", "MT03") for n in skus(code)],
        (mt["2026-04"], 0),
        (mt[mt.index >= "2026-07"].max(), 0),
        (over("mt_visits", *late), 0),
        (over("mt_visits", *late) / over("mt_visits", *late, "plan") * 100 - 100, 0),
        (over("mt_programmes", *late), 0),
        (over("mt_programmes", *late, "plan"), 0),
        (over("mt_revenue", *late) / tỷ, 1),
        (over("mt_revenue", *late, "plan") / tỷ, 1),
        (100 - over("mt_revenue", *late) / over("mt_revenue", "2025-04", "2025-12") * 100, 1),
        (trade_return("2026-01", "2026-03"), 2),
        (trade_return(*late), 2),
        (gap("2026-01", "2026-09") / tỷ, 1),
        (gap("2026-01", "2026-04") / tỷ, 1),
        (year("overdue_share", "2025"), 1),
        (year("overdue_share"), 1),
        *[(team("Đội 1", column), 0) for column in ("calls", "qualified_leads", "orders", "revenue")],
        (team("Đội 2", "calls"), 0),
        (-team("Đội 2", "revenue"), 1),
        (around, 0),
        (goals["G1"]["baseline"] / tỷ, 0),
        (goals["G1"]["target"] / tỷ, 0),
        (goals["G1"]["target"] / goals["G1"]["baseline"] * 100 - 100, 0),
        *[
            (year(id, side=side, of=of) / tỷ, 0)
            for id in ("mt_revenue", "gt_revenue")
            for of, side in (("2026", "actual"), ("2027", "plan"))
        ],
        (year("mt_share"), 0),
        (year("mt_share", "2027", "plan"), 0),
        (goals["G2"]["baseline"] / tỷ, 1),
        (goals["G2"]["target"] / tỷ, 1),
        (FIRM.plan["aop"]["budget"][0]["amount"] / tỷ, 0),
        (year("new_outlets", "2027", "plan"), 0),
        (-FIRM.tables["sales"]["revenue"].min() / 1e6, 1),
        (len(FIRM.tables["calls"]["month"].unique()), 0),
    ]


def told(value: float, decimals: int, lang: str) -> str:
    text = f"{value:,.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,")) if lang == "vi" else text


NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# dates, the names of teams, shops and the table's year, the compliance target of 2026: told, not computed
TOLD = {
    "vi": "2026 2027 5 1 31 3 4 30 6 7 12 8 10 95 2 17 2025 24 05 11",
    "en": "2026 2027 5 1 31 30 8 95 2 6 17 2025 24 05",
}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_number_of_the_figures_stands_in_the_story(lang: str) -> None:
    story = NUMBER.findall(FIRM.story(lang))
    assert [told(*fact, lang) for fact in facts() if told(*fact, lang) not in story] == []


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_story_has_no_number_that_nothing_backs(lang: str) -> None:
    backed = {told(*fact, lang) for fact in facts()} | set(TOLD[lang].split())
    codes = re.compile(r"MT\d\d")
    assert sorted(set(NUMBER.findall(codes.sub("", FIRM.story(lang)))) - backed) == []


def test_both_languages_tell_the_same_figures() -> None:
    assert len(FIRM.story("vi").split("## ")) == len(FIRM.story("en").split("## "))
    for lang in ("vi", "en"):
        assert 500 <= len(FIRM.story(lang).split()) <= 800


# ---------------------------------------------------------------- the truth in the tables


def test_the_miss_of_mt_begins_in_april_2026_and_not_before() -> None:
    mt = attained("mt_revenue")
    assert mt[mt.index < "2026-04"].min() > 0.96
    assert mt[mt.index >= "2026-04"].max() < 0.90


def test_lam_son_is_the_bottleneck_and_the_other_chains_are_near_plan() -> None:
    by_chain = metric(FIRM, "mt_revenue", split="account").query("'2026-04' <= period <= '2026-12'")
    sums = by_chain.groupby("account")[["actual", "plan"]].sum()
    short = sums["plan"] - sums["actual"]
    assert short.idxmax() == "Siêu thị Lam Sơn"
    assert short.max() / short.sum() > 0.75
    for chain in ("Đại siêu thị Thiên Phát", "Góc Phố 24", "Tân Lộc Fresh"):
        assert short[chain] / sums["plan"][chain] == pytest.approx(0, abs=0.02)


def test_habit_kpis_are_green_for_the_year_while_the_goal_is_missed() -> None:
    for id in ("visits", "programmes", "new_outlets"):
        assert year(id) >= year(id, side="plan")
    assert year("report_compliance") > 95
    assert year("revenue") < 0.9 * year("revenue", side="plan")


def test_visits_rise_and_mt_revenue_does_not_follow() -> None:
    visits, revenue = (
        metric(FIRM, id, by="quarter").set_index("period")["actual"] for id in ("mt_visits", "mt_revenue")
    )
    assert visits["2026-Q4"] > 1.2 * visits["2026-Q1"]
    assert revenue["2026-Q4"] < 0.8 * revenue["2026-Q1"]


def test_trade_money_returns_a_third_where_no_joint_business_plan_holds() -> None:
    roi = metric(FIRM, "trade_roi", by="quarter", split="account").set_index(["account", "period"])["actual"]
    assert roi["Siêu thị Lam Sơn", "2026-Q1"] > 1.4
    assert roi["Siêu thị Lam Sơn", "2026-Q2"] == pytest.approx(0.5, abs=0.05)
    assert roi["Chuỗi Gian Bếp", "2026-Q2"] > 1.4
    assert roi["Chuỗi Gian Bếp", "2026-Q3"] == pytest.approx(0.5, abs=0.05)


def test_gt_has_no_turning_point() -> None:
    gt = attained("gt_revenue")
    assert gt[gt.index >= "2026-01"].between(0.95, 0.99).all()


def test_tet_moves_between_january_and_february() -> None:
    growth = metric(FIRM, "revenue_growth").set_index("period")["actual"]
    both = over("revenue", "2026-01", "2026-02") / over("revenue", "2025-01", "2025-02") * 100 - 100
    assert growth["2026-01"] > both + 3


def test_team_1_proves_every_link_and_team_2_lacks_the_first() -> None:
    calls = FIRM.tables["calls"].set_index("month")
    for name, first_link in (("Đội 1", True), ("Đội 2", False)):
        rows = calls[calls["team"] == name]
        assert (rows["calls"].corr(rows["qualified_leads"]) > 0.9) == first_link
        later = rows["orders"].shift(-1)
        assert rows["orders"].corr(rows["revenue"]) > 0.7
        if first_link:
            assert rows["qualified_leads"].corr(later) > 0.8
        else:
            assert abs(rows["calls"].corr(rows["qualified_leads"])) < 0.4


def test_the_year_2027_is_planned_month_by_month_to_the_aop() -> None:
    plan = metric(FIRM, "revenue")
    goals = {goal["metric"]: goal for goal in FIRM.plan["aop"]["goals"]}
    assert plan["plan"][plan["period"] >= "2027-01"].sum() == goals["revenue"]["target"]
    cash = year("operating_cash_flow", "2027", "plan")
    assert cash == pytest.approx(goals["operating_cash_flow"]["target"], rel=0.01)
    for goal in goals.values():
        assert year(goal["metric"]) == pytest.approx(goal["baseline"], rel=0.01)


def test_receivables_and_cash_add_up() -> None:
    owed, sales = FIRM.tables["receivables"], FIRM.tables["sales"].query("doc == 'invoice'")
    balance = owed.pivot(index="month", columns="account_code", values="balance")
    paid = owed.pivot(index="month", columns="account_code", values="collected")
    sold = sales.pivot(index="month", columns="account_code", values="revenue")
    pd.testing.assert_frame_equal((balance.shift() + sold - balance).iloc[1:].astype(int), paid.iloc[1:])
    cash = FIRM.tables["cash"].set_index("month")
    assert (cash["closing_cash"].diff().iloc[1:] == cash["net_cash"].iloc[1:]).all()
    assert (cash["receipts"] == owed.groupby("month")["collected"].sum()).all()


def test_the_blemishes_are_the_documented_ones_and_no_others() -> None:
    sales, field, listing = (FIRM.tables[name] for name in ("sales", "field", "listing"))
    assert set(sales.query("account_code == 'MT05' and month < '2025-10'")["account"]) == {"Siêu thị Tân Lộc"}
    assert sales.query("revenue < 0")[["month", "account_code"]].values.tolist() == [["2025-11", "MT02"]]
    for table, codes in ((field, 9), (listing, 5)):
        here = table.groupby("month").size()
        assert here[here < codes].index.tolist() == ["2025-08"]
        assert table.query("month == '2025-08' and account_code == 'MT04'").empty
    assert not any(FIRM.tables[name].isna().any().any() for name in FIRM.tables)


# ---------------------------------------------------------------- the designs


def test_the_sound_design_passes_all_24_and_no_note_fires() -> None:
    report = kpikit.check(FIRM.design("sound"), FIRM)
    assert (report.score, report.verdict) == (24, "sound")
    assert [note.id for note in report.notes] == []


def test_the_sound_design_holds_the_four_kpis_the_course_names() -> None:
    company = [kpi for kpi in FIRM.design("sound").kpis if kpi.level == "company"]
    assert {"mt_revenue", "revenue_growth", "mt_share", "trade_roi"} <= {kpi.metric for kpi in company}
    assert {kpi.kind for kpi in company} == {"outcome", "driver"}


def test_baselines_in_the_sound_design_are_the_years_actuals() -> None:
    for kpi in FIRM.design("sound").kpis:
        if kpi.metric:
            assert year(kpi.metric) == pytest.approx(kpi.baseline, rel=0.01), kpi.id


def test_the_sound_design_carries_the_cases_own_aop() -> None:
    assert FIRM.design("sound").aop == kpikit.load(FIRM.folder / "plan.yaml").aop


def test_the_habit_design_meets_the_paradox() -> None:
    report = kpikit.check(FIRM.design("habit"), FIRM)
    failed = {check.id for check in report.checks if not check.passed}
    assert report.verdict == "paradox"
    assert {"2.3", "3.3", "5.3", "7.1", "7.3", "8.1"} <= failed


def test_design_metrics_are_in_the_catalogue_with_the_same_unit_and_kind() -> None:
    for name in FIRM.designs:
        for kpi in FIRM.design(name).kpis:
            if kpi.metric:
                entry = FIRM.catalogue[kpi.metric]
                assert (entry.kind, entry.direction) == (kpi.kind, kpi.direction or "up"), kpi.id

"""ex06 agrees with An Trường's tables, and no tool of the kit answers it for the learner."""

import re
from pathlib import Path

import pytest

from autograder.build import ROOT
from autograder.score import KEYS, load_keys, score
from kpikit.attainment import points
from kpikit.companies import case
from kpikit.design import Kpi
from kpikit.files import as_design
from kpikit.questions import questions_of, read_answer

SET = questions_of("ex06", Path(__file__).parent)
KEY = load_keys("ex06", KEYS, SET.case)
FIRM = case("b2b_sales")
FACTORY, PROJECT = "Đội Nhà máy", "Đội Dự án"


def asked(id: str, lang: str = "en") -> str:
    return SET.find(id).ask[lang]


def total(column: str, year: str = "2026", team: str | None = None, table: str = "calls", **equal: str) -> float:
    """A column added up over a year, for one team or for the firm."""
    frame = FIRM.tables[table]
    frame = frame[frame["month"].str.startswith(year)]
    for name, value in {**equal, **({"team": team} if team else {})}.items():
        frame = frame[frame[name] == value]
    return float(frame[column].sum())


def growth(column: str, team: str) -> str:
    return f"{100 * (total(column, '2026', team) / total(column, '2025', team) - 1):.0f}%"


def crm(year: str = "2026", **equal: str) -> float:
    return 100 * total("crm_on_time", year, table="quotes", **equal) / total("crm_notes", year, table="quotes", **equal)


def on_time(year: str) -> float:
    return 100 * total("quotes_on_time", year, PROJECT, "quotes") / total("quotes", year, PROJECT, "quotes")


def marked(id: str, raw: object, lang: str = "en", **earlier: float):
    earlier = {name.replace("_", "-"): value for name, value in earlier.items()}
    return score(SET.find(id), read_answer(SET.find(id), raw, lang), KEY, earlier)


# ---------------------------------------------------------------- the tables quoted


def test_the_draft_of_q1_quotes_the_year_2026():
    text = asked("ex06-q1")
    for name, value in (
        ("A. Calls of Đội Nhà máy", f"{total('calls', team=FACTORY):,.0f}"),
        ("B. Calls of Đội Dự án", f"{total('calls', team=PROJECT):,.0f}"),
        ("C. Customer meetings", f"{total('meetings', table='quotes'):,.0f}"),
        ("D. Quotes sent", f"{total('quotes', table='quotes'):,.0f}"),
        ("E. CRM updated on time", f"{crm():.0f}%"),
        ("G. Revenue", f"{total('revenue') / 1e9:.1f}bn"),
        ("H. Gross profit", f"{total('gross_profit') / 1e9:.1f}bn"),
        ("I. On-time rate of quotes in Đội Dự án", f"{on_time('2026'):.0f}%"),
    ):
        assert f"| {name} | {value} |" in text
    reports = next(k for k in FIRM.design("habit").kpis if k.name == "Nộp báo cáo tuần đúng hạn")
    assert f"| F. Weekly reports filed on time | {reports.baseline:.0f}% |" in text


def test_the_weights_of_the_draft_add_up_to_115_and_compliance_is_two_fifths_of_them():
    weights = [int(n) for n in re.findall(r"\| [A-I]\. [^|]+\|[^|]+\| (\d+) \|", asked("ex06-q1"))]
    assert (len(weights), sum(weights)) == (9, 115)
    assert (weights[4] + weights[5]) / 115 == pytest.approx(0.40)


def test_the_figures_loan_clipped_on_are_the_cases():
    text = asked("ex06-q1")
    calls, leads, orders, money = (growth(c, FACTORY) for c in ("calls", "qualified_leads", "orders", "revenue"))
    assert f"calls up {calls}, qualified leads up {leads}, orders and revenue up {orders} each" in text
    assert money == orders
    invited = [f"{total('qualified_leads', y, PROJECT):.0f}" for y in ("2025", "2026")]
    assert f"calls up {growth('calls', PROJECT)}, invitations to quote {invited[0]}, then {invited[1]}" in text
    assert f"went from {on_time('2025'):.0f}% to {on_time('2026'):.0f}%" in text
    assert f"orders from {total('orders', '2025', PROJECT):.0f} to {total('orders', '2026', PROJECT):.0f}" in text
    assert total("quotes", table="quotes") == pytest.approx(total("qualified_leads"), rel=0.001)  # D counts them again


def test_the_scales_of_q3_to_q5_stand_beside_what_2026_reached():
    for team, said in ((PROJECT, "27.9"), (FACTORY, "38.2")):
        assert f"{total('revenue', team=team) / 1e9:.1f}" == said
    assert "the team sold 27.9bn" in asked("ex06-q3")
    names = " ".join(words["en"] for words in SET.find("ex06-q5").items.values())
    won = 100 * total("orders", team=PROJECT) / total("qualified_leads", team=PROJECT)
    for said in (
        f"Revenue, {total('revenue') / 1e9:.1f}bn in 2026",
        f"Gross profit, {total('gross_profit') / 1e9:.1f}bn in 2026",
        f"On-time rate of quotes in Đội Dự án, {on_time('2026'):.0f}% in 2026",
        f"are late, {100 - on_time('2026'):.0f}% in 2026",
        f"Revenue of Đội Nhà máy, {total('revenue', team=FACTORY) / 1e9:.1f}bn in 2026",
        f"Conversion in Đội Dự án, {won:.0f}% in 2026",
        f"Calls of Đội Nhà máy, {total('calls', team=FACTORY):,.0f} in 2026",
    ):
        assert said in names


def test_the_monthly_line_of_q6_is_the_plan_of_2027_shared_out():
    plan = total("revenue", "2027", PROJECT, "plan")
    reps = FIRM.tables["reps"]
    desks = ((reps["team"] == PROJECT) & (reps["last_month"].fillna("") == "")).sum()
    assert plan / desks / 12 == pytest.approx(750e6)
    assert total("revenue", team=PROJECT) / total("orders", team=PROJECT) == pytest.approx(185e6, rel=0.01)
    assert 300 + 185 < 750 < 790


def test_the_aop_of_q8_is_the_cases_own():
    mine, cases = as_design(SET.find("ex06-q8").given).as_document()["aop"], FIRM.plan["aop"]
    for one, other in zip(mine["goals"], cases["goals"], strict=True):
        assert [one[k] for k in ("id", "role", "metric", "baseline", "target")] == [
            other[k] for k in ("id", "role", "metric", "baseline", "target")
        ]
    text = asked("ex06-q8")
    assert f"qualified leads of Đội Nhà máy {total('qualified_leads', team=FACTORY):,.0f}" in text
    for team, said in ((PROJECT, "27.9bn to 36bn"), (FACTORY, "38.2bn to 42bn")):
        assert f"{team} from {said}" in text
        assert total("revenue", "2027", team, "plan") == float(said.split()[-1][:-2]) * 1e9


def test_the_table_of_q9_is_bichs_and_her_teams():
    text = asked("ex06-q9")
    for name, make in (
        ("Bích: CRM on time", lambda y: f"{crm(y, rep_code='B08'):.1f}%"),
        ("Bích: revenue (bn VND)", lambda y: f"{total('revenue', y, rep_code='B08') / 1e9:.1f}"),
        ("Đội Dự án: quotes on time", lambda y: f"{on_time(y):.0f}%"),
        ("Đội Dự án: orders", lambda y: f"{total('orders', y, PROJECT):.0f}"),
        ("The firm: CRM on time", lambda y: f"{crm(y):.0f}%"),
        ("The firm: revenue (bn VND)", lambda y: f"{total('revenue', y) / 1e9:.1f}"),
    ):
        assert f"| {name} | {make('2025')} | {make('2026')} |" in text
    best = max({"B05", "B06", "B07", "B08", "B01", "B02", "B03", "B09"}, key=lambda code: crm(rep_code=code))
    assert best == "B08"


# ---------------------------------------------------------------- the numbers the key knows


def test_q3_and_q4_are_what_the_kits_scale_gives():
    scales = ((45, 31, 36, 39, 34.5), (25, 75, 85, 90, 93), (20, 28, 32, 35, 27), (10, 90, 95, 98, 95))
    earned = [points(Kpi(scale={"floor": f, "target": t, "stretch": s}), v) for _, f, t, s, v in scales]
    assert float(KEY.entries["ex06-q3"]["model"]) == pytest.approx(earned[0])
    whole = sum(row[0] * p for row, p in zip(scales, earned, strict=True)) / 100
    assert float(KEY.entries["ex06-q4"]["model"]) == pytest.approx(whole)
    for row in scales[1:]:
        assert re.search(rf"\| {row[0]} \| {row[1]}%? \| {row[2]}%? \| {row[3]}%? \| {row[4]}%? \|", asked("ex06-q4"))


@pytest.mark.parametrize("first", [95.8, 70, 28, 60, 0, 106.2, 140])
def test_q4_is_marked_on_her_own_points(first):
    assert marked("ex06-q4", round(0.45 * first + 40, 1), ex06_q3=first).earned == SET.find("ex06-q4").points


def test_the_sums_of_q7_hold():
    assert 115 - 21 - 20 + 20 + 6 == 100
    assert round(100 / 9) == 11
    assert round(100 * 46 / 115) == 40


# ---------------------------------------------------------------- the mended sheet


def rows(**weights: float) -> list[dict]:
    """The model's six lines with other weights."""
    model = KEY.entries["ex06-q8"]["model"]
    names = ("revenue", "project", "on_time", "leads", "profit", "crm")
    return [{**row, "weight": weights.get(name, row["weight"])} for name, row in zip(names, model, strict=True)]


def said(raw: object) -> set[str]:
    design = read_answer(SET.find("ex06-q8"), raw, "vi").value
    return {str(getattr(r, "name", r)) for r in KEY.functions["ex06-q8"](design, KEY.case).reasons}


@pytest.mark.parametrize(
    ("weights", "reason"),
    [
        ({"profit": 25}, "sum_off"),
        ({"crm": 21, "revenue": 30, "project": 4}, "rules_heavy"),
        ({"project": 35, "revenue": 15}, None),  # the other outcome of G1 may be heaviest
        ({"on_time": 35, "revenue": 15}, "heaviest_off"),
        ({"revenue": 40, "project": 1, "on_time": 1, "leads": 1, "profit": 39, "crm": 18}, "primary_light"),
        ({"revenue": 19, "project": 17, "on_time": 16, "leads": 16, "profit": 16, "crm": 16}, "even_weights"),
    ],
)
def test_weights_are_judged_one_fault_at_a_time(weights, reason):
    found = said(rows(**weights)) & {"sum_off", "rules_heavy", "heaviest_off", "primary_light", "even_weights"}
    assert found == ({reason} if reason else set())


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Báo giá kịp hạn thầu", "driver"),
        ("Quotes on time, project team", "driver"),
        ("Cuộc gọi của Đội Nhà máy mỗi tháng", "activity"),
        ("Tỷ lệ thắng thầu Đội Dự án", "outcome"),
        ("Khách hàng tiềm năng chất lượng", "activity"),
    ],
)
def test_a_driver_counts_whatever_it_is_called(name, kind):
    line = {"name": name, "kind": kind, "goal": "G1", "weight": 20, "scale": {"floor": 1, "target": 2, "stretch": 3}}
    assert "lever_one" in said([line])


@pytest.mark.parametrize("name", ["Số cuộc gọi của Đội Dự án", "Số báo giá đã gửi", "Customer meetings", "CRM on time"])
def test_work_and_rules_are_no_driver(name):
    line = {
        "name": name,
        "kind": "driver",
        "goal": "G1",
        "weight": 20,
        "scale": {"floor": 1, "target": 2, "stretch": 3},
    }
    assert "lever_one" not in said([line])


def test_the_habit_design_of_the_case_earns_little_in_q8():
    lines = [k for k in FIRM.design("habit").as_document()["kpis"] if k["level"] == "company"]
    assert marked("ex06-q8", lines).earned <= 0.3 * SET.find("ex06-q8").points


def test_the_parts_of_q8_told_to_learners_are_the_keys():
    text = (ROOT / "exercises/ex06-weights-and-scales/text.md").read_text("utf-8")
    parts = re.search(r"PARTS = {(.+?)}", (KEYS / "ex06.py").read_text("utf-8"))[1]
    wanted = [int(n) for n in re.findall(r": (\d+)", parts)]
    assert sum(wanted) == SET.find("ex06-q8").points
    for word in ("điểm", "points"):
        assert [int(n) for n in re.findall(rf"\((\d+) {word}\)", text)] == wanted

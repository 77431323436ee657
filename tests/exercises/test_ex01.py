"""ex01 agrees with the case it quotes, and no tool of the kit answers it for the learner."""

import re
from pathlib import Path

import pytest

import kpikit
from autograder.build import ROOT
from autograder.score import KEYS, load_keys, score
from kpikit.companies import case
from kpikit.language import LANGUAGES
from kpikit.questions import questions_of, read_answer

SET = questions_of("ex01", Path(__file__).parent)
KEY = load_keys("ex01", KEYS, SET.case)


def billions(table: str, first: str, last: str, channel: str | None = "MT") -> str:
    rows = case("distributor").tables[table]
    rows = rows[rows["month"].between(first, last)]
    rows = rows if channel is None else rows[rows["channel"] == channel]
    return f"{rows['revenue'].sum() / 1e9:.1f}"


def test_the_books_of_q5_are_the_cases_tables():
    asked = SET.find("ex01-q5").ask["en"]
    for span, channel in (
        (("2026-01", "2026-03"), "MT"),
        (("2026-04", "2026-12"), "MT"),
        (("2026-12", "2026-12"), "MT"),
        (("2026-04", "2026-12"), None),
    ):
        for table in ("sales", "plan"):
            assert f"{billions(table, *span, channel)}bn" in asked
    assert f"{billions('sales', '2025-04', '2025-12')}bn" in asked
    field, plan = case("distributor").tables["field"], case("distributor").tables["plan"]
    visits, planned = (
        t[(t["channel"] == "MT") & t["month"].between("2026-04", "2026-12")]["visits"].sum() for t in (field, plan)
    )
    assert f"{visits:,}, which is {100 * visits / planned:.0f}% of plan" in asked


def test_the_figures_of_q6_are_the_cases_tables():
    calls = case("distributor").tables["calls"]
    mine = calls[calls["team"] == "Đội 2"]
    years = mine.groupby(mine["month"].str[:4])[["calls", "qualified_leads", "orders", "revenue"]].sum()
    asked = SET.find("ex01-q6").ask["en"]
    for column in ("calls", "qualified_leads", "orders"):
        assert all(f"{years.loc[year, column]:,}" in asked for year in ("2025", "2026"))
    assert all(f"{years.loc[year, 'revenue'] / 1e9:.2f}" in asked for year in ("2025", "2026"))


@pytest.mark.parametrize("number", ["64,121", "61,296", "97%", "95%", "80%"])
def test_the_scorecard_of_q2_to_q4_is_the_storys(number):
    assert number in case("distributor").story("en")
    assert any(number in SET.find(id).ask["en"] for id in ("ex01-q2", "ex01-q3", "ex01-q4"))


def test_the_skus_of_q3_are_the_cases_table():
    listing = case("distributor").tables["listing"].set_index(["account_code", "month"]).loc["MT01"]
    assert listing.loc[["2026-03", "2026-04", "2026-05"], "skus_listed"].tolist() == [36, 24, 16]
    assert set(listing["skus_agreed"]) == {36}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_alone_leave_at_least_four_of_twelve_undecided_or_wrong(lang):
    question, groups = SET.find("ex01-q1"), KEY.entries["ex01-q1"]["model"]
    told = {item: kpikit.classify(name[lang]) for item, name in question.items.items()}
    decided = [item for item, kind in told.items() if kind.confidence >= 0.9 and kind.kind == groups[item]]
    assert len(decided) <= 8
    assert len([item for item, kind in told.items() if kind.kind != groups[item]]) >= 3


def test_an_activity_by_its_name_earns_points_in_q7_where_the_story_proves_it():
    """Machine tuning counts work, but its links are shown; tastings count work and theirs are not."""
    row = {
        "kind": "driver",
        "goal": "G1",
        "scale": {"floor": 60, "target": 80, "stretch": 100},
        "decision": "Chuyển hai người sang việc này",
    }
    earned = {
        name: score(SET.find("ex01-q7"), read_answer(SET.find("ex01-q7"), [{"name": name, **row}]), KEY).earned
        for name in ("Số lần đến quán chỉnh máy", "Số buổi nếm thử", "Machine-tuning visits", "Tasting sessions held")
    }
    assert earned["Số lần đến quán chỉnh máy"] == earned["Machine-tuning visits"] > earned["Số buổi nếm thử"]
    assert earned["Số buổi nếm thử"] == earned["Tasting sessions held"]


def test_the_parts_of_q7_told_to_learners_are_the_keys():
    text = (ROOT / "exercises/ex01-kpi-or-activity/text.md").read_text("utf-8")
    parts = re.search(r"PARTS = {(.+?)}", (KEYS / "ex01.py").read_text("utf-8"))[1]
    wanted = [int(n) for n in re.findall(r": (\d+)", parts)]
    assert sum(wanted) == SET.find("ex01-q7").points
    for word in ("điểm", "points"):
        assert [int(n) for n in re.findall(rf"\((\d+) {word}\)", text)] == wanted


@pytest.mark.parametrize(
    ("decision", "counts"),
    [
        ("Họp toàn công ty để tìm nguyên nhân", False),
        ("Nhắc nhở nhân viên cố gắng hơn", False),
        ("Monitor closely", False),
        ("We will review it with the team", False),
        ("họp", False),
        ("Tăng giá", True),
        ("Rang lại mẻ ấy", True),
        ("Họp với ba quán lớn rồi chuyển hai người sang chỉnh máy", True),
        ("Move budget to tuning", True),
        ("Take the team off tastings", True),
    ],
)
def test_a_decision_of_q7_has_to_change_something(decision, counts):
    row = {"name": "Doanh thu", "kind": "outcome", "goal": "G1", "decision": decision}
    said = score(SET.find("ex01-q7"), read_answer(SET.find("ex01-q7"), [row]), KEY)
    assert ("decision_talk" in said.named) is not counts

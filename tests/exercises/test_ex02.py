"""ex02 agrees with the case it quotes, the signed AOP cannot be copied into it, and its page is judged by its lines."""

import re
from itertools import product
from pathlib import Path

import pytest

import kpikit
from autograder import score as scoring
from autograder.build import ROOT
from autograder.score import KEYS, load_keys
from kpikit.companies import case
from kpikit.documents import read_yaml
from kpikit.language import LANGUAGES
from kpikit.questions import questions_of, read_answer

SET = questions_of("ex02", Path(__file__).parent)
KEY = load_keys("ex02", KEYS, SET.case)
TEXT = (ROOT / "exercises/ex02-the-aop/text.md").read_text("utf-8")
CHAINS = {"MT01": "Lam Sơn", "MT02": "Thiên Phát", "MT03": "Gian Bếp", "MT04": "Góc Phố 24", "MT05": "Tân Lộc Fresh"}


def asked(id: str, lang: str = "en") -> str:
    return SET.find(id).ask[lang]


def total(table: str, year: str, column: str = "revenue", months: tuple[str, str] = ("01", "12"), **only: str) -> float:
    rows = case("distributor").tables[table]
    rows = rows[rows["month"].between(f"{year}-{months[0]}", f"{year}-{months[1]}")]
    for name, value in only.items():
        rows = rows[rows[name] == value]
    return rows[column].sum() / 1e9


def estimates(lang: str = "en") -> tuple[list[float], list[float]]:
    """What so many billions bring at the chains and at GT, as question 6 tells it."""
    number = r"(\d+(?:[.,]\d+)?)"
    lines = [line for line in asked("ex02-q6", lang).splitlines() if re.match(r"- .*(spend|chi) 1", line)]
    found = [re.findall(rf"(?:get|được) {number}", line) for line in lines]
    chains, gt = ([float(n.replace(",", ".")) for n in numbers] for numbers in found)
    return chains, gt


def page(**changes: object) -> dict:
    return KEY.entries["ex02-q8"]["model"] | changes


def marked(answer: object, **earlier: float) -> scoring.Scored:
    question = SET.find("ex02-q8")
    given = {f"ex02-{id}": value for id, value in earlier.items()}
    return scoring.score(question, read_answer(question, answer, "vi"), KEY, given)


# ---------------------------------------------------------------- the file and the case


@pytest.mark.parametrize("code", CHAINS)
def test_each_chain_has_the_tables_actual_and_the_signed_plan(code):
    actual, plan = (total(t, y, account_code=code) for t, y in (("sales", "2026"), ("plan", "2027")))
    line = next(line for line in asked("ex02-q4").splitlines() if CHAINS[code] in line)
    assert f": {actual:.1f}, then {plan:.0f}, then" in line
    row = next(line for line in TEXT.splitlines() if line.startswith("| ") and CHAINS[code] in line and "." in line)
    assert f"| {actual:.1f} | {plan:.0f} |" in row


def test_gt_and_the_company_are_the_tables_and_the_story():
    line = next(line for line in asked("ex02-q4").splitlines() if "GT channel" in line)
    assert f"{total('sales', '2026', channel='GT'):.1f}, then {total('plan', '2027', channel='GT'):.0f}," in line
    assert f"actual of 2026, {total('sales', '2026'):.1f}bn; plan of 2026, {total('plan', '2026'):.0f}bn" in asked(
        "ex02-q4"
    )
    assert f"signed 2027 AOP, {total('plan', '2027'):.0f}bn" in asked("ex02-q4")


def test_plan_b_is_the_signed_plan_but_for_lam_son_and_gt():
    rows = [
        line.strip("| ").split(" | ") for line in TEXT.split('"lang": "en"')[1].splitlines() if line.startswith("| ")
    ]
    signed, plan_b = ({r[0]: float(r[n]) for r in rows[2:]} for n in (2, 3))
    differ = {name for name in signed if signed[name] != plan_b[name]}
    assert differ == {"Lam Sơn supermarkets", "GT channel", "Operating cash flow"}
    assert sum(v for name, v in plan_b.items() if name != "Operating cash flow") == 546


def test_lam_son_without_its_jbp_is_kiets_estimate():
    months = ("05", "12")
    fell = 1 - total("sales", "2026", months=months, account_code="MT01") / total(
        "sales", "2025", months=months, account_code="MT01"
    )
    year = total("sales", "2025", account_code="MT01")
    assert f"{100 * fell:.1f}% less" in TEXT and f"({year:.1f}bn)" in TEXT
    assert round((1 - round(fell, 3)) * round(year, 1)) == 56  # as a reader reckons it from the text
    lost = total("plan", "2027", account_code="MT01") - 56
    assert 0.45 < lost / (total("plan", "2027") - total("sales", "2026")) < 0.5  # “nearly half of that increase”


def test_the_signed_aop_and_the_cash_are_the_cases_plan():
    aop = case("distributor").plan["aop"]
    revenue, cash = aop["goals"]
    assert (float(revenue["target"]), float(cash["baseline"]), float(cash["target"])) == (600e9, 8.2e9, 15.4e9)
    budget = {line["item"]: float(line["amount"]) / 1e9 for line in aop["budget"]}
    assert budget["Trade marketing MT"] == 12
    assert budget["Trade marketing GT"] == 4
    assert total("plan", "2027", "trade_spend", account_code="MT01") == pytest.approx(4.6, abs=0.05)
    kept = [line for line in asked("ex02-q8").splitlines() if "KAM team 3.6bn" in line]
    assert kept
    assert {3.6, 2.4} <= set(budget.values())


def test_the_overdue_debts_and_the_return_of_trade_money_are_the_tables():
    rows = case("distributor").tables["receivables"]
    last = rows[rows["month"] == "2026-12"]
    assert f"{100 * last['overdue'].sum() / last['balance'].sum():.1f}% of receivables" in asked("ex02-q3")
    months = {"months": ("04", "12"), "account_code": "MT01"}
    brought = total("trade", "2026", "incremental_gross_profit", **months) / total(
        "trade", "2026", "trade_spend", **months
    )
    assert f"{brought:.2f} VND of extra gross profit" in asked("ex02-q3")


@pytest.mark.parametrize(
    ("name", "only"), [("MT in", {"channel": "MT"}), ("GT in", {"channel": "GT"}), ("company", {})]
)
def test_the_margins_of_q5_are_the_tables(name, only):
    line = next(line for line in asked("ex02-q5").splitlines() if line.startswith("- ") and name in line)
    revenue, profit = (total("sales", "2026", column, **only) for column in ("revenue", "gross_profit"))
    assert f"revenue {revenue:.1f}bn, gross profit {profit:.1f}bn" in line


# ---------------------------------------------------------------- the answers


def test_the_models_follow_from_the_file():
    chains, gt = estimates()
    assert estimates("vi") == (chains, gt)
    nets = {
        (a, b): [0, *chains][a] - a + [0, *gt][b] - b
        for a, b in product(range(len(chains) + 1), range(len(gt) + 1))
        if a + b <= 11
    }
    best = max(nets.values())
    assert [split for split, net in nets.items() if net > best - 1e-9] == [(7, 2)]
    assert KEY.entries["ex02-q6"]["model"] == "7 tỷ"
    assert f"{100 * (546 / total('sales', '2026') - 1):.1f}" == "9.2"
    margin = total("sales", "2026", "gross_profit", channel="MT") / total("sales", "2026", channel="MT")
    assert f"{12 / margin:.1f}" in ("66.5", "66.6")


def test_at_the_best_split_the_next_billion_brings_the_same_and_less_than_it_costs():
    chains, gt = estimates()
    assert chains[7] - chains[6] == pytest.approx(gt[2] - gt[1])
    assert chains[7] - chains[6] < 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_beside_q6_is_the_questions(lang):
    chains, gt = estimates(lang)
    part = TEXT[TEXT.index({"vi": "| Chi (tỷ)", "en": "| Spent (bn)"}[lang]) :].split("\n\n")[0]
    cells = [[c.strip().replace(",", ".") for c in line.strip("|").split("|")] for line in part.splitlines()[2:]]
    assert [float(c[1]) for c in cells] == chains
    assert [float(c[2]) for c in cells if c[2]] == gt


def test_the_parts_of_q8_told_to_learners_are_the_keys():
    parts = re.search(r"PARTS = {(.+?)}", (KEYS / "ex02.py").read_text("utf-8"))[1]
    wanted = [int(n) for n in re.findall(r": (\d+)", parts)]
    assert sum(wanted) == SET.find("ex02-q8").points
    for word in ("điểm", "points"):
        assert [int(n) for n in re.findall(rf"\((\d+) {word}\)", TEXT)] == wanted


def test_the_plan_that_ships_with_the_case_earns_no_more_than_half_of_q8():
    shipped = read_yaml((ROOT / "cases/distributor/plan.yaml").read_bytes(), "plan.yaml")
    assert marked({"aop": shipped["aop"]}).earned <= 10


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_kinds_of_metrics_do_not_sort_q1(lang):
    """`kpikit classify` says activity, outcome, driver; the question asks which of the three questions is answered."""
    places = KEY.entries["ex02-q1"]["model"]
    sure = {id: kpikit.classify(text[lang]) for id, text in SET.find("ex02-q1").items.items()}
    told = [id for id, kind in sure.items() if kind.confidence >= 0.9 and kind.kind == "activity"]
    assert len([id for id in told if places[id] == "none"]) <= 3


@pytest.mark.parametrize(
    ("limit", "fault"),
    [
        ("Nợ quá hạn không vượt 7% công nợ phải thu", None),
        ("Overdue debts at most 7% of receivables", None),
        ({"metric": "overdue_share", "max": 7}, None),
        ("Tiền trade không được lỗ", None),
        ("Chương trình trade nào ROI dưới 1 thì dừng", None),
        ("Không chi trade cho Lam Sơn", None),
        ("Số dư tiền mặt không dưới 10 tỷ", None),
        ("Biên lợi nhuận gộp không dưới 15% doanh thu", None),
        ("Nợ quá hạn không vượt 10%", "limit_loose"),
        ("Kiểm soát chặt nợ quá hạn", "limit_vague"),
        ("Giữ uy tín với khách hàng", "limit_vague"),
        ("Cố gắng hết sức, 100% tinh thần", "limit_vague"),
        ("99999", "limit_vague"),
        ("Doanh thu không dưới 546 tỷ", "limit_is_goal"),
        ("At least 400 visits a month", "limit_is_work"),
    ],
)
def test_a_limit_is_a_line_that_can_be_seen_to_be_crossed(limit, fault):
    faults = {"limit_loose", "limit_vague", "limit_is_goal", "limit_is_work"}
    other = "ROI trade từ 1 trở lên" if "trade" not in str(limit) else "Nợ quá hạn dưới 7%"
    scored = marked(page(limits=[limit, other]))
    assert faults & set(scored.named) == ({fault} if fault else set())
    assert (scored.earned == 20) is (fault is None)


@pytest.mark.parametrize(
    ("trade_off", "counts"),
    [
        ("Chấp nhận GT mở điểm bán chậm lại", True),
        ("Bỏ hẳn kệ trưng bày ở Lam Sơn", True),
        ("Fewer new outlets in GT this year", True),
        ("Cả hai kênh cùng cố gắng hết sức", False),
        ("Nỗ lực để không bỏ lỡ cơ hội nào", False),
        ("Grow MT and GT together", False),
        ("không", False),
    ],
)
def test_a_trade_off_says_what_is_given_up(trade_off, counts):
    assert (marked(page(trade_offs=[trade_off])).earned == 20) is counts


@pytest.mark.parametrize(
    "name", ["Tăng doanh thu, MT là trọng tâm", "Company revenue", "Doanh thu từ 500,2 lên 546 tỷ"]
)
def test_a_revenue_goal_is_found_by_what_it_says(name):
    goals = [
        {"id": "G1", "name": name, "role": "primary", "unit": "VND", "baseline": 500.2e9, "target": 546e9},
        KEY.entries["ex02-q8"]["model"]["goals"][1],
    ]
    assert marked(page(goals=goals)).earned == 20


@pytest.mark.parametrize(
    ("unit", "base", "target"),
    [
        ("VND", "500,2 tỷ", "546 tỷ"),
        ("tỷ đồng", "500,2", "546"),
        ("tỷ", "500,2 tỷ", "546 tỷ"),
        ("bn VND", 500.2, 546),
        ("đồng", 500_200_000_000, 546_000_000_000),
    ],
)
def test_a_goals_figures_are_read_with_the_unit_she_gives_them(unit, base, target):
    goals = [
        {"name": "Doanh thu", "role": "primary", "unit": unit, "baseline": base, "target": target},
        KEY.entries["ex02-q8"]["model"]["goals"][1],
    ]
    budget = [{**line, "goal": {"G1": "Doanh thu"}.get(line["goal"], line["goal"])} for line in page()["budget"]]
    assert marked(page(goals=goals, budget=budget)).earned == 20


def test_her_own_growth_and_split_count_and_the_signed_growth_does_not():
    goals = KEY.entries["ex02-q8"]["model"]["goals"]
    own = [{**goals[0], "target": "555,2 tỷ"}, goals[1]]
    assert marked(page(goals=own)).earned == 18.5
    assert marked(page(goals=own), q4=11.0).earned == 20
    signed = [{**goals[0], "target": "600 tỷ"}, goals[1]]
    assert marked(page(goals=signed), q4=20).earned == 17

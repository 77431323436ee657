"""ex05 agrees with the café chain's tables, and no tool of the kit answers it for the learner."""

import re
from pathlib import Path

import pytest

import kpikit
from autograder.build import ROOT
from autograder.score import KEYS, load_keys, score
from kpikit.companies import case
from kpikit.files import as_design
from kpikit.language import LANGUAGES
from kpikit.questions import questions_of, read_answer

SET = questions_of("ex05", Path(__file__).parent)
KEY = load_keys("ex05", KEYS, SET.case)
CAFES = case("cafe_chain")
SHOPS = {
    "Yên Bái": "Q01",
    "Lê Đình Dương": "Q02",
    "Bạch Đằng": "Q03",
    "An Thượng": "Q04",
    "Hòa Khánh": "Q05",
    "Sơn Trà": "Q06",
}


def asked(id: str, lang: str = "en") -> str:
    return SET.find(id).ask[lang]


def total(table: str, column: str, months: str = "2026", shop: str | None = None) -> float:
    """A column added up over the months that begin so, for one shop or for the firm."""
    frame = CAFES.tables[table]
    frame = frame[frame["month"].str.startswith(months)]
    frame = frame if shop is None else frame[frame["shop_code"] == shop]
    return float(frame[column].sum())


def rate(above: tuple[str, str], below: tuple[str, str], months: str = "2026", shop: str | None = None) -> float:
    return total(*above, months, shop) / total(*below, months, shop)


PROMO = (("sales", "promo_tickets"), ("sales", "tickets"))
BASKET = (("sales", "revenue"), ("sales", "tickets"))
WASTE = (("stock", "waste"), ("stock", "goods_used"))


def marked(id: str, raw: object, lang: str = "en", **earlier: float):
    earlier = {name.replace("_", "-"): value for name, value in earlier.items()}
    return score(SET.find(id), read_answer(SET.find(id), raw, lang), KEY, earlier)


# ---------------------------------------------------------------- the tables quoted


@pytest.mark.parametrize("shop", [s for s in SHOPS if s != "Sơn Trà"])
def test_table_one_of_q2_is_the_cases(shop):
    code = SHOPS[shop]

    def growth(table: str, column: str) -> float:
        return 100 * (total(table, column, "2026", code) / total(table, column, "2025", code) - 1)

    cash = (total("cash", "net_cash", "2026", code) - total("cash", "net_cash", "2025", code)) / 1e6
    ticket = 100 * (rate(*BASKET, "2026", code) / rate(*BASKET, "2025", code) - 1)
    cells = (
        shop,
        f"{100 * rate(*PROMO, '2026', code):.0f}%",
        f"{growth('doors', 'footfall'):+.1f}%",
        f"{100 * rate(('sales', 'tickets'), ('doors', 'footfall'), '2026', code):.0f}",
        f"{ticket:.1f}%".replace("-0.0", "0.0"),
        f"{growth('staff', 'posts'):+.0f}%",
        f"{cash:+.0f}m",
    )
    assert f"| {' | '.join(cells)} |" in asked("ex05-q2")
    assert f"{100 * rate(*PROMO, '2025', code):.0f}% of its tickets" in asked("ex05-q2")


def test_table_two_of_q2_is_hoa_khanh_by_month():
    months = [f"2026-0{n}" for n in range(2, 9)]
    lines = {
        "Tickets on promotion": [f"{100 * rate(*PROMO, m, 'Q05'):.0f}%" for m in months],
        "Waste rate": [f"{100 * rate(*WASTE, m, 'Q05'):.1f}%" for m in months],
        "Tickets": [f"{total('sales', 'tickets', m, 'Q05'):,.0f}" for m in months],
        "Hours worked": [f"{total('staff', 'hours', m, 'Q05'):,.0f}" for m in months],
    }
    for name, cells in lines.items():
        assert f"| {name} | {' | '.join(cells)} |" in asked("ex05-q2")


def test_the_plan_and_actual_of_q3_are_the_cases():
    text = asked("ex05-q3")
    for shop, code in SHOPS.items():
        plan, actual = (total(table, "net_cash", "2026", code) / 1e6 for table in ("plan", "cash"))
        guests = 100 * rate(("doors", "footfall"), ("plan", "footfall"), "2026", code)
        assert f"| {shop} | {plan:,.0f} | {actual:,.0f} | {guests:.0f}% |" in text
    plan, actual = (total(table, "net_cash") / 1e6 for table in ("plan", "cash"))
    assert f"| **{plan:,.0f}** | **{actual:,.0f}** |" in text


def test_the_levers_table_of_q4_is_the_cases():
    text = asked("ex05-q4")
    for make in (
        lambda y: f"{total('sales', 'tickets', y):,.0f}",
        lambda y: f"{rate(*BASKET, y):,.0f}",
        lambda y: f"{total('sales', 'revenue', y) / 1e9:.2f}",
        lambda y: f"{total('stock', 'goods_used', y) / 1e9:.2f}",
        lambda y: f"{100 * rate(*WASTE, y):.1f}%",
        lambda y: f"{total('stock', 'waste', y) / 1e6:.0f}",
    ):
        assert f"| {make('2025')} | {make('2026')} |" in text


def test_the_drafts_of_q7_are_hoa_khanhs_april():
    text, month = asked("ex05-q7"), "2026-04"

    def both(make) -> str:
        return " | ".join(
            make(lambda table, c, actual=a: total(table if actual else "plan", c, month, "Q05")) for a in (1, 0)
        )

    wanted = (
        both(lambda of: f"{of('cash', 'net_cash') / 1e6:.1f}"),
        both(lambda of: f"{of('sales', 'revenue') / 1e6:.1f}"),
        both(lambda of: f"{100 * of('stock', 'waste') / of('stock', 'goods_used'):.1f}%"),
        both(lambda of: f"{of('sales', 'revenue') / of('sales', 'tickets'):,.0f}"),
        both(lambda of: f"{of('sales', 'revenue') / of('staff', 'hours') / 1e3:.0f}"),
    )
    for cells in wanted:
        assert f"| {cells} |" in text


def test_the_books_of_q8_and_q9_are_the_cases():
    text = asked("ex05-q8")
    for said in (
        f"waste was {100 * rate(*WASTE):.1f}%",
        f"payroll {100 * rate(('staff', 'payroll'), ('sales', 'revenue')):.1f}% of revenue",
        f"an average ticket {rate(*BASKET):,.0f} VND",
        f"{100 * rate(*PROMO):.0f}% of tickets",
        f"{rate(('sales', 'revenue'), ('staff', 'hours')):,.0f} VND",
    ):
        assert said in text
    text, plan_other = asked("ex05-q9"), 0.0
    plan = {
        c: total("plan", c, "2026", "Q06") for c in ("revenue", "goods_used", "waste", "payroll", "rent", "net_cash")
    }
    plan_other = plan["revenue"] - sum(plan[c] for c in ("goods_used", "waste", "payroll", "rent", "net_cash"))
    actual = {
        "revenue": total("sales", "revenue", "2026", "Q06"),
        "goods_used": total("stock", "goods_used", "2026", "Q06"),
        "waste": total("stock", "waste", "2026", "Q06"),
        **{c: total("cash", c, "2026", "Q06") for c in ("payroll", "rent", "net_cash")},
    }
    assert f"| {plan.pop('revenue') / 1e6:,.0f} | {actual['revenue'] / 1e6:,.0f} |" in text
    assert f"| {plan_other / 1e6:.1f} | {total('cash', 'other', '2026', 'Q06') / 1e6:.1f} |" in text
    cash = plan.pop("net_cash")
    assert f"**{cash / 1e6:.1f}** | **{actual['net_cash'] / 1e6:.1f}**" in text
    for column, value in plan.items():
        assert f"| {value / 1e6:.1f} | {actual[column] / 1e6:.1f} |" in text
    for table, column in (("doors", "footfall"), ("sales", "tickets")):
        assert f"| {total('plan', column, '2026', 'Q06'):,.0f} | {total(table, column, '2026', 'Q06'):,.0f} |" in text


def test_the_aop_of_q8_is_the_cases_own():
    mine, cases = as_design(SET.find("ex05-q8").given).as_document()["aop"], CAFES.plan["aop"]
    for one, other in zip(mine["goals"], cases["goals"], strict=True):
        assert [one[k] for k in ("id", "role", "metric", "baseline", "target")] == [
            other[k] for k in ("id", "role", "metric", "baseline", "target")
        ]
    assert [(x["metric"], x["max"]) for x in mine["limits"]] == [(x["metric"], x["max"]) for x in cases["limits"]]


# ---------------------------------------------------------------- the numbers the key knows


def test_the_models_are_reckoned_from_the_tables():
    gaps = {
        code: total("plan", "net_cash", "2026", code) - total("cash", "net_cash", "2026", code)
        for code in SHOPS.values()
    }
    assert max(gaps, key=gaps.__getitem__) == "Q05"
    missing = total("plan", "net_cash") - total("cash", "net_cash")
    assert float(KEY.entries["ex05-q3"]["model"]) == pytest.approx(100 * gaps["Q05"] / missing, abs=0.05)
    tickets = 0.05 * total("sales", "revenue") * 0.89
    waste = (rate(*WASTE) - rate(*WASTE, "2025")) * total("stock", "goods_used")
    assert float(KEY.entries["ex05-q4"]["model"]) == pytest.approx(tickets, rel=0.001)
    assert float(KEY.entries["ex05-q5"]["model"]) == pytest.approx(waste, rel=0.001)
    assert float(KEY.entries["ex05-q6"]["model"]) == pytest.approx(tickets / waste, abs=0.01)


def test_the_step_of_q4_stays_within_what_the_ticket_has_been():
    assert rate(*BASKET) * 1.05 <= rate(*BASKET, "2025")


@pytest.mark.parametrize(("tickets", "waste"), [(965e6, 154e6), (859e6, 190e6), (524e6, 268e6), (859e6, 21e6)])
def test_q6_is_marked_on_her_own_two_numbers(tickets, waste):
    full = SET.find("ex05-q6").points
    assert marked("ex05-q6", round(tickets / waste, 1), ex05_q4=tickets, ex05_q5=waste).earned == full


# ---------------------------------------------------------------- sorting and the scorecard


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_alone_do_not_sort_all_twelve_and_earn_at_most_a_fifth_of_all_points(lang):
    question, groups = SET.find("ex05-q1"), KEY.entries["ex05-q1"]["model"]
    told = {item: kpikit.classify(name[lang]) for item, name in question.items.items()}
    right = [item for item, kind in told.items() if kind.kind == groups[item]]
    assert len(right) < 12
    assert len(right) / 12 * question.points <= 20


def test_q1_agrees_with_the_catalogue_where_it_has_the_same_name():
    groups = KEY.entries["ex05-q1"]["model"]
    own = {name: metric.kind for metric in CAFES.catalogue.values() for name in metric.name.values()}
    for item, names in SET.find("ex05-q1").items.items():
        assert {own.get(name, groups[item]) for name in names.values()} == {groups[item]}


@pytest.mark.parametrize(
    ("name", "goal", "counts"),
    [
        ("Tỷ lệ hàng hủy", "G1", True),
        ("Bánh bỏ cuối ngày", "G1", True),
        ("Waste %", "G1", True),
        ("Average ticket value", "G1", True),
        ("Lương trên doanh thu", "G1", True),
        ("Số lượt khách vào quán", "G1", False),
        ("Number of guests", "G1", False),
        ("Số bài đăng mạng xã hội", "G1", False),
        ("Điểm 5S", "G1", False),
        ("Tiền mặt bằng", "G1", False),
        ("Ảnh báo hủy đúng giờ", "G1", False),
        ("Tỷ lệ hàng hủy", "G2", False),
    ],
)
def test_a_lever_of_q8_counts_by_what_it_is_whatever_it_is_called(name, goal, counts):
    row = {"name": name, "kind": "driver", "goal": goal, "scale": {"floor": 3, "target": 2, "stretch": 1}}
    design = read_answer(SET.find("ex05-q8"), [row], "en").value
    said = [str(getattr(r, "name", r)) for r in KEY.functions["ex05-q8"](design, KEY.case).reasons]
    assert ("lever_one" in said) is counts


def test_the_habit_design_of_the_case_earns_little_in_q8():
    rows = [k for k in CAFES.design("habit").as_document()["kpis"] if k["level"] == "company"]
    assert marked("ex05-q8", rows).earned <= 0.4 * SET.find("ex05-q8").points


def test_the_parts_of_q8_told_to_learners_are_the_keys():
    text = (ROOT / "exercises/ex05-outcome-driver-tree/text.md").read_text("utf-8")
    parts = re.search(r"PARTS = {(.+?)}", (KEYS / "ex05.py").read_text("utf-8"))[1]
    wanted = [int(n) for n in re.findall(r": (\d+)", parts)]
    assert sum(wanted) == SET.find("ex05-q8").points
    for word in ("điểm", "points"):
        assert [int(n) for n in re.findall(rf"\((\d+) {word}\)", text)] == wanted


def test_the_limits_of_the_key_are_the_questions():
    limits = {x["metric"]: float(x["max"]) for x in SET.find("ex05-q8").given["aop"]["limits"]}
    said = re.search(r"LIMITS = {(.+?)}", (KEYS / "ex05.py").read_text("utf-8"))[1]
    assert {name: float(value) for name, value in re.findall(r'"(\w+)": ([\d.]+)', said)} == limits

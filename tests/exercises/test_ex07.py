"""ex07 agrees with Nhựa Đông Kiều's tables, and its review is judged by what the lines say."""

import re
from pathlib import Path

import pytest

from autograder.build import ROOT
from autograder.score import KEYS, load_keys, score
from kpikit.companies import case
from kpikit.questions import questions_of, read_answer

SET = questions_of("ex07", Path(__file__).parent)
KEY = load_keys("ex07", KEYS, SET.case)
PLANT = case("factory")
PRESS, PAINT = "Ép", "Sơn"
QUARTERS = ((1, 3), (4, 6), (7, 9), (10, 12))


def asked(id: str, lang: str = "en") -> str:
    return SET.find(id).ask[lang]


def total(
    table: str, column: str, year: str = "2026", months: tuple[int, int] = (1, 12), stage: str | None = None
) -> float:
    """A column added up over months of a year, for one stage of the plant or for all."""
    frame = PLANT.tables[table]
    frame = frame[(frame["month"] >= f"{year}-{months[0]:02}") & (frame["month"] <= f"{year}-{months[1]:02}")]
    frame = frame if stage is None else frame[frame["stage"] == stage]
    return float(frame[column].sum())


def rate(table: str, above: str, below: str, *of: object) -> float:
    return 100 * total(table, above, *of) / total(table, below, *of)


def otd(*of: object) -> float:
    return rate("deliveries", "orders_on_time", "orders_due", *of)


def waiting(year: str = "2026", month: int = 12) -> float:
    return total("production", "waiting", year, (month, month), PAINT)


def marked(id: str, raw: object, lang: str = "en", **earlier: float):
    earlier = {name.replace("_", "-"): value for name, value in earlier.items()}
    return score(SET.find(id), read_answer(SET.find(id), raw, lang), KEY, earlier)


# ---------------------------------------------------------------- the tables quoted


def test_the_table_of_q1_is_the_cases():
    text, all_year = asked("ex07-q1"), (1, 12)
    for name, make in (
        ("Maintenance: procedures done", lambda y: f"{total('procedures', 'procedures', y):,.0f}"),
        (
            "Maintenance: hours spent on the paint line",
            lambda y: f"{total('procedures', 'maintenance_hours', y, all_year, PAINT):.0f}",
        ),
        (
            "Paint line: OEE",
            lambda y: f"{rate('production', 'ideal_hours', 'planned_hours', y, all_year, PAINT):.0f}%",
        ),
        ("Purchasing: saving on standard price", lambda y: f"{rate('purchases', 'saved', 'at_standard', y):.1f}%"),
        ("Press shop: scrap", lambda y: f"{rate('production', 'scrap', 'pieces', y, all_year, PRESS):.1f}%"),
        (
            "Press shop: OEE",
            lambda y: f"{rate('production', 'ideal_hours', 'planned_hours', y, all_year, PRESS):.0f}%",
        ),
        ("Pieces waiting before paint, end of year", lambda y: f"{waiting(y):,.0f}"),
        ("Quality: checks", lambda y: f"{total('procedures', 'checks', y):,.0f}"),
        ("Office: ISO files complete", lambda y: f"{rate('procedures', 'files_complete', 'files', y):.0f}%"),
        ("On-time delivery (OTD)", lambda y: f"{otd(y):.0f}%"),
    ):
        assert f"| {name} | {make('2025')} | {make('2026')} |" in text


def test_the_aop_quoted_is_the_cases_own():
    cost, profit = PLANT.plan["aop"]["goals"]
    text = asked("ex07-q1")
    assert f"unit cost from {cost['baseline']:,} down to {cost['target']:,} VND" in text
    assert f"from {profit['baseline'] / 1e9:.1f}bn to {profit['target'] / 1e9:.1f}bn" in text
    assert f"fall by {cost['baseline'] - cost['target']:,} VND" in asked("ex07-q3")
    limit = next(x for x in PLANT.plan["aop"]["limits"] if x["metric"] == "otd")
    assert f"no less than {limit['min']}%" in asked("ex07-q3")


def test_the_books_of_q2_are_the_cases():
    text, spans = asked("ex07-q2"), ((4, 6), (10, 12), (1, 12))
    for name, make in (
        ("OTD", lambda m: f"{otd('2026', m):.1f}%"),
        ("Pieces shipped", lambda m: f"{total('deliveries', 'pieces_shipped', '2026', m):,.0f}"),
        ("Penalties for late delivery (m VND)", lambda m: f"{total('costs', 'penalties', '2026', m) / 1e6:,.0f}"),
    ):
        assert f"| {name} | {' | '.join(make(m) for m in spans)} |" in text


def test_the_actions_of_q4_that_are_ready_and_half_ready_come_from_the_plan():
    names = " ".join(words["vi"] for words in SET.find("ex07-q4").items.values())
    for action in PLANT.plan["aop"]["actions"]:
        assert str(action["what"]).split(" mới")[0] in names


def test_the_orders_of_q5_are_those_of_the_year_2027():
    due = total("plan", "orders_due", "2027")
    assert round(due / 52) == 35
    assert due / 12 == pytest.approx(150, abs=1)


def test_the_plan_of_q6_and_q7_is_the_cases():
    pieces, half = (total("plan", "pieces_shipped", "2027", m) for m in ((1, 12), (7, 12)))
    assert f"{pieces:,.0f} pieces shipped, {half:,.0f} of them in the second half" in asked("ex07-q7")
    plan_otd = rate("plan", "orders_on_time", "orders_due", "2027")
    assert f"against its plan of {plan_otd:.0f}%" in asked("ex07-q6")
    assert 94 - 6 + 4 == 92 > 90


def test_what_q8_says_of_customers_and_resin_holds():
    frame = PLANT.tables["deliveries"]
    shipped = frame[frame["month"].str.startswith("2026")].groupby("customer")["pieces_shipped"].sum()
    two = shipped[["Quạt điện Gió Nam", "Nồi cơm Hoa Lúa"]].sum()
    assert two / shipped.sum() == pytest.approx(0.6, abs=0.005)
    assert 0.44 < total("costs", "resin") / total("costs", "total_cost") < 0.5
    assert f"penalties were {total('costs', 'penalties', '2026', (10, 12)) / 1e9:.1f}bn" in asked("ex07-q8")


def test_the_table_of_q9_is_the_year_by_quarter():
    text = asked("ex07-q9")
    for name, make in (
        ("Maintenance hours at paint", lambda m: f"{total('procedures', 'maintenance_hours', '2026', m, PAINT):.0f}"),
        (
            "OEE of the paint line",
            lambda m: f"{rate('production', 'ideal_hours', 'planned_hours', '2026', m, PAINT):.0f}%",
        ),
        ("Pieces waiting before paint, end of quarter", lambda m: f"{waiting('2026', m[1]):,.0f}"),
        ("OTD", lambda m: f"{otd('2026', m):.0f}%"),
        ("Penalties for late delivery (bn VND)", lambda m: f"{total('costs', 'penalties', '2026', m) / 1e9:.1f}"),
    ):
        assert f"| {name} | {' | '.join(make(m) for m in QUARTERS)} |" in text


# ---------------------------------------------------------------- the numbers the key knows


def worth() -> float:
    per_piece = [
        total("costs", "penalties", "2026", m) / total("deliveries", "pieces_shipped", "2026", m)
        for m in ((4, 6), (10, 12))
    ]
    return (per_piece[1] - per_piece[0]) / (otd("2026", (4, 6)) - otd("2026", (10, 12)))


def test_the_models_are_reckoned_from_the_tables():
    assert float(KEY.entries["ex07-q2"]["model"]) == pytest.approx(worth(), abs=0.5)
    assert float(KEY.entries["ex07-q3"]["model"]) == pytest.approx(otd() + 0.4 * 2140 / worth(), abs=0.05)
    pieces, half = (total("plan", "pieces_shipped", "2027", m) for m in ((1, 12), (7, 12)))
    anew = 32_500 + worth() * 2 * half / pieces + 400e6 / pieces
    assert float(KEY.entries["ex07-q7"]["model"]) == pytest.approx(anew, abs=1)


def test_the_penalties_that_q3_wants_away_were_there_to_be_lost():
    assert total("costs", "penalties") / total("deliveries", "pieces_shipped") > 0.4 * 2140


@pytest.mark.parametrize("point", [62.9, 81.8, 1374, 2002, 25])
def test_q3_and_q7_are_marked_on_her_own_worth_of_a_point(point):
    pieces, half = (total("plan", "pieces_shipped", "2027", m) for m in ((1, 12), (7, 12)))
    level = round(84.0 + 856 / point, 1)
    anew = round(32_500 + point * 2 * half / pieces + 400e6 / pieces)
    assert marked("ex07-q3", level, ex07_q2=point).earned == SET.find("ex07-q3").points
    assert marked("ex07-q7", anew, ex07_q2=point).earned == SET.find("ex07-q7").points


def test_hand_reckoning_from_the_rounded_table_is_right_everywhere():
    point = round((2613e6 / 1_305_280 - 801e6 / 1_275_798) / (88.2 - 73.3))  # as a pocket calculator shows it
    assert marked("ex07-q2", point).earned == 8
    assert marked("ex07-q3", round(84 + 856 / point, 1), ex07_q2=point).earned == 8
    assert marked("ex07-q7", round(32_500 + point * 2 / 2 + 79), ex07_q2=point).earned == 9


# ---------------------------------------------------------------- the year's rhythm


def read(**review: object) -> set[str]:
    given = {"cadence": "monthly", "analyst": "Trưởng phòng Kế hoạch", "decides": "Giám đốc nhà máy", **review}
    design = read_answer(SET.find("ex07-q8"), given, "vi").value
    return {str(getattr(r, "name", r)) for r in KEY.functions["ex07-q8"](design, KEY.case).reasons}


@pytest.mark.parametrize(
    ("trigger", "reason"),
    [
        ("Giá hạt nhựa tăng quá 8% trong một quý", None),
        ("Gió Nam cắt quá 10% đơn", None),
        ("Nghị định mới có hiệu lực trước 30/9", None),
        ("Một buồng sơn hỏng quá 5 ngày", None),
        ("A customer moves more than 10% of its orders", None),
        ("The road to the port is closed for 30 days", None),
        ("Hàng chờ trước chuyền sơn quá 60.000", None),
        ("Khi cần thiết", "trigger_vague"),
        ("Thị trường biến động", "trigger_vague"),
        ("When needed", "trigger_vague"),
        ("Circumstances change", "trigger_vague"),
        ("Theo yêu cầu của phòng Nhân sự", "trigger_vague"),
        ("KPI đỏ hai tháng liền", "trigger_behind"),
        ("Phòng nào không đạt chỉ tiêu 3 tháng", "trigger_behind"),
        ("A department is behind for 2 months", "trigger_behind"),
        ("OTD dưới 92% hai tháng", "trigger_own"),
        ("Unit cost above 33,500", "trigger_own"),
    ],
)
def test_a_trigger_is_an_event_or_is_told_why_not(trigger, reason):
    named = read(triggers=[trigger, "AOP được điều chỉnh"]) & {"trigger_vague", "trigger_behind", "trigger_own"}
    assert named == ({reason} if reason else set())


@pytest.mark.parametrize("who", ["Anh Thịnh", "Plant director", "Tổng giám đốc", "Hội đồng quản trị", "Giám đốc"])
def test_whoever_moves_people_and_money_may_decide(who):
    assert "decides_good" in read(decides=who, triggers=["AOP được điều chỉnh"])


@pytest.mark.parametrize("who", ["Trưởng phòng Nhân sự", "Head of HR", "Giám đốc kinh doanh", "Phó giám đốc"])
def test_who_cannot_move_fitters_earns_half(who):
    assert "decides_low" in read(decides=who, triggers=["AOP được điều chỉnh"])


@pytest.mark.parametrize("design", ["habit"])
def test_the_rhythm_of_the_habit_design_earns_little(design):
    given = PLANT.design(design).as_document()["review"]
    assert marked("ex07-q8", given).earned <= 0.2 * SET.find("ex07-q8").points


def test_the_parts_of_q8_told_to_learners_are_the_keys():
    text = (ROOT / "exercises/ex07-cascade-and-rhythm/text.md").read_text("utf-8")
    parts = re.search(r"PARTS = {(.+?)}", (KEYS / "ex07.py").read_text("utf-8"))[1]
    wanted = [int(n) for n in re.findall(r": (\d+)", parts)]
    assert sum(wanted) == SET.find("ex07-q8").points
    for word in ("điểm", "points"):
        assert [int(n) for n in re.findall(rf"\((\d+) {word}\)", text)] == wanted

"""ex04 agrees with the four cases it quotes, and the numbers its key knows are the tables' own."""

from pathlib import Path

import pytest

import kpikit
from autograder.score import KEYS, load_keys, score
from kpikit.companies import case
from kpikit.language import LANGUAGES, show
from kpikit.questions import questions_of, read_answer

SET = questions_of("ex04", Path(__file__).parent)
KEY = load_keys("ex04", KEYS, SET.case)
SEVEN, SEVEN_BEFORE, FIVE = ("2026-06", "2026-12"), ("2025-06", "2025-12"), ("2026-01", "2026-05")


def asked(id: str, lang: str = "en") -> str:
    return SET.find(id).ask[lang]


def total(company: str, table: str, column: str, months: tuple[str, str], **only: str) -> float:
    frame = case(company).tables[table]
    frame = frame[frame["month"].between(*months)]
    for name, value in only.items():
        frame = frame[frame[name] == value]
    return float(frame[column].sum())


def project(column: str, months: tuple[str, str], table: str = "calls") -> float:
    return total("b2b_sales", table, column, months, team="Đội Dự án")


def earned(id: str, raw: object, **earlier: float) -> float:
    earlier = {name.replace("_", "-"): value for name, value in earlier.items()}
    found = score(SET.find(id), read_answer(SET.find(id), raw, "en"), KEY, earlier)
    assert found.earned is not None
    return found.earned


# ---------------------------------------------------------------- An Trường


def test_the_lines_of_q1_are_the_cases_tables():
    cells = []
    for span in (SEVEN_BEFORE, SEVEN):
        sent, in_time = (project(c, span, "quotes") for c in ("quotes", "quotes_on_time"))
        calls, leads, orders, revenue = (project(c, span) for c in ("calls", "qualified_leads", "orders", "revenue"))
        notes = project("crm_on_time", span, "quotes") / project("crm_notes", span, "quotes")
        other = [total("b2b_sales", "calls", c, span, team="Đội Nhà máy") for c in ("calls", "revenue")]
        cells.append(
            (
                f"{calls:,.0f}",
                f"{leads:.0f}",
                f"{in_time:.0f} of {sent:.0f}",
                f"{100 * orders / leads:.0f}",
                f"{revenue / orders / 1e6:.0f}m",
                f"{100 * notes:.0f}%",
                f"{other[0]:,.0f}; {other[1] / 1e9:.1f}bn",
            )
        )
    lines = [line for line in asked("ex04-q1").splitlines() if line[:4] in {f"| {c}." for c in "ABCDEFG"}]
    assert [tuple(c.strip() for c in line.split("|")[2:4]) for line in lines] == list(zip(*cells, strict=True))


def test_the_books_of_q2_q3_and_q4_are_the_cases_tables():
    for span in (FIVE, SEVEN):
        for column, table in (("qualified_leads", "calls"), ("quotes_on_time", "quotes"), ("orders", "calls")):
            assert f"| {project(column, span, table):.0f} |" in asked("ex04-q2")
    assert project("quotes_on_time", SEVEN, "quotes") < project("quotes", SEVEN, "quotes") / 2
    for value in (project("revenue", SEVEN), project("revenue", SEVEN, "plan"), project("revenue", SEVEN_BEFORE)):
        assert f"{value / 1e9:.2f}bn" in asked("ex04-q3")
    year = ("2026-01", "2026-12")
    assert f"{(project('revenue', year, 'plan') - project('revenue', year)) / 1e9:.1f}bn short" in asked("ex04-q3")
    for column in ("calls", "qualified_leads"):
        assert f"| {project(column, SEVEN, 'plan'):,.0f} | {project(column, SEVEN):,.0f} |" in asked("ex04-q4")
    won = [100 * project("orders", SEVEN, t) / project("qualified_leads", SEVEN, t) for t in ("plan", "calls")]
    assert f"| {won[0]:.0f} | {won[1]:.0f} |" in asked("ex04-q4")


def test_the_models_of_q2_and_q3_are_reckoned_from_the_tables():
    rate = project("orders", FIVE) / project("qualified_leads", FIVE)
    extra = project("qualified_leads", SEVEN) * rate - project("orders", SEVEN)
    assert float(KEY.entries["ex04-q2"]["model"]) == pytest.approx(extra, abs=0.05)
    lost = extra * project("revenue", SEVEN) / project("orders", SEVEN)
    gap = project("revenue", SEVEN, "plan") - project("revenue", SEVEN)
    assert float(KEY.entries["ex04-q3"]["model"]) == pytest.approx(100 * lost / gap, abs=0.05)


@pytest.mark.parametrize("extra", [5, 15, 32, 41, 60, 97.3])
def test_q3_is_marked_on_her_own_answer_to_q2(extra):
    value = project("revenue", SEVEN) / project("orders", SEVEN)
    part = 100 * extra * value / (project("revenue", SEVEN, "plan") - project("revenue", SEVEN))
    assert earned("ex04-q3", round(part, 1), ex04_q2=extra) == SET.find("ex04-q3").points
    assert earned("ex04-q3", round(part, 1)) < SET.find("ex04-q3").points


# ---------------------------------------------------------------- Hiên Nhà


def test_the_score_sheet_of_q5_is_hoa_khanhs():
    def shop(table: str, column: str) -> float:
        return total("cafe_chain", table, column, ("2026-01", "2026-12"), shop_code="Q05")

    text = asked("ex04-q5")
    assert f"| {shop('doors', 'footfall'):,.0f} | {shop('plan', 'footfall'):,.0f} |" in text
    assert f"| {100 * shop('staff', 'checks_passed') / shop('staff', 'checks'):.1f}% | 95% |" in text
    for column in ("posts", "training_hours"):
        assert f"| {shop('staff', column):.0f} | {shop('plan', column):.0f} |" in text
    assert f"| {shop('cash', 'net_cash') / 1e6:.0f} | {shop('plan', 'net_cash') / 1e6:.0f} |" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_points_of_q5_come_out_of_the_question_alone(lang):
    """Whoever takes the five lines as they are printed lands within the key's tolerance."""
    right = 35 * 1.2 + 25 * 97.7 / 95 + 20 * 1.2 + 10 * 382 / 360
    assert float(KEY.entries["ex04-q5"]["model"]) == pytest.approx(right, abs=0.05)
    raw = show(round(right, 1), None, lang)
    assert score(SET.find("ex04-q5"), read_answer(SET.find("ex04-q5"), raw, lang), KEY).earned == 10


def test_the_weights_and_the_firms_points_are_the_storys():
    story = case("cafe_chain").story("en")
    rows = [line for line in asked("ex04-q5").splitlines() if line.startswith("| ")][2:]
    for line, weight in zip(rows, (35, 25, 20, 10, 10), strict=True):
        assert f"| {weight} |" in line
    assert "104.5" in story and "104.5" in asked("ex04-q5")


def test_the_table_of_q9_is_the_cases():
    text = asked("ex04-q9")

    def pair(make, **only: str) -> str:
        now, before = (make(lambda t, c, y=year: total("cafe_chain", t, c, y, **only)) for year in YEARS)
        return f"{now} ({before})"

    makers = (
        lambda of: f"{of('doors', 'footfall'):,.0f}",
        lambda of: f"{100 * of('sales', 'promo_tickets') / of('sales', 'tickets'):.0f}%",
        lambda of: f"{of('sales', 'revenue') / of('sales', 'tickets'):,.0f}",
        lambda of: f"{of('sales', 'revenue') / 1e9:.2f}",
        lambda of: f"{of('stock', 'waste') / 1e6:.0f}",
        lambda of: f"{100 * of('staff', 'checks_passed') / of('staff', 'checks'):.0f}%",
        lambda of: f"{of('cash', 'net_cash') / 1e6:,.0f}",
    )
    for make in makers:
        assert f"| {pair(make)} | {pair(make, shop_code='Q05')} |" in text


YEARS = (("2026-01", "2026-12"), ("2025-01", "2025-12"))


# ---------------------------------------------------------------- Đông Kiều and Bếp Sẵn


def test_the_table_of_q6_is_the_cases():
    text = asked("ex04-q6")
    quarters = (("2025-10", "2025-12"), ("2026-10", "2026-12"))

    def both(make) -> str:
        return " | ".join(
            make(lambda t, c, q=quarter, **only: total("factory", t, c, q, **only)) for quarter in quarters
        )

    def last(column: str) -> str:
        days = (total("factory", "production", column, (q[1], q[1]), stage="Sơn") for q in quarters)
        return " | ".join(f"{value:,.0f}" for value in days)

    wanted = [
        both(lambda of: f"{100 * of('purchases', 'saved') / of('purchases', 'at_standard'):.1f}%"),
        *(
            both(
                lambda of, s=stage: (
                    f"{100 * of('production', 'ideal_hours', stage=s) / of('production', 'planned_hours', stage=s):.0f}%"
                )
            )
            for stage in ("Ép", "Sơn")
        ),
        both(lambda of: f"{of('procedures', 'procedures'):,.0f}"),
        both(lambda of: f"{of('procedures', 'maintenance_hours', stage='Sơn'):.0f}"),
        both(lambda of: f"{of('procedures', 'checks'):,.0f}"),
        both(lambda of: f"{100 * of('production', 'scrap', stage='Ép') / of('production', 'pieces', stage='Ép'):.1f}"),
        both(lambda of: f"{of('production', 'overtime_hours', stage='Sơn'):.0f}"),
        last("waiting"),
        both(lambda of: f"{100 * of('deliveries', 'orders_on_time') / of('deliveries', 'orders_due'):.0f}%"),
    ]
    for cells in wanted:
        assert f"| {cells} |" in text
    planned = [total("factory", "plan", c, ("2026-01", "2026-12")) for c in ("orders_on_time", "orders_due")]
    assert f"{100 * planned[0] / planned[1]:.0f}% of orders on time" in text


def test_the_table_of_q7_is_the_cases():
    text = asked("ex04-q7")
    tables = case("subscription").tables
    months = ["2026-06", "2026-07", "2026-08", "2026-09"]

    def by_month(table: str, columns: list[str], here: bool = True):
        frame = tables[table]
        frame = frame[(frame["city"] == "TP.HCM") == here]
        return frame.groupby("month")[columns].sum().loc[months]

    market = by_month("marketing", ["reach", "new_subscribers", "spend"])
    held, others = (by_month("subscribers", ["opening", "lost", "skipping"], here) for here in (True, False))
    boxes = by_month("service", ["boxes", "boxes_on_time"])
    wanted = (
        [f"{v / 1e3:,.0f}" for v in market["reach"]],
        [f"{v}" for v in market["new_subscribers"]],
        [f"{v / 1e3:.0f}" for v in market["spend"] / market["new_subscribers"]],
        [f"{v:.0f}%" for v in 100 * held["skipping"] / held["opening"]],
        [f"{v:.1f}%" for v in 100 * held["lost"] / held["opening"]],
        [f"{v:.0f}%" for v in 100 * boxes["boxes_on_time"] / boxes["boxes"]],
        [f"{v:.1f}%" for v in 100 * others["lost"] / others["opening"]],
    )
    for cells in wanted:
        assert f"| {' | '.join(cells)} |" in text


# ---------------------------------------------------------------- what earns points


def test_no_question_asks_for_the_cause_of_a_company_that_lesson_04_names():
    """The four causes stand as options in no question about those companies; the fifth firm is the exercise's own."""
    for question in SET.questions:
        words = " ".join(text["en"] for text in question.options.values())
        assert question.id == "ex04-q8" or "weights" not in words.casefold()


@pytest.mark.parametrize("name", ["cafe_chain", "b2b_sales", "factory", "subscription"])
def test_the_checks_of_a_habit_design_quote_no_model_number(name):
    said = kpikit.check(case(name).design("habit"), case(name)).as_text("en")
    for id in ("ex04-q2", "ex04-q3", "ex04-q5"):
        assert str(KEY.entries[id]["model"]) not in said


def test_ticking_everything_earns_little():
    for id, most in (("ex04-q6", 0.25), ("ex04-q7", 0)):
        question = SET.find(id)
        assert earned(id, list(question.options)) <= most * question.points

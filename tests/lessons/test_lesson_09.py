"""Lesson 09's numbers are the café's, and what it says of the view is what the view says (E5)."""

import pytest

from autograder.build import ROOT
from kpikit import exploring
from kpikit.companies import case
from kpikit.gallery import figure
from kpikit.language import LANGUAGES, use
from kpikit.views import weights

TEXT = "".join((ROOT / "lessons" / f"09-weights.{part}").read_text("utf-8") for part in ("md", "yaml"))
CAFE = case("cafe_chain")
EVEN = dict.fromkeys(weights.KPIS, 20)
MORE_CASH = weights.SHEET | {"net_cash": 25}
HALF_CASH = {"footfall": 25, "five_s": 15, "posts": 5, "training_hours": 5, "net_cash": 50}


def of_2026(table, column, **where):
    rows = CAFE.tables[table]
    rows = rows[rows["month"].str.startswith("2026")]
    for name, value in where.items():
        rows = rows[rows[name] == value]
    return rows[column].sum()


@pytest.fixture(autouse=True)
def english():
    use("en")
    yield
    use("vi")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sheet_and_its_points(lang):
    comma = (lambda text: text.replace(".", ",")) if lang == "vi" else str
    reached = weights.attained().loc["roof"]
    total = 0.0
    for id, weight in weights.SHEET.items():
        counts = min(reached[id], weights.MOST)
        total += counts * weight / 100
        assert (
            comma(f"| {weight} | {120 if id == 'posts' else f'{counts:.1f}'} | {counts * weight / 100:.2f} |") in TEXT
        )
    assert comma(f"| 100 | | {total:.2f} |") in TEXT
    assert comma(f"{reached['posts']:.1f}") in TEXT


def test_the_weights_are_the_storys_sheet():
    for lang in LANGUAGES:
        told = [row for row in CAFE.story(lang).splitlines() if row.startswith("| ") and row.count("|") == 5][2:]
        assert [int(row.split("|")[2]) for row in told] == list(weights.SHEET.values())


def test_what_is_short_costs_less_than_posts_earn():
    short = of_2026("plan", "net_cash") - of_2026("cash", "net_cash")
    more = of_2026("staff", "posts") - of_2026("plan", "posts")
    assert round(short / 1e6) == 827
    assert more == 185
    reached = weights.attained().loc["roof"]
    assert f"{10 * (1 - reached['net_cash'] / 100):.2f}" == "3.24"
    assert f"{20 * (weights.MOST / 100 - 1):.2f}" == "4.00"
    for number in ("827", "185", "3.24", "4.00", "3,24", "4,00"):
        assert number in TEXT


def test_hoa_khanh_is_busy_and_loses_cash():
    plan, actual = (of_2026(table, "net_cash", shop_code="Q05") for table in ("plan", "cash"))
    assert (round(actual / 1e6), round(plan / 1e6)) == (-99, 438)
    reached = weights.attained().loc["Hiên Nhà Hòa Khánh"]
    assert round(reached["footfall"]) == 124
    assert reached["footfall"] > weights.MOST
    assert f"{weights.points(weights.SHEET)['Hiên Nhà Hòa Khánh']:.1f}" == "102.3"
    assert "102.3" in TEXT
    ticket = of_2026("sales", "revenue", shop_code="Q05") / of_2026("sales", "tickets", shop_code="Q05")
    assert f"{ticket:,.0f}" == "35,512"


def test_on_the_sheet_of_2026_all_six_earn_the_bonus():
    shops = weights.points(weights.SHEET).drop("roof")
    assert len(shops) == 6
    assert (shops > weights.BONUS).all()


def test_even_weights_take_the_bonus_from_hoa_khanh_alone_and_hardly_move_the_year():
    shops = weights.points(EVEN).drop("roof")
    assert [name for name, value in shops.items() if value <= weights.BONUS] == ["Hiên Nhà Hòa Khánh"]
    before, even = weights.lived(**weights.SHEET), weights.lived(**EVEN)
    assert (round(before.goal), round(even.goal)) == (82, 83)
    assert round(even.build) == round(before.build) == 30


def test_fifteen_more_for_cash_is_a_gift_to_the_five_that_had_their_bonus():
    points = weights.points(MORE_CASH)
    assert sum(MORE_CASH.values()) == 115
    assert f"{points['roof']:.1f}" == "114.6"
    assert f"{points['Hiên Nhà Hòa Khánh']:.1f}" == "102.3"
    assert (points.drop(["roof", "Hiên Nhà Hòa Khánh"]) > 118).all()
    assert "115" in exploring.picture("weights", **MORE_CASH).sentence


def test_half_for_cash_moves_the_year_and_does_not_save_it():
    before, now = weights.lived(**weights.SHEET), weights.lived(**HALF_CASH)
    assert (round(before.build), round(now.build)) == (30, 33)
    assert (round(before.goal), round(now.goal)) == (82, 88)
    assert "from 30% to 33%" in TEXT
    assert "from 82% to 88%" in TEXT


def test_the_worked_example_follows_its_priority():
    assert "84%" in figure("weights", case="distributor").sentence


def test_the_right_weights_of_the_gym_are_the_only_ones_that_pass():
    from kpikit.checklist import check

    kinds = ("outcome", "driver", "activity", "compliance")
    passed = {}
    for name, shares in {
        "even": (25,) * 4,
        "follows": (50, 35, 5, 10),
        "office": (30, 20, 10, 40),
        "over": (50, 35, 15, 15),
    }.items():
        kpis = [
            {"id": k, "name": k, "kind": k, "level": "company", "weight": w, "goal": "G1" if k in kinds[:2] else "G2"}
            for k, w in zip(kinds, shares, strict=True)
        ]
        goals = [{"id": "G1", "role": "primary"}, {"id": "G2", "role": "supporting"}]
        passed[name] = check({"aop": {"goals": goals}, "kpis": kpis}, only=["5.1", "5.2", "5.3"]).score
    assert passed == {"even": 0, "follows": 3, "office": 1, "over": 2}

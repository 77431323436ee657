"""The page of the café chain agrees with its tables: outcomes say how far, drivers say where, neither says both (E2)."""

import pytest

from kpikit.companies import case
from kpikit.language import LANGUAGES, use
from kpikit.metrics import metric
from kpikit.views import two_roles


@pytest.fixture(params=LANGUAGES)
def lang(request):
    use(request.param)
    yield request.param
    use("vi")


def cafe(table):
    return case("cafe_chain").tables[table]


def test_the_goal_and_the_drivers_are_what_the_catalogue_says_they_are():
    kinds = {id: entry.kind for id, entry in case("cafe_chain").catalogue.items()}
    assert kinds[two_roles.GOAL] == "outcome"
    assert {kinds[id] for id in two_roles.DRIVERS} == {"driver"}


def test_cash_is_added_up_from_the_tables():
    money = two_roles.cash(case("cafe_chain"))
    upto = cafe("cash").query("'2026-01' <= month <= '2026-05'")["net_cash"].sum()
    planned = cafe("plan").query("'2026-01' <= month <= '2026-05'")["net_cash"].sum()
    assert money.loc["2026-05", "gap"] == pytest.approx(upto - planned)


def test_a_box_is_the_months_own_actual_and_plan():
    table = two_roles.levers(case("cafe_chain"), "2026-05")
    row = table[(table["driver"] == "tickets") & table["shop"].str.endswith("Hòa Khánh")].iloc[0]
    sold = cafe("sales").query("month == '2026-05' and shop_code == 'Q05'")["tickets"].sum()
    assert row["actual"] == sold
    assert not row["off"], "more tickets than planned are no trouble on this page"
    assert len(table) == 6 * len(two_roles.DRIVERS)


def test_worse_follows_the_direction_of_each_driver():
    table = two_roles.levers(case("cafe_chain"), "2026-05").set_index(["driver", "shop"])
    shop = "Hiên Nhà Hòa Khánh"
    assert table.loc[("basket", shop), "worse"] > 0
    assert table.loc[("waste_rate", shop), "worse"] > 0
    assert table.loc[("tickets", shop), "worse"] < 0


def test_from_april_on_hoa_khanh_stands_out_and_before_nobody_does():
    found = {m: two_roles.stands_out(two_roles.levers(case("cafe_chain"), m)) for m in two_roles.YEAR}
    assert [m for m, shop in found.items() if shop is None] == ["2026-01", "2026-02", "2026-03"]
    assert {shop[0] for shop in found.values() if shop} == {"Hiên Nhà Hòa Khánh"}


def test_the_shop_that_stands_out_is_the_one_that_lacks_the_cash():
    split = metric(case("cafe_chain"), "net_cash", by="ytd", split="shop")
    for month in two_roles.YEAR[3:]:
        here = split[split["period"] == month].set_index("shop")
        assert (here["actual"] - here["plan"]).idxmin() == "Hiên Nhà Hòa Khánh"


@pytest.mark.parametrize("month", range(1, 13))
def test_each_page_tells_only_what_stands_on_it(lang, month):
    told = {lines: two_roles.two_roles_picture(lines, month) for lines in ("outcomes", "drivers", "both")}
    gap = str(abs(round(two_roles.cash(case("cafe_chain")).loc[two_roles.YEAR[month - 1], "gap"] / 1e6)))
    assert gap in told["outcomes"].sentence
    assert gap in told["both"].sentence
    assert "Hòa Khánh" not in told["outcomes"].sentence
    assert gap not in told["drivers"].sentence.replace("24", "")
    assert [len(told[lines].table) for lines in ("outcomes", "drivers", "both")] == [1, 24, 25]
    assert all(len(made.sentence) < 220 for made in told.values())

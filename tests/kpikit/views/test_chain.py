"""The chain of the two call teams agrees with the case: one holds at every link, one breaks at the first (A5)."""

import pytest

from kpikit.companies import case
from kpikit.views import chain


@pytest.mark.parametrize("link", chain.NEXT)
@pytest.mark.parametrize("year", ["both", "2025", "2026"])
def test_every_link_of_team_1_holds(link, year):
    cause, effect = chain.chain_halves(chain.chain_months(case("distributor"), "Đội 1", link, year))
    assert effect >= chain.HOLDS * cause


@pytest.mark.parametrize("year", ["both", "2025", "2026"])
def test_only_the_first_link_of_team_2_is_broken(year):
    holds = {}
    for link in chain.NEXT:
        cause, effect = chain.chain_halves(chain.chain_months(case("distributor"), "Đội 2", link, year))
        holds[link] = effect >= chain.HOLDS * cause
    assert holds == {"calls": False, "qualified_leads": True, "orders": True}


def test_a_lead_is_laid_beside_the_orders_of_the_month_after():
    calls = case("distributor").tables["calls"].set_index(["team", "month"])
    months = chain.chain_months(case("distributor"), "Đội 1", "qualified_leads")
    assert months.loc["2026-04", "effect"] == calls.loc[("Đội 1", "2026-05"), "orders"]
    assert "2026-12" not in months.index


def test_the_years_of_the_chain_say_what_the_story_says():
    change = {team: chain.chain_years(case("distributor"), team)["change"].round(1) for team in chain.TEAMS}
    assert change["Đội 1"].round().tolist() == [13, 15, 13, 13]
    assert (round(change["Đội 2"]["calls"]), change["Đội 2"]["revenue"]) == (32, -0.5)

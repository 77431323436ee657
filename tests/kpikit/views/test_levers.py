"""Three levers, equal in the formula, unequal in what they have ever moved (E3)."""

import pytest

from kpikit import exploring
from kpikit.companies import case
from kpikit.language import LANGUAGES, use
from kpikit.metrics import metric
from kpikit.views import levers
from kpikit.views.levers import LEVERS, TEAMS

FIRM = case("b2b_sales")
TEN = dict.fromkeys(LEVERS, 10)


@pytest.mark.parametrize("team", TEAMS)
def test_the_formula_is_the_tables_own(team):
    """Leads times conversion times order value is revenue, in every window."""
    years = levers._windows(FIRM, team)
    product = years["leads"] * years["conversion"] / 100 * years["order_value"]
    assert product.to_numpy() == pytest.approx(years["revenue"].to_numpy())
    catalogue = metric(FIRM, "revenue", by="year", split="team").set_index(["team", "period"])["actual"]
    assert years["revenue"].iloc[-1] == catalogue[team, "2026"]
    assert years["revenue"].iloc[0] == catalogue[team, "2025"]


@pytest.mark.parametrize("team", TEAMS)
def test_one_percent_of_any_lever_is_one_percent_of_revenue(team):
    now = levers.revenue_now(FIRM, team)[0]
    made = levers.gains(FIRM, team, dict.fromkeys(LEVERS, 1))
    assert made.loc[list(LEVERS), "gain"].to_list() == pytest.approx([now / 100] * 3)


@pytest.mark.parametrize("team", TEAMS)
def test_ten_percent_of_each_is_33_not_30(team):
    now, made = levers.revenue_now(FIRM, team)[0], levers.gains(FIRM, team, TEN)
    assert made.loc["all", "gain"] / now == pytest.approx(1.1**3 - 1)
    assert made.loc["together", "gain"] / now == pytest.approx(0.031)
    assert made["gain"].drop("all").sum() == pytest.approx(made.loc["all", "gain"])


def test_the_strongest_lever_differs_between_the_teams():
    strongest = {team: levers.moved(FIRM, team)["moved"].idxmax() for team in TEAMS}
    assert strongest == {"Đội Dự án": "conversion", "Đội Nhà máy": "leads"}
    for team in TEAMS:
        assert levers.moved(FIRM, team)["moved"].drop(strongest[team]).max() < 4


@pytest.mark.parametrize("team", TEAMS)
def test_what_has_been_seen_never_passes_what_has_moved(team):
    now, bound = levers.revenue_now(FIRM, team)[0], levers.moved(FIRM, team)["moved"] / 100
    made = levers.gains(FIRM, team, dict.fromkeys(LEVERS, 30))
    assert made.loc[list(LEVERS), "seen"].to_list() == pytest.approx((now * bound).to_list())
    assert made.loc["all", "seen"] == pytest.approx(now * ((1 + bound).prod() - 1))
    nothing = levers.gains(FIRM, team, dict.fromkeys(LEVERS, 0))
    assert (nothing == 0).all().all()


def test_the_goals_are_the_aops_of_2027():
    goals = {team: levers.revenue_now(FIRM, team)[1] for team in TEAMS}
    assert goals == {"Đội Dự án": 36e9, "Đội Nhà máy": 42e9}
    assert sum(goals.values()) == FIRM.plan["aop"]["goals"][0]["target"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sentence_says_whether_it_has_been_seen_and_whether_the_goal_is_within_reach(lang):
    use(lang)
    reach = {key: levers._WORDS[key][lang].split("{need}")[1] for key in ("far", "reached")}
    for team in TEAMS:
        for leads in (0, 1, 11, 30):
            for conversion in (0, 3, 24, 30):
                picks = {"leads": leads, "conversion": conversion, "order_value": 0}
                told = exploring.picture("levers", team=team, **picks).sentence
                made, (now, goal) = levers.gains(FIRM, team, picks), levers.revenue_now(FIRM, team)
                assert told.endswith(reach["reached" if made.loc["all", "seen"] >= goal - now else "far"])
                assert len(told) < 240

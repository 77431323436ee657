"""The café's sheet under other weights: points are arithmetic, the simulated year ranks sheets as it should (D4, E5)."""

import itertools

import numpy as np
import pytest

from kpikit import exploring
from kpikit.companies import case
from kpikit.language import LANGUAGES, use
from kpikit.views import weights
from kpikit.years.firm import Firm, drawn
from kpikit.years.mapping import mapped
from kpikit.years.run import run


@pytest.fixture(params=LANGUAGES)
def lang(request):
    use(request.param)
    yield request.param
    use("vi")


def test_what_counts_is_the_catalogues_own_attainment():
    from kpikit.metrics import metric

    cafe = case("cafe_chain")
    whole = metric(cafe, "net_cash", by="year").set_index("period").loc["2026"]
    assert weights.attained().loc["roof", "net_cash"] == pytest.approx(100 * whole["actual"] / whole["plan"])
    assert f"| {weights.FIVE_S_TARGET}% |" in cafe.story("en")


def test_the_office_is_no_shop():
    assert len(weights.attained()) == 1 + 6


def test_points_add_up_what_each_line_brings_and_nothing_counts_below_zero():
    alone = [weights.points(dict.fromkeys(weights.KPIS, 0) | {id: 100}) for id in weights.KPIS]
    together = weights.points(dict.fromkeys(weights.KPIS, 20))
    assert np.allclose(sum(alone) / 5, together)
    assert min(min(a) for a in alone) == 0
    assert max(max(a) for a in alone) == weights.MOST


@pytest.mark.parametrize("cash", [20, 40, 60])
def test_more_weight_on_the_goal_brings_more_of_it(cash):
    rest = {id: weights.SHEET[id] * (100 - cash) / 90 for id in weights.KPIS if id != weights.GOAL}
    heavier, sheet = weights.lived(**rest, net_cash=cash), weights.lived(**weights.SHEET)
    assert heavier.goal > sheet.goal
    assert heavier.build > sheet.build
    assert heavier.show < sheet.show


def test_that_does_not_hang_on_one_lucky_firm():
    """Half of the weight on cash brings more of it than the sheet of 2026, in firms drawn from the prior."""
    cafe, more = case("cafe_chain"), []
    design = cafe.design("habit").as_document()
    company = [k for k in design["kpis"] if k["level"] == "company"]
    half = {"footfall": 25, "five_s": 15, "posts": 5, "training_hours": 5, "net_cash": 50}
    setups = [
        mapped(design | {"kpis": [k | {"weight": shares[k["metric"]]} for k in company]}, cafe).setup
        for shares in (weights.SHEET, half)
    ]
    for firm in [Firm(), *(drawn(np.random.default_rng([9, n])) for n in range(20))]:
        sheet, now = (run(setup, 200, 1, firm).attainment.mean() for setup in setups)
        more.append(now - sheet)
    assert min(more) > 0


def test_no_weights_at_all_is_said(lang):
    made = exploring.picture("weights", **dict.fromkeys(weights.KPIS, 0))
    assert made.sentence == weights._WORDS["none"][lang]


@pytest.mark.parametrize(
    ("shares", "key"),
    [
        ((35, 25, 20, 10, 10), "other"),
        ((20, 20, 20, 20, 20), "even"),
        ((25, 15, 5, 5, 50), "goal"),
        ((35, 25, 20, 10, 25), "over"),
        ((35, 25, 20, 10, 0), "under"),
        ((40, 10, 5, 5, 40), "other"),
    ],
)
def test_the_title_is_the_finding_of_these_weights(shares, key):
    given = dict(zip(weights.KPIS, shares, strict=True))
    assert weights._case(given, sum(shares)) == key
    start = weights._WORDS[key]["en"].split("{")[0]
    use("en")
    assert exploring.picture("weights", **given).sentence.startswith(start)
    use("vi")


def test_corners_draw(lang):
    for shares in list(itertools.product((0, 60), repeat=5))[::3]:
        made = exploring.picture("weights", **dict(zip(weights.KPIS, shares, strict=True)))
        assert len(made.sentence) <= 220
        assert len(made.table) == 7

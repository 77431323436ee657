"""Lesson 10's chains are the distributor's, and what it says of the 400 people is what the view shows (E6)."""

import re

import numpy as np
import pytest

from autograder.build import ROOT
from kpikit.checklist import check
from kpikit.companies import case
from kpikit.language import LANGUAGES, use
from kpikit.metrics import metric
from kpikit.views import scale
from kpikit.views._scale_people import RETURNED, _next, found, people, scored

TEXT = (ROOT / "lessons" / "10-scales.md").read_text("utf-8")
ASKED = (ROOT / "lessons" / "10-scales.yaml").read_text("utf-8")


@pytest.fixture(autouse=True)
def english():
    use("en")
    yield
    use("vi")


def text_of(lang):
    return "\n".join(re.findall(rf'\+\+\+ \{{"lang": "{lang}"\}}\n(.*?)(?=\n\+\+\+|\n```\{{code|\Z)', TEXT, re.S))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_five_chains_their_keepers_and_what_long_would_give(lang):
    keepers = case("distributor").tables["accounts"].set_index("account")["keeper"]
    names = {"Trịnh Thu Hà": "Hà", "Lê Quốc Bảo": "Bảo"}
    rows = [row for row in text_of(lang).splitlines() if row.endswith("| 0 |")]
    assert len(rows) == 5
    for chain, value in scale.chains().items():
        keeper = names[next(k for name, k in keepers.items() if name.endswith(chain))]
        said = f"{value:.1f}%" if lang == "en" else f"{value:.1f}%".replace(".", ",")
        row = next(row for row in rows if row.startswith(f"| {chain} |"))
        assert keeper in row
        assert said in row
        assert value < 100  # so Long's scale gives nobody anything


def test_last_year_is_about_three_quarters_of_the_target():
    sold = metric(case("distributor"), "mt_revenue", by="year").set_index("period")["actual"]["2026"]
    target = next(k.scale.target for k in case("distributor").design("sound").kpis if k.id == "K1")
    assert f"{sold / 1e9:.1f}" == "200.2"
    assert target == 270e9
    assert f"{100 * sold / target:.0f}%" == "74%"
    assert "74%" in text_of("vi") and "74%" in text_of("en")
    assert abs(100 * sold / target - scale.VIEW.picks["usual"].start) < 2.5


SAID = [  # what the text says of a scale, where the slider stands, and whether next year's target is raised
    ("cliff", 60, False, {"idle": 66}),
    ("cliff", 105, False, {"idle": 35}),
    ("cliff", 75, False, {"earned": 97, "nothing": 19, "held": 44, "forward": 17}),
    ("course", 75, False, {"earned": 97, "nothing": 0, "held": 16, "forward": 29}),
    ("cap", 100, False, {"idle": 40, "held": 36}),
    ("line", 100, False, {"earned": 114, "held": 0, "forward": 0}),
    ("line", 100, True, {"earned": 110, "held": 88}),
]


@pytest.mark.parametrize(("shape", "usual", "raised", "said"), SAID)
def test_what_the_text_says_is_what_the_view_shows(shape, usual, raised, said):
    shown = found(shape, usual, raised)._asdict()
    assert {name: round(shown[name]) for name in said} == said
    for number in said.values():
        assert not number or re.search(rf"\b{number}%", TEXT)


def test_nearly_a_third_give_up_at_seventy_and_nobody_on_three_levels():
    assert 28 < found("cliff", 70, False).idle < 33.4
    assert found("course", 70, False).idle < 1


def test_with_the_same_three_numbers_steps_crowd_and_slopes_do_not():
    assert found("steps", 75, False).crowd > 50
    assert found("course", 75, False).crowd < 5


def test_nobody_moves_an_order_on_the_straight_slope():
    assert not people("line", 75, False).moved.any()


def test_certain_to_miss_it_pays_to_hold_orders_back():
    """What Hà reckons at 85% on the cliff: fewer orders now cost no points, and next year they may bring some."""
    this_year = scored("cliff", np.array([85.0, 80.0]))
    next_year = _next("cliff", np.array([95.0, 95.0 + RETURNED * 5]))
    assert this_year.tolist() == [0, 0]
    assert next_year[1] > next_year[0]


@pytest.mark.parametrize(
    ("choice", "scale_of", "passes"),
    [
        ("below", {"floor": 60, "target": 65, "stretch": 75}, False),
        ("stop", {"floor": 68, "target": 75}, False),
        ("slope", {"floor": 68, "target": 75, "stretch": 80}, True),
        ("near", {"floor": 74, "target": 75, "stretch": 80, "points": {"floor": 90}}, True),
    ],
)
def test_the_call_centres_scales_are_what_the_replies_say(choice, scale_of, passes):
    kpi = {"id": "K1", "name": "Tỷ lệ giải quyết", "kind": "driver", "unit": "%", "baseline": 68, "scale": scale_of}
    report = check({"kpis": [kpi | {"level": "company", "weight": 100}]})
    assert choice in ASKED
    assert ("6.2" not in report.failing) == passes
    assert ("cliff" in {note.id for note in report.notes}) == (choice == "near")

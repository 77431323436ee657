"""What the year is used to show holds in 40 firms drawn from the prior, and by these margins in the usual one."""

import re
from pathlib import Path

import numpy as np
import pytest

from kpikit.years import firm as firms
from kpikit.years.causes import CAUSES
from kpikit.years.findings import findings, table
from kpikit.years.firm import PRIOR, Firm, drawn

FIRMS = 40
README = Path(firms.__file__).with_name("README.md")


@pytest.fixture(scope="module")
def prior():
    """Every finding in each of the firms: name -> (40,)."""
    found = [findings(drawn(np.random.default_rng([40, n]))) for n in range(FIRMS)]
    return {name: np.array([f[name].value for f in found]) for name in found[0]}


@pytest.fixture(scope="module")
def usual():
    return {name: f.value for name, f in findings(Firm(), 4096).items()}


def test_the_prior_draws_firms_that_differ():
    assert set(PRIOR) <= set(Firm.__dataclass_fields__)
    assert len({round(drawn(np.random.default_rng([40, n])).heat, 9) for n in range(FIRMS)}) == FIRMS
    assert drawn(np.random.default_rng([40, 0])).on_focus.sum() == pytest.approx(1)


@pytest.mark.parametrize(
    "name",
    [
        "habit",
        "activity",
        "outcome_only",
        "driver_only",
        "quarterly_under_monthly",
        "yearly_under_quarterly",
        "cliff_loads",
        "ratchet_slackens",
        "visits_cost_build",
        "visits_bring_show",
    ],
)
def test_it_holds_in_every_firm(prior, name):
    """Sound beats activity; both kinds of KPI beat one; quarterly lies between; cliffs load; ratchets slacken; visits cost."""
    assert (prior[name] > 0).all()


@pytest.mark.parametrize("cause", CAUSES)
def test_each_cause_alone_harms_in_nine_firms_of_ten(prior, cause):
    """It raises the chance of the paradox or lowers attainment against the sound design (D2 to D5)."""
    assert ((prior[cause] > 0) | (prior[f"{cause}_paradox"] > 0)).mean() >= 0.9


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("habit", 20),
        ("activity", 22),
        ("activity_paradox", 90),
        ("local", 25),
        ("local_paradox", 90),
        ("against", 6),
        ("against_paradox", 15),
        ("frozen", 1.5),
        ("outcome_only", 10),
        ("driver_only", 2.5),
        ("quarterly_under_monthly", 0.7),
        ("yearly_under_quarterly", 5),
        ("cliff_loads", 12),
        ("ratchet_slackens", 1.5),
        ("visits_cost_build", 1.5),
        ("visits_bring_show", 0.3),
    ],
)
def test_margins_in_the_usual_firm(usual, name, least):
    """In percent of the goal, of years or of working time: see README.md."""
    assert usual[name] >= least


def test_the_readme_says_what_is_measured(usual):
    """The block of README.md is what `python -m kpikit.years.findings` prints; its first column of numbers is checked here."""
    block = README.read_text(encoding="utf-8").split("<!-- findings -->")[1].split("<!-- /findings -->")[0]
    said = [float(row.split("|")[2]) for row in block.strip().splitlines()[2:]]
    assert said == pytest.approx(list(usual.values()), abs=0.11)
    assert len(table(firms=1, years=50).splitlines()) == len(said) + 2


def test_the_readme_lists_every_parameter():
    text = README.read_text(encoding="utf-8").split("## Parameters")[1].split("## What it shows")[0]
    listed = set(re.findall(r"\w+", " ".join(row.split("|")[1] for row in text.splitlines() if row.startswith("|"))))
    hits = {"hit_focus", "hit_support"}
    assert set(Firm.__dataclass_fields__) - hits <= listed

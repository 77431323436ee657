"""Any design finds its place in the model, and what could not be placed or had to be guessed is said."""

from pathlib import Path

import numpy as np
import pytest

from kpikit.companies import case, cases
from kpikit.language import LANGUAGES
from kpikit.years.firm import MEASURES
from kpikit.years.mapping import mapped
from kpikit.years.places import METRICS

SAMPLES = sorted((Path(__file__).parents[1] / "designs").glob("*.yaml"))
SHIPPED = [(name, path.stem) for name in cases() for path in sorted((case(name).folder / "designs").glob("*.yaml"))]


def kpi(**fields):
    return {"id": "K1", "level": "department", "scorecard": "Phòng KAM", "weight": 100, **fields}


def measure(*, design=None, **fields):
    return mapped({"kpis": [kpi(**fields)], **(design or {})}).placed[0]


def test_every_metric_of_the_table_is_a_measure_and_every_one_of_the_catalogue_is_placed():
    assert set(METRICS.values()) <= set(MEASURES)
    for id, metric in case("distributor").catalogue.items():
        one = mapped({"kpis": [kpi(metric=id, name=metric.name["vi"])], "case": "distributor"}, "distributor").placed[0]
        assert one.how != "none", id
        sort = (one.measure or "").partition(":")[0]
        if metric.kind in ("activity", "compliance"):
            assert sort == metric.kind, id


def test_the_sound_design_is_placed_without_guesses():
    for name in ("sound", "habit"):
        made = mapped(case("distributor").design(name))
        assert made.guessed == 0
        assert not made.unplaced
        assert made.goal == "revenue"
    sound, habit = (mapped(case("distributor").design(n)).setup for n in ("sound", "habit"))
    assert (sound.every, sound.sees, sound.knows, sound.updates, sound.analyst) == (1, 1.0, 1.0, True, True)
    assert (habit.every, habit.knows, habit.updates, habit.analyst) == (12, 0.0, False, False)


@pytest.mark.parametrize(
    ("name", "scorecard", "expected"),
    [
        ("Số cuộc gọi mỗi ngày", "Phòng KAM", "activity:key_accounts"),
        ("So cuoc goi moi ngay", "phong ke toan", "activity:finance"),
        ("Doanh thu chi nhánh", "Phòng GT", "support"),
        ("Tỷ lệ chấm công đúng giờ", "Phòng Vận hành", "compliance:operations"),
        ("On-time delivery rate", "Operations", "driver:operations"),
        ("Gross profit", "Sales", "profit"),
    ],
)
def test_by_kind_and_name_in_both_languages(name, scorecard, expected):
    assert measure(name=name, scorecard=scorecard, contributes="Góp vào mục tiêu").measure == expected


def test_a_department_number_tied_to_nothing_serves_the_department():
    alone = measure(name="Tỷ lệ giao đúng hạn", scorecard="Phòng Vận hành")
    tied = measure(
        name="Tỷ lệ giao đúng hạn", scorecard="Phòng Vận hành", contributes="Giao đúng hạn thì kệ không trống"
    )
    assert (alone.measure, tied.measure) == ("local:operations", "driver:operations")


def test_what_nobody_can_place_is_left_out_and_named():
    made = mapped({"kpis": [kpi(id="K1", name="Xyzzy"), kpi(id="K2", name="Doanh thu", contributes="Mục tiêu")]})
    assert [p.id for p in made.unplaced] == ["K1"]
    assert len(made.setup) == 1
    for lang in LANGUAGES:
        assert "Xyzzy" in made.summary(lang)


def test_guesses_are_counted_by_what_is_felt():
    made = mapped({"kpis": [kpi(name="Doanh thu", scorecard="Nhóm Sao Mai", contributes="Mục tiêu")]})
    assert made.placed[0].how == "guess"
    assert made.guessed == pytest.approx(1)


def test_scales_are_placed_by_baseline_and_target():
    down = kpi(
        name="DSO",
        direction="down",
        baseline=30,
        scale={"floor": 28, "target": 26, "stretch": 25},
        metric="dso",
        contributes="x y",
    )
    bare = kpi(id="K2", name="Số lượt viếng thăm", baseline=100, scale={"target": 110})
    won = kpi(id="K3", name="Số lượt viếng thăm", baseline=100, scale={"target": 90})
    setup = mapped({"kpis": [down, bare, won]}).setup
    assert setup.lines[0] == pytest.approx([0.5, 1, 1.25])
    assert setup.lines[1].tolist() == [-5, 1, 1]
    assert setup.points[1].tolist() == [0, 1, 1]
    assert setup.ahead.tolist() == [0, 0, 1]


def test_weights_reach_the_people_who_feel_them():
    made = mapped(
        {
            "kpis": [
                kpi(id="A", name="Doanh thu", level="company", scorecard="Công ty"),
                kpi(id="B", name="Số lượt viếng thăm"),
            ]
        }
    )
    assert made.setup.weight[0] == pytest.approx([0.3, 0.7])  # key accounts: the company's 30%, its own 70%
    assert made.setup.weight[3] == pytest.approx([1, 0])  # operations has no scorecard of its own


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_every_sample_design_runs(path):
    made = mapped(path)
    assert 0 <= made.guessed <= 1 + 1e-9
    rows = made.setup.weight.sum(axis=1)
    assert np.all((np.abs(rows - 1) < 1e-9) | (rows == 0))
    assert len(made.rows("vi")) == len(made.rows("en")) == len(made.placed)


@pytest.mark.parametrize(("name", "design"), SHIPPED)
def test_every_shipped_design_runs(name, design):
    made = mapped(case(name).design(design), name)
    assert not made.unplaced, made.summary("en")

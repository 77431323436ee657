"""What holds for every case: its script makes its tables, its designs are what they say they are."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import kpikit
from kpikit.companies import Case, case, cases
from kpikit.design import Design
from kpikit.metrics import metric

KEYS = Path(__file__).parents[2] / "autograder" / "keys" / "designs"
CASES = [pytest.param(case(name), id=name) for name in cases()]
every_case = pytest.mark.parametrize("firm", CASES)


def sound(firm: Case) -> Design:
    """The distributor's is public, the others' are keys."""
    key = KEYS / f"{firm.id}-sound.yaml"
    return firm.design("sound") if "sound" in firm.designs else kpikit.load(key)


@every_case
def test_the_script_makes_the_committed_tables_byte_for_byte(firm: Case, tmp_path: Path) -> None:
    script = firm.folder / "make.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True)
    made = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    assert made == {p.name: p.read_bytes() for p in (firm.folder / "tables").iterdir()}


@every_case
def test_tables_are_small_complete_and_described(firm: Case) -> None:
    assert sum(p.stat().st_size for p in (firm.folder / "tables").iterdir()) < 400_000
    assert set(firm.catalogue.about) == set(firm.tables)
    assert not any(firm.tables[name].isna().any().any() for name in firm.tables)


@every_case
def test_every_metric_has_its_actuals_of_both_years(firm: Case) -> None:
    for id in firm.catalogue:
        years = metric(firm, id, by="year").set_index("period")["actual"]
        grows = firm.catalogue[id].definition["type"] == "growth"
        assert years[["2026"] if grows else ["2025", "2026"]].notna().all(), id


@every_case
def test_the_story_is_told_in_both_languages_at_a_length_people_read(firm: Case) -> None:
    assert firm.story("vi").count("## ") == firm.story("en").count("## ")
    for lang in ("vi", "en"):
        told, _, notes = firm.story(lang).rpartition("\n## ")  # the notes on the data come last
        words = re.sub(r"^\|.*$", "", told, flags=re.MULTILINE).split()
        assert 400 <= len(words) <= 700
        assert notes


@every_case
def test_the_aop_is_planned_month_by_month(firm: Case) -> None:
    """Each goal's target is its metric's plan of 2027, each baseline its actual of 2026."""
    for goal in firm.plan["aop"]["goals"]:
        years = metric(firm, goal["metric"], by="year").set_index("period")
        assert years["plan"]["2027"] == pytest.approx(goal["target"], rel=0.01), goal["id"]
        assert years["actual"]["2026"] == pytest.approx(goal["baseline"], rel=0.01), goal["id"]


@every_case
def test_the_sound_design_passes_all_24_and_no_note_fires(firm: Case) -> None:
    report = kpikit.check(sound(firm), firm)
    assert (report.score, report.verdict) == (24, "sound")
    assert [note.id for note in report.notes] == []


@every_case
def test_the_sound_design_carries_the_cases_own_aop(firm: Case) -> None:
    assert sound(firm).aop == kpikit.load(firm.folder / "plan.yaml").aop


@every_case
def test_baselines_in_the_sound_design_are_the_years_actuals(firm: Case) -> None:
    for kpi in sound(firm).kpis:
        if kpi.metric:
            years = metric(firm, kpi.metric, by="year").set_index("period")["actual"]
            assert years["2026"] == pytest.approx(kpi.baseline, rel=0.01), kpi.id


@every_case
def test_the_habit_design_meets_the_paradox_at_its_root(firm: Case) -> None:
    report = kpikit.check(firm.design("habit"), firm)
    failed = {check.id for check in report.checks if not check.passed}
    assert report.verdict == "paradox"
    assert {"2.2", "2.3", "5.1", "7.3"} <= failed


@every_case
def test_design_kpis_have_the_kind_and_direction_of_their_metric(firm: Case) -> None:
    for design in (firm.design("habit"), sound(firm)):
        for kpi in design.kpis:
            if kpi.metric:
                entry = firm.catalogue[kpi.metric]
                assert (entry.kind, entry.direction) == (kpi.kind, kpi.direction or "up"), kpi.id

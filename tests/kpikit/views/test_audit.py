"""The checklist by hand: F9's two lines, the first difference and its place, the same table in both languages."""

import pytest

from kpikit import exploring
from kpikit.checklist import IDS, check
from kpikit.language import LANGUAGES, use
from kpikit.views import audit


@pytest.fixture(params=LANGUAGES)
def lang(request):
    use(request.param)
    yield request.param
    use("vi")


def seen(**picks):
    return exploring.picture("audit", **picks)


def passed(lang):
    return [c.id for c in audit.report(lang).checks if c.passed]


def test_the_questions_are_the_checklists_own():
    from kpikit.checklist.words import entry

    options = audit.VIEW.picks["ticked"].options
    assert tuple(options) == IDS
    assert all(options[id][code] == f"{id} {entry(id)['question'][code]}" for id in IDS for code in LANGUAGES)


def test_in_both_languages_it_is_the_same_table():
    vi, en = (audit.table(code) for code in LANGUAGES)
    numbers = ("id", "weight", "baseline", "scale", "kind", "goal", "parent", "level", "origin", "cadence", "direction")
    for a, b in zip(vi["kpis"], en["kpis"], strict=True):
        assert {n: a.get(n) for n in numbers} == {n: b.get(n) for n in numbers}
    assert list(audit.report("vi").failing) == list(audit.report("en").failing)


@pytest.mark.parametrize(
    "ticked", [set(), set(IDS), set(IDS) - {"5.3"}, set(IDS[:16]), set(IDS) - {"1.1", "8.3"}, {"2.1"}]
)
def test_the_verdict_is_the_reports_own(ticked):
    """F9 is read as `kpikit.check` reads it: the same two warnings for the same ticks."""
    from kpikit.report import Checked, Finding, Report

    checks = [Checked(id, str, [] if id in ticked else [Finding("aop", lambda lang: ("", ""))]) for id in IDS]
    assert audit.warnings(ticked) == Report("", checks, []).warnings


def test_nothing_ticked_asks_to_read_first(lang):
    assert seen().sentence == audit._WORDS["none"][lang].format(of=24)


def test_the_first_difference_and_its_place_are_named(lang):
    said = seen(ticked=[*passed(lang), "5.3"], show_kit="compared").sentence
    assert "5.3" in said
    assert audit.report(lang).failing["5.3"][0] in said


def test_stricter_than_the_kit_is_no_mistake(lang):
    said = seen(ticked=[id for id in passed(lang) if id != "7.3"], show_kit="compared").sentence
    assert said.startswith(audit._WORDS["stricter"][lang].format(n=1, id="7.3"))


def test_alike_asks_what_else(lang):
    assert seen(ticked=passed(lang), show_kit="compared").sentence.startswith(audit._WORDS["alike"][lang].format(of=24))


def test_mine_alone_gives_nothing_away(lang):
    """Until she compares, neither the figure nor the table says what kpikit finds."""
    from matplotlib.text import Text

    made = seen(ticked=["1.1"])
    told = " ".join(t.get_text() for t in made.figure.findobj(Text)) + made.table.to_string()
    assert "D3" not in told
    assert "K4" not in told
    assert audit._WORDS["kit"][lang] not in made.table.columns


def test_compared_the_table_has_every_reason(lang):
    why = seen(ticked=["1.1"], show_kit="compared").table[audit._WORDS["why"][lang]]
    assert [id for id, text in why.items() if text] == list(audit.report(lang).failing)


def test_it_reads_the_design_as_everybody_does(lang):
    assert check(audit.table(lang)).failing == audit.report(lang).failing


@pytest.mark.parametrize("groups", [("5",), ("2", "7"), ("2", "5", "7")])
def test_the_groups_caught_are_named(lang, groups):
    said = seen(ticked=[id for id in IDS if id[0] not in groups]).sentence
    assert all(group in said for group in groups)
    assert len(said) <= 220

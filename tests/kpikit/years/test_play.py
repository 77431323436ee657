"""The screen asks which design to run, the learner's own among them, and a year can be begun again (G4, G5)."""

import pytest

from kpikit.companies import case
from kpikit.documents import as_yaml
from kpikit.language import LANGUAGES, use
from kpikit.views._year_of_yours_design import MENDS, sheets
from kpikit.years import at_hand
from kpikit.years.at_hand import CASES, own
from kpikit.years.firm import MONTHS
from kpikit.years.game import start
from kpikit.years.play import Table, play

DESIGN = {
    "company": "Trung tâm Sao Mai",
    "aop": {"goals": [{"id": "G1", "name": "Doanh thu", "role": "primary", "baseline": 10, "target": 12, "unit": "VND"}]},
    "kpis": [{"id": "K1", "name": "Doanh thu", "kind": "outcome", "goal": "G1", "level": "company", "weight": 100}],
}  # fmt: skip


@pytest.fixture(params=LANGUAGES)
def lang(request):
    use(request.param)
    yield request.param
    use("vi")


@pytest.fixture
def lessons(tmp_path, monkeypatch):
    """A lesson's folder in the course's layout, with nothing put together in a view yet."""
    monkeypatch.setattr(at_hand, "put_together", [])
    folder = tmp_path / "lessons" / "vi"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def answered(lessons, code, design, whose="own"):
    folder = lessons.parent.parent / "exercises" / code / "capstone"
    folder.mkdir(parents=True)
    record = {
        "version": 1,
        "exercise": "capstone",
        "lang": code,
        "answers": {"capstone-q1": whose, "capstone-q2": design},
    }
    (folder / "answers.yaml").write_text(as_yaml(record), "utf-8")
    return folder / "answers.yaml"


def offered(table):
    return [name for name, _ in table.which.options]


def choose(table, name):
    table.which.value = offered(table).index(name)


# ---------------------------------------------------------------- what is at hand


def test_without_anything_of_her_own_the_samples_are_there(lang, lessons):
    found, faults = at_hand.at_hand(lessons, lang)
    assert faults == []
    assert [one.case for one in found] == [CASES[0], *CASES]
    assert all(one.open().kpis for one in found)
    assert len({one.name for one in found}) == len(found)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_capstones_answer_is_found_in_whichever_language_it_was_given(lang, lessons, code):
    answered(lessons, code, DESIGN)
    (found,), faults = own(lessons, lang)
    assert found.open().company == "Trung tâm Sao Mai"
    assert found.case is None
    assert faults == []


def test_a_capstone_for_a_case_knows_its_case(lang, lessons):
    answered(lessons, "vi", DESIGN, whose="factory")
    assert own(lessons, lang)[0][0].case == "factory"


def test_answers_in_both_languages_count_once_and_the_readers_first(lang, lessons):
    for code in LANGUAGES:
        answered(lessons, code, {**DESIGN, "company": code})
    (found,), _ = own(lessons, lang)
    assert found.open().company == lang


def test_a_capstone_without_a_kpi_yet_is_none(lang, lessons):
    answered(lessons, "vi", {"company": "Sao Mai"})
    assert own(lessons, lang) == ([], [])


def test_a_file_beside_the_notebook_is_found_and_other_files_are_left_alone(lang, lessons):
    (lessons / "thiết kế.yaml").write_text(as_yaml(DESIGN), "utf-8")
    (lessons / "environment.yml").write_text("name: kpikit\nchannels: [conda-forge]\n", "utf-8")
    (lessons / ".hidden.yaml").write_text(as_yaml(DESIGN), "utf-8")
    (lessons / "notes.txt").write_text("KPI", "utf-8")
    (found,), faults = own(lessons, lang)
    assert "thiết kế.yaml" in found.name
    assert faults == []


def test_a_file_that_cannot_be_read_is_said_without_its_whole_path(lang, lessons):
    (lessons / "mine.yaml").write_text("kpis:\n  - weight: nhiều\n", "utf-8")
    (lessons / "broken.yaml").write_text("kpis: [", "utf-8")
    found, faults = own(lessons, lang)
    assert found == []
    assert len(faults) == 2
    assert not any(str(lessons) in fault for fault in faults)


def test_reading_changes_nothing(lessons):
    path = answered(lessons, "vi", DESIGN)
    path.write_text("answers: [not a record", "utf-8")
    before = sorted(path.parent.iterdir())
    _, faults = own(lessons, "vi")
    assert len(faults) == 1
    assert sorted(path.parent.iterdir()) == before


# ---------------------------------------------------------------- the screen


def test_her_own_design_is_played_to_december_by_buttons(lang, lessons):
    (lessons / "mine.yaml").write_text(as_yaml(DESIGN), "utf-8")
    table = Table(start(seed=2), asks=True)
    assert "mine.yaml" in offered(table)[0]
    for _ in range(MONTHS):
        table.next()
    assert table.trouble.value == ""
    assert table.game.over
    assert table.game.opening.company == "Trung tâm Sao Mai"
    assert table.game.seed == 2
    assert "mine.yaml" in table.shown.value
    assert "100%" in table.shown.value, "without a scale and a metric it all rests on guesses, and that is said"


def test_what_the_view_put_together_last_is_played_even_when_picked_after_the_screen_was_drawn(lang, lessons):
    at_hand.put_together[:] = [sheets(())]
    table = Table(start(seed=2), asks=True)
    at_hand.put_together[:] = [sheets(MENDS, lang)]
    table.next()
    assert table.game.opening == sheets(MENDS, lang)


def test_design_and_year_can_be_chosen(lang, lessons):
    table = Table(start(seed=1), asks=True)
    names = offered(table)
    choose(table, names[-1])
    table.year.value = 4
    table.next()
    assert (table.game.case, table.game.seed) == (CASES[-1], 4)
    assert names[-1] in table.shown.value


def test_a_year_can_be_begun_again_and_meets_the_same_luck(lang, lessons):
    table = Table(start(seed=2), asks=True)
    assert table.anew_button.layout.display == "none"
    choose(table, offered(table)[2])
    for _ in range(MONTHS):
        table.next()
    first = table.game
    assert table.button.disabled
    assert table.anew_button.layout.display == ""
    table.again()
    assert (table.game.month, table.button.disabled) == (0, False)
    assert table.which.label == offered(table)[2]
    for _ in range(MONTHS):
        table.next()
    assert table.game.boards == first.boards


def test_a_design_that_is_given_is_run_without_asking(lang, lessons):
    box = play(case("factory").design("habit"), seed=3)
    assert box.children[1].children == ()
    table = Table(start(case("factory").design("habit"), 3, "factory", every=1))
    table.next()
    table.again()
    assert (table.game.seed, table.game.every, table.game.case) == (3, 1, "factory")


def test_the_asked_for_rhythm_holds_whatever_is_chosen(lessons):
    table = Table(start(seed=1, every=2), asks=True, every=2)
    table.next()
    assert table.game.every == 2


def test_what_cannot_be_read_is_said_on_the_screen_and_nothing_else_is_lost(lang, lessons):
    (lessons / "mine.yaml").write_text("kpis: [", "utf-8")
    table = Table(start(seed=2), asks=True)
    assert "mine.yaml" in table.controls.children[-1].value
    table.next()
    assert table.game.month == 1


def test_a_share_just_short_of_the_line_is_not_rounded_onto_it(lessons):
    use("en")
    table = Table(start(sheets(("weights", "drivers", "review"), "en"), 2, "distributor"))
    for _ in range(4):
        table.next()
    board = table.game.boards[-1]
    assert round(board.booked / board.plan, 3) == 0.976
    assert "✗ 97.6%" in table.shown.value

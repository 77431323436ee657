"""What a year says: chances, causes, months, in both languages; and nothing a learner wrote runs as markup."""

import json
import time
from pathlib import Path

import numpy as np
import pytest

import kpikit.years.run as running
from kpikit.companies import case
from kpikit.language import LANGUAGES, Trouble, use
from kpikit.years.causes import CAUSES
from kpikit.years.result import CAUSE_NAMES, year
from kpikit.years.run import run

FOLDER = Path(__file__).parents[3] / "cases" / "distributor" / "designs"


@pytest.fixture(scope="module")
def habit():
    return year(FOLDER / "habit.yaml", years=400)


@pytest.fixture(scope="module")
def sound():
    return year(FOLDER / "sound.yaml", years=400)


def test_a_path_a_mapping_and_a_value_give_the_same(habit):
    design = case("distributor").design("habit")
    assert year(design, years=400).as_dict() == habit.as_dict()
    assert year(design.as_document(), years=400).paradox == habit.paradox


def test_the_habit_design_is_green_and_misses(habit, sound):
    assert habit.green > 0.5 > habit.met
    assert habit.paradox > 0.5
    assert sound.met > 0.5
    assert sound.paradox < 0.1


def test_the_heaviest_cause_is_found_by_switching_off(habit, sound):
    assert habit.heaviest is not None
    assert habit.heaviest.name == "activity"
    assert habit.heaviest.gain > 0.05
    assert {c.name for c in habit.causes} == set(CAUSES) == set(CAUSE_NAMES)
    assert sound.heaviest is None


@pytest.mark.parametrize("cause", CAUSES)
def test_a_cause_laid_on_the_sound_design_is_found_again(sound, cause):
    """Switched on, then found by switching each off: the cure of that cause brings most."""
    from dataclasses import replace

    made = replace(sound.mapping, setup=CAUSES[cause](sound.mapping.setup))
    ill = replace(sound, mapping=made, years=run(made.setup, 400))
    assert ill.heaviest is not None
    assert ill.heaviest.name == cause


def test_the_miss_is_visible_long_before_a_yearly_review(habit, sound):
    assert habit.month("could") < 6
    assert habit.month("did") == 12
    assert sound.month("did") == sound.month("could")  # a monthly review sees what there is to see


def test_same_seed_same_answer(habit):
    assert year(FOLDER / "habit.yaml", years=400).as_text("vi") == habit.as_text("vi")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_says_what_it_is_in_both_languages(habit, lang):
    use(lang)
    text = habit.as_text()
    assert {"vi": "không dự báo một công ty", "en": "does not forecast a company"}[lang] in text
    assert {"vi": "Năm giả lập", "en": "The simulated year"}[lang] in text
    assert str(habit) == text
    assert habit.sentences(lang)[0] in habit._repr_html_().replace("&quot;", '"')


def test_as_dict_is_plain(habit):
    plain = json.loads(json.dumps(habit.as_dict()))
    assert plain["years"] == 400
    assert len(plain["effort"]["key_accounts"]["build"]) == 12
    assert set(plain["what_it_is"]) == set(LANGUAGES)


def test_markup_in_a_design_is_shown_not_run():
    bad = "<script>alert(1)</script>"
    made = year(
        {
            "company": bad,
            "kpis": [
                {"id": "K1", "name": bad + " doanh thu", "kind": "outcome", "level": "department", "scorecard": bad}
            ],
        },
        years=20,
    )
    assert "<script" not in made._repr_html_()


def test_an_empty_design_lives_through_a_year():
    made = year({}, years=30)
    assert made.green == 0
    assert np.isnan(made.score).all()
    for lang in LANGUAGES:
        assert made.as_text(lang)
    json.dumps(made.as_dict())


@pytest.mark.parametrize("options", [{"years": 0}, {"years": 2.5}, {"years": True}, {"seed": -1}, {"years": 10**9}])
def test_a_wrong_number_is_said_in_both_languages(options):
    with pytest.raises(Trouble) as error:
        year({}, **options)
    assert set(error.value.words) == set(LANGUAGES)


def test_no_module_bears_the_public_name():
    folder = Path(running.__file__).parent
    assert "year" not in {p.stem for p in folder.iterdir()}


def test_a_slider_answers_at_once(sound):
    """300 years in a tenth of a second of one core (issue 5); the benchmark measures it with care."""
    design = case("distributor").design("sound")
    times = []
    for _ in range(3):
        start = time.process_time()
        year(design, years=300)
        times.append(time.process_time() - start)
    assert min(times) < 0.1

"""Each picture states its finding, has a sentence and a table, and is drawn in both languages."""

import pytest

from kpikit.companies import case
from kpikit.language import LANGUAGES, use
from kpikit.years import pictures
from kpikit.years.result import year


@pytest.fixture(scope="module")
def lived():
    return [year(case("distributor").design(name), years=200) for name in ("sound", "habit")]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["wall", "effort", "effort_of", "cloud", "beside"])
def test_a_picture_has_its_sentence_and_table(lived, name, lang):
    use(lang)
    sound, habit = lived
    made = {
        "wall": lambda: pictures.wall(habit),
        "effort": lambda: pictures.effort(habit),
        "effort_of": lambda: pictures.effort(sound, "key_accounts"),
        "cloud": lambda: pictures.cloud(habit),
        "beside": lambda: pictures.beside(sound, habit, ("A", "B")),
    }[name]()
    assert tuple(made.figure.get_size_inches() * made.figure.dpi) == (1280, 720)
    assert len(made.sentence) > 20
    assert len(made.table)
    texts = [t for axes in made.figure.axes for t in axes.texts] + made.figure.texts
    assert min(t.get_fontsize() for t in texts) >= 14
    assert made.figure.texts[0].get_text().replace("\n", " ") == made.sentence


def test_the_wall_shows_a_year_of_the_paradox(lived):
    _, habit = lived
    assert habit.years.paradox[pictures.telling(habit)]


def test_an_empty_design_can_be_drawn():
    made = year({}, years=30)
    assert len(pictures.wall(made).table) == 0
    assert pictures.cloud(made).sentence
    assert pictures.effort(made).sentence


def test_a_dollar_in_a_name_is_no_formula():
    made = year({"kpis": [{"id": "K1", "name": r"Revenue $\frac$ in $", "level": "company", "weight": 100}]}, years=20)
    pictures.wall(made).figure.canvas.draw()

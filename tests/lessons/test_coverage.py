"""Every number of the curriculum is taught, practised and, where a design can show it, checked; the glossary is whole."""

import json
import re

import pytest

from autograder import glossary
from autograder.build import ROOT, figures_in, sources
from autograder.coverage import coverage
from kpikit.checklist import IDS
from kpikit.language import LANGUAGES

WORDS = glossary.entries(ROOT)


@pytest.mark.parametrize("covered", coverage(), ids=lambda c: c.id)
def test_every_number_is_taught_in_a_lesson_and_practised_in_an_exercise(covered):
    assert covered.lessons
    assert covered.questions


def test_every_check_looks_for_a_number_and_each_group_has_its_three():
    by_id = {c.id: c.checks for c in coverage()}
    assert {check for checks in by_id.values() for check in checks} == set(IDS)
    for group in "12345678":
        assert by_id[f"F{group}"] == tuple(f"{group}.{n}" for n in (1, 2, 3))


def test_sources_cite_numbers_that_exist():
    known = {c.id for c in coverage()}
    for source in sources():
        asked = {c for q in source.questions.questions for c in q.covers} if source.questions else set()
        assert set(source.header["covers"]) | asked <= known, source.name
        assert asked <= set(source.header["covers"]), f"{source.name}: its header does not name what it asks"


def test_lessons_name_an_exercise_and_exercises_a_lesson_that_exist():
    lessons = {s.name[:2] for s in sources() if not s.exercise}
    exercises = {s.name for s in sources() if s.exercise}
    for source in sources():
        if source.exercise:
            assert set(str(source.header["lesson"]).split(", ")) <= lessons, source.name
        elif source.header.get("exercise"):
            assert source.header["exercise"] in exercises, source.name


# ---------------------------------------------------------------- glossary


@pytest.mark.parametrize("id", WORDS)
def test_a_word_has_its_twins_and_the_lesson_that_teaches_it(id):
    entry = WORDS[id]
    assert figures_in(entry["means"]["vi"]) == figures_in(entry["means"]["en"])
    assert str(entry["lesson"]) in {s.name[:2] for s in sources() if not s.exercise}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_lesson_opens_the_glossary_and_its_links_reach_a_word(lang):
    page = json.loads((ROOT / "lessons" / lang / "glossary.ipynb").read_text("utf-8"))
    heads = {glossary.anchor(re.sub(r"^### ", "", cell["source"][0].strip())) for cell in page["cells"][1:]}
    assert len(heads) == len(WORDS)
    linked = set()
    for source in (s for s in sources() if not s.exercise):
        cells = json.loads((ROOT / "lessons" / lang / f"{source.name}.ipynb").read_text("utf-8"))["cells"]
        text = "".join(line for cell in cells for line in cell["source"])
        assert f"[{glossary.TITLE[lang]}](glossary.ipynb)" in text
        linked |= set(re.findall(r"\]\(glossary\.ipynb#(\S+) \"[^\"]+\"\)", text))
    assert linked <= heads
    assert len(linked) >= len(WORDS) / 2, "most words are linked from where they are taught"


def test_an_unknown_word_is_refused_by_name():
    with pytest.raises(glossary.Trouble, match="nowhere"):
        glossary.linked("see [this](#nowhere)", WORDS, "en", ROOT / "x.md")


def test_the_vietnamese_alphabet_orders_the_page():
    order = sorted(["đòn bẩy", "dòng tiền", "ân", "ăn", "an"], key=lambda word: glossary._place(word))
    assert order == ["an", "ăn", "ân", "dòng tiền", "đòn bẩy"]

"""Lessons and exercises: built notebooks equal their sources, run from top to bottom, and answer every choice."""

import asyncio
import json
import re
import shutil
import warnings

import nbformat
import pytest
from nbclient import NotebookClient

import kpikit
from autograder import build
from autograder.build import ROOT, figures_in, sources
from kpikit.language import LANGUAGES
from kpikit.questions import mark_by_replies, read_questions, set_id

NOTEBOOKS = sorted(
    p.relative_to(ROOT)
    for lang in LANGUAGES
    for p in [*(ROOT / "lessons" / lang).glob("*.ipynb"), *(ROOT / "exercises" / lang).glob("*/*.ipynb")]
)
LESSONS = sorted((ROOT / "lessons").glob("[0-9]*.yaml"))
CALL = re.compile(r"\bkpikit\.(\w+)")


def questions():
    """Every check question of the lessons; a guess without a right answer is none."""
    return [(path.stem, q) for path in LESSONS for q in read_questions(path).questions if q.right is not None]


def guesses():
    return [q for path in LESSONS for q in read_questions(path).questions if q.right is None]


def test_built_notebooks_equal_their_sources():
    assert build.stale() == []


def test_every_lesson_and_exercise_is_built_in_both_languages():
    assert len(NOTEBOOKS) == 2 * (len(sources()) + 1) > 2, "and the glossary"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=str)
def test_a_notebook_runs_from_top_to_bottom(path, tmp_path):
    folder = tmp_path / "learner"
    shutil.copytree((ROOT / path).parent, folder, ignore=shutil.ignore_patterns("answers.yaml", ".answers", ".ipynb_*"))
    notebook = nbformat.read(folder / path.name, as_version=4)
    policy = asyncio.get_event_loop_policy()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        NotebookClient(
            notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
        ).execute()
    asyncio.set_event_loop_policy(policy)
    errors = [
        o
        for cell in notebook.cells
        for o in cell.get("outputs", [])
        if o.output_type == "error" or o.get("name") == "stderr"
    ]
    assert errors == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=str)
def test_code_cells_are_folded_and_use_public_names_only(path):
    for cell in json.loads((ROOT / path).read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            assert cell["metadata"]["jupyter"]["source_hidden"]
            assert set(CALL.findall("".join(cell["source"]))) <= set(kpikit.__all__)


@pytest.mark.parametrize("source", sources(), ids=lambda s: s.name)
def test_each_question_is_asked_once_in_the_order_of_its_file(source):
    asked = [build.ASK.search(code)[1] for kind, code in source.cells if kind == "code" and build.ASK.search(code)]
    own = [id for id in asked if set_id(id) == source.questions.id]
    assert own == [q.id for q in source.questions.questions]
    assert set(asked) - set(own) <= {q.id for q in guesses()}, "only a guess is asked again in another lesson"


@pytest.mark.parametrize("source", [s for s in sources() if not s.exercise], ids=lambda s: s.name)
def test_a_lesson_asks_before_it_explains_shows_a_figure_and_lets_one_look_inside(source):
    code = [content for kind, content in source.cells if kind == "code"]
    calls = [CALL.search(c)[1] for c in code if CALL.search(c)]
    assert 3 <= len([c for c in calls if c == "ask"]) <= 7
    assert {"explore", "figure", "pace", "evidence", "year", "play"} & set(calls)
    names = next(n for n, (kind, text) in enumerate(source.cells) if kind == "text" and "Nhầm lẫn hay gặp nhất" in text["vi"])  # fmt: skip
    first = next(n for n, (kind, content) in enumerate(source.cells) if kind == "code" and "kpikit.ask" in content)
    assert first < names
    assert "tò mò" in source.cells[-2][1]["vi"]
    assert source.cells[-1][0] == "code"


def test_a_guess_has_no_replies_and_comes_back():
    for question in guesses():
        assert not question.replies
        asked = [
            s.name for s in sources() if any(kind == "code" and question.id in content for kind, content in s.cells)
        ]
        assert len(asked) == 2, question.id


@pytest.mark.parametrize(("lesson", "question"), questions(), ids=lambda v: getattr(v, "id", v))
def test_every_choice_has_its_own_reply(lesson, question):
    if question.kind == "classify":
        wanted = {f"{item}.{option}" for item in question.items for option in question.options}
    else:
        wanted = set(question.options)
    assert set(question.replies) == wanted
    for lang in LANGUAGES:
        told = [words[lang] for words in question.replies.values()]
        assert len(set(told)) == len(told)


@pytest.mark.parametrize(("lesson", "question"), questions(), ids=lambda v: getattr(v, "id", v))
def test_the_right_answer_earns_everything_and_any_other_less(lesson, question):
    assert mark_by_replies(question, question.right).share == 1
    if question.kind == "choice":
        assert all(
            mark_by_replies(question, option).share == 0 for option in question.options if option != question.right
        )


@pytest.mark.parametrize(("lesson", "question"), questions(), ids=lambda v: getattr(v, "id", v))
def test_twins_say_the_same_numbers(lesson, question):
    for words in [question.ask, *question.options.values(), *question.items.values(), *question.replies.values()]:
        assert figures_in(words["vi"]) == figures_in(words["en"]), words["vi"]


def test_a_lesson_is_fifteen_minutes_and_ends_at_work():
    for source in sources():
        if not source.exercise:
            assert 10 <= int(source.header["minutes"]) <= 20
            assert any(kind == "text" and "## Sáng thứ Hai" in text["vi"] for kind, text in source.cells)


def test_the_lesson_index_lists_every_lesson_and_exercise():
    index = {kind: (ROOT / kind / "README.md").read_text("utf-8") for kind in ("lessons", "exercises")}
    for source in sources():
        assert source.path.relative_to(ROOT).parts[1] in index[source.path.relative_to(ROOT).parts[0]]

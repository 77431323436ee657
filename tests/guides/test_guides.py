"""The guides tell the truth: their commands exist, their links reach, the author's sample key runs as it is written."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder import cli, score
from kpikit.documents import read_yaml
from kpikit.language import say
from kpikit.questions import read_answer, read_questions

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted([*ROOT.glob("lessons/*/*.ipynb"), *ROOT.glob("exercises/*/*/*.ipynb")])
GUIDES = [
    p
    for folder in (".", "lessons", "exercises", "autograder", "docs")
    for p in sorted((ROOT / folder).glob("[!0-9]*.md"))
]


def fenced(text: str, language: str) -> str:
    return re.search(rf"```{language}\n(.+?)```", text, re.S)[1]


@pytest.mark.parametrize("path", GUIDES + NOTEBOOKS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_link_reaches_a_file(path):
    text = path.read_text("utf-8")
    if path.suffix == ".ipynb":
        text = "".join(line for cell in json.loads(text)["cells"] for line in cell["source"])
    for link in re.findall(r"\]\((?!https?:|#)([^)\s#]+)", text):
        if "/" in link or "." in link:
            assert (path.parent / link).exists(), link


@pytest.mark.parametrize("path", GUIDES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_command_of_the_grader_and_every_option_is_there(path):
    for line in re.findall(r"^autograder .+$", path.read_text("utf-8"), re.M):
        for command in line.partition("#")[0].split("&&"):
            words = command.split()
            if words[:1] != ["autograder"] or words[1:2] == ["..."]:
                continue
            told = CliRunner(env={"COLUMNS": "200", "NO_COLOR": "1"}).invoke(cli.app, [words[1], "--help"])
            assert told.exit_code == 0, words[1]
            for option in (w for w in words if w.startswith("--")):
                assert option in told.output, (words[1], option)


@pytest.mark.parametrize("path", GUIDES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_make_target_is_there(path):
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M)
    for named in re.findall(r"(?:`|^)make ([a-z-]+)", path.read_text("utf-8"), re.M):
        assert named in targets


def test_the_authors_sample_exercise_runs_as_it_is_written(tmp_path):
    guide = (ROOT / "exercises" / "README.md").read_text("utf-8")
    words, questions = re.findall(r"```yaml\n(.+?)```", guide, re.S)
    (tmp_path / "ex09.py").write_text(fenced(guide, "python"), "utf-8")
    (tmp_path / "ex09.yaml").write_text(words, "utf-8")
    (tmp_path / "questions.yaml").write_text(questions, "utf-8")
    set_, keys = read_questions(tmp_path / "questions.yaml"), score.load_keys("ex09", tmp_path, "distributor")
    assert sum(q.points for q in set_.questions) == 100
    for question in set_.questions:
        entry = keys.entries[question.id]
        for sample in [
            {"name": "model", "answer": entry["model"], "share": 1, "reasons": ["right"]},
            *entry["samples"],
        ]:
            answer = read_answer(question, sample.get("answer"))
            earlier = {id: read_answer(set_.find(id), raw).value for id, raw in (sample.get("earlier") or {}).items()}
            scored = score.score(question, answer, keys, earlier)
            assert scored.earned == pytest.approx(question.points * float(sample["share"])), sample["name"]
            if sample["reasons"]:
                told = " ".join(say(words, "en") for words in scored.reasons)
                assert entry["reasons"][sample["reasons"][0]]["en"] in told, sample["name"]


def test_the_instructors_sample_key_is_one():
    for name in ("README.md", "README.vi.md"):
        code = fenced((ROOT / "autograder" / name).read_text("utf-8"), "python")
        found: dict = {}
        exec(compile(code, name, "exec"), found)
        assert any(hasattr(f, "key_of") for f in found.values())


def test_the_sources_of_a_guide_are_read_as_yaml():
    assert read_yaml(fenced((ROOT / "exercises" / "README.md").read_text("utf-8"), "yaml").encode(), "x")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_cell_the_facilitators_plan_names_is_a_heading_of_that_lesson(lang):
    vietnamese, english = (ROOT / "lessons" / "README.md").read_text("utf-8").split("# For the facilitator")
    rows = re.findall(r"^\| \d+ - \d+ \| (\d\d), (.*?\*) \|", vietnamese if lang == "vi" else english, re.M)
    assert len(rows) == 5
    for number, cells in rows:
        (notebook,) = (ROOT / "lessons" / lang).glob(f"{number}-*.ipynb")
        lines = [line for c in json.loads(notebook.read_text("utf-8"))["cells"] for line in c["source"]]
        for name in re.findall(r"\*(.+?)\*", cells):
            assert f"## {name}" in [line.strip() for line in lines], (number, name)

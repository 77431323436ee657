"""The guides tell the truth: their commands exist, their links reach, the author's sample key runs as it is written."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder import cli, score
from kpikit.documents import read_yaml
from kpikit.questions import Question, read_answer

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


def test_the_authors_sample_key_earns_what_it_says(tmp_path):
    guide = (ROOT / "exercises" / "README.md").read_text("utf-8")
    (tmp_path / "ex09.py").write_text(fenced(guide, "python"), "utf-8")
    (tmp_path / "ex09.yaml").write_text(fenced(guide, "yaml"), "utf-8")
    keys = score.load_keys("ex09", tmp_path, "distributor")
    question = Question(id="ex09-q1", kind="number", unit="%", points=10, ask="?")
    for sample in keys.entries["ex09-q1"]["samples"]:
        scored = score.score(question, read_answer(question, sample.get("answer")), keys)
        assert scored.earned == pytest.approx(10 * float(sample["share"])), sample["name"]
        assert len(scored.reasons) == max(1, len(sample["reasons"]))
    later = Question(id="ex09-q2", kind="number", unit="%", points=10, ask="?")
    for answer, earlier, earned in ((20, {}, 10), (30, {"ex09-q1": 70}, 10), (30, {}, 0)):
        assert score.score(later, read_answer(later, answer), keys, earlier).earned == earned


def test_the_instructors_sample_key_is_one():
    for name in ("README.md", "README.vi.md"):
        code = fenced((ROOT / "autograder" / name).read_text("utf-8"), "python")
        found: dict = {}
        exec(compile(code, name, "exec"), found)
        assert any(hasattr(f, "key_of") for f in found.values())


def test_the_sources_of_a_guide_are_read_as_yaml():
    assert read_yaml(fenced((ROOT / "exercises" / "README.md").read_text("utf-8"), "yaml").encode(), "x")

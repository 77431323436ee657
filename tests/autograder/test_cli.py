"""The command: results on stdout alone, exit codes, help with an example, one sentence where something is off."""

import json
import os
import subprocess
import sys

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from autograder.cli import app
from autograder.demo.make import record, strong

COMMANDS = sorted(get_command(app).commands)
KEYS = ["learner", "exercise", "score", "max_score", "waiting", "status", "message"]


def run(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments])


def lay(course, learner="an", answers=None):
    folder = course.submitted(learner, "ex01")
    folder.mkdir(parents=True)
    (folder / "answers.yaml").write_text(
        record(answers or strong("vi"), "vi", learner, "2027-01-12T09:30:00+07:00"), "utf-8"
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command):
    """`autograder <command> --help`."""
    done = run(command, "--help")
    assert done.exit_code == 0
    assert f"autograder {command}" in done.stdout
    assert "Example:" in done.stdout


def test_the_commands_are_those_of_the_blueprint():
    """No more, no fewer."""
    assert sorted(["init", "release", "collect", "grade", "feedback", "report", "export", "demo", "lab"]) == COMMANDS


def test_grade_as_json_prints_the_list_and_nothing_else(course):
    """One entry a learner, the missing too; progress goes to stderr."""
    (course.root / "students.csv").write_text("id,name,email\nzoe,Zoe,\n")
    lay(course)
    done = run("grade", "ex01", "--course", course.root, "--format", "json")
    entries = json.loads(done.stdout)
    assert done.exit_code == 0
    assert [list(e) for e in entries] == [KEYS, KEYS]
    assert [(e["learner"], e["status"], e["score"]) for e in entries] == [("an", "graded", 85), ("zoe", "missing", 0)]
    assert "ex01" in done.stderr


def test_grade_as_text_is_a_table_in_the_language_asked_for(course):
    """With the numbers of that language."""
    lay(course, answers=strong("vi") | {"ex01-q1": {"m01": "outcome"}})
    assert "63 / 100" in run("grade", "ex01", "--course", course.root).stdout
    assert "Learner" in run("grade", "ex01", "--course", course.root, "--lang", "en").stdout


def test_a_moved_mark_is_told_on_stderr(course, tmp_path):
    """After keys have changed."""
    from autograder.score import KEYS as OWN

    lay(course)
    run("grade", "ex01", "--course", course.root)
    for name in ("ex01.py", "ex01.yaml"):
        (tmp_path / name).write_text((OWN / name).read_text("utf-8").replace("drop_blind=1", "drop_blind=0"), "utf-8")
    done = run("grade", "ex01", "--course", course.root, "--keys", tmp_path, "--format", "json")
    assert "ex01-q2: 8.0 → 0.0" in done.stderr
    assert json.loads(done.stdout)[0]["score"] == 77


def test_collect_names_what_it_refuses_and_exits_1(course, tmp_path):
    """Id and file on stderr; the rest is collected."""
    for name in ("a<b>", "good"):
        (tmp_path / "given" / name).mkdir(parents=True)
        (tmp_path / "given" / name / "answers.yaml").write_text("answers: {}")
    done = run("collect", "ex01", tmp_path / "given", "--course", course.root)
    assert done.exit_code == 1
    assert "a<b>" in done.stderr
    assert "1" in done.stdout
    assert course.learners("ex01") == ["good"]


def test_collect_of_sound_hand_ins_exits_0(course, tmp_path):
    """And says how many."""
    (tmp_path / "an").mkdir()
    (tmp_path / "an" / "a.yaml").write_text("answers: {}")
    (tmp_path / "binh").mkdir()
    (tmp_path / "given").mkdir()
    for name in ("an", "binh"):
        (tmp_path / name).rename(tmp_path / "given" / name)
    done = run("collect", "ex01", tmp_path / "given", "--course", course.root)
    assert (done.exit_code, "2" in done.stdout) == (0, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ["grade", "ex01"],
        ["release", "ex01"],
        ["collect", "ex01", "."],
        ["feedback", "ex01"],
        ["report"],
        ["export"],
        ["lab"],
    ],
)
def test_outside_a_class_folder_one_sentence_says_what_to_do(tmp_path, arguments):
    """Exit 1, nothing on stdout, no traceback."""
    done = run(*arguments, "--course", tmp_path)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "autograder init" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["grade", "ex99"],
        ["grade", "ex01", "--keys", "/nowhere"],
        ["grade", "ex01", "--lang", "fr"],
        ["release", "ex99"],
        ["collect", "ex01", "/nowhere"],
        ["feedback", "ex99"],
        ["report", "ex99"],
    ],
)
def test_what_is_not_there_is_said_in_one_sentence(course, arguments):
    """Exit 1, nothing on stdout."""
    done = run(*arguments, "--course", course.root)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["export", "--as", "moodle"], ["grade", "ex01", "--db", "postgresql://x"]])
def test_what_comes_later_says_so(course, arguments):
    """One clear message, exit 1."""
    done = run(*arguments, "--course", course.root)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "chưa có trong bản này" in done.stderr


def test_feedback_and_report_say_where_they_wrote(course):
    """The pages, and the report's path."""
    lay(course)
    run("grade", "ex01", "--course", course.root)
    assert "1 " in run("feedback", "ex01", "--course", course.root).stdout
    assert run("report", "--course", course.root).stdout.strip() == str(course.report("ex01"))
    assert course.feedback("an", "ex01").is_file()


def test_init_prints_the_next_step(tmp_path):
    """The folder, and the command that follows."""
    done = run("init", tmp_path / "lop", "--lang", "en")
    assert (done.exit_code, "autograder release" in done.stdout) == (0, True)


def test_no_terminal_control_reaches_the_screen(course):
    """An escape sequence in an option, a question's id, a file's name."""
    folder = course.submitted("an", "ex01")
    folder.mkdir(parents=True)
    (folder / "a.json").write_text('{"answers": {"\\u001b[31mred": "x", "ex01-q2": "\\u001b]0;title\\u0007"}}')
    (folder / "b\x1b[2J.bin").write_bytes(b"x")
    for shape in ("text", "json"):
        assert "\x1b" not in run("grade", "ex01", "--course", course.root, "--format", shape).stdout


def test_the_command_itself_prints_utf8_json_through_a_pipe(course):
    """As a script calls it, whatever the system's language."""
    lay(course, "Nguyễn Văn Ân")
    command = [
        sys.executable,
        "-c",
        "from autograder.cli import main; main()",
        "grade",
        "ex01",
        "--course",
        str(course.root),
        "--format",
        "json",
    ]
    done = subprocess.run(command, capture_output=True, check=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    assert json.loads(done.stdout)[0]["learner"] == "Nguyễn Văn Ân"

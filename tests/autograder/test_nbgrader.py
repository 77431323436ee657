"""nbgrader's own commands in a class folder give the same scores; without our steps they give nothing away."""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.collect import collect
from autograder.course import Course
from autograder.demo import HAND_INS
from autograder.demo.make import as_notebook, cheat, notebook, record, strong
from autograder.grade import grade
from autograder.steps import PristineExporter

LEARNERS = ["an.nguyen", "oanh.dang", "phuc.dinh"]  # strong and zipped, a binary file, the cheat


def nbgrader(course, *arguments, check=True):
    """Run nbgrader in the class folder, as an instructor does in an activated environment."""
    env = {**os.environ, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])}
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=course.root,
        env=env,
        capture_output=True,
        text=True,
        check=check,
    )


def scores(course):
    """Every row of the gradebook: automatic score, whether a hand is awaited, score; and the comments."""
    with course.gradebook() as gradebook:
        found = {}
        for s in gradebook.assignment_submissions("ex01"):
            for n in s.notebooks:
                found |= {
                    (s.student.id, g.cell.name): (g.auto_score, bool(g.needs_manual_grade), g.score) for g in n.grades
                }
                found |= {(s.student.id, c.cell.name, "comment"): c.auto_comment for c in n.comments}
        return found


@pytest.fixture(scope="module")
def nb_class(released, tmp_path_factory):
    """Three of the demo's learners, collected and graded."""
    course = Course.at(shutil.copytree(released, tmp_path_factory.mktemp("nb") / "class"))
    source = tmp_path_factory.mktemp("given")
    for learner in LEARNERS:
        shutil.copytree(HAND_INS / learner, source / learner)
    collect(course, "ex01", source)
    grade(course, "ex01", jobs=1)
    return course


@pytest.fixture(scope="module")
def regraded(nb_class):
    """What `autograder grade` said, and what `nbgrader autograde --force` says after it; one text marked by hand between."""
    ours = scores(nb_class)
    with nb_class.gradebook() as gradebook:
        row = gradebook.find_grade("ex01-q6", "ex01", "ex01", "an.nguyen")
        row.manual_score, row.needs_manual_grade = 11, False
        gradebook.find_comment("ex01-q6", "ex01", "ex01", "an.nguyen").manual_comment = "Rõ ràng"
        gradebook.db.commit()
    nbgrader(nb_class, "autograde", "ex01", "--force")
    return ours, scores(nb_class)


def test_nbgrader_autograde_gives_the_scores_of_autograder_grade(regraded):
    """Every question of every learner, the binary one too; the comments as well."""
    ours, theirs = regraded
    marked = ("an.nguyen", "ex01-q6")
    assert {k: v for k, v in ours.items() if k != marked} == {k: v for k, v in theirs.items() if k != marked}
    assert {k[0] for k in theirs} == set(LEARNERS)


def test_a_mark_by_hand_survives_nbgraders_regrading(regraded):
    """And waits for nobody."""
    assert regraded[1]["an.nguyen", "ex01-q6"] == (None, False, 11)


def test_our_next_run_says_the_same_again(regraded, nb_class):
    """Marks by hand in it."""
    entries = {e.learner: (e.score, e.waiting, e.status) for e in grade(nb_class, "ex01", jobs=1)}
    assert entries["an.nguyen"] == (96, 0, "graded")
    assert entries["oanh.dang"] == (0, 0, "unreadable")


def test_nbgraders_feedback_shows_reasons_escaped(regraded, nb_class):
    """generate_feedback works on what we graded; the marker's comment stands there; no page is fetched from elsewhere."""
    nbgrader(nb_class, "generate_feedback", "ex01", "--force")
    page = (nb_class.root / "feedback" / "an.nguyen" / "ex01" / "ex01.html").read_text("utf-8")
    assert "Cả mười hai chỉ số đều đúng nhóm" in page
    assert "Rõ ràng" in page
    assert not any(
        tag in page for tag in ("&lt;p&gt;", "&lt;br", "&lt;div", "&lt;li")
    )  # our own tags pass nbgrader's cleaning
    assert not list((nb_class.root / "feedback").rglob("handed-in"))


def test_nbgraders_export_has_the_same_scores(regraded, nb_class):
    """As CSV."""
    nbgrader(nb_class, "export", "--to", "grades.csv")
    with (nb_class.root / "grades.csv").open(encoding="utf-8") as f:
        exported = {row["student_id"]: float(row["score"]) for row in csv.DictReader(f)}
    assert exported == pytest.approx({e.learner: e.score for e in grade(nb_class, "ex01", jobs=1)})


STOCK = """c = get_config()
c.CourseDirectory.root = {root!r}
"""
NO_EXECUTE = """c.Autograde.autograde_preprocessors = ["nbgrader.preprocessors.SaveAutoGrades"]
"""


@pytest.mark.parametrize("more", ["", NO_EXECUTE], ids=["Execute", "no Execute"])
def test_without_our_steps_stock_nbgrader_gives_no_points(course, tmp_path, more):
    """A plain configuration; right answers as nbgrader collects them, a cheat as `collect` lays it: 0 or by hand."""
    honest, given = as_notebook(notebook(strong("vi"), "vi", "2027-01-01")), tmp_path / "given" / "phuc"
    given.mkdir(parents=True)
    (given / "ex01.ipynb").write_bytes(as_notebook(cheat(notebook(strong("vi"), "vi", "2027-01-01"))))
    collect(course, "ex01", given.parent)
    folder = course.submitted("an", "ex01")
    folder.mkdir(parents=True)
    (folder / "ex01.ipynb").write_bytes(honest)
    (course.root / "nbgrader_config.py").write_text(STOCK.format(root=str(course.root)) + more)
    nbgrader(course, "autograde", "ex01", check=False)
    rows = {k: v for k, v in scores(course).items() if len(k) == 2}
    assert {k[0] for k in rows} == {"an", "phuc"}
    assert {k: row for k, row in rows.items() if row[0] or row[2]} == {}
    assert not list(tmp_path.rglob("CHEATED"))


def test_a_submitted_notebook_is_never_parsed(tmp_path):
    """Whatever it holds, its folder is what counts."""
    path = tmp_path / "submitted" / "an" / "ex01" / "ex01.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\x00 not a notebook")
    text, resources = PristineExporter().from_filename(str(path))
    assert resources["metadata"]["path"] == str(path.parent)
    assert '"cells": []' in text


def test_a_learner_called_submitted_is_a_learner(tmp_path):
    """Only the folder of that name is special: an autograded notebook is read as it is."""
    path = tmp_path / "autograded" / "submitted" / "ex01" / "ex01.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(as_notebook(notebook({}, "vi", "2027-01-01")))
    assert '"cells": []' not in PristineExporter().from_filename(str(path))[0]


def test_a_formgrader_that_runs_for_days_sees_new_keys(course, monkeypatch, tmp_path):
    """Release, configuration and keys are read anew when they change."""
    from autograder import steps

    for name in ("ex01.py", "ex01.yaml"):
        shutil.copyfile(steps.KEYS / name, tmp_path / name)
    monkeypatch.setattr(steps, "KEYS", tmp_path)
    monkeypatch.setattr("autograder.grade.KEYS", tmp_path)
    before = steps._job(course.root, "ex01").marks
    assert steps._job(course.root, "ex01").marks == before
    (tmp_path / "ex01.yaml").write_text((tmp_path / "ex01.yaml").read_text("utf-8") + "\n# new\n", "utf-8")
    os.utime(tmp_path / "ex01.yaml", (1, 1))
    assert steps._job(course.root, "ex01").marks != before


def test_the_exchange_brings_the_answers_and_not_the_secret(course, tmp_path):
    """Release, fetch, submit, collect by nbgrader's exchange: answers.yaml arrives and is graded without remarks."""
    exchange, desk = tmp_path / "exchange", tmp_path / "desk"
    exchange.mkdir()
    exchange.chmod(0o777)
    desk.mkdir()
    own = f'c.CourseDirectory.course_id = "aop"\nc.Exchange.root = {str(exchange)!r}\n'
    config = course.root / "nbgrader_config.py"
    config.write_text(config.read_text("utf-8") + own, "utf-8")
    (desk / "nbgrader_config.py").write_text(f"c = get_config()\n{own}", "utf-8")
    learner = Course(desk, "vi")
    nbgrader(course, "release_assignment", "ex01")
    nbgrader(learner, "fetch_assignment", "ex01")
    (desk / "ex01" / "answers.yaml").write_text(record(strong("vi"), "vi", None, "2027-01-12T09:30:00+07:00"), "utf-8")
    nbgrader(learner, "submit", "ex01")
    nbgrader(course, "collect", "ex01")
    (entry,) = grade(course, "ex01", jobs=1)
    assert (entry.score, entry.message) == (85, "")

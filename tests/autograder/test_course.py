"""The class folder: one configuration, a class list, and where things lie."""

import os
import subprocess
import sys

import pytest

from autograder.course import CONFIG, Course, init, nfc
from kpikit.language import Trouble


def test_init_makes_a_class_folder_and_leaves_what_is_there(tmp_path):
    """A second run changes nothing."""
    course = init(tmp_path / "lop", "en")
    (course.root / "students.csv").write_text("id,name,email\na,A,a@x\n")
    (course.root / CONFIG).write_text((course.root / CONFIG).read_text() + "# mine\n")
    again = init(tmp_path / "lop", "vi")
    assert (again.lang, list(again.students)) == ("en", ["a"])
    assert "# mine" in (course.root / CONFIG).read_text()


def test_a_folder_that_is_no_class_is_said(tmp_path):
    """With the command that makes it one."""
    with pytest.raises(Trouble, match="autograder init"):
        Course.at(tmp_path)


def test_the_configuration_puts_our_steps_in_place_and_starts_no_kernel(course):
    """No Execute among nbgrader's steps."""
    steps = str(course.config.Autograde)
    assert "autograder.steps.Pour" in steps
    assert "Execute" not in steps


def test_the_database_lies_in_the_class_folder(course):
    """Wherever the command is started."""
    assert course.db_url == f"sqlite:///{course.root / 'gradebook.db'}"


@pytest.mark.parametrize(
    "text",
    [
        "id,name,email\na1,Nguyễn Văn An,x@y\n",
        "ID;Name;Email\r\na1;Nguyễn Văn An;x@y\r\n",
        "\ufeffid\tname\temail\na1\tNguyễn Văn An\tx@y\n",
        "email,id,name\nx@y, a1 ,Nguyễn Văn An\n\n",
    ],
)
def test_a_class_list_is_read_as_spreadsheets_write_it(course, text):
    """Commas, semicolons, tabs, a BOM, any order, capital heads, empty lines."""
    (course.root / "students.csv").write_text(text, "utf-8")
    assert {s.id: (s.name, s.email) for s in course.students.values()} == {"a1": ("Nguyễn Văn An", "x@y")}


def test_a_class_list_may_hold_ids_alone(course):
    """Names and mails are a help, not a must."""
    (course.root / "students.csv").write_text("id\na1\n")
    assert course.students["a1"].name == ""


@pytest.mark.parametrize(
    "content", [b"name,email\nx,y\n", "id,name\na,Đỗ\n".encode("utf-16"), b"id,name\na,\xd0\xe7\n"]
)
def test_a_class_list_that_cannot_be_read_is_said(course, content):
    """No id column, or another encoding."""
    (course.root / "students.csv").write_bytes(content)
    with pytest.raises(Trouble, match=r"students\.csv"):
        _ = course.students


def test_ids_compare_in_nfc(course):
    """Decomposed letters in the class list."""
    (course.root / "students.csv").write_text("id,name\nnguye\u0302\u0303n,X\n", "utf-8")
    assert course.student("nguyễn").name == course.student("nguye\u0302\u0303n").name == "X"
    assert nfc("e\u0302") == "ê"


@pytest.mark.parametrize(
    ("due", "iso"),
    [("2027-01-15T17:00", "2027-01-15T17:00:00+07:00"), ("2027-01-15T17:00+00:00", "2027-01-15T17:00:00+00:00")],
)
def test_a_due_time_without_zone_is_hanois(course, due, iso):
    """As everywhere in the kit."""
    course.due["ex01"] = due
    assert course.due_at("ex01").isoformat() == iso


def test_a_due_time_that_is_none_is_said(course):
    """And no due time is none."""
    assert course.due_at("ex01") is None
    course.due["ex01"] = "on Friday"
    with pytest.raises(Trouble, match="on Friday"):
        course.due_at("ex01")


def test_a_class_of_another_languages_notebook_is_found(course):
    """Beside the class's own."""
    assert course.pristine("ex01", "vi") == course.release("ex01") / "ex01.ipynb"
    assert course.pristine("ex01", "en") == course.release("ex01") / "en" / "ex01.ipynb"


def test_nbgrader_finds_its_tools_without_an_activated_environment(tmp_path):
    """It calls alembic from PATH."""
    code = "from autograder.course import on_path; on_path(); import shutil; print(shutil.which('alembic'))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() != "None"

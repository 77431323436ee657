"""An instructor in the formgrader: reads what learners wrote, none of which runs; marks it, regrades, finds the mark again."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.course import Course, init
from autograder.demo import demo
from autograder.demo.make import record, strong
from autograder.feedback import feedback
from autograder.grade import grade
from autograder.release import release
from autograder.report import report

RUNS = "window.pwned=(window.pwned||0)+1"
EVIL = (
    f"<script>{RUNS}</script><img src=x onerror='{RUNS}'><svg onload='{RUNS}'> [bấm](javascript:{RUNS}) "
    f'</blockquote></div><iframe srcdoc="<script>parent.{RUNS}</script>"></iframe> Đội 2 gọi nhiều hơn mà đơn không lên.'
)
START = (
    "import sys; from pathlib import Path; from autograder.lab import start; start(Path(sys.argv[1]), *sys.argv[2:])"
)


@pytest.fixture(scope="module")
def demo_class(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The sample class, and one learner more whose every answer is markup that would run; graded."""
    course = init(tmp_path_factory.mktemp("instructor") / "class", "vi")
    release(course, "ex01")
    demo(course.root, lambda text: None)
    folder = course.submitted("evil", "ex01")
    (folder / "handed-in").mkdir(parents=True)
    (folder / "ex01.ipynb").write_bytes(course.pristine("ex01", "vi").read_bytes())
    answers = strong("vi") | {
        "ex01-q6": EVIL,
        "ex01-q2": EVIL,
        "ex01-q5": EVIL,
        "ex01-q1": {"m01": EVIL, "m02": "driver"},
        EVIL[:60]: "x",
        "ex01-q7": [{"name": EVIL, "kind": "outcome", "goal": "G1", "decision": EVIL}],
    }
    (folder / "handed-in" / "answers.yaml").write_text(
        record(answers, "vi", EVIL[:80], "2027-01-12T09:30:00+07:00"), "utf-8"
    )
    (folder / "handed-in" / "<img src=x onerror=window.pwned=1>.bin").write_bytes(b"x")
    grade(course, "ex01", jobs=1)
    return course


@pytest.fixture(scope="module")
def formgrader(demo_class: Course, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """JupyterLab as `autograder lab` starts it in the class folder; gives its address."""
    home = tmp_path_factory.mktemp("home")
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    env = {
        **os.environ,
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_RUNTIME_DIR": str(home / "run"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "KPIKIT_LANG": "vi",
    }
    command = [
        sys.executable,
        "-c",
        START,
        str(demo_class.root),
        "--no-browser",
        "--allow-root",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token=",
        "--ServerApp.password=",
    ]
    with (home / "lab.log").open("wb") as log:
        server = subprocess.Popen(command, env=env, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: answers(url + "/api", server, home / "lab.log"), 120)
        yield url
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()


def answers(url: str, server: subprocess.Popen[bytes], log: Path) -> bool:
    if server.poll() is not None:
        pytest.fail("JupyterLab did not start:\n" + log.read_text("utf-8", "replace")[-2000:])
    try:
        urllib.request.urlopen(url, timeout=2).close()
    except OSError:
        return False
    return True


def wait_until(happens: Callable[[], bool], seconds: int) -> None:
    for _ in range(2 * seconds):
        if happens():
            return
        time.sleep(0.5)
    pytest.fail(f"not seen in {seconds} s")


def submission(course: Course, learner: str) -> str:
    """The formgrader's id of a learner's notebook."""
    with course.gradebook() as gradebook:
        return str(gradebook.find_submission_notebook("ex01", "ex01", learner).id)


def opened(page: Any, url: str, shows: str) -> None:
    """Open a page, wait for a text on it and for whatever would run; nothing of another machine is fetched."""
    page.route(
        "**/*",
        lambda route: (
            route.continue_()
            if "127.0.0.1" in route.request.url or route.request.url.startswith("file:")
            else route.abort()
        ),
    )
    page.goto(url)
    page.get_by_text(shows).first.wait_for(state="attached")
    page.wait_for_timeout(500)


def nothing_ran(page: Any) -> bool:
    """No script, no handler in the page or in a frame; nothing of the learner's became a tag."""
    strange = page.locator("img[src=x], svg[onload], iframe[srcdoc], a[href^='javascript:window']").count()
    return page.evaluate("window.pwned === undefined") is True and strange == 0


def test_the_markers_would_be_seen(page: Any, tmp_path: Path) -> None:
    """The same markup in a page that does not escape it does run: this test can fail."""
    (tmp_path / "x.html").write_text(f"<!doctype html><body>{EVIL} shown", "utf-8")
    opened(page, (tmp_path / "x.html").as_uri(), "shown")
    assert not nothing_ran(page)


@pytest.mark.parametrize(
    ("place", "shows"),
    [
        ("", "ex01"),
        ("/manage_submissions/ex01", "evil"),
        ("/gradebook/ex01/ex01", "Submission #1"),
        ("/manage_students/evil/ex01", "ex01"),
    ],
)
def test_nothing_runs_in_the_formgraders_lists(formgrader: str, page: Any, place: str, shows: str) -> None:
    """Assignments, submissions, the gradebook, a learner's page."""
    opened(page, f"{formgrader}/formgrader{place}", shows)
    assert nothing_ran(page)


def test_nothing_runs_where_answers_are_marked(formgrader: str, demo_class: Course, page: Any) -> None:
    """The answer stands there in words, markup and all."""
    opened(
        page,
        f"{formgrader}/formgrader/submissions/{submission(demo_class, 'evil')}",
        "Đội 2 gọi nhiều hơn mà đơn không lên",
    )
    assert nothing_ran(page)
    assert "<script>" in page.locator("body").inner_text()


def test_a_written_answer_is_marked_and_the_mark_stays(formgrader: str, demo_class: Course, page: Any) -> None:
    """Score and comment typed in the formgrader, regraded with --force, and there they stand, in feedback and in the formgrader."""
    place = f"{formgrader}/formgrader/submissions/{submission(demo_class, 'an.nguyen')}"
    opened(page, place, "Đội 2 gọi từ 33.850")
    page.locator("#ex01-q6").fill("12")
    page.locator("#ex01-q6-comment").fill("Rõ ràng, thiếu mốc thời gian <b>cụ thể</b>.")
    page.locator("#ex01-q6-comment").blur()
    page.locator("#ex01-q1").focus()
    wait_until(lambda: marked(demo_class) == (12, "Rõ ràng, thiếu mốc thời gian <b>cụ thể</b>."), 30)
    entry = {e.learner: e for e in grade(demo_class, "ex01", jobs=1, force=True)}["an.nguyen"]
    assert (entry.score, entry.waiting, marked(demo_class)[0]) == (97, 0, 12)
    pages = {p.parts[-3]: p for p in feedback(demo_class, "ex01")}
    opened(page, pages["an.nguyen"].as_uri(), "Rõ ràng, thiếu mốc thời gian <b>cụ thể</b>.")
    page.get_by_text("12 / 15").first.wait_for()
    opened(page, place, "Đội 2 gọi từ 33.850")
    assert page.locator("#ex01-q6").input_value() == "12"


def marked(course: Course) -> tuple[float | None, str | None]:
    with course.gradebook() as gradebook:
        return (
            gradebook.find_grade("ex01-q6", "ex01", "ex01", "an.nguyen").manual_score,
            gradebook.find_comment("ex01-q6", "ex01", "ex01", "an.nguyen").manual_comment,
        )


def test_nothing_runs_in_our_feedback_nor_in_the_report(demo_class: Course, page: Any) -> None:
    """Both quote what the learner wrote or how the files were called."""
    pages = {p.parts[-3]: p for p in feedback(demo_class, "ex01")}
    opened(page, pages["evil"].as_uri(), "Đội 2 gọi nhiều hơn mà đơn không lên")
    assert nothing_ran(page)
    opened(page, report(demo_class, "ex01").as_uri(), "evil")
    assert nothing_ran(page)


def test_nothing_runs_in_nbgraders_own_feedback(demo_class: Course, page: Any) -> None:
    """`nbgrader generate_feedback` makes its page from our notebook and comments."""
    env = {**os.environ, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])}
    subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_feedback", "ex01", "--student", "evil", "--force"],
        cwd=demo_class.root,
        env=env,
        check=True,
        capture_output=True,
    )
    opened(page, demo_class.feedback("evil", "ex01").as_uri(), "Đội 2 gọi nhiều hơn mà đơn không lên")
    assert nothing_ran(page)

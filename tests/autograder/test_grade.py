"""A class graded: scores, statuses, what is unchanged, what hands marked, who is missing; and the gradebook."""

import json
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder import score as scoring
from autograder.collect import collect
from autograder.demo.make import as_notebook, average, notebook, record, strong, zipped
from autograder.grade import grade, graded_record, hand_marks
from autograder.store import read_stamp

AT = "2027-01-12T09:30:00+07:00"


def yaml(answers, lang="vi", learner="an", saved=AT):
    return {"answers.yaml": record(answers, lang, learner, saved)}


def set_mark(course, learner, question, score=None, comment=None, extra=None):
    """A mark by hand, as the formgrader writes it."""
    with course.gradebook() as gradebook:
        row = gradebook.find_grade(question, "ex01", "ex01", learner)
        row.manual_score, row.needs_manual_grade, row.extra_credit = score, False, extra
        gradebook.find_comment(question, "ex01", "ex01", learner).manual_comment = comment
        gradebook.db.commit()


def rows(course):
    """Every score and comment of the gradebook."""
    with course.gradebook() as gradebook:
        return {
            (s.student.id, g.cell.name): (g.auto_score, g.manual_score, bool(g.needs_manual_grade))
            for s in gradebook.assignment_submissions("ex01")
            for n in s.notebooks
            for g in n.grades
        }


# ---------------------------------------------------------------- scores and statuses


def test_an_entry_says_what_is_marked_and_what_waits(graded):
    """All right, one text to be read: 85 of 100, 15 waiting, graded."""
    entry = graded({"an": yaml(strong("vi"))})["an"]
    assert entry.as_dict() == {
        "learner": "an",
        "exercise": "ex01",
        "score": 85,
        "max_score": 100,
        "waiting": 15,
        "status": "graded",
        "message": "",
    }


def test_both_languages_and_every_shape_earn_the_same(graded):
    """The same answers, handed in four ways."""
    entries = graded(
        {
            "a": yaml(strong("vi"), learner="a"),
            "b": yaml(strong("en"), "en", "b"),
            "c": {"x.ipynb": as_notebook(notebook(strong("en"), "en", AT))},
            "d": {"x.zip": zipped({"f/answers.yaml": record(strong("vi"), "vi", "d", AT).encode()})},
        }
    )
    assert {e.score for e in entries.values()} == {85}


def test_an_untouched_notebook_is_partial_with_0(graded):
    """It was handed in, nothing was answered."""
    entry = graded({"an": {"ex01.ipynb": as_notebook(notebook({}, "vi", AT))}})["an"]
    assert (entry.status, entry.score, entry.waiting) == ("partial", 0, 0)


def test_a_question_unanswered_or_unreadable_makes_it_partial(graded):
    """The others count."""
    whole = strong("vi")
    entries = graded(
        {
            "a": yaml({k: v for k, v in whole.items() if k != "ex01-q2"}, learner="a"),
            "b": yaml(whole | {"ex01-q2": ["x"]}, learner="b"),
        }
    )
    assert {(e.status, e.score) for e in entries.values()} == {("partial", 77)}


@pytest.mark.parametrize(
    "files", [{}, {"a.ipynb": b"{"}, {"a.yaml": "exercise: ex02\nanswers: {}"}, {"a.pdf": b"%PDF"}]
)
def test_an_unreadable_hand_in_has_its_row_and_its_reason(graded, course, files):
    """Score 0, in the gradebook too, nothing waiting."""
    entry = graded({"an": files})["an"]
    assert (entry.status, entry.score, entry.waiting, bool(entry.message)) == ("unreadable", 0, 0, True)
    assert all(row == (0, None, False) for row in rows(course).values())


def test_links_and_pipes_alone_are_unreadable(graded, course):
    """Nothing is followed, and it does not hang."""
    folder = course.submitted("an", "ex01")
    folder.mkdir(parents=True)
    (folder / "answers.yaml").symlink_to(course.root / "gradebook.db")
    os.mkfifo(folder / "pipe.yaml")
    assert graded()["an"].status == "unreadable"


def test_who_is_missing_is_named_by_the_class_list_and_strangers_are_graded(graded, course):
    """Ids compare in NFC."""
    (course.root / "students.csv").write_text("id,name,email\nan,A,\nbình,B,\nchi,C,\n", "utf-8")
    entries = graded(
        {
            "an": yaml(strong("vi")),
            "bi\u0300nh": yaml(strong("vi"), learner="bình"),
            "stranger": yaml(strong("vi"), learner="stranger"),
        }
    )
    assert {e.learner: e.status for e in entries.values() if e.status != "graded"} == {"chi": "missing"}
    assert all(e.message == "" or e.status == "missing" for e in entries.values())


def test_a_claim_inside_is_flagged_and_not_believed(graded):
    """The row is that of the folder."""
    entry = graded({"an": yaml(strong("vi"), learner="binh")})["an"]
    assert entry.learner == "an"
    assert "binh" in entry.message


def test_disagreeing_sources_are_told_in_the_message(graded):
    """And the newer counts."""
    files = yaml(strong("vi")) | {
        "x.ipynb": as_notebook(notebook({"ex01-q2": "keep_green"}, "vi", "2027-01-01T00:00:00"))
    }
    entry = graded({"an": files})["an"]
    assert (entry.score, "ex01-q2" in entry.message) == (85, True)


def test_a_hand_in_is_poured_into_the_notebook_of_its_language(graded, course):
    """English answers, English notebook, in a Vietnamese class."""
    graded({"an": yaml(strong("en"), "en")})
    poured = json.loads(course.autograded("an", "ex01").read_text("utf-8"))
    assert poured["metadata"]["kpikit"]["lang"] == poured["metadata"]["kpikit"]["graded"]["lang"] == "en"


def test_the_poured_notebook_has_the_releases_sources_and_points(graded, course):
    """Nothing of the hand-in's cells, whatever they say."""
    tree = notebook(strong("vi"), "vi", AT)
    for cell in tree["cells"]:
        cell["source"] = "forged"
        cell["metadata"].get("nbgrader", {})["points"] = 1000
    entry = graded({"an": {"ex01.ipynb": as_notebook(tree)}})["an"]
    poured = json.loads(course.autograded("an", "ex01").read_text("utf-8"))
    pristine = json.loads(course.pristine("ex01", "vi").read_text("utf-8"))
    assert [c["source"] for c in poured["cells"]] == [c["source"] for c in pristine["cells"]]
    assert (entry.score, entry.max_score) == (85, 100)


# ---------------------------------------------------------------- lateness


@pytest.mark.parametrize(
    ("stamp", "late"),
    [
        ("2027-01-15 10:30:00 UTC", True),
        ("2027-01-15 09:59:00 UTC", False),
        ("2027-01-15 17:30:00+07:00", True),
        ("", False),
    ],
)
def test_late_is_said_by_the_timestamp(graded, course, stamp, late):
    """nbgrader's own, UTC where it names no zone."""
    course.due["ex01"] = "2027-01-15T17:00"
    entry = graded({"an": yaml(strong("vi")) | {"timestamp.txt": stamp}})["an"]
    assert ("trễ" in entry.message) is late


def test_saved_never_makes_late(graded, course):
    """A clock at home may be wrong, or set so."""
    course.due["ex01"] = "2027-01-15T17:00"
    assert graded({"an": yaml(strong("vi"), saved="2030-01-01T00:00:00+07:00")})["an"].message == ""


def test_the_archives_time_makes_late(graded, course, tmp_path):
    """A hand-in collected from a zip."""
    import zipfile

    course.due["ex01"] = "2027-01-15T17:00"
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("an/a.yaml", (2027, 1, 15, 17, 30, 0)), record(strong("vi"), "vi", "an", AT))
    collect(course, "ex01", tmp_path / "x.zip")
    assert "0,5" in graded()["an"].message


@pytest.mark.parametrize("text", ["", "yesterday", "2027-13-01", "\0"])
def test_a_stamp_that_is_no_time_is_none(text):
    """Then nothing is said about lateness."""
    assert read_stamp(text) is None


# ---------------------------------------------------------------- again


def counted(course, **how):
    """How many were unchanged, and the entries."""
    seen = []
    entries = grade(course, "ex01", jobs=1, progress=lambda done, all_, same: seen.append(same), **how)
    return (seen or [0])[-1], entries


def test_what_is_unchanged_is_skipped_by_content_and_says_the_same(graded, course):
    """A new time on the disk is no change; a new byte is."""
    graded({"an": yaml(strong("vi")), "binh": yaml(average("vi"), learner="binh")})
    for path in (course.root / "submitted").rglob("*.yaml"):
        os.utime(path, (0, 0))
    same, entries = counted(course)
    assert same == 2
    assert {e.learner: e.score for e in entries} == {"an": 85, "binh": 66.53}
    (course.submitted("an", "ex01") / "answers.yaml").write_text(record(average("vi"), "vi", "an", AT))
    same, entries = counted(course)
    assert same == 1
    assert {e.score for e in entries} == {66.53}


def test_force_grades_what_is_unchanged_too(graded, course):
    """All of it."""
    graded({"an": yaml(strong("vi"))})
    assert counted(course, force=True)[0] == 0


def test_a_gradebook_deleted_in_between_is_filled_again(graded, course):
    """From the release and the hand-ins, the same rows as before."""
    graded({"an": yaml(strong("vi"))})
    before = rows(course)
    (course.root / "gradebook.db").unlink()
    assert graded()["an"].score == 85
    assert rows(course) == before
    with course.gradebook() as gradebook:
        assert gradebook.find_submission("ex01", "an").score == 85


def test_changed_keys_grade_again_and_tell_whose_mark_moved(graded, course, tmp_path):
    """From, to, at which question and why."""
    graded({"an": yaml(strong("vi"))})
    for name in ("ex01.py", "ex01.yaml"):
        text = (scoring.KEYS / name).read_text("utf-8")
        (tmp_path / name).write_text(text.replace("drop_blind=1", "drop_blind=0.25"), "utf-8")
    moved = []
    entry = graded(keys_folder=tmp_path, moved=moved.append)["an"]
    assert entry.score == 79
    assert [("ex01-q2" in m["vi"], "8.0" in m["vi"], "2.0" in m["vi"]) for m in moved] == [(True, True, True)]


def test_nothing_moved_is_not_told(graded):
    """A second run is silent."""
    moved = []
    graded({"an": yaml(strong("vi"))})
    graded(moved=moved.append, force=True)
    assert moved == []


def test_side_by_side_gives_exactly_the_scores_of_one_by_one(graded, course):
    """Twenty hand-ins, one worker and two: the same entries, the same notebooks."""
    files = {f"l{n:02d}": yaml((strong if n % 3 else average)("vi"), learner=f"l{n:02d}") for n in range(20)}
    one = graded(files, jobs=1)
    poured = {n: course.autograded(n, "ex01").read_bytes() for n in files}
    two = graded(jobs=2, force=True)
    assert json.dumps([e.as_dict() for e in one.values()]) == json.dumps([e.as_dict() for e in two.values()])
    assert poured == {n: course.autograded(n, "ex01").read_bytes() for n in files}


# ---------------------------------------------------------------- marks by hand


@pytest.mark.parametrize("force", [False, True])
def test_a_mark_and_comment_by_hand_survive_regrading(graded, course, force):
    """They are in the score, and nothing waits any more."""
    graded({"an": yaml(strong("vi"))})
    set_mark(course, "an", "ex01-q6", 12, "Rõ ràng.")
    entry = graded(force=force)["an"]
    assert (entry.score, entry.waiting, entry.status) == (97, 0, "graded")
    with course.gradebook() as gradebook:
        assert hand_marks(gradebook, "ex01")["an"]["ex01-q6"] == {"score": 12, "comment": "Rõ ràng."}
    assert rows(course)["an", "ex01-q6"] == (None, 12, False)


def test_a_mark_by_hand_outweighs_the_machines(graded, course):
    """Also where it is lower, or 0."""
    graded({"an": yaml(strong("vi"))})
    set_mark(course, "an", "ex01-q1", 0)
    assert graded(force=True)["an"].score == 61


def test_extra_credit_counts_as_nbgrader_counts_it(graded, course):
    """On top of the mark."""
    graded({"an": yaml(strong("vi"))})
    set_mark(course, "an", "ex01-q6", 10, extra=2)
    with course.gradebook() as gradebook:
        assert graded()["an"].score == gradebook.find_submission("ex01", "an").score == 97


def test_a_text_waits_in_the_gradebook_and_an_empty_one_does_not(graded, course):
    """needs_manual_grade is what the formgrader lists."""
    graded({"an": yaml(strong("vi")), "binh": yaml({"ex01-q2": "drop_blind"}, learner="binh")})
    assert (rows(course)["an", "ex01-q6"], rows(course)["binh", "ex01-q6"]) == ((None, None, True), (0, None, False))


# ---------------------------------------------------------------- never stopped by one


@pytest.mark.parametrize("lost", ["\\ud800", "\\u0000", "\\u001b[31m", "\\u202e"])
def test_broken_letters_and_control_characters_stop_nobody(graded, course, lost):
    """In an option, a question's id, a name inside, a file's name."""
    text = '{"learner": {"id": "x%s"}, "answers": {"ex01-q2": "%s", "q%s": 1, "ex01-q6": "a%sb"}}' % ((lost,) * 4)
    folder = course.submitted("an", "ex01")
    folder.mkdir(parents=True)
    (folder / "a.json").write_text(text)
    with open(os.fsencode(folder) + b"/\xff.bin", "wb") as f:
        f.write(b"x")
    entry = graded({"binh": yaml(strong("vi"), learner="binh")})["an"]
    assert entry.status == "partial"
    assert not any(c in entry.message for c in "\ud800\0\x1b")


def test_a_file_without_the_right_to_read_it_is_told(graded, course, monkeypatch):
    """The others count. (Root may read everything, so the refusal is played.)"""
    from pathlib import Path

    graded({"an": yaml(strong("vi")) | {"secret.yaml": "x"}})
    real = Path.open

    def refuse(path, *mode, **how):
        if path.name == "secret.yaml":
            raise PermissionError(13, "Permission denied")
        return real(path, *mode, **how)

    monkeypatch.setattr(Path, "open", refuse)
    entry = graded(force=True)["an"]
    assert (entry.score, "secret.yaml" in entry.message) == (85, True)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200), st.sampled_from([".yaml", ".ipynb", ".zip", ".json", ".xlsx", ""]))
def test_any_bytes_have_their_row(graded, course, data, suffix):
    """Whatever the file, the learner is in the result and the honest one beside keeps the score."""
    folder = course.submitted("any", "ex01")
    for old in folder.glob("*"):
        old.unlink()
    entries = graded({"any": {f"x{suffix}": data}, "honest": yaml(strong("vi"), learner="honest")})
    assert set(entries) == {"any", "honest"}
    assert entries["honest"].score == 85


def test_the_record_carries_what_was_read_in_both_languages(graded, course):
    """So that pages and reports need no hand-in."""
    graded({"an": yaml(strong("vi"))})
    record_ = graded_record(course.autograded("an", "ex01"))
    assert [q["read"].keys() for q in record_["questions"]] == [{"vi", "en"}] * 7
    assert record_["questions"][4]["read"] == {"vi": ["73,2%"], "en": ["73.2%"]}

"""Hand-ins as an LMS or mail gives them: whose is what, which counts, what is kept, what is refused."""

import io
import os
import zipfile

import pytest

from autograder.collect import collect
from autograder.demo.make import record, zipped
from autograder.hand_ins import read_hand_in
from autograder.store import timestamp
from kpikit.language import Trouble
from kpikit.questions import questions_of

QUESTIONS = questions_of("ex01")
OLD, NEW = "2027-01-10T09:00:00+07:00", "2027-01-12T09:00:00+07:00"


def answers(choice="drop_blind", saved=NEW):
    return record({"ex01-q2": choice}, "vi", "", saved)


def learners(found):
    return sorted(c.learner for c in found if not c.refused)


def counts(course, learner):
    return read_hand_in(course.submitted(learner, "ex01"), QUESTIONS, "vi").answers["ex01-q2"][0]


def class_list(course, *lines):
    (course.root / "students.csv").write_text("id,name,email\n" + "\n".join(lines), "utf-8")


def tree(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def archive_of(path, members):
    """A zip of (name, content, time) members."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data, time in members:
            archive.writestr(zipfile.ZipInfo(name, time), data)
    return path


# ---------------------------------------------------------------- whose is what


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("an.nguyen/answers.yaml", "an.nguyen"),
        ("Nguyễn Văn An_123_assignsubmission_file/answers.yaml", "Nguyễn Văn An"),
        ("Nguyễn Văn An_123_assignsubmission_file_/answers.yaml", "Nguyễn Văn An"),
        ("Nguyễn Văn An_123_assignsubmission_file_answers.yaml", "Nguyễn Văn An"),
        ("nguyenvanan_4567_89012_answers.yaml", "nguyenvanan"),
        ("nguyenvanan_LATE_4567_89012_answers-1.yaml", "nguyenvanan"),
        ("ex01-an.nguyen.yaml", "an.nguyen"),
        ("EX01_an.yaml", "an"),
        ("an.yaml", "an"),
        ("lan.ngo/ex01/answers.yaml", "lan.ngo"),
    ],
)
def test_the_name_outside_says_whose_it_is(course, given, path, who):
    """Moodle's and Canvas's names, else the folder, else the stem without the exercise's prefix."""
    assert learners(
        collect(course, "ex01", given({path: answers(), "someone.else/answers.yaml": answers()}))
    ) == sorted([who, "someone.else"])
    assert counts(course, who) == "drop_blind"


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Nguyễn Văn An", "a1"),
        ("NGUYỄN VĂN AN", "a1"),
        ("nguyenvanan", "a1"),
        ("annguyenvan", "a1"),
        ("Đỗ Hương Giang", "g1"),
        ("dohuonggiang", "g1"),
        ("Nguye\u0302\u0303n Va\u0306n An", "a1"),
        ("a1", "a1"),
        ("Người Lạ", "Người Lạ"),
    ],
)
def test_a_name_of_the_class_list_becomes_its_id(course, given, name, id):
    """As Moodle writes it, as Canvas squeezes it; a stranger keeps the name."""
    class_list(course, "a1,Nguyễn Văn An,a@x", "g1,Đỗ Hương Giang,g@x")
    assert learners(collect(course, "ex01", given({f"{name}_12_assignsubmission_file_x.yaml": answers()}))) == [id]


def test_excels_class_list_with_semicolons_and_a_bom_is_read(course, given):
    """As Vietnamese Excel saves it."""
    (course.root / "students.csv").write_text("\ufeffID;Name;Email\na1;Nguyễn Văn An;x\n", "utf-8")
    assert learners(collect(course, "ex01", given({"Nguyễn Văn An_1_assignsubmission_file_x.yaml": answers()}))) == [
        "a1"
    ]


def test_a_name_two_learners_share_stays_a_name(course, given):
    """The class list cannot tell them apart; Moodle's numbers can."""
    class_list(course, "a1,Trần An,x", "a2,Trần An,x")
    files = {f"Trần An_{n}_assignsubmission_file_x.yaml": answers() for n in (11, 12)}
    assert learners(collect(course, "ex01", given(files))) == ["Trần An (11)", "Trần An (12)"]


def test_ids_compare_in_nfc(course, given):
    """A folder in decomposed letters, as a Mac writes it, is the same learner."""
    class_list(course, "an.nguyễn,,")
    assert learners(collect(course, "ex01", given({"an.nguye\u0302\u0303n/a.yaml": answers()}))) == ["an.nguyễn"]


def test_one_folder_around_everything_is_left_out(course, given):
    """As a zip of a folder unpacks."""
    assert learners(collect(course, "ex01", given({f"bai-nop/{who}/a.yaml": answers() for who in ("an", "binh")}))) == [
        "an",
        "binh",
    ]


def test_loose_files_in_one_folder_are_learners_by_the_prefix(course, given):
    """What `hand_in()` made, gathered in a folder."""
    files = {f"bai-nop/ex01-{who}.yaml": answers() for who in ("an", "binh")}
    assert learners(collect(course, "ex01", given(files))) == ["an", "binh"]


def test_the_only_learner_with_folders_inside_is_one_learner(course, given):
    """A known id is nobody's wrapper."""
    class_list(course, "an,,")
    assert learners(collect(course, "ex01", given({"an/my work/answers.yaml": answers()}))) == ["an"]


def test_a_zip_of_hand_ins_is_as_good_as_a_folder(course, tmp_path):
    """Moodle's download, flat and in folders."""
    path = tmp_path / "moodle.zip"
    path.write_bytes(
        zipped(
            {
                "An_1_assignsubmission_file_/a.yaml": answers().encode(),
                "Bình_2_assignsubmission_file_b.yaml": answers().encode(),
                "__MACOSX/An_1_assignsubmission_file_/._a.yaml": b"x",
            }
        )
    )
    assert learners(collect(course, "ex01", path)) == ["An", "Bình"]


def test_two_files_of_one_canvas_learner_are_one_hand_in(course, given):
    """Both are read; the newer answers count."""
    collect(
        course,
        "ex01",
        given({"an_1_10_a.yaml": answers("keep_green", OLD), "an_1_11_b.yaml": answers("drop_blind", NEW)}),
    )
    assert counts(course, "an") == "drop_blind"


# ---------------------------------------------------------------- refused


@pytest.mark.parametrize("bad", ["a<b>", "a\nb", "a\x07b", "x" * 101, "a\\b"])
def test_an_id_that_cannot_be_one_is_refused_by_name_and_the_rest_collected(course, given, bad):
    """Markup, line breaks, control characters, backslashes, over a hundred characters."""
    found = collect(course, "ex01", given({f"{bad}/a.yaml": answers(), "good/a.yaml": answers()}))
    assert learners(found) == ["good"]
    assert [c.label for c in found if c.refused] == [bad]


@pytest.mark.parametrize("bad", ["a/b", "..", "."])
def test_an_id_of_the_class_list_is_refused_as_well(course, given, bad):
    """Nothing is written outside submitted/."""
    class_list(course, f"{bad},Nguyễn An,x")
    found = collect(course, "ex01", given({"Nguyễn An_1_assignsubmission_file_x.yaml": answers()}))
    assert [bool(c.refused) for c in found] == [True]
    assert not (course.root / "ex01").exists()


def test_a_name_that_is_no_utf8_is_refused(course, given, tmp_path):
    """A folder from an old disk."""
    given({"good/a.yaml": answers()})
    os.mkdir(os.fsencode(tmp_path / "given") + b"/\xff\xfe")
    (tmp_path / "given" / os.fsdecode(b"\xff\xfe") / "a.yaml").write_text(answers())
    assert learners(collect(course, "ex01", tmp_path / "given")) == ["good"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no zip",
        zipped({"an/a.yaml": b"x" * 99})[:80],
        zipped({"an/a.yaml": b"x"}).replace(b"PK\x01\x02", b"PK??"),
    ],
)
def test_a_source_that_is_neither_folder_nor_zip_is_said(course, tmp_path, content):
    """One sentence, no traceback."""
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(Trouble):
        collect(course, "ex01", tmp_path / "x.zip")


def test_an_exercise_not_released_is_said(course, given):
    """Before anything is written."""
    with pytest.raises(Trouble, match="release"):
        collect(course, "ex99", given({"an/a.yaml": answers()}))


# ---------------------------------------------------------------- a row for everyone


def test_who_gave_an_empty_folder_or_only_hidden_files_or_links_has_a_row(course, given, tmp_path):
    """Nobody is lost between the LMS and the gradebook."""
    folder = given({"hidden.le/.DS_Store": b"x", "mac.le/__MACOSX/x": b"x"})
    (folder / "empty.ngo").mkdir()
    (folder / "links.ly").mkdir()
    (folder / "links.ly" / "answers.yaml").symlink_to("/etc/passwd")
    os.mkfifo(folder / "links.ly" / "pipe")
    assert learners(collect(course, "ex01", folder)) == ["empty.ngo", "hidden.le", "links.ly", "mac.le"]
    assert not any(p.is_symlink() for p in (course.root / "submitted").rglob("*"))


def test_the_same_holds_in_a_zip(course, tmp_path):
    """Empty folders and links in an archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in ("class/", "class/empty.ngo/", "class/an/", "class/an/a.yaml"):
            archive.writestr(name, answers() if name.endswith("yaml") else "")
        link = zipfile.ZipInfo("class/links.ly/answers.yaml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    (tmp_path / "x.zip").write_bytes(held.getvalue())
    assert learners(collect(course, "ex01", tmp_path / "x.zip")) == ["an", "empty.ngo", "links.ly"]


def test_members_that_climb_out_stay_inside(course, tmp_path):
    """`..`, absolute and doubled slashes are only names."""
    names = [
        "../../out/a.yaml",
        "/abs/a.yaml",
        "//double/a.yaml",
        "an/../../../a.yaml",
        "an\\..\\..\\b.yaml",
        "C:/x/a.yaml",
    ]
    before = set(tmp_path.iterdir())
    (tmp_path / "x.zip").write_bytes(zipped({n: answers().encode() for n in names}))
    collect(course, "ex01", tmp_path / "x.zip")
    assert set(tmp_path.iterdir()) - before == {tmp_path / "x.zip"}
    assert all(p.is_relative_to(course.root / "submitted") for p in course.root.rglob("a.yaml"))


def test_names_a_disk_cannot_have_are_shortened_or_moved(course, tmp_path):
    """Endless names, endless depth, a file and a folder of one name."""
    names = [
        "an/" + "x" * 250 + ".yaml",
        "an/" + "/".join(["d" * 190] * 30) + "/deep.yaml",
        "an/same",
        "an/same/a.yaml",
    ]
    (tmp_path / "x.zip").write_bytes(zipped({n: answers().encode() for n in names}))
    assert learners(collect(course, "ex01", tmp_path / "x.zip")) == ["an"]
    assert len(tree(course.submitted("an", "ex01") / "handed-in")) == len(names)


# ---------------------------------------------------------------- which counts, what is kept


def test_each_hand_in_lies_beside_a_pristine_notebook(course, given):
    """The learner's notebook never takes its place."""
    collect(course, "ex01", given({"an/ex01.ipynb": b"{}"}))
    laid = tree(course.submitted("an", "ex01"))
    assert laid["ex01.ipynb"] == course.pristine("ex01", "vi").read_bytes()
    assert laid["handed-in/ex01.ipynb"] == b"{}"


def test_running_collect_twice_changes_nothing(course, given):
    """The same source, the same folder."""
    source = given(
        {
            "an/a.yaml": answers(),
            "an.yaml": answers("keep_green", OLD),
            "ex01-an.zip": zipped({"x.yaml": answers("drop_work", OLD).encode()}),
        }
    )
    collect(course, "ex01", source)
    once = tree(course.root / "submitted")
    collect(course, "ex01", source)
    assert tree(course.root / "submitted") == once


def test_of_two_hand_ins_of_a_learner_the_newest_counts_and_both_are_kept(course, given):
    """Ordered by `saved` where nothing outside tells."""
    collect(
        course, "ex01", given({"an/a.yaml": answers("drop_blind", NEW), "ex01-an.yaml": answers("keep_green", OLD)})
    )
    assert counts(course, "an") == "drop_blind"
    assert any(
        b"keep_green" in data
        for name, data in tree(course.submitted("an", "ex01")).items()
        if name.startswith("earlier/")
    )


def test_the_archives_time_outweighs_saved(course, tmp_path):
    """What the learner wrote inside does not make a hand-in newer."""
    members = [
        ("an/a.yaml", answers("drop_blind", OLD), (2027, 1, 12, 9, 0, 0)),
        ("ex01-an.yaml", answers("keep_green", NEW), (2027, 1, 11, 9, 0, 0)),
    ]
    collect(course, "ex01", archive_of(tmp_path / "x.zip", members))
    assert counts(course, "an") == "drop_blind"


@pytest.mark.parametrize("saved", [None, NEW])
def test_a_corrected_hand_in_collected_later_counts(course, given, saved):
    """Also where neither names a time, or both the same."""
    collect(course, "ex01", given({"an/a.yaml": answers("keep_green", saved)}))
    collect(course, "ex01", given({"an/a.yaml": answers("drop_blind", saved)}))
    assert counts(course, "an") == "drop_blind"


def test_an_older_hand_in_collected_later_does_not_count(course, given):
    """It is kept."""
    collect(course, "ex01", given({"an/a.yaml": answers("drop_blind", NEW)}))
    collect(course, "ex01", given({"an/a.yaml": answers("keep_green", OLD)}))
    assert counts(course, "an") == "drop_blind"
    assert len(list((course.submitted("an", "ex01") / "earlier").iterdir())) == 1


# ---------------------------------------------------------------- when it came


def test_the_archives_time_becomes_the_timestamp(course, tmp_path):
    """In Hanoi's zone, since a zip keeps none."""
    collect(course, "ex01", archive_of(tmp_path / "x.zip", [("an/a.yaml", answers(), (2027, 1, 12, 9, 30, 0))]))
    assert timestamp(course.submitted("an", "ex01")).isoformat() == "2027-01-12T09:30:00+07:00"


def test_a_zip_that_knows_no_time_gives_none(course, tmp_path):
    """1980 is what archives say where they know nothing."""
    collect(course, "ex01", archive_of(tmp_path / "x.zip", [("an/a.yaml", answers(), (1980, 1, 1, 0, 0, 0))]))
    assert timestamp(course.submitted("an", "ex01")) is None


def test_nbgraders_own_layout_is_read_with_its_timestamp(course, given):
    """<learner>/<EX>/ with timestamp.txt."""
    collect(
        course,
        "ex01",
        given(
            {
                "an/ex01/ex01.ipynb": b"{}",
                "an/ex01/timestamp.txt": "2027-01-12 02:30:00.000000 UTC",
                "an/ex01/answers.yaml": answers(),
            }
        ),
    )
    assert timestamp(course.submitted("an", "ex01")).isoformat() == "2027-01-12T02:30:00+00:00"
    assert counts(course, "an") == "drop_blind"


def test_a_timestamp_a_learner_uploads_to_the_lms_is_not_believed(course, given):
    """In Moodle's folder every file is the learner's; deeper in a folder, too."""
    collect(
        course,
        "ex01",
        given(
            {
                "An_1_assignsubmission_file/timestamp.txt": "2020-01-01 00:00:00 UTC",
                "An_1_assignsubmission_file/a.yaml": answers(),
                "binh/sub/timestamp.txt": "2020-01-01 00:00:00 UTC",
                "binh/a.yaml": answers(),
            }
        ),
    )
    assert [timestamp(course.submitted(who, "ex01")) for who in ("An", "binh")] == [None, None]


def test_a_hand_in_is_copied_a_little_past_its_bounds_only(course, given):
    """So that the grader says that it is too much, and the disk stays free."""
    collect(course, "ex01", given({f"an/{n}.yaml": "x" for n in range(300)}))
    assert len(tree(course.submitted("an", "ex01") / "handed-in")) == 201

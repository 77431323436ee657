"""A hand-in of any shape is read, within bounds, and nothing in it is followed."""

import io
import json
import os
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.demo.make import as_notebook, bundle, notebook, record, zipped
from autograder.hand_ins import read_hand_in, understood
from kpikit.language import LANGUAGES
from kpikit.questions import questions_of, shown
from kpikit.sources import BYTES_LIMIT, FILES_LIMIT

QUESTIONS = questions_of("ex01")
AT, LATER = "2027-01-12T09:30:00+07:00", "2027-01-13T09:30:00+07:00"
Q2 = {"ex01-q2": "drop_blind"}


def yaml(answers, lang="vi", saved=AT, learner="an"):
    return record(answers, lang, learner, saved)


def ipynb(answers, lang="vi", saved=AT):
    return as_notebook(notebook(answers, lang, saved))


@pytest.fixture
def read(tmp_path):
    """Read files as one hand-in of a Vietnamese class."""

    def run(lang="vi", /, **files):
        return from_dict({name.replace("_dot_", "."): data for name, data in files.items()}, lang)

    def from_dict(files, lang="vi"):
        for name, data in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)
        return read_hand_in(tmp_path, QUESTIONS, lang)

    return from_dict


def raw(hand_in):
    return {id: value for id, (value, _) in hand_in.answers.items()}


def told(hand_in):
    return " ".join(note["en"] for note in hand_in.notes)


def answer(id, value, lang="vi"):
    return understood(QUESTIONS.find(id), value, lang)


# ---------------------------------------------------------------- shapes


def test_every_shape_gives_the_same_answers(tmp_path):
    """answers.yaml, the notebook, a zip with or without a folder around it, a folder: one mapping."""
    shapes = {
        "yaml": {"answers.yaml": yaml(Q2)},
        "notebook": {"ex01.ipynb": ipynb(Q2)},
        "zip": {"x.zip": zipped({"answers.yaml": yaml(Q2).encode()})},
        "wrapped": {"x.zip": zipped({"ex01-an/answers.yaml": yaml(Q2).encode()})},
        "folder": {"deep/in/answers.yaml": yaml(Q2)},
    }
    for name, files in shapes.items():
        for file, data in files.items():
            path = tmp_path / name / file
            path.parent.mkdir(parents=True)
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
        assert raw(read_hand_in(tmp_path / name, QUESTIONS, "vi")) == Q2, name


@pytest.mark.parametrize(
    "name", ["bài làm của em.yml", "ANSWERS.YAML", "answers", "answers.txt", "answers.yaml.txt", "x.json"]
)
def test_suffix_and_content_decide_not_the_name(read, name):
    """Whatever the answers file is called, it is read."""
    data = json.dumps({"answers": Q2}) if name.endswith("json") else yaml(Q2)
    assert raw(read({name: data})) == Q2


@pytest.mark.parametrize("name", ["Bài 1 (2).ipynb", "ex01.ipynb.txt", "notebook.json", "khong-duoi"])
def test_a_notebook_is_known_by_its_content(read, name):
    """A renamed notebook is still one."""
    assert raw(read({name: ipynb(Q2)})) == Q2


def test_a_zip_is_known_by_its_content(read):
    """A zip without its suffix is still one."""
    assert raw(read({"bai-lam": zipped({"a.yaml": yaml(Q2).encode()})})) == Q2


def test_yaml_in_flow_style_and_json_in_a_yaml_file_are_yaml(read):
    """A mapping in braces is read by the rules of its suffix."""
    assert raw(read({"answers.yaml": "{version: 1, answers: {ex01-q2: drop_blind}}"})) == Q2
    assert raw(read({"answers.yaml": json.dumps({"answers": Q2})})) == Q2


def test_a_workbook_is_told_to_come_later_and_costs_nothing_else(read):
    """A workbook alone is unreadable with that reason; beside answers it is only told."""
    alone = read({"ex01.xlsx": zipped({"xl/workbook.xml": b"<x/>"})})
    assert not alone.readable
    assert "workbook" in told(alone)
    assert raw(read({"answers.yaml": yaml(Q2)})) == Q2


def test_an_older_notebook_format_is_read(read):
    """nbformat 3 keeps cells in worksheets and MIME values as text."""
    from autograder.demo.make import older_format

    assert raw(read({"old.ipynb": as_notebook(older_format(notebook(Q2, "vi", AT)))})) == Q2


def test_a_damaged_notebook_has_its_whole_twins_answers(read):
    """Deleted, doubled and retyped cells cost nothing; of a doubled answer the newer counts."""
    from autograder.demo.make import damaged, strong

    whole = notebook(strong("vi"), "vi", AT)
    assert raw(read({"x.ipynb": as_notebook(damaged(json.loads(json.dumps(whole))))})) == strong("vi")


# ---------------------------------------------------------------- several sources


def test_the_newest_by_saved_counts(read):
    """A newer notebook outweighs an older answers.yaml, and the other way round."""
    files = {"answers.yaml": yaml({"ex01-q2": "keep_green"}), "ex01.ipynb": ipynb(Q2, saved=LATER)}
    assert raw(read(files)) == Q2
    assert raw(read(files | {"answers.yaml": yaml({"ex01-q2": "drop_work"}, saved="2027-01-14T09:30:00+07:00")})) == {
        "ex01-q2": "drop_work"
    }


def test_of_equal_times_answers_yaml_counts_before_the_notebook(read):
    """Ties are settled by shape."""
    assert raw(read({"a.ipynb": ipynb({"ex01-q2": "keep_green"}), "z.yaml": yaml(Q2)})) == Q2


def test_what_the_newest_lacks_comes_from_the_next(read):
    """Answers are joined, source by source."""
    read_ = read(
        {
            "answers.yaml": yaml(Q2 | {"ex01-q3": "keep_easy"}),
            "ex01.ipynb": ipynb({"ex01-q3": "keep_where"}, saved=LATER),
        }
    )
    assert raw(read_) == Q2 | {"ex01-q3": "keep_where"}


def test_an_explicit_null_in_the_newest_withdraws_an_answer(read):
    """Null is a word, not a gap."""
    files = {"answers.yaml": "saved: 2027-01-13T09:30:00\nanswers: {ex01-q2: null}\n", "ex01.ipynb": ipynb(Q2)}
    assert raw(read(files)) == {"ex01-q2": None}


def test_a_null_in_an_older_source_withdraws_nothing(read):
    """Only the newest source can take an answer back."""
    assert (
        raw(read({"answers.yaml": f"saved: {AT}\nanswers: {{ex01-q2: null}}\n", "b.ipynb": ipynb(Q2, saved=LATER)}))
        == Q2
    )


def test_a_source_without_saved_is_older_than_one_with(read):
    """No time loses against any time."""
    assert (
        raw(read({"answers.yaml": "answers: {ex01-q2: keep_green}", "b.ipynb": ipynb(Q2, saved="1999-01-01T00:00:00")}))
        == Q2
    )


def test_a_time_without_zone_is_hanois(read):
    """09:31 without a zone is later than 02:30 UTC, which is 09:30 in Hanoi."""
    files = {
        "answers.yaml": yaml({"ex01-q2": "keep_green"}, saved="2027-01-12T02:30:00+00:00"),
        "b.ipynb": ipynb(Q2, saved="2027-01-12T09:31:00"),
    }
    assert raw(read(files)) == Q2


def test_a_notebooks_time_is_the_newest_of_its_outputs(read):
    """One fresh output makes the whole notebook fresh."""
    tree = notebook(Q2, "vi", AT)
    next(c for c in tree["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == "ex01-q3")["outputs"] = [
        bundle("ex01-q3", "keep_where", LATER)
    ]
    files = {
        "b.ipynb": as_notebook(tree),
        "answers.yaml": yaml({"ex01-q2": "keep_green"}, saved="2027-01-12T20:00:00+07:00"),
    }
    assert raw(read(files)) == Q2 | {"ex01-q3": "keep_where"}


@pytest.mark.parametrize(
    "saved", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "yesterday", "2027-13-45", "[1, 2]", "{a: b}"]
)
def test_any_saved_can_be_compared(read, saved):
    """A time at the end of days, or none at all, never stops the reading."""
    assert (
        raw(read({"answers.yaml": f"saved: {saved}\nanswers: {{ex01-q2: drop_blind}}", "b.yaml": "answers: {}"})) == Q2
    )


def test_disagreement_is_told_with_both_names(read):
    """Which question, which sources, which counts."""
    files = {"answers.yaml": yaml(Q2, saved=LATER), "b.ipynb": ipynb({"ex01-q2": "keep_green"})}
    assert "Question ex01-q2: b.ipynb answers otherwise than answers.yaml" in told(read(files))


def test_the_same_answer_written_otherwise_is_no_disagreement(read):
    """Letter case, number forms and the order of choices do not matter."""
    files = {
        "answers.yaml": yaml({"ex01-q2": "DROP_BLIND", "ex01-q5": "73,2%"}, saved=LATER),
        "b.ipynb": ipynb(Q2 | {"ex01-q5": 73.2}),
    }
    assert told(read(files)) == ""


def test_who_the_sources_say_they_are_of_is_gathered(read):
    """A claim inside is kept to be compared with the name outside."""
    assert read({"answers.yaml": yaml(Q2, learner="binh")}).claims == {"binh"}


# ---------------------------------------------------------------- language


def test_the_language_is_the_sources_else_the_classs(read):
    """answers.yaml, the notebook's metadata, else the class's."""
    assert read({"a.ipynb": ipynb(Q2, "en")}).lang == "en"
    assert read({"b.yaml": yaml(Q2, "vi", LATER)}).lang == "vi"


def test_a_hand_in_without_a_language_has_the_classs(read):
    """A notebook that names no language, in an English class."""
    tree = notebook(Q2, "vi", AT)
    tree["metadata"] = {}
    assert read({"a.ipynb": as_notebook(tree)}, "en").lang == "en"


def test_a_language_nobody_speaks_counts_as_none(read):
    """`lang: fr` is no language of the kit."""
    assert read({"answers.yaml": yaml(Q2, "fr")}, "en").lang == "en"


# ---------------------------------------------------------------- what is refused or ignored


def test_unknown_questions_are_reported_and_ignored(read):
    """The rest counts."""
    hand_in = read({"answers.yaml": yaml(Q2 | {"ex01-q99": "x"})})
    assert raw(hand_in) == Q2
    assert "ex01-q99" in told(hand_in)


@pytest.mark.parametrize("head", ["exercise: ex02\n", ""])
def test_another_exercises_answers_are_refused_by_name(read, head):
    """By its `exercise`, or by its questions' ids."""
    hand_in = read({"answers.yaml": head + "answers: {ex02-q1: x}"})
    assert not hand_in.readable
    assert "ex02" in told(hand_in)


def test_another_exercises_notebook_is_refused_by_name(read):
    """Also an untouched one, by what it says it is of."""
    tree = notebook({}, "vi", AT)
    tree["metadata"]["kpikit"]["of"] = "ex02"
    hand_in = read({"ex01.ipynb": as_notebook(tree)})
    assert (hand_in.readable, "ex02" in told(hand_in)) == (False, True)


@pytest.mark.parametrize(
    ("version", "readable"), [("", True), ("version: 1\n", True), ("version: 2\n", False), ("version: [1]\n", False)]
)
def test_no_version_is_one_and_another_is_unreadable(read, version, readable):
    """Only version 1 is known."""
    assert read({"answers.yaml": version + "answers: {ex01-q2: drop_blind}"}).readable is readable


def test_a_bom_is_fine(read):
    """As Windows editors write it, in YAML, JSON and notebooks."""
    bom = b"\xef\xbb\xbf"
    for name, data in (
        ("a.yaml", yaml(Q2).encode()),
        ("a.ipynb", ipynb(Q2)),
        ("a.json", json.dumps({"answers": Q2}).encode()),
    ):
        assert raw(read({name: bom + data})) == Q2


@pytest.mark.parametrize(
    "text",
    [
        "answers: &a {ex01-q2: drop_blind}",
        "answers: {ex01-q2: !!python/object/apply:os.system [x]}",
        "answers: {ex01-q2: !x drop_blind}",
        "answers: {ex01-q2: a, ex01-q2: b}",
        "answers: {}\n---\nanswers: {}",
        "answers: [1, 2]",
        "- 1",
        "text",
        "",
        "answers: {ex01-q2: *a}",
    ],
)
def test_what_the_yaml_rules_refuse_makes_the_source_unreadable(read, text):
    """Anchors, aliases, tags, repeated keys, several documents, no mapping."""
    hand_in = read({"answers.yaml": text})
    assert not hand_in.answers
    assert hand_in.readable is False


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04broken",
        bytes(range(256)) * 9,
        b"\xff\xfe\x00",
        b"{",
        b'{"cells": 5}',
        b'{"cells": {"a": 1}}',
        b'{"cells": [], "worksheets": [{"cells": 3}]}',
        b"null",
        b"[]",
    ],
)
def test_broken_files_of_any_suffix_are_told_not_raised(tmp_path, data):
    """Empty, cut short, binary, of a strange shape."""
    for n, suffix in enumerate((".yaml", ".ipynb", ".zip", ".json", ".xlsx", ".txt", "", ".exe")):
        (tmp_path / f"{n}{suffix}").write_bytes(data)
    hand_in = read_hand_in(tmp_path, QUESTIONS, "vi")
    assert hand_in.answers == {}


def test_readable_answers_beside_a_broken_file_count_in_full(read):
    """The broken one is named."""
    hand_in = read({"answers.yaml": yaml(Q2), "ex01.ipynb": ipynb(Q2)[:500]})
    assert (raw(hand_in), hand_in.readable) == (Q2, True)
    assert "ex01.ipynb" in told(hand_in)


def test_where_every_source_is_broken_it_is_unreadable(read):
    """Each with its reason."""
    hand_in = read({"answers.yaml": "a: [", "ex01.ipynb": b"{"})
    assert not hand_in.readable
    assert "answers.yaml" in told(hand_in)
    assert "ex01.ipynb" in told(hand_in)


def test_an_untouched_notebook_is_readable_and_empty(read):
    """Nothing answered is not unreadable."""
    hand_in = read({"ex01.ipynb": ipynb({})})
    assert (hand_in.readable, hand_in.answers) == (True, {})


def test_hidden_files_macosx_and_checkpoints_are_passed_over(read):
    """What systems leave behind is neither read nor told."""
    junk = yaml({"ex01-q2": "keep_green"}, saved="2099-01-01")
    hand_in = read(
        {
            "answers.yaml": yaml(Q2),
            ".hidden.yaml": junk,
            "__MACOSX/._answers.yaml": junk,
            "timestamp.txt": "x",
            ".ipynb_checkpoints/ex01-checkpoint.ipynb": ipynb({"ex01-q2": "x"}),
            "Thumbs.db": b"\0",
            "z.zip": zipped({"__MACOSX/a.yaml": junk.encode(), ".x.yaml": junk.encode()}),
        }
    )
    assert (raw(hand_in), hand_in.notes) == (Q2, [])


# ---------------------------------------------------------------- bounds


def test_an_empty_folder_is_unreadable(read):
    """Nothing was given."""
    assert not read({}).readable


def test_links_pipes_and_devices_are_never_followed(tmp_path):
    """A link to readable answers, a link to a folder, a pipe: unreadable, and it does not hang."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "answers.yaml").write_text(yaml(Q2))
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "answers.yaml").symlink_to(tmp_path / "elsewhere" / "answers.yaml")
    (mine / "folder").symlink_to(tmp_path / "elsewhere")
    (mine / "zero.yaml").symlink_to("/dev/zero")
    os.mkfifo(mine / "pipe.yaml")
    hand_in = read_hand_in(mine, QUESTIONS, "vi")
    assert (hand_in.readable, hand_in.answers) == (False, {})


def test_links_within_a_zip_are_never_followed(read):
    """A member that is a link is passed over."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        link = zipfile.ZipInfo("answers.yaml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert not read({"x.zip": held.getvalue()}).readable


def test_over_200_files_is_unreadable(read):
    """Loose, in folders or in a zip; 200 are fine."""
    many = {f"f{n}.yaml": yaml(Q2).encode() for n in range(FILES_LIMIT)}
    assert read({"x.zip": zipped(dict(list(many.items())[:-1]))}).readable
    assert not read(many).readable


def test_over_200_folders_are_no_way_around(tmp_path):
    """Empty folders within folders are bounded too."""
    for n in range(FILES_LIMIT + 2):
        (tmp_path / str(n)).mkdir()
    assert not read_hand_in(tmp_path, QUESTIONS, "vi").readable


def test_over_50_mb_unpacked_is_unreadable(read):
    """A small zip that unpacks to a great deal."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big.bin", b"\0" * (BYTES_LIMIT + 1))
        archive.writestr("answers.yaml", yaml(Q2))
    bomb = held.getvalue()
    assert len(bomb) < 100_000
    hand_in = read({"x.zip": bomb})
    assert (hand_in.readable, "50 MB" in told(hand_in)) == (False, True)


def test_zips_within_zips_are_not_read(read):
    """They are named, and answers beside them count."""
    inner = zipped({"answers.yaml": yaml({"ex01-q2": "keep_green"}, saved=LATER).encode()})
    hand_in = read({"x.zip": zipped({"inner.zip": inner, "answers.yaml": yaml(Q2).encode()})})
    assert raw(hand_in) == Q2
    assert "inner.zip" in told(hand_in)


def test_a_zip_with_a_password_is_told(read):
    """A member whose flag says encrypted."""
    data = bytearray(zipped({"answers.yaml": yaml(Q2).encode()}))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    hand_in = read({"x.zip": bytes(data)})
    assert (hand_in.readable, "password" in told(hand_in)) == (False, True)


def test_nesting_is_bounded_in_every_format(read):
    """A notebook's answer nested 30 deep is no answer, as in YAML."""
    deep = "x"
    for _ in range(30):
        deep = [deep]
    for files in ({"a.yaml": "answers: {ex01-q2: " + "[" * 30 + "]" * 30 + "}"}, {"b.ipynb": ipynb({"ex01-q2": deep})}):
        assert not read(files).answers


# ---------------------------------------------------------------- values


@pytest.mark.parametrize("written", ["1.50", "2027-01-12", "true", "0x1F", "1_000", "12:30", "no"])
def test_a_text_written_as_number_date_or_boolean_is_the_text_as_written(read, written):
    """In answers.yaml the text stays as it was typed."""
    hand_in = read({"answers.yaml": f"answers: {{ex01-q6: {written}}}"})
    assert answer("ex01-q6", raw(hand_in)["ex01-q6"]).value == written


@pytest.mark.parametrize("written", ["1.50", "true", "12500000000000000000001"])
def test_the_same_holds_in_a_notebook(read, written):
    """In JSON, too."""
    data = ipynb({"ex01-q6": "HERE"}).replace(b'"answer": "HERE"', f'"answer": {written}'.encode())
    assert answer("ex01-q6", raw(read({"x.ipynb": data}))["ex01-q6"]).value == written


def test_a_text_over_32000_characters_is_unanswered_with_the_reason():
    """At the limit it counts."""
    assert answer("ex01-q6", "a" * 32_000).value
    over = answer("ex01-q6", "a" * 32_001)
    assert over.value is None
    assert "32000" in over.remarks[0]["en"]


@pytest.mark.parametrize(
    ("id", "wrong"),
    [
        ("ex01-q1", "outcome"),
        ("ex01-q1", ["m01"]),
        ("ex01-q2", ["drop_blind"]),
        ("ex01-q2", {"a": "b"}),
        ("ex01-q5", {"a": "b"}),
        ("ex01-q5", ["1"]),
        ("ex01-q5", "about seventy"),
        ("ex01-q6", ["a"]),
        ("ex01-q6", {"a": "b"}),
        ("ex01-q7", "text"),
        ("ex01-q7", [["x"]]),
        ("ex01-q7", [{"colour": "red"}]),
    ],
)
def test_a_value_of_the_wrong_kind_is_unanswered_with_the_reason(id, wrong):
    """That question alone, and it says what was expected."""
    read_ = answer(id, wrong)
    assert read_.value is None
    assert all(read_.remarks[0][code] for code in LANGUAGES)


def test_unknown_options_and_items_are_reported_and_ignored():
    """The other items count."""
    read_ = answer("ex01-q1", {"m01": "outcome", "m02": "magic", "m99": "driver"})
    assert read_.value == {"m01": "outcome"}
    assert len(read_.remarks) == 2


@pytest.mark.parametrize(
    ("written", "lang", "value"),
    [
        ("73,2", "vi", 73.2),
        ("73.2", "en", 73.2),
        ("73,2%", "en", 73.2),
        ("1.234,5", "en", 1234.5),
        ("1,234.5", "vi", 1234.5),
        ("73.243", "vi", 73243),
        ("73.243", "en", 73.243),
        ("７３,２", "vi", 73.2),
        ("1 234,5", "vi", 1234.5),
    ],
)
def test_numbers_are_read_the_readers_way(written, lang, value):
    """By the file's language; what only the other's reading fits is read so."""
    assert answer("ex01-q5", written, lang).value == value


@pytest.mark.parametrize(("written", "lang"), [("73.243", "vi"), ("73.243", "en"), ("1.234,5", "en")])
def test_a_number_of_two_readings_is_echoed(written, lang):
    """The learner is told what was understood."""
    assert written in answer("ex01-q5", written, lang).remarks[0]["vi"]


def test_two_readings_and_no_language_are_unanswered_with_both_shown():
    """1.000 may be one thousand or one."""
    read_ = understood(QUESTIONS.find("ex01-q5"), "1.000", None)
    assert read_.value is None
    assert "1000" in read_.remarks[0]["en"]


@pytest.mark.parametrize("written", ["12 tỷ", "12bn", "5 tháng", "12 VND"])
def test_a_word_that_does_not_suit_the_unit_is_unanswered(written):
    """`tỷ` where the unit is %."""
    assert answer("ex01-q5", written).value is None


@pytest.mark.parametrize(
    "written", [".inf", "-.inf", ".nan", "NaN", "Infinity", "true", "1e999", "9" * 5000, "1e" + "9" * 400]
)
def test_infinities_and_booleans_are_no_numbers(read, written):
    """Also a number of five thousand digits."""
    hand_in = read({"answers.yaml": f"answers: {{ex01-q5: {written}}}"})
    assert answer("ex01-q5", raw(hand_in)["ex01-q5"]).value is None


def test_a_huge_number_in_a_notebook_is_told_not_raised(read):
    """Python refuses to read five thousand digits; the kit reads text."""
    data = ipynb({"ex01-q5": "HERE"} | Q2).replace(b'"answer": "HERE"', b'"answer": ' + b"9" * 5000)
    hand_in = read({"x.ipynb": data})
    assert raw(hand_in)["ex01-q2"] == "drop_blind"
    assert answer("ex01-q5", raw(hand_in)["ex01-q5"]).value is None


# ---------------------------------------------------------------- anything at all

FRAGMENTS = [
    b'{"cells": [',
    b"answers:",
    b"PK\x03\x04",
    b"\xef\xbb\xbf",
    b"ex01-q2: ",
    b"---\n",
    b"&a",
    b"*a",
    b"!!",
    b"[",
    b"{",
    b"\n  - ",
    yaml(Q2).encode(),
    zipped({"a.yaml": yaml(Q2).encode()}),
    ipynb(Q2)[:900],
]


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(FRAGMENTS) | st.binary(max_size=60), max_size=6).map(b"".join),
    st.sampled_from([".yaml", ".yml", ".json", ".ipynb", ".zip", ".xlsx", ".txt", ".exe", ""]),
)
def test_any_bytes_under_any_suffix_give_a_hand_in(tmp_path, data, suffix):
    """Never an error; what is not readable says why."""
    folder = Path(tempfile.mkdtemp(dir=tmp_path))
    (folder / f"f{suffix}").write_bytes(data)
    hand_in = read_hand_in(folder, QUESTIONS, "vi")
    assert hand_in.readable or hand_in.notes


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(["drop_blind", "m01", "outcome", "12 tỷ", "1.000", "{0.__class__}", "\ud800", "kpis", "K1", "G1"])
)
KEYS = st.sampled_from(
    ["m01", "kpis", "id", "name", "scale", "floor", "parent", "unit", "goal", "kind", "points"]
) | st.text(max_size=8)
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=15
)


@settings(deadline=None, max_examples=300)
@given(st.sampled_from([q.id for q in QUESTIONS.questions]), TREES, st.sampled_from(["vi", "en", None]))
def test_any_tree_as_an_answer_is_read_or_refused_with_a_reason(id, tree, lang):
    """Never an error; what was understood can be shown in both languages."""
    question = QUESTIONS.find(id)
    from kpikit.questions import read_answer

    read_ = read_answer(question, tree, lang)
    assert all(isinstance(line, str) for code in LANGUAGES for line in shown(question, read_.value, code))


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.sampled_from([q.id for q in QUESTIONS.questions]) | st.text(max_size=9), TREES, max_size=5),
    TREES,
    TREES,
)
def test_any_tree_in_a_notebook_and_in_json_is_read(tmp_path, answers, saved, about):
    """Whatever the outputs and the metadata hold."""
    folder = Path(tempfile.mkdtemp(dir=tmp_path))
    tree = {
        "cells": [{"outputs": [bundle(id, value, saved)]} for id, value in answers.items()]
        + [about, {"outputs": about}],
        "metadata": {"kpikit": about},
    }
    (folder / "x.ipynb").write_text(json.dumps(tree), "utf-8")
    (folder / "y.json").write_text(json.dumps({"answers": answers, "saved": saved, "learner": about}), "utf-8")
    read_hand_in(folder, QUESTIONS, "vi")

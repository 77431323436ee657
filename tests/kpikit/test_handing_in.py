"""Handing in makes one file; the same file, opened elsewhere, goes on where one left off."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit import language
from kpikit.documents import Unreadable
from kpikit.forms import Form, answer, form
from kpikit.forms.words import bundle
from kpikit.handing_in import Desk, hand_in, learner_id
from kpikit.keeping import go_on, keep, opened, records_in
from kpikit.language import Trouble
from kpikit.questions import QuestionSet, questions_of
from kpikit.records import load_record, now
from kpikit.sources import FILES_LIMIT, MIME

SAMPLE = Path(__file__).parents[1] / "browser" / "sample.yaml"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An exercise's folder, as it was handed out."""
    monkeypatch.setattr(language, "_chosen", "vi")
    monkeypatch.setattr(form, "marker", lambda set_: None)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "questions.yaml").write_text(SAMPLE.read_text("utf-8"), "utf-8")
    return tmp_path


@pytest.fixture
def ex01(here: Path) -> QuestionSet:
    return questions_of("ex01")


def zipped(**files: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def answers(saved: str | None, extra: str = "", **given: str) -> str:
    lines = "".join(f"  ex01-{q}: {a}\n" for q, a in given.items())
    return f"exercise: ex01\n{f'saved: {saved}' if saved else ''}\n{extra}\nanswers:\n{lines}"


def test_the_file_is_flat_and_bears_the_learners_id(here: Path) -> None:
    """answers.yaml, the notebook where it is there, nothing else; nothing half-written stays behind."""
    answer("ex01-q2", "b")
    (here / "ex01.ipynb").write_text("{}")
    path = hand_in(learner=" an.nguyen ")
    assert path == here / "ex01-an.nguyen.zip"
    with zipfile.ZipFile(path) as archive:
        assert sorted(archive.namelist()) == ["answers.yaml", "ex01.ipynb"]
        assert "ex01-q2: b" in archive.read("answers.yaml").decode()
    assert load_record(questions_of("ex01"), here).learner == {"id": "an.nguyen"}
    assert sorted(p.name for p in here.iterdir()) == [
        "answers.yaml",
        "ex01-an.nguyen.zip",
        "ex01.ipynb",
        "questions.yaml",
    ]


@pytest.mark.parametrize("id", ["", " ", ".", "..", "a/b", "a\\b", "<b>", "a\nb", "x" * 101, "a:b"])
def test_an_id_that_cannot_be_a_files_name_is_refused(id: str, here: Path) -> None:
    """And no file is made."""
    with pytest.raises(Trouble, match=r"an\.nguyen"):
        hand_in(learner=id)
    assert not list(here.glob("*.zip"))


@given(st.text(max_size=120))
def test_an_id_is_one_plain_file_name_or_refused(id: str) -> None:
    """Whatever was typed, the file lies in the folder itself."""
    try:
        name = f"ex01-{learner_id(id)}.zip"
    except Trouble:
        return
    assert Path(name).name == name
    assert "\n" not in name


def test_what_is_missing_is_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Answered, partly, unreadable and missing are told apart in plain words."""
    answer("ex01-q1", {"m01": "activity"})
    answer("ex01-q2", "b")
    keep(questions_of("ex01"), {"ex01-q4": "mười"}, here)
    assert hand_in() is None
    said = capsys.readouterr().out
    assert "Câu 1: ◐ mới trả lời một phần" in said
    assert "Câu 2: ✔" in said
    assert "Câu 4: ⚠" in said
    assert "Câu 3: ○" in said
    assert "Còn 5 câu chưa xong: Câu 1, Câu 3, Câu 4, Câu 5, Câu 6." in said


def test_a_fresh_folder_goes_on_from_the_file_beside_it(here: Path, tmp_path_factory: Any, monkeypatch: Any) -> None:
    """The zip alone, opened elsewhere, fills the forms, and the form says where that came from."""
    answer("ex01-q4", "12,5 tỷ")
    made = hand_in(learner="an.nguyen")
    assert made
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / made.name).write_bytes(made.read_bytes())
    set_ = questions_of("ex01")
    form = Form(set_, set_.find("ex01-q4"), elsewhere)
    assert form.field.raw() == "12,5 tỷ"
    assert "ex01-an.nguyen.zip" in form.status.value
    record = load_record(set_, elsewhere)
    assert record.learner == {"id": "an.nguyen"}
    assert record.saved == load_record(set_, here).saved


def test_a_lone_notebook_goes_on_too(ex01: QuestionSet, tmp_path_factory: Any) -> None:
    """Its outputs carry the answers; numbers keep their value."""
    question = ex01.find("ex01-q4")
    output = {"output_type": "display_data", "data": bundle(question, 12.5, now(), "vi"), "metadata": {}}
    notebook = {
        "cells": [{"cell_type": "code", "outputs": [output]}, {"outputs": None}],
        "metadata": {"kpikit": {"lang": "vi"}},
    }
    folder = tmp_path_factory.mktemp("lone")
    (folder / "ex01.ipynb").write_text(json.dumps(notebook), "utf-8")
    record, news = opened(ex01, folder)
    assert record.answers["ex01-q4"] == "12.5"
    assert news
    assert MIME in output["data"]


def test_the_newest_counts_and_the_rest_is_kept(ex01: QuestionSet, here: Path) -> None:
    """Answer by answer where the newest has none; the file before is kept under another name."""
    (here / "answers.yaml").write_text(answers("2027-01-12T10:00:00+07:00", q2="a", q5="cũ"), "utf-8")
    newer = zipped(x__answers_dot_yaml=answers("2027-01-12T11:00:00", q2="b"), notes="?")
    went = go_on(ex01, "ex01-an.zip", newer, here)
    record = load_record(ex01, here)
    assert record.answers == {"ex01-q2": "b", "ex01-q5": "cũ"}
    assert record.saved
    assert record.saved.isoformat() == "2027-01-12T11:00:00+07:00"
    assert went.kept
    assert "ex01-q2: a" in went.kept.read_text("utf-8")
    go_on(ex01, "answers.yaml", answers(None, q2="a", q3="[c]").encode(), here)
    assert load_record(ex01, here).answers == {"ex01-q2": "b", "ex01-q3": ["c"], "ex01-q5": "cũ"}


def test_another_exercise_is_refused_by_name(ex01: QuestionSet, here: Path) -> None:
    """And nothing is changed."""
    with pytest.raises(Unreadable, match="ex07"):
        go_on(ex01, "answers.yaml", b"exercise: ex07\nanswers: {ex07-q1: a}", here)
    assert not (here / "answers.yaml").exists()


def link(archive: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("answers.yaml")
    info.external_attr = 0o120777 << 16
    archive.writestr(info, "/etc/passwd")


def many(archive: zipfile.ZipFile) -> None:
    for n in range(FILES_LIMIT + 1):
        archive.writestr(f"{n}.yaml", "answers: {}")


def bomb(archive: zipfile.ZipFile) -> None:
    archive.writestr(zipfile.ZipInfo("answers.yaml"), b"0" * 60_000_000, zipfile.ZIP_DEFLATED)


def hidden(archive: zipfile.ZipFile) -> None:
    archive.writestr("__MACOSX/answers.yaml", "answers: {ex01-q2: a}")
    archive.writestr(".ipynb_checkpoints/answers.yaml", "answers: {ex01-q2: a}")


@pytest.mark.parametrize("fill", [link, many, bomb, hidden])
def test_a_zip_is_read_within_bounds(fill: Any, ex01: QuestionSet, here: Path) -> None:
    """Links, floods, bombs and hidden files give no answers and one clear error."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        fill(archive)
    with pytest.raises(Unreadable, match=r"kpikit\.hand_in"):
        go_on(ex01, "ex01.zip", out.getvalue(), here)
    assert not (here / "answers.yaml").exists()


@given(st.binary(max_size=200), st.sampled_from(["a.zip", "answers.yaml", "ex01.ipynb", "x.exe"]))
def test_whatever_bytes_come_they_are_answers_or_unreadable(data: bytes, name: str) -> None:
    """No other error reaches a learner."""
    for content in (data, b"PK\x03\x04" + data):
        with contextlib.suppress(Unreadable):
            records_in(name, content)


def test_the_desk_lists_makes_and_goes_on(ex01: QuestionSet, here: Path) -> None:
    """The form names what is missing, makes the file with a link to it, refuses a bad id, and takes a file."""
    desk = Desk(ex01, here)
    assert "Còn 6 câu chưa xong" in desk.list.value
    form = Form(ex01, ex01.find("ex01-q2"), here)
    form.field.radio.value = "b"  # type: ignore[attr-defined]
    assert "Còn 5 câu chưa xong" in desk.list.value
    desk.id.value = "<img>"
    desk.make.click()
    assert "chưa dùng được" in desk.said.value
    assert "<img>" not in desk.said.value
    desk.id.value = "an.nguyen"
    desk.make.click()
    assert "download='ex01-an.nguyen.zip' href='data:application/zip;base64," in desk.said.value
    assert (here / "ex01-an.nguyen.zip").exists()
    content = zipped(answers_dot_yaml=answers("2030-01-01T00:00:00+07:00", q3="[c]"))
    desk.file = SimpleNamespace(value=({"name": "ex01-<b>.zip", "size": len(content), "content": memoryview(content)},))
    desk._go_on()
    assert "Đã nhận 1 câu trả lời" in desk.said.value
    assert "<b>" not in desk.said.value
    assert "Còn 4 câu chưa xong" in desk.list.value

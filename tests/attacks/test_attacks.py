"""Hostile hand-ins, a file or a generator each: nothing runs, nothing is written elsewhere, everyone has a row.

Small ones lie in ``files/<who>/``, large or strange ones are made below. They are collected, graded and shown once.
"""

import io
import json
import os
import re
import shutil
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest

from autograder.collect import collect
from autograder.course import Course
from autograder.demo.make import as_notebook, average, bundle, cheat, notebook, record, zipped
from autograder.feedback import feedback
from autograder.grade import grade
from autograder.report import report
from autograder.score import KEYS

FILES = Path(__file__).parent / "files"
AT = "2027-01-12T09:30:00+07:00"
HONEST = average("vi")
CANARY = "nobody may touch this"
RUNS = 'import pathlib; pathlib.Path("EXECUTED").write_text("run")\n'


def yaml(answers=HONEST, who="x"):
    return record(answers, "vi", who, AT).encode()


def with_json(answers, **raw):
    """A notebook in which some answers are this very JSON."""
    data = as_notebook(notebook(answers | dict.fromkeys(raw, "HERE-"), "vi", AT)).decode()
    for text in raw.values():
        data = data.replace('"answer": "HERE-"', f'"answer": {text}', 1)
    return data.encode()


# ---------------------------------------------------------------- made here


def cheat_notebook():
    """Code in every cell, forged outputs, points, metadata, kernel; the honest answers among them."""
    tree = cheat(notebook(HONEST, "vi", AT))
    for cell in tree["cells"]:
        cell["source"] = RUNS + "".join(cell["source"])
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"] |= {"points": 10**9, "grade_id": "ex01-q1", "max_score": 10**9}
    tree["metadata"] |= {
        "kernelspec": {"name": "evil", "display_name": "x", "argv": ["touch", "EXECUTED"]},
        "score": 100,
    }
    return {
        "ex01.ipynb": as_notebook(tree),
        "sitecustomize.py": RUNS.encode(),
        "kpikit.py": RUNS.encode(),
        "conftest.py": RUNS.encode(),
    }


def html_outputs():
    """Scripts in the outputs beside the honest answers."""
    tree = notebook(HONEST, "vi", AT)
    evil = "<script>window.pwned=1</script>"
    for cell in tree["cells"]:
        cell.setdefault("attachments", {"x.svg": {"image/svg+xml": evil}})
        if cell["cell_type"] == "code":
            cell["outputs"].append(
                {
                    "output_type": "display_data",
                    "metadata": {},
                    "data": {"text/html": evil, "application/javascript": "window.pwned=1"},
                }
            )
        else:
            cell["source"] = evil
    return {"ex01.ipynb": as_notebook(tree)}


def many_cells():
    """A hundred thousand empty cells around the honest ones."""
    tree = notebook(HONEST, "vi", AT)
    tree["cells"] += [{"cell_type": "markdown", "metadata": {}, "source": []}] * 100_000
    return {"ex01.ipynb": json.dumps(tree).encode()}


def tiny_lists():
    """Millions of values, a hundred bytes of memory each."""
    return {"ex01.ipynb": b'{"cells": [' + b"[]," * 2_500_000 + b"[]]}"}


def long_answer_list():
    """A hundred thousand rows as one answer in a notebook."""
    return {"ex01.ipynb": as_notebook(notebook(HONEST | {"ex01-q7": ["x"] * 100_000}, "vi", AT))}


def bomb():
    """A megabyte that unpacks to a gigabyte, before the answers."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(3):
            archive.writestr(f"{n}.yaml", bytes(20_000_000))
        archive.writestr("answers.yaml", yaml())
    return {"x.zip": held.getvalue()}


def russian_doll():
    """A zip in a zip in a zip, ten deep."""
    data = zipped({"answers.yaml": yaml()})
    for n in range(10):
        data = zipped({f"{n}.zip": data})
    return {"x.zip": data}


def many_members():
    """Thirty thousand members that would all be passed over."""
    return {"x.zip": zipped({f".{n}": b"" for n in range(30_000)})}


def links_in_zip():
    """Members that say they are links to the keys."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, target in (("answers.yaml", str(KEYS / "ex01.yaml")), ("ex01.ipynb", "/etc/passwd")):
            link = zipfile.ZipInfo(name)
            link.external_attr = 0o120777 << 16
            archive.writestr(link, target)
    return {"x.zip": held.getvalue()}


def markup_names():
    """Scripts as file names, in the folder and in a zip."""
    evil = "<img src=x onerror='window.pwned=1'>"
    return {
        f"{evil}.bin": b"x",
        f"{evil}.yaml": yaml() + b"\x00",
        "answers.yaml": yaml(),
        "z.zip": zipped({f"{evil}/{evil}.ipynb": b"{", "<script>window.pwned=1<": b"x"}),
    }


MADE = {  # who: files, status, the honest twin's score
    "honest": (lambda: {"ex01.ipynb": as_notebook(notebook(HONEST, "vi", AT))}, "graded", True),
    "cheat": (cheat_notebook, "graded", True),
    "html-outputs": (html_outputs, "graded", True),
    "many-cells": (many_cells, "graded", True),
    "climbing-zip": (
        lambda: {
            "x.zip": zipped({"../../../answers.yaml": yaml(), "/tmp/abs.yaml": b"x", "..\\..\\x.py": RUNS.encode()})
        },
        "graded",
        True,
    ),
    "markup-names": (markup_names, "graded", True),
    "tiny-lists": (tiny_lists, "unreadable", False),
    "long-answer": (long_answer_list, "unreadable", False),
    "bomb": (bomb, "unreadable", False),
    "russian-doll": (russian_doll, "unreadable", False),
    "many-members": (many_members, "unreadable", False),
    "links-in-zip": (links_in_zip, "unreadable", False),
    "deep-yaml": (lambda: {"a.yaml": b"answers: {ex01-q2: " + b"[" * 200_000}, "unreadable", False),
    "deep-block-yaml": (
        lambda: {"a.yaml": b"answers:\n" + b"".join(b" " * n + b"a:\n" for n in range(1, 900))},
        "unreadable",
        False,
    ),
    "deep-json": (lambda: {"a.json": b'{"answers": ' + b"[" * 200_000}, "unreadable", False),
    "deep-notebook": (lambda: {"a.ipynb": b'{"cells": ' + b"[" * 200_000}, "unreadable", False),
    "deep-answer": (lambda: {"a.ipynb": with_json({}, **{"ex01-q7": "[" * 500 + "]" * 500})}, "unreadable", False),
    "deep-text-bundle": (
        lambda: {
            "a.ipynb": json.dumps(
                {
                    "cells": [
                        {
                            "outputs": [
                                bundle("ex01-q2", "keep_green", AT),
                                {"application/vnd.kpikit.answer+json": "[" * 200_000},
                            ]
                        }
                    ]
                }
            ).encode()
        },
        "partial",
        False,
    ),
    "huge-number": (
        lambda: {"a.yaml": yaml({"ex01-q5": 0}).replace(b"ex01-q5: 0", b"ex01-q5: " + b"9" * 5000)},
        "partial",
        False,
    ),
    "huge-number-notebook": (lambda: {"a.ipynb": with_json(HONEST, **{"ex01-q5": "9" * 5000})}, "partial", False),
    "nan-notebook": (
        lambda: {"a.ipynb": with_json(HONEST, **{"ex01-q5": "NaN", "ex01-q6": "Infinity"})},
        "partial",
        False,
    ),
    "long-digits": (lambda: {"a.yaml": yaml(HONEST | {"ex01-q5": "1 tỷ " * 50_000})}, "partial", False),
    "text-10mb": (lambda: {"a.yaml": yaml(HONEST | {"ex01-q6": "a" * 10_000_000})}, "unreadable", False),
    "text-10mb-notebook": (
        lambda: {"a.ipynb": as_notebook(notebook(HONEST | {"ex01-q6": "a" * 10_000_000}, "vi", AT))},
        "partial",
        False,
    ),
    "answers-100k": (
        lambda: {"a.json": json.dumps({"answers": {f"q{n}": n for n in range(100_000)}}).encode()},
        "partial",
        False,
    ),
    "answers-100k-yaml": (
        lambda: {"a.yaml": b"answers:\n" + b"".join(b"  q%d: 1\n" % n for n in range(100_000))},
        "unreadable",
        False,
    ),
    "many-kpis": (
        lambda: {
            "a.yaml": yaml(HONEST | {"ex01-q7": [{"name": f"Số cuộc gọi {n}", "goal": "G1"} for n in range(1500)]})
        },
        "graded",
        False,
    ),
    "rtl": (lambda: {"a.yaml": yaml(HONEST | {"ex01-q6": "\u202egnp.exe\u2066 \u200f" * 50})}, "graded", True),
}
KEPT = {
    "yaml-tag": "unreadable",
    "yaml-bomb": "unreadable",
    "yaml-merge": "unreadable",
    "markup": "partial",
    "templates": "partial",
    "control": "partial",
    "numbers": "partial",
    "self-marked": "partial",
    "keyed": "partial",
    "page": "unreadable",
}
STRANGE = {"linked": "unreadable", "pipe": "unreadable", "linked-folder": "unreadable"}


def lay_strange(folder):
    """Links to the keys and a pipe, as a disk can hold them."""
    for who in STRANGE:
        (folder / who).mkdir()
    (folder / "linked" / "answers.yaml").symlink_to(KEYS / "ex01.yaml")
    (folder / "linked-folder" / "keys").symlink_to(KEYS)
    os.mkfifo(folder / "pipe" / "answers.yaml")


class Attacked:
    """The class after all of it: entries, pages, and what lay around before."""

    def __init__(self, released: Path, around: Path) -> None:
        self.around, source = around, around / "given"
        self.course = Course.at(shutil.copytree(released, around / "class"))
        shutil.copytree(FILES, source)
        for who, (make, _, _) in MADE.items():
            (source / who).mkdir()
            for name, data in make().items():
                (source / who / name.replace("/", "∕")).write_bytes(data)
        lay_strange(source)
        (around / "canary").write_text(CANARY)
        before = self.outside()
        self.found = collect(self.course, "ex01", source)
        self.entries = {e.learner: e for e in grade(self.course, "ex01", jobs=2)}
        self.pages = {p.parts[-3]: p.read_text("utf-8") for p in feedback(self.course, "ex01")}
        self.report = report(self.course, "ex01").read_text("utf-8")
        self.changed = before ^ self.outside()

    def outside(self):
        """What lies around the class folder, by name and size."""
        return {
            (p.as_posix(), p.lstat().st_size)
            for p in self.around.rglob("*")
            if not p.is_relative_to(self.course.root) and not p.is_dir()
        }


@pytest.fixture(scope="module")
def attacked(released, tmp_path_factory):
    """Collected, graded and shown in a working folder of its own."""
    around, home = tmp_path_factory.mktemp("attacked"), Path.cwd()
    os.chdir(around)
    try:
        yield Attacked(released, around)
    finally:
        os.chdir(home)


def test_the_kept_files_are_those_listed():
    """A new hand-in in files/ says here what becomes of it."""
    assert {p.name for p in FILES.iterdir()} == set(KEPT)


@pytest.mark.parametrize("who", [*MADE, *KEPT, *STRANGE])
def test_each_has_its_row_with_a_sensible_status(attacked, who):
    """And a reason where nothing could be read."""
    entry = attacked.entries[who]
    assert entry.status == ({n: s for n, (_, s, _) in MADE.items()} | KEPT | STRANGE)[who], entry.message
    assert entry.status != "unreadable" or (entry.score == 0 and entry.message)
    assert 0 <= entry.score <= entry.max_score == 100
    assert len(entry.message) < 3000


@pytest.mark.parametrize("who", [who for who, (_, _, same) in MADE.items() if same])
def test_an_attack_earns_what_its_honest_answers_earn(attacked, who):
    """No more, no less."""
    assert (attacked.entries[who].score, attacked.entries[who].waiting) == (
        attacked.entries["honest"].score,
        attacked.entries["honest"].waiting,
    )


def test_nothing_was_executed(attacked):
    """Each would have left its mark, in the working folder or beside the class."""
    assert not [p for p in attacked.around.rglob("*") if p.name in ("EXECUTED", "CHEATED")]
    assert not Path("EXECUTED").exists()


def test_nothing_was_written_outside_the_class_folder(attacked):
    """Neither by climbing nor by links."""
    assert attacked.changed == set()
    assert (attacked.around / "canary").read_text() == CANARY
    assert not Path("/tmp/abs.yaml").exists()


def test_nothing_of_the_keys_came_into_the_class(attacked):
    """A link to the keys is not followed, and none is laid."""
    secret = b"proof_overlooked: {misconception"
    for path in (attacked.course.root / "submitted").rglob("*"):
        assert not path.is_symlink()
        assert not path.is_file() or secret not in path.read_bytes()


def test_points_and_questions_come_from_the_release(attacked):
    """Whatever a hand-in says of itself."""
    assert attacked.entries["self-marked"].score == 0
    assert attacked.entries["keyed"].score == 8
    with attacked.course.gradebook() as gradebook:
        assert {c.max_score for c in gradebook.find_notebook("ex01", "ex01").grade_cells} == {24, 8, 12, 15, 25}


class Tags(HTMLParser):
    """What a browser would make of a page: tags and their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))

    def harmful(self):
        return [
            (t, a)
            for t, a in self.seen
            if t in ("script", "img", "svg", "iframe", "object", "embed", "link", "base", "form")
            or any(name.startswith("on") or "javascript:" in (value or "") for name, value in a.items())
        ]


def shown(attacked, who):
    """Everything of a learner that a browser may show: feedback page, notebook outputs, comments."""
    tree = json.loads(attacked.course.autograded(who, "ex01").read_text("utf-8"))
    outputs = [data["data"]["text/html"] for cell in tree["cells"] for data in cell.get("outputs", [])]
    with attacked.course.gradebook() as gradebook:
        comments = [c.auto_comment or "" for n in gradebook.find_submission("ex01", who).notebooks for c in n.comments]
    return [attacked.pages[who], *outputs, *comments]


@pytest.mark.parametrize(
    "who", ["markup", "markup-names", "html-outputs", "templates", "control", "cheat", "rtl", "page"]
)
def test_no_tag_of_a_learners_reaches_a_page_an_output_or_a_comment(attacked, who):
    """No script, no image, no handler, no address that runs."""
    for text in shown(attacked, who):
        assert Tags(text).harmful() == []


def test_no_tag_of_a_learners_reaches_the_report(attacked):
    """Messages quote file names and ids of all of them."""
    assert Tags(attacked.report).harmful() == []
    assert "markup" in attacked.report


def test_a_comment_survives_markdown(attacked):
    """nbgrader's pages render comments as Markdown: a link that runs is none there."""
    from nbconvert.filters import markdown2html

    for text in shown(attacked, "markup")[1:]:
        assert Tags(markdown2html(text)).harmful() == []


def test_templates_and_format_strings_are_not_expanded(attacked):
    """Braces come out as they were typed."""
    page = attacked.pages["templates"]
    assert "{{7*7}} {question.__class__} ${7*7}" in page
    assert "class &#39;" not in page
    assert not re.search(r"\b49\b", page.partition("ex01-q6")[2].partition("ex01-q7")[0])


def test_no_control_character_and_no_broken_letter_stays(attacked):
    """In records, pages and entries."""
    bad = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
    for who in ("control", "markup-names"):
        assert not bad.search(attacked.entries[who].message)
        assert not any(bad.search(text) for text in shown(attacked, who))


def test_a_second_run_says_the_same(attacked):
    """Collected and graded again, by another number of workers."""
    collect(attacked.course, "ex01", attacked.around / "given")
    assert {e.learner: e for e in grade(attacked.course, "ex01", jobs=1)} == attacked.entries

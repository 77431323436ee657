"""Sources into notebooks: twins complete, the same in both languages but for their texts, locks as nbgrader computes them."""

import json
import shutil
import subprocess
import sys

import pytest
from nbformat import NotebookNode
from nbgrader.utils import compute_checksum

from autograder.build import ROOT, built, figures_in, notebook, read_source, sources, stale
from kpikit.language import Trouble

HEAD = """---
title: {vi: Bài, en: Lesson}
minutes: 5
covers: [A1]
---
"""
TWINS = """+++ {{"lang": "vi"}}

{vi}

+++ {{"lang": "en"}}

{en}

```{{code-cell}} ipython3
kpikit.ask("ex01-q1")
```
"""


def source(tmp_path, body):
    path = tmp_path / "text.md"
    path.write_text(HEAD + body, "utf-8")
    shutil.copyfile(ROOT / "exercises" / "vi" / "ex01" / "questions.yaml", tmp_path / "questions.yaml")
    return read_source(path, "ex01", tmp_path / "questions.yaml", exercise=True)


def test_a_source_gives_a_notebook_in_each_language(tmp_path):
    """The text differs, the code does not."""
    own = source(tmp_path, TWINS.format(vi="Tăng 12,5%.", en="Up 12.5%."))
    vi, en = notebook(own, "vi"), notebook(own, "en")
    assert ["Tăng" in str(vi), "Tăng" in str(en), "Up" in str(en)] == [True, False, True]
    assert [c["source"] for c in vi["cells"] if "nbgrader" in c["metadata"]] == [
        c["source"] for c in en["cells"] if "nbgrader" in c["metadata"]
    ]


@pytest.mark.parametrize(
    "body",
    [
        '+++ {"lang": "vi"}\n\nMột mình.\n',
        '+++ {"lang": "en"}\n\nAlone.\n',
        "No language.\n",
        '+++ {"lang": "vi"}\n\nMột.\n\n+++ {"lang": "vi"}\n\nHai.\n',
        '+++ {"lang": "vi"}\n\nMột.\n\n```{code-cell}\n1\n```\n\n+++ {"lang": "en"}\n\nOne.\n',
    ],
)
def test_a_text_without_its_twin_is_refused(tmp_path, body):
    """Also where code stands between the two."""
    with pytest.raises(Trouble, match=r"text\.md"):
        source(tmp_path, body)


def test_twins_with_differing_numbers_are_refused(tmp_path):
    """The numbers are named."""
    with pytest.raises(Trouble, match="13"):
        source(tmp_path, TWINS.format(vi="Tăng 12%.", en="Up 13%."))


@pytest.mark.parametrize(
    ("vi", "en"), [("1.234,5", "1,234.5"), ("12 tỷ", "12bn"), ("năm 2026, 7 tháng", "7 months of 2026")]
)
def test_the_same_number_written_each_readers_way_is_the_same(vi, en):
    """Separators and order do not matter."""
    assert figures_in(vi) == figures_in(en)


def test_cell_ids_are_derived_and_the_same_in_both_languages():
    """So that built files equal their source at every build."""
    for own in sources():
        ids = [[c["id"] for c in notebook(own, lang)["cells"]] for lang in ("vi", "en", "vi")]
        assert ids[0] == ids[1] == ids[2]
        assert len(set(ids[0])) == len(ids[0])


def test_code_is_folded_and_only_questions_of_exercises_are_graded():
    """A learner sees text, form, figure."""
    for own in sources():
        for cell in notebook(own, "vi")["cells"]:
            if cell["cell_type"] == "code":
                assert cell["metadata"]["jupyter"]["source_hidden"] is True
            assert "nbgrader" not in cell["metadata"] or own.exercise


def test_locks_and_checksums_are_those_nbgrader_computes():
    """Each question's, in both languages."""
    for own in (s for s in sources() if s.exercise):
        for lang in ("vi", "en"):
            for cell in notebook(own, lang)["cells"]:
                if locks := cell["metadata"].get("nbgrader"):
                    bare = {k: v for k, v in locks.items() if k != "checksum"}
                    node = NotebookNode(
                        cell_type="code",
                        source="".join(cell["source"]),
                        metadata=NotebookNode(nbgrader=NotebookNode(bare)),
                    )
                    assert locks["checksum"] == compute_checksum(node)


def test_a_released_notebook_keeps_the_checksums_of_the_build(course):
    """nbgrader's release computes the same for the class's language."""

    def checksums(path):
        return [
            c["metadata"]["nbgrader"]["checksum"]
            for c in json.loads(path.read_text("utf-8"))["cells"]
            if "nbgrader" in c["metadata"]
        ]

    assert checksums(course.pristine("ex01", "vi")) == checksums(ROOT / "exercises" / "vi" / "ex01" / "ex01.ipynb")
    assert checksums(course.pristine("ex01", "vi")) == checksums(course.pristine("ex01", "en"))


def test_every_question_of_an_exercise_is_asked_once_in_order():
    """None forgotten, none twice."""
    for own in (s for s in sources() if s.exercise):
        asked = [
            c["metadata"]["nbgrader"]["grade_id"] for c in notebook(own, "vi")["cells"] if "nbgrader" in c["metadata"]
        ]
        assert asked == [q.id for q in own.questions.questions]


def test_a_notebook_says_its_language_and_whose_it_is():
    """`metadata.kpikit`, which a hand-in is read by."""
    for own in sources():
        assert notebook(own, "en")["metadata"]["kpikit"] == {"lang": "en", "of": own.name}


def test_a_stale_or_orphaned_file_is_named(tmp_path):
    """A changed notebook, a missing one, one whose source is gone; a learner's answers are not."""
    for kind in ("lessons", "exercises"):
        shutil.copytree(ROOT / kind, tmp_path / kind)
    for path, text in built(tmp_path).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert stale(root=tmp_path) == []
    changed, gone = (tmp_path / "exercises" / lang / "ex01" / "ex01.ipynb" for lang in ("vi", "en"))
    changed.write_text(changed.read_text("utf-8").replace("ex01-q1", "ex01-q2"), "utf-8")
    gone.unlink()
    orphan = tmp_path / "lessons" / "vi" / "99-old.ipynb"
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_text("{}")
    (changed.parent / "answers.yaml").write_text("answers: {}")
    assert stale(root=tmp_path) == sorted([changed, gone, orphan])


def test_the_check_names_and_does_not_write():
    """`make check` in a tree that is built exits 0."""
    done = subprocess.run(
        [sys.executable, "-m", "autograder.build", "--check"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")

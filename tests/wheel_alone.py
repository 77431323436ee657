"""Run inside an empty venv that has the wheel alone (see test_project.py)."""

import shutil
from pathlib import Path

import nbclient
import nbformat

import kpikit
from kpikit.questions import homes, marker, questions_of

home = homes()[0]
assert "site-packages" in str(home), home
for path in (home / "lessons/en/01-kpi-or-activity.ipynb", home / "exercises/en/ex01/ex01.ipynb"):
    shutil.copy(path, path.name)
    notebook = nbformat.read(path.name, as_version=4)
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
print("no key" if marker(questions_of("ex01")) is None else "a key is in reach")
kpikit.use("en")
kpikit.answer("ex01-q2", "drop_blind")
print(Path("answers.yaml").read_text("utf-8"))

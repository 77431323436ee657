"""The project's own papers agree: environment.yml with pyproject, READMEs with the code, the wheel with its promise."""

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from autograder.papers import PAPERS, fill
from kpikit.documents import read_tree
from kpikit.language import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
CONDA_NAMES = {"matplotlib-base": "matplotlib"}
ONLY_PIP = {"jupyterlab-language-pack-vi-vn"}


def requirements() -> dict[str, str]:
    """pyproject's requirements for learner, lab and instructor: name to bound."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = (
        project["dependencies"]
        + project["optional-dependencies"]["lab"]
        + project["optional-dependencies"]["instructor"]
    )
    return {re.split("[><=\\[]", line)[0].lower(): re.sub(r"^[^><=]*", "", line) for line in lines}


def environment() -> dict[str, str]:
    """environment.yml's packages, pip's among them, under PyPI's names."""
    listed = read_tree(ROOT / "environment.yml")["dependencies"]
    names = [e for e in listed if isinstance(e, str)] + next(e for e in listed if isinstance(e, dict))["pip"]
    found = {re.split("[><=]", n)[0].lower(): re.sub(r"^[^><=]*", "", n) for n in names}
    return {CONDA_NAMES.get(n, n): bound for n, bound in found.items()}


def test_the_environment_installs_what_pyproject_asks_for():
    """Every requirement stands in environment.yml with the same bound, and the project installs itself."""
    there = environment()
    for name, bound in requirements().items():
        assert there.get(name) == bound, f"{name} in environment.yml"
    assert "--editable ." in there


def test_the_environment_holds_nothing_else():
    """No package creeps into the image that pyproject does not ask for."""
    assert set(environment()) - set(requirements()) == {"python", "pip", "--editable ."}


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_a_readme_starts_with_the_commands(name):
    """What it is for, one picture, and the two commands stand by line 20."""
    head = (ROOT / name).read_text("utf-8").splitlines()[:20]
    assert any(line.startswith("make demo") for line in head)
    assert any(line.startswith("make test") for line in head)
    picture = next(line for line in head if line.startswith("!["))
    assert (ROOT / re.search(r"\((.*)\)", picture)[1]).is_file()


@pytest.mark.parametrize("name", sorted({p for p, _, _ in PAPERS}))
def test_generated_blocks_agree_with_the_code(name):
    """Tables of the papers are made from the code's own words."""
    path = ROOT / name
    assert path.read_text("utf-8") == fill(path), "run: make notebooks"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The built wheel."""
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--installer", "pip", "--outdir", out, ROOT],
        check=True,
        capture_output=True,
    )
    return next(out.glob("*.whl"))


def empty_venv(folder, *packages) -> Path:
    """The Python of a new venv that holds these packages; by uv where it is there, which is faster."""
    uv = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
    python = folder / "bin" / "python"
    if uv:
        subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, folder], check=True)
        subprocess.run([uv, "pip", "install", "--quiet", "--python", python, *packages], check=True)
    else:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
    return python


def test_the_wheel_holds_no_key_and_no_truth(wheel):
    """A class image made from the wheel holds no key, no sound design of a case to choose, no generator, no sample class."""
    names = zipfile.ZipFile(wheel).namelist()
    assert not [n for n in names if "/keys/" in n or "/demo/" in n or n.endswith("make.py")]
    assert [n for n in names if n.endswith("cases/distributor/story.md")]
    for lang in LANGUAGES:
        assert f"kpikit/data/exercises/{lang}/ex01/ex01.ipynb" in names


def test_the_wheel_alone_runs_lesson_and_exercise_and_says_saved(wheel, tmp_path):
    """In an empty venv with the wheel alone: both notebooks run, answers are saved, no key answers."""
    python = empty_venv(tmp_path / "venv", wheel, "ipykernel", "nbclient")
    code = (Path(__file__).parent / "wheel_alone.py").read_text("utf-8")
    done = subprocess.run([python, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "no key" in done.stdout
    assert "saved" in done.stdout.casefold()

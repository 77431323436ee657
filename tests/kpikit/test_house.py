"""The house keeps its own rules: imports run one way, the public names load, every text has its twin."""

import ast
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import kpikit

ROOT = Path(kpikit.__file__).parent
ORDER = [
    "language",
    "prose",
    "design",
    "documents",
    "files",
    "kinds_model",
    "kinds_reading",
    "kinds",
    "companies",
    "metrics",
    "report",
    "checklist",
    "starting",
    "attainment",
    "run_rate_words",
    "proof_words",
    "pictures",
    "pace_report",
    "run_rate",
    "one_link",
    "chain_series",
    "proof",
    "gallery",
    "years",
    "questions",
    "records",
    "sources",
    "keeping",
    "forms",
    "handing_in",
    "so_far",
    "picks",
    "views",
    "exploring",
    "cli",
]
INSTRUCTORS = {"autograder", "nbgrader", "typer", "rich", "jinja2", "nh3"}


def imported(path: Path) -> set[str]:
    """What a module imports, as dotted names; relative ones as names inside kpikit."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = path.relative_to(ROOT).parent.parts[: len(path.relative_to(ROOT).parent.parts) - node.level + 1]
            found.add(".".join(["kpikit", *base, node.module or ""]) if node.level else node.module or "")
    return found


def modules() -> list[Path]:
    return sorted(p for p in ROOT.rglob("*.py") if p.name != "__init__.py" or p.parent != ROOT)


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_module_imports_only_those_before_it(path):
    """Imports inside kpikit run one way, down the order of the house."""
    own = path.relative_to(ROOT).parts[0].removesuffix(".py")
    assert own in ORDER, f"{own} has no place in the order of the house"
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "kpikit" and len(parts) > 1 and parts[1] in ORDER and parts[1] != own:
            assert ORDER.index(parts[1]) < ORDER.index(own), f"{own} imports {parts[1]}, which comes after it"


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_the_learners_side_never_imports_the_instructors(path):
    """kpikit runs without autograder, nbgrader and what they bring."""
    assert not {name.split(".")[0] for name in imported(path)} & INSTRUCTORS


def test_no_module_bears_a_public_name_and_each_name_loads_twice():
    """A lazy import would be shadowed by a module of its name; so: import every module, then call each name twice."""
    for module in pkgutil.walk_packages([str(ROOT)], "kpikit."):
        importlib.import_module(module.name)
    for name in kpikit.__all__:
        first, second = getattr(kpikit, name), getattr(kpikit, name)
        assert callable(first)
        assert first is second
        assert not (ROOT / f"{name}.py").exists()
        assert not (ROOT / name).is_dir()


def test_the_public_names_are_a_sorted_short_list():
    """About fifteen names, sorted, are all a notebook may use."""
    assert list(kpikit.__all__) == sorted(kpikit.__all__)
    assert len(kpikit.__all__) <= 18


def test_importing_kpikit_loads_nothing_heavy():
    """`import kpikit` brings neither pandas nor pydantic nor widgets; a name loads what it needs."""
    code = (
        "import kpikit, sys; print([m for m in ('pandas', 'pydantic', 'ipywidgets', 'matplotlib') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_an_unknown_name_says_which_there_are():
    """A typing slip is answered with the list."""
    with pytest.raises(AttributeError, match="check"):
        kpikit.chek  # noqa: B018

"""JupyterLab in the reader's language: on the course for a learner, on a class with the formgrader for an instructor."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

from kpikit.language import current

from .course import on_path

LOCALES = {"vi": "vi_VN", "en": "default"}


def settings(lang: str) -> Path:
    """A settings folder that sets JupyterLab's own language, keeps its news away, and nothing else."""
    folder = Path(tempfile.mkdtemp(prefix="kpikit-lab-"))
    for extension, plugin, own in (
        ("translation", "plugin", {"locale": LOCALES[lang]}),
        ("apputils", "notification", {"fetchNews": "false", "checkForUpdates": False}),
    ):
        place = folder / "@jupyterlab" / f"{extension}-extension"
        place.mkdir(parents=True)
        (place / f"{plugin}.jupyterlab-settings").write_text(json.dumps(own), "utf-8")
    return folder


def start(folder: Path, *arguments: str) -> None:
    """Become JupyterLab, started in this folder (the formgrader takes its configuration from there). Does not return."""
    on_path()
    os.environ.setdefault("JUPYTERLAB_SETTINGS_DIR", str(settings(current())))
    os.chdir(folder)
    os.execv(sys.executable, [sys.executable, "-m", "jupyter", "lab", *arguments])


def main() -> None:
    """``make lab``: the course's first lesson in the language in force."""
    root = Path(__file__).resolve().parent.parent
    first = min((root / "lessons" / current()).glob("*.ipynb"))
    start(root, f"--LabApp.default_url=/lab/tree/{first.relative_to(root).as_posix()}", *sys.argv[1:])


if __name__ == "__main__":
    main()

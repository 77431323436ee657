"""The course's text is ours: no twelve words in a row of the article it grew from stand in any file.

`article_runs.bin` holds six bytes for each run of twelve words of that article (BLAKE2b of the words, folded), so that
the article itself need not lie here. It was made with `runs` below.
"""

import hashlib
import re
import subprocess
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUN, SIZE = 12, 6
READ = {".md", ".yaml", ".yml", ".ipynb", ".py", ".j2", ".txt", ".toml"}


def folded(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())


def run_hash(words: list[str]) -> bytes:
    return hashlib.blake2b(" ".join(words).encode(), digest_size=SIZE).digest()


def runs(text: str) -> dict[bytes, str]:
    words = folded(text)
    return {run_hash(words[i : i + RUN]): " ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def article() -> set[bytes]:
    data = Path(__file__).with_name("article_runs.bin").read_bytes()
    return {data[i : i + SIZE] for i in range(0, len(data), SIZE)}


def texts() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    paths = [ROOT / name for name in listed.stdout.splitlines()] if listed.returncode == 0 else list(ROOT.rglob("*"))
    return [p for p in paths if p.suffix in READ and p.is_file() and ".venv" not in p.parts and p.name != "uv.lock"]


def said(path: Path) -> str:
    """A file's text; in a notebook the marks between its lines are no words."""
    text = path.read_text("utf-8", errors="replace")
    return text.replace("\\n", " ").replace("\\u", " ") if path.suffix == ".ipynb" else text


def test_no_file_holds_twelve_words_in_a_row_of_the_article():
    known, found = article(), {}
    paths = texts()
    assert len(paths) > 200
    for path in paths:
        for key, words in runs(said(path)).items():
            if key in known:
                found.setdefault(path.relative_to(ROOT).as_posix(), words)
    assert found == {}


def test_the_article_is_held_as_runs():
    assert len(article()) > 3000


@pytest.mark.parametrize("letter", ["ấ", "a\u0302\u0301"])
def test_letters_written_two_ways_are_one(letter):
    assert folded(f"M{letter}t") == folded("MẤT")

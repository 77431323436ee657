"""Hand-ins as an LMS or mail gives them, into submitted/<learner>/<EX>/, each beside a pristine notebook.

Who handed in is said from outside: Moodle's or Canvas's file or folder name, else the folder, else a loose
file's stem. Nothing is opened, followed or run here.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Any

from kpikit.documents import write_text
from kpikit.language import Trouble, Words, same
from kpikit.questions import QuestionSet
from kpikit.records import HANOI
from kpikit.sources import BYTES_LIMIT, FILES_LIMIT, member_name, passed_over

from .course import Course, Student, nfc
from .hand_ins import HANDED_IN, read_hand_in
from .store import read_stamp, timestamp

EARLIER = "earlier"  # older hand-ins of the same learner: kept, not counted
MOODLE = re.compile(r"(?P<name>.+)_(?P<number>\d+)_assignsubmission_(?:file|onlinetext)(?:_(?P<file>.*))?")
CANVAS = re.compile(r"(?P<name>[^_]+)(?:_LATE)?_(?P<number>\d+)_\d+_(?P<file>.+)")
ID_LIMIT = 100
EMPTY = "…"  # what an empty folder holds
NO_TIME = datetime(1980, 1, 1, tzinfo=HANOI)  # what a zip says where it knows no time


@dataclass
class Given:
    """One file as it was given: its path there, how to open it (None: a link, a pipe, an empty folder), when it came.

    ``hidden``: passed over without a word; it only shows that its learner gave something.
    """

    path: PurePosixPath
    open: Callable[[], IO[Any]] | None
    time: datetime | None = None
    hidden: bool = False


@dataclass
class Entry:
    """One learner's hand-in: who, by the name outside, and its files; ``lms``: the name was given by Moodle or Canvas."""

    who: str
    label: str
    lms: bool = False
    files: list[Given] = field(default_factory=list)

    @property
    def time(self) -> datetime | None:
        return max((f.time for f in self.files if f.time), default=None)


@dataclass(frozen=True)
class Collected:
    """What became of one hand-in: laid out for ``learner``, or refused and why."""

    learner: str
    label: str
    refused: Words | None = None
    note: Words | None = None


def collect(course: Course, exercise: str, source: Path) -> list[Collected]:
    """Lay every hand-in of a folder or zip out for grading; the newest of a learner counts, all are kept.

    Running it again with the same source changes nothing. Raises `Trouble` for a source that is not there.
    """
    course.questions(exercise)  # says so where the exercise was not released
    found: list[Collected] = []
    with _given(source) as given:
        by_learner: dict[str, list[Entry]] = {}
        for entry in _entries(given, exercise, course.students):
            by_learner.setdefault(nfc(entry.who), []).append(entry)
        for learner, entries in by_learner.items():
            if refused := fault(learner):
                found += [Collected(learner, e.label, refused) for e in entries]
            else:
                found += _lay(course, course.questions(exercise), learner, entries)
    return found


# ---------------------------------------------------------------- what was given


class _given:
    """The files of a folder or a zip, links and pipes left out; a context that closes the zip."""

    def __init__(self, source: Path) -> None:
        self.source, self.archive = source, None
        if source.is_dir():
            self.files = list(_of_folder(source))
        elif source.is_file() and zipfile.is_zipfile(source):
            self.archive = _opened(source)
            self.files = list(_of_zip(self.archive))
        else:
            raise Trouble(
                vi=f"{source}: cần một thư mục hoặc tệp .zip chứa bài nộp.",
                en=f"{source}: give a folder or a .zip of hand-ins.",
            )

    def __enter__(self) -> list[Given]:
        return self.files

    def __exit__(self, *error: object) -> None:
        if self.archive:
            self.archive.close()


def _opened(source: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source)
    except (
        zipfile.BadZipFile,
        ValueError,
        NotImplementedError,
        OSError,
    ) as error:  # zipfile's own, of what it cannot unpack
        raise Trouble(
            vi=f"{source}: tệp .zip bị hỏng ({error}). Hãy tải lại từ LMS.",
            en=f"{source}: the .zip is damaged ({error}). Download it from the LMS again.",
        ) from None


def _of_folder(root: Path) -> Iterator[Given]:
    for folder, folders, names in os.walk(root, followlinks=False):
        folders.sort()
        here = PurePosixPath(Path(folder).relative_to(root).as_posix())
        if not folders and not names and here.parts:
            yield Given(here / EMPTY, None)
        for name in sorted([*names, *(f for f in folders if (Path(folder) / f).is_symlink())]):
            path = Path(folder) / name
            regular = stat.S_ISREG(path.lstat().st_mode)
            yield Given(here / name, partial(open, path, "rb") if regular else None)


def _of_zip(archive: zipfile.ZipFile) -> Iterator[Given]:
    members = []
    for info in archive.infolist():
        parts = [p for p in member_name(info).replace("\\", "/").split("/") if p not in ("", "..", ".")]
        if parts:
            members.append((info, PurePosixPath(*parts)))
    filled = {parent for _, path in members for parent in path.parents}
    for info, path in members:
        try:
            time: datetime | None = datetime(*info.date_time, tzinfo=HANOI)  # a zip keeps no zone
        except ValueError:
            time = None
        time = None if time == NO_TIME else time
        if stat.S_ISLNK(info.external_attr >> 16):
            yield Given(path, None, time)
        elif not info.is_dir():
            yield Given(path, partial(archive.open, info), time)
        elif path not in filled:
            yield Given(path / EMPTY, None, time)


# ---------------------------------------------------------------- whose is what


def _entries(given: Iterable[Given], exercise: str, students: dict[str, Student]) -> Iterator[Entry]:
    """Group files by who handed them in, as the names outside say."""
    files = [
        replace(g, open=None, hidden=True) if passed_over(str(g.path)) and g.path.name != "timestamp.txt" else g
        for g in given
        if not passed_over(g.path.parts[0])
    ]
    files = _without_wrapper(files, exercise, students)
    entries: dict[tuple[str, str], Entry] = {}
    numbers: dict[str, set[str]] = {}
    for g in files:
        who, number, label = _whose(g.path, exercise)
        own = number or label  # a loose file is a hand-in of its own
        entries.setdefault((who, own), Entry(who, label, bool(number))).files.append(g)
        numbers.setdefault(who, set()).update([number] if number else [])
    for (who, own), entry in entries.items():
        entry.who = _known(who, students)
        if own in numbers[who] and len(numbers[who]) > 1:
            entry.who = f"{entry.who} ({own})"  # two learners of one name: the LMS's number tells them apart
        yield entry


def _without_wrapper(files: list[Given], exercise: str, students: dict[str, Student]) -> list[Given]:
    """Leave out one folder around everything, where what lies in it are folders or LMS names, not one learner's files."""
    top = next(iter({g.path.parts[0] for g in files}), "")
    if (
        any(g.path.parts[0] != top or len(g.path.parts) < 2 for g in files)
        or _lms(top)
        or _known(top, students) in students
    ):
        return files
    inner = [
        g
        for g in files
        if len(g.path.parts) > 2 and same(g.path.parts[1]) != same(exercise) and g.path.parts[1] != HANDED_IN
    ]
    loose = {g.path.parts[1] for g in files if len(g.path.parts) == 2}
    named = all(_bare(name, exercise) != name for name in loose)  # as hand_in() names files: each is a hand-in
    if any(_lms(g.path.parts[1]) for g in files) or (named and (inner or len(loose) > 1)):
        return [replace(g, path=PurePosixPath(*g.path.parts[1:])) for g in files]
    return files


def _lms(name: str) -> re.Match[str] | None:
    return MOODLE.fullmatch(name) or CANVAS.fullmatch(name)


def _whose(path: PurePosixPath, exercise: str) -> tuple[str, str, str]:
    """Who, the LMS's number of them ("" where none), and the name this was read from."""
    top = path.parts[0]
    if found := _lms(top):
        return found["name"].strip(" "), found["number"], top
    if len(path.parts) > 1:
        return top.strip(" "), "", top
    stem = path.stem if len(path.suffix) <= 6 else top
    return _bare(stem, exercise).strip(" "), "", top


def _bare(stem: str, exercise: str) -> str:
    """A loose file's stem without the exercise's prefix."""
    return re.sub(rf"^{re.escape(exercise)}[-_ ]+", "", stem, flags=re.I)


def _known(who: str, students: dict[str, Student]) -> str:
    """The class list's id for a name it has; the name itself where it has none, or several."""
    if nfc(who) in students:
        return nfc(who)
    for told in (same, _squashed):
        ids = [s.id for s in students.values() if s.name and told(s.name) == told(who)]
        if len(ids) == 1:
            return ids[0]
    by_letters = {s.id: sorted(_squashed(w) for w in s.name.split()) for s in students.values() if s.name}
    turned = [id for id, words in by_letters.items() if _is_turned(words, _squashed(who))]
    return turned[0] if len(turned) == 1 else who


def _squashed(name: str) -> str:
    """Letters and digits alone, without diacritics: Canvas's short names."""
    bare = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    return "".join(c for c in bare if c.isalnum())


def _is_turned(words: list[str], letters: str) -> bool:
    """True where the letters are the words of the name in another order (Canvas puts the last name first)."""
    return len(letters) == sum(map(len, words)) and bool(words) and _made_of(words, letters)


def _made_of(words: list[str], letters: str) -> bool:
    if not words:
        return not letters
    return any(
        letters.startswith(w) and _made_of(words[:i] + words[i + 1 :], letters[len(w) :]) for i, w in enumerate(words)
    )


def fault(id: str) -> Words | None:
    """Why an id cannot be a learner's; None where it can."""
    vi = en = None
    if not id or id in (".", ".."):
        vi, en = "tên trống", "is empty"
    elif len(id) > ID_LIMIT:
        vi, en = f"dài hơn {ID_LIMIT} ký tự", f"has over {ID_LIMIT} characters"
    elif any(c in "/\\<>" or unicodedata.category(c)[0] == "C" for c in id):
        vi, en = "có dấu gạch chéo, ký tự điều khiển hoặc < >", "has a slash, a control character or < >"
    if vi is None:
        return None
    return {
        "vi": f"mã học viên “{id[:40]!r}” {vi}; hãy đổi tên tệp hoặc thư mục rồi thu lại.",
        "en": f"the learner id “{id[:40]!r}” {en}; rename the file or folder and collect again.",
    }


# ---------------------------------------------------------------- laying out


def _lay(course: Course, questions: QuestionSet, learner: str, entries: list[Entry]) -> list[Collected]:
    """Lay a learner's hand-ins out beside those collected before: the newest into handed-in/, older ones kept."""
    folder = course.submitted(learner, questions.id)
    folder.mkdir(parents=True, exist_ok=True)
    there = [p for p in (folder / HANDED_IN, *sorted((folder / EARLIER).glob("*"))) if p.is_dir()]
    contents, ages, found = [_content(p) for p in there], {}, []
    if (folder / HANDED_IN).is_dir():
        ages[folder / HANDED_IN] = _age(folder / HANDED_IN, timestamp(folder), course, questions)
    for n, entry in enumerate(entries):
        arriving = folder / f".arriving-{n}"
        shutil.rmtree(arriving, ignore_errors=True)
        arriving.mkdir()
        note, handed = _write(entry, arriving, questions.id)
        found.append(Collected(learner, entry.label, note=note))
        if _content(arriving) in contents:
            shutil.rmtree(arriving)
            continue
        contents.append(_content(arriving))
        ages[arriving] = _age(arriving, handed or entry.time, course, questions)
    by_age = sorted(ages, key=lambda p: ages[p][:2])  # of equals the one that came last
    newest = by_age[-1]
    for path in by_age:
        if path != newest:
            (folder / EARLIER).mkdir(exist_ok=True)
            path.rename(folder / EARLIER / f"{len(list((folder / EARLIER).iterdir())) + 1:02d}")
    if newest != folder / HANDED_IN:
        newest.rename(folder / HANDED_IN)
        (folder / "timestamp.txt").unlink(missing_ok=True)
        if handed := ages[newest][2]:
            write_text(folder / "timestamp.txt", f"{handed.isoformat(sep=' ')}\n")
    pristine = course.pristine(questions.id, course.lang)
    shutil.copyfile(pristine, folder / pristine.name)
    return found


def _age(
    folder: Path, handed: datetime | None, course: Course, questions: QuestionSet
) -> tuple[float, float, datetime | None]:
    """By the LMS's time, then by `saved` inside, which orders two hand-ins of one learner and nothing else."""
    saved = read_hand_in(folder, questions, course.lang).saved
    return (handed.timestamp() if handed else 0.0, saved.timestamp() if saved else 0.0, handed)


def _write(entry: Entry, folder: Path, exercise: str) -> tuple[Words | None, datetime | None]:
    """Copy an entry's files, a little past the bounds at most: the grader then says that it is too much.

    Gives a note on what could not be copied, and the time of nbgrader's own timestamp.txt where there is one.
    """
    left, note, handed = BYTES_LIMIT + 1, None, None
    for n, g in enumerate(entry.files):
        parts = list(g.path.parts[1:] or g.path.parts)
        if len(parts) > 1 and same(parts[0]) == same(exercise):  # nbgrader's <learner>/<EX>/
            parts = parts[1:]
        if g.open is None and not g.hidden:
            note = {
                "vi": f"{g.path}: liên kết, tệp đặc biệt hoặc thư mục trống, không được chép.",
                "en": f"{g.path}: a link, a special file or an empty folder, not copied.",
            }
        if g.open is None or n > FILES_LIMIT or left <= 0:
            continue
        try:
            with g.open() as source:
                data = source.read(left)
        except Exception as error:  # a damaged zip raises many kinds; one hand-in must not stop a class
            note = {"vi": f"{g.path}: không chép được ({error}).", "en": f"{g.path}: could not be copied ({error})."}
            continue
        if parts[-1] == "timestamp.txt":
            if parts == ["timestamp.txt"] and not entry.lms:  # nbgrader's; in an LMS's folder the learner put it there
                handed = read_stamp(data.decode("utf-8", "replace"))
            continue
        left -= len(data)
        _put(folder, [_short(p) for p in parts], data)
    return note, handed


def _put(folder: Path, parts: list[str], data: bytes) -> None:
    """A file where it lay, or at the top where a disk cannot have it there (too deep, a file of the folder's name)."""
    for place in (parts, parts[-1:]):
        try:
            target = _free(folder, place)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            return
        except (OSError, ValueError):
            if place == parts[-1:]:
                raise


def _short(name: str) -> str:
    """A file name short enough for any disk, its suffix kept."""
    path = PurePosixPath(name)
    return name if len(name.encode("utf-8", "surrogateescape")) <= 200 else path.stem[:40] + path.suffix[:20]


def _free(folder: Path, parts: list[str]) -> Path:
    path = folder.joinpath(*parts)
    while path.exists():
        path = path.with_name(f"{path.stem}-{path.suffix}")
    return path


def _content(folder: Path) -> list[tuple[str, bytes]]:
    return [(p.relative_to(folder).as_posix(), p.read_bytes()) for p in sorted(folder.rglob("*")) if p.is_file()]

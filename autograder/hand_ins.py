"""A hand-in of any shape into answers: bounded, nothing followed, nothing run.

The blueprint's "A hand-in" and its small print say which shapes there are and which source counts.
"""

from __future__ import annotations

import io
import json
import stat
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from kpikit.files import Unreadable, read_json, read_yaml
from kpikit.language import LANGUAGES, Trouble, Words, same
from kpikit.questions import Question, QuestionSet, Record, plain, read_answer, read_record, read_time, set_id

MIME = "application/vnd.kpikit.answer+json"
FILES_LIMIT = 200
BYTES_LIMIT = 50_000_000
HANDED_IN = "handed-in"  # what collect lays beside the pristine notebook
RANK = {"answers": 0, "workbook": 1, "notebook": 2}  # which counts first where `saved` does not tell

UNSEEN = ("timestamp.txt", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Source:
    """One readable file of a hand-in and what it answers."""

    name: str
    shape: str  # answers | workbook | notebook
    record: Record


@dataclass
class HandIn:
    """What a learner handed in, read: raw answers with their language, and what there is to tell.

    ``readable`` is False where no source could be read; ``notes`` are told in the message and on the feedback page.
    """

    lang: str
    answers: dict[str, tuple[Any, str]] = field(default_factory=dict)
    notes: list[Words] = field(default_factory=list)
    readable: bool = False
    claims: set[str] = field(default_factory=set)
    saved: datetime | None = None


class _TooMuch(Trouble):
    """A hand-in beyond its bounds."""


def read_hand_in(folder: Path, questions: QuestionSet, lang: str) -> HandIn:
    """The hand-in in a learner's folder; ``lang`` is the class's. Never raises for what a learner gave.

    Where collect has laid the learner's files into ``handed-in/``, those alone are read.
    """
    given = folder / HANDED_IN
    sources: list[Source] = []
    notes: list[Words] = []
    try:
        for name, data in _walk(given if given.is_dir() else folder, notes):
            _read_file(name, data, questions, sources, notes)
    except _TooMuch as too_much:
        return HandIn(lang, notes=[too_much.words])
    if not sources:
        notes.append({"vi": "Không có tệp nào đọc được thành câu trả lời. Hãy gửi lại tệp mà kpikit.hand_in() tạo ra.",
                      "en": "No file could be read as answers. Send again the file that kpikit.hand_in() makes."})
        return HandIn(lang, notes=notes)
    return _merge(sources, questions, lang, notes)


# ---------------------------------------------------------------- files

class _Bounds:
    """Counts files and bytes of one hand-in; raises beyond the limits."""

    def __init__(self) -> None:
        self.files = self.bytes = 0

    def file(self) -> int:
        """One file more; gives how many bytes it may have."""
        self.files += 1
        if self.files > FILES_LIMIT:
            raise _TooMuch(vi=f"Bài nộp có hơn {FILES_LIMIT} tệp nên không được đọc. Hãy gửi riêng tệp trả lời.",
                           en=f"The hand-in has over {FILES_LIMIT} files and was not read. Send the answers file alone.")
        return BYTES_LIMIT - self.bytes + 1

    def data(self, data: bytes) -> bytes:
        self.bytes += len(data)
        if self.bytes > BYTES_LIMIT:
            raise _TooMuch(vi=f"Bài nộp lớn quá {BYTES_LIMIT // 1_000_000} MB nên không được đọc. Hãy gửi riêng tệp trả lời.",
                           en=f"The hand-in is over {BYTES_LIMIT // 1_000_000} MB and was not read. Send the answers file alone.")
        return data


def passed_over(name: str) -> bool:
    """True for what systems leave behind: hidden files, __MACOSX, checkpoints, time stamps."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(p.startswith(".") or p in ("__MACOSX", *UNSEEN) for p in parts)


def _walk(folder: Path, notes: list[Words]) -> Iterator[tuple[str, bytes]]:
    """Every regular file of a folder and of the zips in it; links, pipes and devices are never followed."""
    bounds = _Bounds()
    waiting = [folder]
    while waiting:
        for path in sorted(waiting.pop(0).iterdir()):
            name = path.relative_to(folder).as_posix()
            if passed_over(name):
                continue
            mode = path.lstat().st_mode
            if stat.S_ISDIR(mode):
                if len(waiting) + bounds.files > FILES_LIMIT:
                    bounds.files = FILES_LIMIT
                    bounds.file()
                waiting.append(path)
            elif not stat.S_ISREG(mode):
                notes.append({"vi": f"{name}: liên kết hoặc tệp đặc biệt, không được đọc.",
                              "en": f"{name}: a link or a special file, not read."})
            else:
                most = bounds.file()
                with path.open("rb") as f:
                    data = bounds.data(f.read(most))
                yield from _inside(name, data, bounds, notes)


def _inside(name: str, data: bytes, bounds: _Bounds, notes: list[Words]) -> Iterator[tuple[str, bytes]]:
    """The file itself, or what a zip holds; zips within zips are not read."""
    if not data.startswith(b"PK\x03\x04") or _is_workbook(name):
        yield name, data
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                inner = member_name(info)
                if info.is_dir() or passed_over(inner) or stat.S_ISLNK(info.external_attr >> 16):
                    continue
                most = bounds.file()
                with archive.open(info) as f:
                    content = bounds.data(f.read(most))
                if content.startswith(b"PK\x03\x04") and not _is_workbook(inner):
                    notes.append({"vi": f"{inner}: tệp nén nằm trong tệp nén, không được đọc.",
                                  "en": f"{inner}: a zip within a zip, not read."})
                else:
                    yield inner, content
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError, EOFError) as error:
        notes.append({"vi": f"{name}: tệp nén bị hỏng hoặc có mật khẩu ({type(error).__name__}).",
                      "en": f"{name}: the zip is damaged or has a password ({type(error).__name__})."})
    except Exception as error:  # zlib and lzma raise their own kinds for damaged members
        if isinstance(error, Trouble):
            raise
        notes.append({"vi": f"{name}: tệp nén bị hỏng ({type(error).__name__}).",
                      "en": f"{name}: the zip is damaged ({type(error).__name__})."})


def member_name(info: zipfile.ZipInfo) -> str:
    """A member's name; old zips without the UTF-8 flag often hold UTF-8 all the same."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename


def _is_workbook(name: str) -> bool:
    return name.casefold().endswith((".xlsx", ".xlsm"))


# ---------------------------------------------------------------- sources

def _read_file(name: str, data: bytes, questions: QuestionSet, sources: list[Source], notes: list[Words]) -> None:
    """One file as a source, or a note that says why it is none. Suffix and content decide, not the name."""
    suffix = PurePosixPath(name).suffix.casefold()
    try:
        if _is_workbook(name):
            raise Unreadable(name, [{"vi": "bản này chưa đọc được bài làm trong Excel. Hãy nộp answers.yaml hoặc notebook.",
                                     "en": "this version does not read workbooks yet. Hand in answers.yaml or the notebook."}])
        if suffix == ".ipynb" or (data[:2000].lstrip()[:1] == b"{" and b'"cells"' in data):
            sources.append(Source(name, "notebook", _notebook(data, name, questions)))
        elif suffix in (".yaml", ".yml", ".json") or (suffix in ("", ".txt") and b"answers" in data[:4000]):
            reader = read_json if suffix == ".json" or data.lstrip()[:1] == b"{" else read_yaml
            record = read_record(reader(data, name), name)
            _of_this_exercise(record, name, questions)
            sources.append(Source(name, "answers", record))
        else:
            notes.append({"vi": f"{name}: không phải tệp trả lời nên được bỏ qua.",
                          "en": f"{name}: no answers file, passed over."})
    except Unreadable as unreadable:
        notes.append(unreadable.words)
    except RecursionError:
        notes.append({"vi": f"{name}: lồng quá sâu, không đọc được.", "en": f"{name}: nested too deep to be read."})


def _of_this_exercise(record: Record, name: str, questions: QuestionSet) -> None:
    """Refuse another exercise's answers by its name."""
    other = record.exercise
    if other is None and record.answers:
        sets = {set_id(str(q)) for q in record.answers}
        other = sets.pop() if len(sets) == 1 else None
        if other and not other.startswith("ex"):
            other = None
    if other is not None and same(other) != same(questions.id):
        raise Unreadable(name, [{"vi": f"đây là bài của {other}, không phải {questions.id}. Hãy nộp đúng bài {questions.id}.",
                                 "en": f"these are the answers of {other}, not of {questions.id}. Hand in {questions.id}."}])


def _notebook(data: bytes, name: str, questions: QuestionSet) -> Record:
    """The answers carried in a notebook's outputs, of any format version and with any damage to its cells."""
    try:
        tree = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Unreadable(name, [{"vi": "là tệp nhị phân, không phải notebook. Hãy gửi lại đúng tệp.",
                                 "en": "is a binary file, not a notebook. Send the right file again."}]) from None
    except json.JSONDecodeError as error:
        raise Unreadable(name, [{"vi": f"notebook bị hỏng hoặc bị cắt cụt ở dòng {error.lineno}. Hãy gửi lại.",
                                 "en": f"the notebook is damaged or cut short at line {error.lineno}. Send it again."}]) from None
    if not isinstance(tree, Mapping) or not ("cells" in tree or "worksheets" in tree):
        raise Unreadable(name, [{"vi": "không phải một notebook.", "en": "is not a notebook."}])
    about = tree.get("metadata") or {}
    about = about.get("kpikit") if isinstance(about, Mapping) else None
    about = about if isinstance(about, Mapping) else {}
    lang = str(about.get("lang") or "").casefold()
    record = Record(lang=lang if lang in LANGUAGES else None)
    times: dict[str, datetime | None] = {}
    for bundle in _bundles(tree):
        question, saved = str(bundle.get("question")), read_time(bundle.get("saved"))
        if question not in times or _newer(saved, times[question]):
            record.answers[question], times[question] = bundle.get("answer"), saved
    record.saved = max((t for t in times.values() if t), default=None)
    if not record.answers and about.get("of"):
        record.exercise = str(about["of"])
    _of_this_exercise(record, name, questions)
    return record


def _bundles(tree: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The answer bundles in any output of any cell, whatever became of the cells."""
    sheets = tree.get("worksheets")
    cells = list(tree.get("cells") or [])
    for sheet in sheets if isinstance(sheets, list) else []:
        cells += sheet.get("cells") or [] if isinstance(sheet, Mapping) else []
    for cell in cells:
        outputs = cell.get("outputs") if isinstance(cell, Mapping) else None
        for output in outputs if isinstance(outputs, list) else []:
            if not isinstance(output, Mapping):
                continue
            data = output.get("data")
            bundle = (data if isinstance(data, Mapping) else output).get(MIME)
            if isinstance(bundle, (str, list)):  # older formats keep a MIME value as text
                try:
                    bundle = json.loads(bundle if isinstance(bundle, str) else "".join(map(str, bundle)))
                except ValueError:
                    continue
            if isinstance(bundle, Mapping) and bundle.get("question"):
                yield bundle


def _newer(a: datetime | None, b: datetime | None) -> bool:
    return a is not None and (b is None or a >= b)


# ---------------------------------------------------------------- one set of answers

def _merge(sources: list[Source], questions: QuestionSet, lang: str, notes: list[Words]) -> HandIn:
    """The newest source counts, what it lacks comes from the next; that sources disagreed is told."""
    ordered = sorted(sources, key=lambda s: (-(s.record.saved.timestamp() if s.record.saved else float("-inf")), RANK[s.shape], s.name))
    own_lang = next((s.record.lang for s in ordered if s.record.lang), None) or lang
    hand_in = HandIn(own_lang, notes=notes, readable=True)
    hand_in.saved = ordered[0].record.saved
    hand_in.claims = {c for s in ordered if (c := s.record.learner.get("id"))}
    known = {q.id: q for q in questions.questions}
    for source in ordered:
        unknown = [str(q)[:40] for q in source.record.answers if q not in known]
        if unknown:
            ids = ", ".join(unknown[:5])
            notes.append({"vi": f"{source.name}: không có câu {ids} trong {questions.id} nên được bỏ qua.",
                          "en": f"{source.name}: {questions.id} has no question {ids}; passed over."})
    for id, question in known.items():
        given = [(s, s.record.answers[id]) for s in ordered if id in s.record.answers]
        if not given:
            continue
        first, raw = given[0]
        hand_in.answers[id] = (raw, first.record.lang or own_lang)
        for other, value in given[1:]:
            if value is not None and _differ(question, (raw, first), (value, other), own_lang):
                notes.append({"vi": f"Câu {id}: {other.name} trả lời khác {first.name}; bản mới hơn, {first.name}, được tính.",
                              "en": f"Question {id}: {other.name} answers otherwise than {first.name}; the newer, {first.name}, counts."})
                break
    return hand_in


def _differ(question: Question, one: tuple[Any, Source], two: tuple[Any, Source], lang: str) -> bool:
    read = [plain(read_answer(question, raw, source.record.lang or lang).value) for raw, source in (one, two)]
    if question.kind == "choices":
        read = [sorted(r or []) for r in read]
    return read[0] != read[1]

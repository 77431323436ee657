"""What a file of a hand-in holds, whatever it is called: bounded, nothing followed, nothing run.

A hand-in's sources are answers.yaml, the notebook (its outputs carry the answers) and, later, the workbook; a zip
holds some of these. The blueprint's "A hand-in" and its small print say the formats.
"""

from __future__ import annotations

import io
import json
import stat
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from .documents import DEPTH_LIMIT, VALUE_LIMIT, Unreadable, read_json, read_yaml
from .language import LANGUAGES, Plain, Trouble, Words, clean
from .records import Record, read_record, read_time

MIME = "application/vnd.kpikit.answer+json"  # the copy of an answer that a notebook's output carries
FILES_LIMIT = 200  # of one hand-in, as is
BYTES_LIMIT = 50_000_000
VALUES_LIMIT = 2_000_000  # values of one notebook: millions of tiny lists would fill the memory
MEMBERS_LIMIT = 20_000  # members a zip may name, those passed over too
UNSEEN = ("timestamp.txt", "submission_secret.txt", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Source:
    """One readable file of a hand-in and what it answers."""

    name: str
    shape: str  # answers | workbook | notebook
    record: Record


class TooMuch(Trouble):
    """A hand-in beyond its bounds."""


# ---------------------------------------------------------------- files


class Bounds:
    """Counts files and bytes of one hand-in; raises beyond the limits."""

    def __init__(self) -> None:
        self.files = self.bytes = 0

    def file(self) -> int:
        """One file more; gives how many bytes it may have."""
        self.files += 1
        if self.files > FILES_LIMIT:
            raise TooMuch(
                vi=f"Bài nộp có hơn {FILES_LIMIT} tệp nên không được đọc. Hãy gửi riêng tệp mà kpikit.hand_in() tạo ra.",
                en=f"The hand-in has over {FILES_LIMIT} files and was not read. Send the file that kpikit.hand_in() makes, alone.",
            )
        return BYTES_LIMIT - self.bytes + 1

    def data(self, data: bytes) -> bytes:
        self.bytes += len(data)
        if self.bytes > BYTES_LIMIT:
            raise TooMuch(
                vi=f"Bài nộp lớn quá {BYTES_LIMIT // 1_000_000} MB nên không được đọc. Hãy gửi riêng tệp mà kpikit.hand_in() tạo ra.",
                en=f"The hand-in is over {BYTES_LIMIT // 1_000_000} MB and was not read. Send the file that kpikit.hand_in() makes, alone.",
            )
        return data


def passed_over(name: str) -> bool:
    """True for what systems leave behind: hidden files, __MACOSX, checkpoints, time stamps."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any((p.startswith(".") and p != "..") or p in ("__MACOSX", *UNSEEN) for p in parts)


def unpacked(name: str, data: bytes, bounds: Bounds, notes: list[Words]) -> Iterator[tuple[str, bytes]]:
    """The file itself, or what a zip holds; zips within zips are not read."""
    if not data.startswith(b"PK\x03\x04") or is_workbook(name):
        yield name, data
        return
    if data.count(b"PK\x01\x02") > MEMBERS_LIMIT:  # before they are listed: each costs memory
        bounds.files = FILES_LIMIT
        bounds.file()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                inner = member_name(info)
                if info.is_dir() or passed_over(inner) or stat.S_ISLNK(info.external_attr >> 16):
                    continue
                most = bounds.file()
                with archive.open(info) as f:
                    content = bounds.data(f.read(most))
                if content.startswith(b"PK\x03\x04") and not is_workbook(inner):
                    notes.append(
                        {
                            "vi": f"{inner}: tệp nén nằm trong tệp nén, không được đọc.",
                            "en": f"{inner}: a zip within a zip, not read.",
                        }
                    )
                else:
                    yield inner, content
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError, EOFError) as error:
        notes.append(
            {
                "vi": f"{name}: tệp nén bị hỏng hoặc có mật khẩu ({type(error).__name__}).",
                "en": f"{name}: the zip is damaged or has a password ({type(error).__name__}).",
            }
        )
    except Exception as error:  # zlib and lzma raise their own kinds for damaged members
        if isinstance(error, Trouble):
            raise
        notes.append(
            {
                "vi": f"{name}: tệp nén bị hỏng ({type(error).__name__}).",
                "en": f"{name}: the zip is damaged ({type(error).__name__}).",
            }
        )


def member_name(info: zipfile.ZipInfo) -> str:
    """A member's name; old zips without the UTF-8 flag often hold UTF-8 all the same."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename


def is_workbook(name: str) -> bool:
    return name.casefold().endswith((".xlsx", ".xlsm"))


# ---------------------------------------------------------------- sources


def read_source(name: str, data: bytes) -> Source:
    """The answers that one file holds; suffix and content decide, not the name. Raises `Unreadable`, nothing else.

    >>> read_source("a.yaml", b"answers: {ex01-q2: drop_blind}").record.answers
    {'ex01-q2': 'drop_blind'}
    """
    try:
        return _source(name, data)
    except Unreadable:
        raise
    except RecursionError:
        raise Unreadable(name, [{"vi": "lồng quá sâu, không đọc được.", "en": "nested too deep to be read."}]) from None
    except Exception as error:  # whatever else a learner's bytes bring about must not stop a class
        told = type(error).__name__
        raise Unreadable(name, [{"vi": f"không đọc được ({told}).", "en": f"cannot be read ({told})."}]) from error


def _source(name: str, data: bytes) -> Source:
    suffix = PurePosixPath(name).suffix.casefold()
    nameless = suffix in ("", ".txt")
    if is_workbook(name):
        raise Unreadable(
            name,
            [
                {
                    "vi": "bản này chưa đọc được bài làm trong Excel. Hãy dùng answers.yaml hoặc notebook.",
                    "en": "this version does not read workbooks yet. Use answers.yaml or the notebook.",
                }
            ],
        )
    if suffix == ".ipynb" or (data[:2000].lstrip()[:1] == b"{" and b'"cells"' in data):
        return Source(name, "notebook", _notebook(data, name))
    if suffix in (".yaml", ".yml", ".json") or (nameless and b"answers" in data[:4000]):
        in_json = suffix == ".json" or (nameless and data.lstrip()[:1] == b"{")
        return Source(name, "answers", read_record((read_json if in_json else read_yaml)(data, name), name))
    raise Unreadable(
        name,
        [
            {
                "vi": "không phải tệp trả lời nên được bỏ qua. Hãy dùng tệp mà kpikit.hand_in() tạo ra.",
                "en": "is no answers file and was passed over. Use the file that kpikit.hand_in() makes.",
            }
        ],
    )


def _notebook(data: bytes, name: str) -> Record:
    """The answers carried in a notebook's outputs, of any format version and with any damage to its cells."""
    too_many = Unreadable(
        name,
        [
            {
                "vi": "notebook có quá nhiều giá trị nên không được đọc. Hãy gửi answers.yaml.",
                "en": "the notebook has too many values and was not read. Send answers.yaml.",
            }
        ],
    )
    if sum(map(data.count, (b"{", b"[", b","))) > VALUES_LIMIT:
        raise too_many
    try:
        tree = _parsed(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Unreadable(
            name,
            [
                {
                    "vi": "là tệp nhị phân, không phải notebook. Hãy gửi lại đúng tệp.",
                    "en": "is a binary file, not a notebook. Send the right file again.",
                }
            ],
        ) from None
    except json.JSONDecodeError as error:
        raise Unreadable(
            name,
            [
                {
                    "vi": f"notebook bị hỏng hoặc bị cắt cụt ở dòng {error.lineno}. Hãy gửi lại.",
                    "en": f"the notebook is damaged or cut short at line {error.lineno}. Send it again.",
                }
            ],
        ) from None
    if not isinstance(tree, Mapping) or not ("cells" in tree or "worksheets" in tree):
        raise Unreadable(name, [{"vi": "không phải một notebook.", "en": "is not a notebook."}])
    about = tree.get("metadata") or {}
    about = about.get("kpikit") if isinstance(about, Mapping) else None
    about = about if isinstance(about, Mapping) else {}
    lang = str(about.get("lang") or "").casefold()
    record = Record(lang=lang if lang in LANGUAGES else None)
    times: dict[str, datetime | None] = {}
    for bundle in _bundles(tree):
        question, saved = clean(str(bundle.get("question"))), read_time(bundle.get("saved"))
        if question not in times or _newer(saved, times[question]):
            record.answers[question], times[question] = bundle.get("answer"), saved
    record.answers = {id: _as_written(answer) for id, answer in record.answers.items()}
    if _size(record.answers) > VALUE_LIMIT:  # the bound that answers.yaml has
        raise too_many
    record.saved = max((t for t in times.values() if t), default=None)
    if not record.answers and about.get("of"):
        record.exercise = str(about["of"])
    return record


def _parsed(text: str) -> Any:
    """JSON with its numbers as the text that was written."""
    return json.loads(text, parse_int=Plain, parse_float=Plain, parse_constant=Plain)


def _as_written(answer: Any, depth: int = 0) -> Any:
    """An answer with its booleans as text too, as answers.yaml has them. Raises `RecursionError` for what nests too deep."""
    if isinstance(answer, bool):
        return Plain("true" if answer else "false")
    if not isinstance(answer, (dict, list)):
        return answer
    if depth >= DEPTH_LIMIT:
        raise RecursionError
    if isinstance(answer, list):
        return [_as_written(v, depth + 1) for v in answer]
    return {k: _as_written(v, depth + 1) for k, v in answer.items()}


def _size(tree: Any) -> int:
    inner = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return 1 + sum(map(_size, inner))


def _listed_in(tree: Any, name: str) -> list[Any]:
    inner = tree.get(name) if isinstance(tree, Mapping) else None
    return inner if isinstance(inner, list) else []


def _bundles(tree: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The answer bundles in any output of any cell, whatever became of the cells."""
    cells = [
        *_listed_in(tree, "cells"),
        *(c for sheet in _listed_in(tree, "worksheets") for c in _listed_in(sheet, "cells")),
    ]
    for cell in cells:
        for output in _listed_in(cell, "outputs"):
            if not isinstance(output, Mapping):
                continue
            data = output.get("data")
            bundle = (data if isinstance(data, Mapping) else output).get(MIME)
            if isinstance(bundle, (str, list)):  # older formats keep a MIME value as text
                try:
                    bundle = _parsed(bundle if isinstance(bundle, str) else "".join(map(str, bundle)))
                except (ValueError, RecursionError):
                    continue
            if isinstance(bundle, Mapping) and bundle.get("question"):
                yield bundle


def _newer(a: datetime | None, b: datetime | None) -> bool:
    return a is not None and (b is None or a >= b)

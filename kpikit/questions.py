"""Questions and answers as values: the six kinds, what an answer means, and answers.yaml, the record.

The blueprint's "A question" and "A hand-in" say the formats. No keys here: who marks an answer is found by `marker`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    ValidationError,
    field_validator,
    model_validator,
)

from .design import TEXT_LIMIT, Design
from .documents import Unreadable, as_yaml, read_tree
from .files import as_design
from .language import LANGUAGES, Trouble, Words, clean, number, show

KIND_WORDS: dict[str, Words] = {
    "outcome": {"vi": "kết quả cuối", "en": "outcome"},
    "driver": {"vi": "yếu tố tác động chính", "en": "driver"},
    "activity": {"vi": "chỉ số hoạt động", "en": "activity"},
    "compliance": {"vi": "chỉ số tuân thủ", "en": "compliance"},
}


# ---------------------------------------------------------------- questions


def _both(value: Any) -> Any:
    """A text in both languages; one string serves both (a name, a number)."""
    if isinstance(value, str):
        value = dict.fromkeys(LANGUAGES, value)
    if not isinstance(value, Mapping) or set(value) != set(LANGUAGES):
        raise ValueError(f"expected a text in each of {', '.join(LANGUAGES)}")
    return {code: clean(str(text)) for code, text in value.items()}


def _in_language(tree: Any, lang: str) -> Any:
    """A tree with each text that stands in both languages in one of them."""
    if isinstance(tree, Mapping):
        if set(tree) == set(LANGUAGES):
            return tree[lang]
        return {key: _in_language(inner, lang) for key, inner in tree.items()}
    return [_in_language(inner, lang) for inner in tree] if isinstance(tree, list) else tree


class RubricLine(BaseModel):
    """What a marker by hand looks for, and its points."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    vi: str
    en: str
    points: float


class Question(BaseModel):
    """One question. ``replies`` and ``right`` stand in lessons only; an exercise's keys live with the autograder."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    kind: Literal["choice", "choices", "classify", "number", "text", "design"]
    ask: dict[str, str]
    points: float = 0
    covers: tuple[str, ...] = ()
    items: dict[str, dict[str, str]] = {}
    options: dict[str, dict[str, str]] = {}
    unit: str | None = None
    rubric: tuple[RubricLine, ...] = ()
    part: Literal["all", "aop", "kpis", "review"] = "all"
    given: dict[str, Any] = {}  # what a design question lays down: its AOP, its company; texts may stand as {vi, en}
    givens: dict[str, dict[str, Any]] = {}  # the same in each language, made from `given`
    columns: tuple[str, ...] = ()  # a design question's table
    rows: int = 4
    hint: dict[str, str] | None = None
    right: Any = None
    replies: dict[str, dict[str, str]] = {}

    @model_validator(mode="before")
    @classmethod
    def _given_in_each_language(cls, tree: Any) -> Any:
        given = tree.get("given") if isinstance(tree, Mapping) else None
        if not given:
            return tree
        each = {code: _in_language(given, code) for code in LANGUAGES}
        return {**tree, "given": each["vi"], "givens": each}

    @field_validator("ask", "hint", mode="before")
    @classmethod
    def _twins(cls, value: Any) -> Any:
        return None if value is None else _both(value)

    @field_validator("items", "options", "replies", mode="before")
    @classmethod
    def _twins_each(cls, value: Any) -> Any:
        return {clean(str(k)): _both(v) for k, v in (value or {}).items()}

    @model_validator(mode="after")
    def _complete(self) -> Question:
        if self.kind in ("choice", "choices", "classify") and len(self.options) < 2:
            raise ValueError("needs at least two options")
        if self.kind == "classify" and not self.items:
            raise ValueError("needs items to sort")
        if self.kind == "text" and self.rubric and abs(sum(r.points for r in self.rubric) - self.points) > 1e-9:
            raise ValueError("the rubric's points must add up to the question's points")
        return self

    def laid_down(self, lang: str) -> dict[str, Any]:
        """What the question lays down, in one language."""
        return self.givens.get(lang, self.given)

    @property
    def by_hand(self) -> bool:
        """True where a person marks the answer."""
        return self.kind == "text"


class QuestionSet(BaseModel):
    """The questions of one exercise or lesson, with its title and its case."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    title: dict[str, str]
    case: str | None = None
    questions: tuple[Question, ...]

    @field_validator("title", mode="before")
    @classmethod
    def _twins(cls, value: Any) -> Any:
        return _both(value)

    @property
    def lesson(self) -> bool:
        """True for a lesson's check questions, which carry their own replies."""
        return any(q.replies for q in self.questions)

    def find(self, id: str) -> Question:
        """The question of this id, or a `Trouble` that lists the ones there are."""
        for question in self.questions:
            if question.id == id:
                return question
        ids = ", ".join(q.id for q in self.questions)
        raise Trouble(
            vi=f"Không có câu “{id}” trong {self.id}. Các câu: {ids}.",
            en=f"There is no question “{id}” in {self.id}. The questions: {ids}.",
        )


def set_id(question: str) -> str:
    """The exercise or lesson a question belongs to: ``"ex01-q1"`` is of ``"ex01"``."""
    return question.rpartition("-")[0] or question


def read_questions(path: Path) -> QuestionSet:
    """A questions file. Raises `Unreadable` that names the question and what it lacks."""
    tree = read_tree(path)
    asked = tree.get("questions") if isinstance(tree, Mapping) else None
    if not asked or not isinstance(asked, list):
        raise Unreadable(str(path), [{"vi": "thiếu danh sách questions.", "en": "the list `questions` is missing."}])
    first = asked[0].get("id") if isinstance(asked[0], Mapping) else None
    try:
        return QuestionSet.model_validate({**tree, "id": set_id(str(first))})
    except ValidationError as error:
        faults = [
            {code: f"{' › '.join(map(str, e['loc']))}: {e['msg']}" for code in LANGUAGES}
            for e in error.errors(include_url=False)
        ]
        raise Unreadable(str(path), faults) from None


def homes() -> list[Path]:
    """Where exercises and lessons lie: beside the package in a checkout, inside it when installed."""
    here = Path(__file__).resolve().parent
    return [h for h in (here.parent, here / "data") if (h / "exercises").is_dir()]


@cache
def _shipped() -> dict[str, Path]:
    found: dict[str, Path] = {}
    for home in homes():
        for path in [*sorted(home.glob("exercises/*/questions.yaml")), *sorted(home.glob("lessons/[0-9]*.yaml"))]:
            first = next(
                (line for line in path.read_text("utf-8").splitlines() if line.strip().startswith("- id:")), ""
            )
            found.setdefault(set_id(first.partition(":")[2].partition("#")[0].strip()), path)
    return found


def shipped() -> list[Path]:
    """The questions files of every lesson and exercise the kit ships."""
    return list(_shipped().values())


def questions_of(set_: str, folder: Path | None = None) -> QuestionSet:
    """The questions of an exercise or lesson: those released beside the notebook, else those the kit ships.

    Raises `Trouble` where there are none.
    """
    folder = folder or Path.cwd()
    for path in (folder / "questions.yaml", folder.parent / "questions.yaml"):
        if path.is_file():
            found = read_questions(path)
            if found.id == set_:
                return found
    if shipped := _shipped().get(set_):
        return read_questions(shipped)
    raise Trouble(
        vi=f"Không tìm thấy câu hỏi của “{set_}”. Hãy để questions.yaml cạnh notebook, như khi được phát.",
        en=f"The questions of “{set_}” are not here. Keep questions.yaml beside the notebook, as it was handed out.",
    )


# ---------------------------------------------------------------- answers


@dataclass(frozen=True)
class Answer:
    """An answer as it was read: ``value`` (None where there is none) and remarks the learner should see.

    By kind: choice, an option's id; choices, a list of ids; classify, {item: option}; number, a number in the
    question's unit; text, text; design, a `Design`.
    """

    value: Any = None
    remarks: tuple[Words, ...] = ()


def read_answer(question: Question, raw: Any, lang: str | None = None) -> Answer:
    """What a raw value (from a form, YAML, JSON or code) answers; never raises for what a learner gave.

    ``lang`` settles a number with two readings; None leaves such a number unanswered, both shown.
    """
    if raw is None or (isinstance(raw, str) and not clean(raw)):
        return Answer()
    try:
        return _READERS[question.kind](question, raw, lang)
    except Unreadable as unreadable:
        return Answer(None, tuple({code: fault[code] for code in LANGUAGES} for fault in unreadable.faults[:3]))
    except Trouble as trouble:
        return Answer(None, (trouble.words,))


def _read_choice(question: Question, raw: Any, lang: str | None) -> Answer:
    if not isinstance(raw, str):
        raise _wrong_kind("một lựa chọn", "one option")
    option = _option(question.options, raw)
    return Answer(option) if option else Answer(None, (_unknown(raw, question.options),))


def _read_choices(question: Question, raw: Any, lang: str | None) -> Answer:
    raw = [raw] if isinstance(raw, str) else raw
    if not isinstance(raw, (list, tuple, set)):
        raise _wrong_kind("một danh sách lựa chọn", "a list of options")
    found = {str(r): _option(question.options, r) for r in raw}
    chosen = list(dict.fromkeys(o for o in found.values() if o))
    return Answer(chosen or None, tuple(_unknown(r, question.options) for r, o in found.items() if not o))


def _read_classify(question: Question, raw: Any, lang: str | None) -> Answer:
    if not isinstance(raw, Mapping):
        raise _wrong_kind("các dòng “mục: nhóm”", "lines of “item: group”")
    sorted_, remarks = {}, []
    for item, option in raw.items():
        key = _option(question.items, item)
        if key is None:
            remarks.append(_unknown(item, question.items))
        elif option is None or (isinstance(option, str) and not clean(option)):
            continue
        elif found := _option(question.options, option):
            sorted_[key] = found
        else:
            remarks.append(_unknown(option, question.options))
    return Answer({i: sorted_[i] for i in question.items if i in sorted_} or None, tuple(remarks))


def _read_number(question: Question, raw: Any, lang: str | None) -> Answer:
    read = number(raw, question.unit, lang)
    return Answer(read.value, (read.echo,) if read.echo else ())


def _read_text(question: Question, raw: Any, lang: str | None) -> Answer:
    if not isinstance(raw, (str, int, float)):
        raise _wrong_kind("một đoạn chữ", "a text")
    text = clean(str(raw))
    if len(text) > TEXT_LIMIT:
        raise Trouble(
            vi=f"Bài viết dài {len(text)} ký tự, quá mức {TEXT_LIMIT}: hãy rút ngắn.",
            en=f"The text has {len(text)} characters, over the limit of {TEXT_LIMIT}: shorten it.",
        )
    return Answer(text or None)


def _read_design(question: Question, raw: Any, lang: str | None) -> Answer:
    raw = raw.as_document() if isinstance(raw, Design) else raw
    if question.part != "all":
        inner = raw.get(question.part) if isinstance(raw, Mapping) and question.part in raw else raw
        if question.part == "kpis":
            inner = _numbered([k for k in inner if k] if isinstance(inner, list) else inner)
        raw = {question.part: inner} if inner else {}
    elif not isinstance(raw, Mapping):
        raise _wrong_kind("một bản thiết kế KPI", "a KPI design")
    design = as_design(raw, question.id, lang)
    return Answer(design if design != Design() else None)


def _numbered(kpis: Any) -> Any:
    """KPIs from a short table have no ids; they get K1, K2, ... by position."""
    if not isinstance(kpis, list):
        return kpis
    taken = {str(k.get("id")) for k in kpis if isinstance(k, Mapping)}
    return [
        k if not isinstance(k, Mapping) or k.get("id") or f"K{n}" in taken else {"id": f"K{n}", **k}
        for n, k in enumerate(kpis, 1)
    ]


_READERS: dict[str, Callable[[Question, Any, str | None], Answer]] = {
    "choice": _read_choice,
    "choices": _read_choices,
    "classify": _read_classify,
    "number": _read_number,
    "text": _read_text,
    "design": _read_design,
}


def _option(options: Mapping[str, Any], raw: Any) -> str | None:
    """The option's id; letter case and outer spaces do not matter."""
    asked = clean(str(raw)).casefold()
    return next((o for o in options if o.casefold() == asked), None)


def _unknown(raw: Any, options: Mapping[str, Any]) -> Words:
    shown, there = str(raw)[:40], ", ".join(options)
    return {
        "vi": f"“{shown}” không có trong các lựa chọn ({there}) nên được bỏ qua.",
        "en": f"“{shown}” is not among the options ({there}) and was ignored.",
    }


def _wrong_kind(vi: str, en: str) -> Trouble:
    return Trouble(
        vi=f"Câu này cần {vi}; nội dung gửi lên thuộc kiểu khác nên chưa được tính.",
        en=f"This question takes {en}; what came is of another kind and was not counted.",
    )


def plain(value: Any) -> Any:
    """An answer's value as it is written into answers.yaml."""
    if isinstance(value, Design):
        return value.as_document()
    return sorted(value) if isinstance(value, set) else value


def shown(question: Question, value: Any, lang: str) -> list[str]:
    """The answer in the reader's words, a line each: what the kit understood."""
    if value is None:
        return []
    if question.kind == "choice":
        return [question.options[value][lang]]
    if question.kind == "choices":
        return [question.options[v][lang] for v in value]
    if question.kind == "classify":
        return [f"{question.items[i][lang]}: {question.options[o][lang]}" for i, o in value.items()]
    if question.kind == "number":
        return [show(value, question.unit, lang)]
    if question.kind == "text":
        return str(value).splitlines()
    return [_kpi_line(k, lang) for k in value.kpis] or [as_yaml(value.as_document()).strip()]


def _kpi_line(kpi: Any, lang: str) -> str:
    scale = [
        show(v, kpi.unit, lang) if v is not None else "–"
        for v in (kpi.scale.floor, kpi.scale.target, kpi.scale.stretch)
    ]
    kind = KIND_WORDS[kpi.kind][lang] if kpi.kind else None
    said = [kpi.name, kind, kpi.goal, " / ".join(scale) if set(scale) != {"–"} else None, kpi.decision]
    return " · ".join(filter(None, said))


# ---------------------------------------------------------------- who marks


@dataclass(frozen=True)
class Marked:
    """An answer marked: ``share`` of the points (None: a person marks it), why, and the solution in words."""

    share: float | None
    reasons: tuple[Words, ...] = ()
    solution: Words | None = None


Marker = Callable[..., Marked]  # (question, value, what was answered elsewhere: id -> value)


def marker(set_: QuestionSet) -> Marker | None:
    """Who can mark this set here and now: a lesson marks itself; an exercise, whoever has its keys in reach; else None."""
    if set_.lesson:
        return mark_by_replies
    from importlib.metadata import entry_points

    for point in entry_points(group="kpikit.keys"):
        try:
            found = point.load()(set_)
        except ImportError:  # the class image holds no grader
            continue
        if found:
            return found  # type: ignore[no-any-return]
    return None


def mark_by_replies(question: Question, value: Any, earlier: Mapping[str, Any] | None = None) -> Marked:
    """Mark a lesson's check question by the replies that stand beside it, each choice with its own sentence."""
    if question.right is None:
        return Marked(None)
    right = read_answer(question, question.right).value
    solution = {code: "\n".join(shown(question, right, code)) for code in LANGUAGES} if right is not None else None
    if question.kind == "classify":
        parts = [_reply(question, item, option, option == question.right.get(item)) for item, option in value.items()]
        share = sum(part[0] for part in parts) / len(question.items)
        wrong_first = sorted(parts, key=lambda part: part[0])
        return Marked(share, tuple(words for _, words in wrong_first if words), solution)
    given = value if isinstance(value, list) else [value]
    wanted = right if isinstance(right, list) else [right]
    replies = tuple(question.replies[str(g)] for g in given if str(g) in question.replies)
    return Marked(float(set(map(str, given)) == set(map(str, wanted))), replies, solution)


def _reply(question: Question, item: str, option: str, right: bool) -> tuple[float, Words | None]:
    """The sentence for this item in this group: ``item.option``, else the item's own."""
    return float(right), question.replies.get(f"{item}.{option}") or question.replies.get(item)

"""What kinds.py reads a name with: the words of kinds.yaml found in it, and a small linear model for words unknown.

The model is fitted by tests/benchmarks/train_kinds.py to the labelled names beside the tests; kinds.py asks it only
where the words say next to nothing.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from typing import Any, NamedTuple
from zlib import crc32

from ruamel.yaml import YAML

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TOKEN = re.compile(r"[a-z0-9]+|[%#/]")
_NUMBER = re.compile(r"\d+(?=(?:h|am|pm|th)?$)")
_DOUBLED = re.compile(r"([a-z])\1")
_TO = re.compile(r"(?<=\w)-to-(?=\w)")
_MARKS = re.compile(r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]")

_WITH = re.compile(r"\bw/(o\b)?\s*(?=[^\W\d]|$)", re.IGNORECASE)
_PER = re.compile(r"\s*(/|per\b|mỗi\b|trên\b|cho mỗi\b|moi\b|tren\b|theo\b)", re.IGNORECASE)
_LONGEST = 400  # a name is a line; what follows in a pasted page cannot change what its first line said

# What was sold or taken in, in money.
VALUE = re.compile(
    r"^(tổng |tong )?(giá trị|gia tri) .*\b(đã|được|trúng|bán|xuất|ký|thực hiện|nghiệm thu|hoàn thành|da|duoc|trung(?! b)|ban|xuat|ky"
    r"|thuc hien|nghiem thu)\b(?! hàng)"
    r"|^(tổng |tong )?(số tiền|so tien|tiền|tien|phí|lãi|lai vay|lệ phí|hoa hồng|cước)\b.* (thu|nhận|gây quỹ|nhan) ?(được|về|vào|duoc|ve)"
    r"|\bvalue of .*\b(sold|signed|won|shipped|booked|exported|delivered|let|leased|closed|certified|executed)\b",
    re.IGNORECASE,
)

# Others did it, not we; and what begins with a ban is a rule ("No. of" and "no of" are counts).
BY_CUSTOMERS = re.compile(
    r"\bby (the )?(customer|shopper|guest|client|patient|user|visitor|student|parent|resident|learner|doctor|member"
    r"|farmer|buyer|passenger|citizen|donor|public)|\b(do|bởi) (khách|người dân|bệnh nhân)",
    re.IGNORECASE,
)
FORBIDDEN = re.compile(r"\s*(không|khong|ko|zero|no) (?!of\b)", re.IGNORECASE)

# Where a phrase stands in two classes the first of these has it.
_PRECEDENCE = (
    *("per", "cut", "period", "comp_sure", "churn", "stay", "unit_cost", "output", "outcome_sure", "driver_sure"),
    *(
        "other",
        "count",
        "act",
        "act_soft",
        "outcome",
        "customer",
        "quality",
        "record",
        "comp",
        "driver",
        "flow",
        "rate",
    ),
    *(
        "time",
        "cost",
        "score",
        "avg",
        "growth",
        "plan",
        "share",
        "discipline",
        "yields",
        "won",
        "filing",
        "verb_sure",
        "verb",
    ),
    *("verb_soft", "turnover", "citizen", "person", "unit", "doing"),
)


class Hit(NamedTuple):
    """A phrase of the lexicon found in a name: its class (None: an unknown word) and where it stands."""

    word: str | None
    start: int
    end: int
    phrase: str
    vi: bool


class _Entry(NamedTuple):
    word: str
    marked: tuple[str, ...]  # a Vietnamese phrase as it is written; empty for an English one
    vi: bool


@dataclass(frozen=True)
class Lexicon:
    """The words of kinds.yaml, folded, and what helps to find them in a name."""

    because: dict[str, dict[str, str]]
    sets: dict[str, frozenset[str]] = field(default_factory=dict)
    phrases: dict[str, _Entry] = field(default_factory=dict)
    sizes: dict[str, list[int]] = field(default_factory=dict)  # first word: how long its phrases are, longest first
    joined: dict[str, str] = field(default_factory=dict)  # "cuocgoi": "cuoc goi"
    signs: set[str] = field(default_factory=set)  # pairs of syllables that only Vietnamese has
    verbs: set[str] = field(default_factory=set)  # also where the phrase stands in another class
    vocabulary: set[str] = field(default_factory=set)
    near: dict[str, str] = field(default_factory=dict)  # a word with one letter out: the word, "" if two fit


def is_marked(text: str) -> bool:
    """Whether the text bears Vietnamese marks.

    >>> is_marked("Số cuộc gọi"), is_marked("so cuoc goi")
    (True, False)
    """
    return bool(_MARKS.search(text.lower()))


def normal(name: str) -> str:
    """The name as it is remembered: one Unicode form, single spaces, no control characters, bounded, "w/o" spelt out.

    >>> normal("Contracts  w/o\\tannex")
    'Contracts without annex'
    """
    text = unicodedata.normalize("NFKC", name[: 2 * _LONGEST])
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    text = _WITH.sub(lambda short: "without " if short.group(1) else "with ", text)
    return " ".join(text.split())[:_LONGEST]


def keep_per(bracket: re.Match[str]) -> str:
    """A bracket is a unit, a period or an abbreviation and falls away, but "(per call)" changes what is measured."""
    inside = bracket.group(1)
    if inside.strip() == "%":
        return " % "
    return f" {inside} " if _PER.match(inside) else " "


@cache
def lexicon() -> Lexicon:
    """The words, read at first use: the file takes a learner's kernel a fraction of a second."""
    text = files("kpikit").joinpath("kinds.yaml").read_text(encoding="utf-8")
    data = YAML(typ="safe", pure=True).load(text)
    words = Lexicon(data["because"])
    for name, phrases in data["sets"].items():
        words.sets[name] = frozenset(_key(phrase) for phrase in _phrases(phrases))
    for name in _PRECEDENCE:
        for phrase in _phrases(data["classes"][name]):
            _learn(words, name, phrase.lower())
    words.vocabulary.update(word for phrase in words.phrases for word in phrase.split())
    for word in words.vocabulary:
        for near in _one_out(word) if len(word) >= 5 else ():
            words.near[near] = "" if near in words.near else word
    return words


def _phrases(text: str) -> list[str]:
    return [phrase.strip() for phrase in text.replace("\n", " ").split(",") if phrase.strip()]


def _key(phrase: str) -> str:
    return " ".join(_number(_stem(token)) for token in _TOKEN.findall(phrase.lower().translate(_FOLD)))


def _number(token: str) -> str:
    """Any number but one is the same word: within 24 hours, within 48 hours; trước ngày 5, trước ngày 10."""
    return _NUMBER.sub("0", token) if token != "1" and _NUMBER.match(token) else token


def _learn(words: Lexicon, name: str, phrase: str) -> None:
    key = _key(phrase)
    if name in ("verb", "verb_sure"):
        words.verbs.add(key)
    if not key or key in words.phrases:
        return
    tokens = key.split()
    vi = is_marked(phrase) or key in words.sets["unmarked"]
    words.phrases[key] = _Entry(name, tuple(phrase.split()) if vi and len(phrase.split()) == len(tokens) else (), vi)
    sizes = words.sizes.setdefault(tokens[0], [])
    if len(tokens) not in sizes:
        sizes.append(len(tokens))
        sizes.sort(reverse=True)
    if vi:
        words.signs.update(" ".join(pair) for pair in pairwise(tokens))
    if len(tokens) > 1:
        words.joined.setdefault("".join(tokens), key)


def _folding() -> dict[int, str]:
    """Letter by letter, so that places in the folded text are places in the name."""
    table = {ord("đ"): "d", ord("_"): " ", ord("’"): "'"}
    for code in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]:
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            table[code] = base.lower()
    return table


_FOLD = _folding()

# Letters without their tone: ế and ê are one, e is another.
_TONELESS = {
    code: unicodedata.normalize("NFC", "".join(c for c in unicodedata.normalize("NFD", chr(code)) if c not in _TONES))
    for code in [*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)]
}


def _stem(token: str) -> str:
    """English plurals fold, in names and lexicon alike; Vietnamese syllables never end in s."""
    if len(token) < 4 or not token.endswith("s") or token.endswith(("ss", "us", "is")) or token == "roas":
        return token
    if token.endswith("ies"):
        return token[:-3] + "y"
    return token[:-2] if token.endswith(("sses", "ches", "shes", "xes")) else token[:-1]


def find(text: str) -> Iterator[Hit]:
    """The name as phrases of the lexicon, longest first, and unknown words.

    >>> [(hit.word, hit.phrase) for hit in find("Số cuộc gọi")]
    [('count', 'so'), ('act', 'cuoc goi')]
    """
    words, low = lexicon(), text.lower()
    low = _TO.sub("    ", low if len(low) == len(text) else text)  # "trial-to-paid" is one word
    marked = is_marked(low)
    tokens: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(low.translate(_FOLD)):
        known = _known(_number(match.group()))
        tokens += known
        spans += [match.span()] * len(known)
    foreign = not marked and not _may_be_vietnamese(tokens, words)
    at = 0
    while at < len(tokens):
        for size in words.sizes.get(tokens[at], ()):
            if at + size > len(tokens):
                continue
            phrase = " ".join(tokens[at : at + size]) if size > 1 else tokens[at]
            entry = words.phrases.get(phrase)
            if entry is None or (foreign and len(entry.marked) == 1):
                continue
            if not marked or _same_marks(entry.marked, [low[start:end] for start, end in spans[at : at + size]]):
                yield Hit(entry.word, spans[at][0], spans[at + size - 1][1], phrase, entry.vi)
                break
        else:
            size, done = 1, not marked and len(tokens[at]) > 5 and tokens[at].endswith("ed")
            if not tokens[at].isdigit():
                yield Hit("verb_soft" if done else None, *spans[at], tokens[at], False)
        at += size


def _may_be_vietnamese(tokens: list[str], words: Lexicon) -> bool:
    """Without marks, one syllable may be English too ("gap"); a pair, or the head of a Vietnamese name, may not."""
    heads = words.sets["signs"]
    return any(a in heads or f"{a} {b}" in words.signs for a, b in zip(tokens, [*tokens[1:], ""], strict=False))


def _same_marks(phrase: tuple[str, ...], raw: list[str]) -> bool:
    """Whether marked syllables are this phrase: alone exactly; in a longer one a tone may slip or marks may lack."""
    if not phrase:  # an English phrase: no marks
        return all(word.isascii() for word in raw)
    if len(phrase) == 1:
        return raw[0] == phrase[0]
    return all(
        word.isascii() or word == like or word.translate(_TONELESS) == like.translate(_TONELESS)
        for word, like in zip(raw, phrase, strict=False)
    )


@lru_cache(maxsize=8192)
def _known(raw: str) -> list[str]:
    """A word as the lexicon has it: its stem, two words run together taken apart, or one letter mended."""
    words, token = lexicon(), _stem(raw)
    if token in words.vocabulary or len(token) < 4 or token.isdigit():
        return [token]
    if token in words.joined:
        return words.joined[token].split()
    single = _DOUBLED.sub(r"\1", token)
    return [single if single in words.vocabulary else _mended(token, words) or token]


def _mended(token: str, words: Lexicon) -> str | None:
    """The one known word a letter away, the first letter kept; an inflected English word is rather one we lack."""
    if len(token) < 5 or token.endswith(("ed", "ing", "er", "ly")):
        like = words.near.get(token, "")
        return like if token.endswith("ned") and like.endswith("ed") else None  # "opned", "traned"
    if token in words.near:
        return words.near[token]
    for near in list(_one_out(token))[:-1]:  # another last letter is often another word: marked, market
        if near in words.vocabulary and len(near) > 4:
            return near
        word = words.near.get(near)
        if word and len(word) == len(token) and _one_slip(word, token):
            return word
    return None


def _one_out(word: str) -> Iterator[str]:
    for i in range(1, len(word)):
        yield word[:i] + word[i + 1 :]


def _one_slip(word: str, token: str) -> bool:
    """Two neighbours swapped, or in a long word one letter for another."""
    differ = [i for i, (a, b) in enumerate(zip(word, token, strict=True)) if a != b]
    if len(differ) == 2:
        return differ[1] == differ[0] + 1 and sorted(word) == sorted(token)
    return len(differ) == 1 and len(token) > 6


# --- the linear model -------------------------------------------------------------------------------------------------

BUCKETS = 4096


def features(text: str) -> list[int]:
    """The buckets of a name's runs of two to five letters, marks off: what the linear model sees, each once."""
    padded = f" {' '.join(text.lower().translate(_FOLD).split())} ".encode()[:200]
    runs = {padded[i : i + size] for size in (2, 3, 4, 5) for i in range(len(padded) - size + 1)}
    return sorted({crc32(run) % BUCKETS for run in runs})


def guess(text: str) -> tuple[int, float]:
    """The kind's place in kinds.KINDS that a name of such letters most likely has, and its chance (0 to 1)."""
    import numpy as np  # not at import: a learner who classifies nothing does not wait for it

    weights = _weights()
    seen = features(text)
    scores = weights[-1] + weights[seen].sum(axis=0) / max(len(seen), 1) ** 0.5
    chances = np.exp(scores - scores.max())
    best = int(chances.argmax())
    return best, float(chances[best] / chances.sum())


@cache
def _weights() -> Any:
    """A row for each bucket and one for the start, a column for each kind."""
    import numpy as np

    return np.load(BytesIO(files("kpikit").joinpath("kinds_model.npy").read_bytes())).astype("float32")

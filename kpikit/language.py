"""Two languages: which one is spoken now, and numbers the way its readers write them."""

from __future__ import annotations

import math
import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}

QUOTED = 90  # characters of a name quoted in a sentence

Words = Mapping[str, str]  # a text in every language: {"vi": ..., "en": ...}

_chosen: str | None = None


class Trouble(Exception):
    """Something to mend, told in both languages: what is wrong, where, what was expected, what to do.

    >>> use("en"); raise Trouble(vi="Thiếu tên.", en="The name is missing.")
    Traceback (most recent call last):
    kpikit.language.Trouble: The name is missing.
    """

    def __init__(self, **words: str) -> None:
        super().__init__(words)
        self.words: Words = words

    def __str__(self) -> str:
        return say(self.words)


def use(lang: str) -> None:
    """Choose the language of forms, reports and errors: ``"vi"`` or ``"en"``.

    Raises `Trouble` for a language the kit does not speak.

    >>> use("en"); current()
    'en'
    """
    global _chosen
    _chosen = known(lang)


def known(lang: str) -> str:
    """The language's code, or a `Trouble` that lists the ones there are.

    >>> known("VI")
    'vi'
    """
    code = str(lang).strip().casefold()
    if code not in LANGUAGES:
        there = ", ".join(f"{k} ({v})" for k, v in LANGUAGES.items())
        raise Trouble(
            vi=f"Chưa có ngôn ngữ “{lang}”. Hãy chọn một trong: {there}.",
            en=f"There is no language “{lang}”. Choose one of: {there}.",
        )
    return code


def current() -> str:
    """The language in force: chosen by `use`, else ``KPIKIT_LANG``, else the system's, else Vietnamese."""
    if _chosen:
        return _chosen
    if asked := os.environ.get("KPIKIT_LANG"):
        return known(asked)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if (code := os.environ.get(name, "")[:2].casefold()) in LANGUAGES:
            return code
    return "vi"


def say(words: Words, lang: str | None = None, **facts: Any) -> str:
    """The text in one language, its ``{places}`` filled with the facts.

    >>> say({"vi": "Còn {n} dòng", "en": "{n} lines left"}, "en", n=3)
    '3 lines left'
    """
    lang = lang or current()
    return words[lang].format_map({k: fact(v, lang) for k, v in facts.items()}) if facts else words[lang]


class Amount(NamedTuple):
    """A number with its unit, shown the reader's way when the words are chosen; None is not given."""

    value: float | None
    unit: str | None = None


def fact(value: Any, lang: str) -> str:
    """A fact as it stands in a sentence: numbers the reader's way, lists joined, endless names cut, own words whole.

    >>> fact([Amount(5, "%"), 1234.5, "Phòng KAM", {"vi": "đạt", "en": "met"}], "en")
    '5%, 1,234.5, Phòng KAM, met'
    """
    if isinstance(value, Mapping):
        return str(value[lang])
    if isinstance(value, Amount):
        return "–" if value.value is None else show(value.value, value.unit, lang)
    if isinstance(value, (int, float)):
        return show(value, lang=lang)
    if isinstance(value, (list, tuple)):
        return ", ".join(fact(v, lang) for v in value)
    text = " ".join(str(value).split())
    return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"


def clean(text: str) -> str:
    """Text as the kit keeps it: NFC, trimmed, line ends as ``\\n``, no control characters.

    >>> clean("  Công ty\\x07 ")
    'Công ty'
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if text.isprintable():  # nearly always: nothing to take out
        return text.strip()
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")).strip()


def same(text: str | None) -> str:
    """What names are compared by: NFC, trimmed, letter case folded.

    >>> same("PHÒNG KAM ") == same("Phòng KAM")
    True
    """
    return clean(text or "").casefold()


# ---------------------------------------------------------------- numbers


class Plain(str):
    """A scalar written without quotes in YAML or JSON: still the text as written, not yet a number."""


@dataclass(frozen=True)
class Number:
    """A number as it was read: its value, and what the reader should be shown when two readings fit."""

    value: float | int
    echo: Words | None = None


_YAML_NUMBER = re.compile(r"[-+]?(\.[0-9][0-9_]*|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?")
_SCALES = {
    "nghìn": 10**3,
    "nghin": 10**3,
    "ngàn": 10**3,
    "ngan": 10**3,
    "k": 10**3,
    "thousand": 10**3,
    "triệu": 10**6,
    "trieu": 10**6,
    "tr": 10**6,
    "m": 10**6,
    "mn": 10**6,
    "mil": 10**6,
    "million": 10**6,
    "tỷ": 10**9,
    "tỉ": 10**9,
    "ty": 10**9,
    "ti": 10**9,
    "bn": 10**9,
    "b": 10**9,
    "billion": 10**9,
    "nghìn tỷ": 10**12,
    "ngàn tỷ": 10**12,
    "trillion": 10**12,
}
_UNITS = {  # a unit and the ways people write it after a number
    "VND": {"vnd", "vnđ", "đ", "₫", "đồng", "dong"},
    "USD": {"usd", "$", "us$", "dollars"},
    "%": {
        "%",
        "phần trăm",
        "phan tram",
        "percent",
        "per cent",
        "pct",
        "điểm %",
        "điểm phần trăm",
        "diem %",
        "pp",
        "ppt",
        "pts",
        "percentage points",
        "percentage point",
    },
    "months": {"months", "month", "tháng", "thang"},
    "days": {"days", "day", "ngày", "ngay"},
    "times": {"times", "x", "lần", "lan"},
    "orders": {"orders", "order", "đơn", "đơn hàng", "don", "don hang"},
    "points": {"points", "point", "điểm", "diem"},
}
_UNSCALED = {"%", "months", "days", "times", "points"}  # "12 tỷ" months is a slip, not a number
_PERCENT_POINTS = ("điểm %", "điểm phần trăm", "percentage points", "pp")
_ASCII = {0x2212: "-", 0x2013: "-"} | {wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}  # full width
_PART = re.compile(r"\s*([-+(]?)\s*([$₫]?)\s*([0-9][0-9.,_ ]*|[.,][0-9]+)\s*([^0-9]*)")


def number(value: Any, unit: str | None = None, lang: str | None = None) -> Number:
    """Read a number the way people write it, never silently wrong.

    ``value``: a Python number; a `Plain` scalar (YAML's own number where it is one); or text in the
    reader's form: ``1.234,5``, ``1,234.5``, ``12 tỷ``, ``1,2 triệu``, ``12bn``, ``5%``, ``-3 điểm %``.
    ``unit``: the unit asked for. ``lang``: settles what two readings fit (``1.000``); without it
    such a text raises. Raises `Trouble` that says what was expected.

    >>> number("1.234,5", lang="en").value          # only the other language's reading fits
    1234.5
    >>> number("1,2 triệu", "VND", "vi").value
    1200000
    >>> number(Plain("230e9")).value
    230000000000
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Number(_tidy(value, value))
    if not isinstance(value, str):
        raise _no_number(value)
    if _YAML_NUMBER.fullmatch(value) and (isinstance(value, Plain) or "e" in value.casefold()):
        digits = value.replace("_", "")
        whole = len(digits) < 400 and re.fullmatch("[-+]?[0-9]+", digits)  # kept exact: a float has 15 digits
        return Number(_tidy(int(digits) if whole else float(digits), value))
    return _read_text(value, unit_name(unit), lang)


def unit_name(unit: str | None) -> str | None:
    """The unit's first name: ``"vnđ"`` and ``"đồng"`` are ``"VND"``, ``"điểm %"`` is ``"%"``."""
    if unit is None:
        return None
    written = same(unit)
    return next((name for name, forms in _UNITS.items() if written in forms), clean(unit))


def scale_word(text: str) -> bool:
    """True for a word that says how large, such as tỷ, triệu, bn.

    >>> scale_word("tỷ"), scale_word("VND")
    (True, False)
    """
    return same(text) in _SCALES


def _read_text(value: str, unit: str | None, lang: str | None) -> Number:
    text = " ".join(unicodedata.normalize("NFC", value).translate(_ASCII).split())
    text = re.sub(r"^\s*(~|≈|khoảng|about|approx\.?)\s*", "", text, flags=re.I)
    negative = False
    if inside := re.fullmatch(r"\((.*)\)", text):  # an accountant's minus
        text, negative = inside[1], True
    parts = list(_PART.finditer(text))
    if not parts or "".join(p[0] for p in parts) != text:
        raise _no_number(value)
    readings: dict[str, float] = {}
    for code in LANGUAGES:
        total = _sum_parts(parts, code, unit, value)
        if total is not None:
            readings[code] = -total if negative else total
    if not readings:
        raise _no_number(value)
    return _settle(value, readings, lang)


def _sum_parts(parts: list[re.Match[str]], lang: str, unit: str | None, value: str) -> float | None:
    """The parts of “1 tỷ 200 triệu” added up in one language's reading; None where it does not fit."""
    total, last, sign = Decimal(0), Decimal("Infinity"), 1
    for i, part in enumerate(parts):
        amount = _digits(part[3], lang)
        scale = _scale(part[4], part[2], unit, last_part=i == len(parts) - 1, value=value)
        if amount is None or (i and (scale >= last or part[1])):
            return None
        if i == 0:
            sign = -1 if part[1] == "-" else 1
        total, last = total + amount * scale, scale
    return float(sign * total)


def _digits(text: str, lang: str) -> Decimal | None:
    from babel.numbers import NumberFormatError, parse_decimal

    text = text.strip().rstrip("_")
    if re.fullmatch(r"[0-9]{1,3}([ _][0-9]{3})+([.,][0-9]+)?", text):
        text = re.sub("[ _]", "", text)
    if not re.fullmatch(r"[0-9.,]+", text):
        return None
    try:
        return parse_decimal(text, locale=lang, strict=True)
    except NumberFormatError:
        return None


def _scale(words: str, symbol: str, unit: str | None, *, last_part: bool, value: str) -> Decimal:
    """What the words behind the digits multiply by; a `Trouble` where they do not suit the unit."""
    words = " ".join(words.casefold().rstrip(".;").split())
    scale = Decimal(1)
    for name in sorted(_SCALES, key=len, reverse=True):
        if (
            words == name
            or words.startswith(name + " ")
            or (words.startswith(name) and words[len(name) :] in _UNITS["VND"])
        ):
            scale, words = Decimal(_SCALES[name]), words[len(name) :].strip()
            if unit in _UNSCALED:
                raise Trouble(
                    vi=f"“{value}” không hợp với đơn vị {_called(unit, 'vi')}: hãy viết số theo đơn vị ấy, không kèm “{name}”.",
                    en=f"“{value}” does not fit the unit {_called(unit, 'en')}: write the number in that unit, without “{name}”.",
                )
            break
    for given in filter(None, (symbol, words)):
        if last_part and unit_name(given) == unit:
            continue
        if unit is None and last_part and any(given in forms for forms in _UNITS.values()):
            continue
        wanted = {"vi": "số", "en": "a number"} if unit is None else {code: _called(unit, code) for code in LANGUAGES}
        raise Trouble(
            vi=f"“{value}” có “{given}”, trong khi đơn vị ở đây là {wanted['vi']}: hãy viết lại theo đơn vị ấy.",
            en=f"“{value}” says “{given}” where the unit is {wanted['en']}: write it in that unit.",
        )
    return scale


def _settle(value: str, readings: dict[str, float], lang: str | None) -> Number:
    """One of the readings: the only one, or the one the language settles; both shown where nothing does."""
    if len(set(readings.values())) == 1:
        read = next(iter(readings.values()))
        elsewhere = lang is not None and lang not in readings
        return Number(_tidy(read, value), _echo(value, read, None) if elsewhere else None)
    vi, en = readings["vi"], readings["en"]
    if lang is None:
        raise Trouble(
            vi=f"“{value}” có hai cách đọc, kiểu Việt và kiểu Anh: hãy viết {_bare(vi, 'vi')} hoặc {_bare(en, 'vi')}.",
            en=f"“{value}” has two readings, the Vietnamese and the English: write {_bare(vi, 'en')} or {_bare(en, 'en')}.",
        )
    return Number(_tidy(readings[lang], value), _echo(value, readings[lang], en if lang == "vi" else vi))


def _echo(value: str, read: float, not_read: float | None) -> Words:
    vi = en = ""
    if not_read is not None:
        vi, en = f" (không phải {_bare(not_read, 'vi')})", f" (not {_bare(not_read, 'en')})"
    return {
        "vi": f"“{value}” được đọc là {_bare(read, 'vi')}{vi}.",
        "en": f"“{value}” was read as {_bare(read, 'en')}{en}.",
    }


def _bare(value: float, lang: str) -> str:
    """A number without thousands marks, so that it has one reading."""
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=lang, format="0.######"))


def _tidy(value: float | int, written: Any) -> float | int:
    """A finite number; a whole one as an int, so that it is written back without ``.0``."""
    try:
        as_float = float(value)
    except OverflowError:
        as_float = math.inf
    if not math.isfinite(as_float):
        raise _no_number(written)
    return int(value) if as_float == int(as_float) and abs(as_float) < 1e15 else value


def _no_number(value: Any) -> Trouble:
    shown = str(value)[:60]
    return Trouble(
        vi=f"“{shown}” chưa phải là một con số. Hãy viết như 1.234,5 hoặc 12 tỷ hoặc 5%.",
        en=f"“{shown}” is not a number yet. Write it like 1,234.5 or 12bn or 5%.",
    )


def show(value: float | int, unit: str | None = None, lang: str | None = None) -> str:
    """A number the reader's way, with its unit.

    >>> show(1234.5, lang="vi"), show(12.5, "%", "en"), show(12e9, "VND", "vi")
    ('1.234,5', '12.5%', '12 tỷ VND')
    """
    from babel.numbers import format_decimal

    lang = lang or current()
    scaled = ""
    if unit_name(unit) == "VND" and abs(value) >= 1e6:
        for size, words in ((10**9, {"vi": " tỷ", "en": "bn"}), (10**6, {"vi": " triệu", "en": "m"})):
            if abs(value) >= size and math.isclose(round(value / size, 3) * size, value, rel_tol=1e-14):
                value, scaled = value / size, words[lang]
                break
    if abs(value) >= 1e18 or value != value:  # beyond what money is, and what Babel lays out
        text = f"{value:.4g}".replace(".", "," if lang == "vi" else ".") + scaled
    else:
        text = str(format_decimal(value, locale=lang, format="#,##0.######")) + scaled
    if unit is None:
        return text
    return f"{text}%" if unit == "%" else f"{text} {_called(unit, lang)}"


def _called(unit: str, lang: str) -> str:
    """A unit as the reader calls it."""
    return _UNIT_WORDS.get(unit, {}).get(lang, unit)


_UNIT_WORDS = {
    "months": {"vi": "tháng", "en": "months"},
    "days": {"vi": "ngày", "en": "days"},
    "times": {"vi": "lần", "en": "times"},
    "orders": {"vi": "đơn", "en": "orders"},
    "points": {"vi": "điểm", "en": "points"},
}

"""Two languages: which one is in force, and numbers that are never silently misread."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.language import LANGUAGES, Amount, Plain, Trouble, clean, current, fact, number, same, say, show, use

READ = [  # text, unit, language, value
    ("1.234,5", None, "vi", 1234.5),
    ("1,234.5", None, "en", 1234.5),
    ("1.234,5", None, "en", 1234.5),  # only the other language's reading fits
    ("12 tỷ", "VND", "vi", 12_000_000_000),
    ("12bn", "VND", "en", 12_000_000_000),
    ("1,2 triệu", "VND", "vi", 1_200_000),
    ("1,2 triệu đồng", "VND", "vi", 1_200_000),
    ("1 tỷ 200 triệu", "VND", "vi", 1_200_000_000),
    ("1.1 tỷ", "VND", "vi", 1_100_000_000),
    ("3k", None, "en", 3000),
    ("5%", "%", "vi", 5),
    ("-3 điểm %", "%", "vi", -3),
    ("−3", None, "vi", -3),
    ("(1.234,5)", None, "vi", -1234.5),
    ("12 500,5", None, "vi", 12500.5),
    ("12 500.5", None, "en", 12500.5),
    ("１.２３４", None, "vi", 1234),
    ("$5,000", "USD", "en", 5000),
    ("3 tháng", "months", "vi", 3),
    ("khoảng 12 tỷ", "VND", "vi", 12_000_000_000),
    ("230e9", None, "vi", 230_000_000_000),
    (Plain("1.000"), None, "vi", 1),  # an unquoted YAML number is YAML's own
    (Plain("12_500_000"), None, None, 12_500_000),
    (Plain("230e9"), None, None, 230_000_000_000),
]
REFUSED = [
    "",
    "abc",
    "1.2.3",
    "1,2,3",
    "12 tỷ tỷ",
    "1 triệu 2 tỷ",
    "--5",
    "5²",
    "½",
    "NaN",
    "inf",
    "1e400",
    "12 3",
    "1_0",
]


@pytest.mark.parametrize(("text", "unit", "lang", "value"), READ)
def test_numbers_are_read_as_people_write_them(text, unit, lang, value):
    """Both languages' forms, compact words, units, spaces, full-width digits and YAML's own numbers."""
    assert number(text, unit, lang).value == value


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_number_is_refused_with_a_way_to_write_it(text):
    """Nothing is guessed; the error shows the form expected."""
    for lang in LANGUAGES:
        with pytest.raises(Trouble):
            number(text, None, lang)


@pytest.mark.parametrize(
    "value", [None, True, [], {}, float("nan"), float("inf"), Plain(".inf"), Plain(".nan"), Plain("true")]
)
def test_values_that_are_no_numbers_are_refused(value):
    """Booleans, infinities and containers are not numbers."""
    with pytest.raises(Trouble):
        number(value, None, "vi")


def test_two_readings_without_a_language_are_asked_back_with_both():
    """Without a language 1.000 is not read; the error shows both readings."""
    with pytest.raises(Trouble) as trouble:
        number("1.000")
    assert "1000" in trouble.value.words["en"]
    assert "or 1." in trouble.value.words["en"]


def test_two_readings_are_settled_by_the_language_and_echoed():
    """With a language 1.000 is read that way, and the reader is shown what it was not."""
    vi, en = number("1.000", lang="vi"), number("1.000", lang="en")
    assert (vi.value, en.value) == (1000, 1)
    assert "1000" in vi.echo["vi"]
    assert "1000" in en.echo["en"]


@pytest.mark.parametrize(
    ("text", "unit"), [("5%", "VND"), ("12 tỷ", "%"), ("12 tỷ", "months"), ("5 tháng", "VND"), ("$5", "VND")]
)
def test_a_unit_that_does_not_fit_is_refused_by_name(text, unit):
    """5% where the unit is not %, tỷ where it is % or months: no reading, with the reason."""
    with pytest.raises(Trouble) as trouble:
        number(text, unit, "vi")
    assert unit in trouble.value.words["en"]


@given(
    st.integers(-(10**14), 10**14) | st.decimals(-(10**9), 10**9, places=4).map(float),
    st.sampled_from(sorted(LANGUAGES)),
)
def test_what_is_shown_is_read_back(value, lang):
    """A number shown in a language reads back as itself in that language."""
    assert number(show(value, lang=lang), lang=lang).value == pytest.approx(value, abs=1e-6)


@given(
    st.text(max_size=30) | st.text("0123456789.,- tỷkm%đ()", max_size=12),
    st.sampled_from([None, "VND", "%", "months"]),
    st.sampled_from([None, *LANGUAGES]),
)
def test_any_text_gives_a_finite_number_or_a_trouble(text, unit, lang):
    """No text breaks the reader or gives infinity."""
    try:
        read = number(text, unit, lang).value
    except Trouble as trouble:
        read = len(trouble.words)
    assert math.isfinite(read)


@given(st.text())
def test_clean_text_is_clean_once_and_for_all(text):
    """Cleaning twice changes nothing, and leaves no control character."""
    assert clean(clean(text)) == clean(text)
    assert not any(ord(c) < 32 and c not in "\n\t" for c in clean(text))


def test_names_compare_after_normal_form_trim_and_case():
    """Decomposed and composed Vietnamese are one name."""
    assert same(" Pho\u0300ng KAM ") == same("PHÒNG KAM")


def test_the_language_is_the_chosen_one_else_the_environments(monkeypatch):
    """use() wins, then KPIKIT_LANG, then the system, then Vietnamese."""
    monkeypatch.setattr("kpikit.language._chosen", None)
    for name in ("KPIKIT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert current() == "vi"
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert current() == "en"
    monkeypatch.setenv("KPIKIT_LANG", "vi")
    assert current() == "vi"
    use("en")
    assert current() == "en"


def test_an_unknown_language_lists_the_ones_there_are():
    """The error names vi and en."""
    with pytest.raises(Trouble, match=r"vi.*en"):
        use("fr")


def test_facts_stand_in_a_sentence_the_readers_way():
    """Numbers, units and lists are shown in the language of the sentence."""
    words = {"vi": "{n} so với {of}", "en": "{n} against {of}"}
    assert say(words, "vi", n=1234.5, of=[Amount(5, "%"), "K1"]) == "1.234,5 so với 5%, K1"


def test_a_learners_braces_are_never_expanded():
    """A text with braces stays as it is when it stands in a sentence as a fact."""
    assert fact("{n.__class__}", "vi") == "{n.__class__}"
    assert say({"vi": "{x}", "en": "{x}"}, "en", x="{y}") == "{y}"

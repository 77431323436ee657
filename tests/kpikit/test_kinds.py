"""A name says whether a metric counts work, obeys rules, moves a result or is one."""

import csv
from pathlib import Path

import pytest

from kpikit import kinds
from kpikit.kinds import KINDS, classify

NAMES = Path(__file__).parent / "names"

WORK = """calls per day|Number of calls|# of calls (weekly)|SL cuộc gọi|Số cuộc gọi/ngày|so cuoc goi|cuoc goii moi ngay
    |số lượt viếng thăm|Số chương trình chạy|số buổi họp|store visits made|campaigns run|reports written|training hours
    |new outlets opened|reach|lượt tiếp cận|impressions|Số lượng meeting với khách|Marketing: số chiến dịch|meetigns held
    |Growth in number of calls|procedures written|Số điểm bán mở mới"""
RULES = """5S|chấm công|cham cong|nộp báo cáo đúng hạn|nop bao cao dung han|timesheets submitted on time
    |ISO audit findings|attendance|Tỷ lệ hồ sơ đầy đủ|reports filed late|timesheet complience"""
OUTCOMES = """revenue|Doanh thu thuần|doanh thu|lợi nhuận sau thuế|loi nhuan sau thue|EBITDA|operating cash flow
    |thị phần|market share|customer churn rate|Revenu growth|giá thành đơn vị"""
LEVERS = """conversion rate|ty le chuyen doi|AOV|CAC|on-time delivery|OTIF|OEE|scrap rate|DSO|NPS|inventory turnover
    |tỷ lệ nghỉ việc|employee churn|orders per visit|doanh thu mỗi cuộc gọi|tỷ lệ chốt sau cuộc gọi
    |Trial-to-paid conversion"""
NOT_WORK = """leads qualified from calls|khách hàng mới giành được|customers won|active outlets|đơn đặt lại
    |Số đơn hàng trên mỗi lượt viếng thăm|cost per call|call quality score|complaints|meetings that led to an order
    |revenue (per call)|Doanh thu từ hội thảo"""


def read(file: str) -> list[dict[str, str]]:
    with (NAMES / f"{file}.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def names(text: str) -> list[str]:
    return [name.strip() for name in text.split("|")]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (kind, name)
        for kind, text in zip(
            ("activity", "compliance", "outcome", "driver"), (WORK, RULES, OUTCOMES, LEVERS), strict=True
        )
        for name in names(text)
    ],
)
def test_a_plain_name_is_certain(kind: str, name: str) -> None:
    said = classify(name)
    assert said.kind == kind
    assert said.confidence >= 0.9


@pytest.mark.parametrize("name", names(NOT_WORK))
def test_what_customers_did_and_what_work_yields_is_not_work(name: str) -> None:
    assert classify(name).kind in ("outcome", "driver")


@pytest.mark.parametrize(
    "name",
    ["MT share of revenue", "Tỷ trọng doanh thu MT", "Training completed on time", "Sản lượng", "Retention rate"],
)
def test_what_can_be_argued_is_left_to_the_designer(name: str) -> None:
    assert classify(name).confidence < 0.9


def test_because_quotes_the_name_in_both_languages() -> None:
    because = classify("Số cuộc gọi mỗi ngày").because
    assert because == {"vi": "đếm việc đã làm: Số cuộc gọi", "en": "counts work done: Số cuộc gọi"}


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "🙂",
        "\x00\x1b[31m",
        "({[",
        "//",
        "%",
        "{part}",
        "số " * 8_000,
        "x" * 32_000,
        "İ" * 50,
        "中文指标",
        "\ud800",
    ],
)
def test_no_text_raises(name: str) -> None:
    said = classify(name)
    assert said.name == name and said.kind in KINDS and 0 <= said.confidence <= 1
    assert set(said.because) == {"vi", "en"} and all(said.because.values())


def test_nothing_said_is_next_to_no_confidence() -> None:
    assert all(classify(name).confidence < 0.2 for name in ("", "...", "🙂", "123"))


def test_marks_case_spaces_and_composition_do_not_matter() -> None:
    written = ["Số lượt viếng thăm", "SỐ LƯỢT VIẾNG THĂM", "so luot vieng tham", "Số  lượt\tviếng thăm"]
    assert {classify(name)[1:3] for name in written} == {("activity", 0.95)}


def test_a_kind_cannot_be_spoilt_for_the_next_reader() -> None:
    classify("NPS").because["en"] = "spoilt"
    assert classify("NPS").because["en"] != "spoilt"


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("driver", "calls answered in 20 seconds"),
        ("driver", "Requests answered within a day"),
        ("driver", "Planned maintenance postponed"),
        ("driver", "library attendance"),
        ("compliance", "staff attendance"),
        ("compliance", "Purchases without approval"),
        ("outcome", "GDP per capita"),
        ("outcome", "Profit per store"),
        ("driver", "Revenue per employee"),
        ("outcome", "share of the rice market"),
    ],
)
def test_the_words_around_the_thing_decide(kind: str, name: str) -> None:
    assert classify(name).kind == kind


def test_english_words_are_not_taken_for_vietnamese_syllables() -> None:
    assert classify("Pay gap").kind == "driver"  # gặp, to meet, without its marks


@pytest.mark.parametrize(
    ("file", "three_ways", "four_ways"),
    [("vi", 0.97, 0.93), ("en", 0.97, 0.93), ("public_real", 0.92, 0.85)]
    + [(f"blind{n}", 0.97, 0.93) for n in range(1, 8)]
    + [("unseen", 0.94, 0.91), ("public_unseen", 0.92, 0.85)],  # never learnt from
)
def test_labelled_names_are_read_as_labelled(file: str, three_ways: float, four_ways: float) -> None:
    """A floor for all names of a file, the blind rounds as they are since learnt; names/README.md has their first sight."""
    pairs = [(row["kind"], classify(row["name"]).kind) for row in read(file)]
    result = {"outcome": "result", "driver": "result"}
    assert sum(result.get(a, a) == result.get(b, b) for a, b in pairs) / len(pairs) >= three_ways
    assert sum(a == b for a, b in pairs) / len(pairs) >= four_ways


def test_a_confident_claim_breaks_no_honest_design() -> None:
    """In all blind rounds, claims of 0.9 or more that are wrong three ways: none; four ways: one in a hundred at most."""
    rows = [row for n in range(1, 8) for row in read(f"blind{n}")]
    sure = [(row["kind"], said.kind) for row in rows if (said := classify(row["name"])).confidence >= 0.9]
    result = {"outcome": "result", "driver": "result"}
    assert not [pair for pair in sure if result.get(pair[0], pair[0]) != result.get(pair[1], pair[1])]
    assert sum(a == b for a, b in sure) / len(sure) >= 0.99


def test_there_are_at_least_800_labelled_names_of_every_sort() -> None:
    rows = []
    for path in sorted(NAMES.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += list(csv.DictReader(file))
    assert len({row["name"].casefold() for row in rows}) >= 800
    for lang in ("vi", "en"):
        for kind in KINDS:
            assert sum(row["lang"] == lang and row["kind"] == kind for row in rows) >= 50
    assert {row["difficulty"] for row in rows} == {"plain", "hard"}


def test_every_reason_has_both_languages() -> None:
    for sentence in kinds.lexicon().because.values():
        assert set(sentence) == {"vi", "en"}
        assert sentence["vi"].count("{part}") == sentence["en"].count("{part}")

"""Near copies are found among a class and against what the kit ships; chance, quotation and choices are left alone."""

import random

import pytest

from autograder.copies import near_copies
from autograder.report import report
from autograder.score import KEYS, load_keys
from kpikit.questions import questions_of, read_answer, shown

SET = questions_of("ex01")
ONE = (
    "Đề nghị bỏ số cuộc gọi của Đội 2 khỏi bảng vì gọi thêm mười nghìn cuộc mà khách tiềm năng đứng yên. Chị thay bằng tỷ lệ "
    "cuộc gọi ra khách hẹn báo giá, hai tháng liền tụt thì đổi danh sách và cho hai người đi nghe lại bản ghi âm."
)
OTHER = (
    "Anh Bình ơi, con số các em đang giữ chỉ nói lên sự bận rộn. Theo tôi nên theo dõi số báo giá được hẹn trên mỗi trăm cuộc, "
    "vì năm ngoái lượng khách hỏi mua không nhúc nhích dù điện thoại nóng máy cả ngày. Khi nào thấy đơn lên, ta bàn lại."
)


def record(learner, text):
    read = {q.id: [] for q in SET.questions} | {"ex01-q6": text.splitlines()}
    return {"learner": learner, "questions": [{"id": id, "read": {"vi": lines}} for id, lines in read.items()]}


def found(texts, keys=None):
    return near_copies(SET, [record(f"l{n:04}", text) for n, text in enumerate(texts)], keys)


def test_a_copy_with_words_changed_is_found_and_says_what_is_shared():
    near = found([ONE, OTHER, ONE.replace("Đề nghị bỏ", "Em xin bỏ").replace("Chị thay", "Em thay")])
    assert [(n.question, n.learners) for n in near] == [("ex01-q6", ("l0000", "l0002"))]
    assert 0.6 <= near[0].share <= 1
    assert near[0].quote in ONE.casefold().replace(".", "").replace(",", "")


def test_different_texts_on_one_subject_are_not_near():
    assert found([ONE, OTHER]) == []


def test_a_text_the_whole_class_copied_is_one_group():
    near = found([ONE] * 40 + [OTHER])
    assert [len(n.learners) for n in near] == [40]


def test_quoting_the_question_is_no_copy():
    quoted = SET.find("ex01-q6").ask["vi"]
    assert found([quoted, quoted]) == []


def test_a_few_words_are_too_few_to_say():
    assert found(["Bỏ số cuộc gọi khỏi bảng KPI của Đội 2."] * 2) == []


def test_the_model_answer_of_the_keys_is_recognised():
    keys = load_keys("ex01", KEYS, SET.case)
    near = found([keys.entries["ex01-q6"]["model"]], keys)
    assert [(n.learners, n.shipped) for n in near] == [(("l0000",), ("keys",))]


@pytest.mark.parametrize("name", ["cafe_chain/habit", "keys/factory-sound"])
def test_a_shipped_design_handed_in_is_recognised(name):
    from autograder.copies import KEYS_DESIGNS
    from kpikit.companies import case
    from kpikit.files import load

    question = SET.find("ex01-q7")
    folder, _, stem = name.partition("/")
    design = load(KEYS_DESIGNS / f"{stem}.yaml") if folder == "keys" else case(folder).design(stem)
    value = read_answer(question, design.as_document(), "vi").value
    one = record("an", "")
    one["questions"][-1]["read"] = {"vi": shown(question, value, "vi")}
    assert any(name in n.shipped and n.learners == ("an",) for n in near_copies(SET, [one]))


def test_a_large_class_is_compared_in_a_moment_and_only_copies_are_named():
    """Two thousand texts of thirty random words each and one copy."""
    chance = random.Random(7)
    words = [w for text in (ONE, OTHER) for w in text.split()]
    texts = [" ".join(chance.choices(words, k=40)) for _ in range(2000)]
    texts[1500] = texts[3]
    assert [n.learners for n in found(texts)] == [("l0003", "l1500")]


def test_the_report_names_them_and_no_feedback_page_does(graded, course):
    from autograder.demo.make import record as answers
    from autograder.demo.make import strong
    from autograder.feedback import feedback

    graded(
        {who: {"answers.yaml": answers(strong("vi"), "vi", who, "2027-01-12T09:30:00+07:00")} for who in ("an", "binh")}
    )
    text = report(course, "ex01").read_text("utf-8")
    rows = text.partition("Bài giống nhau</h2>")[2].partition("<h2>")[0]
    assert rows.count("an, binh") == 2, "the text and the scorecard"
    assert all("Bài giống nhau" not in page.read_text("utf-8") for page in feedback(course, "ex01"))

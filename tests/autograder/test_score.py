"""An answer and its key give a share of the points and reasons; a key's fault never costs a learner."""

import pytest

from autograder import Credit, Reason, key
from autograder.score import KEYS, Keys, keys_in_reach, load_keys, score
from kpikit.language import Trouble
from kpikit.questions import Answer, Question, questions_of

NUMBER = Question(id="x-1", kind="number", points=10, ask={"vi": "?", "en": "?"})
TEXT = Question(id="x-2", kind="text", points=5, ask={"vi": "?", "en": "?"})
WORDS = {"near": {"misconception": "true", "lesson": "07", "vi": "Gần {given}.", "en": "Near {given}."}}


def keys(function):
    return Keys({"x-1": function}, {"x-1": {"reasons": WORDS, "lesson": "01"}})


def test_a_credit_is_a_share_of_the_points():
    """Rounded to cents of a point."""
    assert score(NUMBER, Answer(1), keys(lambda answer, case: Credit(1 / 3))).earned == 3.33


@pytest.mark.parametrize("share", [-0.1, 1.01, float("nan"), float("inf")])
def test_a_share_outside_0_to_1_is_no_credit(share):
    """The author hears of it; in a class the question waits for a hand."""
    with pytest.raises(ValueError, match="between 0 and 1"):
        Credit(share)
    assert score(NUMBER, Answer(1), keys(lambda answer, case: Credit(share))).earned is None


def test_a_reason_is_told_in_both_languages_with_its_facts():
    """And a misconception is named, with the lesson that helps."""
    scored = score(NUMBER, Answer(1), keys(lambda answer, case: Credit(0.5, Reason("near", given=1234.5))))
    assert scored.reasons == ({"vi": "Gần 1.234,5.", "en": "Near 1,234.5."},)
    assert (list(scored.named), scored.lessons) == (["near"], ("07",))


def test_where_points_are_lost_the_questions_own_lesson_helps():
    """Unless a reason names another."""
    assert score(NUMBER, Answer(1), keys(lambda answer, case: Credit(0))).lessons == ("01",)
    assert score(NUMBER, Answer(1), keys(lambda answer, case: Credit(1))).lessons == ()


def test_a_private_key_may_give_its_reason_as_a_sentence():
    """Or as words in both languages."""
    scored = score(
        NUMBER, Answer(1), keys(lambda answer, case: Credit(1, ["Well done.", {"vi": "Tốt.", "en": "Good."}]))
    )
    assert [r["en"] for r in scored.reasons] == ["Well done.", "Good."]


def test_a_reason_by_name_and_one_alone_are_read_alike():
    """`Credit(1, "near")` is `Credit(1, ["near"])`."""
    assert Credit(1, "near").reasons == Credit(1, ["near"]).reasons == ["near"]


def test_no_answer_earns_nothing_and_says_so():
    """What was wrong with it comes first."""
    scored = score(NUMBER, Answer(None, ({"vi": "a", "en": "b"},)), keys(lambda answer, case: Credit(1)))
    assert (scored.earned, scored.answered, scored.reasons[0]["en"]) == (0, False, "b")


def test_a_text_waits_for_a_hand():
    """Its points are not in the score."""
    assert (score(TEXT, Answer("words"), Keys()).earned, score(TEXT, Answer(None), Keys()).earned) == (None, 0)


def test_a_question_without_a_key_waits_for_a_hand():
    """Rather than 0 or full marks."""
    assert score(NUMBER, Answer(1), Keys()).earned is None


@pytest.mark.parametrize("fault", [ZeroDivisionError, RecursionError, KeyError])
def test_a_key_that_fails_leaves_the_answer_to_a_person(fault):
    """It names the fault and never stops a class."""

    def broken(answer, case):
        raise fault("a key's own trouble")

    scored = score(NUMBER, Answer(1), keys(broken))
    assert (scored.earned, scored.answered) == (None, True)
    assert fault.__name__ in scored.reasons[0]["vi"]


@pytest.mark.parametrize("given", ["{0.__class__}", "{given.__class__}", "{{7*7}}", "%s %d", "{", "}{"])
def test_a_fact_is_quoted_and_never_expanded(given):
    """A learner's braces are braces."""
    scored = score(NUMBER, Answer(1), keys(lambda answer, case: Credit(0, Reason("near", given=given))))
    assert scored.reasons[0]["en"] == f"Near {given}."


def test_keys_are_found_by_their_marks(tmp_path):
    """`@key("x-1")` in <exercise>.py, words in the .yaml beside it."""
    (tmp_path / "x.py").write_text(
        'from autograder import Credit, key\n@key("x-1")\ndef f(answer, case):\n    return Credit(1)\n'
    )
    (tmp_path / "x.yaml").write_text("x-1: {lesson: '03'}\n")
    found = load_keys("x", tmp_path)
    assert (set(found.functions), found.entries["x-1"]["lesson"]) == ({"x-1"}, "03")


def test_a_folder_without_the_key_is_said(tmp_path):
    """With what to do."""
    with pytest.raises(Trouble, match="--keys"):
        load_keys("ex77", tmp_path)


def test_marking_a_function_keeps_it_callable():
    """A key can be tested like any function."""

    @key("x-1")
    def whole(answer, case):
        return Credit(1, "near")

    assert whole(1, None).share == 1


def test_in_a_checkout_keys_are_in_reach_for_self_study():
    """Check, Hint and Solution have someone to ask."""
    mark = keys_in_reach(questions_of("ex01"))
    marked = mark(questions_of("ex01").find("ex01-q2"), "drop_blind")
    assert marked.share == 1
    assert marked.solution["vi"]


def test_every_question_of_ex01_has_its_key_or_a_marker():
    """Nothing is left unmarked by mistake."""
    questions = questions_of("ex01")
    functions = load_keys("ex01", KEYS, questions.case).functions
    assert {q.id for q in questions.questions if not q.by_hand} == set(functions)

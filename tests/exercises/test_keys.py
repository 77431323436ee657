"""Every key answers its own samples as it says; its words and its code know the same reasons, in both languages."""

import re
from pathlib import Path

import pytest

from autograder import score as scoring
from autograder.build import figures_in
from autograder.score import KEYS, Credit, Keys, Reason, load_keys
from kpikit.documents import read_tree
from kpikit.language import LANGUAGES, number
from kpikit.questions import Question, QuestionSet, questions_of, read_answer

EXERCISES = sorted(p.stem for p in KEYS.glob("*.py"))
HERE = Path(__file__).parent


def of(exercise: str) -> tuple[QuestionSet, Keys]:
    set_ = questions_of(exercise, HERE)
    return set_, load_keys(exercise, KEYS, set_.case)


def samples() -> list[tuple[str, str, dict]]:
    return [
        (exercise, id, sample)
        for exercise in EXERCISES
        for id, entry in (read_tree(KEYS / f"{exercise}.yaml")).items()
        for sample in entry["samples"]
    ]


def credit(question: Question, keys: Keys, raw: object, lang: str | None, earlier: dict) -> Credit | None:
    """What the key itself says; None where there is no readable answer or a person marks it."""
    answer = read_answer(question, raw, lang)
    if answer.value is None or question.by_hand:
        return None
    return scoring.credit_of(keys.functions[question.id], answer.value, keys.case, earlier)


def earlier_of(set_: QuestionSet, sample: dict) -> dict:
    """What a sample says was answered elsewhere, as it would be read."""
    given = sample.get("earlier") or {}
    return {id: read_answer(set_.find(id), raw, sample.get("lang")).value for id, raw in given.items()}


def models(set_: QuestionSet, keys: Keys) -> dict:
    return {q.id: read_answer(q, keys.entries[q.id]["model"], "vi").value for q in set_.questions}


@pytest.mark.parametrize(("exercise", "id", "sample"), samples(), ids=lambda v: v["name"] if isinstance(v, dict) else v)
def test_a_sample_earns_what_it_says_for_the_reasons_it_says(exercise, id, sample):
    set_, keys = of(exercise)
    question, raw = set_.find(id), sample.get("answer")
    earlier = earlier_of(set_, sample)
    given = credit(question, keys, raw, sample.get("lang"), earlier)
    names = sorted(r.name if isinstance(r, Reason) else r for r in given.reasons) if given else []
    assert names == sorted(sample["reasons"] or [])
    scored = scoring.score(question, read_answer(question, raw, sample.get("lang")), keys, earlier)
    if sample["share"] is None or sample["share"] == "null":
        assert scored.earned is None
    else:
        assert scored.earned == pytest.approx(float(sample["share"]) * question.points, abs=0.01)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_model_earns_everything_and_nothing_earns_nothing(exercise):
    set_, keys = of(exercise)
    earlier = models(set_, keys)
    for question in set_.questions:
        model = read_answer(question, keys.entries[question.id]["model"], "vi")
        assert model.value is not None, question.id
        answers = (model, read_answer(question, None))
        full, blank = (scoring.score(question, answer, keys, earlier) for answer in answers)
        assert full.earned == (None if question.by_hand else question.points), question.id
        assert (blank.earned, blank.answered) == (0, False), question.id


@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_reason_of_the_words_is_given_by_some_sample_or_model(exercise):
    set_, keys = of(exercise)
    for question in set_.questions:
        entry = keys.entries[question.id]
        if question.by_hand:
            continue
        answers = [(s.get("answer"), s.get("lang"), earlier_of(set_, s)) for s in entry["samples"]]
        answers.append((entry["model"], "vi", models(set_, keys)))
        given = [c for c in (credit(question, keys, *asked) for asked in answers) if c]
        named = {r.name if isinstance(r, Reason) else r for c in given for r in c.reasons}
        assert named == set(entry["reasons"]), question.id


@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_question_has_its_entry_and_every_text_its_twin_with_the_same_places_and_numbers(exercise):
    set_, keys = of(exercise)
    assert [q.id for q in set_.questions] == list(keys.entries)
    assert set(keys.functions) == {q.id for q in set_.questions if not q.by_hand}
    for id, entry in keys.entries.items():
        texts = {"solution": entry["solution"], **(entry.get("reasons") or {})}
        for name, words in texts.items():
            assert set(LANGUAGES) <= set(words), (id, name)
            places = [re.findall(r"{(\w+)}", words[code]) for code in LANGUAGES]
            assert sorted(places[0]) == sorted(places[1]), (id, name)
            assert figures_in(words["vi"]) == figures_in(words["en"]), (id, name)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_question_rests_only_on_earlier_ones(exercise):
    set_, keys = of(exercise)
    ids = [q.id for q in set_.questions]
    for id, function in keys.functions.items():
        assert set(function.after) <= set(ids[: ids.index(id)])


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_model_earns_everything_on_its_own_too(exercise):
    """Follow-through helps who was wrong before; who left the earlier question empty is marked on the truth."""
    set_, keys = of(exercise)
    for question in (q for q in set_.questions if not q.by_hand):
        alone = scoring.score(question, read_answer(question, keys.entries[question.id]["model"], "vi"), keys)
        assert alone.earned == question.points, question.id


@pytest.mark.parametrize("exercise", EXERCISES)
def test_wrong_ideas_are_named_where_a_machine_marks(exercise):
    """Three to six known wrong ideas a question, each with a sentence of its own; feedback learns from them."""
    set_, keys = of(exercise)
    for question in (q for q in set_.questions if not q.by_hand and q.points):
        reasons = keys.entries[question.id]["reasons"]
        named = {name: words for name, words in reasons.items() if str(words.get("misconception")) == "true"}
        assert len(named) >= 3, question.id
        for code in LANGUAGES:
            assert len({words[code] for words in named.values()}) == len(named), question.id


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_reason_for_less_than_full_marks_does_not_quote_the_model_number(exercise):
    set_, keys = of(exercise)
    for question in (q for q in set_.questions if q.kind == "number"):
        entry = keys.entries[question.id]
        model = number(str(entry["model"]), lang="en").value
        for name, words in entry["reasons"].items():
            assert f"{model:g}" not in words["en"], name


@pytest.mark.parametrize("exercise", EXERCISES)
def test_points_add_up_to_a_hundred_and_the_twins_of_the_questions_agree(exercise):
    set_, _ = of(exercise)
    assert sum(q.points for q in set_.questions) == 100
    for question in set_.questions:
        texts = [question.ask, question.hint, *question.items.values(), *question.options.values()]
        for words in filter(None, texts):
            assert figures_in(words["vi"]) == figures_in(words["en"]), (question.id, words["vi"][:50])

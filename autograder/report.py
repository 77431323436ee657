"""The class at a glance: three sentences to read aloud, each question's share right, what to teach again, who waits."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kpikit.documents import write_text
from kpikit.language import fact, say, show
from kpikit.questions import QuestionSet

from .copies import Near, near_copies
from .course import Course
from .feedback import graded, pages
from .grade import Entry, absent, entry_of, hand_marks, mark_of
from .score import KEYS, load_keys

WORDS = {
    "handed": {
        "vi": "{handed} bài đã nộp{of_class}; {unreadable} bài không đọc được, {missing} người chưa nộp.",
        "en": "{handed} hand-ins have come{of_class}; {unreadable} could not be read, {missing} are missing.",
    },
    "of_class": {"vi": " trên danh sách {n} người", "en": " from a class list of {n}"},
    "mean": {
        "vi": "Trung bình lớp lúc này đạt {mean} trên {most} điểm, câu chờ chấm tay tính là 0; câu yếu nhất là {weakest}, cả lớp đạt {share}% số điểm.",
        "en": "The class average so far is {mean} of {most} points, what waits for a hand counted as 0; the weakest question is {weakest}, where the class holds {share}% of the points.",
    },
    "no_mean": {"vi": "Chưa có bài nào chấm được.", "en": "Nothing could be graded yet."},
    "teach": {"vi": "Điều cần giảng lại trước: {words}", "en": "Teach this again first: {words}"},
    "no_teach": {"vi": "Chưa thấy hiểu lầm nào lặp lại.", "en": "No misconception recurs yet."},
    "questions": {"vi": "Từng câu, từ yếu đến vững", "en": "Each question, the weakest first"},
    "question": {"vi": "Câu", "en": "Question"},
    "share": {"vi": "Tỷ lệ điểm", "en": "Share right"},
    "answered": {"vi": "Số người trả lời", "en": "Answered"},
    "again": {"vi": "Cần giảng lại", "en": "Teach again"},
    "idea": {"vi": "Hiểu lầm, như đã nói với học viên", "en": "The idea, as learners were told"},
    "learners": {"vi": "Số học viên", "en": "Learners"},
    "of_learners": {"vi": "học viên", "en": "learner(s)"},
    "no_again": {"vi": "Không có hiểu lầm nào được gọi tên.", "en": "No misconception was named."},
    "by_hand": {"vi": "Chờ chấm tay", "en": "Waiting for a hand"},
    "no_by_hand": {"vi": "Không còn bài nào chờ chấm tay.", "en": "Nothing waits for a hand."},
    "how_by_hand": {
        "vi": "Chấm tay: chạy autograder lab trong thư mục lớp, mở Formgrader, mục Manual Grading.",
        "en": "To mark by hand: run autograder lab in the class folder, open the Formgrader, Manual Grading.",
    },
    "near": {"vi": "Bài giống nhau", "en": "Near copies"},
    "near_how": {
        "vi": "Bài tự viết có phần lớn cụm từ trùng nhau. Máy không trừ điểm và không báo cho học viên; có thể hai người cùng làm, "
        "có thể cùng trích một nguồn. Anh chị đọc rồi quyết định.",
        "en": "Free answers that share most of their phrases. No points are taken and learners are not told; two people may have "
        "worked together or quoted one source. Read them, then decide.",
    },
    "near_who": {"vi": "Học viên", "en": "Learners"},
    "near_shipped": {"vi": "Giống tài liệu của bộ khóa học", "en": "Near a text of the kit"},
    "near_share": {"vi": "Phần trùng", "en": "Shared"},
    "near_quote": {"vi": "Một cụm trùng", "en": "A phrase they share"},
    "no_near": {"vi": "Không thấy bài nào giống nhau.", "en": "No hand-ins are near each other."},
    "learners_title": {"vi": "Từng học viên", "en": "Each learner"},
    "learner": {"vi": "Học viên", "en": "Learner"},
    "points": {"vi": "Điểm", "en": "Points"},
    "waiting": {"vi": "Chờ chấm", "en": "Waiting"},
    "status": {"vi": "Tình trạng", "en": "Status"},
    "message": {"vi": "Ghi chú", "en": "Message"},
}
STATUS = {
    "graded": {"vi": "đã chấm", "en": "graded"},
    "partial": {"vi": "còn thiếu câu", "en": "partial"},
    "unreadable": {"vi": "không đọc được", "en": "unreadable"},
    "missing": {"vi": "chưa nộp", "en": "missing"},
}


def report(course: Course, exercise: str, keys_folder: Path | None = None) -> Path:
    """Write reports/<EX>.html from the gradebook and the autograded notebooks; gives its path.

    ``keys_folder``: where the model answers lie that a hand-in may have been taken from; without any there it goes on.
    """
    questions, folder = course.questions(exercise), (keys_folder or KEYS).resolve()
    keys = load_keys(exercise, folder, questions.case) if (folder / f"{exercise}.py").is_file() else None
    with course.gradebook() as gradebook:
        by_hand = hand_marks(gradebook, exercise)
    records = list(graded(course, exercise))
    entries = [entry_of(r, by_hand.get(r["learner"], {}), course.lang) for r in records]
    page = course.report(exercise)
    page.parent.mkdir(parents=True, exist_ok=True)
    write_text(page, page_of(course, questions, records, entries, by_hand, near_copies(questions, records, keys)))
    return page


def page_of(
    course: Course,
    questions: QuestionSet,
    records: list[dict[str, Any]],
    entries: list[Entry],
    by_hand: dict[str, dict[str, dict[str, Any]]],
    near: list[Near],
) -> str:
    """The report as HTML, in the class's language."""
    lang = course.lang
    shares = _shares(questions, records, by_hand)
    again = _again(records)
    missing = absent(course, records)
    page: str = (
        pages()
        .get_template("report.html.j2")
        .render(
            lang=lang,
            title=questions.title[lang],
            w={k: v[lang] for k, v in WORDS.items()},
            sentences=_sentences(course, entries, missing, shares, again, lang),
            questions=[
                {
                    "id": s["id"],
                    "ask": fact(questions.find(s["id"]).ask[lang].split("\n\n")[-1].replace("**", ""), lang),
                    "answered": s["answered"],
                    "share": "–" if s["share"] is None else f"{show(round(100 * s['share']), lang=lang)}%",
                    "width": round(100 * (s["share"] or 0)),
                }
                for s in shares
            ],
            again=[{"id": id, "words": words[lang], "count": count} for (id, _), (words, count) in again],
            waiting=[
                {"learner": r["learner"], "questions": ids}
                for r in records
                if (ids := _waits(r, by_hand.get(r["learner"], {})))
            ],
            near=[
                {
                    "question": n.question,
                    "learners": ", ".join(_name(course, learner) for learner in n.learners),
                    "shipped": ", ".join(n.shipped),
                    "share": f"{show(round(100 * n.share), lang=lang)}%",
                    "quote": n.quote,
                }
                for n in near
            ],
            entries=[
                *(_row(course, e, lang) for e in sorted(entries, key=lambda e: -e.score)),
                *(
                    {
                        "page": "",
                        "name": _name(course, s),
                        "score": "–",
                        "most": "–",
                        "waiting": "",
                        "status": STATUS["missing"][lang],
                        "message": "",
                    }
                    for s in missing
                ),
            ],
        )
    )
    return page


def _row(course: Course, entry: Entry, lang: str) -> dict[str, str]:
    page = course.feedback(entry.learner, entry.exercise)
    return {
        "page": quote(f"../{page.relative_to(course.root).as_posix()}"),
        "name": _name(course, entry.learner),
        "score": show(entry.score, lang=lang),
        "most": show(entry.max_score, lang=lang),
        "waiting": show(entry.waiting, lang=lang) if entry.waiting else "",
        "status": STATUS[entry.status][lang],
        "message": entry.message,
    }


def _name(course: Course, learner: str) -> str:
    student = course.student(learner)
    return student.name if student and student.name else learner


def _waits(record: dict[str, Any], by_hand: dict[str, dict[str, Any]]) -> list[str]:
    return [q["id"] for q in record["questions"] if mark_of(q, by_hand) is None]


def _shares(questions: QuestionSet, records: list[dict[str, Any]], by_hand: dict[str, Any]) -> list[dict[str, Any]]:
    """Each question's part of its points over readable hand-ins, the weakest first; None where all wait for a hand."""
    shares = []
    for question in questions.questions:
        earned, answered = [], 0
        for record in records:
            if record["status"] == "unreadable":
                continue
            own = next(q for q in record["questions"] if q["id"] == question.id)
            answered += own["answered"]
            mark = mark_of(own, by_hand.get(record["learner"], {}))
            earned += [mark] if mark is not None and question.points else []
        share = sum(earned) / (question.points * len(earned)) if earned else None
        if question.by_hand and not any(
            by_hand.get(r["learner"], {}).get(question.id, {}).get("score") is not None for r in records
        ):
            share = None
        shares.append({"id": question.id, "share": share, "answered": answered})
    return sorted(shares, key=lambda s: (s["share"] is None, s["share"] or 0))


def _again(records: list[dict[str, Any]]) -> list[Any]:
    """Named misconceptions with their count, the commonest first."""
    count: Counter[tuple[str, str]] = Counter()
    words: dict[tuple[str, str], Any] = {}
    for record in records:
        for q in record["questions"]:
            for name, told in q["named"].items():
                count[q["id"], name] += 1
                words.setdefault((q["id"], name), told)
    return [(which, (words[which], n)) for which, n in count.most_common()]


def _sentences(
    course: Course, entries: list[Entry], missing: list[str], shares: list[dict[str, Any]], again: list[Any], lang: str
) -> list[str]:
    of_class = say(WORDS["of_class"], lang, n=len(course.students)) if course.students else ""
    first = WORDS["handed"][lang].format(
        handed=len(entries),
        of_class=of_class,
        missing=len(missing),
        unreadable=sum(e.status == "unreadable" for e in entries),
    )
    read = [e for e in entries if e.status != "unreadable"]
    known = [s for s in shares if s["share"] is not None]
    second = WORDS["no_mean"][lang]
    if read and known:
        second = say(
            WORDS["mean"],
            lang,
            mean=round(sum(e.score for e in read) / len(read), 1),
            most=read[0].max_score,
            weakest=known[0]["id"],
            share=round(100 * known[0]["share"]),
        )
    third = WORDS["no_teach"][lang]
    if again:
        (id, _), (words, n) = again[0]
        third = WORDS["teach"][lang].format(words=f"{words[lang]} ({id}, {n} {WORDS['of_learners'][lang]})")
    return [first, second, third]

"""What a metric's name says it is: outcome, driver, activity or compliance (curriculum A2, A4, D2, E2, E5, F5).

A lexicon with a small grammar. Words are found in the name; the head says how the thing is measured (counted, timed,
costed, rated), "per" says for whom, and a few rules read the pair. The words and the sentences stand in kinds.yaml.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from kpikit.kinds_model import BY_CUSTOMERS, FORBIDDEN, VALUE, guess, keep_per, lexicon, normal
from kpikit.kinds_reading import LEVER, MEASURED, PARTS_OF, RESULT, RULES, WORK, Reading, parse

KINDS = ("outcome", "driver", "activity", "compliance")

_BRACKET = re.compile(r"[(\[{]([^)\]}]*)[)\]}]?")
_PARTS = re.compile(r"\s[-–—]\s|[:;|•→]")
_UNSURE = 0.62  # below it the letters of the whole name know more than its head (measured: see kinds_accuracy.py)


class Kind(NamedTuple):
    """What a name says: the name as given, its kind, how sure (0 to 1), and why, in each language.

    A confidence of 0.9 or more is given only where a careful reader would not argue; below it the designer's word stands.
    """

    name: str
    kind: str
    confidence: float
    because: dict[str, str]


def classify(name: str) -> Kind:
    """Give the kind of metric that a name speaks of, in Vietnamese (with or without marks), English or a mix.

    The confidence runs from 0 to 1. No text raises an error: what says nothing has a confidence near 0.
    Source: curriculum A2 and A4 (work done is not a result), E2 (outcome and driver), E5 (compliance).

    >>> classify("Số cuộc gọi mỗi ngày").because["en"]
    'counts work done: Số cuộc gọi'
    >>> [classify(name).kind for name in ("Doanh thu thuần", "orders per visit", "Điểm 5S")]
    ['outcome', 'driver', 'compliance']
    """
    kind, confidence, because = _remembered(normal(name))
    return Kind(name, kind, confidence, dict(because))


@lru_cache(maxsize=4096)
def _remembered(text: str) -> tuple[str, float, tuple[tuple[str, str], ...]]:
    verdict = _judge(text)
    if verdict.confidence < _UNSURE and any(letter.isalpha() for letter in text):
        verdict = _alike(text, verdict)
    sentence = lexicon().because[verdict.why]
    because = tuple((lang, words.replace("{part}", verdict.part)) for lang, words in sentence.items())
    return verdict.kind, round(verdict.confidence, 2), because


class _Verdict(NamedTuple):
    kind: str
    confidence: float
    why: str
    part: str = ""


def _alike(text: str, verdict: "_Verdict") -> "_Verdict":
    """No word decides: what the letters of the name resemble, never with much confidence."""
    place, chance = guess(text)
    kind = KINDS[place]
    return verdict if kind == verdict.kind else _Verdict(kind, min(chance, _UNSURE - 0.02), "alike", verdict.part)


def _judge(text: str) -> _Verdict:
    outside = _BRACKET.sub(keep_per, text)
    best = _surest(part for part in _PARTS.split(outside))
    if best.confidence < 0.85 and outside != text:  # "Hiệu suất tổng thể (OEE)": the bracket may know the word
        best = _surest([*_PARTS.split(outside), _BRACKET.sub(r" \1 ", text), *_BRACKET.findall(text)])
    return best


def _surest(parts: Iterable[str]) -> _Verdict:
    """A heading before a name ("Marketing: số chiến dịch") is read apart from it; the surer part speaks."""
    return max((_read(part) for part in parts), key=lambda verdict: verdict.confidence)


# --- grammar ----------------------------------------------------------------------------------------------------------


def _read(text: str) -> _Verdict:
    """Kind and confidence of one stretch of text: the first rule that has something to say."""
    reading = parse(text)
    for rule in (_as_rules, _as_stay, _as_value, _as_task, _as_yield, _as_work, _as_result, _as_lever, _by_head):
        said = rule(reading)
        if said:
            return _Verdict(*said, reading.part())
    return _Verdict("driver", 0.1, "nothing")


_Said = tuple[str, float, str] | None


def _as_rules(r: Reading) -> _Said:
    """Obedience, records and discipline, also as a rate; a count of trainings about rules is still a count of work."""
    sure = [hit for hit in r.above + r.tail if hit.word == "comp_sure"]
    if not sure:
        return _as_records(r)
    main, phrase = (r.main.word, r.main.phrase) if r.main else (None, "")
    if main in WORK and (r.has("count", "verb_sure", "verb") or phrase in lexicon().sets["sessions"]):
        return "activity", 0.75, "work"
    if sure[0].phrase == "punctuality" and r.has("flow"):
        return "driver", 0.85, "lever"
    if main == "comp_sure" and any(hit.word in WORK | {"citizen", "customer"} for hit in r.tail) and not r.vi:
        return "compliance", 0.7, "rules"  # attendance at a fair is not attendance at work
    if sure[0].phrase == "attendance" and r.is_one_of("venues") and not r.has("person"):
        return "driver", 0.7, "customers"  # people who came to a library or a show
    if main == "comp_sure" and r.did("verb_sure") and not r.has("rate", "score") and not r.is_late():
        return "activity", 0.65, "work"  # "safety audits conducted"
    done = not r.vi and r.did("verb") and not (r.has("rate", "score") or r.is_late())  # "hygiene inspections done"
    if done or r.head("cost") or main in RESULT or (main in WORK and not r.has("rate") and sure[0] in r.tail):
        return "compliance", 0.65, "rules"
    return "compliance", 0.93, "rules"


def _as_records(r: Reading) -> _Said:
    """Records on time and complete are compliance; records counted are work; a result they led to is a driver."""
    main, late = r.main.word if r.main else None, r.is_late()
    filing = r.has("filing") and not r.has("count", *RESULT, "driver_sure") and (main != "customer" or not r.vi)
    if r.ahead and main == "act":
        return "compliance", 0.63, "rules"  # "orders raised before delivery"
    if main in WORK and r.is_one_of("papers_kept") and not r.has("count", "verb", "verb_sure"):
        return "compliance", 0.7, "records"  # "meetings with minutes"
    other = main not in ("act", "driver_sure", "record", "comp", *RESULT)
    if other and r.is_kept() and not r.has("won", *MEASURED[1:]):
        return "compliance", 0.75, "rules"
    kept = main not in ("act", "flow") and any(hit.word == "record" for hit in r.tail)
    if late and r.vi and main == "record" and any(hit.word in ("citizen", "customer") for hit in r.tail):
        return "driver", 0.65, "customers"  # papers handed back to people on the day promised
    if late and (r.has("record") or filing or kept) and not r.has("flow"):
        return "compliance", 0.92 if r.has("record") else 0.85, "records"
    if main in WORK and late:  # "calls answered in 20 seconds"
        served = main == "act_soft" or r.is_one_of("served")
        return ("driver", 0.8, "ratio") if served else ("compliance", 0.6, "records")
    if main == "quality" and r.has("filing") and r.has("rate"):
        return "compliance", 0.7, "records"  # "% of incidents logged"
    if r.is_one_of("slips") and any(hit.phrase in lexicon().sets["books"] for hit in r.tail):
        return "compliance", 0.75, "records"  # "errors in the drug register"
    if main not in ("record", "comp"):
        return None
    counted = r.has("count", "verb", "verb_sure")
    if main == "record" and (counted or r.per) and not r.has("rate"):
        return "activity", 0.92 if counted else 0.85, "work"
    if main == "record" and r.head("time", "score"):
        return "driver", 0.63, "ratio"
    if main == "comp" and counted and not late and not r.has("rate"):
        return "activity", 0.65, "work"
    if (main == "comp" and r.has("won") and not (r.is_late() or r.ahead)) or (main == "record" and r.leads()):
        return "driver", 0.65, "customers"
    return "compliance", 0.85 if late else 0.75 if r.has("rate", "score") else 0.65, "rules"


def _as_value(r: Reading) -> _Said:
    """What was sold or taken in, in money, whatever it was."""
    main = r.main.word if r.main else None
    if not VALUE.search(r.text) or r.per or main in ("quality", "outcome_sure"):
        return None
    if r.has("avg", "rate", "share", "time", "comp_sure", "plan", "growth") or r.is_late():
        return None
    return "outcome", 0.75, "money"


def _as_stay(r: Reading) -> _Said:
    """Who stays and who goes: of customers a result, of staff a lever."""
    left = ("stay", "churn") if r.vi and r.main and r.main.word == "customer" else ("stay",)
    goes = any(hit.word in left for hit in r.above + r.tail)
    if not goes or r.has("time", "score", "cost", "comp", "record"):
        return None
    staff = r.has("person") or r.is_one_of("hires") or r.is_one_of("partners")
    if staff or not r.has("customer"):
        return ("driver", 0.85, "lever") if staff else None
    counted = r.vi and r.has("count") and not r.has("rate")
    return ("driver", 0.75, "customers") if counted else ("outcome", 0.78, "final")


def _as_task(r: Reading) -> _Said:
    """A name that opens with a verb and no head is a line from a to-do list (A1)."""
    first = r.above[0] if len(r.above) > 1 else None
    if first is None or not (first.word == "doing" or (r.vi and first.phrase in lexicon().sets["openings"])):
        return None
    if (r.main is not None and r.main.word in RESULT | {"driver_sure", "quality"}) or r.has("rate", "score", "time"):
        return None
    if r.is_late() and (r.main is None or r.main.word in RULES):
        return "compliance", 0.65, "rules"
    return "activity", 0.8, "task"


def _as_yield(r: Reading) -> _Said:
    """A result per unit of effort is a driver; the cost of one unit made is an outcome; work per head stays work."""
    main = r.main.word if r.main else None
    per_period = r.per_whom("period") and all(hit.word in ("period", None) for hit in r.per)
    if main == "output" and r.per:
        return "driver", 0.9, "yield"
    if main in WORK and r.per_whom(*RESULT):
        return "driver", 0.85, "yield"
    if not r.per or per_period or main == "unit_cost" or (main in WORK and not r.head("cost", "time", "score")):
        return None
    if r.has("unit") and r.per_whom("person") and r.per_whom("period") and main not in WORK:
        return "driver", 0.85, "yield"  # "tonnes moved per operator hour"
    goods = r.is_one_of("costs") and not r.per_whom(*RESULT)  # the cost of what was sold, for one of it
    if goods or r.has("cost") or (r.main is not None and ("chi phi" in r.main.phrase or "cost" in r.main.phrase)):
        made = (goods or r.per_whom("unit")) and not r.per_whom("customer", "flow", *WORK)
        return ("outcome", 0.85, "unit_cost") if made else ("driver", 0.88, "yield")
    if main == "outcome" and all(hit.word in ("citizen", None) for hit in r.per):
        return "outcome", 0.75, "final"  # per head of population: the same result, made comparable
    if main == "outcome_sure":
        # What a shop or a hectare leaves is a result of its own.
        place = r.is_one_of("gains") and any(hit.phrase in lexicon().sets["places"] for hit in r.per)
        if place or r.per_whom(*RESULT):
            return "outcome", 0.75, "money"
        return "driver", 0.92 if r.per_whom("person", *WORK) else 0.85, "yield"
    if main in LEVER or main in RESULT:
        return "driver", 0.92 if r.per_whom(*WORK) and main in ("customer", "driver_sure") else 0.85, "yield"
    if r.has("verb", "verb_sure", "verb_soft") and not r.has("won"):
        return "activity", 0.85 if r.has("verb_sure") else 0.75, "work"
    return "driver", 0.85 if r.has("unit") and r.per_whom("person", "period") else 0.72, "yield"


def _as_work(r: Reading) -> _Said:
    """Work done, effort, reach. A rate, a time, a cost or the quality of work is no longer a count of it."""
    main = r.main.word if r.main else None
    if r.main is None or main not in WORK:
        return _done_to(r)
    certain = main == "act"
    if r.vi and FORBIDDEN.match(r.text):
        return "compliance", 0.65, "rules"
    planned = r.vi and r.has("plan") and r.above[0].phrase in ("muc", "muc do")  # "mức hoàn thành kế hoạch thăm khách"
    if r.head("time", "cost", "score") and not planned:
        return "driver", 0.88 if certain else 0.7, "ratio"
    if (r.has("won") and not r.is_one_of("premises")) or r.leads():
        return "driver", 0.75, "customers"
    if r.is_one_of("adverse"):
        return "driver", 0.75, "lever"  # work that was put off or went wrong
    if r.per_whom("act", "unit") and not r.per_whom("person"):
        return "driver", 0.7, "yield"
    if r.per_whom("customer", "citizen"):
        return "activity", 0.7, "effort"
    if r.has("rate", "share"):
        result = r.has("customer", "driver", "driver_sure", None, *RESULT) or not certain
        if result and not r.has("plan"):
            return "driver", 0.75, "ratio"
        return "activity", 0.85 if r.has("plan", "verb", "verb_sure") else 0.65, "work_plan"
    if r.unknown_head():  # "call centre whatever"
        return "activity", 0.75, "work"
    return "activity", 0.95 if certain else 0.88 if r.has("verb_sure", "verb") else 0.75, "work"


def _done_to(r: Reading) -> _Said:
    """Customers called, menus redrawn: whatever it was done to, it is our work, unless customers did the deed."""
    if r.has(*MEASURED, "won", "driver_sure", "driver", *RESULT, "discipline") or r.per_whom(*WORK):
        return None
    if BY_CUSTOMERS.search(r.text):
        return "driver", 0.75, "customers"
    if r.vi and FORBIDDEN.match(r.text):
        return "compliance", 0.65, "rules"
    main = r.main.word if r.main else None
    verbs = lexicon().verbs
    if main == "customer" and r.is_one_of("came") and r.is_one_of("comers"):
        return None  # customers came to us
    if r.did("verb_sure") or (r.vi and any(hit.word == "act" and hit.phrase in verbs for hit in r.above)):
        return "activity", 0.92 if r.did("verb_sure") else 0.75, "work"
    if r.did("verb"):
        return "activity", 0.85, "work"
    if main != "quality" and r.did("verb_soft"):
        return "activity", 0.75, "work"
    return None


def _as_result(r: Reading) -> _Said:
    main = r.main.word if r.main else None
    if main not in RESULT:
        return None
    if main == "churn" and (r.has("person") or any(hit.phrase in lexicon().sets["partners"] for hit in r.above)):
        return "driver", 0.92 if r.has("person") else 0.8, "lever"
    if r.has("share") or any(hit.phrase in PARTS_OF for hit in r.above):
        return "driver", 0.65, "mix"
    if r.has("won") and r.has("rate") and not r.vi and main != "churn":
        return "driver", 0.8, "ratio"
    if not r.vi and r.head("cost"):
        return "outcome", 0.6, "spend"
    if not r.vi and r.head("time", "score"):
        return "driver", 0.75, "ratio"
    if main == "churn" and r.has(None) and not r.vi and r.main and r.main.phrase == "churn":  # whose, we do not know
        return "outcome", 0.74, "final"
    if main in ("outcome", "output"):
        return "outcome", 0.78, "final"
    if r.has("avg") and main == "outcome_sure" and not r.has("period"):
        return "driver", 0.7, "yield"
    why = "unit_cost" if main == "unit_cost" else "final" if main == "churn" else "money"
    return "outcome", 0.85 if r.has("act") or any(hit.word == "act" for hit in r.tail) else 0.93, why


def _as_lever(r: Reading) -> _Said:
    main = r.main.word if r.main else None
    if main not in LEVER:
        return None
    if main == "driver_sure":
        return "driver", 0.82 if r.unknown_head() else 0.93, "lever"
    if r.is_late() and main in ("flow", "customer"):
        timed = not (r.is_one_of("untimed") or r.unknown_head() or r.is_kept())
        return "driver", 0.92 if timed else 0.75, "lever"
    if main == "flow" and not r.has(*MEASURED, "avg", "plan"):
        return "activity", 0.6, "count"
    if main == "customer":
        return "driver", 0.85, "customers"
    sure = (r.has("time") and main != "driver") or (main == "quality" and r.has("rate", "score"))
    return "driver", 0.9 if sure else 0.82, "lever"


def _by_head(r: Reading) -> _Said:
    """No word we know is measured: the way of measuring is all there is to go by."""
    if r.has("share") and any(hit.phrase == "market" for hit in r.above):
        return "outcome", 0.8, "final"
    if r.has("turnover"):
        return ("driver", 0.92, "lever") if r.has("person") else ("outcome", 0.6, "money")
    if r.is_late() and r.is_one_of("served") and not (r.is_kept() or r.has("time", "score")):
        return "driver", 0.8, "lever"  # "requests answered within a day": what the customer gets, not obedience
    if r.is_late() and not r.has("time", "score") and (r.has("rate") or (r.has("person") and not r.has("verb_soft"))):
        return "compliance", 0.7 if r.has("person") else 0.6, "rules"  # whatever it is; below 0.62 the letters decide
    if r.has("time", "score", "rate"):
        verb = r.has("verb_sure") and r.has("rate")
        return ("activity", 0.6, "work_plan") if verb else ("driver", 0.72, "ratio")
    if r.is_late():
        return (
            ("driver", 0.6, "ratio")
            if r.has("verb_soft", "unit", "period") and not r.is_kept()
            else ("compliance", 0.6, "rules")
        )
    if r.has("cost"):
        return "outcome", 0.55, "spend"
    if FORBIDDEN.match(r.text):
        return "compliance", 0.6, "rules"
    if r.has("filing", "count"):
        return ("compliance", 0.5, "records") if r.has("filing") else ("activity", 0.5, "count")
    return ("driver", 0.3, "nothing") if r.above else None

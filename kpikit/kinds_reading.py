"""A metric's name taken apart: what is measured, per what, and what stands behind a preposition (see `kinds`)."""

from dataclasses import dataclass, field

from kpikit.kinds_model import Hit, find, is_marked, lexicon

WORK = {"act", "act_soft"}
RESULT = {"outcome_sure", "outcome", "churn", "unit_cost", "output"}
LEVER = {"driver_sure", "driver", "quality", "customer", "flow"}
RULES = {"comp_sure", "comp", "record"}
CONTENT = WORK | RESULT | LEVER | RULES
HEADS = {"count", "rate", "time", "cost", "score", "avg", "growth", "plan", "share"}
WHOM = {"period", "person", "unit", "customer", "flow", "citizen"} | WORK | RESULT
MAY_BE_PER, PARTS_OF = {"/", "moi", "tren"}, {"% of", "percentage of", "percent of", "proportion of"}
MEASURED = ("rate", "time", "score", "cost", "share")


@dataclass
class Reading:
    """A name taken apart: what is measured, per what, and what stands behind a preposition."""

    text: str
    vi: bool
    above: list[Hit] = field(default_factory=list)  # before any "per": what is measured
    per: list[Hit] = field(default_factory=list)
    tail: list[Hit] = field(default_factory=list)  # after "from", "with", "theo": where, whose, whence
    main: Hit | None = None
    said: frozenset[str | None] = frozenset()  # the classes above
    phrases: frozenset[str] = frozenset()  # above and in the tail
    ahead: bool = False  # something is to be done before something else

    def has(self, *words: str | None) -> bool:
        return not self.said.isdisjoint(words)

    def leads(self) -> bool:
        return any(hit.word == "yields" for hit in self.above + self.tail)  # "meetings that led to an order"

    def did(self, *words: str) -> bool:
        """A deed after the thing in English ("stores visited"); before it an adjective ("partner-sourced leads")."""
        start = -1 if self.vi or self.main is None else self.main.start
        return any(hit.word in words and hit.start > start for hit in self.above)

    def per_whom(self, *words: str) -> bool:
        return any(hit.word in words for hit in self.per)

    def is_late(self) -> bool:
        dated = (hit for hit in self.above + self.tail if hit.word == "discipline")
        return any(not self.text[hit.end :].lstrip().startswith("%") for hit in dated)  # "cut by 50%" is no deadline

    def is_one_of(self, name: str) -> bool:
        """Whether a phrase of that set of kinds.yaml stands in the name, before or behind a preposition."""
        return not self.phrases.isdisjoint(lexicon().sets[name])

    def is_kept(self) -> bool:
        """Whether a rule or a paper is kept ("on file", "worn"), which no flow of work is."""
        return self.is_one_of("paper") or (self.ahead and self.has("record", "filing", "comp", "verb", "verb_sure"))

    def unknown_head(self) -> bool:
        """In English the last noun is measured; where it is a word we do not know, the known one says less."""
        return not self.vi and any(hit.word is None and self.main and hit.start > self.main.start for hit in self.above)

    def head(self, *words: str) -> bool:
        """An English head stands last ("call quality") or before "of"; a Vietnamese one first ("chất lượng cuộc gọi")."""
        main = self.main
        return main is not None and any(
            hit.word in words and ((hit.start > main.start) != self.vi or hit.phrase.endswith((" of", " from", " to", "%")))
            for hit in self.above
        )  # fmt: skip

    def part(self) -> str:
        hits = [hit for hit in self.above if hit.word] or self.above
        return self.text[min(h.start for h in hits) : max(h.end for h in hits)].strip() if hits else self.text.strip()


def parse(text: str) -> Reading:
    hits = list(find(text))
    vi = is_marked(text) or sum(hit.vi for hit in hits) > len(hits) / 3
    reading = Reading(text, vi)
    place, named = reading.above, False
    for at, hit in enumerate(hits):
        if place and (hit.word == "per" or hit.phrase in MAY_BE_PER) and _opens_per(hit, hits[at + 1 :], text, place):
            place = reading.per
        elif named and (
            hit.word == "cut" or (hit.phrase == "of" and any(h.word in RESULT | LEVER for h in reading.above))
        ):
            place = reading.tail
            reading.ahead = reading.ahead or hit.phrase in lexicon().sets["ahead"]
        elif hit.word not in ("cut", "per"):
            place.append(hit)
            named = named or (place is reading.above and hit.word in CONTENT) or (not vi and hit.word == "verb_sure")
    reading.said = frozenset([hit.word for hit in reading.above])
    reading.phrases = frozenset([hit.phrase for hit in reading.above + reading.tail])
    content = [hit for hit in reading.above if hit.word in CONTENT]
    # What is measured is named first in Vietnamese and last in English; where only the tail names it, the tail does.
    content = content if vi else content[::-1]
    if all(hit.word in HEADS for hit in reading.above):
        content += reading.tail
    reading.main = _acronym(text, reading) or next((hit for hit in content if hit.word in CONTENT), None)
    return reading


def _acronym(text: str, reading: Reading) -> Hit | None:
    """ "AOV web+app", "NPS post-visit": a known measure in capitals opens the name, and only its channel follows."""
    first = next(iter(reading.above), None)
    if first is None or first.word not in ("driver_sure", "churn", "outcome_sure", "outcome") or " " in first.phrase:
        return None
    others = [hit for hit in reading.above if hit.word in WORK]
    channels = lexicon().sets["channels"]
    if not text[first.start : first.end].isupper() or reading.has("verb", "verb_sure", "count", "comp_sure"):
        return None
    return first if all(hit.phrase in channels for hit in others) else None


def _opens_per(hit: Hit, follow: list[Hit], text: str, seen: list[Hit]) -> bool:
    if not any(h.word is None or h.word in CONTENT | HEADS or h.word in ("unit", "person") for h in seen):
        return False
    raw = text[hit.start : hit.end].lower()
    if hit.word == "per" or raw == "mỗi":
        return True
    return raw != "mới" and bool(follow) and follow[0].word in WHOM

"""F5 Weight: the most important weighs most, compliance little, and nothing is spread evenly to look tidy."""

from collections.abc import Iterator

from ..design import Kpi, Scorecard
from .problem import TOLERANCE, Problem, check
from .reading import Reading

MOST_COMPLIANCE = 0.20  # of a scorecard's weight: a house rule
SUM_OFF = 0.5  # percentage points: a house rule
EVEN_SPREAD = 5  # percentage points between the largest and the smallest: a house rule


@check("5.1")
def the_most_important_weighs_most(reading: Reading) -> Iterator[Problem]:
    if not reading.company.kpis:
        yield Problem("no_company", "aop")
    for card in reading.cards:
        yield from (_company if card.company else _other)(reading, card)


def _company(reading: Reading, card: Scorecard) -> Iterator[Problem]:
    wrong = [k for k in card.heaviest if not (reading.is_outcome(k) and reading.serves_primary(k))]
    if wrong and not card.total:
        yield _no_weights(reading, card, wrong)
    elif wrong:
        fit = [k for k in card.kpis if reading.is_outcome(k) and reading.serves_primary(k)]
        yield Problem(
            "heaviest_company",
            card.place,
            called=wrong,
            kpis=reading.names(wrong),
            candidates=reading.names(fit),
            weight=wrong[0].weight or 0,
        )
    of_primary = sum(k.weight or 0 for k in card.kpis if reading.serves_primary(k))
    if 2 * of_primary < card.total - TOLERANCE:
        yield Problem(
            "primary_light",
            card.place,
            weight=of_primary,
            total=card.total,
            short=card.total / 2 - of_primary,
            goals=reading.names(reading.primary),
        )


def _other(reading: Reading, card: Scorecard) -> Iterator[Problem]:
    unproven = [k for k in card.heaviest if reading.is_unproven(k)]
    compliance = [k for k in card.heaviest if reading.is_compliance(k)]
    if not card.total:
        if unproven or compliance:
            yield _no_weights(reading, card, unproven + compliance)
        return
    if unproven:
        yield Problem(
            "heaviest_activity",
            card.place,
            card=reading.card(card),
            called=unproven,
            kpis=reading.names(unproven),
            weight=unproven[0].weight or 0,
        )
    if compliance:
        yield Problem(
            "heaviest_compliance",
            card.place,
            card=reading.card(card),
            called=compliance,
            kpis=reading.names(compliance),
            weight=compliance[0].weight or 0,
        )


def _no_weights(reading: Reading, card: Scorecard, wrong: list[Kpi]) -> Problem:
    """Without weights all tie for the heaviest, and with them what should not lead."""
    return Problem("no_weights", card.place, card=reading.card(card), called=wrong, kpis=reading.names(wrong))


@check("5.2")
def compliance_weighs_little(reading: Reading) -> Iterator[Problem]:
    for card in reading.cards:
        compliance = [k for k in card.kpis if reading.is_compliance(k)]
        share = card.share(compliance)
        if share > MOST_COMPLIANCE + TOLERANCE:
            yield Problem(
                "heavy",
                card.place,
                card=reading.card(card),
                called=compliance,
                share=round(100 * share, 2),
                most=100 * MOST_COMPLIANCE,
                cut=(share - MOST_COMPLIANCE) * card.total,
                kpis=reading.names(compliance),
            )


@check("5.3")
def weights_add_up_and_differ(reading: Reading) -> Iterator[Problem]:
    for card in reading.cards:
        weights = [k.weight or 0 for k in card.kpis]
        off = sum(weights) - 100
        if abs(off) > SUM_OFF + TOLERANCE:
            yield Problem(
                "over" if off > 0 else "under", card.place, card=reading.card(card), total=sum(weights), off=abs(off)
            )
        if len(weights) >= 3 and max(weights) - min(weights) <= EVEN_SPREAD + TOLERANCE:
            yield Problem(
                "even",
                card.place,
                card=reading.card(card),
                count=len(weights),
                largest=max(weights),
                smallest=min(weights),
            )

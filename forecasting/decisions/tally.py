"""What accepted advice promised, and what came of it, added up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forecasting.decisions.realised import Realised
from forecasting.decisions.records import Advice, Objective, RecommendationRecord
from forecasting.scope import Estimate


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over accepted advice with one objective.

    Attributes:
        accepted: How many recommendations it adds up.
        promised: Sum of the gains promised.
        measured: For how many of them it is known what came.
        measured_promised: Sum of what these promised; None where none was measured.
        realised: Sum of what came of these; None where none was measured.
        as_promised: How many of the measured ones came as promised.
    """

    objective: Objective
    unit: str
    accepted: int
    promised: Estimate
    measured: int
    measured_promised: Estimate | None
    realised: Estimate | None
    as_promised: int


def tallies(
    accepted: Sequence[RecommendationRecord], came: Mapping[int, Realised]
) -> tuple[Tally, ...]:
    """Add up accepted advice by objective and unit.

    Of several accepted for the same product, store and day the one decided on last counts:
    only one of them can have been carried out.

    Args:
        accepted: Recommendations whose decision in force is to accept.
        came: What became of each, by its number.
    """
    kinds = sorted({(one.advice.objective, one.advice.unit) for one in accepted})
    return tuple(
        _tally(
            kind,
            _last_of_each(
                [one for one in accepted if (one.advice.objective, one.advice.unit) == kind]
            ),
            came,
        )
        for kind in kinds
    )


def as_promised(advice: Advice, came: Realised) -> bool:
    """Tell whether the range of what came and that of the promise overlap."""
    gain, promised = came.gain, advice.gain
    return gain is not None and gain.lower <= promised.upper and promised.lower <= gain.upper


def overlap_in_scope(one: Advice, other: Advice) -> bool:
    """Tell whether two pieces of advice share a product, a store and a day."""
    same_days = one.start <= other.end and other.start <= one.end
    return one.product == other.product and same_days and bool({*one.stores} & {*other.stores})


def _last_of_each(accepted: Sequence[RecommendationRecord]) -> list[RecommendationRecord]:
    ordered = sorted(accepted, key=lambda one: (one.decisions[-1].at, one.number), reverse=True)
    kept: list[RecommendationRecord] = []
    for one in ordered:
        if not any(overlap_in_scope(one.advice, other.advice) for other in kept):
            kept.append(one)
    return kept


def _tally(
    kind: tuple[Objective, str],
    counted: Sequence[RecommendationRecord],
    came: Mapping[int, Realised],
) -> Tally:
    known = [(one.advice, came[one.number]) for one in counted]
    gains = [(advice, found, found.gain) for advice, found in known if found.gain is not None]
    return Tally(
        objective=kind[0],
        unit=kind[1],
        accepted=len(counted),
        promised=added([advice.gain for advice, _ in known]),
        measured=len(gains),
        measured_promised=added([advice.gain for advice, _, _ in gains]) if gains else None,
        realised=added([gain for _, _, gain in gains]) if gains else None,
        as_promised=sum(as_promised(advice, found) for advice, found, _ in gains),
    )


def added(estimates: Sequence[Estimate]) -> Estimate:
    """Return the sum of figures whose errors have nothing to do with each other."""
    mean = sum(one.mean for one in estimates)
    below = sum((one.mean - one.lower) ** 2 for one in estimates) ** 0.5
    above = sum((one.upper - one.mean) ** 2 for one in estimates) ** 0.5
    return Estimate(mean, mean - below, mean + above)

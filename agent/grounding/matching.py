"""Whether a figure that an answer claims is held by a result, in its slot."""

from collections.abc import Iterable, Iterator, Sequence

from agent.grounding.claims import Claim, DayMention
from agent.grounding.facts import ALL, Fact, Period
from agent.grounding.fields import COUNT, MONEY, fields_named, kinds_named, stances_named

_SLACK = 1e-9
_DIFFERENCES = frozenset({"difference", "improvement", "promised", "realised"})
# What is stated without a sign; a word for up or down beside it says something else.
_WITHOUT_SIGN = frozenset(
    {"discount", "tried", "lost", "missing", "order", "safety", "target", "counted", "alerts"}
    | {"findings", "budget", "advice", "upto", "stock", "reorder", "level", "chance", "cover"}
    | {"spoiled", "coming"}
)
# What is set against the figure asked for; named as itself it would be wrong.
_OTHERS = frozenset({"reference", "previous", "planned"})
# What is never told without a word for it.
_BY_NAME = frozenset({"tried", "limit", "period", "level"})
_DEEPEST = frozenset({"tried", "limit"})
# What must be called so: the error of another method, the level that a coverage is measured at.
_NAMED_ONLY = frozenset({"naive", "inside"})
_AS_ORDERED = frozenset({"before", "ordered", "not_ordered"})
_SET_AGAINST = frozenset({"units", "revenue", "profit", "discount"})


def held(claim: Claim, facts: Iterable[Fact]) -> Iterator[Fact]:
    """Yield the facts that a claim may be about: value, unit, sign and slot agree."""
    for fact in facts:
        if _rounds_to(claim, fact) and _is_in_slot(claim, fact):
            yield fact


def intervals(low: Claim, high: Claim, facts: Sequence[Fact]) -> set[int]:
    """Return the intervals whose ends two joined figures are."""
    lows = {one.interval for one in held(low, facts) if one.bound == "low"}
    return {one.interval for one in held(high, facts) if one.bound == "high"} & lows


def _rounds_to(claim: Claim, fact: Fact) -> bool:
    """Tell whether a fact rounds to a figure as shown, with its unit and sign."""
    figure = claim.figure
    if not _units_agree(figure.unit, fact):
        return False
    slack = figure.step / 2 * (1 + _SLACK) + _SLACK * abs(fact.number)
    if figure.signed or fact.bound:
        if figure.text.startswith("+") and not fact.bound and fact.stance not in _DIFFERENCES:
            return False
        return abs(fact.number - figure.value) <= slack
    if abs(abs(fact.number) - figure.value) > slack:
        return False
    return _sign_agrees(claim, fact, slack)


def _sign_agrees(claim: Claim, fact: Fact, slack: float) -> bool:
    if abs(fact.number) <= slack:
        return True
    sign = 1 if fact.number > 0 else -1
    if fact.stance not in _DIFFERENCES:
        has_none = fact.kind in _WITHOUT_SIGN or fact.unit == COUNT
        return sign > 0 and (claim.direction == 0 or has_none)
    if fact.stance == "improvement":
        sign = -sign
    if claim.direction:
        return claim.direction == sign
    if fact.stance in ("promised", "realised"):
        return fact.number > 0
    # A difference is told by a sign or a word: "18%" alone is none.
    return claim.is_neutral or (claim.label == "gain" and fact.number > 0)


def is_money(unit: str) -> bool:
    """Tell whether a unit is a currency."""
    return unit not in ("", "percent", "units", "ms", "plain", COUNT, MONEY)


def _units_agree(unit: str, fact: Fact) -> bool:
    if unit == fact.unit:
        return True
    if unit == "":
        return fact.unit in ("units", COUNT, "plain")
    return fact.unit == MONEY and unit not in ("percent", "units", "ms")


def _is_in_slot(claim: Claim, fact: Fact) -> bool:
    return (
        _is_of_kind(claim, fact)
        and _is_meant_so(claim, fact)
        and _may_be_bound(claim, fact)
        and _is_of_place(claim, fact)
        and (claim.period is None or not fact.periods or _is_of(claim.period, fact.periods))
    )


def _is_of_kind(claim: Claim, fact: Fact) -> bool:
    label = claim.label
    if not label:
        return not _needs_a_word(claim, fact)
    if claim.figure.partner and label in ("level", "chance"):
        return True
    if label in ("lost", "share") and fact.stance in _DIFFERENCES:
        return True
    own = fields_named(label)
    if own and fact.kind in ("advice", "counted"):
        return fact.name in own
    if fact.kind in _DEEPEST:
        return label == fact.kind or (claim.high and label == "discount")
    return not fact.kind or fact.kind in kinds_named(label) or _is_gain(label, fact)


def _needs_a_word(claim: Claim, fact: Fact) -> bool:
    """Tell whether a fact is never told without a word for its kind, or without its sign."""
    return fact.kind in _BY_NAME or (fact.kind == "bias" and not claim.figure.signed)


def _is_gain(label: str, fact: Fact) -> bool:
    """Tell whether a fact is what is called a gain: a difference of whatever kind."""
    return label == "gain" and fact.stance in _DIFFERENCES


def _is_meant_so(claim: Claim, fact: Fact) -> bool:
    if claim.label == "gain" and fact.stance not in _DIFFERENCES and not fact.bound:
        return fact.kind not in ("units", "revenue", "profit")
    if fact.stance in _NAMED_ONLY:
        return claim.stance == fact.stance or claim.label == "coverage"
    if fact.stance in _DIFFERENCES and claim.stance not in ("naive", "promised"):
        return True
    if not claim.stance or fact.bound:
        # A plan with a range of its own is a forecast like any other.
        has_days = bool(fact.interval) or (claim.period is not None and bool(fact.periods))
        is_other = fact.stance in _OTHERS and fact.kind in _SET_AGAINST
        return not is_other or claim.is_compared or has_days
    if fact.kind == "discount" and claim.label != "discount":
        return fact.stance in stances_named(claim.stance)
    is_plain = fact.kind in _WITHOUT_SIGN and claim.stance not in _AS_ORDERED
    return fact.stance in stances_named(claim.stance) or is_plain


def _may_be_bound(claim: Claim, fact: Fact) -> bool:
    if not fact.bound or claim.figure.partner:
        return not fact.bound or claim.figure.partner == (1 if fact.bound == "low" else 2)
    return claim.low if fact.bound == "low" else claim.high


def _is_of_place(claim: Claim, fact: Fact) -> bool:
    ids = [one for one in fact.own if one[0] == "id"]
    # Who names an alert or a piece of advice need not say again what that is about, nor its id
    # who says that.
    others = [one for one in fact.own if one[0] != "id"]
    is_named = ids and all(one in claim.mentioned for one in ids)
    if not is_named and not (others or not ids):
        return False
    if not is_named and any(one not in claim.mentioned for one in others):
        return False
    if (
        not claim.places
        or not fact.place
        or fact.kind == "level"
        or (fact.unit == COUNT and not fact.own)
    ):
        return True
    own = dict(fact.place)
    for kind, keys in claim.places:
        key = own.get(kind)
        if key is not None and key not in keys and not (key == ALL and not keys):
            return False
    return True


def _is_of(said: DayMention, periods: Sequence[Period]) -> bool:
    """Tell whether days that an answer names may be those of a fact."""
    start, end = said.start_key, said.end_key
    if start != end:
        return any(same_day(start, one[0]) and same_day(end, one[1]) for one in periods)
    return any(same_day(start, one[0]) or same_day(start, one[1]) for one in periods)


def same_day(key: str, day: str) -> bool:
    """Tell whether a day as written may be a given one; months, quarters and years hold days."""
    if "Q" in key:
        year, _, quarter = key.partition("-Q")
        is_in = (int(day[5:7]) + 2) // 3 == int(quarter)
        return is_in and (not year.strip("-") or day.startswith(year))
    return day.endswith(key[1:]) if key.startswith("--") else day.startswith(key)

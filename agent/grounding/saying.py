"""Figures that somebody said: the person in this conversation, or a text of a result."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from agent.grounding.claims import Claim, claims
from agent.grounding.fields import COUNTED, MONEY, is_measured, kinds_named, may_be_in
from agent.grounding.layout import Layout
from agent.grounding.lexicon import lexicon
from agent.grounding.matching import is_money
from agent.grounding.reading import Figure, Written, written

_LINK = 48
_SLACK = 1e-9
# What a person cannot have decided: their own figures do not vouch for these.
_MEASURED = frozenset(
    {"error", "rmse", "mae", "mase", "r2", "bias", "coverage", "elasticity", "chance", "latency"}
    | {
        "profit",
        "cover",
        "safety",
        "reorder",
        "lost",
        "missing",
        "spoiled",
        "records",
        "tried",
        "margin",
        "level",
        "share",
    }
)


# How only a result can mean a figure.
_MEANT = frozenset({"planned", "before", "ordered", "not_ordered", "promised", "naive"})


@dataclass(frozen=True, slots=True)
class Said:
    """A figure in the person's words or in a text of a result.

    Attributes:
        figure: The figure.
        label: The word for its kind, or empty.
        beside: In a text of a result: the words beside it, one of which an answer must repeat.
    """

    figure: Figure
    label: str
    beside: frozenset[str] | None = None


def was_said(
    claim: Claim,
    said: Sequence[Said],
    beside: tuple[str, str],
    currencies: frozenset[str],
    meant: Mapping[float, set[str]],
) -> bool:
    """Tell whether somebody said a figure before, and not as something else.

    Args:
        claim: The figure.
        said: What was said.
        beside: The words before and after the figure.
        currencies: Those of the results: what a bare number of somebody's may be in.
        meant: In which units numbers were asked about, by the arguments of the calls.
    """
    figure = claim.figure
    return any(
        _is_same(figure, one.figure, currencies, meant)
        and (_is_beside(one, claim, beside) if one.beside is not None else _is_theirs(one, claim))
        and not (
            one.label and claim.label and not kinds_named(one.label) & kinds_named(claim.label)
        )
        for one in said
    )


def _is_same(
    figure: Figure, said: Figure, currencies: frozenset[str], meant: Mapping[float, set[str]]
) -> bool:
    """Tell whether a figure is one that was said, in a unit that may have been meant."""
    slack = _SLACK * max(1.0, abs(said.value))
    if abs(abs(figure.value) - abs(said.value)) > slack:
        return False
    if figure.signed and said.signed and figure.value * said.value < 0:
        return False
    if said.unit or not figure.unit:
        return figure.unit in ("", said.unit)
    is_foreign = currencies and is_money(figure.unit) and figure.unit not in currencies
    return not is_foreign and _may_be(figure, meant)


def _is_beside(said: Said, claim: Claim, beside: tuple[str, str]) -> bool:
    """Tell whether a text's figure stands beside the same words."""
    words = said.beside or frozenset()
    return f">{beside[1]}" in words or (f"<{beside[0]}" in words and said.label == claim.label)


def _is_theirs(said: Said, claim: Claim) -> bool:
    """Tell whether a figure may be the person's own: what is measured or a change never is."""
    if said.label in COUNTED and said.label != claim.label:
        return False
    if is_measured(claim.label) and not may_be_in(claim.label, claim.figure.unit):
        return False
    if claim.label in _MEASURED and said.label != claim.label:
        return False
    if claim.stance in _MEANT:
        return False
    is_change = claim.figure.signed and not said.figure.signed
    return not is_change or claim.label in ("price", "discount")


def _may_be(figure: Figure, meant: Mapping[float, set[str]]) -> bool:
    """Tell whether a bare number of somebody's may be meant in a figure's unit."""
    units = meant.get(abs(figure.value))
    return not units or figure.unit in units or (MONEY in units and is_money(figure.unit))


@lru_cache(maxsize=256)
def told_in(text: str, code: str) -> tuple[Written, tuple[Said, ...]]:
    """Return what somebody's words state, each figure with the word for its kind."""
    speech = lexicon(code)
    stated = written(text, speech)
    layout = Layout(stated.rest, stated.figures, speech)
    return stated, tuple(Said(one.figure, one.label) for one in claims(layout, (), ()))


def quoted_in(text: str, code: str) -> tuple[Written, tuple[Said, ...]]:
    """Return what a text of a result states: its figures count beside the same words only."""
    stated, said = told_in(text, code)
    return stated, tuple(
        replace(one, beside=frozenset({f"<{before}", f">{after}"}))
        for one in said
        for before, after in (beside_of(text, one.figure),)
    )


def beside_of(text: str, figure: Figure) -> tuple[str, str]:
    """Return the words before and after a figure; a mark no word can equal where there is none."""
    before = re.findall(r"[^\W\d_]+", text[max(0, figure.start - _LINK) : figure.start])
    after = re.findall(r"[^\W\d_]+", text[figure.end : figure.end + _LINK])
    return (before[-1].casefold() if before else "-", after[0].casefold() if after else "-")

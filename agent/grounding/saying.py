"""Figures that somebody said: the person in this conversation, or a text of a result."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from agent.grounding.claims import Claim, claims
from agent.grounding.fields import COUNTED, kinds_named
from agent.grounding.layout import Layout
from agent.grounding.lexicon import lexicon
from agent.grounding.matching import is_money
from agent.grounding.reading import Figure, Written, written

_LINK = 48
_SLACK = 1e-9
# What a person cannot have decided: their own figures do not vouch for these.
_MEASURED = frozenset(
    {"error", "rmse", "mae", "mase", "r2", "bias", "coverage", "elasticity", "chance", "latency"}
    | {"profit", "cover", "safety", "reorder", "lost", "spoiled", "records", "tried", "margin"}
)


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
    claim: Claim, said: Sequence[Said], beside: tuple[str, str], currencies: frozenset[str]
) -> bool:
    """Tell whether somebody said a figure before, and not as something else.

    Args:
        claim: The figure.
        said: What was said.
        beside: The words before and after the figure.
        currencies: Those of the results: what a bare number of somebody's may be in.
    """
    figure = claim.figure
    for one in said:
        units_agree = figure.unit == one.figure.unit or "" in (figure.unit, one.figure.unit)
        slack = _SLACK * max(1.0, abs(one.figure.value))
        if not units_agree or abs(abs(figure.value) - abs(one.figure.value)) > slack:
            continue
        if one.beside is not None and not one.beside & {f"<{beside[0]}", f">{beside[1]}"}:
            continue
        if (
            not one.figure.unit
            and currencies
            and is_money(figure.unit)
            and figure.unit not in currencies
        ):
            continue
        if figure.signed and one.figure.signed and figure.value * one.figure.value < 0:
            continue
        if one.label and claim.label and not kinds_named(one.label) & kinds_named(claim.label):
            continue
        if one.label in COUNTED and one.label != claim.label and one.beside is None:
            continue
        if claim.label in _MEASURED and one.label != claim.label and one.beside is None:
            continue
        return True
    return False


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

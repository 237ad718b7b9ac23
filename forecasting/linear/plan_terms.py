"""Regressors of each series' own plan: promotions, known covariates, closed days, prices."""

import numpy as np
from numpy.typing import NDArray

from forecasting.demand import Demand
from forecasting.panel import Mask
from forecasting.units import Frequency

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]
Terms = dict[str, Floats]

# A covariate in words has a term for each of its first so many words.
_WORDS = 8
# A closing this long is no weekend or feast: people have gone elsewhere meanwhile.
_LONG_CLOSING = 6
_NEAR_CLOSINGS = {"closed_2_ago": -2, "closed_1_ago": -1, "closed_in_1": 1, "closed_in_2": 2}
_WEEK_DAYS = 7
# Closings further back than this are over.
_LOOK_BACK = 14


def plan_terms(demand: Demand, rows: Rows, columns: Rows) -> Terms:
    """Return [rows, columns] regressors by name, all known in advance."""
    block = np.ix_(rows, columns)
    terms: Terms = {}
    for name, flag in demand.flags.items():
        terms |= _flag_terms(name, flag, demand, rows, columns)
    for name, values in demand.known.items():
        if name in demand.panel.categories:
            terms |= _word_terms(name, values[block], len(demand.panel.categories[name]))
        elif name not in demand.flags:
            terms[name] = values[block]
            terms[f"{name}_any"] = (values[block] > 0).astype(np.float32)
    for name, mask in demand.panel.events.items():
        terms[f"event_{name}"] = mask[block].astype(np.float32)
    return terms | _closing_terms(demand, rows, columns)


def _flag_terms(name: str, flag: Mask, demand: Demand, rows: Rows, columns: Rows) -> Terms:
    on = flag[np.ix_(rows, columns)]
    terms = {name: on.astype(np.float32)}
    if demand.phase.any():
        phase = demand.phase[columns]
        terms |= {f"{name}_weekday_{day}": _mask(on & (phase == day)) for day in range(7)}
    before, after = _near(flag, rows, columns, -1), _near(flag, rows, columns, 1)
    terms[f"{name}_starts"] = _mask(on & ~before)
    terms[f"{name}_ends"] = _mask(on & ~after)
    terms[f"{name}_over"] = _mask(~on & before)
    terms[f"{name}_comes"] = _mask(~on & after)
    return terms | _habit_terms(name, flag, demand, rows, columns)


def _habit_terms(name: str, flag: Mask, demand: Demand, rows: Rows, columns: Rows) -> Terms:
    """Return, while the flag is on, what share of the week before it was.

    A promotion after a promotion sells less: people have stocked up.
    """
    week = max(1, round(_WEEK_DAYS / demand.panel.frequency.days))
    total = np.cumsum(np.pad(flag[rows], ((0, 0), (1, 0))), axis=1, dtype=np.float32)
    share = (total[:, columns] - total[:, np.maximum(columns - week, 0)]) / week
    return {f"{name}_again": (share * flag[np.ix_(rows, columns)]).astype(np.float32)}


def _word_terms(name: str, code: Floats, words: int) -> Terms:
    return {f"{name}_is_{one}": _mask(code == one) for one in range(min(words, _WORDS))}


def _closing_terms(demand: Demand, rows: Rows, columns: Rows) -> Terms:
    """Return how much more closed than on such a weekday the days around each are."""
    opened = demand.panel.open
    if opened is None or demand.panel.frequency is not Frequency.DAY:
        return {}
    closed = (opened[rows] == 0).astype(np.float32)
    surprise = closed - _usual(closed, opened[rows], demand.phase)
    terms = {}
    for word, ahead in _NEAR_CLOSINGS.items():
        place = np.clip(columns + ahead, 0, closed.shape[1] - 1)
        terms[word] = surprise[:, place]
    since = _run_before(closed, columns)
    terms["reopened"] = _mask(since == 1)
    terms["reopened_lately"] = _mask((since > 1) & (since <= _LOOK_BACK))
    return terms


def _usual(closed: Floats, opened: Floats, phase: Rows) -> Floats:
    usual = np.zeros_like(closed)
    known = ~np.isnan(opened)
    for day in range(7):
        at = phase == day
        count = np.maximum(known[:, at].sum(axis=1), 1)
        usual[:, at] = (closed[:, at].sum(axis=1) / count)[:, None]
    return usual


def _run_before(closed: Floats, columns: Rows) -> NDArray[np.int64]:
    """Return days open since a long closing; 0 where there was none."""
    total = np.cumsum(np.pad(closed, ((0, 0), (_LONG_CLOSING + 1, 0))), axis=1)
    ended = total[:, _LONG_CLOSING:-1] - total[:, : -_LONG_CLOSING - 1] >= _LONG_CLOSING
    ended = ended[:, : closed.shape[1]]
    number = np.arange(closed.shape[1])
    last = np.maximum.accumulate(np.where(ended & (closed == 0), number, -_LOOK_BACK * 9), axis=1)
    return np.asarray((number - last + 1)[:, columns])


def _near(flag: Mask, rows: Rows, columns: Rows, ahead: int) -> Mask:
    place = np.clip(columns + ahead, 0, flag.shape[1] - 1)
    return np.asarray(flag[np.ix_(rows, place)])


def _mask(on: NDArray[np.bool_]) -> Floats:
    return on.astype(np.float32)
